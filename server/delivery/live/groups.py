"""Followers of the journal, in groups of those who are told the same in the same words."""

import asyncio
from collections.abc import Sequence
from datetime import datetime
from types import FunctionType, MethodType
from typing import Any, Protocol, TypeAlias
from weakref import WeakSet

from sqlalchemy.ext.asyncio import AsyncConnection

from server.delivery.live.tail import Wanted
from server.delivery.live.visits import LiveVisit
from server.kernel.actor import Actor
from server.transport.sending import begin_sending
from server.transport.subscriptions import Envelope, Message, Outlet

PERSONAL = frozenset({"person_id", "delegate_id", "name", "grant_id", "standings"})
"""What an actor is besides the rights that a group has in common."""


class Feed(Protocol):
    """What a subscription tells of entries of the journal.

    Feeds with the same `plan` and `key` render alike for the same actor, unless they hold variables: then each renders
    for itself. `after` is the place after which to begin, None for now; `wanted` says which entries.
    `is_personal` says that what is shown depends on the person, and not on their rights alone.
    """

    plan: Any
    key: str
    wanted: Wanted
    after: int | None
    has_variables: bool
    is_personal: bool

    async def render(
        self, connection: AsyncConnection, actor: Actor, parameters: dict[str, Any], now: datetime, ids: Sequence[str]
    ) -> dict[str, bytes]:
        """Return the response for each entry that the actor sees, as JSON, by the id of the entry."""
        ...


class Follower:
    """One open subscription.

    Everything up to `place` was told, and as long as it is in a group, everything up to the newsroom's place.
    """

    __slots__ = ("feed", "group", "is_over", "outlet", "place", "visit")

    def __init__(self, visit: LiveVisit, feed: Feed, outlet: Outlet) -> None:
        self.visit = visit
        self.feed = feed
        self.outlet = outlet
        self.place = -1 if feed.after is None else feed.after
        self.group: Group | None = None
        self.is_over = False

    @property
    def listens(self) -> bool:
        """Whether there is still somebody to tell."""
        return not (self.is_over or self.visit.is_over)

    def tell(self, sequence: int, payload: bytes, messages: dict[Envelope, Message]) -> "asyncio.Task[None] | None":
        """Send the response for the entry with this number, and note it as the follower's place.

        Return None if it is sent, or a task that ends when it is, for a client that reads slowly. `messages` keeps what
        is written for one follower for the others with an equal envelope.
        """
        envelope = self.outlet.envelope
        message = messages.get(envelope)
        if message is None:
            message = messages[envelope] = envelope.wrap(payload)
        self.place = sequence
        return begin_sending(self.outlet.send(message))


class Group:
    """Followers with the same rights and the same selection."""

    __slots__ = ("feed", "followers", "key")

    def __init__(self, key: "Key", feed: Feed) -> None:
        self.key = key
        self.feed = feed
        self.followers: dict[Follower, None] = {}

    @property
    def actor(self) -> Actor:
        """One of those who follow: the rights of all are the same."""
        return next(iter(self.followers)).visit.speaker.actor


class Personal(Exception):
    """Raised when a rendering for a group asks who somebody is."""


class ActorOfMany:
    """An actor of whom a rendering may ask everything but who it is."""

    def __init__(self, actor: Actor) -> None:
        self._actor = actor

    def __getattr__(self, name: str) -> Any:
        """Return what all of a group have in common. Raise Personal for anything else."""
        if name in PERSONAL:
            raise Personal(name)
        # properties and methods of an actor are asked of this one, so that they find out nothing more
        defined = getattr(Actor, name, None)
        if isinstance(defined, property) and defined.fget is not None:
            return defined.fget(self)
        return MethodType(defined, self) if isinstance(defined, FunctionType) else getattr(self._actor, name)


Key: TypeAlias = tuple[Any, ...]


class FollowerGroups:
    """The followers who have been told everything, by group."""

    def __init__(self) -> None:
        self._groups: dict[Key, Group] = {}
        self._personal: WeakSet[Any] = WeakSet()
        """Plans that were found out to show a person something of their own."""

    def __bool__(self) -> bool:
        """Return whether there is any follower."""
        return bool(self._groups)

    @property
    def all(self) -> list[Group]:
        """Every group."""
        return list(self._groups.values())

    def join(self, follower: Follower) -> None:
        """Put a follower into its group."""
        key = self._key_of(follower)
        group = self._groups.get(key) or self._groups.setdefault(key, Group(key, follower.feed))
        group.followers[follower] = None
        follower.group = group

    def part(self, follower: Follower) -> None:
        """Take a follower out of its group, if it is in one."""
        group, follower.group = follower.group, None
        if group is not None:
            del group.followers[follower]
            if not group.followers:
                del self._groups[group.key]

    def regroup(self) -> None:
        """Put every follower into the group of its present standing."""
        for group in self.all:
            for follower in list(group.followers):
                if self._key_of(follower) != group.key:
                    self.part(follower)
                    self.join(follower)

    def is_shared(self, group: Group) -> bool:
        """Return whether a group may hold several persons."""
        return not (group.feed.is_personal or group.feed.plan in self._personal)

    def note_personal(self, feed: Feed) -> None:
        """Note that a feed shows a person something of their own, and give every person a group."""
        self._personal.add(feed.plan)
        self.regroup()

    def _key_of(self, follower: Follower) -> Key:
        speaker, feed = follower.visit.speaker, follower.feed
        alone = speaker if feed.is_personal or feed.plan in self._personal else None
        return (speaker.rights, feed.plan, feed.key, feed.wanted, alone, feed if feed.has_variables else None)
