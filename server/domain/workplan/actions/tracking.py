"""Giving topics to groups; starting, re-dating, completing and dropping activities."""

from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from server.domain.bodies import queries as bodies
from server.domain.workplan import policy, queries, rules
from server.domain.workplan.rules import ActivityFacts, ItemFacts
from server.journal.actions import record
from server.kernel.actor import Actor
from server.kernel.acts import Act
from server.kernel.facts import facts_of
from server.kernel.issue_codes import IssueCode
from server.kernel.issues import Issue
from server.kernel.refusals import Refusal, RefusalCode, RefusalKind, ensure_current, ensure_well_formed, invalid
from server.models.workplan import Activity, Redating
from server.vocabulary.workplan import ACTIVITY_LIFECYCLE


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
    item.body_id = after
    item.revision += 1
    await record(session, actor, policy.assign_work_item, item.id, now, before=before, after=after)
    return item.id


async def start_activity(
    session: AsyncSession, actor: Actor, now: datetime, *, activity_id: str, expected_revision: int
) -> str:
    """Record that an activity has begun, and return its id."""
    activity = await _get_activity(session, actor, now, policy.start_activity, activity_id, expected_revision)
    activity.status = ACTIVITY_LIFECYCLE.target("start_activity", activity.status)
    activity.revision += 1
    await record(session, actor, policy.start_activity, activity.id, now)
    return activity.id


async def redate_activity(
    session: AsyncSession,
    actor: Actor,
    now: datetime,
    *,
    activity_id: str,
    period: str,
    reason: str,
    expected_revision: int,
) -> str:
    """Give an activity another period, as it would be printed, with a reason; return the activity's id.

    The baseline stays, so that the slip shows; the period before stays in the history.
    """
    activity = await _get_activity(session, actor, now, policy.redate_activity, activity_id, expected_revision)
    new_period, fault = rules.period_of(period)
    issues = [Issue("period", IssueCode.UNREADABLE, why=fault)] if fault else []
    ensure_well_formed(issues or rules.check_redating(new_period, activity.label))
    _ensure_reason(reason)
    session.add(
        Redating(
            activity_id=activity.id,
            label_before=activity.label,
            latest_before=activity.latest,
            label_after=new_period.label,
            latest_after=new_period.latest,
            reason=reason.strip(),
            redated_by_id=actor.delegate_id,
            redated_at=now,
        )
    )
    before = activity.label
    activity.earliest, activity.latest, activity.label = new_period
    activity.status = ACTIVITY_LIFECYCLE.target("redate_activity", activity.status, towards=activity.status)
    activity.revision += 1
    details = {"before": before, "after": new_period.label, "reason": reason.strip()}
    await record(session, actor, policy.redate_activity, activity.id, now, **details)
    return activity.id


async def complete_activity(
    session: AsyncSession, actor: Actor, now: datetime, *, activity_id: str, evidence_id: str, expected_revision: int
) -> str:
    """Declare an activity done, and return its id.

    The evidence is an issued version, a recorded decision or a completed round that the actor sees. Hidden evidence is
    refused in the same words as evidence that does not exist.
    """
    activity = await _get_activity(session, actor, now, policy.complete_activity, activity_id, expected_revision)
    if not await queries.is_evidence(session, actor, now, evidence_id):
        issue = Issue("evidenceId", IssueCode.EVIDENCE_MISSING)
        raise invalid(issue, code=RefusalCode.EVIDENCE_REQUIRED)
    activity.status = ACTIVITY_LIFECYCLE.target("complete_activity", activity.status)
    activity.evidence_id = evidence_id
    activity.settled_at = now
    activity.revision += 1
    await record(session, actor, policy.complete_activity, activity.id, now, evidence=evidence_id)
    return activity.id


async def drop_activity(
    session: AsyncSession, actor: Actor, now: datetime, *, activity_id: str, reason: str, expected_revision: int
) -> str:
    """Give an activity up, with a reason, and return its id. It stays in the plan."""
    activity = await _get_activity(session, actor, now, policy.drop_activity, activity_id, expected_revision)
    _ensure_reason(reason)
    activity.status = ACTIVITY_LIFECYCLE.target("drop_activity", activity.status)
    activity.settled_at = now
    activity.revision += 1
    await record(session, actor, policy.drop_activity, activity.id, now, reason=reason.strip())
    return activity.id


async def _get_activity(
    session: AsyncSession,
    actor: Actor,
    now: datetime,
    act: Act[ActivityFacts],
    activity_id: str,
    expected_revision: int,
) -> Activity:
    """Return the activity for an act on it.

    Refuses unless the actor sees it, the act is permitted and possible, and the version is the one that was read.
    """
    activity = await queries.get_activity(session, actor, now, activity_id)
    act.ensure(actor, facts_of(ActivityFacts, activity), now)
    ensure_current("activity", activity.id, expected=expected_revision, current=activity.revision)
    return activity


def _ensure_reason(reason: str) -> None:
    """Raise a refusal if the reason is missing."""
    if not reason.strip():
        raise invalid(Issue("reason", IssueCode.REASON_MISSING), code=RefusalCode.REASON_REQUIRED)
