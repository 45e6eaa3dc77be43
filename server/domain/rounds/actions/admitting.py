"""Late comments: a party asks to comment after the close, and is admitted until an instant, or refused."""

from datetime import UTC, datetime

from sqlalchemy.ext.asyncio import AsyncSession

from server.domain.rounds import life, policy, queries
from server.domain.rounds.actions.steps import check_reason
from server.domain.rounds.rules import late, terms
from server.domain.rounds.rules.facts import AdmissionFacts, RoundFacts
from server.journal.actions import record
from server.kernel.actor import Actor
from server.kernel.acts import Act
from server.kernel.facts import facts_of
from server.kernel.refusals import ensure_current, ensure_well_formed
from server.models.calling import LateAdmission
from server.vocabulary.calling import LATE_LIFECYCLE, LateStatus


async def ask_late_admission(session: AsyncSession, actor: Actor, now: datetime, *, round_id: str, reason: str) -> str:
    """Ask for the own party to comment after the close of a round, with the reason, and return the round's id."""
    round_ = await queries.get_round(session, actor, now, round_id, lock=True)
    policy.ask_late_admission.ensure(actor, facts_of(RoundFacts, round_), now)
    ensure_well_formed(check_reason(reason))
    request = await life.find_admission(session, round_.id, actor.party_id)
    if request is None:
        request = LateAdmission(round_id=round_.id, party_id=actor.party_id, status=LATE_LIFECYCLE.initial)
        session.add(request)
    else:
        request.status = LATE_LIFECYCLE.target("ask_late_admission", request.status)
        request.revision += 1
    request.reason, request.asked_by_id, request.asked_at = reason.strip(), actor.delegate_id, now
    request.answer, request.decided_by_id, request.decided_at = "", None, None
    details = {"request": request.id, "reason": request.reason}
    await record(session, actor, policy.ask_late_admission, round_.id, now, **details)
    return round_.id


async def admit_late_comments(
    session: AsyncSession,
    actor: Actor,
    now: datetime,
    *,
    admission_id: str,
    ends_at: datetime,
    reason: str,
    expected_revision: int,
) -> str:
    """Let one party file after the close until, and not including, an instant, with a reason; return the request's id.

    Whatever it files then is marked late for ever.
    """
    request = await _take(session, actor, now, policy.admit_late_comments, admission_id, expected_revision)
    issues = late.check_admission(ends_at, reason, now) + terms.check_offset("endsAt", ends_at, request.round.zone)
    ensure_well_formed(issues)
    request.admitted_until = ends_at.astimezone(UTC)
    _decide(request, actor, now, LateStatus.ADMITTED, reason)
    details = {"round": request.round_id, "party": request.party_id, "until": ends_at, "reason": request.answer}
    await record(session, actor, policy.admit_late_comments, request.id, now, **details)
    return request.id


async def refuse_late_admission(
    session: AsyncSession, actor: Actor, now: datetime, *, admission_id: str, reason: str, expected_revision: int
) -> str:
    """Refuse a party's request to comment after the close, with a reason, and return the request's id."""
    request = await _take(session, actor, now, policy.refuse_late_admission, admission_id, expected_revision)
    ensure_well_formed(check_reason(reason))
    _decide(request, actor, now, LateStatus.REFUSED, reason)
    details = {"round": request.round_id, "party": request.party_id, "reason": request.answer}
    await record(session, actor, policy.refuse_late_admission, request.id, now, **details)
    return request.id


async def _take(
    session: AsyncSession,
    actor: Actor,
    now: datetime,
    act: Act[AdmissionFacts],
    admission_id: str,
    expected_revision: int,
) -> LateAdmission:
    """Return the request for an act, locked for change, or refuse the act."""
    request = await life.get_admission(session, actor, now, admission_id)
    act.ensure(actor, facts_of(AdmissionFacts, request), now)
    ensure_current("request", request.id, expected=expected_revision, current=request.revision)
    return request


def _decide(request: LateAdmission, actor: Actor, now: datetime, status: LateStatus, reason: str) -> None:
    """Write the answer to a request."""
    act = policy.admit_late_comments if status == LateStatus.ADMITTED else policy.refuse_late_admission
    request.status = LATE_LIFECYCLE.target(act.name, request.status)
    request.answer, request.decided_by_id, request.decided_at = reason.strip(), actor.delegate_id, now
    request.revision += 1
