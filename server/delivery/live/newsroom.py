"""Tell everybody who follows the journal what is new: one newsroom in every process.

One task wakes by a poll, or at once after a commit of this process. In one snapshot it reads what is new beyond its
place, finds out who may see it by one statement for all kinds of listeners, looks up the standing of everybody who is
to be told, and renders once for each group of listeners who have the same rights and the same selection. Then the same
response is written to all of a group.

The journal is the queue: there is no buffer for a listener. One that reads slowly leaves its group, reads on from its
own place and joins again (`stragglers.py`). That is also the way in for one that goes on where it was.
"""

import asyncio
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from typing import Any, TypeAlias

import structlog
from sqlalchemy.ext.asyncio import AsyncConnection

from server.delivery.live.editing import Editor, Story
from server.delivery.live.groups import Feed, Follower, FollowerGroups
from server.delivery.live.reception import Reception
from server.delivery.live.stragglers import Stragglers
from server.delivery.live.tail import BATCH, end_of_journal, read_news
from server.delivery.live.visits import LiveVisit, Visitors
from server.identity.site import Site
from server.identity.tokens import Caller
from server.kernel.actor import Actor
from server.transport.errors import RequestRefused
from server.transport.subscriptions import Ending, Envelope, Message, Outlet

POLL_SECONDS = 0.1
RECHECK_SECONDS = 5.0
"""Longest time between two checks of a caller."""
CLOSING_SECONDS = 5.0
"""Time that what is under way has to be completed when the server closes."""
WRITES = 200
"""Messages written before others have their turn: some two milliseconds."""
ContextOf: TypeAlias = Callable[[Actor, datetime, Any], Any]
"""Builds the context of one operation: who asks, when, and the prepared document."""

_log = structlog.get_logger("server.delivery.live")


class Newsroom:
    """Everybody who is connected to this process, and what they follow."""

    def __init__(
        self,
        site: Site,
        context_of: ContextOf,
        *,
        poll_seconds: float = POLL_SECONDS,
        recheck_seconds: float = RECHECK_SECONDS,
    ) -> None:
        self._site = site
        self._context_of = context_of
        self._poll_seconds = poll_seconds
        self._recheck_seconds = recheck_seconds
        self.visitors = Visitors(site)
        self.groups = FollowerGroups()
        self.stragglers = Stragglers(site, self.visitors, self._join)
        self._reception = Reception(site, self.visitors)
        self._editor = Editor(self.visitors, self.groups)
        self._beginners: list[Follower] = []
        """Those who begin now, while the place of the newsroom is not known."""
        self._place: int | None = None
        """Everything up to here was told; None while nobody follows."""
        self._check_at = 0.0
        self._woken = asyncio.Event()
        self._task: asyncio.Task[None] | None = None
        self._is_failing = False
        self.is_closed = False

    async def receive(self, caller: Caller | None, acting_as: str, secret: str | None, end: Ending) -> LiveVisit:
        """Let a caller in, and call `end` when they may not stay. Raise RequestRefused for who may not come.

        `acting_as` is the party they chose. `secret` is the secret of their cookie, None if they came without one.
        """
        self._ensure_open()
        visit = LiveVisit(self, caller, acting_as, secret, end)
        await self._reception.admit(visit)
        if self._task is None:
            self._check_at = asyncio.get_running_loop().time() + self._recheck_seconds
            self._task = asyncio.create_task(self._work())
        elif not self.groups:
            self.wake()  # else it might sleep for longer than the credential lasts
        return visit

    def leave(self, visit: LiveVisit) -> None:
        """Forget a visit, which is over. The newsroom looks no more once nobody is there."""
        self.visitors.leave(visit)
        if not self._is_visited():
            self.wake()

    async def context(self, visit: LiveVisit, prepared: Any) -> Any:
        """Return the context of a subscription that begins now, with the standing that was looked up last.

        It is looked up again if that was longer ago than a check may be, and in any case before anything is told.
        """
        self._ensure_open()
        now, actor = self._site.now(), visit.speaker.actor
        if now - visit.speaker.looked_up_at > timedelta(seconds=self._recheck_seconds):
            async with self._site.database.reading() as connection:
                outcome = (await self.visitors.actors_of(connection, [visit], now))[visit]
            if isinstance(outcome, RequestRefused):
                raise outcome
            actor = outcome
        return self._context_of(actor, now, prepared)

    def follow(self, visit: LiveVisit, source: Feed, outlet: Outlet) -> Callable[[], None]:
        """Tell an outlet what happens, and return a function that stops it."""
        follower = Follower(visit, source, outlet)
        if source.after is not None:
            if not self._join(follower, is_at_end=False):
                self.stragglers.add(follower)
        elif self._place is None or not self.groups:
            self._beginners.append(follower)
            self.wake()
        else:
            # At most one poll ago: what was entered meanwhile is told, so that nothing after this call is missed.
            follower.place = self._place
            self.groups.join(follower)
        return partial(self._stop, follower)

    def wake(self) -> None:
        """Wake the newsroom: it looks at once whether anything is new."""
        self._woken.set()

    async def close(self) -> None:
        """End every visit, because the server is closing, and look no more."""
        self.is_closed = True
        self.stragglers.close()
        self.wake()
        tasks = {task for task in (self._task, self.stragglers.task, self._reception.task) if task is not None}
        self._task = None
        if tasks:
            # what is read now is read to the end: a connection that is left in the middle of it is lost
            _, late = await asyncio.wait(tasks, timeout=CLOSING_SECONDS)
            for task in late:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
        for visit in self.visitors.all:
            self.visitors.end(visit, _closing())

    def _ensure_open(self) -> None:
        if self.is_closed:
            raise _closing()

    def _stop(self, follower: Follower) -> None:
        follower.is_over = True
        self.groups.part(follower)

    def _join(self, follower: Follower, *, is_at_end: bool = True) -> bool:
        """Put a follower who has been told everything into its group, and return whether that is so."""
        if self._place is None and is_at_end:
            self._place = follower.place
        if self._place is None or follower.place < self._place:
            return False
        if not self.groups:
            self.wake()  # it sleeps without polls while nobody follows, and something may have been entered meanwhile
        self.groups.join(follower)
        return True

    def _is_visited(self) -> bool:
        return bool(len(self.visitors) or self.groups or self._beginners)

    async def _work(self) -> None:
        """Keep looking until nobody is there; the next visitor begins another task.

        A task that went on waiting would be destroyed with a server that is dropped without being closed.
        """
        try:
            await self._look_on()
        finally:
            if self._task is asyncio.current_task():
                self._task = None

    async def _look_on(self) -> None:
        while not self.is_closed and self._is_visited():
            more = False
            try:
                more = await self._look()
                self._is_failing = False
            except Exception as error:  # a database that is away for a while must not end this
                if not self._is_failing:
                    _log.warning("live.cannot_look", error=type(error).__qualname__)
                self._is_failing = True
            if not more and not self.is_closed and self._is_visited():
                await self._wait()

    async def _wait(self) -> None:
        """Wait until the next poll or check is due, until a credential expires, or until `wake` is called."""
        seconds = self.visitors.seconds_to_expiry(self._site.now())
        until = [] if seconds is None else [max(seconds, 0.0)]
        if self.groups or self._beginners:
            until.append(self._poll_seconds)
        if len(self.visitors):
            until.append(max(self._check_at - asyncio.get_running_loop().time(), 0.0))
        if self._is_failing:
            until = [self._poll_seconds]
        try:
            async with asyncio.timeout(min(until, default=None)):
                await self._woken.wait()
        except TimeoutError:
            return
        self._woken.clear()

    async def _look(self) -> bool:
        """Check who is due, and tell what is new. Return whether there may be more of it."""
        now = self._site.now()
        self.visitors.end_expired(now)
        is_due = bool(len(self.visitors)) and asyncio.get_running_loop().time() >= self._check_at
        if not self.groups:
            self._place = None  # nobody was told anything from there on
        if not (is_due or self.groups or self._beginners):
            return False
        before = self._place
        try:
            async with self._site.database.reading() as connection:
                if is_due:
                    await self._editor.check(connection, self.visitors.all, now)
                    self._check_at = asyncio.get_running_loop().time() + self._recheck_seconds
                stories, more = await self._read(connection, now)
        except BaseException:
            if before is not None:
                self._place = before
            raise
        self._admit_beginners()
        await self._write(stories)
        return more

    async def _read(self, connection: AsyncConnection, now: datetime) -> tuple[list[Story], bool]:
        """Return what is new for whom, and whether there may be more."""
        if self._place is None:
            if self._beginners:
                end = await end_of_journal(connection)
                self._place = end if self._place is None else self._place
            return [], False
        news = await read_news(connection, self._place)
        if not news:
            return [], False
        # Before anything else is awaited: who begins to follow from now on has not missed these.
        self._place = news[-1].sequence
        return await self._editor.compose(connection, news, now), len(news) == BATCH

    def _admit_beginners(self) -> None:
        """Let those begin who came while the place of the newsroom was not known, if it is known now."""
        if self._place is not None:
            beginners, self._beginners = self._beginners, []
            for follower in beginners:
                if follower.listens:
                    follower.place = self._place
                    self.groups.join(follower)

    async def _write(self, stories: list[Story]) -> None:
        """Tell every group its entries."""
        written = 0
        for group, entries in stories:
            for sequence, payload in entries:
                messages: dict[Envelope, Message] = {}
                for follower in list(group.followers):
                    if follower.group is not group or not follower.listens or follower.place >= sequence:
                        continue
                    unsent = follower.tell(sequence, payload, messages)
                    if unsent is not None:
                        self.groups.part(follower)
                        unsent.add_done_callback(lambda _, slow=follower: self.stragglers.add(slow))  # type: ignore[misc]
                    written += 1
                    if written % WRITES == 0:
                        await asyncio.sleep(0)


def _closing() -> RequestRefused:
    return RequestRefused("CLOSING", "The server is closing.", status=503)
