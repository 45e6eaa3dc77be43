"""Publish the seals that are due: commitments to all that was filed in a round that is still sealed."""

from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from server.domain.evidence.actions.signing import sign_due_heads
from server.domain.evidence.queries.seals import COMMITMENTS_BEFORE, find_due_seals
from server.domain.evidence.rules import find_tick
from server.journal.chain import instant_of, sha256_of
from server.journal.keys import SEAL, find_signer
from server.journal.seals import digest_of_seal, new_salt
from server.kernel.clock import Clock
from server.models.seals import Seal
from server.storage.database import Database
from server.vocabulary.rounds import RoundStatus


class Last(NamedTuple):
    """What a new seal follows: the number, the instant and the signed statement of the one before."""

    number: int
    until: datetime
    signature: str


async def sign_and_seal(database: Database, clock: Clock, issuer: str) -> None:
    """Publish the seals that are due, then sign the heads of the journal that are: the letters of a close give both."""
    await publish_due_seals(database, clock, issuer)
    await sign_due_heads(database, clock, issuer)


async def publish_due_seals(database: Database, clock: Clock, issuer: str) -> int:
    """Publish the seal of every round and call that is due, and return how many there were.

    Several processes may do so at the same time; each instant is sealed once.
    """
    async with database.reading() as connection:
        due = await find_due_seals(connection, clock())
    count = 0
    for kind, subject_id in due:
        async with database.writing() as session:
            count += await _seal(session, kind, subject_id, clock(), issuer)
    return count


async def _seal(session: AsyncSession, kind: Any, subject_id: str, now: datetime, issuer: str) -> bool:
    """Make the seal of what was filed before the newest tick, and return whether that was not done already."""
    # Locked, because a filing may still be on its way: it holds the round until its commit, and what comes after the
    # lock with an instant before the tick is refused.
    subject = await session.get_one(kind, subject_id, with_for_update=True)
    until = find_tick(subject.opens_at, subject.closes_at, now)
    last = await _find_last(session, subject_id)
    signer = await find_signer(await session.connection())
    if until is None or signer is None or subject.status == RoundStatus.CANCELLED or (last and last.until >= until):
        return False
    commitments = await session.scalars(COMMITMENTS_BEFORE, {"sealed_in": subject_id, "until": until})
    salt, number = new_salt(), last.number + 1 if last else 1
    digest = digest_of_seal(salt, subject_id, until, commitments)
    statement = {"issuer": issuer, "sealed_in": subject_id, "number": number, "until": instant_of(until)}
    previous = last and sha256_of(last.signature)
    signature = signer.sign(SEAL, statement | {"digest": digest, "previous": previous})
    session.add(Seal(sealed_in=subject_id, number=number, until=until, salt=salt, digest=digest, signature=signature))
    return True


async def _find_last(session: AsyncSession, subject_id: str) -> Last | None:
    newest = select(Seal.number, Seal.until, Seal.signature).where(Seal.sealed_in == subject_id)
    row = (await session.execute(newest.order_by(Seal.number.desc()).limit(1))).first()
    return None if row is None else Last(*row)
