"""Days of the calendar: which ones plans and sittings may have, and moving a day without leaving the calendar."""

from datetime import date

from server.kernel.issue_codes import IssueCode
from server.kernel.issues import Issue

EARLIEST, LATEST = date(1900, 1, 1), date(2199, 12, 31)
"""The days that people may give. What lies beyond is a slip of the pen, and a calendar ends at the year 9999."""


def check_horizon(path: str, day: date | None) -> list[Issue]:
    """Return the fault of a day before 1900 or after 2199."""
    if day is None or EARLIEST <= day <= LATEST:
        return []
    return [Issue(path, IssueCode.DAY_OUT_OF_RANGE, earliest=f"{EARLIEST}", latest=f"{LATEST}")]


def shift_day(day: date, days: int) -> date:
    """Return the day so many days later; the first or the last day of the calendar where that ends before."""
    return find_day(day.toordinal() + days)


def find_day(ordinal: int) -> date:
    """Return the day with an ordinal, the first or the last one of the calendar for a number beyond them."""
    return date.fromordinal(min(max(ordinal, date.min.toordinal()), date.max.toordinal()))
