"""Read on for followers who are behind the newsroom, each from its own place.

They are those who go on after an entry that they received before, and those whose client reads slowly.
"""

import asyncio
from collections import deque
from collections.abc import Callable
from datetime import datetime

import structlog
from sqlalchemy.ext.asyncio import AsyncConnection

from server.delivery.live.groups import Follower
from server.delivery.live.rendering import is_away
from server.delivery.live.tail import read_on
from server.delivery.live.visits import Visitors
from server.identity.site import Site
from server.kernel.actor import Actor
from server.transport.errors import RequestRefused

AT_ONCE = 50
"""Followers who are served on one snapshot."""
RETRY_SECONDS = 1.0

_log = structlog.get_logger("server.delivery.live")


class Stragglers:
    """The followers who are behind. One task serves them, one after the other, so that they need one connection.

    `join(follower)` is called with each who has reached the end of the journal; it returns whether that is so.
    """

    def __init__(
        self,
        site: Site,
        visitors: Visitors,
        join: Callable[[Follower], bool],
        *,
        retry_seconds: float = RETRY_SECONDS,
    ) -> None:
        self._site = site
        self._visitors = visitors
        self._join = join
        self._retry_seconds = retry_seconds
        self._behind: deque[Follower] = deque()
        self.task: asyncio.Task[None] | None = None
        self._is_closed = False

    def __bool__(self) -> bool:
        """Return whether anybody is behind."""
        return self.task is not None

    def add(self, follower: Follower) -> None:
        """Read on for a follower until it has reached the end."""
        if follower.listens:
            self._behind.append(follower)
            if self.task is None:
                self.task = asyncio.create_task(self._serve())

    def close(self) -> None:
        """Read on for nobody."""
        self._is_closed = True
        self._behind.clear()

    async def _serve(self) -> None:
        try:
            while self._behind and not self._is_closed:
                batch = deque(self._behind.popleft() for _ in range(min(AT_ONCE, len(self._behind))))
                try:
                    await self._serve_batch(batch)
                except Exception as error:  # a database that is away for a while
                    _log.warning("live.cannot_read_on", error=type(error).__qualname__)
                    self._behind.extendleft(reversed(batch))
                    await asyncio.sleep(self._retry_seconds)
        finally:
            self.task = None

    async def _serve_batch(self, batch: deque[Follower]) -> None:
        """Serve followers on one snapshot, in which their standing is looked up too.

        Those who are served are taken out of `batch`.
        """
        now = self._site.now()
        async with self._site.database.reading() as connection:
            outcomes = await self._visitors.actors_of(connection, list({f.visit: None for f in batch}), now)
            while batch:
                follower = batch[0]
                outcome = outcomes[follower.visit]
                if isinstance(outcome, RequestRefused):
                    self._visitors.end(follower.visit, outcome)
                elif follower.listens:
                    await self._read_on(connection, follower, outcome, now)
                batch.popleft()

    async def _read_on(self, connection: AsyncConnection, follower: Follower, actor: Actor, now: datetime) -> None:
        """Tell one follower the next entries.

        One that is not at the end afterwards, or that has to be waited for, comes again.
        """
        parameters = actor.parameters(now)
        stretch = await read_on(connection, parameters, follower.place, follower.feed.wanted)
        try:
            ids = [id_ for id_, _ in stretch.entries]
            payloads = await follower.feed.render(connection, actor, parameters, now, ids)
        except Exception as error:
            if is_away(error):
                raise
            follower.outlet.end(error)
            return
        for id_, sequence in stretch.entries:
            if not follower.listens:
                return
            if id_ in payloads and (unsent := follower.tell(sequence, payloads[id_], {})) is not None:
                unsent.add_done_callback(lambda _: self.add(follower))
                return
        follower.place = stretch.place
        if stretch.more or not self._join(follower):
            self._behind.append(follower)
