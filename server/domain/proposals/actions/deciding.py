"""Recording what the bodies of the approval path decide on a proposal."""

from datetime import UTC, datetime

from sqlalchemy.ext.asyncio import AsyncSession

from server.domain.bodies import queries as bodies
from server.domain.bodies.actions.recording import add_decision, details_of
from server.domain.bodies.rules import DecisionContent
from server.domain.proposals import policy, queries
from server.domain.proposals.rules import life
from server.domain.proposals.rules.life import ProposalFacts
from server.journal.actions import record
from server.kernel.actor import Actor
from server.kernel.facts import facts_of
from server.kernel.refusals import Refusal, RefusalKind, ensure_current
from server.vocabulary.proposals import PROPOSAL_LIFECYCLE


async def decide_proposal(
    session: AsyncSession,
    actor: Actor,
    now: datetime,
    *,
    proposal_id: str,
    sitting_id: str,
    content: DecisionContent,
    expected_revision: int,
) -> str:
    """Record the decision of the body that is next on the approval path, and return the proposal's id.

    The proposal moves as the decision says: on to the next body, to approval by the last, back to the group with its
    views kept, or off the table. Refuses a sitting of a body that is not next, and one that was over before the
    proposal was there.
    """
    proposal = await queries.get_proposal(session, actor, now, proposal_id)
    sitting = await bodies.get_sitting(session, actor, now, sitting_id)
    facts, body = facts_of(ProposalFacts, proposal), sitting.body.kind
    policy.decide_proposal.ensure(actor, facts, now)
    ensure_current("proposal", proposal.id, expected=expected_revision, current=proposal.work.revision)
    if obstacle := life.out_of_turn(facts, body):
        raise Refusal(RefusalKind.NOT_NOW, obstacle.code, obstacle.message, rule=obstacle.rule, reason=obstacle.reason)
    # The body before comes first in time too, so that no sitting decides on what had not reached it.
    before = await bodies.last_sitting_on(session, proposal.id) if proposal.work.carried_by else None
    since = max(filter(None, (proposal.submitted_at and proposal.submitted_at.astimezone(UTC).date(), before)))
    decision = await add_decision(
        session, actor, now, sitting=sitting, subject_id=proposal.id, content=content, since=since
    )
    work, outcome, path = proposal.work, content.outcome, facts.approval_path
    towards = life.status_after(outcome, body, path)
    work.status = PROPOSAL_LIFECYCLE.target("decide_proposal", work.status, towards)
    if life.carries(outcome, body, path):
        work.carried_by = [*work.carried_by, body.value]
    work.deferral_id = None
    work.revision += 1
    details = {"decision": decision.id, "sitting": sitting.id, "status": towards} | details_of(decision)
    await record(session, actor, policy.decide_proposal, proposal.id, now, **details)
    return proposal.id
