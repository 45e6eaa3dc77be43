"""Writing the report of a group, circulating it, and recording that it was adopted."""

from datetime import UTC, datetime

from sqlalchemy.ext.asyncio import AsyncSession

from server.domain.bodies.queries import bodies_above, get_body, get_sitting
from server.domain.bodies.rules import check_existence
from server.domain.groups import policy, queries
from server.domain.groups.rules.facts import GroupFacts, ReportFacts
from server.domain.groups.rules.promises import check_writing
from server.journal.actions import record
from server.journal.chain import sha256_of
from server.kernel.actor import Actor
from server.kernel.facts import facts_of
from server.kernel.issue_codes import IssueCode
from server.kernel.issues import Issue
from server.kernel.refusals import ensure_current, ensure_well_formed
from server.models.bodies import Sitting
from server.models.groups import GroupReport
from server.vocabulary.groups import GROUP_REPORT_LIFECYCLE


async def draft_report(
    session: AsyncSession, actor: Actor, now: datetime, *, body_id: str, title: str, text: str
) -> str:
    """Begin a report of a group, which those who lead it see, and return its id."""
    body = await get_body(session, actor, now, body_id)
    policy.draft_report.ensure(actor, facts_of(GroupFacts, body), now)
    ensure_well_formed(check_writing(title, text))
    words = {"title": title.strip(), "text": text.strip()}
    by = {"drafted_by_id": actor.delegate_id, "drafted_at": now}
    report = GroupReport(body_id=body.id, status=GROUP_REPORT_LIFECYCLE.initial, **words, **by)
    session.add(report)
    await record(session, actor, policy.draft_report, report.id, now, body=body.id)
    return report.id


async def revise_report(
    session: AsyncSession,
    actor: Actor,
    now: datetime,
    *,
    report_id: str,
    title: str,
    text: str,
    expected_revision: int,
) -> str:
    """Write a drafted report anew, and return its id."""
    report = await queries.get_report(session, actor, now, report_id)
    policy.revise_report.ensure(actor, _facts_of(report), now)
    ensure_current("report", report.id, expected=expected_revision, current=report.revision)
    ensure_well_formed(check_writing(title, text))
    report.title, report.text = title.strip(), text.strip()
    report.revision += 1
    await record(session, actor, policy.revise_report, report.id, now, body=report.body_id)
    return report.id


async def circulate_report(
    session: AsyncSession, actor: Actor, now: datetime, *, report_id: str, expected_revision: int
) -> str:
    """Send a report to all who take part in the group, and return its id. Its words are fixed from then on."""
    report = await queries.get_report(session, actor, now, report_id)
    policy.circulate_report.ensure(actor, _facts_of(report), now)
    ensure_current("report", report.id, expected=expected_revision, current=report.revision)
    report.status = GROUP_REPORT_LIFECYCLE.target("circulate_report", report.status)
    report.circulated_at = now
    report.revision += 1
    details = {"body": report.body_id, "title": report.title, "text_digest": sha256_of(report.text)}
    await record(session, actor, policy.circulate_report, report.id, now, **details)
    return report.id


async def adopt_report(
    session: AsyncSession,
    actor: Actor,
    now: datetime,
    *,
    report_id: str,
    sitting_id: str | None = None,
    expected_revision: int,
) -> str:
    """Record that a circulated report was adopted, at a sitting if one is named, and return its id.

    Refuses a sitting of another body than the group or one above it, one that has not begun or was called off, and one
    that was over before the report was circulated.
    """
    report = await queries.get_report(session, actor, now, report_id)
    policy.adopt_report.ensure(actor, _facts_of(report), now)
    ensure_current("report", report.id, expected=expected_revision, current=report.revision)
    sitting = await get_sitting(session, actor, now, sitting_id) if sitting_id is not None else None
    if sitting is not None:
        ensure_well_formed(await _check_sitting(session, report, sitting, now))
    report.status = GROUP_REPORT_LIFECYCLE.target("adopt_report", report.status)
    report.adopted_at, report.sitting_id = now, sitting.id if sitting else None
    report.revision += 1
    details = {"body": report.body_id, "sitting": report.sitting_id}
    await record(session, actor, policy.adopt_report, report.id, now, **details)
    return report.id


async def _check_sitting(session: AsyncSession, report: GroupReport, sitting: Sitting, now: datetime) -> list[Issue]:
    """Return the faults of the sitting at which a report is said to have been adopted."""
    issues = []
    if sitting.cancelled_at is not None or sitting.starts_on > now.date():
        issues.append(Issue("sittingId", IssueCode.UNFIT, why="name a sitting that has begun"))
    if sitting.body_id not in await bodies_above(session, report.body_id):
        issues.append(Issue("sittingId", IssueCode.UNFIT, why="name a sitting of the group or of a body above it"))
    circulated_on = report.circulated_at and report.circulated_at.astimezone(UTC).date()
    return issues + check_existence(sitting.ends_on, circulated_on)


def _facts_of(report: GroupReport) -> ReportFacts:
    return ReportFacts(report.status, report.body_id, report.body.parent_id)
