"""Ending what people let applications do."""

from datetime import datetime

from sqlalchemy import ColumnElement, update
from sqlalchemy.ext.asyncio import AsyncSession

from server.models.oauth import Grant


async def revoke_grants(session: AsyncSession, *which: ColumnElement[bool], now: datetime, because: str) -> None:
    """End the grants that meet these conditions and are in force, with every code and token that came of them."""
    revoked = update(Grant).where(*which, Grant.revoked_at.is_(None))
    await session.execute(revoked.values(revoked_at=now, revoked_because=because))
