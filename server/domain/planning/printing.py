"""Printing a plan in the layout of the paper, as its reader sees it."""

from datetime import datetime
from itertools import groupby

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import joinedload

from server.documents.plan_papers import PlanTables
from server.domain.planning.queries import visible_milestones
from server.domain.workplan.due import DueFacts, due_period
from server.domain.workplan.queries import activities_of, items_of, visible_work_plans
from server.domain.workplan.steps import labels_of
from server.kernel.actor import Actor
from server.kernel.facts import facts_of
from server.models.bodies import Body, Function, Membership
from server.models.parties import Party
from server.models.planning import Milestone
from server.models.workplan import WorkPlan
from server.vocabulary.bodies import FunctionKind
from server.vocabulary.workplan import ActivityStatus, MilestoneStatus


async def tables_of_plan(session: AsyncSession, actor: Actor, now: datetime, plan_id: str) -> PlanTables | None:
    """Return the tables of a plan and of the groups of its body, None if the actor sees no such plan.

    What was given up is left out, and so are coordinators whose function has ended and parties that left.
    """
    wanted = select(WorkPlan).where(WorkPlan.id == plan_id, visible_work_plans(WorkPlan))
    plan = await session.scalar(wanted, actor.parameters(now))
    if plan is None:
        return None
    activities = [each for each in await activities_of(session, plan.id) if each.status != ActivityStatus.DROPPED]
    labels = await labels_of(session, [each.id for each in activities])
    rows: list[tuple[str, ...]] = []
    for item in sorted(await items_of(session, plan.id), key=lambda item: item.number):
        if item.dropped_at is not None:
            continue
        steps = sorted((each for each in activities if each.work_item_id == item.id), key=lambda each: each.position)
        heading = (f"{item.number}.", item.title)
        for step in steps:
            responsible = ", ".join(labels.get(step.id, []))
            rows.append((*heading, step.description, responsible, step.label, step.remarks))
            heading = ("", "")
        if not steps:
            rows.append((*heading, "", "", "", ""))
    milestones = await _milestones_of(session, actor, now, plan.id)
    return PlanTables(plan.title, tuple(rows), await _chart_of(session, plan.body_id, now), milestones)


async def _milestones_of(
    session: AsyncSession, actor: Actor, now: datetime, plan_id: str
) -> tuple[tuple[str, ...], ...]:
    """Return the rows of the milestones of a plan that the actor sees, with the days on which they are due today."""
    of_plan = (Milestone.plan_id == plan_id, Milestone.status != MilestoneStatus.DROPPED)
    loaded = [joinedload(getattr(Milestone, name)) for name in ("work_item", "sitting", "round", "approver_body")]
    statement = select(Milestone).where(*of_plan, visible_milestones(Milestone)).options(*loaded)
    milestones = await session.scalars(statement.order_by(Milestone.position, Milestone.id), actor.parameters(now))
    return tuple(
        (
            f"{each.work_item.number}." if each.work_item and each.work_item.dropped_at is None else "",
            each.name,
            due_period(facts_of(DueFacts, each)).label,
            each.approver_body.short_name,
        )
        for each in milestones
    )


async def _chart_of(session: AsyncSession, body_id: str, now: datetime) -> tuple[tuple[str, ...], ...]:
    """Return the rows of the chart of the numbered groups below a body, as they are composed today."""
    today = now.date()
    of_body = (Body.parent_id == body_id, Body.number.is_not(None))
    coordinators = (
        select(Body.number, Body.name, Party.name)
        .join(Function, Function.body_id == Body.id)
        .join(Party, Party.id == Function.party_id)
        .where(*of_body, Function.kind == FunctionKind.COORDINATOR, Function.ended_at.is_(None))
        .where((Function.ends_on.is_(None)) | (Function.ends_on >= today))
        .order_by(Body.number, Function.starts_on, Function.id)
    )
    members = (
        select(Body.number, Body.name, Party.name)
        .join(Membership, Membership.body_id == Body.id)
        .join(Party, Party.id == Membership.party_id)
        .where(*of_body, (Membership.left_on.is_(None)) | (Membership.left_on > today))
        .order_by(Body.number, Membership.joined_on, Membership.id)
    )
    titles: dict[int, str] = {}
    leading: dict[int, list[str]] = {}
    joined: dict[int, list[str]] = {}
    for parties, statement in ((leading, coordinators), (joined, members)):
        for number, rows in groupby((await session.execute(statement)).all(), key=lambda row: row[0]):
            for _, title, name in rows:
                titles[number] = title
                parties.setdefault(number, []).append(name)
    return tuple(
        (f"{number}.", titles[number], _cell_of(leading.get(number, []), joined.get(number, [])))
        for number in sorted(titles)
    )


def _cell_of(coordinators: list[str], members: list[str]) -> str:
    """Return the parties of a group as the chart prints them."""
    volunteers = ", ".join(name for name in dict.fromkeys(members) if name not in coordinators)
    if not coordinators:
        return f"Volunteers: {volunteers}"
    leading = f"Coordinator: {' and '.join(dict.fromkeys(coordinators))}"
    return f"{leading}; {volunteers}" if volunteers else leading
