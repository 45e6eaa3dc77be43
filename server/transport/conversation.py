"""Hold one connection of graphql-transport-ws from its acceptance to its end.

A connection that only listens has one task, which waits for the client's next message: what is followed is sent from
outside.
"""

import asyncio
import time
from functools import partial
from secrets import token_hex
from typing import Any, Protocol, TypeAlias

from graphql import ExecutionResult
from starlette.requests import HTTPConnection
from starlette.types import Receive, Scope, Send
from structlog.contextvars import bound_contextvars

from server.transport.connections import Seat
from server.transport.errors import Code, FormattedError, RequestRefused, Unauthenticated, error_of
from server.transport.frames import (
    CLOSE_CODES,
    Complete,
    Init,
    Next,
    Ping,
    SocketClosed,
    Subscribe,
    closing_of,
    frame_of,
)
from server.transport.interruption import Interruption
from server.transport.masking import internal_error, log_unexpected
from server.transport.patience import Patience
from server.transport.pipeline import ContextFor, Exchange, Pipeline
from server.transport.request import credential_of
from server.transport.response import encode
from server.transport.sending import begin_sending
from server.transport.shelves import PreparedDocument
from server.transport.subscriptions import Subscription, Visiting, VisitOf

TRY_AGAIN_LATER = 1013
"""The code of the close frame for a connection beyond the limits, or while the database is away (registry of IANA)."""

Operation: TypeAlias = "asyncio.Task[None] | Subscription"


class Serving(Protocol):
    """What all conversations of an endpoint have in common: see `GraphQLWebSocket`."""

    pipeline: Pipeline
    context_for: ContextFor
    visit_of: VisitOf
    init_seconds: float
    idle_seconds: float
    operations: int


class Conversation:
    """One connection: the caller, and the open operations by their ids."""

    def __init__(self, endpoint: Serving, scope: Scope, receive: Receive, send: Send, seat: Seat) -> None:
        self._endpoint = endpoint
        self._scope = scope
        self._receive = receive
        self._send_message = send
        self._seat = seat
        self._interrupt: Interruption[SocketClosed] = Interruption()
        self._operations: dict[str, Operation] = {}
        self._work: dict[asyncio.Task[ExecutionResult], None] = {}  # an empty set is three times as large
        self._visit: Visiting | None = None
        """None until the connection is acknowledged."""
        self._patience: Patience | None = Patience(self._interrupt, endpoint.init_seconds, endpoint.idle_seconds)

    async def hold(self) -> None:
        """Hold the conversation until the client or the server ends it, and what has begun is completed."""
        closing: SocketClosed | None = None
        try:
            await self._listen()
        except SocketClosed as reason:
            closing = reason
        except OSError:
            pass  # the client has left while something was sent
        except asyncio.CancelledError as error:
            closing = self._interrupt.take(error)
        except Exception as error:
            closing = self._judge_failure(error)
        finally:
            tasks = self._end_operations()
            if closing is not None:
                await self._close(closing)  # at once, and not after the work of a caller who may not stay
            await asyncio.gather(*tasks, *self._work, return_exceptions=True)

    def _judge_failure(self, error: Exception) -> SocketClosed:
        """Return how the connection is closed for an error that concerns no single operation."""
        pipeline = self._endpoint.pipeline
        if pipeline.is_passing(error):
            return SocketClosed(TRY_AGAIN_LATER, str(pipeline.unavailable(error)))
        log_unexpected(error, request_id="", operation="connection")
        return SocketClosed(1011, "Internal error")

    async def _listen(self) -> None:
        """Read the messages of the client until it leaves."""
        while True:
            message = await self._receive()
            if message["type"] == "websocket.disconnect":
                return
            frame = frame_of(message.get("text"), self._endpoint.pipeline.limits)
            if isinstance(frame, Init):
                await self._initialise(frame)
            elif isinstance(frame, Subscribe):
                await self._subscribe(frame)
            elif isinstance(frame, Ping):
                await self._send({"type": "pong"} | ({"payload": frame.payload} if frame.payload is not None else {}))
            elif isinstance(frame, Complete) and frame.id in self._operations:
                self._operations.pop(frame.id).cancel()

    def _end_operations(self) -> list[asyncio.Task[None]]:
        """End every operation, and return the tasks that end now. What has begun goes on."""
        self._interrupt.disarm()
        self._end_patience()
        operations, self._operations = self._operations, {}
        for operation in operations.values():
            operation.cancel()
        if self._visit is not None:
            self._visit.leave()
        return [operation for operation in operations.values() if isinstance(operation, asyncio.Task)]

    async def _initialise(self, frame: Init) -> None:
        if self._visit is not None:
            raise SocketClosed(4429, "Too many initialisation requests")
        replacing = dict(frame.headers)
        others = [(name, value) for name, value in self._scope["headers"] if name not in replacing]
        self._scope["headers"] = [*others, *replacing.items()]
        try:
            visit = await self._endpoint.visit_of(HTTPConnection(self._scope), self._leave)
        except Unauthenticated as refusal:
            raise SocketClosed(4401, str(refusal)) from refusal
        except RequestRefused as refusal:
            raise closing_of(refusal) from refusal
        self._visit = visit
        try:
            self._seat.name(visit.person)
        except RequestRefused as refusal:
            raise SocketClosed(TRY_AGAIN_LATER, str(refusal)) from refusal
        if visit.person:
            self._end_patience()
        elif self._patience is not None:
            self._patience.wait_for_questions()
        await self._send({"type": "connection_ack"})

    def _end_patience(self) -> None:
        patience, self._patience = self._patience, None
        if patience is not None:
            patience.cancel()

    def _leave(self, refusal: RequestRefused) -> None:
        """End the connection of a caller who may not stay."""
        self._interrupt(closing_of(refusal))

    async def _subscribe(self, frame: Subscribe) -> None:
        if self._visit is None:
            raise SocketClosed(4401, "Unauthorized")
        if frame.id in self._operations:
            raise SocketClosed(4409, f"Subscriber for {frame.id} already exists")
        # Work is counted apart: it goes on after the client completed the operation and gave its id free.
        if max(len(self._operations), len(self._work)) >= self._endpoint.operations:
            message = f"This connection has {self._endpoint.operations} operations open: end one first."
            await self._fail(frame.id, error_of(Code.LIMIT_EXCEEDED, message))
            return
        operation = asyncio.create_task(self._operate(frame, self._visit))
        self._operations[frame.id] = operation
        if self._patience is not None:
            self._patience.note(operation)

    async def _operate(self, frame: Subscribe, visit: Visiting) -> None:
        """Run one operation from its document to its last response; of a subscription only the beginning."""
        exchange = Exchange(token_hex(16))
        started = time.perf_counter()
        try:
            with bound_contextvars(request_id=exchange.id):
                await self._respond(frame, exchange, visit)
        except RequestRefused as refusal:
            exchange.outcome = refusal.outcome
            await self._fail(frame.id, *refusal.errors)
        except SocketClosed as reason:
            exchange.outcome = "abandoned"
            self._interrupt(reason)
        except OSError:  # the client has left, which `_listen` will hear of
            exchange.outcome = "abandoned"
        except asyncio.CancelledError:
            exchange.outcome = "abandoned"
            raise
        except Exception as error:  # the last line of defence, as over HTTP
            exchange.outcome = "failed"
            if self._endpoint.pipeline.is_passing(error):
                return await self._fail(frame.id, *self._endpoint.pipeline.unavailable(error).errors)
            log_unexpected(error, request_id=exchange.id, operation=exchange.label, variables=exchange.variables)
            await self._fail(frame.id, internal_error(exchange.id))
        finally:
            self._forget(frame.id)
            self._endpoint.pipeline.record(exchange, time.perf_counter() - started)

    async def _respond(self, frame: Subscribe, exchange: Exchange, visit: Visiting) -> None:
        pipeline, connection = self._endpoint.pipeline, self._build_connection(exchange.id)
        prepared = pipeline.choose(exchange, frame.parameters, credential_of(connection))
        if exchange.kind == "subscription":
            async with pipeline.within_time():
                return await self._follow(frame.id, exchange, visit)
        payload = pipeline.payload(exchange, await self._execute(exchange, prepared, connection))
        await self._send({"type": "next", "id": frame.id, "payload": payload})
        self._forget(frame.id)  # before the message: the client may use the id again as soon as it arrives
        await self._send({"type": "complete", "id": frame.id})

    async def _follow(self, id_: str, exchange: Exchange, visit: Visiting) -> None:
        """Begin a subscription, which takes the place of the task that began it."""
        subscription = Subscription(Next(id_), self._send_message, partial(self._end_subscription, id_))
        try:
            await self._endpoint.pipeline.subscribe(exchange, visit, subscription)
        except RequestRefused as refusal:
            raise _judge_refusal(refusal) from refusal
        self._operations[id_] = subscription

    def _end_subscription(self, id_: str, refusal: RequestRefused | None) -> None:
        """Tell the client that the source of a subscription has ended it, and why if it was refused."""
        del self._operations[id_]
        if refusal is None:
            begin_sending(self._send({"type": "complete", "id": id_}))
        elif refusal.status in CLOSE_CODES:
            self._leave(refusal)
        else:
            begin_sending(self._send({"type": "error", "id": id_, "payload": list(refusal.errors)}))

    async def _execute(
        self, exchange: Exchange, prepared: PreparedDocument, connection: HTTPConnection
    ) -> ExecutionResult:
        # A task of its own behind a shield: what has begun is completed, although the client is gone.
        work = asyncio.create_task(self._execute_in_turn(exchange, prepared, connection))
        self._work[work] = None
        work.add_done_callback(self._forget_work)
        return await asyncio.shield(work)

    async def _execute_in_turn(
        self, exchange: Exchange, prepared: PreparedDocument, connection: HTTPConnection
    ) -> ExecutionResult:
        pipeline = self._endpoint.pipeline
        async with pipeline.within_time() as limit, pipeline.in_turn(exchange, limit):
            try:
                context = await self._endpoint.context_for(connection, prepared)
            except RequestRefused as refusal:
                raise _judge_refusal(refusal) from refusal
            result = pipeline.execute(exchange, context)
            return result if isinstance(result, ExecutionResult) else await result

    def _forget_work(self, work: asyncio.Task[ExecutionResult]) -> None:
        del self._work[work]
        if not work.cancelled():
            work.exception()  # looked at, because nobody may wait for it any more

    def _build_connection(self, request_id: str) -> HTTPConnection:
        """Return the connection as that of one request."""
        state = {**self._scope.get("state", {}), "request_id": request_id}
        return HTTPConnection({**self._scope, "state": state})

    def _forget(self, id_: str) -> None:
        """Give the id free, unless a later operation or the subscription uses it already."""
        if self._operations.get(id_) is asyncio.current_task():
            del self._operations[id_]

    async def _fail(self, id_: str, *errors: FormattedError) -> None:
        self._forget(id_)
        await self._send({"type": "error", "id": id_, "payload": list(errors)})

    async def _send(self, message: dict[str, Any]) -> None:
        await self._send_message({"type": "websocket.send", "text": encode(message).decode()})

    async def _close(self, closing: SocketClosed) -> None:
        try:
            await self._send_message({"type": "websocket.close", "code": closing.code, "reason": closing.reason})
        except (OSError, RuntimeError):
            return  # the client closed it at the same moment


def _judge_refusal(refusal: RequestRefused) -> RequestRefused | SocketClosed:
    """Return how the connection is closed for a caller who may not stay, or else the refusal itself."""
    return closing_of(refusal) if refusal.status in CLOSE_CODES else refusal
