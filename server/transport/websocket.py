"""GraphQL over WebSocket: one ASGI application for `/graphql`, speaking graphql-transport-ws and nothing else.

Source: PROTOCOL.md of the package graphql-ws. Who asks is found out at `connection_init`, anew for every operation, and
watched for as long as the connection lasts. An operation goes through the same pipeline as over HTTP.
"""

import asyncio
import time
from collections.abc import Awaitable, Iterable
from contextlib import aclosing
from secrets import token_hex
from typing import Any

from graphql import ExecutionResult
from starlette.requests import HTTPConnection
from starlette.types import Receive, Scope, Send
from starlette.websockets import WebSocket, WebSocketDisconnect
from structlog.contextvars import bound_contextvars

from server.transport.errors import Code, FormattedError, RequestRefused, Unauthenticated, error_of
from server.transport.frames import SUBPROTOCOL, Complete, Init, Ping, SocketClosed, Subscribe, frame_of
from server.transport.masking import internal_error, log_unexpected
from server.transport.pipeline import ContextFor, Exchange, Pipeline, VisitOf
from server.transport.response import encoded

INIT_SECONDS = 10.0
"""Time for the client to send `connection_init`."""
MOST_OPERATIONS = 50
"""Operations that one connection may have open at once."""
_ENDING = {401: 4403, 403: 4403, 503: 1012}
"""Refusals that are about the connection, not about one operation: HTTP status and code of the close frame."""


class GraphQLWebSocket:
    """Serve a schema over WebSocket. Put it into a Starlette `WebSocketRoute` as it is.

    `connection_init` may carry `authorization` and `actingAs`: they stand for the headers of those names, which a
    browser cannot send along. Queries and subscriptions are cancelled when the client leaves; mutations are completed.
    """

    def __init__(
        self,
        pipeline: Pipeline,
        context_for: ContextFor,
        visit_of: VisitOf,
        *,
        init_seconds: float = INIT_SECONDS,
        operations: int = MOST_OPERATIONS,
    ) -> None:
        self.pipeline = pipeline
        self.context_for = context_for
        self.visit_of = visit_of
        self.init_seconds = init_seconds
        self.operations = operations

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one connection from its handshake to its end."""
        websocket = WebSocket(scope, receive, send)
        if SUBPROTOCOL not in scope.get("subprotocols", ()):
            await websocket.accept()
            await websocket.close(4406, "Subprotocol not acceptable")
            return
        await websocket.accept(SUBPROTOCOL)
        await _Conversation(self, websocket).held()


class _Conversation:
    """One connection: who is there, and the operations that are open by their ids."""

    def __init__(self, endpoint: GraphQLWebSocket, websocket: WebSocket) -> None:
        self._endpoint = endpoint
        self._pipeline = endpoint.pipeline
        self._websocket = websocket
        self._tasks = asyncio.TaskGroup()
        self._operations: dict[str, asyncio.Task[None]] = {}
        self._mutations: set[asyncio.Task[ExecutionResult]] = set()
        self._connection: HTTPConnection = websocket
        self._person: str | None = None
        """Whose subscriptions these are; None until the connection is acknowledged."""

    async def held(self) -> None:
        """Hold the conversation until one of the two ends it."""
        closing: SocketClosed | None = None
        try:
            async with self._tasks:
                self._tasks.create_task(self._init_in_time())
                await self._listen()
        except* SocketClosed as closed:
            closing = _first(closed)
        except* WebSocketDisconnect:
            pass
        except* Exception as failed:
            log_unexpected(_first(failed), request_id="", operation="connection")
            closing = SocketClosed(1011, "Internal error")
        finally:
            await asyncio.gather(*self._mutations, return_exceptions=True)
        if closing is not None:
            await self._close(closing)

    async def _listen(self) -> None:
        while True:
            message = await self._websocket.receive()
            if message["type"] == "websocket.disconnect":
                raise WebSocketDisconnect(message.get("code", 1005))
            frame = frame_of(message.get("text"), self._pipeline.limits)
            if isinstance(frame, Init):
                await self._init(frame)
            elif isinstance(frame, Subscribe):
                await self._subscribe(frame)
            elif isinstance(frame, Ping):
                await self._send({"type": "pong"} | ({"payload": frame.payload} if frame.payload is not None else {}))
            elif isinstance(frame, Complete) and frame.id in self._operations:
                self._operations.pop(frame.id).cancel()

    async def _init_in_time(self) -> None:
        await asyncio.sleep(self._endpoint.init_seconds)
        if self._person is None:
            raise SocketClosed(4408, "Connection initialisation timeout")

    async def _init(self, frame: Init) -> None:
        if self._person is not None:
            raise SocketClosed(4429, "Too many initialisation requests")
        self._connection = self._as(frame.headers)
        try:
            visit = await self._endpoint.visit_of(self._connection)
        except Unauthenticated as refusal:
            raise SocketClosed(4401, str(refusal)) from refusal
        except RequestRefused as refusal:
            raise _closed_by(refusal) from refusal
        self._person = visit.person
        await self._send({"type": "connection_ack"})

        async def watch() -> None:
            raise _closed_by(await visit.ended())

        self._tasks.create_task(watch())

    async def _subscribe(self, frame: Subscribe) -> None:
        if self._person is None:
            raise SocketClosed(4401, "Unauthorized")
        if frame.id in self._operations:
            raise SocketClosed(4409, f"Subscriber for {frame.id} already exists")
        if max(len(self._operations), len(self._mutations)) >= self._endpoint.operations:
            message = f"This connection has {self._endpoint.operations} operations open: end one first."
            await self._fail(frame.id, error_of(Code.LIMIT_EXCEEDED, message))
            return
        self._operations[frame.id] = self._tasks.create_task(self._operate(frame, self._person))

    async def _operate(self, frame: Subscribe, person: str) -> None:
        """One operation from its document to its last response."""
        exchange = Exchange(token_hex(16))
        started = time.perf_counter()
        try:
            with bound_contextvars(request_id=exchange.id):
                await self._respond(frame, exchange, person)
        except RequestRefused as refusal:
            if refusal.status >= 500:
                exchange.outcome = "failed"
            await self._fail(frame.id, *refusal.errors)
        except (SocketClosed, WebSocketDisconnect, asyncio.CancelledError):
            exchange.outcome = "abandoned"
            raise
        except Exception as error:  # the last line of defence, as over HTTP
            exchange.outcome = "failed"
            log_unexpected(error, request_id=exchange.id, operation=exchange.label, variables=exchange.variables)
            await self._fail(frame.id, internal_error(exchange.id))
        finally:
            self._forget(frame.id)
            self._pipeline.record(exchange, time.perf_counter() - started)

    async def _respond(self, frame: Subscribe, exchange: Exchange, person: str) -> None:
        async with self._pipeline.within_time():
            prepared = self._pipeline.choose(exchange, frame.parameters)
            try:
                context = await self._endpoint.context_for(self._as((), request_id=exchange.id), prepared)
            except RequestRefused as refusal:
                if refusal.status in _ENDING:
                    raise _closed_by(refusal) from refusal
                raise
        if exchange.kind == "subscription":
            await self._stream(frame.id, exchange, context, person)
        else:
            payload = self._pipeline.payload(exchange, await self._executed(exchange, context))
            await self._send({"type": "next", "id": frame.id, "payload": payload})
        self._forget(frame.id)
        await self._send({"type": "complete", "id": frame.id})

    async def _stream(self, id_: str, exchange: Exchange, context: Any, person: str) -> None:
        async with aclosing(self._pipeline.subscribed(exchange, context, person)) as payloads:
            try:
                async for payload in payloads:
                    await self._send({"type": "next", "id": id_, "payload": payload})
            except RequestRefused as refusal:
                if refusal.status in _ENDING:
                    raise _closed_by(refusal) from refusal
                raise

    async def _executed(self, exchange: Exchange, context: Any) -> ExecutionResult:
        result = self._pipeline.execute(exchange, context)
        if isinstance(result, ExecutionResult):
            return result
        if exchange.kind == "query":
            return await self._in_time(result)
        mutation = asyncio.create_task(self._in_time(result))
        self._mutations.add(mutation)
        mutation.add_done_callback(self._mutations.discard)
        return await asyncio.shield(mutation)

    async def _in_time(self, result: Awaitable[ExecutionResult]) -> ExecutionResult:
        async with self._pipeline.within_time():
            return await result

    def _as(self, headers: Iterable[tuple[bytes, bytes]], **state: Any) -> HTTPConnection:
        """The connection as if it had come with these headers, and with more in its state."""
        scope = self._connection.scope
        given = dict(headers)
        kept = [(name, value) for name, value in scope["headers"] if name not in given]
        more = {"headers": [*kept, *given.items()], "state": {**scope.get("state", {}), **state}}
        return HTTPConnection({**scope, **more})

    def _forget(self, id_: str) -> None:
        """Give an id free that is still that of the running operation."""
        if self._operations.get(id_) is asyncio.current_task():
            del self._operations[id_]

    async def _fail(self, id_: str, *errors: FormattedError) -> None:
        self._forget(id_)
        await self._send({"type": "error", "id": id_, "payload": list(errors)})

    async def _send(self, message: dict[str, Any]) -> None:
        await self._websocket.send_text(encoded(message).decode())

    async def _close(self, closing: SocketClosed) -> None:
        try:
            await self._websocket.close(closing.code, closing.reason)
        except (WebSocketDisconnect, RuntimeError):
            return  # the client closed it at the same moment


def _closed_by(refusal: RequestRefused) -> SocketClosed:
    return SocketClosed(_ENDING.get(refusal.status, 4403), str(refusal))


def _first(group: BaseExceptionGroup[Any]) -> Any:
    """One of the exceptions in a group; the others followed from it."""
    while isinstance(group, BaseExceptionGroup):
        group = group.exceptions[0]
    return group
