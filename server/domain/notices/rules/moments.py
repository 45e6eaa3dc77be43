"""Say which of the days before an instant has come, and when one that has moved is told anew. Pure."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta

from server.kernel.zones import find_zone

MOVED_BY = timedelta(hours=12)
"""The least by which an instant moves to another day: from shortly before midnight to shortly after is no such move."""


def find_step(due_at: datetime, begins_at: datetime, days: Iterable[int], now: datetime) -> int | None:
    """Return the last of some numbers of days before an instant that has come, None if none has.

    Days from before the beginning do not count: who was told of an opening is not told at once that it closes soon.
    """
    come = (each for each in days if begins_at <= due_at - timedelta(days=each) <= now)
    return min(come, default=None)


def is_another_day(before: date | datetime, after: date | datetime, zone: str | None) -> bool:
    """Return whether a deadline that moved is on another day, in the zone in which it was announced."""
    if not isinstance(before, datetime) or not isinstance(after, datetime):
        return before != after
    known = find_zone(zone or "") or UTC
    return abs(after - before) >= MOVED_BY and before.astimezone(known).date() != after.astimezone(known).date()


def read_due(words: str) -> date | datetime:
    """Return the day or the instant that stands in the name of an occurrence."""
    return datetime.fromisoformat(words) if "T" in words else date.fromisoformat(words)
