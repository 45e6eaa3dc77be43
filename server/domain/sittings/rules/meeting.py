"""When a sitting can be called, moved or called off, and by when its papers are issued. Pure."""

from datetime import UTC, date, datetime
from typing import Annotated, NamedTuple

from server.domain.rounds.rules.window import has_closed
from server.kernel.acts import Obstacle, hinder
from server.kernel.days import shift_day
from server.kernel.issue_codes import IssueCode
from server.kernel.issues import Issue
from server.kernel.reasons import Reason, ReasonCode
from server.kernel.refusals import RefusalCode
from server.kernel.zones import find_zone

ZONE = "Europe/Brussels"
"""The zone of a sitting for which none was said: the organization sits in Brussels."""
MOST_DAYS = 365
PLACE_LIMIT = 200


class MeetingFacts(NamedTuple):
    """The facts of a sitting that the rules and the policy look at."""

    body_id: str
    starts_on: date
    ends_on: date
    zone: str | None
    cancelled_at: datetime | None


class DocumentFacts(NamedTuple):
    """The facts from which the day follows by which the papers of a sitting are issued."""

    starts_on: date
    document_days: Annotated[int | None, "body.document_days"]


class LaidFacts(NamedTuple):
    """The facts of a paper under an item of an agenda that say whether it came in time."""

    issued_at: Annotated[datetime, "paper.issued_at"]
    starts_on: Annotated[date, "item.sitting.starts_on"]
    zone: Annotated[str | None, "item.sitting.zone"]
    document_days: Annotated[int | None, "item.sitting.body.document_days"]


def day_in(zone: str | None, instant: datetime) -> date:
    """Return the day that an instant falls on in the zone of a sitting, in Brussels where none was said."""
    return instant.astimezone(find_zone(zone or ZONE) or UTC).date()


def not_cancelled(facts: MeetingFacts, now: datetime) -> Obstacle | None:
    """Refuse for a sitting that was called off."""
    if facts.cancelled_at is None:
        return None
    reason = Reason(ReasonCode.SITTING_CANCELLED, facts.cancelled_at, facts.zone or ZONE)
    return hinder(RefusalCode.WRONG_STATE, reason, "A sitting that was called off stays on record as it was.")


def once_begun(facts: MeetingFacts, now: datetime) -> Obstacle | None:
    """Refuse to report on a sitting before its first day, in its zone."""
    if day_in(facts.zone, now) >= facts.starts_on:
        return None
    reason = Reason(ReasonCode.SITTING_NOT_BEGUN, day=facts.starts_on)
    return hinder(RefusalCode.WRONG_STATE, reason, "A sitting is reported on from its first day.")


def while_not_over(facts: MeetingFacts, now: datetime) -> Obstacle | None:
    """Refuse once the last day of a sitting, in its zone, is past."""
    if day_in(facts.zone, now) <= facts.ends_on:
        return None
    reason = Reason(ReasonCode.SITTING_OVER, day=facts.ends_on)
    return hinder(RefusalCode.WRONG_STATE, reason, "A sitting is moved or called off until its last day.")


def documents_due_on(facts: DocumentFacts) -> date | None:
    """Return the last day on which papers of a sitting are in time, None where its body has set no days."""
    return None if facts.document_days is None else shift_day(facts.starts_on, -facts.document_days)


def days_late(facts: LaidFacts) -> int:
    """Return how many days after its last day a paper was issued, in the zone of its sitting; 0 if it was in time."""
    due_on = documents_due_on(DocumentFacts(facts.starts_on, facts.document_days))
    return 0 if due_on is None else max(0, (day_in(facts.zone, facts.issued_at) - due_on).days)


def check_to_come(starts_on: date, zone: str, now: datetime) -> list[Issue]:
    """Return the fault of the first day of a sitting that is called or moved, which is to come, or of its zone."""
    if find_zone(zone) is None:
        return [Issue("zone", IssueCode.ZONE_UNKNOWN)]
    if starts_on < (today := day_in(zone, now)):
        return [Issue("startsOn", IssueCode.DAY_TOO_EARLY, earliest=f"{today:%Y-%m-%d}")]
    return []


def check_comments_until(closes_at: datetime | None, ends_on: date, zone: str | None, now: datetime) -> list[Issue]:
    """Return the fault of the instant until which an item takes comments: to come, and no later than the sitting."""
    if closes_at is None:
        return []
    last_day = day_in(zone, closes_at)
    if not has_closed(closes_at, now) and last_day <= ends_on:
        return []
    return [Issue("closesAt", IssueCode.UNFIT, why=f"an instant to come, until the sitting ends on {ends_on:%Y-%m-%d}")]


def check_place(place: str) -> list[Issue]:
    """Return the fault of a place that is empty or too long."""
    if 0 < len(place.strip()) <= PLACE_LIMIT:
        return []
    return [Issue("place", IssueCode.LENGTH, limit=PLACE_LIMIT)]


def check_document_days(days: int | None) -> list[Issue]:
    """Return the fault of the days before a sitting by which papers are issued; None takes the setting back."""
    if days is None or 0 <= days <= MOST_DAYS:
        return []
    return [Issue("documentDays", IssueCode.NUMBER_OUT_OF_RANGE, least=0, most=MOST_DAYS)]
