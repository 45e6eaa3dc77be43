"""Reading the activities and milestones of a plan, what they wait for, and what shows that one is done."""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased, joinedload

from server.domain.bodies.queries import visible_decisions, visible_sittings
from server.domain.rounds.queries import visible_rounds
from server.domain.silence.queries import in_phase, visible_procedures
from server.domain.texts.queries.reading import visible_versions
from server.domain.workplan.due import DueFacts, due_period
from server.domain.workplan.queries import visible_activities
from server.kernel.actor import Actor
from server.kernel.facts import facts_of
from server.kernel.ids import prefix_of
from server.kernel.predicates import signed_in
from server.models.bodies import Decision, Sitting
from server.models.journal import JournalEntry
from server.models.planning import Milestone, PlanChange
from server.models.rounds import Round
from server.models.silence import SilenceProcedure
from server.models.texts import TextVersion
from server.models.workplan import Activity, Responsible, WorkItem, WorkPlan
from server.storage.rows import WANTED, find_row
from server.vocabulary.rounds import DONE
from server.vocabulary.silence import SilencePhase
from server.vocabulary.texts import VersionStatus
from server.vocabulary.workplan import OPEN_ACTIVITY, MilestoneStatus, PlanChangeKind


async def steps_of(session: AsyncSession, work_item_id: str) -> list[Activity]:
    """Return the activities of a topic in their order, locked for change."""
    statement = select(Activity).where(Activity.work_item_id == work_item_id).order_by(Activity.position)
    return list(await session.scalars(statement.with_for_update(of=Activity)))


async def open_activities_of(session: AsyncSession, work_item_ids: Sequence[str]) -> Sequence[Activity]:
    """Return the activities of topics that still have to be done, in their order, locked for change."""
    is_open = (Activity.work_item_id.in_(work_item_ids), Activity.status.in_(OPEN_ACTIVITY))
    statement = select(Activity).where(*is_open).order_by(Activity.work_item_id, Activity.position)
    return (await session.scalars(statement.with_for_update(of=Activity))).all()


async def open_milestones_of(
    session: AsyncSession, plan_id: str, work_item_id: str | None = None
) -> Sequence[Milestone]:
    """Return the milestones of a plan, or of one topic, that are still to come, locked for change."""
    statement = select(Milestone).where(Milestone.plan_id == plan_id, Milestone.status == MilestoneStatus.PLANNED)
    if work_item_id is not None:
        statement = statement.where(Milestone.work_item_id == work_item_id)
    return (await session.scalars(statement.order_by(Milestone.position).with_for_update(of=Milestone))).all()


async def open_items_of(session: AsyncSession, plan_id: str) -> Sequence[WorkItem]:
    """Return the topics of a plan that were not given up, in their order, locked for change."""
    statement = select(WorkItem).where(WorkItem.plan_id == plan_id, WorkItem.dropped_at.is_(None))
    return (await session.scalars(statement.order_by(WorkItem.number).with_for_update(of=WorkItem))).all()


async def labels_of(session: AsyncSession, activity_ids: Sequence[str]) -> dict[str, list[str]]:
    """Return the printed labels of those responsible, by activity, each once and in their order."""
    columns = select(Responsible.activity_id, Responsible.label).where(Responsible.activity_id.in_(activity_ids))
    labels: dict[str, list[str]] = {}
    for activity_id, label in await session.execute(columns.order_by(Responsible.activity_id, Responsible.position)):
        if label not in labels.setdefault(activity_id, []):
            labels[activity_id].append(label)
    return labels


def sees_round_of(row: Any) -> ColumnElement[bool]:
    """Return the condition that a row names no round, or one that the caller sees: its days would tell when it ends."""
    return sees_round(row.round_id)


def sees_round(round_id: Any) -> ColumnElement[bool]:
    """Return the condition that an id of a round is null, or that of one that the caller sees."""
    round_ = aliased(Round)
    return or_(round_id.is_(None), select(round_.id).where(round_.id == round_id, visible_rounds(round_)).exists())


AWAITED: dict[str, Any] = {
    Activity.prefix: select(Activity.id).where(Activity.id == WANTED, visible_activities(Activity)),
    Milestone.prefix: select(Milestone.id).where(Milestone.id == WANTED, signed_in, sees_round_of(Milestone)),
    Round.prefix: select(Round.id).where(Round.id == WANTED, visible_rounds(Round)),
    Sitting.prefix: select(Sitting.id).where(Sitting.id == WANTED, visible_sittings(Sitting)),
    Decision.prefix: select(Decision.id).where(Decision.id == WANTED, visible_decisions(Decision)),
}
"""What an activity can wait for, by the prefix of its id."""


async def is_awaited(session: AsyncSession, actor: Actor, now: datetime, awaited_id: str) -> bool:
    """Return whether an id is that of something that an activity can wait for and that the actor sees."""
    statement = AWAITED.get(prefix_of(awaited_id) or "")
    return statement is not None and await find_row(session, actor, now, statement, awaited_id) is not None


async def find_waiting(session: AsyncSession, activity_id: str, awaited_id: str | None) -> tuple[str, ...]:
    """Return the names of the activities that wait for each other if one waits for another; empty for no circle.

    The first is what the activity is to wait for, the last one the activity itself.
    """
    names: dict[str, str] = {}
    while awaited_id and awaited_id not in names and activity_id not in names:
        awaited = await session.get(Activity, awaited_id) if prefix_of(awaited_id) == Activity.prefix else None
        if awaited is None:
            return ()
        names[awaited.id], awaited_id = awaited.description, awaited.blocked_by_id
    return tuple(names.values()) if activity_id in names else ()


_COMPLETED = (JournalEntry.subject_id == Round.id, JournalEntry.act == "round.completed")
EVIDENCE: dict[str, Any] = {
    TextVersion.prefix: select(TextVersion.id, TextVersion.issued_at).where(
        TextVersion.id == WANTED, visible_versions(TextVersion), TextVersion.status == VersionStatus.ISSUED
    ),
    Decision.prefix: select(Decision.id, Sitting.ends_on)
    .join(Sitting, Sitting.id == Decision.sitting_id)
    .where(Decision.id == WANTED, visible_decisions(Decision)),
    SilenceProcedure.prefix: select(SilenceProcedure.id, SilenceProcedure.expires_at).where(
        SilenceProcedure.id == WANTED,
        visible_procedures(SilenceProcedure),
        in_phase(lambda path: getattr(SilenceProcedure, path), lambda phase: phase == SilencePhase.ADOPTED),
    ),
    Round.prefix: select(Round.id, select(func.max(JournalEntry.at)).where(*_COMPLETED).scalar_subquery()).where(
        Round.id == WANTED, visible_rounds(Round), Round.status.in_(DONE)
    ),
}
"""The evidence that a step is done, with when it came about, by the prefix of its id.

That is an issued version, a decision, one by silence that exists now, or a completed round.
"""


class StepEvidence(NamedTuple):
    """Something that can show a step done, and the day (in UTC) on which it came about, None if nobody wrote it."""

    id: str
    day: date | None


async def find_evidence(session: AsyncSession, actor: Actor, now: datetime, evidence_id: str) -> StepEvidence | None:
    """Return what can show a step done and has this id, if the actor sees it, else None."""
    statement = EVIDENCE.get(prefix_of(evidence_id) or "")
    if statement is None:
        return None
    row = (await session.execute(statement, {**actor.parameters(now), "wanted": evidence_id})).first()
    return StepEvidence(row[0], _day_of(row[1])) if row else None


def _day_of(moment: datetime | date | None) -> date | None:
    return moment.astimezone(UTC).date() if isinstance(moment, datetime) else moment


async def planned_since(session: AsyncSession, actor: Actor, now: datetime, step: Activity | Milestone) -> date | None:
    """Return the day since which the actor sees a step planned, None where it may be older than its record.

    That is the day on which it was written into its plan, or on which the plan was decided that the paper brought; or
    the first day of its period, now or at first, if that is earlier: work of the past is planned too. The period can
    follow from a sitting or round; that of a round which the actor does not see does not count, as a refusal tells it.
    A step that was carried over is as old as the one that it comes from.
    """
    first = await _origin_of(session, step)
    written = await _written_on(session, first)
    if written is None:
        return None
    days = [written]
    for each in (first, step):
        for day, round_id in _first_days_of(each):
            if day is not None and (round_id is None or await is_awaited(session, actor, now, round_id)):
                days.append(day)
    return min(days)


def _first_days_of(step: Any) -> list[tuple[date | None, str | None]]:
    """Return the first days of the periods of a step, now and at first, each with the id of the round that it is of."""
    if not isinstance(step, Milestone):
        return [(step.earliest, None), (step.baseline_earliest, None)]
    due = due_period(facts_of(DueFacts, step))
    return [(due.earliest, step.round_id), (step.baseline_earliest, step.baseline_round_id)]


async def _origin_of(session: AsyncSession, step: Any) -> Any:
    """Return the step that was carried over, once or often, to become this one; the step itself if none was.

    A milestone comes with its sitting and round.
    """
    kind: Any = type(step)
    walk = select(kind.id, kind.carried_from_id).where(kind.id == step.id).cte("walk", recursive=True)
    earlier = aliased(kind)
    walk = walk.union(select(earlier.id, earlier.carried_from_id).where(earlier.id == walk.c.carried_from_id))
    first = select(walk.c.id).where(walk.c.carried_from_id.is_(None))
    anchors = (kind.sitting, kind.round) if kind is Milestone else ()
    statement = select(kind).where(kind.id.in_(first)).options(*map(joinedload, anchors))
    return await session.scalar(statement) or step


async def _written_on(session: AsyncSession, step: Activity | Milestone) -> date | None:
    """Return the day on which a step was added by an act, that on which its plan was decided if a paper brought it."""
    if not isinstance(step, Activity) or step.printed is None:
        additions = select(func.min(PlanChange.changed_at)).where(
            PlanChange.subject_id == step.id, PlanChange.kind == PlanChangeKind.ADDED
        )
        if (added_at := await session.scalar(additions)) is not None:
            return _day_of(added_at)
    plan_id = select(WorkItem.plan_id).where(WorkItem.id == step.work_item_id).scalar_subquery()
    if isinstance(step, Milestone):
        plan_id = step.plan_id  # type: ignore[assignment]
    return await session.scalar(select(WorkPlan.decided_on).where(WorkPlan.id == plan_id))
