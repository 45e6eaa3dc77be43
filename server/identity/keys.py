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


def new_key() -> ECKey:
    """A new ES256 key with a random key id."""
    return ECKey.generate_key("P-256", {"kid": secrets.token_urlsafe(12), "use": "sig", "alg": ALGORITHM})


async def signing_keys(database: Database, now: datetime) -> list[ECKey]:
    """The keys of the embedded issuer, the one that signs first; the first start makes one."""
    async with database.writing() as session:
        return await _stored(session) or [await _add_key(session, now)]


async def find_keys(database: Database) -> list[ECKey]:
    """The keys as they stand now, the one that signs first: another process may have rotated them."""
    async with database.studying() as session:
        return await _stored(session)


async def rotate_keys(database: Database, now: datetime) -> list[ECKey]:
    """Add a key that signs from now on. The one before it still verifies, older ones are forgotten. Gives both."""
    async with database.writing() as session:
        await _add_key(session, now)
        kept = [key.kid for key in (await _stored(session))[:LIVE_KEYS]]
        await session.execute(delete(SigningKey).where(SigningKey.kid.not_in(kept)))
        return await _stored(session)


async def _stored(session: AsyncSession) -> list[ECKey]:
    newest_first = select(SigningKey).order_by(SigningKey.created_at.desc(), SigningKey.kid)
    return [ECKey.import_key(row.jwk) for row in (await session.scalars(newest_first)).all()]


async def _add_key(session: AsyncSession, now: datetime) -> ECKey:
    key = new_key()
    session.add(SigningKey(kid=key.kid, jwk=key.as_dict(private=True), created_at=now))
    await session.flush()
    return key
