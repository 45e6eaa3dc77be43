"""Giving a submitted proposal back to its party for formal defects."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from server.domain.proposals import policy, queries
from server.domain.proposals.actions.joining import write_proponent
from server.domain.proposals.rules import returning as rules
from server.domain.proposals.rules.life import ProposalFacts
from server.domain.proposals.rules.returning import FormalDefect
from server.journal.actions import record
from server.journal.digests import content_of_proposal
from server.kernel.actor import Actor
from server.kernel.facts import facts_of
from server.kernel.refusals import Refusal, RefusalCode, RefusalKind, ensure_current, ensure_well_formed
from server.models.proposals import AmendmentProposal
from server.models.returning import ReturnedFiling
from server.vocabulary.proposals import PROPOSAL_LIFECYCLE


async def return_proposal(
    session: AsyncSession,
    actor: Actor,
    now: datetime,
    *,
    proposal_id: str,
    defects: Sequence[FormalDefect],
    expected_revision: int,
) -> str:
    """Give a submitted proposal back for formal defects, and return its id.

    What was filed is kept as it was, with its instant, its digest and the defects. The proposal can then be mended and
    submitted again, under the same id. Refuses one of which an amendment was restated on a later version.
    """
    proposal = await queries.get_proposal(session, actor, now, proposal_id)
    policy.return_proposal.ensure(actor, facts_of(ProposalFacts, proposal), now)
    ensure_current("proposal", proposal.id, expected=expected_revision, current=proposal.work.revision)
    ensure_well_formed(rules.check_defects(defects, len(proposal.amendments)))
    _ensure_none_restated(proposal)
    filing = await _keep_filing(session, actor, now, proposal, defects)
    await _release(session, proposal)
    proposal.work.status = PROPOSAL_LIFECYCLE.target("return_proposal", proposal.work.status)
    proposal.work.revision += 1
    details = {"filing": filing.id, "content_digest": filing.content_digest, "number": filing.number}
    await record(session, actor, policy.return_proposal, proposal.id, now, **details, defects=filing.defects)
    return proposal.id


def _ensure_none_restated(proposal: AmendmentProposal) -> None:
    """Refuse to return a proposal of which the party decided what an amendment asks for on a later version."""
    if any(each.carried and each.carried.decided_at for each in proposal.amendments):
        message = f"{proposal.proponent.short_name} has restated or dropped an amendment on a later version."
        raise Refusal(RefusalKind.NOT_NOW, RefusalCode.WRONG_STATE, message, rule=rules.MENDED_RULE)


async def _keep_filing(
    session: AsyncSession, actor: Actor, now: datetime, proposal: AmendmentProposal, defects: Sequence[FormalDefect]
) -> ReturnedFiling:
    """Write what was filed into a row of its own, which never changes, and return that."""
    assert proposal.submitted_at is not None  # the policy refuses what is not submitted
    assert proposal.content_digest is not None
    co_sponsors = [each.party_id for each in proposal.co_sponsors]
    filing = ReturnedFiling(
        proposal_id=proposal.id,
        number=await queries.next_return(session, proposal.id),
        content=content_of_proposal(proposal, proposal.amendments, co_sponsors),
        content_digest=proposal.content_digest,
        filed_at=proposal.submitted_at,
        filed_by_id=proposal.submitted_by_id,
        returned_at=now,
        returned_by_id=actor.delegate_id,
        defects=rules.write_defects(defects),
    )
    session.add(filing)
    await session.flush()  # first: the database lets go of a filed proposal only when it is kept here
    return filing


async def _release(session: AsyncSession, proposal: AmendmentProposal) -> None:
    """Let a proposal be written again: it is filed no more, and what became of it in later versions is forgotten."""
    proposal.submitted_at = proposal.submitted_by_id = proposal.content_digest = None
    proposal.work.text_version_id = None
    await queries.forget_carried(session, [each.id for each in proposal.amendments])
    await session.flush()
    write_proponent(proposal)  # now that the database lets go of it
    await session.flush()
