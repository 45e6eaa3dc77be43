"""Ending what people let applications do."""

from datetime import datetime

from sqlalchemy import ColumnElement, update
from sqlalchemy.ext.asyncio import AsyncSession

from server.models.oauth import Grant


async def revoke_grants(session: AsyncSession, *which: ColumnElement[bool], now: datetime, because: str) -> None:
    """End the grants in force that meet every condition in `which`.

    Every code and token that came of them ends too. `because` is kept as the reason.
    """
    revocation = update(Grant).where(*which, Grant.revoked_at.is_(None))
    await session.execute(revocation.values(revoked_at=now, revoked_because=because))
