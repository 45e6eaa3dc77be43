"""Adding milestones, correcting them, giving them another day, reaching them and giving them up."""

from datetime import datetime
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from server.domain.bodies import queries as bodies
from server.domain.planning import policy, queries, rules
from server.domain.planning.rules import MilestoneFacts, When
from server.domain.workplan import queries as plans
from server.domain.workplan import rules as plan_rules
from server.domain.workplan.actions.changes import ChangeMade, write_change
from server.domain.workplan.actions.tracking import ensure_evidence
from server.domain.workplan.due import DueFacts, due_period
from server.domain.workplan.periods import Period
from server.domain.workplan.rules import PlanFacts
from server.journal.actions import record
from server.kernel.actor import Actor
from server.kernel.acts import Act
from server.kernel.facts import facts_of
from server.kernel.issue_codes import IssueCode
from server.kernel.issues import Issue
from server.kernel.refusals import ensure_current, ensure_well_formed
from server.models.planning import Milestone
from server.models.workplan import WorkItem
from server.vocabulary.rounds import RoundStatus
from server.vocabulary.workplan import MILESTONE_LIFECYCLE, PlanChangeKind, PlanField


async def add_milestone(
    session: AsyncSession,
    actor: Actor,
    now: datetime,
    *,
    work_plan_id: str,
    name: str,
    reason: str,
    work_item_id: str | None = None,
    period: str = "",
    sitting_id: str | None = None,
    round_id: str | None = None,
    offset_days: int = 0,
    can_keep_words: bool = False,
    approver_body_id: str | None = None,
) -> str:
    """Add a milestone to a plan or to one of its topics, with a reason, and return the milestone's id.

    It has a printed period, or moves with a sitting or a round. The leaders of the approver approve that it moves.
    """
    plan = await plans.get_work_plan(session, actor, now, work_plan_id)
    item = await plans.get_work_item(session, actor, now, work_item_id) if work_item_id else None
    approver = await bodies.get_body(session, actor, now, approver_body_id) if approver_body_id else None
    policy.add_milestone.ensure(actor, facts_of(PlanFacts, plan), now)
    issues = [*plan_rules.check_name("name", name), *plan_rules.check_reason(reason), *_check_item(item, plan.id)]
    position = await queries.last_position(session, plan.id) + 1
    milestone = Milestone(plan_id=plan.id, name=name.strip(), position=position)
    milestone.work_item_id = item.id if item else None
    milestone.approver_body_id = approver.id if approver else plan.body_id
    when = When(period, sitting_id or None, round_id or None, offset_days, can_keep_words)
    due, faults = await set_due(session, actor, now, milestone, when)
    ensure_well_formed([*issues, *faults])
    milestone.baseline_earliest, milestone.baseline_latest, milestone.baseline_label = due
    milestone.baseline_round_id = milestone.round_id
    session.add(milestone)
    change = ChangeMade(PlanChangeKind.ADDED, after=due.label, round_after_id=milestone.round_id)
    write_change(session, actor, now, plan.id, milestone, change, reason)
    details = {"plan": plan.id, "title": milestone.name, "period": due.label, "reason": reason.strip()}
    await record(session, actor, policy.add_milestone, milestone.id, now, **details)
    return milestone.id


def _check_item(item: WorkItem | None, plan_id: str) -> list[Issue]:
    """Return the fault of a topic that is of another plan, or was given up."""
    if item is None or (item.plan_id == plan_id and item.dropped_at is None):
        return []
    return [Issue("workItemId", IssueCode.OBJECT_UNKNOWN)]


async def set_due(
    session: AsyncSession, actor: Actor, now: datetime, row: Any, when: When
) -> tuple[Period, list[Issue]]:
    """Write into a milestone, or a proposed change of one, when it is due; return that period and every fault."""
    period, issues = rules.check_when(when)
    sitting = await queries.find_sitting(session, actor, now, when.sitting_id) if when.sitting_id else None
    round_ = await queries.find_round(session, actor, now, when.round_id) if when.round_id else None
    if when.sitting_id and not sitting:
        issues.append(Issue("sittingId", IssueCode.OBJECT_UNKNOWN))
    if when.round_id and not round_:
        issues.append(Issue("roundId", IssueCode.OBJECT_UNKNOWN))
    if sitting and sitting.cancelled_at is not None:
        issues.append(Issue("sittingId", IssueCode.UNFIT, why="this sitting was called off"))
    if round_ and round_.status == RoundStatus.CANCELLED:
        issues.append(Issue("roundId", IssueCode.UNFIT, why="this round was called off"))
    row.earliest, row.latest, row.label = period
    row.sitting_id, row.round_id = sitting.id if sitting else None, round_.id if round_ else None
    row.offset_days = when.offset_days
    facts = DueFacts(
        *period,
        when.offset_days,
        sitting.starts_on if sitting else None,
        sitting.ends_on if sitting else None,
        round_.closes_at if round_ else None,
        round_.zone if round_ else None,
    )
    return (Period(None, None, "") if issues else due_period(facts)), issues


async def correct_milestone(
    session: AsyncSession,
    actor: Actor,
    now: datetime,
    *,
    milestone_id: str,
    name: str,
    position: int,
    reason: str,
    expected_revision: int,
    work_item_id: str | None = None,
) -> str:
    """Correct the name of a milestone, its topic (none for the whole plan) or its place; return its id."""
    milestone = await get_milestone(session, actor, now, policy.correct_milestone, milestone_id, expected_revision)
    item = await plans.get_work_item(session, actor, now, work_item_id) if work_item_id else None
    others = [each for each in await queries.milestones_of(session, milestone.plan_id) if each.id != milestone.id]
    issues = [*plan_rules.check_name("name", name), *plan_rules.check_reason(reason)]
    issues += plan_rules.check_place(position, len(others) + 1)
    issues += _check_item(item, milestone.plan_id)
    former = milestone.work_item
    was, becomes = (f"{each.number}. {each.title}" if each else "" for each in (former, item))
    changes = [
        ChangeMade(PlanChangeKind.CORRECTED, PlanField.TITLE, milestone.name, name.strip()),
        ChangeMade(PlanChangeKind.MOVED, PlanField.PLACE, was, becomes),
        ChangeMade(PlanChangeKind.MOVED, PlanField.NUMBER, str(milestone.position), str(position)),
    ]
    changes = [change for change in changes if change.before != change.after]
    ensure_well_formed(issues if changes else [*issues, Issue("name", IssueCode.NOTHING_CHANGES)])
    for change in changes:
        write_change(session, actor, now, milestone.plan_id, milestone, change, reason)
    milestone.name, milestone.work_item_id = name.strip(), item.id if item else None
    for number, each in enumerate([*others[: position - 1], milestone, *others[position - 1 :]], start=1):
        each.position = number
    milestone.revision += 1
    details = {"changed": [change.field.value for change in changes], "reason": reason.strip()}
    await record(session, actor, policy.correct_milestone, milestone.id, now, **details)
    return milestone.id


async def redate_milestone(
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
    """Say anew when a milestone is due, as one who approves it, with a reason; return its id. The baseline stays."""
    milestone = await get_milestone(session, actor, now, policy.redate_milestone, milestone_id, expected_revision)
    when = When(period, sitting_id or None, round_id or None, offset_days, can_keep_words)
    before = when_of(milestone)
    was = due_period(facts_of(DueFacts, milestone))
    due, issues = await set_due(session, actor, now, milestone, when)
    issues += plan_rules.check_reason(reason)
    if not issues and when_of(milestone) == before:
        issues.append(Issue("period", IssueCode.NOTHING_CHANGES))
    ensure_well_formed(issues)
    move_milestone(session, actor, now, milestone, (was, before.round_id), due, reason)
    details = {"before": was.label, "after": due.label, "reason": reason.strip()}
    await record(session, actor, policy.redate_milestone, milestone.id, now, **details)
    return milestone.id


def when_of(row: Any) -> When:
    """Return when a milestone is due, or a proposed change says that it is, as it was said."""
    return When(row.label, row.sitting_id, row.round_id, row.offset_days)


def move_milestone(
    session: AsyncSession,
    actor: Actor,
    now: datetime,
    milestone: Milestone,
    former: tuple[Period, str | None],
    due: Period,
    reason: str,
) -> None:
    """Write down that a milestone is due at another time, and count it as a revision.

    `former` is when it was due, and the id of the round that it moved with.
    """
    was, round_id = former
    milestone.revision += 1
    field = PlanField.ANCHOR if milestone.sitting_id or milestone.round_id else PlanField.PERIOD
    change = ChangeMade(PlanChangeKind.REDATED, field, was.label, due.label, was.latest, due.latest)
    change = change.of_rounds(round_id, milestone.round_id)
    write_change(session, actor, now, milestone.plan_id, milestone, change, reason)


async def reach_milestone(
    session: AsyncSession, actor: Actor, now: datetime, *, milestone_id: str, evidence_id: str, expected_revision: int
) -> str:
    """Declare a milestone reached, with evidence as for an activity, and return its id."""
    milestone = await get_milestone(session, actor, now, policy.reach_milestone, milestone_id, expected_revision)
    await ensure_evidence(session, actor, now, milestone, evidence_id)
    milestone.status = MILESTONE_LIFECYCLE.target("reach_milestone", milestone.status)
    milestone.evidence_id, milestone.settled_at = evidence_id, now
    milestone.revision += 1
    change = ChangeMade(PlanChangeKind.COMPLETED, PlanField.STATUS)
    write_change(session, actor, now, milestone.plan_id, milestone, change)
    await record(session, actor, policy.reach_milestone, milestone.id, now, evidence=evidence_id)
    return milestone.id


async def drop_milestone(
    session: AsyncSession, actor: Actor, now: datetime, *, milestone_id: str, reason: str, expected_revision: int
) -> str:
    """Give a milestone up, with a reason, and return its id. It stays in the plan."""
    milestone = await get_milestone(session, actor, now, policy.drop_milestone, milestone_id, expected_revision)
    ensure_well_formed(plan_rules.check_reason(reason))
    milestone.status = MILESTONE_LIFECYCLE.target("drop_milestone", milestone.status)
    milestone.settled_at, milestone.drop_reason = now, reason.strip()
    milestone.revision += 1
    change = ChangeMade(PlanChangeKind.DROPPED, PlanField.STATUS)
    write_change(session, actor, now, milestone.plan_id, milestone, change, reason)
    await record(session, actor, policy.drop_milestone, milestone.id, now, reason=reason.strip())
    return milestone.id


async def get_milestone(
    session: AsyncSession,
    actor: Actor,
    now: datetime,
    act: Act[MilestoneFacts],
    milestone_id: str,
    expected_revision: int,
) -> Milestone:
    """Return the milestone for an act on it. Refuse what the actor may not do, or decided on an earlier revision."""
    milestone = await queries.get_milestone(session, actor, now, milestone_id)
    act.ensure(actor, facts_of(MilestoneFacts, milestone), now)
    ensure_current("milestone", milestone.id, expected=expected_revision, current=milestone.revision)
    return milestone
