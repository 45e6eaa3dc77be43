"""Serve GraphQL over WebSocket: one ASGI application for `/graphql`, with the subprotocol graphql-transport-ws only.

Source: PROTOCOL.md of the package graphql-ws. The caller is read from the database at `connection_init`, again for
every operation, and checked for as long as the connection lasts. An operation goes through the same pipeline as over
HTTP.
"""

import asyncio
import time
from collections.abc import Iterable
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
from server.transport.request import credential_of
from server.transport.response import encode

INIT_SECONDS = 10.0
"""Time for the client to send `connection_init`."""
MOST_OPERATIONS = 50
"""Operations that one connection may have open at once."""
_CLOSE_CODES = {401: 4403, 403: 4403, 503: 1012}
"""The code of the close frame by the HTTP status of a refusal that concerns the connection, not one operation."""


class GraphQLWebSocket:
    """An ASGI application that serves a schema over WebSocket, for a Starlette `WebSocketRoute`.

    `connection_init` may carry `authorization` and `actingAs`: they stand for the headers Authorization and Acting-As,
    which a browser cannot send with a WebSocket. Subscriptions are cancelled when the client leaves; queries and
    mutations that have begun are completed.
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
            await websocket.accept()  # a close code reaches the client only after the handshake
            await websocket.close(4406, "Subprotocol not acceptable")
            return
        await websocket.accept(SUBPROTOCOL)
        await _Conversation(self, websocket).hold()


class _Conversation:
    """One connection: the caller, and the open operations by their ids."""

    def __init__(self, endpoint: GraphQLWebSocket, websocket: WebSocket) -> None:
        self._endpoint = endpoint
        self._pipeline = endpoint.pipeline
        self._websocket = websocket
        self._tasks = asyncio.TaskGroup()
        self._operations: dict[str, asyncio.Task[None]] = {}
        self._work: set[asyncio.Task[ExecutionResult]] = set()
        self._connection: HTTPConnection = websocket
        self._person: str | None = None
        """The person under whom subscriptions are counted; None until the connection is acknowledged."""

    async def hold(self) -> None:
        """Hold the conversation until the client or the server ends it. Work that has begun is completed first."""
        closing: SocketClosed | None = None
        try:
            async with self._tasks:
                self._tasks.create_task(self._enforce_init())
                await self._listen()
        except* SocketClosed as group:
            closing = _first_of(group)
        except* WebSocketDisconnect:
            pass
        except* Exception as group:
            log_unexpected(_first_of(group), request_id="", operation="connection")
            closing = SocketClosed(1011, "Internal error")
        finally:
            await asyncio.gather(*self._work, return_exceptions=True)
        if closing is not None:
            await self._close(closing)

    async def _listen(self) -> None:
        while True:
            message = await self._websocket.receive()
            if message["type"] == "websocket.disconnect":
                raise WebSocketDisconnect(message.get("code", 1005))
            frame = frame_of(message.get("text"), self._pipeline.limits)
            if isinstance(frame, Init):
                await self._initialise(frame)
            elif isinstance(frame, Subscribe):
                await self._subscribe(frame)
            elif isinstance(frame, Ping):
                await self._send({"type": "pong"} | ({"payload": frame.payload} if frame.payload is not None else {}))
            elif isinstance(frame, Complete) and frame.id in self._operations:
                self._operations.pop(frame.id).cancel()

    async def _enforce_init(self) -> None:
        """Close the socket unless the client has sent `connection_init` in time."""
        await asyncio.sleep(self._endpoint.init_seconds)
        if self._person is None:
            raise SocketClosed(4408, "Connection initialisation timeout")

    async def _initialise(self, frame: Init) -> None:
        if self._person is not None:
            raise SocketClosed(4429, "Too many initialisation requests")
        self._connection = self._build_connection(frame.headers)
        try:
            visit = await self._endpoint.visit_of(self._connection)
        except Unauthenticated as refusal:
            raise SocketClosed(4401, str(refusal)) from refusal
        except RequestRefused as refusal:
            raise _close_for(refusal) from refusal
        except Exception as error:
            if not self._pipeline.is_passing(error):
                raise
            raise _close_for(self._pipeline.unavailable(error)) from error
        self._person = visit.person
        await self._send({"type": "connection_ack"})

        async def watch() -> None:
            raise _close_for(await visit.wait_for_end())

        self._tasks.create_task(watch())

    async def _subscribe(self, frame: Subscribe) -> None:
        if self._person is None:
            raise SocketClosed(4401, "Unauthorized")
        if frame.id in self._operations:
            raise SocketClosed(4409, f"Subscriber for {frame.id} already exists")
        # Work is counted apart: it goes on after the client completed the operation and gave its id free.
        if max(len(self._operations), len(self._work)) >= self._endpoint.operations:
            message = f"This connection has {self._endpoint.operations} operations open: end one first."
            await self._fail(frame.id, error_of(Code.LIMIT_EXCEEDED, message))
            return
        self._operations[frame.id] = self._tasks.create_task(self._operate(frame, self._person))

    async def _operate(self, frame: Subscribe, person: str) -> None:
        """Run one operation from its document to its last response."""
        exchange = Exchange(token_hex(16))
        started = time.perf_counter()
        try:
            with bound_contextvars(request_id=exchange.id):
                await self._respond(frame, exchange, person)
        except RequestRefused as refusal:
            exchange.outcome = refusal.outcome
            await self._fail(frame.id, *refusal.errors)
        except (SocketClosed, WebSocketDisconnect, asyncio.CancelledError):
            exchange.outcome = "abandoned"
            raise
        except Exception as error:  # the last line of defence, as over HTTP
            exchange.outcome = "failed"
            if self._pipeline.is_passing(error):
                return await self._fail(frame.id, *self._pipeline.unavailable(error).errors)
            log_unexpected(error, request_id=exchange.id, operation=exchange.label, variables=exchange.variables)
            await self._fail(frame.id, internal_error(exchange.id))
        finally:
            self._forget(frame.id)
            self._pipeline.record(exchange, time.perf_counter() - started)

    async def _respond(self, frame: Subscribe, exchange: Exchange, person: str) -> None:
        async with self._pipeline.within_time():
            connection = self._build_connection((), request_id=exchange.id)
            prepared = self._pipeline.choose(exchange, frame.parameters, credential_of(connection))
            try:
                context = await self._endpoint.context_for(connection, prepared)
            except RequestRefused as refusal:
                if refusal.status in _CLOSE_CODES:
                    raise _close_for(refusal) from refusal
                raise
        if exchange.kind == "subscription":
            await self._stream(frame.id, exchange, context, person)
        else:
            payload = self._pipeline.payload(exchange, await self._execute(exchange, context))
            await self._send({"type": "next", "id": frame.id, "payload": payload})
        self._forget(frame.id)  # before the message: the client may use the id again as soon as it arrives
        await self._send({"type": "complete", "id": frame.id})

    async def _stream(self, id_: str, exchange: Exchange, context: Any, person: str) -> None:
        async with aclosing(self._pipeline.subscribe(exchange, context, person)) as payloads:
            try:
                async for payload in payloads:
                    await self._send({"type": "next", "id": id_, "payload": payload})
            except RequestRefused as refusal:
                if refusal.status in _CLOSE_CODES:
                    raise _close_for(refusal) from refusal
                raise

    async def _execute(self, exchange: Exchange, context: Any) -> ExecutionResult:
        # A task of its own behind a shield: what has begun is completed, although the client is gone.
        work = asyncio.create_task(self._execute_in_turn(exchange, context))
        self._work.add(work)
        work.add_done_callback(self._work.discard)
        return await asyncio.shield(work)

    async def _execute_in_turn(self, exchange: Exchange, context: Any) -> ExecutionResult:
        async with self._pipeline.within_time() as limit, self._pipeline.in_turn(exchange, limit):
            result = self._pipeline.execute(exchange, context)
            return result if isinstance(result, ExecutionResult) else await result

    def _build_connection(self, headers: Iterable[tuple[bytes, bytes]], **state: Any) -> HTTPConnection:
        """Return the connection with these headers in the place of its own, and with more values in its state."""
        scope = self._connection.scope
        replacing = dict(headers)
        others = [(name, value) for name, value in scope["headers"] if name not in replacing]
        changes = {"headers": [*others, *replacing.items()], "state": {**scope.get("state", {}), **state}}
        return HTTPConnection({**scope, **changes})

    def _forget(self, id_: str) -> None:
        """Give the id free, unless a later operation uses it already."""
        if self._operations.get(id_) is asyncio.current_task():
            del self._operations[id_]

    async def _fail(self, id_: str, *errors: FormattedError) -> None:
        self._forget(id_)
        await self._send({"type": "error", "id": id_, "payload": list(errors)})

    async def _send(self, message: dict[str, Any]) -> None:
        await self._websocket.send_text(encode(message).decode())

    async def _close(self, closing: SocketClosed) -> None:
        try:
            await self._websocket.close(closing.code, closing.reason)
        except (WebSocketDisconnect, RuntimeError):
            return  # the client closed it at the same moment


def _close_for(refusal: RequestRefused) -> SocketClosed:
    return SocketClosed(_CLOSE_CODES.get(refusal.status, 4403), str(refusal))


def _first_of(group: BaseExceptionGroup[Any]) -> Any:
    """Return the first exception of a group, also of nested groups; the others followed from it."""
    while isinstance(group, BaseExceptionGroup):
        group = group.exceptions[0]
    return group
