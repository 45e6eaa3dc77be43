"""Who listens, and how they learn that something happened: one hub in every process.

While somebody listens, one task asks for the number of the newest entry of the journal, and wakes everyone when it has
moved. Entries are numbered without gaps in the order in which they become visible, because whoever appends holds the
head of the chain until the commit; so a listener that reads on from its own place misses nothing, on either database.
"""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

import structlog

INTERVAL_SECONDS = 0.5

_log = structlog.get_logger("server.delivery.live")


class Listener:
    """Somebody who waits to be woken."""

    def __init__(self) -> None:
        self._woken = asyncio.Event()
        self.is_waiting = False

    def wake(self) -> None:
        """Let it look again: now, or as soon as it waits."""
        self._woken.set()

    async def wait(self, seconds: float | None) -> None:
        """Wait until woken, at most so many seconds. What happens afterwards wakes again."""
        self.is_waiting = True
        try:
            async with asyncio.timeout(seconds):
                await self._woken.wait()
        except TimeoutError:
            return
        finally:
            self.is_waiting = False
        self._woken.clear()


class Hub:
    """Wakes listeners. `newest()` gives the number of the newest entry; it is asked every `interval` seconds."""

    def __init__(self, newest: Callable[[], Awaitable[int]], *, interval: float = INTERVAL_SECONDS) -> None:
        self._newest = newest
        self._interval = interval
        self._listeners: set[Listener] = set()
        self._asking: asyncio.Task[None] | None = None
        self.is_closed = False

    def __len__(self) -> int:
        """Count the listeners."""
        return len(self._listeners)

    @property
    def is_quiet(self) -> bool:
        """Whether every listener has seen what there is, and waits for more."""
        return all(listener.is_waiting for listener in self._listeners)

    @asynccontextmanager
    async def listening(self) -> AsyncIterator[Listener]:
        """Listen. Listen first and read afterwards: then nothing falls between."""
        listener = Listener()
        self._listeners.add(listener)
        if self._asking is None and not self.is_closed:
            self._asking = asyncio.create_task(self._ask())
        try:
            yield listener
        finally:
            self._listeners.discard(listener)
            if not self._listeners:
                await self._stop_asking()

    def wake(self) -> None:
        """Let every listener look again."""
        for listener in self._listeners:
            listener.wake()

    async def close(self) -> None:
        """The server is closing: everyone is told."""
        self.is_closed = True
        self.wake()
        await self._stop_asking()

    async def _ask(self) -> None:
        known: int | None = None
        while True:
            try:
                newest = await self._newest()
            except Exception as error:  # a database that is away for a while must not end the asking
                _log.warning("live.cannot_ask", error=type(error).__qualname__)
            else:
                if newest != known:
                    known = newest
                    self.wake()
            await asyncio.sleep(self._interval)

    async def _stop_asking(self) -> None:
        asking, self._asking = self._asking, None
        if asking is not None:
            asking.cancel()
            await asyncio.gather(asking, return_exceptions=True)
