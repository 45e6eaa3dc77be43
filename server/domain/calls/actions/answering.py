"""Drafting the answers of a party to a call, and filing them."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from server.domain.calls import policy, queries
from server.domain.calls.rules.facts import CallFacts
from server.domain.calls.rules.questions import GivenAnswer, check_answers, find_missing, find_references, kept_of
from server.domain.papers.queries import find_unknown
from server.journal.actions import record
from server.journal.chain import sha256_of
from server.journal.digests import content_of_answers
from server.journal.seals import commit_filing
from server.kernel.actor import Actor
from server.kernel.facts import facts_of
from server.kernel.issue_codes import IssueCode
from server.kernel.issues import Issue
from server.kernel.refusals import Refusal, RefusalCode, RefusalKind, ensure_current, ensure_well_formed
from server.models.calls import AnswerDraft, AnswerSheet
from server.storage.rows import insert_rows
from server.vocabulary.rounds import RoundVisibility

NO_DRAFT = 0
"""The revision of a draft that nobody has begun."""


async def answer_call(
    session: AsyncSession,
    actor: Actor,
    now: datetime,
    *,
    call_id: str,
    answers: Sequence[GivenAnswer],
    expected_revision: int,
) -> str:
    """Write the answers of the party into its draft, in place of those there, and return the id of the draft.

    Only the party sees it. `expected_revision` is 0 where nobody has begun it.
    """
    call = await queries.get_call(session, actor, now, call_id)
    policy.answer_call.ensure(actor, facts_of(CallFacts, call), now)
    draft = await queries.lock_draft(session, call.id, actor.party_id)
    current = draft.revision if draft else NO_DRAFT
    ensure_current("draft", draft.id if draft else call.id, expected=expected_revision, current=current)
    questions = await queries.questions_of(session, call.id)
    issues = check_answers(questions, answers)
    ensure_well_formed(issues + await _check_files(session, find_references(questions, answers)))
    values = {each.question_id: kept_of(questions[each.question_id], each) for each in answers}
    if draft is None:
        draft = AnswerDraft(call_id=call.id, party_id=actor.party_id, revision=NO_DRAFT)
        session.add(draft)
    draft.answers = {
        question_id: values[question_id] for question_id in questions if values.get(question_id) is not None
    }
    draft.revised_by_id, draft.revised_at = actor.delegate_id, now
    draft.revision += 1
    await record(session, actor, policy.answer_call, draft.id, now, call=call.id)
    return draft.id


async def _check_files(session: AsyncSession, references: Mapping[str, str]) -> list[Issue]:
    """Return a fault for each reference that is neither an address on the web nor the number of a paper on record."""
    unknown = await find_unknown(session, references.values())
    return [Issue(path, IssueCode.FILE_UNFIT) for path, value in references.items() if value in unknown]


async def file_answers(
    session: AsyncSession, actor: Actor, now: datetime, *, call_id: str, expected_revision: int
) -> str:
    """File the draft of the party as its focal point, and return the id of what was filed.

    It never changes; while the call is open the party can file again, and what it filed before is kept.
    """
    call = await queries.get_call(session, actor, now, call_id)
    policy.file_answers.ensure(actor, facts_of(CallFacts, call), now)
    draft = await queries.lock_draft(session, call.id, actor.party_id)
    if draft is None:
        message = "Your party has not drafted any answer to this call. Draft the answers first."
        raise Refusal(RefusalKind.NOT_NOW, RefusalCode.WRONG_STATE, message, rule="The draft of a party is filed.")
    ensure_current("draft", draft.id, expected=expected_revision, current=draft.revision)
    ensure_well_formed(find_missing(await queries.questions_of(session, call.id), draft.answers))
    if draft.answers == await queries.last_answers(session, call.id, actor.party_id):
        raise Refusal(RefusalKind.NOT_NOW, RefusalCode.ALREADY_DONE, "Your party has filed exactly these answers.")
    sheet = AnswerSheet(
        call_id=call.id,
        party_id=actor.party_id,
        number=await queries.next_number(session, call.id, actor.party_id),
        answers=draft.answers,
        filed_by_id=actor.delegate_id,
        filed_at=now,
    )
    content = content_of_answers(sheet)
    sheet.content_digest = sha256_of(content)
    await insert_rows(session, sheet)
    if call.visibility == RoundVisibility.AFTER_CLOSE:
        await commit_filing(session, call.id, sheet.id, now, content)
    details = {"call": call.id, "number": sheet.number, "content_digest": sheet.content_digest}
    await record(session, actor, policy.file_answers, sheet.id, now, **details)
    return sheet.id
