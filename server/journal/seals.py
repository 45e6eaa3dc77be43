"""Commit to what is filed in a sealed round, so that the server is bound before anybody else may see it.

Each filing has a commitment at once, which goes to its party alone. A seal commits to all of them together, however
many there are, and is published at instants of the calendar; nobody can tell from it whether there are any.
"""

import secrets
from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import String, bindparam, insert, select
from sqlalchemy.ext.asyncio import AsyncSession

from server.journal.chain import instant_of, sha256_of
from server.kernel.refusals import Refusal, RefusalCode, RefusalKind
from server.models.base import table_of
from server.models.seals import FilingCommitment, Seal

FILING_DOMAIN, SEAL_DOMAIN = "intersession-filing-1", "intersession-seal-1"
"""The first lines of what is hashed, so that neither can be taken for the other, nor for anything else."""
RULE = "A seal holds everything that was filed before its instant, and nothing else."
_SEALED_IN = bindparam("sealed_in", type_=String)
_NEWEST = select(Seal.until).where(Seal.sealed_in == _SEALED_IN).order_by(Seal.number.desc()).limit(1)


def new_salt() -> str:
    """Return 256 random bits as 64 hexadecimal characters."""
    return secrets.token_hex(32)


def commitment_of(salt: str, filing_id: str, filed_at: datetime, content: str) -> str:
    """Return the digest that commits to a filing: of five lines, of which the content, as canonical JSON, is one."""
    return sha256_of("\n".join((FILING_DOMAIN, salt, filing_id, instant_of(filed_at), content)))


def digest_of_seal(salt: str, sealed_in: str, until: datetime, commitments: Iterable[str]) -> str:
    """Return the digest that commits to all filings before an instant: of four lines, and one for each commitment."""
    return sha256_of("\n".join((SEAL_DOMAIN, salt, sealed_in, instant_of(until), *sorted(commitments))))


async def commit_filing(
    session: AsyncSession, sealed_in: str, filing_id: str, filed_at: datetime, content: str
) -> None:
    """Write the commitment to a filing of this transaction, which holds the round or call.

    Refuse if a seal over this instant came between the clock and the lock: it would then lack this filing.
    """
    newest = await session.scalar(_NEWEST, {"sealed_in": sealed_in})
    if newest is not None and filed_at < newest:
        message = "The round was being sealed at this moment. Nothing was filed; send it again."
        raise Refusal(RefusalKind.NOT_NOW, RefusalCode.WRONG_STATE, message, rule=RULE)
    salt = new_salt()
    digest = commitment_of(salt, filing_id, filed_at, content)
    values = {"filing_id": filing_id, "sealed_in": sealed_in, "filed_at": filed_at, "salt": salt, "digest": digest}
    await (await session.connection()).execute(insert(table_of(FilingCommitment)), values)
