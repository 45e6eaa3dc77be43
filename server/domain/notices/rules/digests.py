"""When a letter about notices is due, by what its person chose. Pure."""

from datetime import UTC, datetime, time, timedelta
from typing import NamedTuple

from server.kernel.zones import find_zone
from server.vocabulary.parties import Notices


class Unposted(NamedTuple):
    """The notices of a person that no letter tells of yet: when the oldest was made, and how many cannot wait."""

    oldest_at: datetime
    pressing: int


class Habits(NamedTuple):
    """How a person wants to be told: how often, and at which hour in which zone."""

    notices: Notices
    zone: str
    digest_hour: int


class PostingDecision(NamedTuple):
    """Whether a letter is due, and whether it tells only what cannot wait."""

    is_due: bool
    only_pressing: bool = False


def find_next_digest(since: datetime, zone: str, hour: int) -> datetime:
    """Return the first instant after `since` at which it is a full hour in a zone.

    Where clocks skip the hour it is the same hour by the offset of before. In an unknown zone it is that hour in UTC.
    """
    known = find_zone(zone) or UTC
    day = since.astimezone(known).date()
    for later in range(3):
        instant = datetime.combine(day + timedelta(days=later), time(hour), known).astimezone(UTC)
        if instant > since:
            return instant
    raise AssertionError("a day has each hour at most twice")


def decide(habits: Habits, waiting: Unposted, now: datetime) -> PostingDecision:
    """Return whether a letter is due now: at once, or when the hour of the day has come since the oldest notice."""
    if habits.notices == Notices.AT_ONCE:
        return PostingDecision(True)
    if find_next_digest(waiting.oldest_at, habits.zone, habits.digest_hour) <= now:
        return PostingDecision(True)
    return PostingDecision(waiting.pressing > 0, only_pressing=True)
