"""The keys of the embedded issuer in the database: one signs, two verify, the next comes by rotation."""

import secrets
from datetime import datetime

from joserfc.jwk import ECKey
from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncSession

from server.identity.tokens import ALGORITHM
from server.models.oauth import SigningKey
from server.storage.database import Database

LIVE_KEYS = 2
"""Tokens live for minutes, so that after a rotation only the key before the new one is still needed."""


def new_key() -> ECKey:
    """Return a new ES256 key with a random key id."""
    return ECKey.generate_key("P-256", {"kid": secrets.token_urlsafe(12), "use": "sig", "alg": ALGORITHM})


async def signing_keys(database: Database, now: datetime) -> list[ECKey]:
    """Return the keys of the embedded issuer, the one that signs first; make one where there is none yet."""
    async with database.writing() as session:
        return await _read_keys(session) or [await _add_key(session, now)]


async def find_keys(database: Database) -> list[ECKey]:
    """Read the keys as they stand now, the one that signs first: another process may have rotated them."""
    async with database.studying() as session:
        return await _read_keys(session)


async def rotate_keys(database: Database, now: datetime) -> list[ECKey]:
    """Add a key that signs from now on; return it and the one before it.

    The one before still verifies, older ones are deleted.
    """
    async with database.writing() as session:
        await _add_key(session, now)
        live = [key.kid for key in (await _read_keys(session))[:LIVE_KEYS]]
        await session.execute(delete(SigningKey).where(SigningKey.kid.not_in(live)))
        return await _read_keys(session)


async def _read_keys(session: AsyncSession) -> list[ECKey]:
    newest_first = select(SigningKey).order_by(SigningKey.created_at.desc(), SigningKey.kid)
    return [ECKey.import_key(row.jwk) for row in (await session.scalars(newest_first)).all()]


async def _add_key(session: AsyncSession, now: datetime) -> ECKey:
    key = new_key()
    session.add(SigningKey(kid=key.kid, jwk=key.as_dict(private=True), created_at=now))
    await session.flush()
    return key
