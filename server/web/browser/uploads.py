"""Let clients read why a body was refused: read on to its end before the connection is closed.

A server that answers and closes while a body still comes resets the connection, and most clients then show a broken
connection and not the answer.
"""

import asyncio
from collections.abc import Awaitable

from starlette.types import ASGIApp, Message, Receive, Scope, Send

TOO_LARGE = 413
MOST_BYTES = 20_000_000
"""Bytes of a refused body that are read and forgotten; a larger one is cut off."""
MOST_SECONDS = 10.0


class ReadToEnd:
    """An application whose answers with the status 413 are sent when the request was read to its end."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    def __call__(self, scope: Scope, receive: Receive, send: Send) -> Awaitable[None]:
        """Answer one request."""
        return (self._answer if scope["type"] == "http" else self._app)(scope, receive, send)

    async def _answer(self, scope: Scope, receive: Receive, send: Send) -> None:
        is_complete = False

        async def take() -> Message:
            nonlocal is_complete
            message = await receive()
            is_complete = not message.get("more_body", False)
            return message

        async def answer(message: Message) -> None:
            if message["type"] == "http.response.start" and message["status"] == TOO_LARGE and not is_complete:
                await _read_to_end(receive)
            await send(message)

        await self._app(scope, take, answer)


async def _read_to_end(receive: Receive) -> None:
    """Read a body and forget it, within MOST_BYTES and MOST_SECONDS."""
    size = 0
    try:
        async with asyncio.timeout(MOST_SECONDS):
            while size < MOST_BYTES:
                message = await receive()
                size += len(message.get("body", b""))
                if not message.get("more_body", False):
                    return
    except TimeoutError:
        return
