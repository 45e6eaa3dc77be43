"""Sessions of signed-in browsers: opaque, on the server, revocable, with an idle and an absolute limit."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncSession

from server.identity.grants import revoke_grants
from server.identity.known_browsers import forget_browsers
from server.identity.secrets import digest_of, new_secret
from server.identity.tokens import Caller
from server.kernel.actor import Capacity
from server.kernel.scopes import EVERY_SCOPE
from server.models.identity import BrowserSession
from server.models.oauth import Grant
from server.storage.afterwards import log_after_commit

SEEN_EVERY = timedelta(minutes=1)
"""How often the use of a session is noted at most, so that not every request writes."""


class SessionLimits(NamedTuple):
    """How long a session may be idle, and how long it lasts at most."""

    idle: timedelta
    absolute: timedelta


class SignedIn(NamedTuple):
    """A session in force: its person, since when, by which methods they signed in, and until when.

    With `awaits_factor` the second factor is still to come, and nobody is signed in. `capacities` is the cap of an
    external provider, None for no cap. `is_due` says that it is time to note that the session is used.
    """

    id: str
    person_id: str
    signed_in_at: datetime
    expires_at: datetime
    methods: list[str]
    capacities: list[str] | None
    awaits_factor: bool
    is_due: bool

    def caller(self, issuer: str) -> Caller:
        """Return the caller of this session.

        A browser at our own pages has every scope, because no application stands between.
        """
        capacities = None if self.capacities is None else frozenset(map(Capacity, self.capacities))
        return Caller(issuer, self.person_id, EVERY_SCOPE, self.expires_at, capacities=capacities)


async def begin_session(
    session: AsyncSession,
    person_id: str,
    now: datetime,
    *,
    lasts: timedelta,
    methods: Sequence[str],
    awaits_factor: bool = False,
    capacities: Sequence[str] | None = None,
    browser: str = "",
) -> str:
    """Begin a session of a browser and return the secret for its cookie.

    Every sign-in and every second factor begins a new one, so that a secret planted in the browser before is worth
    nothing after (session fixation).
    """
    secret = new_secret()
    session.add(
        BrowserSession(
            secret_digest=digest_of(secret),
            person_id=person_id,
            signed_in_at=now,
            seen_at=now,
            expires_at=now + lasts,
            awaits_factor=awaits_factor,
            methods=list(methods),
            capacities=None if capacities is None else list(capacities),
            browser=browser[:200],
        )
    )
    await session.flush()
    if not awaits_factor:
        log_after_commit(session, "signed in", person=person_id, methods=list(methods))
    return secret


async def find_session(
    connection: AsyncConnection, secret: str, now: datetime, limits: SessionLimits
) -> SignedIn | None:
    """Return the session with this secret if it is in force, None otherwise."""
    row = (
        await connection.execute(select(BrowserSession).where(BrowserSession.secret_digest == digest_of(secret)))
    ).first()
    if row is None or row.ended_at is not None:
        return None
    idle_until = row.seen_at + limits.idle
    if not now < min(row.expires_at, idle_until):
        return None
    return SignedIn(
        row.id,
        row.person_id,
        row.signed_in_at,
        min(row.expires_at, now + limits.idle),
        row.methods,
        row.capacities,
        row.awaits_factor,
        now - row.seen_at >= SEEN_EVERY,
    )


async def note_seen(session: AsyncSession, session_id: str, now: datetime) -> None:
    """Note that a session is used."""
    await session.execute(update(BrowserSession).where(BrowserSession.id == session_id).values(seen_at=now))


async def end_session(session: AsyncSession, session_id: str, now: datetime) -> None:
    """Sign a browser out, and end what applications were granted in it."""
    live = (BrowserSession.id == session_id, BrowserSession.ended_at.is_(None))
    ended = update(BrowserSession).where(*live).values(ended_at=now).returning(BrowserSession.person_id)
    for person_id in (await session.scalars(ended)).all():
        log_after_commit(session, "signed out", person=person_id)
    await revoke_grants(session, Grant.session_id == session_id, now=now, because="signed out")


async def end_sessions(session: AsyncSession, person_id: str, now: datetime, *, because: str) -> None:
    """Sign a person out everywhere: every browser, and everything that applications were granted.

    No browser is known for them any more.
    """
    await forget_browsers(session, person_id)
    live = (BrowserSession.person_id == person_id, BrowserSession.ended_at.is_(None))
    await session.execute(update(BrowserSession).where(*live).values(ended_at=now))
    log_after_commit(session, "signed out everywhere", person=person_id, because=because)
    await revoke_grants(session, Grant.person_id == person_id, now=now, because=because)
