"""Server-sent events: a response that goes on, each GraphQL response in it an event.

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
from server.transport.response import EVENTS, encoded, headers_of

KEEP_ALIVE_SECONDS = 15.0
"""Longest silence, in seconds: proxies close a connection on which nothing happens."""
COMMENT = b":\n\n"
COMPLETE = b"event: complete\ndata:\n\n"
Payloads: TypeAlias = AsyncGenerator[dict[str, Any]]


async def at_once(payload: dict[str, Any]) -> Payloads:
    """The stream of an operation that has one response."""
    yield payload


class EventStream(Response):
    """Payloads as they come, until there are no more, the client leaves, or `ended()` says that it may not stay."""

    def __init__(
        self,
        payloads: Payloads,
        ended: Callable[[], Awaitable[RequestRefused]] | None = None,
        *,
        keep_alive: float = KEEP_ALIVE_SECONDS,
    ) -> None:
        super().__init__(headers={**headers_of(EVENTS), "X-Accel-Buffering": "no"})
        del self.headers["content-length"]
        self._payloads = payloads
        self._ended = ended
        self._keep_alive = keep_alive

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send the events. The comment at the front lets the client know that the stream is open."""
        await send({"type": "http.response.start", "status": self.status_code, "headers": self.raw_headers})
        await _write(send, COMMENT)
        async with aclosing(self._payloads):
            gone = asyncio.ensure_future(_gone(receive))
            ended = asyncio.ensure_future(self._ended()) if self._ended else asyncio.Future[RequestRefused]()
            tasks: set[asyncio.Future[Any]] = {gone, ended}
            try:
                await self._told(send, gone, ended, tasks)
            finally:
                for task in tasks:
                    task.cancel()
                await asyncio.gather(*tasks, return_exceptions=True)

    async def _told(
        self,
        send: Send,
        gone: asyncio.Future[None],
        ended: asyncio.Future[RequestRefused],
        tasks: set[asyncio.Future[Any]],
    ) -> None:
        coming = asyncio.ensure_future(anext(self._payloads))
        while True:
            tasks.add(coming)
            done, _ = await asyncio.wait(tasks, timeout=self._keep_alive, return_when=asyncio.FIRST_COMPLETED)
            if gone in done:
                return
            if ended in done:
                return await _end(send, ended.result())
            if not done:
                await _write(send, COMMENT)
                continue
            tasks.remove(coming)
            try:
                payload = coming.result()
            except StopAsyncIteration:
                return await _write(send, COMPLETE, more=False)
            except RequestRefused as refusal:
                return await _end(send, refusal)
            await _write(send, _event(payload))
            coming = asyncio.ensure_future(anext(self._payloads))


async def _gone(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


async def _end(send: Send, refusal: RequestRefused) -> None:
    """End the stream with an error; when the server is closing it is only cut off."""
    closing = refusal.status == 503
    await _write(send, b"" if closing else _event({"errors": list(refusal.errors)}) + COMPLETE, more=False)


def _event(payload: dict[str, Any]) -> bytes:
    return b"event: next\ndata: " + encoded(payload) + b"\n\n"


async def _write(send: Send, chunk: bytes, *, more: bool = True) -> None:
    await send({"type": "http.response.body", "body": chunk, "more_body": more})
