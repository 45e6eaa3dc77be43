"""Writing confirmed amendments of a paper into a plan, each as a change with its reason."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from server.domain.workplan import queries
from server.domain.workplan.actions.activities import name_responsible
from server.domain.workplan.actions.amending import PaperAmendment, period_that
from server.domain.workplan.actions.changes import ChangeMade, write_change
from server.domain.workplan.actions.comparing import PaperReading
from server.domain.workplan.actions.names import Names
from server.domain.workplan.due import DueFacts, due_period
from server.domain.workplan.steps import open_milestones_of
from server.kernel.actor import Actor
from server.kernel.facts import facts_of
from server.models.bodies import Body
from server.models.planning import Milestone, PlanChange
from server.models.workplan import Activity, Redating, WorkItem, WorkPlan
from server.vocabulary.workplan import (
    ACTIVITY_LIFECYCLE,
    MILESTONE_LIFECYCLE,
    PlanAmendmentKind,
    PlanChangeKind,
    PlanField,
)

_FIELDS = {
    "Topic": PlanField.TITLE,
    "No.": PlanField.NUMBER,
    "Activity": PlanField.TITLE,
    "Responsible": PlanField.RESPONSIBLE,
    "Remarks": PlanField.REMARKS,
}


async def apply_reading(
    session: AsyncSession,
    actor: Actor,
    now: datetime,
    plan: WorkPlan,
    reading: PaperReading,
    amendments: Sequence[PaperAmendment],
    names: Names,
) -> None:
    """Write amendments into a plan, say of each what was changed, and keep what the paper prints."""
    reason = f"As in the paper {plan.source_name}." if plan.source_name else "As in the paper that was imported."
    renumbered = [each for each in amendments if each.column == "No."]
    for place, amendment in enumerate(renumbered, start=1):
        # Numbers are unique at every moment, so that topics which change them leave the range first.
        amendment.subject.number = -place
    await session.flush()
    for amendment in amendments:
        await _apply(session, actor, now, plan, amendment, names, reason)
    for item in await queries.items_of(session, plan.id):
        item.printed_title = reading.titles.get(item.id, item.printed_title)
    for activity in await queries.activities_of(session, plan.id):
        if activity.id in reading.pairs:
            activity.printed = reading.pairs[activity.id]._asdict()
    for subject_id, name in reading.added:
        session.add(
            PlanChange(
                plan_id=plan.id,
                subject_id=subject_id,
                subject_name=name,
                kind=PlanChangeKind.ADDED,
                field=PlanField.WHOLE,
                reason=reason,
                changed_by_id=actor.delegate_id,
                changed_at=now,
            )
        )


async def _apply(
    session: AsyncSession,
    actor: Actor,
    now: datetime,
    plan: WorkPlan,
    amendment: PaperAmendment,
    names: Names,
    reason: str,
) -> None:
    """Write one amendment into the topic, the activity, the milestone or the group that it is about."""
    subject = amendment.subject
    if isinstance(subject, Body):
        subject.name = amendment.says
        change = ChangeMade(PlanChangeKind.CORRECTED, PlanField.GROUP, amendment.was, amendment.says)
        write_change(session, actor, now, plan.id, plan, change, reason)
        return
    if amendment.kind == PlanAmendmentKind.VANISHED:
        await _drop(session, actor, now, plan, subject, reason)
        return
    subject.revision += 1
    if isinstance(subject, Milestone):
        _amend_milestone(session, actor, now, amendment, names, reason)
        return
    if amendment.column == "Timeline":
        _redate(session, actor, now, plan, amendment, reason)
        return
    kind = PlanChangeKind.MOVED if amendment.column == "No." else PlanChangeKind.CORRECTED
    if amendment.column == "Responsible":
        await name_responsible(session, subject, amendment.says, names)
    elif amendment.column == "No.":
        subject.number = int(amendment.says)
    else:
        setattr(subject, {"Topic": "title", "Activity": "description"}.get(amendment.column, "remarks"), amendment.says)
    change = ChangeMade(kind, _FIELDS[amendment.column], amendment.was, amendment.says)
    write_change(session, actor, now, plan.id, subject, change, reason)


def _redate(
    session: AsyncSession, actor: Actor, now: datetime, plan: WorkPlan, amendment: PaperAmendment, reason: str
) -> None:
    """Give an activity the period that a paper prints. The baseline stays."""
    activity: Activity = amendment.subject
    period, latest = period_that(amendment), activity.latest
    session.add(
        Redating(
            activity_id=activity.id,
            label_before=activity.label,
            latest_before=latest,
            label_after=period.label,
            latest_after=period.latest,
            reason=reason,
            redated_by_id=actor.delegate_id,
            redated_at=now,
        )
    )
    ends = (latest, period.latest)
    change = ChangeMade(PlanChangeKind.REDATED, PlanField.PERIOD, activity.label, period.label, *ends)
    activity.earliest, activity.latest, activity.label = period
    write_change(session, actor, now, plan.id, activity, change, reason)


def _amend_milestone(
    session: AsyncSession, actor: Actor, now: datetime, amendment: PaperAmendment, names: Names, reason: str
) -> None:
    """Give a milestone the approver that a paper prints, or a period of its own. The baseline stays."""
    milestone: Milestone = amendment.subject
    if amendment.column == "Approved by":
        milestone.approver_body_id = names.body(amendment.says) or milestone.approver_body_id
        change = ChangeMade(PlanChangeKind.CORRECTED, PlanField.APPROVER, amendment.was, amendment.says)
    else:
        was, period = due_period(facts_of(DueFacts, milestone)), period_that(amendment)
        round_id = milestone.round_id
        milestone.earliest, milestone.latest, milestone.label = period
        milestone.sitting_id, milestone.round_id, milestone.offset_days = None, None, 0
        ends = (was.latest, period.latest)
        change = ChangeMade(PlanChangeKind.REDATED, PlanField.PERIOD, was.label, period.label, *ends)
        change = change.of_rounds(round_id, None)
    write_change(session, actor, now, milestone.plan_id, milestone, change, reason)


async def _drop(
    session: AsyncSession, actor: Actor, now: datetime, plan: WorkPlan, subject: Activity | WorkItem, reason: str
) -> None:
    """Give up what a paper prints no longer, a topic with all that is open in it."""
    if isinstance(subject, WorkItem):
        subject.dropped_at, subject.drop_reason = now, reason
        subject.revision += 1
        write_change(session, actor, now, plan.id, subject, ChangeMade(PlanChangeKind.DROPPED), reason)
        rest = [each for each in await queries.activities_of(session, plan.id) if each.work_item_id == subject.id]
        for milestone in await open_milestones_of(session, plan.id, subject.id):
            milestone.status = MILESTONE_LIFECYCLE.target("drop_milestone", milestone.status)
            milestone.settled_at, milestone.drop_reason = now, reason
            milestone.revision += 1
            write_change(session, actor, now, plan.id, milestone, ChangeMade(PlanChangeKind.DROPPED), reason)
    else:
        rest = [subject]
    for activity in rest:
        if activity.status in ACTIVITY_LIFECYCLE.sources_of("drop_activity"):
            activity.status = ACTIVITY_LIFECYCLE.target("drop_activity", activity.status)
            activity.settled_at, activity.drop_reason = now, reason
            activity.revision += 1
            write_change(session, actor, now, plan.id, activity, ChangeMade(PlanChangeKind.DROPPED), reason)
