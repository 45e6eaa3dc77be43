"""Calling sittings, moving them, calling them off; and the days before them by which papers are issued."""

from datetime import date, datetime
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from server.domain.bodies import queries as bodies
from server.domain.bodies.actions.recording import ensure_numbers_free
from server.domain.bodies.mandates import ensure_within_mandate
from server.domain.bodies.rules import BodyFacts, check_not_after_conclusion, check_sitting
from server.domain.parties.rules.accrediting import check_reason
from server.domain.parties.rules.dates import check_days
from server.domain.sittings import policy, queries
from server.domain.sittings.rules import meeting
from server.domain.sittings.rules.meeting import MeetingFacts
from server.journal.actions import record
from server.kernel.actor import Actor
from server.kernel.facts import facts_of
from server.kernel.issue_codes import IssueCode
from server.kernel.issues import Issue
from server.kernel.refusals import ensure_current, ensure_well_formed
from server.models.bodies import Sitting
from server.models.sittings import SittingStep
from server.vocabulary.sittings import SittingFormat, SittingStepKind


async def call_sitting(
    session: AsyncSession,
    actor: Actor,
    now: datetime,
    *,
    body_id: str,
    first_number: int,
    second_number: int | None,
    starts_on: date,
    ends_on: date,
    place: str = "Brussels",
    sitting_format: SittingFormat,
    zone: str = meeting.ZONE,
) -> str:
    """Call a sitting of a body that is to come, and return its id. Its days are days in `zone`.

    Refuses a session number that a sitting of the body has already.
    """
    body = await bodies.hold_body(session, actor, now, body_id)
    policy.call_sitting.ensure(actor, None, now)
    facts = facts_of(BodyFacts, body)
    ensure_within_mandate(facts, starts_on, now)
    issues = check_sitting(first_number, second_number, starts_on, ends_on, place)
    issues += meeting.check_to_come(starts_on, zone, now)
    ensure_well_formed(issues + check_not_after_conclusion(facts, starts_on))
    await ensure_numbers_free(session, body, first_number, second_number)
    numbers = {"first_number": first_number, "second_number": second_number}
    days = {"starts_on": starts_on, "ends_on": ends_on, "zone": zone}
    sitting = Sitting(body_id=body.id, **numbers, **days, place=place.strip(), format=sitting_format)
    session.add(sitting)
    details = {"body": body.id, "zone": zone} | numbers | _terms_of(sitting)
    await record(session, actor, policy.call_sitting, sitting.id, now, **details)
    return sitting.id


async def move_sitting(
    session: AsyncSession,
    actor: Actor,
    now: datetime,
    *,
    sitting_id: str,
    starts_on: date | None = None,
    ends_on: date | None = None,
    place: str | None = None,
    sitting_format: SittingFormat | None = None,
    reason: str,
    expected_revision: int,
) -> str:
    """Move a sitting to other days, another place or another format, with a reason, and return its id.

    What is None stays. Refuses days that are past, and a change that changes nothing.
    """
    sitting = await queries.hold_sitting(session, actor, now, sitting_id)
    policy.move_sitting.ensure(actor, facts_of(MeetingFacts, sitting), now)
    ensure_current("sitting", sitting.id, expected=expected_revision, current=sitting.revision)
    before = _terms_of(sitting)
    days = (starts_on or sitting.starts_on, ends_on or sitting.ends_on)
    issues = check_reason(reason) + (meeting.check_place(place) if place is not None else [])
    if days != (sitting.starts_on, sitting.ends_on):
        issues += check_days(*days) + meeting.check_to_come(days[0], sitting.zone or meeting.ZONE, now)
    step = _begin_step(sitting, reason.strip(), actor, now)
    sitting.starts_on, sitting.ends_on = days
    sitting.place, sitting.format = (place or sitting.place).strip(), sitting_format or sitting.format
    if _terms_of(sitting) == before:
        issues.append(Issue("sittingId", IssueCode.NOTHING_CHANGES))
    ensure_well_formed(issues)
    step.starts_after, step.ends_after, step.place_after = *days, sitting.place
    step.format_after = sitting.format
    sitting.revision += 1
    session.add(step)
    after = _terms_of(sitting)
    await record(session, actor, policy.move_sitting, sitting.id, now, before=before, after=after, reason=step.reason)
    return sitting.id


def _begin_step(sitting: Sitting, reason: str, actor: Actor, now: datetime) -> SittingStep:
    """Return the step that moves a sitting, with where it stood before."""
    before = {"starts_before": sitting.starts_on, "ends_before": sitting.ends_on, "place_before": sitting.place}
    by = {"taken_by_id": actor.delegate_id, "taken_at": now}
    return SittingStep(sitting_id=sitting.id, kind=SittingStepKind.MOVED, reason=reason, **before, **by)


def _terms_of(sitting: Sitting) -> dict[str, Any]:
    """Return what can be moved of a sitting, as the journal keeps it."""
    days = {"starts_on": sitting.starts_on.isoformat(), "ends_on": sitting.ends_on.isoformat()}
    return days | {"place": sitting.place, "format": sitting.format}


async def cancel_sitting(
    session: AsyncSession, actor: Actor, now: datetime, *, sitting_id: str, reason: str, expected_revision: int
) -> str:
    """Call a sitting off, with a reason, and return its id. It stays on record with its agenda."""
    sitting = await queries.hold_sitting(session, actor, now, sitting_id)
    policy.cancel_sitting.ensure(actor, facts_of(MeetingFacts, sitting), now)
    ensure_current("sitting", sitting.id, expected=expected_revision, current=sitting.revision)
    ensure_well_formed(check_reason(reason))
    sitting.cancelled_at, sitting.cancellation = now, reason.strip()
    sitting.revision += 1
    by = {"taken_by_id": actor.delegate_id, "taken_at": now}
    why = {"kind": SittingStepKind.CANCELLED, "reason": sitting.cancellation}
    session.add(SittingStep(sitting_id=sitting.id, **why, **by))
    await record(session, actor, policy.cancel_sitting, sitting.id, now, reason=sitting.cancellation)
    return sitting.id


async def arrange_documents(
    session: AsyncSession,
    actor: Actor,
    now: datetime,
    *,
    body_id: str,
    document_days: int | None,
    reason: str,
    expected_revision: int,
) -> str:
    """Set how many days before a sitting of a body its papers are issued, None for no such day; return its id."""
    body = await bodies.hold_body(session, actor, now, body_id)
    policy.arrange_documents.ensure(actor, None, now)
    ensure_current("body", body.id, expected=expected_revision, current=body.revision)
    issues = check_reason(reason) + meeting.check_document_days(document_days)
    if document_days == body.document_days:
        issues.append(Issue("documentDays", IssueCode.NOTHING_CHANGES))
    ensure_well_formed(issues)
    details = {"days_before": body.document_days, "days_after": document_days, "reason": reason.strip()}
    body.document_days = document_days
    body.revision += 1
    await record(session, actor, policy.arrange_documents, body.id, now, **details)
    return body.id
