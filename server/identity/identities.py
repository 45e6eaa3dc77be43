"""Identities: a person is known by (issuer, subject), never by an e-mail address.

Here are also the sign-ins under way, while a person signs in at the provider.
"""

from datetime import datetime, timedelta

from sqlalchemy import bindparam, delete, select
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncSession

from server.identity.secrets import digest_of
from server.identity.tokens import Caller
from server.models.identity import FederatedSignIn, Identity
from server.models.parties import Person

SIGN_IN_LASTS = timedelta(minutes=10)
"""How long a person may take to sign in at the provider."""

LINKED_PERSON = select(Identity.person_id).where(
    Identity.issuer == bindparam("issuer"), Identity.subject == bindparam("subject")
)
"""The person whom an issuer calls `subject`."""


async def person_of(connection: AsyncConnection, caller: Caller, *, own_issuer: str) -> str | None:
    """Return the id of the person behind a caller, None if there is none.

    At the embedded issuer the subject is the person's id; a subject of another issuer must have been linked before.
    """
    if caller.issuer == own_issuer:
        return caller.subject
    return await connection.scalar(LINKED_PERSON, {"issuer": caller.issuer, "subject": caller.subject})


async def find_linked(session: AsyncSession, issuer: str, subject: str) -> Person | None:
    """Return the person to whom a subject of an issuer was linked, None if it was not linked."""
    statement = select(Person).join(Identity, Identity.person_id == Person.id)
    return await session.scalar(statement.where(Identity.issuer == issuer, Identity.subject == subject))


async def link(session: AsyncSession, *, issuer: str, subject: str, name: str, email: str, now: datetime) -> Person:
    """Add and return the person whom an issuer calls `subject`, who comes for the first time.

    The e-mail address is kept for letters; it is "" where there is none. An address that another person has already is
    not kept, because an address identifies nobody.
    """
    owner_id = email and await session.scalar(select(Person.id).where(Person.email == email))
    person = Person(name=name, email=None if owner_id or not email else email)
    session.add(person)
    await session.flush()
    await recognise(session, person.id, issuer=issuer, subject=subject, now=now)
    return person


async def recognise(session: AsyncSession, person_id: str, *, issuer: str, subject: str, now: datetime) -> None:
    """Record that this subject of an issuer is this person.

    The database raises IntegrityError for a subject that was linked before: it does not become another person.
    """
    session.add(Identity(issuer=issuer, subject=subject, person_id=person_id, linked_at=now))
    await session.flush()


async def begin_sign_in(
    session: AsyncSession, now: datetime, *, state: str, browser: str, nonce: str, verifier: str, continue_to: str
) -> None:
    """Keep what the answer of the provider must match, and forget the sign-ins that were never answered in time.

    `state` and `browser` are secrets: only their digests are kept.
    """
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
    """Take the sign-in that was begun with this state in this browser; None if there is none or it has expired.

    It is deleted, so that it can be used once.
    """
    sign_in = await session.scalar(
        delete(FederatedSignIn)
        .where(FederatedSignIn.state_digest == digest_of(state), FederatedSignIn.browser_digest == digest_of(browser))
        .returning(FederatedSignIn)
    )
    return sign_in if sign_in and now < sign_in.expires_at else None
