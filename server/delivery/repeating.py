"""Do something again and again in the background for as long as the server runs."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress

import structlog

TURN_SECONDS = 5.0
"""Seconds between two turns."""


@asynccontextmanager
async def repeating(
    work: Callable[[], Awaitable[object]], warning: str, *, every: float = TURN_SECONDS
) -> AsyncIterator[None]:
    """Do `work` while the block runs, beginning at once. `every` is in seconds.

    What fails is tried again in the next turn; `warning` is what the log says then.
    """
    turns = asyncio.create_task(_repeat(work, warning, every))
    try:
        yield
    finally:
        turns.cancel()
        with suppress(asyncio.CancelledError):
            await turns


async def _repeat(work: Callable[[], Awaitable[object]], warning: str, every: float) -> None:
    while True:
        try:
            await work()
        except Exception as error:  # the database may be away for a while; log no message, it may quote a letter
            structlog.get_logger().warning(warning, error=type(error).__name__)
        await asyncio.sleep(every)
