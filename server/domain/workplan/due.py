"""When a milestone is due: in a period of its own, or with its sitting or round. Pure."""

from datetime import date, datetime, timedelta
from typing import Annotated, NamedTuple
from zoneinfo import ZoneInfo

from server.domain.workplan.periods import Period
from server.kernel.days import shift_day
from server.vocabulary.rounds import RoundStatus

CALLED_OFF = "needs a new date: called off"
"""Stands for the period of a milestone at a sitting or round that was called off, until it is redated or dropped."""


class DueFacts(NamedTuple):
    """When a milestone is due: a period of its own, or a sitting or a round and the days from there.

    The last two facts say whether that sitting or round was called off.
    """

    earliest: date | None
    latest: date | None
    label: str
    offset_days: int
    starts_on: Annotated[date | None, "sitting.starts_on"]
    ends_on: Annotated[date | None, "sitting.ends_on"]
    closes_at: Annotated[datetime | None, "round.closes_at"]
    zone: Annotated[str | None, "round.zone"]
    cancelled_at: Annotated[datetime | None, "sitting.cancelled_at"] = None
    round_status: Annotated[RoundStatus | None, "round.status"] = None


def due_period(facts: DueFacts) -> Period:
    """Return the period in which a milestone is due, with its sitting or round as it is called today.

    Negative days count back from the first day of a sitting, positive ones on from its last day; a round ends on the
    day on which it closes in its zone. What was to be with a sitting or round that was called off has no day.
    """
    if facts.cancelled_at is not None or facts.round_status == RoundStatus.CANCELLED:
        return Period(None, None, CALLED_OFF)
    if facts.starts_on is not None and facts.ends_on is not None:
        first, last = facts.starts_on, facts.ends_on
    elif facts.closes_at is not None:
        # A round that closes at midnight ends on the day before.
        zone = ZoneInfo(facts.zone or "UTC")
        first = last = (facts.closes_at - timedelta(microseconds=1)).astimezone(zone).date()
    else:
        return Period(facts.earliest, facts.latest, facts.label)
    if facts.offset_days:
        first = last = shift_day(first if facts.offset_days < 0 else last, facts.offset_days)
    return Period(first, last, print_days(first, last))


def period_before_call_off(facts: DueFacts) -> Period:
    """Return the period in which a milestone was due before its sitting or round was called off, if it was."""
    return due_period(facts._replace(cancelled_at=None, round_status=None))


def print_days(first: date, last: date) -> str:
    """Print a stretch of days as a plan would."""
    if first == last:
        return f"{first.day} {first:%B %Y}"
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day} to {last.day} {last:%B %Y}"
    return f"{first.day} {first:%B %Y} to {last.day} {last:%B %Y}"
