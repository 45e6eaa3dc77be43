"""Reading the steps of open work plans and what waits for what: a constant number of statements."""

import asyncio
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import String, bindparam, case, func, literal_column, select, union_all
from sqlalchemy.ext.asyncio import AsyncConnection

from server.domain.bodies.queries import visible_bodies, visible_sittings
from server.domain.forecast.rules.backwards import Meeting
from server.domain.forecast.rules.network import Link, PlanStep
from server.domain.forecast.rules.planned import papers_day_of_step
from server.domain.planning.queries import DUE_COLUMNS, visible_dependencies, visible_milestones
from server.domain.sittings.rules.meeting import DocumentFacts
from server.domain.workplan.due import CALLED_OFF, DueFacts, due_period
from server.domain.workplan.queries import visible_activities, visible_work_plans
from server.domain.workplan.steps import sees_round
from server.kernel.actor import Actor
from server.kernel.predicates import today
from server.models.bodies import Body, Sitting
from server.models.planning import Dependency, Milestone
from server.models.rounds import Round
from server.models.workplan import Activity, WorkItem, WorkPlan
from server.storage.rows import WANTED
from server.storage.snapshots import snapshot_of
from server.storage.texts import KeptStatement
from server.vocabulary.bodies import BodyKind
from server.vocabulary.workplan import OPEN_ACTIVITY, MilestoneStatus

IDS = bindparam("ids", type_=String, expanding=True)
"""The ids of the steps that a statement names."""


class Plans(NamedTuple):
    """The steps of one open plan or of all that the caller sees, and what waits for what."""

    steps: list[PlanStep]
    links: list[Link]


def _open_plans(is_one: bool) -> tuple[Any, ...]:
    """Return the conditions of open plans that the caller sees, of one with `is_one`."""
    conditions = (visible_work_plans(WorkPlan), WorkPlan.closed_at.is_(None))
    return (*conditions, WorkPlan.id == WANTED) if is_one else conditions


def _activities(is_one: bool) -> Any:
    """Return the query for the activities of open plans, with the columns of `PlanStep` that they have."""
    return (
        select(
            Activity.id,
            Activity.earliest,
            Activity.latest,
            Activity.status.not_in(OPEN_ACTIVITY),
            WorkPlan.id,
            func.coalesce(WorkItem.body_id, WorkPlan.body_id),
            Activity.baseline_latest,
            Activity.blocked_at.is_not(None),
            Activity.baseline_earliest,
        )
        .join(WorkItem, WorkItem.id == Activity.work_item_id)
        .join(WorkPlan, WorkPlan.id == WorkItem.plan_id)
        .where(*_open_plans(is_one), visible_activities(Activity), WorkItem.dropped_at.is_(None))
        .order_by(WorkPlan.id, WorkItem.number, Activity.position, Activity.id)
    )


_BASELINE = (Milestone.baseline_latest, Milestone.baseline_earliest)


def _milestones(is_one: bool) -> Any:
    """Return the query for the milestones of open plans: what `PlanStep` takes, their anchors, and their `DueFacts`.

    `document_days` of the body that sits come last.
    """
    return (
        select(
            Milestone.id,
            Milestone.status != MilestoneStatus.PLANNED,
            WorkPlan.id,
            func.coalesce(WorkItem.body_id, WorkPlan.body_id),
            *(case((sees_round(Milestone.baseline_round_id), day)) for day in _BASELINE),
            Milestone.sitting_id,
            Milestone.round_id,
            *DUE_COLUMNS,
            Body.document_days,
        )
        .join(WorkPlan, WorkPlan.id == Milestone.plan_id)
        .outerjoin(WorkItem, WorkItem.id == Milestone.work_item_id)
        .outerjoin(Sitting, Sitting.id == Milestone.sitting_id)
        .outerjoin(Body, Body.id == Sitting.body_id)
        .outerjoin(Round, Round.id == Milestone.round_id)
        .where(*_open_plans(is_one), visible_milestones(Milestone))
        .order_by(WorkPlan.id, Milestone.position, Milestone.id)
    )


def _dependencies(is_one: bool) -> Any:
    """Return the query for what waits for what in open plans."""
    return (
        select(Dependency.predecessor_id, Dependency.successor_id, Dependency.lag_days)
        .join(WorkPlan, WorkPlan.id == Dependency.plan_id)
        .where(*_open_plans(is_one), visible_dependencies(Dependency), Dependency.ended_at.is_(None))
        .order_by(Dependency.id)
    )


_OF_ALL, _OF_ONE = (
    [KeptStatement(statement(is_one)) for statement in (_activities, _milestones, _dependencies)]
    for is_one in (False, True)
)
"""The statements of `load_plans`. Kept as texts: thousands of rows take half the time without SQLAlchemy."""


async def load_plans(
    connection: AsyncConnection, actor: Actor, now: datetime, papers_days: int, plan_id: str = ""
) -> Plans:
    """Return the steps of one open plan, or of all, in three statements. A plan that is hidden or closed has none.

    Documents are due `papers_days` before a sitting of a body that has set no days.
    """
    parameters = {**actor.parameters(now), "wanted": plan_id}
    snapshot = await snapshot_of(connection)
    activities, milestones, dependencies = [
        await snapshot.fetch(statement, parameters) for statement in (_OF_ONE if plan_id else _OF_ALL)
    ]
    return await asyncio.to_thread(_make_plans, activities, milestones, dependencies, papers_days)


def _make_plans(
    activities: Sequence[Any], milestones: Sequence[Any], dependencies: Sequence[Any], papers_days: int
) -> Plans:
    """Return the steps and links of rows."""
    steps = [
        PlanStep(id_, begins, ends, bool(settled), "", None, plan_id, group_id, baseline, bool(blocked), False, first)
        for id_, begins, ends, settled, plan_id, group_id, baseline, blocked, first in activities
    ]
    return Plans([*steps, *(_milestone(row, papers_days) for row in milestones)], [Link(*row) for row in dependencies])


def _milestone(row: Sequence[Any], papers_days: int) -> PlanStep:
    """Return a milestone with the days that follow from what it moves with."""
    id_, is_settled, plan_id, group_id, baseline, baseline_begins, sitting_id, round_id, *due, document_days = row
    facts = DueFacts(*due)
    period = due_period(facts)
    if period.label == CALLED_OFF:  # it stands nowhere, and waits for a new date
        sitting_id = round_id = None
    papers_on = None
    if facts.starts_on and sitting_id:
        papers_on = papers_day_of_step(DocumentFacts(facts.starts_on, document_days), facts.offset_days, papers_days)
    step = PlanStep(id_, period.earliest, period.latest, bool(is_settled), sitting_id or round_id or "", papers_on)
    first = {"baseline_on": baseline, "baseline_begins_on": baseline_begins}
    return step._replace(plan_id=plan_id, group_id=group_id, is_at_sitting=bool(sitting_id), **first)


_TITLES = union_all(
    select(Activity.id, Activity.description).where(Activity.id.in_(IDS)),
    select(Milestone.id, Milestone.name).where(Milestone.id.in_(IDS)),
)


async def titles_of(connection: AsyncConnection, actor: Actor, now: datetime, ids: Iterable[str]) -> Mapping[str, str]:
    """Return the descriptions of steps that were read with `load_plans`, by their ids."""
    rows = await connection.execute(_TITLES, {**actor.parameters(now), "ids": list(dict.fromkeys(ids))})
    return {id_: title for id_, title in rows}  # noqa: C416


_SITTING = (
    select(Sitting.id, Sitting.starts_on, Sitting.ends_on, Body.document_days)
    .join(Body, Body.id == Sitting.body_id)
    .where(visible_sittings(Sitting), visible_bodies(Body))
)
_NEXT_COUNCIL = (
    _SITTING.where(Body.kind == BodyKind.COUNCIL, Sitting.starts_on >= today, Sitting.cancelled_at.is_(None))
    .order_by(case((Sitting.id.in_(IDS), 0), else_=1), Sitting.starts_on, Sitting.id)
    .limit(literal_column("1"))
)
_ONE_SITTING = _SITTING.where(Sitting.id == WANTED)


async def find_target(
    connection: AsyncConnection, actor: Actor, now: datetime, sitting_id: str, steps: Iterable[PlanStep] = ()
) -> Meeting | None:
    """Return the sitting with an id, or None if there is none for this actor.

    Without an id it is the next sitting of the Council that stands, at which one of the steps stands if any does.
    """
    named = [] if sitting_id else sorted({step.sitting_id for step in steps if step.sitting_id})
    parameters = {**actor.parameters(now), "wanted": sitting_id, "ids": named}
    row = (await connection.execute(_ONE_SITTING if sitting_id else _NEXT_COUNCIL, parameters)).first()
    return Meeting(*row) if row else None


_COUNCIL = _ONE_SITTING.where(Body.kind == BodyKind.COUNCIL, Sitting.cancelled_at.is_(None))


async def is_council(connection: AsyncConnection, actor: Actor, now: datetime, sitting_id: str) -> bool:
    """Return whether an id is that of a sitting of the Council that stands."""
    return (await connection.execute(_COUNCIL, {**actor.parameters(now), "wanted": sitting_id})).first() is not None


_MEETINGS = (
    select(Sitting.id, Sitting.starts_on, Sitting.ends_on, Body.document_days)
    .join(Body, Body.id == Sitting.body_id)
    .where(
        visible_sittings(Sitting),
        Sitting.starts_on >= today,
        Sitting.cancelled_at.is_(None),
        (Body.id == WANTED) | ((WANTED == "") & (Body.kind == BodyKind.TECHNICAL_COMMITTEE)),
    )
    .order_by(Sitting.starts_on, Sitting.id)
)


async def meetings_of(connection: AsyncConnection, actor: Actor, now: datetime, body_id: str) -> list[Meeting]:
    """Return the sittings to come of a body, of every technical committee if the id is empty; none called off."""
    rows = await connection.execute(_MEETINGS, {**actor.parameters(now), "wanted": body_id})
    return [Meeting(*row) for row in rows]
