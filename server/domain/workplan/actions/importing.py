"""Taking over a work plan and a chart of groups from a paper.

Nothing is ever guessed or overwritten. A row is compared with what was imported before, by its topic's number and its
place in the topic. A row that says something else refuses the whole import, named by row and column. New rows
are added: a step at the end of a topic, a topic, a group, a coordinator, a volunteer. Rows that the paper no longer has
stay. Acts of people since then (a re-dating, a party that left) are no difference.
"""

import asyncio
import hashlib
from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy.ext.asyncio import AsyncSession

from server.documents.units import UnreadableDocument
from server.documents.work_plan import UnreadableWorkPlan, WorkPlanDocument, read_work_plan
from server.domain.workplan import policy, queries, rules
from server.domain.workplan.actions.comparing import Groups, Topics, issue_at
from server.domain.workplan.actions.names import WORKING_GROUPS, Names, names_on_record
from server.journal.actions import record
from server.kernel.actor import Actor
from server.kernel.issue_codes import IssueCode
from server.kernel.issues import Issue
from server.kernel.refusals import Refusal, RefusalCode, ensure_well_formed, invalid
from server.models.workplan import WorkPlan
from server.vocabulary.bodies import BodyKind

AGREED_ON = date(2018, 6, 21)
"""Last day of the meeting at which the WGEC set up its intersessional groups."""


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
    decided_on: date = AGREED_ON,
) -> str:
    """Read a paper into the work plan of a body and its groups, and return the plan's id.

    A new body is entered below its parent; it names a plan without a title. Parties begin in groups on `decided_on`.
    The same paper twice changes nothing. Refuses an unreadable paper, an unknown party, a timeline that is no period
    and a row that differs from what was imported before: all rows at fault are named and nothing is written.
    """
    policy.import_work_plan.ensure(actor, None, now)
    ensure_well_formed(rules.check_import(body_short_name, parent_short_name))
    digest = digest_of(markdown)
    plan = await queries.find_plan(session, body_short_name)
    if plan and plan.source_digest == digest:
        return plan.id
    names = await names_on_record(session, actor, now)
    source = {"source_name": source_name, "source_digest": digest, "imported_at": now}
    paper = PlanPaper(markdown, body_short_name, parent_short_name, title, decided_on)
    plan_id = await compare_paper(session, names, plan, paper, source)
    added = await names.rows.insert(session)
    if not added:
        return plan_id
    if plan:
        plan.source_name, plan.source_digest, plan.imported_at = source_name, digest, now
    await record(session, actor, policy.import_work_plan, plan_id, now, added=added, source_digest=digest)
    return plan_id


class PlanPaper(NamedTuple):
    """A paper with a work plan, and whose plan it is."""

    markdown: str
    body_short_name: str = "WGEC"
    parent_short_name: str = "PTC"
    title: str = ""
    decided_on: date = AGREED_ON


def digest_of(markdown: str) -> str:
    """Return the SHA-256 by which the same paper is known again."""
    return hashlib.sha256(markdown.encode("utf-8", "surrogatepass")).hexdigest()


async def compare_paper(
    session: AsyncSession, names: Names, plan: WorkPlan | None, paper: PlanPaper, source: dict[str, Any]
) -> str:
    """Put what is new in a paper into the rows of `names`, and return the plan's id. Refuse a paper with faults."""
    document = await _read_paper(paper.markdown, names)
    body_id = _find_or_add_body(names, paper.body_short_name, paper.parent_short_name)
    title = paper.title.strip() or f"Work plan of the {paper.body_short_name}"
    plan_id = plan.id if plan else names.rows.add(WorkPlan, body_id=body_id, title=title, **source)
    topics = await Topics.on_record(session, plan)
    groups = await Groups.on_record(session, body_id, paper.body_short_name)
    issues = topics.take(document.topics, names, plan_id) + groups.take(document.groups, names, paper.decided_on)
    _ensure_agreed(plan, paper.body_short_name, issues)
    return plan_id


async def preview_import(session: AsyncSession, actor: Actor, now: datetime, paper: PlanPaper) -> dict[str, int]:
    """Return how many rows of which table an import of a paper would add. Nothing is written.

    Refuse what importing refuses. The caller has checked that the actor is of the Secretariat.
    """
    ensure_well_formed(rules.check_import(paper.body_short_name, paper.parent_short_name))
    plan = await queries.find_plan(session, paper.body_short_name, lock=False)
    if plan and plan.source_digest == digest_of(paper.markdown):
        return {}
    names = await names_on_record(session, actor, now, lock=False)
    await compare_paper(session, names, plan, paper, {})
    return names.rows.counts()


def _ensure_agreed(plan: WorkPlan | None, body_short_name: str, issues: list[Issue]) -> None:
    """Refuse a paper with issues; where the body has a plan, say that this may be the plan of another body."""
    if not issues or plan is None:
        return ensure_well_formed(issues)
    answer = invalid(*issues)
    other = f"The {body_short_name} has a work plan already. If this is the plan of another body, name that body"
    message = f"{answer.message.rstrip('.')}. {other} (bodyShortName; on the command line --body NAME)."
    raise Refusal(answer.kind, answer.code, message, issues=answer.issues)


async def _read_paper(markdown: str, names: Names) -> WorkPlanDocument:
    """Read the paper outside the event loop. Refuses one that cannot be read."""
    try:
        return await asyncio.to_thread(read_work_plan, markdown, names.of_parties)
    except UnreadableDocument as error:
        raise invalid(
            Issue("markdown", IssueCode.UNREADABLE, why=str(error)), code=RefusalCode.IMPORT_UNREADABLE
        ) from error
    except UnreadableWorkPlan as error:
        problems = error.problems
        issues = [issue_at(row, column, IssueCode.UNREADABLE, why=words) for row, column, words in problems]
        raise invalid(*issues) from error


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
