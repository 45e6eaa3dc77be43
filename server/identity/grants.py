"""Ending what people let applications do."""

from datetime import datetime

from sqlalchemy import ColumnElement, update
from sqlalchemy.ext.asyncio import AsyncSession

from server.models.oauth import Grant
from server.storage.afterwards import log_after_commit


async def revoke_grants(session: AsyncSession, *which: ColumnElement[bool], now: datetime, because: str) -> None:
    """End the grants in force that meet every condition in `which`.

    Every code and token that came of them ends too. `because` is kept as the reason.
    """
    revocation = update(Grant).where(*which, Grant.revoked_at.is_(None)).values(revoked_at=now, revoked_because=because)
    for grant in (await session.execute(revocation.returning(Grant.id, Grant.person_id, Grant.application_id))).all():
        log_after_commit(
            session,
            "tokens revoked",
            person=grant.person_id,
            application=grant.application_id,
            grant=grant.id,
            because=because,
        )
