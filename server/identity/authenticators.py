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
"""Steps from the present one to which a code may belong, because clocks differ."""
CODE_DIGITS = 6
RECOVERY_CODES = 10
_LETTERS = "23456789abcdefghjkmnpqrstvwxyz"
"""Of recovery codes: none of 0, o, 1, i and l, which look alike, and no u."""


async def is_demanded(connection: AsyncConnection, person_id: str, now: datetime, *, of: SecondFactor) -> bool:
    """Return whether a person must use a second factor today.

    `of` is the setting that says of whom one is demanded: nobody (OPTIONAL), the Secretariat or everyone.
    """
    if of != SecondFactor.SECRETARIAT:
        return of == SecondFactor.EVERYONE
    actor = await actor_of(connection, person_id, now)
    return any(standing.capacity == Capacity.SECRETARIAT for standing in actor.standings)


async def has_authenticator(connection: AsyncConnection, person_id: str) -> bool:
    """Return whether a person has a confirmed authenticator."""
    own = select(Authenticator.person_id).where(
        Authenticator.person_id == person_id, Authenticator.confirmed_at.is_not(None)
    )
    return (await connection.execute(own)).first() is not None


async def begin_authenticator(session: AsyncSession, person_id: str) -> None:
    """Offer a person a new authenticator; the one in force stays so until the new one is confirmed."""
    unconfirmed = (Authenticator.person_id == person_id, Authenticator.confirmed_at.is_(None))
    await session.execute(delete(Authenticator).where(*unconfirmed))
    session.add(Authenticator(person_id=person_id, secret=pyotp.random_base32()))
    await session.flush()


async def offered_secret(connection: AsyncConnection, person_id: str) -> str | None:
    """Return the secret of the authenticator that a person is setting up, None if there is none."""
    unconfirmed = (Authenticator.person_id == person_id, Authenticator.confirmed_at.is_(None))
    return (await connection.execute(select(Authenticator.secret).where(*unconfirmed))).scalar()


def address_of(secret: str, *, account: str) -> str:
    """Return the otpauth address of a secret, which an authenticator reads by its camera."""
    return pyotp.TOTP(secret).provisioning_uri(name=account, issuer_name="Intersession")


async def confirm_authenticator(session: AsyncSession, person_id: str, code: str, now: datetime) -> bool:
    """Put the authenticator being set up in force by its first code; return whether the code was right.

    The authenticator that was in force before is forgotten.
    """
    unconfirmed = select(Authenticator).where(
        Authenticator.person_id == person_id, Authenticator.confirmed_at.is_(None)
    )
    # the lock lets only one of two answers sent at the same time confirm
    row = (await session.scalars(unconfirmed.limit(1).with_for_update())).first()
    step = _step_of(row.secret, code, now) if row else None
    if row is None or step is None:
        return False
    others = delete(Authenticator).where(Authenticator.person_id == person_id, Authenticator.secret != row.secret)
    await session.execute(others)
    row.confirmed_at, row.last_step = now, step
    await session.flush()
    return True


async def take_code(session: AsyncSession, person_id: str, code: str, now: datetime) -> bool:
    """Use up a code of the authenticator in force, or a recovery code; return whether it was right.

    Each code works once.
    """
    in_force = select(Authenticator.secret).where(
        Authenticator.person_id == person_id, Authenticator.confirmed_at.is_not(None)
    )
    secret = await session.scalar(in_force)
    step = _step_of(secret, code, now) if secret else None
    if step is None:
        return await _take_recovery_code(session, person_id, code, now)
    # a code works once, and none before it any more (RFC 6238, section 5.2); of two at the same time one is taken
    not_used_yet = (
        Authenticator.person_id == person_id,
        Authenticator.secret == secret,
        Authenticator.last_step < step,
    )
    return _changed_one_row(await session.execute(update(Authenticator).where(*not_used_yet).values(last_step=step)))


def is_short(code: str) -> bool:
    """Return whether this could be a code of an authenticator, which is short enough to be guessed."""
    digits = "".join(code.split())
    return len(digits) == CODE_DIGITS and digits.isdecimal()


async def remove_authenticator(session: AsyncSession, person_id: str) -> None:
    """Delete the person's authenticators, the one in force and the one being set up."""
    await session.execute(delete(Authenticator).where(Authenticator.person_id == person_id))


async def remove_recovery_codes(session: AsyncSession, person_id: str) -> None:
    """Delete every recovery code of a person: without a second factor they stand in for nothing."""
    await session.execute(delete(RecoveryCode).where(RecoveryCode.person_id == person_id))


async def renew_recovery_codes(session: AsyncSession, person_id: str) -> list[str]:
    """Replace the recovery codes of a person by new ones and return those.

    They are shown once: only their digests are kept.
    """
    await remove_recovery_codes(session, person_id)
    codes = ["-".join(_draw_letters(4) for _ in range(4)) for _ in range(RECOVERY_CODES)]
    session.add_all(RecoveryCode(digest=_digest(person_id, code), person_id=person_id) for code in codes)
    await session.flush()
    return codes


async def recovery_codes_left(connection: AsyncConnection, person_id: str) -> int:
    """Return how many recovery codes of a person still work."""
    unused = select(func.count()).where(RecoveryCode.person_id == person_id, RecoveryCode.used_at.is_(None))
    return (await connection.execute(unused)).scalar_one()


async def _take_recovery_code(session: AsyncSession, person_id: str, code: str, now: datetime) -> bool:
    unused = (RecoveryCode.digest == _digest(person_id, code), RecoveryCode.used_at.is_(None))
    return _changed_one_row(await session.execute(update(RecoveryCode).where(*unused).values(used_at=now)))


def _changed_one_row(result: object) -> bool:
    assert isinstance(result, CursorResult)
    return result.rowcount == 1


def _step_of(secret: str, code: str, now: datetime) -> int | None:
    """Return the time step that a code belongs to, None if the code is wrong."""
    digits = "".join(code.split()).encode("utf-8")
    present = int(now.timestamp()) // STEP_SECONDS
    codes = pyotp.HOTP(secret)
    steps = [
        present + offset for offset in STEPS_ASIDE if hmac.compare_digest(codes.at(present + offset).encode(), digits)
    ]
    return max(steps, default=None)


def _digest(person_id: str, code: str) -> str:
    return digest_of(f"{person_id}|{''.join(letter for letter in code.casefold() if letter.isalnum())}")


def _draw_letters(count: int) -> str:
    return "".join(secrets.choice(_LETTERS) for _ in range(count))
