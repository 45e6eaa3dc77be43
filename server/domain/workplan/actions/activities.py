"""Adding activities, correcting and moving them, and saying what they wait for."""

from datetime import datetime

from sqlalchemy import delete
from sqlalchemy.ext.asyncio import AsyncSession

from server.domain.workplan import policy, queries, rules, steps
from server.domain.workplan.actions.changes import ChangeMade, write_change
from server.domain.workplan.actions.names import Names, entries_of, names_on_record, split_entries
from server.domain.workplan.actions.tracking import get_activity
from server.domain.workplan.periods import Period, columns_of
from server.domain.workplan.rules import ItemFacts
from server.journal.actions import record
from server.kernel.actor import Actor
from server.kernel.facts import facts_of
from server.kernel.issue_codes import IssueCode
from server.kernel.issues import Issue
from server.kernel.refusals import ensure_well_formed
from server.models.workplan import Activity, Responsible
from server.vocabulary.workplan import PlanChangeKind, PlanField


async def add_activity(
    session: AsyncSession,
    actor: Actor,
    now: datetime,
    *,
    work_item_id: str,
    text: str,
    reason: str,
    period: str = "",
    responsible: str = "",
    remarks: str = "",
    position: int | None = None,
    can_keep_words: bool = False,
) -> str:
    """Add an activity to a topic, with a reason, and return the activity's id.

    Period and those responsible are as they would be printed. Without a position it is the last one of its topic. The
    period of today is its baseline. With `can_keep_words` words that are no period are kept as one without days.
    """
    item = await queries.get_work_item(session, actor, now, work_item_id)
    policy.add_activity.ensure(actor, facts_of(ItemFacts, item), now)
    others = await steps.steps_of(session, item.id)
    place = len(others) + 1 if position is None else position
    dates, faults = rules.check_period(period, can_keep_words=can_keep_words)
    issues = [*rules.check_name("text", text), *rules.check_reason(reason), *faults]
    ensure_well_formed([*issues, *rules.check_place(place, len(others) + 1)])
    last = max((step.position for step in others), default=0) + 1
    activity = _make_activity(item.id, last, text, remarks, dates)
    session.add(activity)
    await session.flush()
    if place <= len(others):
        await _place(session, [*others[: place - 1], activity, *others[place - 1 :]])
    await name_responsible(session, activity, responsible, await names_on_record(session, actor, now, lock=False))
    write_change(
        session, actor, now, item.plan_id, activity, ChangeMade(PlanChangeKind.ADDED, after=dates.label), reason
    )
    details = {"work_item": item.id, "period": dates.label, "reason": reason.strip()}
    await record(session, actor, policy.add_activity, activity.id, now, **details)
    return activity.id


def _make_activity(work_item_id: str, position: int, text: str, remarks: str, period: Period) -> Activity:
    """Make an activity with a period that is its baseline, too."""
    return Activity(
        work_item_id=work_item_id,
        position=position,
        description=text.strip(),
        remarks=remarks.strip(),
        **columns_of(period),
    )


async def _place(session: AsyncSession, ordered: list[Activity]) -> None:
    """Write the places of the activities of a topic from 1, in this order."""
    # A place is unique at every moment, so that they are numbered far beyond all others first.
    for shift in (rules.MOST_ROWS * 10, 0):
        for number, step in enumerate(ordered, start=1):
            step.position = number + shift
        await session.flush()


async def name_responsible(session: AsyncSession, activity: Activity, printed: str, names: Names) -> None:
    """Write down those responsible for an activity, as they would be printed."""
    await session.execute(delete(Responsible).where(Responsible.activity_id == activity.id))
    labels = split_entries(printed, names)
    entries = [entry for label in labels for entry in entries_of(label, names)]
    for place, entry in enumerate(entries, start=1):
        meant = names.recall(entry)
        session.add(
            Responsible(
                activity_id=activity.id,
                position=place,
                label=entry.label,
                party_id=meant.party_id,
                body_id=meant.body_id,
                function=entry.function,
            )
        )


async def correct_activity(
    session: AsyncSession,
    actor: Actor,
    now: datetime,
    *,
    activity_id: str,
    text: str,
    responsible: str,
    remarks: str,
    reason: str,
    expected_revision: int,
) -> str:
    """Correct the words of an activity or those responsible for it, with a reason, and return the activity's id."""
    activity = await get_activity(session, actor, now, policy.correct_activity, activity_id, expected_revision)
    labels = await steps.labels_of(session, [activity.id])
    named = ", ".join(dict.fromkeys(labels.get(activity.id, [])))
    changes = [
        ChangeMade(PlanChangeKind.CORRECTED, field, before, after.strip())
        for field, before, after in (
            (PlanField.TITLE, activity.description, text),
            (PlanField.RESPONSIBLE, named, responsible),
            (PlanField.REMARKS, activity.remarks, remarks),
        )
        if before != after.strip()
    ]
    issues = [*rules.check_name("text", text), *rules.check_reason(reason)]
    ensure_well_formed(issues if changes else [*issues, Issue("text", IssueCode.NOTHING_CHANGES)])
    for change in changes:
        write_change(session, actor, now, activity.work_item.plan_id, activity, change, reason)
    activity.description, activity.remarks = text.strip(), remarks.strip()
    activity.revision += 1
    if any(change.field == PlanField.RESPONSIBLE for change in changes):
        names = await names_on_record(session, actor, now, lock=False)
        await name_responsible(session, activity, responsible, names)
    details = {"changed": [change.field.value for change in changes], "reason": reason.strip()}
    await record(session, actor, policy.correct_activity, activity.id, now, **details)
    return activity.id


async def move_activity(
    session: AsyncSession,
    actor: Actor,
    now: datetime,
    *,
    activity_id: str,
    work_item_id: str,
    position: int,
    reason: str,
    expected_revision: int,
) -> str:
    """Move an activity to a place in its own topic or in another one of the plan, with a reason; return its id."""
    activity = await get_activity(session, actor, now, policy.move_activity, activity_id, expected_revision)
    item = await queries.get_work_item(session, actor, now, work_item_id)
    former, is_same = activity.work_item, item.id == activity.work_item_id
    rest = [step for step in await steps.steps_of(session, item.id) if step.id != activity.id]
    issues = [*rules.check_place(position, len(rest) + 1), *rules.check_reason(reason)]
    if item.plan_id != former.plan_id:
        issues.append(Issue("workItemId", IssueCode.OBJECT_UNKNOWN))
    elif is_same and position == activity.position:
        issues.append(Issue("position", IssueCode.NOTHING_CHANGES))
    if not is_same:
        # Those who track a topic give it no work of another group: they must track both.
        policy.add_activity.ensure(actor, facts_of(ItemFacts, item), now)
    ensure_well_formed(issues)
    before, after = f"{former.number}, {activity.position}", f"{item.number}, {position}"
    left = [] if is_same else [step for step in await steps.steps_of(session, former.id) if step.id != activity.id]
    activity.position = rules.MOST_ROWS * 20
    await session.flush()
    activity.work_item_id = item.id
    activity.revision += 1
    await _place(session, [*rest[: position - 1], activity, *rest[position - 1 :]])
    await _place(session, left)
    change = ChangeMade(PlanChangeKind.MOVED, PlanField.PLACE, before, after)
    write_change(session, actor, now, item.plan_id, activity, change, reason)
    details = {"before": before, "after": after, "reason": reason.strip()}
    await record(session, actor, policy.move_activity, activity.id, now, **details)
    return activity.id


async def block_activity(
    session: AsyncSession,
    actor: Actor,
    now: datetime,
    *,
    activity_id: str,
    waits_for: str,
    expected_revision: int,
    waits_for_id: str | None = None,
) -> str:
    """Say that an activity waits for something, in words and with its id if it is on record; return the activity's id.

    `waits_for_id` is the id of an activity, a milestone, a round, a sitting or a decision that the actor sees.
    """
    activity = await get_activity(session, actor, now, policy.block_activity, activity_id, expected_revision)
    issues = rules.check_name("waitsFor", waits_for)
    if waits_for_id and not await steps.is_awaited(session, actor, now, waits_for_id):
        issues.append(Issue("waitsForId", IssueCode.OBJECT_UNKNOWN))
    if circle := await steps.find_waiting(session, activity.id, waits_for_id):
        issues.append(Issue("waitsForId", IssueCode.CIRCLE, steps=circle))
    ensure_well_formed(issues)
    activity.blocked_by, activity.blocked_by_id, activity.blocked_at = waits_for.strip(), waits_for_id or None, now
    activity.revision += 1
    change = ChangeMade(PlanChangeKind.BLOCKED, PlanField.STATUS, after=activity.blocked_by)
    write_change(session, actor, now, activity.work_item.plan_id, activity, change)
    await record(session, actor, policy.block_activity, activity.id, now, waits_for=activity.blocked_by)
    return activity.id


async def unblock_activity(
    session: AsyncSession, actor: Actor, now: datetime, *, activity_id: str, expected_revision: int
) -> str:
    """Say that an activity waits no longer, and return its id."""
    activity = await get_activity(session, actor, now, policy.unblock_activity, activity_id, expected_revision)
    change = ChangeMade(PlanChangeKind.UNBLOCKED, PlanField.STATUS, before=activity.blocked_by or "")
    activity.blocked_by = activity.blocked_by_id = activity.blocked_at = None
    activity.revision += 1
    write_change(session, actor, now, activity.work_item.plan_id, activity, change)
    await record(session, actor, policy.unblock_activity, activity.id, now)
    return activity.id
