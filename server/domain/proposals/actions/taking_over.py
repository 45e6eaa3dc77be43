"""Taking over a proposal that its proponent withdrew, as a party that confirmed to co-sponsor it."""

from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from server.domain.proposals import policy, queries
from server.domain.proposals.actions import joining
from server.domain.proposals.rules import taking_over as rules
from server.domain.proposals.rules.taking_over import JoinedParty
from server.journal.actions import record
from server.kernel.actor import Actor
from server.kernel.refusals import ensure_current
from server.models.proposals import AmendmentProposal
from server.models.taking_over import ProposalTakeOver
from server.vocabulary.proposals import PROPOSAL_LIFECYCLE


async def leave_to_co_sponsors(
    session: AsyncSession, actor: Actor, now: datetime, proposal: AmendmentProposal
) -> dict[str, Any]:
    """Let the confirmed co-sponsors take over a proposal that is about to be withdrawn.

    Return what the entry of the withdrawal says of it, nothing where there is no such party.
    """
    joined = [JoinedParty(each.party_id, each.confirmed_at) for each in proposal.co_sponsors]
    heirs = rules.find_heirs(proposal.work.status, joined, proposal.proponent.id)
    if not heirs:
        proposal.work.take_over_until = None
        return {}
    take_over = ProposalTakeOver(
        proposal_id=proposal.id,
        number=await _next_withdrawal(session, proposal.id),
        party_id=proposal.proponent.id,
        status_before=proposal.work.status,
        withdrawn_at=now,
        withdrawn_by_id=actor.delegate_id,
        closes_at=rules.end_of_taking_over(now, proposal.cycle.mechanism.take_over_days),
    )
    session.add(take_over)
    proposal.work.take_over_until = take_over.closes_at
    return {"take_over": take_over.id, "closes_at": take_over.closes_at.isoformat(), "open_to": heirs}


async def take_over_proposal(
    session: AsyncSession, actor: Actor, now: datetime, *, co_sponsor_id: str, expected_revision: int
) -> str:
    """Take a withdrawn proposal over as the focal point of a co-sponsor, and return its id.

    The party becomes its proponent. It stands where it stood before, under the same number. What was filed, its
    receipts and its co-sponsors stay as they are; of two parties, the first one takes it over.
    """
    proposal = await queries.get_co_sponsored_proposal(session, actor, now, co_sponsor_id)
    co_sponsor = next(each for each in proposal.co_sponsors if each.id == co_sponsor_id)
    policy.take_over_proposal.ensure(actor, joining.facts_of_co_sponsor(proposal, co_sponsor), now)
    ensure_current("proposal", proposal.id, expected=expected_revision, current=proposal.work.revision)
    take_over = await _find_open(session, proposal.id)
    take_over.new_party_id = co_sponsor.party_id
    take_over.taken_at, take_over.taken_by_id = now, actor.delegate_id
    status = PROPOSAL_LIFECYCLE.target("take_over_proposal", proposal.work.status, take_over.status_before)
    proposal.work.status, proposal.work.take_over_until = status, None
    proposal.work.party_id = co_sponsor.party_id
    proposal.work.revision += 1
    if proposal.submitted_at is None:
        joining.write_proponent(proposal)
    details = {"take_over": take_over.id, "co_sponsor": co_sponsor_id, "former_party": take_over.party_id}
    await record(session, actor, policy.take_over_proposal, proposal.id, now, **details, status=status)
    return proposal.id


async def _next_withdrawal(session: AsyncSession, proposal_id: str) -> int:
    """Return the number of the next withdrawal of a proposal, whose work is locked."""
    statement = select(func.count()).where(ProposalTakeOver.proposal_id == proposal_id)
    return (await session.scalar(statement) or 0) + 1


async def _find_open(session: AsyncSession, proposal_id: str) -> ProposalTakeOver:
    """Return the take-over of a withdrawn proposal that nobody has taken over yet, whose work is locked."""
    pending = (ProposalTakeOver.proposal_id == proposal_id, ProposalTakeOver.taken_at.is_(None))
    statement = select(ProposalTakeOver).where(*pending).order_by(ProposalTakeOver.number.desc()).limit(1)
    return (await session.scalars(statement)).one()
