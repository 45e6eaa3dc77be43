"""Who somebody is: (issuer, subject), never an e-mail address."""

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from server.access.tokens import Caller
from server.models.access import Identity


async def person_of(connection: AsyncConnection, caller: Caller, *, own_issuer: str) -> str | None:
    """The id of the person behind a caller. At the embedded issuer the subject is the person's id; what another issuer
    calls its subjects has been linked here before, or is nobody."""
    if caller.issuer == own_issuer:
        return caller.subject
    linked = select(Identity.person_id).where(Identity.issuer == caller.issuer, Identity.subject == caller.subject)
    return await connection.scalar(linked)
