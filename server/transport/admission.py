"""Admit only what can be answered in time: a gate before the caller is looked up and before the database.

Each kind of operation has its own slots, so that reads do not starve acts nor acts reads, and all slots together are
fewer than the connections of the pool, so that nobody waits there. A request that finds no slot waits in order of
arrival, but only if its turn is expected within `patience` seconds; else it is refused at once, and nothing was done.
The decision `server/decisions/0029-refuse-what-cannot-be-answered.md` gives the reasons and the figures.
"""

import asyncio
from collections import deque
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from enum import Enum

from server.transport.episodes import Episode
from server.transport.errors import Overloaded

FIRST_PACE = 0.05
"""Seconds that an operation is taken to need before any was measured."""
WEIGHT_OF_LAST = 0.1
"""Part of the last operation in the moving average of the pace."""
MOST_GROWTH = 10
"""One operation counts at most as so many times the pace: a paper that is read for seconds says little of the next."""
LATEST_PROMISE = 30.0
"""Longest time, in seconds, after which a request that is refused is told to come again."""
PART_FOR_WAITING = 0.5
"""Part of the time of a request in which it may wait; the other part is for the work itself."""
WAITS_AT_MOST = 1.5
"""Times the patience after which even a request whose turn was expected in time is refused."""


def slots_for(connections: int) -> dict[str, int]:
    """Return the slots of each kind for a pool of so many connections for reading: 4 and 8 of 15.

    Some connections stay free for pages, for the authorization server and for those who listen.
    """
    acts = max(1, (connections + 2) // 4)
    return {"mutation": acts, "query": max(1, connections - acts - connections // 5)}


class Entrance(Enum):
    """How a request came out of the queue: with a slot, too late for one, or without its client."""

    OPEN = "OPEN"
    SHUT = "SHUT"
    LEFT = "LEFT"


class Gate:
    """Slots for one kind of operation, and the queue before them."""

    def __init__(self, slots: int, patience: float) -> None:
        self.patience = patience
        self.pace = FIRST_PACE
        """Seconds that an operation holds a slot, as a moving average."""
        self.waiting: deque[asyncio.Future[None]] = deque()
        self._slots = slots
        self._at_work = 0
        self._promised = 0.0
        """The time of the loop up to which turns are promised to those who were refused."""

    @property
    def expected_wait(self) -> float:
        """Seconds until a request that comes now would have its turn."""
        return 0.0 if self._at_work < self._slots else (len(self.waiting) + 1) * self.pace / self._slots

    def promise(self) -> float:
        """Return the seconds after which a request that is refused now should come again, at most LATEST_PROMISE.

        Each gets another time, one after the other at the present pace: if all came back together they would be refused
        together, and refusing them would take the time of those that could be served.
        """
        now = asyncio.get_running_loop().time()
        turn = min(max(self._promised, now + self.expected_wait), now + LATEST_PROMISE)
        self._promised = turn + self.pace / self._slots
        return turn - now

    async def enter(self, seconds: float, leaving: Callable[[], Awaitable[object]] | None) -> "Entrance":
        """Take a slot, after waiting for at most so many `seconds` and until `leaving()` returns."""
        if self._at_work < self._slots:
            self._at_work += 1
            return Entrance.OPEN
        turn: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self.waiting.append(turn)
        left = asyncio.ensure_future(leaving()) if leaving is not None else None
        awaited: list[asyncio.Future[object]] = [turn] if left is None else [turn, left]  # type: ignore[list-item]
        try:
            await asyncio.wait(awaited, timeout=seconds, return_when=asyncio.FIRST_COMPLETED)
        except asyncio.CancelledError:
            if turn.done():
                self._pass_on()
            raise
        finally:
            if not turn.done():
                turn.cancel()
                self.waiting.remove(turn)
            if left is not None:
                left.cancel()
        if not turn.cancelled():
            return Entrance.OPEN
        return Entrance.LEFT if left is not None and left.done() and not left.cancelled() else Entrance.SHUT

    def leave(self, seconds: float) -> None:
        """Give the slot to the next in the queue, after it was held for so many `seconds`."""
        self.pace += WEIGHT_OF_LAST * (min(seconds, MOST_GROWTH * self.pace) - self.pace)
        self._pass_on()

    def _pass_on(self) -> None:
        if self.waiting:
            self.waiting.popleft().set_result(None)
        else:
            self._at_work -= 1


class Admission:
    """The gates of a server, by kind of operation. A kind without a gate is admitted at once."""

    def __init__(self, slots: dict[str, int], patience: float) -> None:
        self._gates = {kind: Gate(number, patience) for kind, number in slots.items()}
        self.overload = Episode("overloaded")
        """Lasts as long as somebody is refused; one log line tells that it began."""

    def check(self, kind: str, seconds: float) -> None:
        """Raise RequestRefused (OVERLOADED) if a request that comes now would not have its turn in time.

        `seconds` is the time that the request has left.
        """
        gate = self._gates.get(kind)
        if gate is not None and gate.expected_wait > min(gate.patience, seconds * PART_FOR_WAITING):
            raise self._refuse(kind, gate)

    @asynccontextmanager
    async def admit(
        self, kind: str, seconds: float, leaving: Callable[[], Awaitable[object]] | None = None
    ) -> AsyncIterator[bool]:
        """Hold a slot of this kind while the block runs. Give False, and no slot, if `leaving()` returned before.

        `seconds` is the time that the request has left. Raise RequestRefused (OVERLOADED) if its turn would come too
        late for it, or later than the patience allows.
        """
        gate = self._gates.get(kind)
        if gate is None:
            yield True
            return
        self.check(kind, seconds)
        entrance = await gate.enter(min(gate.patience * WAITS_AT_MOST, seconds * PART_FOR_WAITING), leaving)
        if entrance is Entrance.SHUT:
            raise self._refuse(kind, gate)
        if entrance is Entrance.LEFT:
            yield False
            return
        clock = asyncio.get_running_loop().time
        started = clock()
        try:
            yield True
        finally:
            gate.leave(clock() - started)

    def _refuse(self, kind: str, gate: Gate) -> Overloaded:
        self.overload.note(kind=kind, waiting=len(gate.waiting), expected_seconds=round(gate.expected_wait, 1))
        return Overloaded(gate.promise())
