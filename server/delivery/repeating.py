"""Do something again and again in the background for as long as the server runs."""

import asyncio
import traceback
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from pathlib import Path

import structlog

TURN_SECONDS = 5.0
"""Seconds between two turns."""
PACKAGE = f"{Path(__file__).parents[1]}/"


@asynccontextmanager
async def repeating(
    work: Callable[[], Awaitable[object]], warning: str, *, every: float = TURN_SECONDS
) -> AsyncIterator[None]:
    """Do `work` while the block runs, beginning at once. `every` is in seconds.

    What fails is tried again in the next turn. `warning` is what the log says then: at the first failure, at the
    second, fourth, eighth and so on of the same kind, and once when it works again.
    """
    turns = asyncio.create_task(_repeat(work, warning, every))
    try:
        yield
    finally:
        turns.cancel()
        with suppress(asyncio.CancelledError):
            await turns


async def _repeat(work: Callable[[], Awaitable[object]], warning: str, every: float) -> None:
    log = structlog.get_logger()
    failure, times = ("", ""), 0
    while True:
        try:
            await work()
        except Exception as error:  # the database may be away for a while; log no message, it may quote a letter
            newest = type(error).__name__, _place_of(error)
            failure, times = newest, times + 1 if newest == failure else 1
            if times & (times - 1) == 0:
                log.warning(warning, error=failure[0], at=failure[1], times=times)
        else:
            if times:
                log.info("works again", after=warning, times=times)
            times = 0
        await asyncio.sleep(every)


def _place_of(error: Exception) -> str:
    """Return the last line of this project through which an error came, such as `journal/keys.py:54`."""
    frames = traceback.extract_tb(error.__traceback__)
    own = [frame for frame in frames if frame.filename.startswith(PACKAGE)]
    return f"{own[-1].filename.removeprefix(PACKAGE)}:{own[-1].lineno}"
