"""Links by which a person chooses a new password: for half an hour, once."""

from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, delete, select, update
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncSession

from server.identity.secrets import digest_of, new_secret
from server.models.identity import PasswordReset
from server.models.parties import Person

RESET_LASTS = timedelta(minutes=30)
ADDRESS_SETTLES = timedelta(days=3)
"""How long after an address was corrected no letter goes to it: the owner of the one before has time to object."""
LETTER_EVERY = timedelta(minutes=15)
"""How long after a letter no other is sent. Half as long as a link lasts: there is a good one whenever none is sent."""


async def begin_reset(session: AsyncSession, person_id: str, now: datetime) -> str | None:
    """Let a person choose a new password by a link; return the secret of the link.

    None if they got one less than `LETTER_EVERY` ago and have not used it, or if their address was corrected less than
    `ADDRESS_SETTLES` ago. Links sent before stay good, because anybody
    can ask for a letter.
    """
    # locks the person, so that of many requests at the same time one sends a letter
    person = select(Person.email_corrected_at).where(Person.id == person_id).with_for_update(key_share=True)
    corrected_at = await session.scalar(person)
    if corrected_at is not None and now < corrected_at + ADDRESS_SETTLES:
        return None
    await session.execute(delete(PasswordReset).where(PasswordReset.expires_at <= now))
    sent_lately = select(PasswordReset.secret_digest).where(
        PasswordReset.person_id == person_id,
        PasswordReset.used_at.is_(None),
        PasswordReset.expires_at > now + RESET_LASTS - LETTER_EVERY,
    )
    if await session.scalar(sent_lately.limit(1)) is not None:
        return None
    secret = new_secret()
    session.add(PasswordReset(secret_digest=digest_of(secret), person_id=person_id, expires_at=now + RESET_LASTS))
    await session.flush()
    return secret


async def find_reset(connection: AsyncConnection, secret: str, now: datetime) -> tuple[str, str] | None:
    """Return (id, e-mail) of the person who may choose a password by this secret, None if the link is not valid."""
    statement = (
        select(Person.id, Person.email)
        .join(PasswordReset, PasswordReset.person_id == Person.id)
        .where(*_is_live(secret, now), Person.suspended_at.is_(None))
    )
    row = (await connection.execute(statement)).first()
    return None if row is None else (row.id, row.email or "")


async def take_reset(session: AsyncSession, secret: str, now: datetime) -> str | None:
    """Use up the link with this secret, and every other link of the person.

    Return the person's id, None if the link was not valid.
    """
    use = update(PasswordReset).where(*_is_live(secret, now)).values(used_at=now).returning(PasswordReset.person_id)
    person_id = (await session.execute(use)).scalar_one_or_none()
    if person_id is not None:
        await use_up_resets(session, person_id, now)
    return person_id


async def use_up_resets(session: AsyncSession, person_id: str, now: datetime) -> None:
    """Use up every link of a person."""
    unused = (PasswordReset.person_id == person_id, PasswordReset.used_at.is_(None))
    await session.execute(update(PasswordReset).where(*unused).values(used_at=now))


def _is_live(secret: str, now: datetime) -> tuple[ColumnElement[bool], ...]:
    return (
        PasswordReset.secret_digest == digest_of(secret),
        PasswordReset.used_at.is_(None),
        PasswordReset.expires_at > now,
    )
