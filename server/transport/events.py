"""Send server-sent events: one HTTP response, in which each GraphQL response is an event.

Source: the protocol of graphql-sse, "distinct connections mode": `next` carries a response, `complete` ends an
operation. A stream that ends without `complete` was cut off, and the client may ask again.
"""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any, NamedTuple, TypeAlias

from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from server.transport.errors import RequestRefused
from server.transport.interruption import Interruption
from server.transport.response import EVENTS, encode, headers_of
from server.transport.sending import begin_sending
from server.transport.subscriptions import Subscription

KEEP_ALIVE_SECONDS = 15.0
"""Longest silence, in seconds, because proxies close a connection on which nothing happens."""
COMMENT = b":\n\n"
COMPLETE = b"event: complete\ndata:\n\n"
Begin: TypeAlias = Callable[[Subscription], Awaitable[None]]


class NextEvent(NamedTuple):
    """The envelope of a response: the event `next`, the same in every stream."""

    def wrap(self, payload: bytes) -> dict[str, Any]:
        """Return the message of ASGI with a GraphQL response, which is given as JSON."""
        return _chunk(b"event: next\ndata: " + payload + b"\n\n")


def stream_once(payload: dict[str, Any]) -> Response:
    """Build the response that is a stream of one event: the answer to a query or mutation."""
    content = COMMENT + NextEvent().wrap(encode(payload))["body"] + COMPLETE
    return Response(content, headers=headers_of(EVENTS))


class EventStream(Response):
    """A response that sends what a subscription is told as events.

    `begin(subscription)` begins it, or raises RequestRefused. The stream ends when the subscription does, when the
    client leaves, or when `interrupt` is called with a refusal; `leave()` is called at the end. With `keep_alive`
    seconds of silence a comment is sent.
    """

    def __init__(
        self,
        begin: Begin,
        interrupt: Interruption[RequestRefused | None],
        leave: Callable[[], None],
        *,
        keep_alive: float = KEEP_ALIVE_SECONDS,
    ) -> None:
        super().__init__(headers={**headers_of(EVENTS), "X-Accel-Buffering": "no"})  # nginx would collect the events
        del self.headers["content-length"]  # Starlette sets it to 0, because there is no body yet
        self._begin = begin
        self._interrupt = interrupt
        self._leave = leave
        self._keep_alive = keep_alive
        self._is_silent = True

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send the events. A comment goes first, so that the client knows that the stream is open."""
        subscription = Subscription(NextEvent(), self._note_sending(send), self._interrupt)
        timer = _Timer(self._keep_alive, lambda: self._keep_open(send))
        try:
            await send({"type": "http.response.start", "status": self.status_code, "headers": self.raw_headers})
            await send(_chunk(COMMENT))
            await self._begin(subscription)
            await _wait_for_disconnect(receive)
            return
        except RequestRefused as refusal:
            reason: RequestRefused | None = refusal
        except asyncio.CancelledError as error:
            reason = self._interrupt.take(error)
        finally:
            self._interrupt.disarm()
            timer.cancel()
            subscription.cancel()
            self._leave()
        await _end(send, reason)

    def _note_sending(self, send: Send) -> Callable[[Any], Any]:
        """Return `send` such that it also notes that the stream is not silent."""

        def noted(message: Any) -> Any:
            self._is_silent = False
            return send(message)

        return noted

    def _keep_open(self, send: Send) -> None:
        """Send a comment if nothing else was sent since the last call."""
        if self._is_silent:
            begin_sending(send(_chunk(COMMENT)))
        self._is_silent = True


class _Timer:
    """Calls a function again and again."""

    def __init__(self, seconds: float, call: Callable[[], None]) -> None:
        self._seconds = seconds
        self._call = call
        self._handle = asyncio.get_running_loop().call_later(seconds, self._ring)

    def cancel(self) -> None:
        """Call it no more."""
        self._handle.cancel()

    def _ring(self) -> None:
        self._call()
        self._handle = asyncio.get_running_loop().call_later(self._seconds, self._ring)


async def _wait_for_disconnect(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


async def _end(send: Send, refusal: RequestRefused | None) -> None:
    """End the stream, with an error if it is refused. If the server is closing, cut it off: the client asks again."""
    body = COMPLETE
    if refusal is not None:
        error = NextEvent().wrap(encode({"errors": list(refusal.errors)}))["body"]
        body = b"" if refusal.status == 503 else error + COMPLETE
    await send(_chunk(body, more=False))


def _chunk(body: bytes, *, more: bool = True) -> dict[str, Any]:
    return {"type": "http.response.body", "body": body, "more_body": more}
