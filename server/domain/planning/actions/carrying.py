"""Carrying what is open in a plan over into the next plan of its body, with trace."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from server.domain.bodies.mandates import ensure_within_mandate
from server.domain.bodies.queries import get_body
from server.domain.bodies.rules import BodyFacts, check_not_after_conclusion
from server.domain.planning import policy, queries
from server.domain.workplan import queries as plans
from server.domain.workplan import rules as plan_rules
from server.domain.workplan import steps
from server.domain.workplan.actions.changes import ChangeMade, write_change
from server.domain.workplan.rules import PlanFacts
from server.journal.actions import record
from server.kernel.actor import Actor
from server.kernel.facts import facts_of
from server.kernel.issues import Issue
from server.kernel.refusals import Refusal, RefusalCode, RefusalKind, ensure_current, ensure_well_formed
from server.models.planning import Dependency, Milestone
from server.models.workplan import Activity, Responsible, WorkItem, WorkPlan
from server.vocabulary.workplan import ACTIVITY_LIFECYCLE, MILESTONE_LIFECYCLE, PlanChangeKind, PlanField

ACT = "carry_over_work_plan"
_PERIODS = ("earliest", "latest", "label", "baseline_earliest", "baseline_latest", "baseline_label")
_OF_ACTIVITY = (*_PERIODS, "description", "remarks", "status", "blocked_by", "blocked_by_id", "blocked_at")
_OF_MILESTONE = (*_PERIODS, "baseline_round_id", "name", "sitting_id", "round_id", "offset_days", "approver_body_id")
_OF_RESPONSIBLE = ("position", "label", "party_id", "body_id", "function")


async def carry_over_work_plan(
    session: AsyncSession,
    actor: Actor,
    now: datetime,
    *,
    work_plan_id: str,
    title: str,
    decided_on: date,
    reason: str,
    expected_revision: int,
) -> str:
    """Open the next plan of a body, take over what is open in the present one, and return the new plan's id.

    Topics keep their numbers and groups, activities and milestones their periods and first baselines. Each says from
    which it comes. The present plan is closed; what was open there is carried over. Refused while proposed changes of
    milestones wait for an answer, and if the next plan was decided after the last mandate of a group.
    """
    plan = await plans.get_work_plan(session, actor, now, work_plan_id)
    policy.carry_over_work_plan.ensure(actor, facts_of(PlanFacts, plan), now)
    body = facts_of(BodyFacts, await get_body(session, actor, now, plan.body_id))
    ensure_within_mandate(body, decided_on, now)
    ensure_current("work plan", plan.id, expected=expected_revision, current=plan.revision)
    if await queries.has_proposed_change(session, Milestone.plan_id == plan.id):
        message = "Proposed changes of milestones wait for an answer: approve or decline them first."
        raise Refusal(RefusalKind.NOT_NOW, RefusalCode.WRONG_STATE, message)
    ensure_well_formed(_check_following(body, title, decided_on, reason, now))
    plan.closed_at = now
    plan.revision += 1
    await session.flush()
    following = WorkPlan(body_id=plan.body_id, title=title.strip(), decided_on=decided_on, follows_id=plan.id)
    session.add(following)
    new_ids = await _carry_items(session, now, plan, following)
    await _carry_links(session, now, plan, following, new_ids)
    change = ChangeMade(PlanChangeKind.CARRIED_OVER, PlanField.WHOLE, plan.title, following.title)
    for each in (plan, following):
        write_change(session, actor, now, each.id, each, change, reason)
    details = {"before": plan.id, "title": following.title, "items": len(new_ids)}
    await record(session, actor, policy.carry_over_work_plan, following.id, now, **details, reason=reason.strip())
    return following.id


def _check_following(body: BodyFacts, title: str, decided_on: date, reason: str, now: datetime) -> list[Issue]:
    """Return every fault of what is said of the next plan of a body."""
    issues = [*plan_rules.check_name("title", title), *plan_rules.check_reason(reason)]
    issues += check_not_after_conclusion(body, decided_on, "decidedOn")
    return [*issues, *plan_rules.check_decided_on(decided_on, now)]


async def _carry_items(session: AsyncSession, now: datetime, plan: WorkPlan, following: WorkPlan) -> dict[str, str]:
    """Carry over the topics with open work and all milestones to come. Return the new ids of steps by the old ones."""
    items = await steps.open_items_of(session, plan.id)
    activities = await steps.open_activities_of(session, [item.id for item in items])
    milestones = await steps.open_milestones_of(session, plan.id)
    responsible = await plans.responsibles_of(session, plan.id)
    busy = {each.work_item_id for each in activities} | {each.work_item_id for each in milestones}
    topics: dict[str, WorkItem] = {}
    for item in items:
        if item.id in busy:
            values = {name: getattr(item, name) for name in ("number", "title", "body_id")}
            topics[item.id] = WorkItem(plan_id=following.id, carried_from_id=item.id, **values)
    session.add_all(topics.values())
    await session.flush()
    new_ids = _carry_activities(session, now, activities, topics, responsible)
    for position, milestone in enumerate(milestones, start=1):
        topic = topics.get(milestone.work_item_id or "")
        copy = Milestone(
            plan_id=following.id,
            work_item_id=topic.id if topic else None,
            position=position,
            carried_from_id=milestone.id,
            **_values(milestone, _OF_MILESTONE),
        )
        session.add(copy)
        new_ids[milestone.id] = copy.id
        milestone.status = MILESTONE_LIFECYCLE.target(ACT, milestone.status)
        milestone.settled_at = now
        milestone.revision += 1
    return new_ids


def _carry_activities(
    session: AsyncSession,
    now: datetime,
    activities: Sequence[Activity],
    topics: dict[str, WorkItem],
    responsible: Sequence[Responsible],
) -> dict[str, str]:
    """Carry over activities with those responsible, each to the end of its topic; return the new ids by the old."""
    new_ids: dict[str, str] = {}
    places: dict[str, int] = {}
    for activity in activities:
        topic = topics[activity.work_item_id]
        places[topic.id] = places.get(topic.id, 0) + 1
        copy = Activity(
            work_item_id=topic.id,
            position=places[topic.id],
            carried_from_id=activity.id,
            **_values(activity, _OF_ACTIVITY),
        )
        session.add(copy)
        new_ids[activity.id] = copy.id
        activity.status = ACTIVITY_LIFECYCLE.target(ACT, activity.status)
        activity.settled_at = now
        activity.revision += 1
    for each in responsible:
        if each.activity_id in new_ids:
            session.add(Responsible(activity_id=new_ids[each.activity_id], **_values(each, _OF_RESPONSIBLE)))
    return new_ids


def _values(row: Any, names: Sequence[str]) -> dict[str, Any]:
    return {name: getattr(row, name) for name in names}


async def _carry_links(
    session: AsyncSession, now: datetime, plan: WorkPlan, following: WorkPlan, new_ids: dict[str, str]
) -> None:
    """Carry over the dependencies between steps that were carried over, and end those of the plan."""
    for link in await queries.dependencies_of(session, plan.id):
        ends = (new_ids.get(link.predecessor_id), new_ids.get(link.successor_id))
        link.ended_at = now
        link.revision += 1
        if ends[0] and ends[1]:
            new = Dependency(plan_id=following.id, predecessor_id=ends[0], successor_id=ends[1], lag_days=link.lag_days)
            session.add(new)
