"""Who is connected, and whether they may stay: they are read from the database again and again while they are there."""

from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime
from typing import Any, NamedTuple, Protocol
from weakref import WeakValueDictionary

from sqlalchemy.ext.asyncio import AsyncConnection

from server.identity.callers import Callers
from server.identity.sessions import find_session
from server.identity.site import Site
from server.identity.tokens import Caller
from server.kernel.actor import ANONYMOUS, Actor
from server.transport.errors import RequestRefused, Unauthenticated
from server.transport.subscriptions import Ending, Outlet

EXPIRED = "The credential has expired."
AT_ONCE = 500
"""Persons looked up by one statement: between two of them others have their turn."""


def rights_of(actor: Actor) -> tuple[Any, ...]:
    """Return everything but the person that decides what an actor sees and may do."""
    return (
        actor.party_id,
        actor.party_name,
        actor.capacity,
        actor.is_focal_point,
        actor.leads,
        actor.bodies,
        actor.is_administrator,
        actor.is_service,
        actor.can_file_at_once,
        actor.representation_id,
        actor.scopes,
        actor.is_public,
    )


def _identity_of(actor: Actor) -> tuple[str, str, str, bool]:
    """Return the values that may not change during a visit."""
    return actor.delegate_id, actor.representation_id, actor.party_id, actor.reads


class Key(NamedTuple):
    """Whose standing is looked up once for all their connections: a caller but for the time, and their choice."""

    issuer: str
    subject: str
    scopes: frozenset[Any]
    grant_id: str
    capacities: frozenset[Any] | None
    acting_as: str


class Speaker:
    """One person as they speak over any number of connections, with their standing as it was looked up last."""

    __slots__ = ("__weakref__", "actor", "looked_up_at", "rights")

    def __init__(self, actor: Actor, now: datetime) -> None:
        self.learn(actor, now)

    def learn(self, actor: Actor, now: datetime) -> None:
        """Take the actor as they are at `now`."""
        self.actor = actor
        self.looked_up_at = now
        self.rights = rights_of(actor)


NOBODY = Speaker(ANONYMOUS, datetime.max.replace(tzinfo=UTC))
"""The speaker of those who brought no credential: there is nothing to look up again."""


class Host(Protocol):
    """Who serves the visitors."""

    async def context(self, visit: "LiveVisit", prepared: Any) -> Any:
        """Return the context of a subscription that begins now. Raise RequestRefused for who may not stay."""
        ...

    def follow(self, visit: "LiveVisit", source: Any, outlet: Outlet) -> Callable[[], None]:
        """Tell an outlet what happens at a source, and return a function that stops it."""
        ...

    def leave(self, visit: "LiveVisit") -> None:
        """Forget a visit, which is over."""
        ...


class LiveVisit:
    """One caller over one connection.

    `acting_as` is the party they chose. `secret` is the secret of their cookie, None if they came without one. `end` is
    called with the reason when they may not stay.
    """

    __slots__ = ("_host", "acting_as", "caller", "end", "is_over", "secret", "speaker")

    def __init__(self, host: Host, caller: Caller | None, acting_as: str, secret: str | None, end: Ending) -> None:
        self._host = host
        self.caller = caller
        self.acting_as = acting_as
        self.secret = secret
        self.end = end
        self.is_over = False
        self.speaker = NOBODY

    @property
    def person(self) -> str:
        """The id of the person, "" for nobody."""
        return self.speaker.actor.person_id

    async def context(self, prepared: Any) -> Any:
        """Return the context of a subscription that begins now. Raise RequestRefused for who may not stay."""
        return await self._host.context(self, prepared)

    def follow(self, source: Any, outlet: Outlet) -> Callable[[], None]:
        """Tell an outlet what happens at a source, and return a function that stops it."""
        return self._host.follow(self, source, outlet)

    def leave(self) -> None:
        """Say that the connection is over."""
        self._host.leave(self)

    @property
    def key(self) -> Key | None:
        """The key of their speaker, None for nobody."""
        caller = self.caller
        if caller is None:
            return None
        return Key(caller.issuer, caller.subject, caller.scopes, caller.grant_id, caller.capacities, self.acting_as)


class Visitors:
    """Everybody who is connected to one process."""

    def __init__(self, site: Site) -> None:
        self._site = site
        self._present: dict[LiveVisit, None] = {}
        self._speakers: WeakValueDictionary[Key, Speaker] = WeakValueDictionary()
        self._first_expiry: datetime | None = None

    def __len__(self) -> int:
        """Return the number of connections."""
        return len(self._present)

    @property
    def all(self) -> list[LiveVisit]:
        """Every visit."""
        return list(self._present)

    def seconds_to_expiry(self, now: datetime) -> float | None:
        """Return the seconds until the first of their credentials expires, None if there are none."""
        return None if self._first_expiry is None else (self._first_expiry - now).total_seconds()

    def end_expired(self, now: datetime) -> None:
        """End the visits of those whose credential has expired."""
        if self._first_expiry is None or now < self._first_expiry:
            return
        for visit in self.all:
            if visit.caller is not None and now >= visit.caller.expires_at:
                self.end(visit, Unauthenticated(message=EXPIRED))
        self._first_expiry = min((visit.caller.expires_at for visit in self._present if visit.caller), default=None)

    async def let_in(
        self, connection: AsyncConnection, visits: Sequence[LiveVisit], now: datetime
    ) -> dict[LiveVisit, RequestRefused]:
        """Let newcomers in after they were looked up. Return those who may not come, with the reason."""
        outcomes = await self._look_up(connection, visits, now)
        refusals = {}
        for visit, outcome in outcomes.items():
            if isinstance(outcome, RequestRefused):
                refusals[visit] = outcome
            else:
                visit.speaker = self._find_speaker(visit, outcome, now)
                self._present[visit] = None
                if visit.caller is not None:
                    self._first_expiry = min(self._first_expiry or visit.caller.expires_at, visit.caller.expires_at)
        return refusals

    def leave(self, visit: LiveVisit) -> None:
        """Forget a visit, which is over."""
        visit.is_over = True
        self._present.pop(visit, None)

    def end(self, visit: LiveVisit, refusal: RequestRefused) -> None:
        """End a visit."""
        if not visit.is_over:
            self.leave(visit)
            visit.end(refusal)

    async def check(self, connection: AsyncConnection, visits: Iterable[LiveVisit], now: datetime) -> bool:
        """Check visitors again, and end the visits of those who may not stay.

        Return whether the standing of anybody who stays has changed.
        """
        outcomes = await self.actors_of(connection, [v for v in visits if v.caller and not v.is_over], now)
        actors: dict[Speaker, Actor] = {}
        for visit, outcome in outcomes.items():
            if isinstance(outcome, RequestRefused):
                self.end(visit, outcome)
            else:
                actors[visit.speaker] = outcome
        changed = [speaker for speaker, actor in actors.items() if speaker.rights != rights_of(actor)]
        for speaker, actor in actors.items():
            speaker.learn(actor, now)
        return bool(changed)

    async def actors_of(
        self, connection: AsyncConnection, visits: Sequence[LiveVisit], now: datetime
    ) -> dict[LiveVisit, Actor | RequestRefused]:
        """Return for each visit the actor as they are at `now`, or the reason for which they may not stay."""
        outcomes = await self._look_up(connection, visits, now)
        for visit, outcome in outcomes.items():
            if isinstance(outcome, Actor) and _identity_of(outcome) != _identity_of(visit.speaker.actor):
                message = "You do not speak for the same party as when this began. Connect again."
                outcomes[visit] = RequestRefused("FORBIDDEN", message, status=403)
        return outcomes

    async def _look_up(
        self, connection: AsyncConnection, visits: Sequence[LiveVisit], now: datetime
    ) -> dict[LiveVisit, Actor | RequestRefused]:
        """Return for each visit the actor at `now`, or the reason for which the caller may not come or stay."""
        outcomes: dict[LiveVisit, Actor | RequestRefused] = {}
        by_key: dict[Key, list[LiveVisit]] = {}
        for visit in visits:
            key = visit.key
            if key is None:
                outcomes[visit] = ANONYMOUS
            elif (refusal := await self._check_credential(connection, visit, now)) is not None:
                outcomes[visit] = refusal
            else:
                by_key.setdefault(key, []).append(visit)
        keys = list(by_key)
        for start in range(0, len(keys), AT_ONCE):
            part = keys[start : start + AT_ONCE]
            asking = [(by_key[key][0].caller, key.acting_as) for key in part]
            actors = await Callers(self._site).actors_of(connection, asking, now)  # type: ignore[arg-type]
            for key, actor in zip(part, actors, strict=True):
                outcomes |= dict.fromkeys(by_key[key], actor)
        return outcomes

    async def _check_credential(
        self, connection: AsyncConnection, visit: LiveVisit, now: datetime
    ) -> RequestRefused | None:
        """Return the reason for which the credential of a visit is no longer good, None if it is."""
        if visit.caller is not None and now >= visit.caller.expires_at:
            return Unauthenticated(message=EXPIRED)
        if visit.secret is None:
            return None
        # The check does not count as use of the session: an open page must not keep anybody signed in.
        session = await find_session(connection, visit.secret, now, self._site.session_limits)
        is_signed_in = session is not None and not session.awaits_factor
        return None if is_signed_in else Unauthenticated(message="The session has ended.")

    def _find_speaker(self, visit: LiveVisit, actor: Actor, now: datetime) -> Speaker:
        """Return the speaker that a visit shares with others of the same person, made if there is none."""
        key = visit.key
        if key is None:
            return NOBODY
        speaker = self._speakers.get(key)
        if speaker is None or speaker.rights != rights_of(actor) or _identity_of(speaker.actor) != _identity_of(actor):
            # Another speaker for those who were here before: their own check has yet to judge the change.
            speaker = self._speakers[key] = Speaker(actor, now)
        else:
            speaker.learn(actor, now)
        return speaker
