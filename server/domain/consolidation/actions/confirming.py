"""Confirming that a person has read what several parties wrote together."""

from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from server.domain.consolidation import policy
from server.domain.consolidation.queries import reading
from server.domain.consolidation.queries.checking import check_of
from server.domain.consolidation.rules.life import MakingFacts
from server.journal.actions import record
from server.kernel.actor import Actor
from server.kernel.facts import facts_of
from server.kernel.issue_codes import IssueCode
from server.kernel.issues import Issue
from server.kernel.refusals import ensure_well_formed
from server.models.consolidation import SentenceReading

LARGEST_READING = 500
"""Sentences that one act confirms at most."""


async def confirm_reading(
    session: AsyncSession, actor: Actor, now: datetime, *, consolidation_id: str, digests: list[str]
) -> str:
    """Confirm that the actor has read sentences which several parties' changes made; return the consolidation's id.

    `digests` are those of the check, 1 to 500. A sentence that was read before is left as it is. Refuses a digest of no
    such sentence: its words may have changed since.
    """
    consolidation = await reading.get_consolidation(session, actor, now, consolidation_id)
    await reading.lock_target(session, consolidation)
    policy.confirm_reading.ensure(actor, facts_of(MakingFacts, consolidation), now)
    size = [] if 0 < len(digests) <= LARGEST_READING else [Issue("digests", IssueCode.COUNT, limit=LARGEST_READING)]
    ensure_well_formed(size)
    check = await check_of(session, consolidation)
    woven = {sentence.digest: sentence for sentence in check.woven}
    unknown = [number for number, digest in enumerate(digests) if digest not in woven]
    ensure_well_formed([Issue(f"digests.{number}", IssueCode.DIGEST_UNKNOWN) for number in unknown])
    for digest in dict.fromkeys(digests):
        if digest not in check.readings:
            key, words, _ = woven[digest]
            session.add(
                SentenceReading(
                    consolidation_id=consolidation.id,
                    provision_id=key,
                    digest=digest,
                    words=words,
                    read_by_id=actor.delegate_id,
                    read_at=now,
                )
            )
    await record(session, actor, policy.confirm_reading, consolidation.id, now, sentences=list(dict.fromkeys(digests)))
    return consolidation.id
