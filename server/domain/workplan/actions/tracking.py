"""Starting, re-dating, completing and dropping activities."""

from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from server.domain.workplan import policy, queries, rules, steps
from server.domain.workplan.actions.changes import ChangeMade, write_change
from server.domain.workplan.rules import ActivityFacts
from server.journal.actions import record
from server.kernel.actor import Actor
from server.kernel.acts import Act
from server.kernel.facts import facts_of
from server.kernel.issue_codes import IssueCode
from server.kernel.issues import Issue
from server.kernel.refusals import RefusalCode, ensure_current, ensure_well_formed, invalid
from server.models.planning import Milestone
from server.models.workplan import Activity, Redating
from server.vocabulary.workplan import ACTIVITY_LIFECYCLE, PlanChangeKind, PlanField


async def start_activity(
    session: AsyncSession, actor: Actor, now: datetime, *, activity_id: str, expected_revision: int
) -> str:
    """Record that an activity has begun, and return its id."""
    activity = await get_activity(session, actor, now, policy.start_activity, activity_id, expected_revision)
    activity.status = ACTIVITY_LIFECYCLE.target("start_activity", activity.status)
    activity.revision += 1
    _write(session, actor, now, activity, ChangeMade(PlanChangeKind.STARTED, PlanField.STATUS))
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
    can_keep_words: bool = False,
) -> str:
    """Give an activity another period, as it would be printed, with a reason; return the activity's id.

    The baseline stays, so that the slip shows. With `can_keep_words` words that are no period are one without days.
    """
    activity = await get_activity(session, actor, now, policy.redate_activity, activity_id, expected_revision)
    new_period, faults = rules.check_period(period, can_keep_words=can_keep_words)
    ensure_well_formed(faults or rules.check_redating(new_period, activity.label))
    ensure_reason(reason)
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
    before, latest = activity.label, activity.latest
    activity.earliest, activity.latest, activity.label = new_period
    activity.status = ACTIVITY_LIFECYCLE.target("redate_activity", activity.status, towards=activity.status)
    activity.revision += 1
    what = (PlanField.PERIOD, before, new_period.label, latest, new_period.latest)
    _write(session, actor, now, activity, ChangeMade(PlanChangeKind.REDATED, *what), reason)
    details = {"before": before, "after": new_period.label}
    await record(session, actor, policy.redate_activity, activity.id, now, reason=reason.strip(), **details)
    return activity.id


async def complete_activity(
    session: AsyncSession, actor: Actor, now: datetime, *, activity_id: str, evidence_id: str, expected_revision: int
) -> str:
    """Declare an activity done, and return its id.

    The evidence is an issued version, a decision, also one by silence, or a completed round that the actor sees. Hidden
    evidence is refused in the same words as evidence that does not exist, and so is what is older than the activity.
    """
    activity = await get_activity(session, actor, now, policy.complete_activity, activity_id, expected_revision)
    await ensure_evidence(session, actor, now, activity, evidence_id)
    activity.status = ACTIVITY_LIFECYCLE.target("complete_activity", activity.status)
    activity.evidence_id = evidence_id
    activity.settled_at = now
    activity.revision += 1
    activity.blocked_by = activity.blocked_by_id = activity.blocked_at = None
    _write(session, actor, now, activity, ChangeMade(PlanChangeKind.COMPLETED, PlanField.STATUS))
    await record(session, actor, policy.complete_activity, activity.id, now, evidence=evidence_id)
    return activity.id


async def drop_activity(
    session: AsyncSession, actor: Actor, now: datetime, *, activity_id: str, reason: str, expected_revision: int
) -> str:
    """Give an activity up, with a reason, and return its id. It stays in the plan."""
    activity = await get_activity(session, actor, now, policy.drop_activity, activity_id, expected_revision)
    ensure_reason(reason)
    activity.status = ACTIVITY_LIFECYCLE.target("drop_activity", activity.status)
    activity.settled_at, activity.drop_reason = now, reason.strip()
    activity.revision += 1
    _write(session, actor, now, activity, ChangeMade(PlanChangeKind.DROPPED, PlanField.STATUS), reason)
    await record(session, actor, policy.drop_activity, activity.id, now, reason=reason.strip())
    return activity.id


async def get_activity(
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


def _write(
    session: AsyncSession, actor: Actor, now: datetime, activity: Activity, change: ChangeMade, reason: str = ""
) -> None:
    """Write down a change of an activity."""
    write_change(session, actor, now, activity.work_item.plan_id, activity, change, reason)


async def ensure_evidence(
    session: AsyncSession, actor: Actor, now: datetime, step: Activity | Milestone, evidence_id: str
) -> None:
    """Raise a refusal unless an id is that of evidence that the actor sees and that is no older than the step."""
    evidence = await steps.find_evidence(session, actor, now, evidence_id)
    issues = [Issue("evidenceId", IssueCode.EVIDENCE_MISSING)]
    if evidence:
        issues = rules.check_age(evidence.day, await steps.planned_since(session, actor, now, step))
    if issues:
        raise invalid(*issues, code=RefusalCode.EVIDENCE_REQUIRED)


def ensure_reason(reason: str) -> None:
    """Raise a refusal if the reason is missing."""
    if not reason.strip():
        raise invalid(Issue("reason", IssueCode.REASON_MISSING), code=RefusalCode.REASON_REQUIRED)
