"""Who somebody is: (issuer, subject), never an e-mail address. And the way there, while a person signs in elsewhere."""

from datetime import datetime, timedelta

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncSession

from server.identity.secrets import digest_of
from server.identity.tokens import Caller
from server.models.identity import FederatedSignIn, Identity
from server.models.parties import Person

SIGN_IN_LASTS = timedelta(minutes=10)
"""How long a person may take at the provider."""


async def person_of(connection: AsyncConnection, caller: Caller, *, own_issuer: str) -> str | None:
    """The id of the person behind a caller. At the embedded issuer the subject is the person's id; what another issuer
    calls its subjects has been linked here before, or is nobody."""
    if caller.issuer == own_issuer:
        return caller.subject
    linked = select(Identity.person_id).where(Identity.issuer == caller.issuer, Identity.subject == caller.subject)
    return await connection.scalar(linked)


async def find_linked(session: AsyncSession, issuer: str, subject: str) -> Person | None:
    """The person to whom a subject of an issuer was linked."""
    linked = select(Person).join(Identity, Identity.person_id == Person.id)
    return await session.scalar(linked.where(Identity.issuer == issuer, Identity.subject == subject))


async def link(session: AsyncSession, *, issuer: str, subject: str, name: str, email: str, now: datetime) -> Person:
    """Enter the person whom an issuer calls `subject`, who comes for the first time. The e-mail address is kept for
    letters, "" for none; one that somebody here has already is left to them, because it finds nobody."""
    taken = email and await session.scalar(select(Person.id).where(Person.email == email))
    person = Person(name=name, email=None if taken or not email else email)
    session.add(person)
    await session.flush()
    await recognise(session, person.id, issuer=issuer, subject=subject, now=now)
    return person


async def recognise(session: AsyncSession, person_id: str, *, issuer: str, subject: str, now: datetime) -> None:
    """Say that this subject of an issuer is this person. Whoever is somebody already does not become somebody else."""
    session.add(Identity(issuer=issuer, subject=subject, person_id=person_id, linked_at=now))
    await session.flush()


async def begin_sign_in(
    session: AsyncSession, now: datetime, *, state: str, browser: str, nonce: str, verifier: str, continue_to: str
) -> None:
    """Keep what the answer of the provider must match; `state` and `browser` are secrets, of which the digests are
    kept. What was begun and never answered is forgotten."""
    await session.execute(delete(FederatedSignIn).where(FederatedSignIn.expires_at <= now))
    session.add(
        FederatedSignIn(
            state_digest=digest_of(state),
            browser_digest=digest_of(browser),
            nonce=nonce,
            verifier=verifier,
            continue_to=continue_to,
            expires_at=now + SIGN_IN_LASTS,
        )
    )
    await session.flush()


async def take_sign_in(session: AsyncSession, now: datetime, *, state: str, browser: str) -> FederatedSignIn | None:
    """The sign-in that was begun with this state in this browser, once: it is gone afterwards."""
    found = await session.scalar(
        delete(FederatedSignIn)
        .where(FederatedSignIn.state_digest == digest_of(state), FederatedSignIn.browser_digest == digest_of(browser))
        .returning(FederatedSignIn)
    )
    return found if found and now < found.expires_at else None
