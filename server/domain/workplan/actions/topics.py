"""Opening plans; adding, correcting and giving up topics; giving them to groups."""

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy.ext.asyncio import AsyncSession

from server.domain.bodies import queries as bodies
from server.domain.bodies.mandates import ensure_within_mandate
from server.domain.bodies.rules import BodyFacts, check_not_after_conclusion
from server.domain.workplan import policy, queries, rules, steps
from server.domain.workplan.actions.changes import ChangeMade, write_change
from server.domain.workplan.rules import ItemFacts, PlanFacts
from server.journal.actions import record
from server.kernel.actor import Actor
from server.kernel.acts import Act
from server.kernel.facts import facts_of
from server.kernel.issue_codes import IssueCode
from server.kernel.issues import Issue
from server.kernel.refusals import Refusal, RefusalCode, RefusalKind, ensure_current, ensure_well_formed
from server.models.bodies import Body
from server.models.workplan import WorkItem, WorkPlan
from server.vocabulary.workplan import ACTIVITY_LIFECYCLE, MILESTONE_LIFECYCLE, PlanChangeKind, PlanField


async def open_work_plan(
    session: AsyncSession, actor: Actor, now: datetime, *, body_id: str, title: str, decided_on: date
) -> str:
    """Open the work plan of a body that has none, and return the plan's id. The body agreed on it on `decided_on`."""
    body = await bodies.get_body(session, actor, now, body_id)
    policy.open_work_plan.ensure(actor, None, now)
    facts = facts_of(BodyFacts, body)
    ensure_within_mandate(facts, decided_on, now)
    if await queries.find_plan(session, body.short_name):
        message = "This body has a work plan already: add to it, or carry over what is open into the next one."
        raise Refusal(RefusalKind.NOT_NOW, RefusalCode.ALREADY_DONE, message)
    issues = rules.check_name("title", title) + rules.check_decided_on(decided_on, now)
    ensure_well_formed(issues + check_not_after_conclusion(facts, decided_on, "decidedOn"))
    plan = WorkPlan(body_id=body.id, title=title.strip(), decided_on=decided_on)
    session.add(plan)
    write_change(session, actor, now, plan.id, plan, ChangeMade(PlanChangeKind.ADDED))
    await record(session, actor, policy.open_work_plan, plan.id, now, body=body.id, title=plan.title)
    return plan.id


async def correct_work_plan(
    session: AsyncSession,
    actor: Actor,
    now: datetime,
    *,
    work_plan_id: str,
    title: str,
    reason: str,
    expected_revision: int,
) -> str:
    """Correct the title of a plan, with a reason, and return the plan's id."""
    plan = await queries.get_work_plan(session, actor, now, work_plan_id)
    policy.correct_work_plan.ensure(actor, facts_of(PlanFacts, plan), now)
    ensure_current("work plan", plan.id, expected=expected_revision, current=plan.revision)
    ensure_well_formed([*rules.check_name("title", title), *rules.check_reason(reason)])
    before, after = plan.title, title.strip()
    if before == after:
        ensure_well_formed([Issue("title", IssueCode.NOTHING_CHANGES)])
    plan.title = after
    plan.revision += 1
    write_change(
        session, actor, now, plan.id, plan, ChangeMade(PlanChangeKind.CORRECTED, PlanField.TITLE, before, after), reason
    )
    details = {"before": before, "after": after, "reason": reason.strip()}
    await record(session, actor, policy.correct_work_plan, plan.id, now, **details)
    return plan.id


async def add_work_item(
    session: AsyncSession,
    actor: Actor,
    now: datetime,
    *,
    work_plan_id: str,
    title: str,
    reason: str,
    number: int | None = None,
    body_id: str | None = None,
) -> str:
    """Add a topic to a plan, with a reason, and return the topic's id.

    Without a number it gets the next one. `body_id` is the intersessional group that the topic is given to.
    """
    plan = await queries.get_work_plan(session, actor, now, work_plan_id)
    group = await bodies.get_body(session, actor, now, body_id) if body_id else None
    policy.add_work_item.ensure(actor, facts_of(PlanFacts, plan), now)
    items = await queries.items_of(session, plan.id)
    number = number or max((item.number for item in items), default=0) + 1
    issues = [*rules.check_name("title", title), *rules.check_reason(reason), *_check_number(number, items)]
    if group:
        issues += rules.check_group(group.kind, group.parent_id, plan.body_id, "bodyId")
    ensure_well_formed(issues)
    item = WorkItem(plan_id=plan.id, number=number, title=title.strip(), body_id=group.id if group else None)
    session.add(item)
    write_change(session, actor, now, plan.id, item, ChangeMade(PlanChangeKind.ADDED), reason)
    details = {"plan": plan.id, "number": number, "title": item.title, "reason": reason.strip()}
    await record(session, actor, policy.add_work_item, item.id, now, **details)
    return item.id


def _check_number(number: int, items: Sequence[WorkItem]) -> list[Issue]:
    """Return the fault of a number that is out of range, or that another topic of the plan has."""
    if number in {item.number for item in items}:
        return [Issue("number", IssueCode.TAKEN, taken=number)]
    return rules.check_number("number", number)


async def correct_work_item(
    session: AsyncSession,
    actor: Actor,
    now: datetime,
    *,
    work_item_id: str,
    title: str,
    number: int,
    reason: str,
    expected_revision: int,
) -> str:
    """Correct the title or the number of a topic, with a reason, and return the topic's id.

    Topics stand in the order of their numbers.
    """
    item = await _get_item(session, actor, now, policy.correct_work_item, work_item_id, expected_revision)
    issues = [*rules.check_name("title", title), *rules.check_reason(reason)]
    if number != item.number:
        issues += _check_number(number, await queries.items_of(session, item.plan_id))
    changes = [
        ChangeMade(PlanChangeKind.CORRECTED, PlanField.TITLE, item.title, title.strip()),
        ChangeMade(PlanChangeKind.MOVED, PlanField.NUMBER, str(item.number), str(number)),
    ]
    changes = [change for change in changes if change.before != change.after]
    if not changes:
        issues.append(Issue("title", IssueCode.NOTHING_CHANGES))
    ensure_well_formed(issues)
    before, after = f"{item.number}. {item.title}", f"{number}. {title.strip()}"
    item.title, item.number = title.strip(), number
    item.revision += 1
    for change in changes:
        write_change(session, actor, now, item.plan_id, item, change, reason)
    details = {"before": before, "after": after, "reason": reason.strip()}
    await record(session, actor, policy.correct_work_item, item.id, now, **details)
    return item.id


async def assign_work_item(
    session: AsyncSession,
    actor: Actor,
    now: datetime,
    *,
    work_item_id: str,
    body_id: str | None,
    expected_revision: int,
) -> str:
    """Give a topic to an intersessional group of the plan's body, and return the topic's id.

    The coordinators of the group may then track its activities. None takes the topic back.
    """
    item = await queries.get_work_item(session, actor, now, work_item_id)
    group = await bodies.get_body(session, actor, now, body_id) if body_id else None
    policy.assign_work_item.ensure(actor, facts_of(ItemFacts, item), now)
    ensure_current("work item", item.id, expected=expected_revision, current=item.revision)
    if group:
        ensure_well_formed(rules.check_group(group.kind, group.parent_id, item.plan.body_id))
    before, after = item.body_id, group.id if group else None
    if before == after:
        message = "The topic is there already." if group else "The topic is with no group."
        raise Refusal(RefusalKind.NOT_NOW, RefusalCode.ALREADY_DONE, message)
    former = await session.get(Body, before) if before else None
    item.body_id = after
    item.revision += 1
    names = (former.short_name if former else "", group.short_name if group else "")
    write_change(session, actor, now, item.plan_id, item, ChangeMade(PlanChangeKind.ASSIGNED, PlanField.GROUP, *names))
    await record(session, actor, policy.assign_work_item, item.id, now, before=before, after=after)
    return item.id


async def drop_work_item(
    session: AsyncSession, actor: Actor, now: datetime, *, work_item_id: str, reason: str, expected_revision: int
) -> str:
    """Give a topic up with all that is open in it, with a reason, and return the topic's id. It stays in the plan."""
    item = await _get_item(session, actor, now, policy.drop_work_item, work_item_id, expected_revision)
    ensure_well_formed(rules.check_reason(reason))
    item.dropped_at, item.drop_reason = now, reason.strip()
    item.revision += 1
    write_change(session, actor, now, item.plan_id, item, ChangeMade(PlanChangeKind.DROPPED), reason)
    for activity in await steps.open_activities_of(session, [item.id]):
        activity.status = ACTIVITY_LIFECYCLE.target("drop_activity", activity.status)
        activity.settled_at, activity.drop_reason = now, reason.strip()
        activity.revision += 1
        write_change(session, actor, now, item.plan_id, activity, ChangeMade(PlanChangeKind.DROPPED), reason)
    for milestone in await steps.open_milestones_of(session, item.plan_id, item.id):
        milestone.status = MILESTONE_LIFECYCLE.target("drop_milestone", milestone.status)
        milestone.settled_at, milestone.drop_reason = now, reason.strip()
        milestone.revision += 1
        write_change(session, actor, now, item.plan_id, milestone, ChangeMade(PlanChangeKind.DROPPED), reason)
    await record(session, actor, policy.drop_work_item, item.id, now, reason=reason.strip())
    return item.id


async def _get_item(
    session: AsyncSession,
    actor: Actor,
    now: datetime,
    act: Act[ItemFacts],
    work_item_id: str,
    expected_revision: int,
) -> WorkItem:
    """Return the topic for an act on it. Refuse what the actor may not do, or decided on an earlier revision."""
    item = await queries.get_work_item(session, actor, now, work_item_id)
    act.ensure(actor, facts_of(ItemFacts, item), now)
    ensure_current("work item", item.id, expected=expected_revision, current=item.revision)
    return item
