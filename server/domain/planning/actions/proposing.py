"""Proposing that a milestone moves, and approving or declining it in one act."""

from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from server.domain.planning import policy, queries
from server.domain.planning.actions.milestones import get_milestone, move_milestone, set_due, when_of
from server.domain.planning.rules import ChangeFacts, When
from server.domain.workplan import rules as plan_rules
from server.domain.workplan.due import DueFacts, due_period
from server.journal.actions import record
from server.kernel.actor import Actor
from server.kernel.acts import Act
from server.kernel.facts import facts_of
from server.kernel.issue_codes import IssueCode
from server.kernel.issues import Issue
from server.kernel.refusals import Refusal, RefusalCode, RefusalKind, ensure_current, ensure_well_formed
from server.models.planning import Milestone, MilestoneChange
from server.vocabulary.workplan import MILESTONE_CHANGE_LIFECYCLE


async def propose_milestone_change(
    session: AsyncSession,
    actor: Actor,
    now: datetime,
    *,
    milestone_id: str,
    reason: str,
    expected_revision: int,
    period: str = "",
    sitting_id: str | None = None,
    round_id: str | None = None,
    offset_days: int = 0,
    can_keep_words: bool = False,
) -> str:
    """Propose when a milestone is due instead, with a reason, and return the id of the proposed change.

    It waits for those who lead the approver of the milestone. There is one at a time.
    """
    act = policy.propose_milestone_change
    milestone = await get_milestone(session, actor, now, act, milestone_id, expected_revision)
    if await queries.has_proposed_change(session, Milestone.id == milestone.id):
        message = "A change of this milestone waits for approval already."
        raise Refusal(RefusalKind.NOT_NOW, RefusalCode.ALREADY_DONE, message)
    change = MilestoneChange(
        milestone_id=milestone.id, reason=reason.strip(), proposed_by_id=actor.delegate_id, proposed_at=now
    )
    when = When(period, sitting_id or None, round_id or None, offset_days, can_keep_words)
    due, issues = await set_due(session, actor, now, change, when)
    issues += plan_rules.check_reason(reason)
    if not issues and when_of(change) == when_of(milestone):
        issues.append(Issue("period", IssueCode.NOTHING_CHANGES))
    ensure_well_formed(issues)
    session.add(change)
    details = {"milestone": milestone.id, "after": due.label, "reason": reason.strip()}
    await record(session, actor, act, change.id, now, **details)
    return change.id


async def approve_milestone_change(
    session: AsyncSession, actor: Actor, now: datetime, *, milestone_change_id: str, expected_revision: int
) -> str:
    """Let a milestone be due as proposed from now on, and return the id of the proposed change.

    Refuse a proposal from before the milestone was given another day: who proposed it did not know of that.
    """
    act = policy.approve_milestone_change
    change = await _get_change(session, actor, now, act, milestone_change_id, expected_revision)
    milestone = change.milestone
    if await queries.is_redated_since(session, milestone.id, change.proposed_at):
        message = "This milestone was given another day after the change was proposed. Decline it, or propose anew."
        raise Refusal(RefusalKind.STALE, RefusalCode.STALE_REVISION, message, subject_id=milestone.id)
    was = due_period(facts_of(DueFacts, milestone)), milestone.round_id
    due = due_period(facts_of(DueFacts, change))
    milestone.earliest, milestone.latest, milestone.label = change.earliest, change.latest, change.label
    milestone.sitting_id, milestone.round_id = change.sitting_id, change.round_id
    milestone.offset_days = change.offset_days
    move_milestone(session, actor, now, milestone, was, due, change.reason)
    _answer(change, actor, now, act.name)
    details = {"milestone": milestone.id, "before": was[0].label, "after": due.label}
    await record(session, actor, act, change.id, now, **details)
    return change.id


async def decline_milestone_change(
    session: AsyncSession, actor: Actor, now: datetime, *, milestone_change_id: str, reason: str, expected_revision: int
) -> str:
    """Decline a proposed change, with a reason; the milestone stays as it is. Return the id of the change."""
    act = policy.decline_milestone_change
    change = await _get_change(session, actor, now, act, milestone_change_id, expected_revision)
    ensure_well_formed(plan_rules.check_reason(reason))
    _answer(change, actor, now, act.name, reason.strip())
    await record(session, actor, act, change.id, now, milestone=change.milestone_id, reason=reason.strip())
    return change.id


async def take_back_milestone_change(
    session: AsyncSession, actor: Actor, now: datetime, *, milestone_change_id: str, expected_revision: int
) -> str:
    """Take the own proposal back, while it waits, and return its id."""
    act = policy.take_back_milestone_change
    change = await _get_change(session, actor, now, act, milestone_change_id, expected_revision)
    _answer(change, actor, now, act.name)
    await record(session, actor, act, change.id, now, milestone=change.milestone_id)
    return change.id


def _answer(change: MilestoneChange, actor: Actor, now: datetime, act: str, answer: str | None = None) -> None:
    change.status = MILESTONE_CHANGE_LIFECYCLE.target(act, change.status)
    change.answer, change.answered_by_id, change.answered_at = answer, actor.delegate_id, now
    change.revision += 1


async def _get_change(
    session: AsyncSession, actor: Actor, now: datetime, act: Act[ChangeFacts], change_id: str, expected_revision: int
) -> MilestoneChange:
    """Return the proposed change for an act on it. Refuse what the actor may not do, or decided earlier."""
    change = await queries.get_milestone_change(session, actor, now, change_id)
    act.ensure(actor, facts_of(ChangeFacts, change), now)
    ensure_current("proposed change", change.id, expected=expected_revision, current=change.revision)
    return change
