"""Answer plain GraphQL requests before anything else looks at them: POST, JSON, a query, no browser's own headers.

It gives answers and no errors. A request that is not plain, or that comes to any error, goes on to the application
with its body replayed, which then says what is wrong. So errors have one source.
"""

import asyncio
import time
from collections import OrderedDict
from collections.abc import Awaitable, Iterable, Mapping
from secrets import token_hex
from types import MappingProxyType
from typing import Any, NamedTuple, Protocol

import structlog
from graphql import GraphQLError, OperationDefinitionNode
from starlette.requests import ClientDisconnect
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from server.transport.endpoint import REQUEST_ID
from server.transport.errors import RequestRefused
from server.transport.pipeline import Exchange, Pipeline
from server.transport.request import GraphQLParameters, check_media_type, check_parameters, json_of, name_credential
from server.transport.response import EVENTS, GRAPHQL_JSON, JSON, encode, headers_of, negotiate
from server.transport.shelves import PreparedDocument

NO_TIME = 503
"""The status of a refusal that does not depend on how a request is answered."""
SHORT, MOST_KNOWN = 4_000, 500
"""Bodies of at most so many bytes are known again, and so many of them."""
LARGEST_NUMBER = 9
"""Digits of a Content-Length that is looked at here."""


class Reads(Protocol):
    """What answers operations without an executor."""

    unfit: tuple[type[Exception], ...]
    """The exceptions that say that an operation is not answered here; any other is a surprise."""

    async def answer(
        self,
        prepared: PreparedDocument,
        operation: OperationDefinitionNode,
        variables: dict[str, Any] | None,
        authorization: str | None,
        acting_as: str,
    ) -> tuple[dict[str, Any], str]:
        """Return the data of an operation, and who asks. Raise any exception if it is not answered here."""
        ...


class _Answer(NamedTuple):
    """What is sent: the status, the body and the headers that only this answer has."""

    status: int
    body: bytes
    headers: Mapping[str, str] = MappingProxyType({})


class _Plain(NamedTuple):
    """The headers of a plain request."""

    host: bytes = b""
    content_type: bytes = b""
    content_length: bytes = b""
    accept: bytes = b""
    authorization: bytes | None = None
    acting_as: bytes = b""
    request_id: bytes = b""


_NAMES = {
    b"host": "host",
    b"content-type": "content_type",
    b"content-length": "content_length",
    b"accept": "accept",
    b"authorization": "authorization",
    b"acting-as": "acting_as",
    b"x-request-id": "request_id",
}
"""The headers that a plain request is answered by, each at most once."""
_ELSEWHERE = frozenset({b"origin", b"cookie", b"content-encoding", b"transfer-encoding"})
"""Headers with which a request is not plain: of browsers, and of bodies that are not what they seem."""


class NotPlain(Exception):
    """Raised when a request is for the application."""


class DirectEndpoint:
    """An ASGI application that answers plain requests to /graphql by `reads`, and all others by `app`.

    `hosts` are the names, without port, under which it answers; `headers` are those of
    every answer, besides or instead of those that `headers_of` gives.
    """

    def __init__(
        self,
        app: ASGIApp,
        pipeline: Pipeline,
        reads: Reads,
        *,
        hosts: Iterable[str],
        headers: dict[str, str],
    ) -> None:
        self._app = app
        self._pipeline = pipeline
        self._reads = reads
        self._hosts = frozenset(host.encode() for host in hosts)
        self._known: OrderedDict[bytes, GraphQLParameters] = OrderedDict()
        self._headers = {
            kind: [(name.lower().encode(), value.encode()) for name, value in (headers_of(kind) | headers).items()]
            for kind in (JSON, GRAPHQL_JSON)
        }

    def __call__(self, scope: Scope, receive: Receive, send: Send) -> Awaitable[None]:
        """Answer one request."""
        plain = self._read_headers(scope)
        if plain is None:
            return self._app(scope, receive, send)
        return self._answer_plain(plain, scope, receive, send)

    async def _answer_plain(self, plain: _Plain, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a plain query, and let the application answer where that is not enough."""
        started = time.perf_counter()
        messages: list[Message] = []
        exchange = Exchange(_id_of(plain))
        media_type = JSON
        try:
            media_type = negotiate(plain.accept.decode("latin-1"))
            if media_type == EVENTS:
                raise NotPlain
            async with self._pipeline.within_time() as limit:
                body = await _read_body(plain, receive, messages)
                data = await self._answer(plain, exchange, body, limit, receive)
            answer = _Answer(200, encode({"data": data}))
            exchange.outcome = "ok"
        except ClientDisconnect:
            exchange.outcome = "abandoned"
            self._pipeline.record(exchange, time.perf_counter() - started)
            return
        except Exception as error:
            if not isinstance(error, RequestRefused) or error.status != NO_TIME:
                self._note(error, exchange)
                await self._app(scope, _replay(messages, receive), send)
                return
            # Here the refusal stands: to begin once more in full would take the same time again.
            answer = _Answer(error.status, encode({"errors": list(error.errors)}), error.headers)
            exchange.outcome = error.outcome
        self._pipeline.record(exchange, time.perf_counter() - started)
        await self._send(send, answer, exchange, media_type)

    def _read_headers(self, scope: Scope) -> _Plain | None:
        """Return the headers of a plain request, None for any other."""
        if scope["type"] != "http" or scope["path"] != "/graphql" or scope["method"] != "POST":
            return None
        if scope.get("query_string"):  # it could hold a credential, which is refused in words
            return None
        values: dict[str, bytes] = {}
        for name, value in scope["headers"]:
            field = _NAMES.get(name)
            if field is not None:
                if field in values:
                    return None
                values[field] = value
            elif name in _ELSEWHERE:
                return None
        plain = _Plain(**values)
        length = plain.content_length
        if not length.isdigit() or len(length) > LARGEST_NUMBER or int(length) > self._pipeline.limits.body_bytes:
            return None
        return plain if plain.host in self._hosts or plain.host.rpartition(b":")[0] in self._hosts else None

    async def _answer(
        self, plain: _Plain, exchange: Exchange, body: bytes, limit: asyncio.Timeout, leaving: Receive
    ) -> dict[str, Any]:
        """Return the data of the answer, after waiting for its turn.

        Raise ClientDisconnect if the client has left by then, any other exception if the request is not answered here.
        """
        pipeline = self._pipeline
        check_media_type(plain.content_type.decode("latin-1"), "identity")
        parameters = self._read_parameters(body)
        authorization = None if plain.authorization is None else plain.authorization.decode("latin-1")
        credential = name_credential(authorization)
        prepared = pipeline.choose(exchange, parameters, credential)
        if exchange.kind != "query" or exchange.operation is None:
            # Refused here if it must be: in full a refusal costs ten times as much, and takes that from the others.
            pipeline.admission.check(exchange.kind, pipeline.limits.seconds)
            raise NotPlain
        async with pipeline.in_turn(exchange, limit, leaving) as is_here:
            if not is_here:
                raise ClientDisconnect
            acting_as = plain.acting_as.decode("latin-1")
            data, person = await self._reads.answer(
                prepared, exchange.operation, exchange.variables, authorization, acting_as
            )
        pipeline.documents.keep(prepared, person, credential)
        return data

    def _read_parameters(self, body: bytes) -> GraphQLParameters:
        """Return the parameters in a body. Many ask the same, so that a short one is read once."""
        parameters = self._known.get(body)
        if parameters is None:
            limits = self._pipeline.limits
            parameters = check_parameters(json_of(body, "The body", limits), len(body), limits)
            if len(body) <= SHORT:
                self._known[body] = parameters
                if len(self._known) > MOST_KNOWN:
                    self._known.popitem(last=False)
        return parameters

    async def _send(self, send: Send, answer: _Answer, exchange: Exchange, media_type: str) -> None:
        headers = [
            *self._headers[media_type],
            (b"content-length", str(len(answer.body)).encode()),
            (b"x-request-id", exchange.id.encode()),
            *((name.lower().encode(), value.encode()) for name, value in answer.headers.items()),
        ]
        await send({"type": "http.response.start", "status": answer.status, "headers": headers})
        await send({"type": "http.response.body", "body": answer.body})

    def _note(self, error: Exception, exchange: Exchange) -> None:
        """Log an error that nobody expects and nobody sees, because the request is answered in another way."""
        is_expected = isinstance(error, (NotPlain, RequestRefused, GraphQLError, *self._reads.unfit))
        if not is_expected and not self._pipeline.is_passing(error):
            structlog.get_logger().warning(
                "answered in full", request_id=exchange.id, operation=exchange.label, error=type(error).__name__
            )


def _id_of(plain: _Plain) -> str:
    client_id = plain.request_id.decode("latin-1")
    return client_id if REQUEST_ID.fullmatch(client_id) else token_hex(16)


async def _read_body(plain: _Plain, receive: Receive, messages: list[Message]) -> bytes:
    """Return the body, and note the messages it came in. Raise NotPlain unless it is as long as was declared."""
    size = int(plain.content_length)
    body = b""
    more = True
    while more and len(body) <= size:
        message = await receive()
        messages.append(message)
        if message["type"] != "http.request":
            raise NotPlain
        body += message.get("body", b"")
        more = message.get("more_body", False)
    if len(body) != size:
        raise NotPlain
    return body


def _replay(messages: list[Message], receive: Receive) -> Receive:
    """Return a function that receives the messages once more, and then what follows them."""
    waiting = iter(messages)

    async def receive_again() -> Message:
        for message in waiting:
            return message
        return await receive()

    return receive_again
