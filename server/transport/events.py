"""Send server-sent events: one HTTP response, in which each GraphQL response is an event.

Source: the protocol of graphql-sse, "distinct connections mode": `next` carries a response, `complete` ends an
operation. A stream that ends without `complete` was cut off, and the client may ask again.
"""

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import aclosing
from typing import Any, TypeAlias

from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from server.transport.errors import RequestRefused
from server.transport.response import EVENTS, encode, headers_of

KEEP_ALIVE_SECONDS = 15.0
"""Longest silence, in seconds, because proxies close a connection on which nothing happens."""
COMMENT = b":\n\n"
COMPLETE = b"event: complete\ndata:\n\n"
Payloads: TypeAlias = AsyncGenerator[dict[str, Any]]


async def stream_once(payload: dict[str, Any]) -> Payloads:
    """Yield the single response of a query or mutation, as a stream."""
    yield payload


class EventStream(Response):
    """A response that sends payloads as events.

    It ends when there are no more payloads, when the client leaves, or when `wait_for_end()` returns a refusal.
    """

    def __init__(
        self,
        payloads: Payloads,
        wait_for_end: Callable[[], Awaitable[RequestRefused]] | None = None,
        *,
        keep_alive: float = KEEP_ALIVE_SECONDS,
    ) -> None:
        super().__init__(headers={**headers_of(EVENTS), "X-Accel-Buffering": "no"})  # nginx would collect the events
        del self.headers["content-length"]  # Starlette sets it to 0, because there is no body yet
        self._payloads = payloads
        self._wait_for_end = wait_for_end
        self._keep_alive = keep_alive

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send the events. A comment goes first, so that the client knows that the stream is open."""
        await send({"type": "http.response.start", "status": self.status_code, "headers": self.raw_headers})
        await _write(send, COMMENT)
        async with aclosing(self._payloads):
            leaving = asyncio.ensure_future(_wait_for_disconnect(receive))
            end = (
                asyncio.ensure_future(self._wait_for_end()) if self._wait_for_end else asyncio.Future[RequestRefused]()
            )
            tasks: set[asyncio.Future[Any]] = {leaving, end}
            try:
                await self._send_events(send, leaving, end, tasks)
            finally:
                for task in tasks:
                    task.cancel()
                await asyncio.gather(*tasks, return_exceptions=True)

    async def _send_events(
        self,
        send: Send,
        leaving: asyncio.Future[None],
        end: asyncio.Future[RequestRefused],
        tasks: set[asyncio.Future[Any]],
    ) -> None:
        """Send payloads until the stream ends. `tasks` holds all futures that the caller has to cancel afterwards."""
        upcoming = asyncio.ensure_future(anext(self._payloads))
        while True:
            tasks.add(upcoming)
            finished, _ = await asyncio.wait(tasks, timeout=self._keep_alive, return_when=asyncio.FIRST_COMPLETED)
            if leaving in finished:
                return
            if end in finished:
                return await _end(send, end.result())
            if not finished:
                await _write(send, COMMENT)
                continue
            tasks.remove(upcoming)
            try:
                payload = upcoming.result()
            except StopAsyncIteration:
                return await _write(send, COMPLETE, more=False)
            except RequestRefused as refusal:
                return await _end(send, refusal)
            await _write(send, _format_event(payload))
            upcoming = asyncio.ensure_future(anext(self._payloads))


async def _wait_for_disconnect(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


async def _end(send: Send, refusal: RequestRefused) -> None:
    """End the stream with an error. If the server is closing, cut it off, so that the client asks again."""
    closing = refusal.status == 503
    await _write(send, b"" if closing else _format_event({"errors": list(refusal.errors)}) + COMPLETE, more=False)


def _format_event(payload: dict[str, Any]) -> bytes:
    return b"event: next\ndata: " + encode(payload) + b"\n\n"


async def _write(send: Send, chunk: bytes, *, more: bool = True) -> None:
    await send({"type": "http.response.body", "body": chunk, "more_body": more})
