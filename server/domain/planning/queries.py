"""Reading milestones, their proposed changes, dependencies, baselines and changes, each as the caller sees it."""

from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, and_, case, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased, joinedload

from server.domain.bodies.queries import visible_sittings
from server.domain.rounds.queries import visible_rounds
from server.domain.workplan.due import DueFacts
from server.domain.workplan.queries import visible_activities
from server.domain.workplan.steps import sees_round, sees_round_of
from server.kernel.actor import Actor
from server.kernel.predicates import signed_in
from server.models.bodies import Body, Sitting
from server.models.planning import Baseline, Dependency, Milestone, MilestoneChange, PlanChange
from server.models.rounds import Round
from server.models.workplan import Activity, WorkItem
from server.storage.days import LastDay, ShiftedDay
from server.storage.rows import WANTED, find_row, get_row
from server.vocabulary.rounds import RoundStatus
from server.vocabulary.workplan import MilestoneChangeStatus, MilestoneStatus, PlanChangeKind, PlanField

LINKING = (PlanChangeKind.LINKED, PlanChangeKind.UNLINKED)
"""The kinds of changes that name a second step."""


def visible_milestones(milestone: Any) -> ColumnElement[bool]:
    """Return the condition that the caller sees a milestone: every delegate does, unless its round is hidden."""
    return and_(signed_in, sees_round_of(milestone))


def _sees_milestone_of(milestone_id: Any) -> ColumnElement[bool]:
    milestone = aliased(Milestone)
    return select(milestone.id).where(milestone.id == milestone_id, visible_milestones(milestone)).exists()


def visible_milestone_changes(change: Any) -> ColumnElement[bool]:
    """Return the condition that the caller sees a proposed change: the milestone, and the round that it names."""
    return and_(signed_in, sees_round_of(change), _sees_milestone_of(change.milestone_id))


def visible_dependencies(dependency: Any) -> ColumnElement[bool]:
    """Return the condition that the caller sees a dependency: every delegate does, by the two ids."""
    return signed_in


def visible_baselines(baseline: Any) -> ColumnElement[bool]:
    """Return the condition that the caller sees a baseline: every delegate does."""
    return signed_in


def _sees_subject(subject_id: Any) -> ColumnElement[bool]:
    """Return the condition that an id is that of no milestone, or of one that the caller sees."""
    return or_(func.substr(subject_id, 1, 4) != f"{Milestone.prefix}_", _sees_milestone_of(subject_id))


def visible_baseline_rows(row: Any) -> ColumnElement[bool]:
    """Return the condition that the caller sees a row of a baseline: its activity or milestone, and its round."""
    return and_(signed_in, _sees_subject(row.item_id), sees_round_of(row))


def visible_plan_changes(change: Any) -> ColumnElement[bool]:
    """Return the condition that the caller sees a change of a plan: what it is of, each step and round it tells of."""
    return and_(
        signed_in,
        _sees_subject(change.subject_id),
        *(sees_round(each) for each in (change.cause_round_id, change.round_before_id, change.round_after_id)),
        or_(change.kind.not_in(LINKING), _names_no_hidden(change)),
    )


def _names_no_hidden(change: Any) -> ColumnElement[bool]:
    """Return the condition that a change of links names no milestone that is hidden, as it is or ever was called."""
    link, milestone, renaming = aliased(Dependency), aliased(Milestone), aliased(PlanChange)
    names = (change.before, change.after)
    called = (milestone.name, renaming.before, renaming.after)
    hidden = (
        select(link.id)
        .join(milestone, milestone.id == link.predecessor_id)
        .outerjoin(renaming, and_(renaming.subject_id == milestone.id, renaming.field == PlanField.TITLE))
        .where(link.successor_id == change.subject_id, ~visible_milestones(milestone))
        .where(or_(*(name.in_(names) for name in called)))
    )
    return ~hidden.exists()


_MILESTONE = (
    select(Milestone)
    .where(Milestone.id == WANTED, visible_milestones(Milestone))
    .options(
        *(joinedload(getattr(Milestone, name)) for name in ("plan", "work_item", "sitting", "round")),
    )
    .with_for_update(of=Milestone)
)


async def get_milestone(session: AsyncSession, actor: Actor, now: datetime, milestone_id: str) -> Milestone:
    """Return the milestone with its plan, topic, sitting and round, locked for change, or refuse that there is none."""
    return await get_row(session, actor, now, _MILESTONE, milestone_id, "milestone")


_CHANGE = (
    select(MilestoneChange)
    .where(MilestoneChange.id == WANTED, visible_milestone_changes(MilestoneChange))
    .options(
        joinedload(MilestoneChange.milestone).options(
            *(joinedload(getattr(Milestone, name)) for name in ("plan", "work_item", "sitting", "round"))
        ),
        joinedload(MilestoneChange.sitting),
        joinedload(MilestoneChange.round),
    )
    .with_for_update(of=MilestoneChange)
)


async def get_milestone_change(session: AsyncSession, actor: Actor, now: datetime, change_id: str) -> MilestoneChange:
    """Return the proposed change with its milestone, locked for change, or refuse that there is none."""
    return await get_row(session, actor, now, _CHANGE, change_id, "proposed change")


async def has_proposed_change(session: AsyncSession, *conditions: Any) -> bool:
    """Return whether a change of a milestone that meets conditions waits for an answer."""
    statement = select(MilestoneChange.id).join(MilestoneChange.milestone)
    proposed = statement.where(MilestoneChange.status == MilestoneChangeStatus.PROPOSED, *conditions)
    return await session.scalar(proposed.limit(1)) is not None


async def is_redated_since(session: AsyncSession, milestone_id: str, since: datetime) -> bool:
    """Return whether a milestone was given another day after an instant."""
    redated = select(PlanChange.id).where(
        PlanChange.subject_id == milestone_id, PlanChange.kind == PlanChangeKind.REDATED, PlanChange.changed_at > since
    )
    return await session.scalar(redated.limit(1)) is not None


_DEPENDENCY = (
    select(Dependency)
    .where(Dependency.id == WANTED, visible_dependencies(Dependency))
    .options(joinedload(Dependency.plan))
    .with_for_update(of=Dependency)
)


async def get_dependency(session: AsyncSession, actor: Actor, now: datetime, dependency_id: str) -> Dependency:
    """Return the dependency with its plan, locked for change, or refuse that there is none."""
    return await get_row(session, actor, now, _DEPENDENCY, dependency_id, "dependency")


_SITTING = select(Sitting).where(Sitting.id == WANTED, visible_sittings(Sitting))
_ROUND = select(Round).where(Round.id == WANTED, visible_rounds(Round))


async def find_sitting(session: AsyncSession, actor: Actor, now: datetime, sitting_id: str) -> Sitting | None:
    """Return the sitting if the actor sees it, else None."""
    return await find_row(session, actor, now, _SITTING, sitting_id)


async def find_round(session: AsyncSession, actor: Actor, now: datetime, round_id: str) -> Round | None:
    """Return the round if the actor sees it, else None."""
    return await find_row(session, actor, now, _ROUND, round_id)


async def find_step(session: AsyncSession, actor: Actor, now: datetime, plan_id: str, step_id: str) -> Any | None:
    """Return the activity or milestone of a plan with this id if the actor sees it, else None."""
    activity = select(Activity).join(Activity.work_item).where(Activity.id == WANTED, visible_activities(Activity))
    milestone = select(Milestone).where(Milestone.id == WANTED, visible_milestones(Milestone))
    if step_id.startswith(f"{Activity.prefix}_"):
        return await find_row(session, actor, now, activity.where(WorkItem.plan_id == plan_id), step_id)
    return await find_row(session, actor, now, milestone.where(Milestone.plan_id == plan_id), step_id)


async def dependencies_of(session: AsyncSession, plan_id: str) -> list[Dependency]:
    """Return the dependencies of a plan that hold, locked for change."""
    holds = select(Dependency).where(Dependency.plan_id == plan_id, Dependency.ended_at.is_(None))
    return list(await session.scalars(holds.order_by(Dependency.id).with_for_update(of=Dependency)))


async def baseline_names(session: AsyncSession, plan_id: str) -> list[str]:
    """Return the names of the baselines of a plan."""
    return list(await session.scalars(select(Baseline.name).where(Baseline.plan_id == plan_id)))


DUE_COLUMNS = (
    Milestone.earliest,
    Milestone.latest,
    Milestone.label,
    Milestone.offset_days,
    Sitting.starts_on,
    Sitting.ends_on,
    Round.closes_at,
    Round.zone,
    Sitting.cancelled_at,
    Round.status,
)
"""When a milestone is due: the columns of `DueFacts`, with its sitting and its round joined."""


def last_day_of(milestone: Any) -> ColumnElement[date | None]:
    """Return the last day on which a milestone is due: `due_period` in SQL. Null without a day.

    A test holds the two together.
    """
    sitting, round_ = aliased(Sitting), aliased(Round)
    day = case((milestone.offset_days < 0, sitting.starts_on), else_=sitting.ends_on)
    at_sitting = select(ShiftedDay(day, milestone.offset_days)).where(
        sitting.id == milestone.sitting_id, sitting.cancelled_at.is_(None)
    )
    closes_on = LastDay(round_.closes_at, round_.zone)
    at_round = select(ShiftedDay(closes_on, milestone.offset_days)).where(
        round_.id == milestone.round_id, round_.status != RoundStatus.CANCELLED
    )
    days = (each.correlate(milestone).scalar_subquery() for each in (at_sitting, at_round))
    return func.coalesce(*days, milestone.latest)


_ANCHORED = (
    select(
        Milestone.id,
        Body.short_name,
        Round.title,
        *DUE_COLUMNS,
    )
    .outerjoin(Sitting, Sitting.id == Milestone.sitting_id)
    .outerjoin(Body, Body.id == Sitting.body_id)
    .outerjoin(Round, Round.id == Milestone.round_id)
    .where(
        or_(Milestone.sitting_id == WANTED, Milestone.round_id == WANTED),
        Milestone.status == MilestoneStatus.PLANNED,
    )
    .order_by(Milestone.plan_id, Milestone.position, Milestone.id)
)


class Anchored(NamedTuple):
    """A milestone at a sitting or round, with when it is due; `title` is that of the round or the name of the body."""

    id: str
    title: str
    due: DueFacts


async def milestones_at(session: AsyncSession, anchor_id: str) -> list[Anchored]:
    """Return the milestones to come at a sitting or round.

    Columns and no rows are read: the row of the sitting or round is locked, and read, by the act on it.
    """
    rows = await session.execute(_ANCHORED, {"wanted": anchor_id})
    return [Anchored(id_, title or body, DueFacts(*due)) for id_, body, title, *due in rows]


async def last_position(session: AsyncSession, plan_id: str) -> int:
    """Return the highest position of the milestones of a plan, 0 without any."""
    return await session.scalar(select(func.max(Milestone.position)).where(Milestone.plan_id == plan_id)) or 0


async def milestones_of(session: AsyncSession, plan_id: str) -> list[Milestone]:
    """Return the milestones of a plan in their order, with their sittings and rounds."""
    statement = select(Milestone).where(Milestone.plan_id == plan_id).order_by(Milestone.position, Milestone.id)
    return list(await session.scalars(statement.options(joinedload(Milestone.sitting), joinedload(Milestone.round))))
