"""Reading work plans, topics, activities and re-datings, each under the visibility predicate of its noun."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Date, String, case, distinct, func, select, type_coerce, union
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncSession
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.orm import aliased, joinedload
from sqlalchemy.sql.functions import FunctionElement

from server.domain.bodies.queries import visible_bodies
from server.domain.workplan.rules import DUE_SOON_DAYS
from server.kernel.actor import Actor, Capacity
from server.kernel.predicates import parents, present, signed_in
from server.models.bodies import Body, Function, Membership
from server.models.parties import Party
from server.models.workplan import Activity, Redating, Responsible, WorkItem, WorkPlan
from server.storage.rows import WANTED, get_row
from server.vocabulary.bodies import FunctionKind
from server.vocabulary.workplan import OPEN_ACTIVITY, ActivityTiming


def visible_work_plans(plan: Any) -> ColumnElement[bool]:
    """Return the condition that the caller sees a work plan: every delegate does."""
    return signed_in


def visible_work_items(item: Any) -> ColumnElement[bool]:
    """Return the condition that the caller sees a topic: every delegate does."""
    return signed_in


def visible_activities(activity: Any) -> ColumnElement[bool]:
    """Return the condition that the caller sees an activity: every delegate does.

    Evidence that is hidden stays hidden: an activity holds only its id.
    """
    return signed_in


def visible_responsibles(responsible: Any) -> ColumnElement[bool]:
    """Return the condition that the caller sees who is responsible: every delegate does."""
    return signed_in


def visible_redatings(redating: Any) -> ColumnElement[bool]:
    """Return the condition that the caller sees a re-dating and its reason: every delegate does."""
    return signed_in


class _UtcDay(FunctionElement[Any]):
    """The calendar day of an instant in UTC."""

    days = 0  # written into the SQL, so a class of its own for each number: statements are cached by class
    type = Date()
    inherit_cache = True


class _LastDayDueSoon(_UtcDay):
    """The last calendar day that is due soon at an instant, in UTC."""

    days = DUE_SOON_DAYS
    inherit_cache = True


@compiles(_UtcDay)
def _on_postgresql(element: Any, compiler: Any, **options: Any) -> str:
    """Write the day in the words of PostgreSQL. Sessions keep UTC, see `server.storage.database`."""
    return f"(date({compiler.process(element.clauses, **options)}) + {element.days})"


@compiles(_UtcDay, "sqlite")
def _on_sqlite(element: Any, compiler: Any, **options: Any) -> str:
    """Write the day in the words of SQLite, without the time of day.

    SQLite would round the last half millisecond of a day into the next one.
    """
    return f"date(substr({compiler.process(element.clauses, **options)}, 1, 10), '+{element.days} days')"


def _timing_case(status: Any, latest: Any) -> ColumnElement[str]:
    """Return the expression for the timing of an activity: `rules.timing_of` in SQL."""
    return case(
        (status.not_in(OPEN_ACTIVITY), ActivityTiming.SETTLED.value),
        (latest.is_(None), ActivityTiming.UNDATED.value),
        (latest < _UtcDay(present), ActivityTiming.OVERDUE.value),
        (latest <= _LastDayDueSoon(present), ActivityTiming.DUE_SOON.value),
        else_=ActivityTiming.ON_TIME.value,
    )


def in_timing(column_at: Callable[[str], Any], matches: Callable[[Any], Any]) -> ColumnElement[bool]:
    """Return the filter for activities with a timing that matches: `rules.timing_of` in SQL.

    A test holds the two together.
    """
    timing = _timing_case(column_at("status"), column_at("latest"))
    return matches(type_coerce(timing, String()))  # type: ignore[no-any-return]


def is_responsible(column_at: Callable[[str], Any], matches: Callable[[Any], Any]) -> ColumnElement[bool]:
    """Return the filter for activities for which a party that matches is named as responsible."""
    responsible = aliased(Responsible)
    conditions = (responsible.activity_id == column_at("id"), matches(responsible.party_id))
    return select(responsible.id).where(*conditions, visible_responsibles(responsible)).exists()


def is_redated(column_at: Callable[[str], Any], matches: Callable[[Any], Any]) -> ColumnElement[bool]:
    """Return the filter for activities of which the period was changed, or for the others."""
    redating = aliased(Redating)
    changed = select(redating.id).where(redating.activity_id == column_at("id"), visible_redatings(redating)).exists()
    return matches(changed)  # type: ignore[no-any-return]


def activities_per_plan() -> Any:
    """Return the query for (plan, number of activities) of the plans in `parents`."""
    return _count_per_plan()


def overdue_per_plan() -> Any:
    """Return the query for (plan, number of overdue activities) of the plans in `parents`."""
    return _count_per_plan(_timing_case(Activity.status, Activity.latest) == ActivityTiming.OVERDUE.value)


def _count_per_plan(*conditions: ColumnElement[bool]) -> Any:
    """Return the query for (plan, number of activities that meet the conditions) of the plans in `parents`."""
    return (
        select(WorkItem.plan_id, func.count())
        .join(Activity, Activity.work_item_id == WorkItem.id)
        .where(WorkItem.plan_id.in_(parents), visible_activities(Activity), *conditions)
        .group_by(WorkItem.plan_id)
    )


_ACTIVITY = (
    select(Activity)
    .where(Activity.id == WANTED, visible_activities(Activity))
    .options(joinedload(Activity.work_item).joinedload(WorkItem.plan))
    .with_for_update(of=Activity)
)


async def get_activity(session: AsyncSession, actor: Actor, now: datetime, activity_id: str) -> Activity:
    """Return the activity with its topic and plan, locked for change, or refuse that there is none for this actor."""
    return await get_row(session, actor, now, _ACTIVITY, activity_id, "activity")


_WORK_ITEM = (
    select(WorkItem)
    .where(WorkItem.id == WANTED, visible_work_items(WorkItem))
    .options(joinedload(WorkItem.plan))
    .with_for_update(of=WorkItem)
)


async def get_work_item(session: AsyncSession, actor: Actor, now: datetime, work_item_id: str) -> WorkItem:
    """Return the topic with its plan, locked for change, or refuse that there is none for this actor."""
    return await get_row(session, actor, now, _WORK_ITEM, work_item_id, "work item")


_PLAN = select(WorkPlan).where(WorkPlan.id == WANTED, visible_work_plans(WorkPlan)).with_for_update(of=WorkPlan)


async def get_work_plan(session: AsyncSession, actor: Actor, now: datetime, work_plan_id: str) -> WorkPlan:
    """Return the plan, locked for change, or refuse that there is none for this actor."""
    return await get_row(session, actor, now, _PLAN, work_plan_id, "work plan")


async def find_plan(session: AsyncSession, body_short_name: str, *, lock: bool = True) -> WorkPlan | None:
    """Return the present plan of the body with this short name, None without one; with `lock` for change."""
    of_body = select(WorkPlan).join(WorkPlan.body)
    of_body = of_body.where(Body.short_name == body_short_name, WorkPlan.closed_at.is_(None))
    return await session.scalar(of_body.with_for_update(of=WorkPlan) if lock else of_body)


async def bodies_by_short_name(session: AsyncSession, actor: Actor, now: datetime) -> dict[str, Body]:
    """Return every body by its short name."""
    statement = select(Body).where(visible_bodies(Body))
    return {body.short_name: body for body in await session.scalars(statement, actor.parameters(now))}


async def items_of(session: AsyncSession, plan_id: str) -> Sequence[WorkItem]:
    """Return the topics of a plan."""
    return (await session.scalars(select(WorkItem).where(WorkItem.plan_id == plan_id))).all()


async def activities_of(session: AsyncSession, plan_id: str) -> Sequence[Activity]:
    """Return the activities of a plan."""
    statement = select(Activity).join(Activity.work_item).where(WorkItem.plan_id == plan_id)
    return (await session.scalars(statement)).all()


async def responsibles_of(session: AsyncSession, plan_id: str) -> Sequence[Responsible]:
    """Return those responsible for the activities of a plan, in the order of the paper."""
    activities = select(Activity.id).join(Activity.work_item).where(WorkItem.plan_id == plan_id)
    statement = select(Responsible).where(Responsible.activity_id.in_(activities))
    return (await session.scalars(statement.order_by(Responsible.activity_id, Responsible.position))).all()


def _group_ids(body_id: Any) -> Any:
    """Return the query for the ids of the numbered groups below a body."""
    return select(Body.id).where(Body.parent_id == body_id, Body.number.is_not(None))


async def members_of_groups(session: AsyncSession, body_id: str) -> set[tuple[str, str]]:
    """Return (group, party) of every membership, present or past, in the numbered groups below a body."""
    statement = select(Membership.body_id, Membership.party_id).where(Membership.body_id.in_(_group_ids(body_id)))
    return {(group, party) for group, party in (await session.execute(statement)).all()}


async def coordinators_of_groups(session: AsyncSession, body_id: str) -> set[tuple[str, str]]:
    """Return (group, party) of every coordinator, present or past, of the numbered groups below a body."""
    is_coordinator = (Function.kind == FunctionKind.COORDINATOR, Function.body_id.in_(_group_ids(body_id)))
    statement = select(Function.body_id, Function.party_id).where(*is_coordinator)
    return {(group, party) for group, party in (await session.execute(statement)).all()}


class PlanCounts(NamedTuple):
    """The counts of a work plan.

    `volunteers` counts the memberships of parties that do not coordinate the group. `parties` counts, by capacity, the
    parties that take part in a group or are named as responsible.
    """

    topics: int
    activities: int
    groups: int
    coordinators: int
    volunteers: int
    parties: dict[Capacity, int]


async def counts_of_plan(connection: AsyncConnection | AsyncSession, plan_id: str) -> PlanCounts:
    """Return the counts of a plan and of the groups of its body, in two statements."""
    body_id = select(WorkPlan.body_id).where(WorkPlan.id == plan_id).scalar_subquery()
    groups = _group_ids(body_id)
    is_coordinator = (Function.kind == FunctionKind.COORDINATOR, Function.body_id.in_(groups))
    same_seat = (Function.body_id == Membership.body_id, Function.party_id == Membership.party_id)
    volunteers = select(func.count()).where(
        Membership.body_id.in_(groups), ~select(Function.id).where(*same_seat, *is_coordinator).exists()
    )
    activities = select(Activity.id).join(WorkItem, WorkItem.id == Activity.work_item_id)
    activities = activities.where(WorkItem.plan_id == plan_id)
    counts = select(
        select(func.count()).where(WorkItem.plan_id == plan_id).scalar_subquery(),
        select(func.count()).select_from(activities.subquery()).scalar_subquery(),
        select(func.count()).select_from(groups.subquery()).scalar_subquery(),
        select(func.count()).where(*is_coordinator).scalar_subquery(),
        volunteers.scalar_subquery(),
    )
    party_ids: Any = union(
        select(Membership.party_id).where(Membership.body_id.in_(groups)),
        select(Responsible.party_id).where(Responsible.activity_id.in_(activities)),
    )
    per_capacity = select(Party.capacity, func.count(distinct(Party.id))).where(Party.id.in_(party_ids))
    numbers = (await connection.execute(counts)).one()
    rows = (await connection.execute(per_capacity.group_by(Party.capacity))).all()
    parties = dict.fromkeys(Capacity, 0) | {Capacity(capacity): count for capacity, count in rows}
    return PlanCounts(*numbers, parties)
