"""Wake the listeners when something happened: one hub in every process.

While anybody listens, one task asks the database for the number of the newest entry of the journal, and wakes all
listeners when it has changed. Entries are numbered without gaps in the order in which they become visible, because an
append locks the head of the chain until the commit. A listener that reads on from its own place therefore misses
nothing, on either database.
"""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

import structlog

INTERVAL_SECONDS = 0.5

_log = structlog.get_logger("server.delivery.live")


class Listener:
    """A task that waits to be woken."""

    def __init__(self) -> None:
        self._event = asyncio.Event()
        self.is_waiting = False

    def wake(self) -> None:
        """End the present wait of the listener, or its next one if it does not wait now."""
        self._event.set()

    async def wait(self, seconds: float | None) -> None:
        """Wait until `wake` is called, or for at most so many seconds; None is without limit.

        A call of `wake` after the return ends the next wait.
        """
        self.is_waiting = True
        try:
            async with asyncio.timeout(seconds):
                await self._event.wait()
        except TimeoutError:
            return
        finally:
            self.is_waiting = False
        self._event.clear()


class Hub:
    """Wakes listeners. `newest()` returns the number of the newest entry; it is called every `interval` seconds."""

    def __init__(self, newest: Callable[[], Awaitable[int]], *, interval: float = INTERVAL_SECONDS) -> None:
        self._newest = newest
        self._interval = interval
        self._listeners: set[Listener] = set()
        self._poll: asyncio.Task[None] | None = None
        self.is_closed = False

    def __len__(self) -> int:
        """Return the number of listeners."""
        return len(self._listeners)

    @property
    def is_quiet(self) -> bool:
        """Whether every listener has seen all entries and waits for more."""
        return all(listener.is_waiting for listener in self._listeners)

    @asynccontextmanager
    async def listening(self) -> AsyncIterator[Listener]:
        """Lend a listener. Begin to listen before you read: an entry between the two would be missed otherwise."""
        listener = Listener()
        self._listeners.add(listener)
        if self._poll is None and not self.is_closed:
            self._poll = asyncio.create_task(self._poll_journal())
        try:
            yield listener
        finally:
            self._listeners.discard(listener)
            if not self._listeners:
                await self._stop_poll()

    def wake(self) -> None:
        """Wake every listener."""
        for listener in self._listeners:
            listener.wake()

    async def close(self) -> None:
        """Mark the hub as closed, because the server is closing, and wake every listener so that it sees this."""
        self.is_closed = True
        self.wake()
        await self._stop_poll()

    async def _poll_journal(self) -> None:
        last: int | None = None
        while True:
            try:
                newest = await self._newest()
            except Exception as error:  # a database that is away for a while must not end the poll
                _log.warning("live.cannot_ask", error=type(error).__qualname__)
            else:
                if newest != last:
                    last = newest
                    self.wake()
            await asyncio.sleep(self._interval)

    async def _stop_poll(self) -> None:
        # Emptied before the await, so that a listener that comes meanwhile begins a new poll.
        poll, self._poll = self._poll, None
        if poll is not None:
            poll.cancel()
            await asyncio.gather(poll, return_exceptions=True)
