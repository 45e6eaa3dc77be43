"""Opening a call for inputs, moving its closing instant, and calling it off."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from server.domain.bodies import queries as bodies
from server.domain.calls import policy, queries
from server.domain.calls.rules.facts import CallFacts, CallingFacts
from server.domain.calls.rules.questions import QuestionTerms, check_questions
from server.domain.calls.rules.statistics import LEAST_IN_GROUP
from server.domain.calls.rules.window import RESULTS_RULE
from server.domain.rounds.rules import checks, terms
from server.journal.actions import hold_journal, record
from server.kernel.actor import Actor, Capacity
from server.kernel.facts import facts_of
from server.kernel.issue_codes import IssueCode
from server.kernel.issues import Issue
from server.kernel.refusals import Refusal, RefusalCode, RefusalKind, ensure_current, ensure_well_formed
from server.models.calls import Call, CallQuestion, CallRedating
from server.vocabulary.calls import CALL_LIFECYCLE
from server.vocabulary.rounds import RoundVisibility


async def open_call(
    session: AsyncSession,
    actor: Actor,
    now: datetime,
    *,
    body_id: str,
    title: str,
    introduction: str,
    questions: Sequence[QuestionTerms],
    opens_at: datetime | None,
    closes_at: datetime,
    zone: str,
    visibility: RoundVisibility,
    audience: frozenset[Capacity],
) -> str:
    """Ask parties questions from `opens_at` (None: now) until `closes_at`, and return the id of the call."""
    body = await bodies.get_body(session, actor, now, body_id)
    policy.open_call.ensure(actor, CallingFacts(body.id, body.concluded_on, body.mandated_until), now)
    opens_at = opens_at or now
    issues = _check_window(opens_at, closes_at, zone, now) + _check_terms(title, introduction, questions, audience)
    await hold_journal(session)  # from here to the commit nobody else opens a call under this title
    ensure_well_formed(issues + await _check_title(session, body.id, title))
    call = Call(
        body_id=body.id,
        title=title.strip(),
        introduction=introduction.strip(),
        opens_at=opens_at,
        closes_at=closes_at,
        zone=zone,
        visibility=visibility,
        open_to_members=Capacity.MEMBER in audience,
        open_to_observers=Capacity.OBSERVER in audience,
        open_to_private_sector=Capacity.PRIVATE_SECTOR in audience,
        status=CALL_LIFECYCLE.initial,
        called_by_id=actor.delegate_id,
        called_at=now,
    )
    await _add_with_questions(session, call, questions)
    await record(session, actor, policy.open_call, call.id, now, audience=sorted(audience), **_terms_of(call))
    return call.id


async def _check_title(session: AsyncSession, body_id: str, title: str) -> list[Issue]:
    """Return the fault of a title under which the body has asked already: answers to the two would be mixed up."""
    others = await queries.list_titles(session, body_id)
    same = [other for other in others if terms.is_same_title(other, title)]
    return [Issue("title", IssueCode.TAKEN, taken=same[0])] if same else []


def _check_window(opens_at: datetime, closes_at: datetime, zone: str, now: datetime) -> list[Issue]:
    """Return the faults of the window of a call, and of the zone in which it is announced."""
    issues = checks.check_window(opens_at, closes_at, now) + terms.check_zone(zone)
    issues += terms.check_offset("opensAt", opens_at, zone)
    return issues + terms.check_offset("closesAt", closes_at, zone)


def _check_terms(
    title: str, introduction: str, questions: Sequence[QuestionTerms], audience: frozenset[Capacity]
) -> list[Issue]:
    """Return the faults of what a call says and whom it asks, each by itself."""
    issues = checks.check_call(title, audience)
    if len(introduction) > checks.TEXT_LIMIT:
        issues.append(Issue("introduction", IssueCode.TOO_LONG, limit=checks.TEXT_LIMIT))
    return issues + check_questions(questions)


async def _add_with_questions(session: AsyncSession, call: Call, questions: Sequence[QuestionTerms]) -> None:
    session.add(call)
    await session.flush()
    session.add_all(_row_of(call.id, place, question) for place, question in enumerate(questions, start=1))


def _row_of(call_id: str, position: int, question: QuestionTerms) -> CallQuestion:
    values = question._asdict() | {"text": question.text.strip(), "hint": question.hint.strip()}
    values |= {"choices": [each.strip() for each in question.choices], "unit": question.unit.strip()}
    return CallQuestion(call_id=call_id, position=position, **values)


def _terms_of(call: Call) -> dict[str, Any]:
    """Return what the journal keeps of a call that is opened, beside its audience and its questions."""
    names = ("title", "zone", "visibility", "opens_at", "closes_at")
    return {"body": call.body_id} | {name: getattr(call, name) for name in names}


async def extend_call(
    session: AsyncSession,
    actor: Actor,
    now: datetime,
    *,
    call_id: str,
    closes_at: datetime,
    reason: str,
    expected_revision: int,
) -> str:
    """Move the closing instant later, for everyone, with a reason, and return the id of the call."""
    call = await queries.get_call(session, actor, now, call_id, lock=True)
    policy.extend_call.ensure(actor, facts_of(CallFacts, call), now)
    ensure_current("call", call.id, expected=expected_revision, current=call.revision)
    issues = checks.check_window(call.opens_at, closes_at, now)
    issues += terms.check_offset("closesAt", closes_at, call.zone)
    if closes_at <= call.closes_at:
        issues.append(Issue("closesAt", IssueCode.WINDOW_SHORTER))
    ensure_well_formed(issues + _check_reason(reason))
    before = await _move_close(session, actor, now, call, closes_at, reason)
    await record(session, actor, policy.extend_call, call.id, now, before=before, after=closes_at, reason=reason)
    return call.id


async def close_call_early(
    session: AsyncSession, actor: Actor, now: datetime, *, call_id: str, reason: str, expected_revision: int
) -> str:
    """Close a call at this instant, with a reason, and return its id."""
    call = await queries.get_call(session, actor, now, call_id, lock=True)
    policy.close_call_early.ensure(actor, facts_of(CallFacts, call), now)
    ensure_current("call", call.id, expected=expected_revision, current=call.revision)
    closes_at, issues = now, _check_reason(reason)
    if closes_at <= call.opens_at:
        issues.append(Issue("", IssueCode.CLOSES_BEFORE_OPENING))
    ensure_well_formed(issues)
    before = await _move_close(session, actor, now, call, closes_at, reason)
    await record(session, actor, policy.close_call_early, call.id, now, before=before, after=now, reason=reason)
    return call.id


async def _move_close(
    session: AsyncSession, actor: Actor, now: datetime, call: Call, closes_at: datetime, reason: str
) -> datetime:
    """Move the closing instant of a call, keep the one before in its history, and return that."""
    before = call.closes_at
    session.add(
        CallRedating(
            call_id=call.id,
            closed_at_before=before,
            closes_at_after=closes_at,
            reason=reason.strip(),
            redated_by_id=actor.delegate_id,
            redated_at=now,
        )
    )
    await session.flush()  # the database takes another closing instant only with a row that says so
    call.closes_at = closes_at
    call.revision += 1
    return before


async def cancel_call(
    session: AsyncSession, actor: Actor, now: datetime, *, call_id: str, reason: str, expected_revision: int
) -> str:
    """Call a call off, with a reason, and return its id. What was filed stays on record."""
    call = await queries.get_call(session, actor, now, call_id, lock=True)
    policy.cancel_call.ensure(actor, facts_of(CallFacts, call), now)
    ensure_current("call", call.id, expected=expected_revision, current=call.revision)
    ensure_well_formed(_check_reason(reason))
    call.status = CALL_LIFECYCLE.target("cancel_call", call.status)
    call.revision += 1
    await record(session, actor, policy.cancel_call, call.id, now, reason=reason)
    return call.id


async def publish_results(
    session: AsyncSession, actor: Actor, now: datetime, *, call_id: str, expected_revision: int
) -> str:
    """Give the statistics of a closed call to everybody whom it asks, for good, and return the id of the call.

    Where the parties do not see each other's answers, enough of them must have answered that none is recognised.
    """
    call = await queries.get_call(session, actor, now, call_id, lock=True)
    policy.publish_results.ensure(actor, facts_of(CallFacts, call), now)
    ensure_current("call", call.id, expected=expected_revision, current=call.revision)
    count = await queries.count_answered(session, call.id)
    if call.visibility == RoundVisibility.SECRETARIAT_AND_COORDINATORS and count < LEAST_IN_GROUP:
        message = f"Fewer than {LEAST_IN_GROUP} parties have answered: statistics would tell what each of them said."
        raise Refusal(RefusalKind.NOT_NOW, RefusalCode.WRONG_STATE, message, rule=RESULTS_RULE)
    call.published_at = now
    call.revision += 1
    await record(session, actor, policy.publish_results, call.id, now)
    return call.id


def _check_reason(reason: str) -> list[Issue]:
    return [] if reason.strip() else [Issue("reason", IssueCode.REASON_MISSING)]
