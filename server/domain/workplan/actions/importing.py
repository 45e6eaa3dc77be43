"""Taking over a work plan and a chart of groups from a paper.

Nothing is guessed, and nothing is overwritten unseen. A paper is compared with the one before it. New rows are added:
a step at the end of a topic, a topic, a group, a coordinator, a volunteer. What it says otherwise than the paper before
is shown, and changed once somebody has confirmed it; what it no longer has stays, or is given up if they say so. Acts
of people since then (a re-dating, a party that left) are no difference.
"""

import asyncio
import hashlib
from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy.ext.asyncio import AsyncSession

from server.documents.plan_columns import HeadedColumn
from server.documents.problems import Problem
from server.documents.sheets import UnreadableSheet
from server.documents.units import UnreadableDocument
from server.documents.work_plan import UnreadableWorkPlan, WorkPlanDocument, read_work_plan
from server.domain.bodies.mandates import ensure_within_mandate
from server.domain.bodies.queries import find_body
from server.domain.bodies.rules import BodyFacts, check_not_after_conclusion
from server.domain.workplan import policy, queries, rules
from server.domain.workplan.actions.amending import PaperAmendment, digest_of_amendments
from server.domain.workplan.actions.applying import apply_reading
from server.domain.workplan.actions.comparing import Doubt, Groups, PaperReading, Topics, issue_at
from server.domain.workplan.actions.milestones import milestones_on_record, take_milestones
from server.domain.workplan.actions.names import WORKING_GROUPS, Names, names_on_record
from server.journal.actions import record
from server.kernel.actor import Actor
from server.kernel.facts import facts_of
from server.kernel.issue_codes import IssueCode
from server.kernel.issues import Issue
from server.kernel.refusals import Refusal, RefusalCode, ensure_well_formed, invalid
from server.models.workplan import WorkPlan
from server.vocabulary.bodies import BodyKind
from server.vocabulary.workplan import PlanAmendmentKind


async def import_work_plan(
    session: AsyncSession,
    actor: Actor,
    now: datetime,
    *,
    markdown: str,
    source_name: str = "",
    body_short_name: str = "WGEC",
    parent_short_name: str = "PTC",
    title: str = "",
    decided_on: date | None = None,
    confirmed: str = "",
    can_drop_vanished: bool = False,
) -> str:
    """Read a paper into the work plan of a body and its groups, and return the plan's id.

    A new body is entered below its parent; it names a plan without a title. Parties begin in groups on `decided_on`.
    What amends an earlier paper must be `confirmed` by the digest of the preview. All faults are named at once.
    """
    policy.import_work_plan.ensure(actor, None, now)
    paper = PlanPaper(markdown, body_short_name, parent_short_name, title, decided_on)
    ensure_well_formed(rules.check_import(body_short_name, parent_short_name, decided_on, now))
    digest, plan = digest_of(markdown), await queries.find_plan(session, body_short_name)
    if plan and plan.source_digest == digest and not can_drop_vanished:
        return plan.id
    await _ensure_takes_plan(session, paper, now)
    names = await names_on_record(session, actor, now)
    source = {"source_name": source_name, "source_digest": digest, "imported_at": now, "decided_on": decided_on}
    plan_id, reading = await compare_paper(session, names, plan, paper, source)
    amendments = [each for each in reading.amendments if can_drop_vanished or each.kind != PlanAmendmentKind.VANISHED]
    _ensure_confirmed(plan, body_short_name, reading, amendments, confirmed)
    added = await names.rows.insert(session)
    if not added and not amendments:
        return plan_id
    if plan:
        plan.source_name, plan.source_digest, plan.imported_at = source_name, digest, now
        await apply_reading(session, actor, now, plan, reading, amendments, names)
    details = {"source_digest": digest, "changed": len(amendments)}
    await record(session, actor, policy.import_work_plan, plan_id, now, added=added, **details)
    return plan_id


class PlanPaper(NamedTuple):
    """A paper with a work plan, and whose plan it is."""

    markdown: str
    body_short_name: str = "WGEC"
    parent_short_name: str = "PTC"
    title: str = ""
    decided_on: date | None = None


class PlanPreview(NamedTuple):
    """What an import of a paper would do: rows to add by table, amendments and their digest, and doubts.

    `columns` says for what the headings of the paper were taken.
    """

    added: dict[str, int]
    amendments: list[PaperAmendment]
    digest: str
    doubts: list[Doubt]
    columns: tuple[HeadedColumn, ...]


def digest_of(markdown: str) -> str:
    """Return the SHA-256 by which the same paper is known again."""
    return hashlib.sha256(markdown.encode("utf-8", "surrogatepass")).hexdigest()


async def compare_paper(
    session: AsyncSession, names: Names, plan: WorkPlan | None, paper: PlanPaper, source: dict[str, Any]
) -> tuple[str, PaperReading]:
    """Put what is new in a paper into the rows of `names`; return the plan's id, and what a person has to see."""
    document = await _read_paper(paper.markdown, names)
    body_id = _find_or_add_body(names, paper.body_short_name, paper.parent_short_name)
    title = paper.title.strip() or f"Work plan of the {paper.body_short_name}"
    plan_id = plan.id if plan else names.rows.add(WorkPlan, body_id=body_id, title=title, **source)
    topics = await Topics.on_record(session, plan)
    groups = await Groups.on_record(session, body_id, paper.body_short_name, names)
    reading = PaperReading(columns=document.columns)
    groups.take(document.groups, names, paper.decided_on, reading)
    topics.take(document.topics, names, plan_id, groups, reading)
    known = await milestones_on_record(session, plan)
    take_milestones(document.milestones, known, names, plan_id, body_id, reading.topics, reading)
    return plan_id, reading


async def preview_import(session: AsyncSession, actor: Actor, now: datetime, paper: PlanPaper) -> PlanPreview:
    """Return what an import of a paper would do. Nothing is written.

    Refuse what importing refuses, but for amendments: they are shown, to be confirmed. The caller has checked that the
    actor is of the Secretariat.
    """
    ensure_well_formed(rules.check_import(paper.body_short_name, paper.parent_short_name, paper.decided_on, now))
    plan = await queries.find_plan(session, paper.body_short_name, lock=False)
    if plan is None or plan.source_digest != digest_of(paper.markdown):
        await _ensure_takes_plan(session, paper, now)
    names = await names_on_record(session, actor, now, lock=False)
    _, reading = await compare_paper(session, names, plan, paper, {})
    if reading.issues:
        raise _explain(plan, paper.body_short_name, reading.issues)
    is_read = plan is not None and plan.source_digest == digest_of(paper.markdown)
    amendments = [each for each in reading.amendments if not is_read or each.kind == PlanAmendmentKind.VANISHED]
    digest = digest_of_amendments(amendments)
    return PlanPreview(names.rows.counts(), amendments, digest, reading.doubts, reading.columns)


async def _ensure_takes_plan(session: AsyncSession, paper: PlanPaper, now: datetime) -> None:
    """Refuse a plan that was decided after the last mandate, or the last day, of a group that is on record.

    Where nobody says when it was decided, today is meant.
    """
    body = await find_body(session, paper.body_short_name)
    if body is None:
        return
    facts, decided_on = facts_of(BodyFacts, body), paper.decided_on or rules.today_of(now)
    ensure_within_mandate(facts, decided_on, now)
    ensure_well_formed(check_not_after_conclusion(facts, decided_on, "decidedOn"))


def _ensure_confirmed(
    plan: WorkPlan | None, body_short_name: str, reading: PaperReading, amendments: list[PaperAmendment], confirmed: str
) -> None:
    """Refuse a paper with issues, or with amendments that nobody has confirmed as they are."""
    issues = list(reading.issues)
    if confirmed not in (digest_of_amendments(amendments), digest_of_amendments(reading.amendments)):
        issues += [_ask_of(amendment) for amendment in amendments]
    if issues:
        raise _explain(plan, body_short_name, issues)


def _ask_of(amendment: PaperAmendment) -> Issue:
    """Return an amendment that nobody has confirmed as an issue."""
    code = IssueCode.ON_RECORD_PERIOD if amendment.column == "Timeline" else IssueCode.ON_RECORD
    return issue_at(amendment.row, amendment.column, code, was=amendment.was)


def _explain(plan: WorkPlan | None, body_short_name: str, issues: list[Issue]) -> Refusal:
    """Return the refusal; where the body has a plan, it says that this may be the plan of another body."""
    answer = invalid(*issues)
    if plan is None:
        return answer
    other = f"The {body_short_name} has a work plan already. If this is the plan of another body, name that body"
    message = f"{answer.message.rstrip('.')}. {other} (bodyShortName; on the command line --body NAME)."
    return Refusal(answer.kind, answer.code, message, issues=answer.issues)


async def _read_paper(markdown: str, names: Names) -> WorkPlanDocument:
    """Read the paper outside the event loop. Refuses one that cannot be read."""
    try:
        return await asyncio.to_thread(read_work_plan, markdown, names.of_parties, names.of_bodies)
    except (UnreadableDocument, UnreadableSheet) as error:
        raise invalid(
            Issue("markdown", IssueCode.UNREADABLE, why=str(error)), code=RefusalCode.IMPORT_UNREADABLE
        ) from error
    except UnreadableWorkPlan as error:
        problems = error.problems
        issues = [_issue_of(problem) for problem in problems]
        raise invalid(*issues) from error


def _issue_of(problem: Problem) -> Issue:
    """Return a problem of a paper as an issue, an unknown name with what can be done about it."""
    if problem.name:
        return issue_at(problem.row, problem.column, IssueCode.PARTY_UNKNOWN, name=problem.name)
    return issue_at(problem.row, problem.column, IssueCode.UNREADABLE, why=problem.message)


def _find_or_add_body(names: Names, short_name: str, parent_short_name: str) -> str:
    """Return the id of the body of the plan, entering it if it is missing.

    The Council, the Policy Commission and the parent are entered with it, if they are missing.
    """
    body_id = names.body(short_name)
    if body_id:
        return body_id
    parent_id = names.body(parent_short_name)
    if parent_id is None:
        raise invalid(Issue("parentShortName", IssueCode.BODY_UNKNOWN, name=parent_short_name))
    names.body("PC")
    name = WORKING_GROUPS.get(short_name, short_name)
    return names.new_body(short_name, name, BodyKind.WORKING_GROUP, parent_id=parent_id)
