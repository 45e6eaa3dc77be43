"""Periods as work plans print them: a month, a pair of months, a range, a quarter, a year, or nothing.

Pure. The printed forms are those of the work plan of September 2018 and of the capacity-building plan of PC0618.
"""

import re
from calendar import monthrange
from datetime import date
from typing import NamedTuple

_MONTHS = (
    ("january", "jan"),
    ("february", "feb"),
    ("march", "mar"),
    ("april", "apr"),
    ("may", "may"),
    ("june", "jun"),
    ("july", "jul"),
    ("august", "aug"),
    ("september", "sep", "sept"),
    ("october", "oct"),
    ("november", "nov"),
    ("december", "dec"),
)
_MONTH_NUMBERS = {name: number for number, names in enumerate(_MONTHS, start=1) for name in names}
_LONGEST_LABEL = 100
_BETWEEN = re.compile(r"\s*[/\u2013\u2014-]\s*|\s+to\s+", re.IGNORECASE)
_OPEN_SIDE = re.compile(r"(from|until|by)\s+", re.IGNORECASE)
_POINT = re.compile(
    r"(?:(?P<day>[0-9]{1,2})(?:\s+(?=[a-z]))?)?(?:(?P<month>[a-z]{3,9})\.?|q(?P<quarter>[1-4]))?\s*(?P<year>[0-9]{4})?",
    re.IGNORECASE,
)


class Period(NamedTuple):
    """A stretch of calendar days, both ends included; None is an open end. ``label`` is what is printed, trimmed."""

    earliest: date | None
    latest: date | None
    label: str


class _Point(NamedTuple):
    """One end of a period as far as it is printed; ``months`` is the first and the last month meant."""

    day: int | None
    months: tuple[int, int] | None
    year: int | None


def read_period(label: str) -> Period:
    """Read a printed period.

    A point is a day (``15 May 2018``), a month (``May 2018``), a quarter (``Q3 2020``) or a year (``2018``). Two points
    make a range with ``to``, ``/`` or a dash, and the first borrows from the second what it does not print:
    ``September/October 2018``, ``8 to 12 October 2018``, ``October 2018 to March 2019``. ``from`` leaves the end open,
    ``until`` and ``by`` the beginning. A blank label is a period open on both sides.

    Raises ``ValueError`` for any other words, for a day that does not exist, and for an end before the beginning.
    """
    printed = label.strip()
    if not printed:
        return Period(None, None, "")
    if len(printed) > _LONGEST_LABEL:
        raise ValueError(f"A period has at most {_LONGEST_LABEL} characters.")
    side = _OPEN_SIDE.match(printed)
    points = _BETWEEN.split(printed[side.end() :] if side else printed)
    if len(points) > (1 if side else 2):
        raise ValueError(f"{printed!r} is not a period: it names too many dates.")
    # The last point is read first: it prints the year, which the first one often leaves out.
    last = _read_point(points[-1], printed)
    first = _borrow_parts(_read_point(points[0], printed), last) if len(points) > 1 else last
    earliest, latest = _find_day(first, printed, end=False), _find_day(last, printed, end=True)
    if latest < earliest:
        raise ValueError(f"{printed!r} ends before it begins.")
    if side:
        return Period(earliest, None, printed) if side[1].lower() == "from" else Period(None, latest, printed)
    return Period(earliest, latest, printed)


def _read_point(words: str, printed: str) -> _Point:
    """Read one end of a period. Raise ValueError for words that are no day, month, quarter or year."""
    match = _POINT.fullmatch(words.strip())
    month = match["month"].lower() if match and match["month"] else ""
    if match is None or not words.strip() or (month and month not in _MONTH_NUMBERS):
        raise ValueError(f"{printed!r} is not a period: {words.strip()!r} is not a day, a month, a quarter or a year.")
    months = None
    if month:
        months = (_MONTH_NUMBERS[month], _MONTH_NUMBERS[month])
    elif match["quarter"]:
        quarter = int(match["quarter"])
        months = (3 * quarter - 2, 3 * quarter)
    return _Point(_read_number(match["day"]), months, _read_number(match["year"]))


def _read_number(digits: str | None) -> int | None:
    """Return digits as a number, None for none."""
    return None if digits is None else int(digits)


def _borrow_parts(first: _Point, last: _Point) -> _Point:
    """Return the first point with the parts that only the second one prints.

    A lone day takes the month, and both take the year of a month.
    """
    months = last.months if first.months is None and None not in (first.day, last.day) else first.months
    year = last.year if first.year is None and last.months else first.year
    return _Point(first.day, months, year)


def _find_day(point: _Point, printed: str, *, end: bool) -> date:
    """Return the first day that a point means, with `end` the last. Raise ValueError if there is no such day."""
    if point.year is None:
        raise ValueError(f"{printed!r} is not a period: the year is missing.")
    if point.day is not None and (point.months is None or point.months[0] != point.months[1]):
        raise ValueError(f"{printed!r} is not a period: a day needs a month.")
    month = (point.months or (1, 12))[1 if end else 0]
    try:
        # Without a day the first end is the first of its month, the last end the last of its month.
        day = point.day if point.day is not None else monthrange(point.year, month)[1] if end else 1
        return date(point.year, month, day)
    except ValueError:
        raise ValueError(f"{printed!r} is not a period: there is no such day.") from None
