"""Serve GraphQL over HTTP: one ASGI application for `/graphql`. It knows nothing of the domain.

A request goes through these steps, and each may end it: media type, parameters, document, operation, admission,
context, execution. Nothing about the person is read from the database before the document is known to be valid, except
for a body over the usual limit: it is read only for those who may send papers.
"""

import re
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from functools import partial
from secrets import token_hex

from graphql import FieldNode
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send
from structlog.contextvars import bound_contextvars

from server.transport.connections import Connections, Seat
from server.transport.errors import Code, RequestRefused
from server.transport.events import KEEP_ALIVE_SECONDS, EventStream, stream_once
from server.transport.interruption import Interruption
from server.transport.limits import Limits
from server.transport.masking import internal_error, log_unexpected
from server.transport.performing import Performer
from server.transport.pipeline import Exchange, Pipeline
from server.transport.request import credential_of, declared_size, parameters_of, refuse_size
from server.transport.response import EVENTS, GRAPHQL_JSON, JSON, answer, answer_refusal, negotiate, takes_events
from server.transport.subscriptions import VisitOf

REQUEST_ID = re.compile(r"[A-Za-z0-9_-]{1,64}")


@dataclass(slots=True)
class _Request(Exchange):
    """One operation that came by HTTP, and the media type of the answer."""

    media_type: str = JSON


class GraphQLEndpoint:
    """An ASGI application that serves a schema over HTTP, for a Starlette `Route`. It answers every method itself.

    The request id is in `request.state.request_id` and in structlog's context. Queries and mutations are executed by
    `performer`. A query whose client leaves while it waits for its turn is dropped; what has begun is completed. A
    client that prefers text/event-stream is answered with events. Subscriptions are answered only with events, and only
    if `visit_of` is given. `may_send_papers` says whether the sender of a body over the usual limit may bring a paper.
    With `keep_alive` seconds of silence a comment is sent into a stream.
    """

    def __init__(
        self,
        pipeline: Pipeline,
        performer: Performer,
        visit_of: VisitOf | None = None,
        may_send_papers: Callable[[Request], Awaitable[bool]] | None = None,
        connections: Connections | None = None,
        keep_alive: float = KEEP_ALIVE_SECONDS,
    ) -> None:
        self._pipeline = pipeline
        self._performer = performer
        self._visit_of = visit_of
        self._may_send_papers = may_send_papers
        self._connections = connections or Connections()
        self._keep_alive = keep_alive

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one HTTP request."""
        request = Request(scope, receive)
        client_id = request.headers.get("x-request-id", "")
        exchange = _Request(client_id if REQUEST_ID.fullmatch(client_id) else token_hex(16))
        request.state.request_id = exchange.id
        started = time.perf_counter()
        with bound_contextvars(request_id=exchange.id):
            response = await self._respond(request, exchange)
        self._pipeline.record(exchange, time.perf_counter() - started)
        if response is not None:
            response.headers["X-Request-Id"] = exchange.id
            await response(scope, receive, send)

    async def _respond(self, request: Request, exchange: _Request) -> Response | None:
        """Return the response, also for any exception; None if the client has left."""
        try:
            return await self._answer(request, exchange)
        except RequestRefused as refusal:
            exchange.outcome = refusal.outcome
            return answer_refusal(refusal, exchange.media_type)
        except ClientDisconnect:
            exchange.outcome = "abandoned"
            return None
        except Exception as error:  # the last line of defence: whatever it is, the client gets JSON without details
            exchange.outcome = "failed"
            if self._pipeline.is_passing(error):
                return answer_refusal(self._pipeline.unavailable(error), exchange.media_type)
            log_unexpected(error, request_id=exchange.id, operation=exchange.label, variables=exchange.variables)
            media_type = GRAPHQL_JSON if exchange.media_type == EVENTS else exchange.media_type
            return answer({"errors": [internal_error(exchange.id)]}, media_type, status=500)

    async def _answer(self, request: Request, exchange: _Request) -> Response:
        accept = request.headers.get("accept", "")
        exchange.media_type = negotiate(accept)
        async with self._pipeline.within_time() as limit:
            limits = await self._limits_for(request)
            parameters = await parameters_of(request, limits)
            self._pipeline.choose(exchange, parameters, credential_of(request))
            self._check_size(request, exchange)
            self._check_transport(request.method, exchange.kind, accept)
            if exchange.kind == "subscription":
                return await self._stream(request, exchange)
            leaving = partial(_wait_for_disconnect, request)
            (result,) = await self._performer.perform(request, [exchange], limit, leaving)
        payload = self._pipeline.payload(exchange, result)
        if exchange.media_type == EVENTS:
            return stream_once(payload)
        return answer(payload, exchange.media_type)

    async def _limits_for(self, request: Request) -> Limits:
        """Return the limits of a request. Only who may send papers is let send a body over the usual limit at all."""
        limits = self._pipeline.limits
        if not limits.body_bytes < declared_size(request) <= limits.paper_bytes or self._may_send_papers is None:
            return limits
        return limits.for_papers() if await self._may_send_papers(request) else limits

    def _check_size(self, request: Request, exchange: Exchange) -> None:
        """Refuse a body over the usual limit unless every field of its operation takes a paper."""
        limits = self._pipeline.limits
        assert exchange.operation is not None
        if declared_size(request) > limits.body_bytes:
            fields = exchange.operation.selection_set.selections
            names = {field.name.value if isinstance(field, FieldNode) else "" for field in fields}
            if not names <= limits.paper_fields:
                refuse_size("body", limits.body_bytes)

    async def _stream(self, request: Request, exchange: _Request) -> Response:
        """Return the response that begins the chosen subscription as soon as it is sent."""
        assert self._visit_of is not None
        seat = Seat(self._connections, request)
        interrupt: Interruption[RequestRefused | None] = Interruption()
        try:
            visit = await self._visit_of(request, interrupt)
        except BaseException:
            seat.leave()
            raise

        def leave() -> None:
            visit.leave()
            seat.leave()

        try:
            seat.name(visit.person)
        except RequestRefused:
            leave()
            raise
        exchange.outcome = "ok"
        begin = partial(self._pipeline.subscribe, exchange, visit)
        return EventStream(begin, interrupt, leave, keep_alive=self._keep_alive)

    def _check_transport(self, method: str, kind: str, accept: str) -> None:
        if kind == "subscription":
            if self._visit_of is None:
                raise RequestRefused(Code.OPERATION_NOT_SUPPORTED, "Subscriptions are not served by this endpoint.")
            if not takes_events(accept):
                message = f"A subscription is answered as {EVENTS}, which the Accept header must name, or by WebSocket."
                raise RequestRefused(Code.OPERATION_NOT_SUPPORTED, message)
        elif method == "GET" and kind != "query":
            message = "Only queries may be sent with GET."
            raise RequestRefused(Code.METHOD_NOT_ALLOWED, message, status=405, headers={"Allow": "POST"})


async def _wait_for_disconnect(request: Request) -> None:
    while (await request.receive())["type"] != "http.disconnect":
        pass
