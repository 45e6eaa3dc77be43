"""Find out who is told which entries, and in which words."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import TypeAlias

from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncConnection

from server.delivery.live.groups import FollowerGroups, Group, Personal
from server.delivery.live.judging import judge, kind_of
from server.delivery.live.rendering import is_away, render
from server.delivery.live.tail import News
from server.delivery.live.visits import LiveVisit, Visitors

CHANGE_STANDING = frozenset(
    {
        *(
            "accreditation",
            "application",
            "body",
            "clearance",
            "delegate",
            "focal_point",
            "function",
            "grant",
            "invitation",
            "nomination",
            "participants",
            "party",
        ),
        *("person", "profile", "representation", "seat", "service_account"),
    }
)
"""The first words of the tags of acts after which somebody may stand otherwise than before."""

Audience: TypeAlias = list[tuple[Group, list[News]]]
"""The entries that each group may see."""
Story: TypeAlias = tuple[Group, list[tuple[int, bytes]]]
"""What a group is told: the number of each entry and the response."""


class Editor:
    """Judges and renders for the groups, everything in the snapshot that is read."""

    def __init__(self, visitors: Visitors, groups: FollowerGroups) -> None:
        self._visitors = visitors
        self._groups = groups

    async def check(self, connection: AsyncConnection, visits: Iterable[LiveVisit], now: datetime) -> bool:
        """Check visitors again, and return whether anybody stands otherwise than before and has another group."""
        has_changed = await self._visitors.check(connection, visits, now)
        if has_changed:
            self._groups.regroup()
        return has_changed

    async def compose(self, connection: AsyncConnection, news: Sequence[News], now: datetime) -> list[Story]:
        """Return what each group is told of the news. Everybody who is told was looked up on this connection."""
        if any(entry.act.split(".")[0] in CHANGE_STANDING for entry in news):
            await self.check(connection, self._visitors.all, now)
        audience = await self._find_audience(connection, news, now)
        checked: set[LiveVisit] = set()
        while visits := {follower.visit for group, _ in audience for follower in group.followers} - checked:
            checked |= visits
            if await self.check(connection, visits, now):
                audience = await self._find_audience(connection, news, now)
        while True:
            try:
                return await self._render(connection, audience, now)
            except Personal:
                # The plan is noted: every person who selected that has a group of their own now.
                audience = await self._find_audience(connection, news, now)

    async def _find_audience(self, connection: AsyncConnection, news: Sequence[News], now: datetime) -> Audience:
        """Return the groups that may see any of the news, each with what it may see and asked for."""
        kinds = {group: kind_of(group.actor.parameters(now)) for group in self._groups.all}
        if not kinds:
            return []
        seen = await judge(connection, list(dict.fromkeys(kinds.values())), news)
        audience: Audience = []
        for group, kind in kinds.items():
            wanted = group.feed.wanted
            entries = [each for each in news if each.sequence in seen[kind] and wanted.includes(each)]
            if entries and group.followers:
                audience.append((group, entries))
        return audience

    async def _render(self, connection: AsyncConnection, audience: Audience, now: datetime) -> list[Story]:
        """Return the responses for the groups. Raise Personal if one is shown what is a person's own."""
        stories: list[Story] = []
        for group, entries in audience:
            if not group.followers:
                continue
            is_shared = self._groups.is_shared(group)
            try:
                payloads = await render(connection, group, [each.id for each in entries], now, is_shared=is_shared)
            except Personal:
                self._groups.note_personal(group.feed)
                raise
            except Exception as error:
                if is_away(error):
                    raise
                for follower in list(group.followers):
                    follower.outlet.end(error)
                if isinstance(error, DBAPIError):
                    raise  # the snapshot is lost; the others are told by the next one
                continue
            responses = [(each.sequence, payloads[each.id]) for each in entries if each.id in payloads]
            stories.append((group, responses))
        return stories
