"""Links by which a person chooses a new password: for half an hour, once."""

from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, select, update
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncSession

from server.identity.secrets import digest_of, new_secret
from server.models.identity import PasswordReset
from server.models.parties import Person

RESET_LASTS = timedelta(minutes=30)


async def begin_reset(session: AsyncSession, person_id: str, now: datetime) -> str:
    """Let a person choose a new password by a link; gives its secret. Links sent before are worth nothing now."""
    await use_up_resets(session, person_id, now)
    secret = new_secret()
    session.add(PasswordReset(secret_digest=digest_of(secret), person_id=person_id, expires_at=now + RESET_LASTS))
    await session.flush()
    return secret


async def find_reset(connection: AsyncConnection, secret: str, now: datetime) -> tuple[str, str] | None:
    """(id, e-mail) of the person who may choose a new password by this secret, None if nobody may."""
    live = (
        select(Person.id, Person.email)
        .join(PasswordReset, PasswordReset.person_id == Person.id)
        .where(*_live(secret, now), Person.suspended_at.is_(None))
    )
    row = (await connection.execute(live)).first()
    return None if row is None else (row.id, row.email or "")


async def take_reset(session: AsyncSession, secret: str, now: datetime) -> str | None:
    """Use the secret up, with every other one of the person; gives the person's id, None if it was worth nothing."""
    taken = update(PasswordReset).where(*_live(secret, now)).values(used_at=now).returning(PasswordReset.person_id)
    person_id = (await session.execute(taken)).scalar_one_or_none()
    if person_id is not None:
        await use_up_resets(session, person_id, now)
    return person_id


async def use_up_resets(session: AsyncSession, person_id: str, now: datetime) -> None:
    """Make every link of a person worth nothing."""
    unused = (PasswordReset.person_id == person_id, PasswordReset.used_at.is_(None))
    await session.execute(update(PasswordReset).where(*unused).values(used_at=now))


def _live(secret: str, now: datetime) -> tuple[ColumnElement[bool], ...]:
    return (
        PasswordReset.secret_digest == digest_of(secret),
        PasswordReset.used_at.is_(None),
        PasswordReset.expires_at > now,
    )
