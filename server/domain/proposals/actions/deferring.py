"""Putting a registered proposal off until something comes, and taking it up again before."""

from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from server.domain.bodies import queries as bodies
from server.domain.proposals import policy, queries
from server.domain.proposals.rules import deferring as rules
from server.domain.proposals.rules.contents import check_words
from server.domain.proposals.rules.deferring import Awaited, AwaitedProposal, AwaitedSitting
from server.domain.proposals.rules.life import ProposalFacts
from server.journal.actions import record
from server.kernel.actor import Actor
from server.kernel.facts import facts_of
from server.kernel.refusals import ensure_current, ensure_well_formed
from server.models.deferring import ProposalDeferral
from server.models.proposals import ProposalWork
from server.vocabulary.parties import REASON_LIMIT
from server.vocabulary.proposals import PROPOSAL_LIFECYCLE, DeferralKind


async def defer_proposal(
    session: AsyncSession,
    actor: Actor,
    now: datetime,
    *,
    proposal_id: str,
    until: DeferralKind,
    sitting_id: str | None = None,
    awaited_id: str | None = None,
    reason: str,
    expected_revision: int,
) -> str:
    """Put a registered proposal off until something comes, and return its id.

    Until then nothing is decided on it, and its amendments go into no text. When it comes the proposal is where it was,
    without anybody's act. Refuses what has come already, and proposals that would wait for each other.
    """
    proposal = await queries.get_proposal(session, actor, now, proposal_id)
    policy.defer_proposal.ensure(actor, facts_of(ProposalFacts, proposal), now)
    ensure_current("proposal", proposal.id, expected=expected_revision, current=proposal.work.revision)
    awaited = await _read_awaited(session, actor, now, sitting_id, awaited_id)
    ensure_well_formed(rules.check_deferral(until, awaited, proposal.id, reason, now.date()))
    deferral = ProposalDeferral(
        proposal_id=proposal.id,
        kind=until,
        sitting_id=sitting_id,
        awaited_id=awaited_id,
        reason=reason.strip(),
        deferred_on=now.date(),
        deferred_at=now,
        deferred_by_id=actor.delegate_id,
    )
    session.add(deferral)
    await session.flush()
    proposal.work.status = rules.status_afterwards(proposal.work.status)
    proposal.work.deferral_id = deferral.id
    proposal.work.revision += 1
    details: dict[str, Any] = {"kind": until, "sitting": sitting_id, "awaited": awaited_id, "reason": deferral.reason}
    await record(session, actor, policy.defer_proposal, proposal.id, now, deferral=deferral.id, **details)
    return proposal.id


async def _read_awaited(
    session: AsyncSession, actor: Actor, now: datetime, sitting_id: str | None, awaited_id: str | None
) -> Awaited:
    """Return what is to be waited for, or refuse that there is no such sitting or proposal for this actor."""
    sitting = proposal = None
    if sitting_id is not None:
        row = await bodies.get_sitting(session, actor, now, sitting_id)
        sitting = AwaitedSitting(row.starts_on, row.cancelled_at is not None)
    if awaited_id is not None:
        work = await queries.get_awaited(session, actor, now, awaited_id)
        chain = await _list_awaited(session, work.proposal_id)
        proposal = AwaitedProposal(work.proposal_id, work.number, work.status, chain)
    return Awaited(sitting, proposal)


async def resume_proposal(
    session: AsyncSession, actor: Actor, now: datetime, *, proposal_id: str, reason: str, expected_revision: int
) -> str:
    """Take up again what was put off before what it waits for comes, and return the proposal's id."""
    proposal = await queries.get_proposal(session, actor, now, proposal_id)
    facts = facts_of(ProposalFacts, proposal)
    policy.resume_proposal.ensure(actor, facts, now)
    ensure_current("proposal", proposal.id, expected=expected_revision, current=proposal.work.revision)
    ensure_well_formed(check_words("reason", reason, REASON_LIMIT))
    deferral = await session.get_one(ProposalDeferral, proposal.work.deferral_id)
    deferral.resumed_at, deferral.resumed_by_id, deferral.resume_reason = now, actor.delegate_id, reason.strip()
    # It is checked as a move, though the row holds already where the proposal stands afterwards.
    proposal.work.status = PROPOSAL_LIFECYCLE.target("resume_proposal", facts.status, proposal.work.status)
    proposal.work.deferral_id = None
    proposal.work.revision += 1
    details = {"deferral": deferral.id, "reason": deferral.resume_reason}
    await record(session, actor, policy.resume_proposal, proposal.id, now, **details)
    return proposal.id


async def _list_awaited(session: AsyncSession, proposal_id: str) -> frozenset[str]:
    """Return the ids of the proposals that a proposal waits for, directly and in turn."""
    work, deferral = aliased(ProposalWork), aliased(ProposalDeferral)
    step = select(work.proposal_id, deferral.awaited_id).join(deferral, deferral.id == work.deferral_id)
    chain = step.where(work.proposal_id == proposal_id).cte("chain", recursive=True)
    chain = chain.union(step.join(chain, chain.c.awaited_id == work.proposal_id))
    return frozenset(filter(None, await session.scalars(select(chain.c.awaited_id))))
