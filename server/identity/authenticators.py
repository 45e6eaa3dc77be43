"""The second factor: time-based codes of an authenticator (RFC 6238), and recovery codes for when it is lost."""

import hmac
import secrets
from datetime import datetime

import pyotp
from sqlalchemy import CursorResult, delete, func, select, update
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncSession

from server.identity.secrets import digest_of
from server.identity.settings import SecondFactor
from server.identity.standing import actor_of
from server.kernel.actor import Capacity
from server.models.identity import Authenticator, RecoveryCode

STEP_SECONDS = 30
STEPS_ASIDE = (0, -1, 1)
"""Which steps a code may be of, seen from the present one: clocks differ."""
RECOVERY_CODES = 10
_LETTERS = "23456789abcdefghjkmnpqrstvwxyz"


async def is_demanded(connection: AsyncConnection, person_id: str, now: datetime, *, of: SecondFactor) -> bool:
    """Whether this person must use a second factor today, where it is demanded `of` some or all."""
    if of != SecondFactor.SECRETARIAT:
        return of == SecondFactor.EVERYONE
    actor = await actor_of(connection, person_id, now)
    return any(standing.capacity == Capacity.SECRETARIAT for standing in actor.standings)


async def has_authenticator(connection: AsyncConnection, person_id: str) -> bool:
    """Whether a person has a second factor by codes that was confirmed."""
    confirmed = select(Authenticator.person_id).where(
        Authenticator.person_id == person_id, Authenticator.confirmed_at.is_not(None)
    )
    return (await connection.execute(confirmed)).first() is not None


async def begin_authenticator(session: AsyncSession, person_id: str) -> None:
    """Offer a person a new authenticator. The one in force stays so until the new one is confirmed."""
    offered = (Authenticator.person_id == person_id, Authenticator.confirmed_at.is_(None))
    await session.execute(delete(Authenticator).where(*offered))
    session.add(Authenticator(person_id=person_id, secret=pyotp.random_base32()))
    await session.flush()


async def offered_secret(connection: AsyncConnection, person_id: str) -> str | None:
    """The secret of the authenticator that a person is setting up, None if none is."""
    offered = (Authenticator.person_id == person_id, Authenticator.confirmed_at.is_(None))
    return (await connection.execute(select(Authenticator.secret).where(*offered))).scalar()


def address_of(secret: str, *, account: str) -> str:
    """The otpauth address of a secret, which a camera reads."""
    return pyotp.TOTP(secret).provisioning_uri(name=account, issuer_name="Intersession")


async def confirm_authenticator(session: AsyncSession, person_id: str, code: str, now: datetime) -> bool:
    """Put the authenticator that is being set up in force, by its first code. The one before is forgotten."""
    offered = select(Authenticator).where(Authenticator.person_id == person_id, Authenticator.confirmed_at.is_(None))
    row = (await session.scalars(offered.limit(1).with_for_update())).first()
    step = _step_of(row.secret, code, now) if row else None
    if row is None or step is None:
        return False
    others = delete(Authenticator).where(Authenticator.person_id == person_id, Authenticator.secret != row.secret)
    await session.execute(others)
    row.confirmed_at, row.last_step = now, step
    await session.flush()
    return True


async def take_code(session: AsyncSession, person_id: str, code: str, now: datetime) -> bool:
    """Take a code of the authenticator in force, or a recovery code: each works once."""
    confirmed = select(Authenticator.secret).where(
        Authenticator.person_id == person_id, Authenticator.confirmed_at.is_not(None)
    )
    secret = await session.scalar(confirmed)
    step = _step_of(secret, code, now) if secret else None
    if step is None:
        return await _take_recovery_code(session, person_id, code, now)
    later = (Authenticator.person_id == person_id, Authenticator.secret == secret, Authenticator.last_step < step)
    return _changed(await session.execute(update(Authenticator).where(*later).values(last_step=step)))


async def remove_authenticator(session: AsyncSession, person_id: str) -> None:
    """Take the second factor by codes away."""
    await session.execute(delete(Authenticator).where(Authenticator.person_id == person_id))


async def remove_recovery_codes(session: AsyncSession, person_id: str) -> None:
    """Make every recovery code worthless: without a second factor there is nothing to stand in for."""
    await session.execute(delete(RecoveryCode).where(RecoveryCode.person_id == person_id))


async def renew_recovery_codes(session: AsyncSession, person_id: str) -> list[str]:
    """New recovery codes in place of all before. They are shown once: only their digests are kept."""
    await remove_recovery_codes(session, person_id)
    codes = ["-".join(_random_letters(4) for _ in range(4)) for _ in range(RECOVERY_CODES)]
    session.add_all(RecoveryCode(digest=_digest(person_id, code), person_id=person_id) for code in codes)
    await session.flush()
    return codes


async def recovery_codes_left(connection: AsyncConnection, person_id: str) -> int:
    """How many recovery codes still work."""
    unused = select(func.count()).where(RecoveryCode.person_id == person_id, RecoveryCode.used_at.is_(None))
    return (await connection.execute(unused)).scalar_one()


async def _take_recovery_code(session: AsyncSession, person_id: str, code: str, now: datetime) -> bool:
    unused = (RecoveryCode.digest == _digest(person_id, code), RecoveryCode.used_at.is_(None))
    return _changed(await session.execute(update(RecoveryCode).where(*unused).values(used_at=now)))


def _changed(result: object) -> bool:
    assert isinstance(result, CursorResult)
    return result.rowcount == 1


def _step_of(secret: str, code: str, now: datetime) -> int | None:
    """The time step whose code this is, None for a wrong code."""
    given = "".join(code.split()).encode("utf-8")
    present = int(now.timestamp()) // STEP_SECONDS
    codes = pyotp.HOTP(secret)
    steps = [present + aside for aside in STEPS_ASIDE if hmac.compare_digest(codes.at(present + aside).encode(), given)]
    return max(steps, default=None)


def _digest(person_id: str, code: str) -> str:
    return digest_of(f"{person_id}|{''.join(letter for letter in code.casefold() if letter.isalnum())}")


def _random_letters(count: int) -> str:
    return "".join(secrets.choice(_LETTERS) for _ in range(count))
