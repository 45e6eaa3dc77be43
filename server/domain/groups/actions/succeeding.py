"""Recording the bodies that a body reports to, and handing its open items to its successor."""

from datetime import date, datetime

from sqlalchemy.ext.asyncio import AsyncSession

from server.domain.bodies.queries import get_body, hold_body, line_above
from server.domain.groups import policy, queries
from server.domain.groups.rules.facts import GroupFacts, LineFacts
from server.domain.groups.rules.promises import check_topic
from server.domain.parties.rules.accrediting import check_reason
from server.domain.workplan import steps
from server.domain.workplan.actions.changes import ChangeMade, write_change
from server.journal.actions import record
from server.kernel.actor import Actor
from server.kernel.facts import facts_of
from server.kernel.issue_codes import IssueCode
from server.kernel.issues import Issue
from server.kernel.refusals import Refusal, RefusalCode, RefusalKind, ensure_current, ensure_well_formed
from server.models.bodies import Body
from server.models.sittings import ReportingLine, Transfer
from server.vocabulary.workplan import PlanChangeKind, PlanField


async def record_reporting_line(
    session: AsyncSession, actor: Actor, now: datetime, *, body_id: str, superior_id: str, topic: str, starts_on: date
) -> str:
    """Record a further body that a body reports to and on what, and return the line's id.

    Refuses the body itself or one below it, the body above it by mandate, and a line that is there.
    """
    body = await hold_body(session, actor, now, body_id)
    policy.record_reporting_line.ensure(actor, facts_of(GroupFacts, body), now)
    superior = await get_body(session, actor, now, superior_id)
    issues = check_topic(topic)
    if body.id in await line_above(session, superior.id):
        issues.append(Issue("superiorId", IssueCode.BODY_BELOW_ITSELF, name=superior.short_name))
    ensure_well_formed(issues)
    if superior.id == body.parent_id or await queries.find_line(session, body.id, superior.id):
        message = f"{body.short_name} reports to the {superior.short_name} already."
        raise Refusal(RefusalKind.NOT_NOW, RefusalCode.ALREADY_DONE, message)
    line = ReportingLine(body_id=body.id, superior_id=superior.id, topic=topic.strip(), starts_on=starts_on)
    session.add(line)
    details = {"body": body.id, "superior": superior.id, "topic": line.topic, "starts_on": starts_on.isoformat()}
    await record(session, actor, policy.record_reporting_line, line.id, now, **details)
    return line.id


async def end_reporting_line(
    session: AsyncSession, actor: Actor, now: datetime, *, reporting_line_id: str, ended_on: date, reason: str
) -> str:
    """End a reporting line after a day, today or earlier, with a reason, and return its id."""
    line = await queries.get_line(session, actor, now, reporting_line_id)
    policy.end_reporting_line.ensure(actor, facts_of(LineFacts, line), now)
    issues = check_reason(reason)
    if not line.starts_on <= ended_on <= now.date():
        days = {"earliest": f"{line.starts_on}", "latest": f"{now.date()}"}
        issues.append(Issue("endedOn", IssueCode.DAY_OUT_OF_RANGE, **days))
    ensure_well_formed(issues)
    line.ended_on = ended_on
    details = {"ended_on": ended_on.isoformat(), "reason": reason.strip()}
    await record(session, actor, policy.end_reporting_line, line.id, now, **details)
    return line.id


async def transfer_items(
    session: AsyncSession, actor: Actor, now: datetime, *, body_id: str, reason: str, expected_revision: int
) -> str:
    """Move all open items of a body to its successor, with a reason, and return the body's id.

    Topics of work plans with their open activities, proposals under consideration and open promises go over, and who
    approves changes of milestones. Topics that were given to another group stay with it. Rounds, calls for inputs and
    silence procedures keep the body that opened them, in whose name parties were asked; the trace says which run, and
    the successor takes up what comes of them. Refuses a body that has nothing open, or only what is traced already.
    """
    body = await hold_body(session, actor, now, body_id)
    policy.transfer_items.ensure(actor, facts_of(GroupFacts, body), now)
    ensure_current("body", body.id, expected=expected_revision, current=body.revision)
    ensure_well_formed(check_reason(reason))
    successor = await get_body(session, actor, now, body.successor_id or "")
    items = await queries.opened_in_its_name(session, actor, now, body.id)
    items += await _hand_over_plan(session, actor, now, body, successor, reason)
    proposals = await queries.open_proposals(session, body.id, now)
    promises = await queries.open_promises(session, body.id)
    for work in proposals:
        work.body_id = successor.id
    for promise in promises:
        promise.body_id = successor.id
        promise.revision += 1
    items += [*(row.id for row in promises), *(row.proposal_id for row in proposals)]
    if not items:
        raise Refusal(RefusalKind.NOT_NOW, RefusalCode.ALREADY_DONE, f"{body.short_name} has no open items.")
    for item in items:
        by = {"transferred_by_id": actor.delegate_id, "transferred_at": now}
        session.add(Transfer(body_id=body.id, successor_id=successor.id, item_id=item, reason=reason.strip(), **by))
    body.revision += 1
    details = {"successor": successor.id, "transferred": sorted(items), "reason": reason.strip()}
    await record(session, actor, policy.transfer_items, body.id, now, **details)
    return body.id


async def _hand_over_plan(
    session: AsyncSession, actor: Actor, now: datetime, body: Body, successor: Body, reason: str
) -> list[str]:
    """Give the open topics and milestones of a body to its successor; return their ids and those of open activities.

    A topic stays in its plan, which says that it was assigned and why.
    """
    topics = await queries.open_topics(session, body.id)
    for topic in topics:
        assignment = ChangeMade(PlanChangeKind.ASSIGNED, PlanField.GROUP, body.short_name, successor.short_name)
        write_change(session, actor, now, topic.plan_id, topic, assignment, reason)
        topic.body_id = successor.id
        topic.revision += 1
    activities = await steps.open_activities_of(session, [topic.id for topic in topics])
    milestones = await queries.approved_milestones(session, body.id)
    for milestone in milestones:
        milestone.approver_body_id = successor.id
        milestone.revision += 1
    return [*(row.id for row in topics), *(row.id for row in activities), *(row.id for row in milestones)]
