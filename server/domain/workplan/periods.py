"""Periods as work plans print them: a day, a month, a season, part of a year, a range, an open end, or nothing.

Pure. The printed forms are those of the work plan of September 2018 and of the capacity-building plan of PC0618, and
what their authors write when they amend them; the words are in `server.domain.workplan.period_words`.
"""

import re
from calendar import monthrange
from datetime import date
from typing import NamedTuple

from server.domain.workplan.period_forms import rewrite
from server.domain.workplan.period_words import (
    AT_LATEST,
    BETWEEN,
    EITHER,
    MONTH_NUMBERS,
    MONTHS,
    ONWARDS,
    OPEN_BEGIN,
    OPEN_END,
    ORDINALS,
    POINT,
    SEASONS,
    SEPARATOR,
    THIRDS,
    UNDATED,
    WEEK,
)
from server.kernel.days import EARLIEST, LATEST, check_horizon, shift_day

_LONGEST_LABEL = 100
_ISO_DAY = re.compile(r"\b([0-9]{4})([-/.])([0-9]{2})\2([0-9]{2})\b")
_ISO_MONTH = re.compile(r"\b([0-9]{4})-(0[1-9]|1[0-2])\b(?!-)")
_LETTERS = re.compile(r"(?!to\b|by\b|from\b|until\b)\b[^\W\d_]+")
_NUMERIC_DAY = re.compile(r"\b([0-9]{1,2})([./-])([0-9]{1,2})\2([0-9]{4})\b")
_TWO_YEARS = re.compile(r"([0-9]{2})([0-9]{2})\s*[/-]\s*([0-9]{2})$")
_HYPHENATED = re.compile(rf"\b({'|'.join(THIRDS)})-(?=\w)")


class Period(NamedTuple):
    """A stretch of calendar days, both ends included; None is an open end. ``label`` is what is printed, trimmed."""

    earliest: date | None
    latest: date | None
    label: str


def columns_of(period: Period) -> dict[str, date | str | None]:
    """Return the columns of an activity that is planned for the first time: its period, which is its baseline, too."""
    columns = period._asdict()
    return columns | {f"baseline_{name}": value for name, value in columns.items()}


class _Point(NamedTuple):
    """One end of a period as far as it is printed.

    ``months`` is the first and the last month meant, beyond 12 in the year that follows; ``third`` the part of them,
    and ``half`` that of a month.
    """

    day: int | None
    months: tuple[int, int] | None
    third: int | None
    year: int | None
    half: int | None = None


def read_period(label: str) -> Period:
    """Read a printed period.

    A point is a day (``15 May 2018``, ``8 October, 2018``, ``2019-06-30``), a month, a season, a quarter (``Q3 2020``),
    a half (``2nd half of 2019``), a week (``week of 8 October 2018``) or a year, and may be
    a third of these (``mid-2019``, ``early March 2019``), in
    English or in French. Two points make a range, and each borrows from the other what it does not print: in
    ``December/January 2019`` the first lies in the year before. ``from`` leaves the end open, ``until`` and ``by`` the
    beginning. A blank label and words such as ``ongoing`` or ``TBD`` are a period open on both sides.

    Raises ``ValueError`` for any other words, for a day that does not exist or lies beyond the years that people may
    give, and for an end before the beginning.
    """
    printed = label.strip()
    words = _simplify(printed)
    if not words or {words, words.replace(".", "")} & UNDATED:
        return Period(None, None, printed)
    if len(printed) > _LONGEST_LABEL:
        raise ValueError(f"A period has at most {_LONGEST_LABEL} characters.")
    if between := BETWEEN.fullmatch(words):
        return Period(*_read_range([between["first"], between["last"]], printed), printed)
    begins, ends = OPEN_END.match(words) or ONWARDS.search(words), OPEN_BEGIN.match(words) or AT_LATEST.search(words)
    if begins or ends:
        for form in (OPEN_END, OPEN_BEGIN):
            words = words[match.end() :] if (match := form.match(words)) else words
        words = AT_LATEST.sub("", ONWARDS.sub("", words)).strip()
    if week := WEEK.fullmatch(words):
        earliest, latest = _read_week(week, printed)
    else:
        # "by March/April 2019" ends with the later one, "from March/April 2019" begins with the earlier one.
        is_one = bool(begins or ends) and not EITHER.fullmatch(words)
        earliest, latest = _read_range(_split(words), printed, is_one=is_one)
    if begins:
        return Period(shift_day(latest, 1) if begins["beyond"] else earliest, None, printed)
    if ends:
        return Period(None, shift_day(earliest, -1) if ends.groupdict().get("beyond") else latest, printed)
    return Period(earliest, latest, printed)


def _simplify(printed: str) -> str:
    """Return the words in small letters with single spaces, in the form that is read, days in numbers written out."""
    words = " ".join(printed.casefold().split()).removesuffix(".")
    if words in UNDATED:
        return words
    words = _ISO_DAY.sub(lambda match: _write_day(int(match[4]), int(match[3]), match[1], printed), words)
    if not _LETTERS.search(words):
        words = _ISO_MONTH.sub(lambda match: f"{MONTHS[int(match[2]) - 1][0]} {match[1]}", words)
    words = _NUMERIC_DAY.sub(lambda match: _write_numeric(match, printed), words)
    return _HYPHENATED.sub(r"\1 ", rewrite(words))


def _write_numeric(match: re.Match[str], printed: str) -> str:
    """Write out a day in three numbers. Raise ValueError where day and month could be either."""
    day, month = int(match[1]), int(match[3])
    if match[2] != "." and day <= 12 and month <= 12 and day != month:
        raise ValueError(f"{printed!r} is not a period: it could be two days. Write the month as a word.")
    if match[2] != "." and month > 12:
        day, month = month, day
    return _write_day(day, month, match[4], printed)


def _write_day(day: int, month: int, year: str, printed: str) -> str:
    if not 1 <= month <= 12:
        raise ValueError(f"{printed!r} is not a period: there is no such day.")
    return f"{day} {MONTHS[month - 1][0]} {year}"


def _split(words: str) -> list[str]:
    """Return the points of a range. ``2018/19`` is two years, and ``winter 2018/19`` one winter."""
    if POINT.fullmatch(words) and any(season in words for season in SEASONS):
        return [words]
    return SEPARATOR.split(_TWO_YEARS.sub(r"\1\2/\1\3", words))


def _read_range(points: list[str], printed: str, *, is_one: bool = False) -> tuple[date, date]:
    """Return the first and the last day. Raise ValueError for words that are no range, or no list in order."""
    if is_one and len(points) > 1:
        raise ValueError(f"{printed!r} is not a period: it names too many dates.")
    read = [_read_point(point, printed) for point in points]
    last = read[-1]
    for place in reversed(range(len(read) - 1)):
        read[place], read[place + 1] = _borrow(read[place], read[place + 1])
    if len(read) > 1 and read[-1] == last:
        # A year or a month that only the first prints is that of all.
        for place in range(len(read) - 1):
            read[place], read[place + 1] = _borrow(read[place], read[place + 1])
    days = [_find_day(point, printed, end=False) for point in read]
    latest = _find_day(read[-1], printed, end=True)
    if any(check_horizon("", day) for day in (*days, latest)):
        raise ValueError(f"{printed!r} is not a period: years are from {EARLIEST.year} to {LATEST.year}.")
    earliest = days[0]
    if latest < earliest:
        raise ValueError(f"{printed!r} ends before it begins.")
    # A list, unlike a range, does not go around the end of the year to come back beyond where it began.
    if days != sorted(days) or (len(days) > 2 and (days[-1] - days[0]).days > 366):
        raise ValueError(f"{printed!r} is not a period: it names too many dates.")
    return earliest, latest


def _read_week(week: re.Match[str], printed: str) -> tuple[date, date]:
    """Return the first and the last day of a week of a month, or of the week, from Monday, in which a day lies."""
    begins, ends = _read_range([week["point"]], printed)
    if week["nth"]:
        number = ORDINALS.get(week["nth"], 0)
        if not 1 <= number <= 4 or begins.day > 1 or (ends - begins).days > 30:
            raise ValueError(f"{printed!r} is not a period: {week['nth']!r} is not a week of a month.")
        first = shift_day(ends, -6) if week["nth"] == "last" else shift_day(begins, 7 * (number - 1))
    elif begins != ends:
        raise ValueError(f"{printed!r} is not a period: a week needs a day.")
    else:
        first = begins if week["begins"] else shift_day(begins, -begins.weekday())
    return first, shift_day(first, 6)


def _read_point(words: str, printed: str) -> _Point:
    """Read one end of a period. Raise ValueError for words that are no day, month, season, part of a year or year."""
    match = POINT.fullmatch(words.strip())
    month = (match["month"] or match["month_after"] or match["month_of_half"]) if match else None
    if match is None or not words.strip() or (month and month not in MONTH_NUMBERS):
        raise ValueError(
            f"{printed!r} is not a period: {words.strip()!r} is not a day, a month, a season, a quarter or a year."
        )
    day = match["day"] or match["day_after"]
    third = THIRDS[match["third"]] if match["third"] else None
    year = int(match["year"]) if match["year"] else None
    half = ORDINALS[match["half"] or match["nth_half"]] if match["month_of_half"] else None
    return _Point(int(day) if day else None, _months_of(match), third, year, half)


def _months_of(match: re.Match[str]) -> tuple[int, int] | None:
    """Return the first and the last month that a point names, None if it names none."""
    if month := match["month"] or match["month_after"] or match["month_of_half"]:
        return MONTH_NUMBERS[month], MONTH_NUMBERS[month]
    if match["season"]:
        return SEASONS[match["season"]]
    if match["quarter"] or match["nth_quarter"]:
        quarter = ORDINALS[match["quarter"] or match["nth_quarter"]]
        return 3 * quarter - 2, 3 * quarter
    if match["half"] or match["nth_half"]:
        half = min(ORDINALS[match["half"] or match["nth_half"]], 2)
        return 6 * half - 5, 6 * half
    return None


def _borrow(first: _Point, last: _Point) -> tuple[_Point, _Point]:
    """Return two points, each with the parts that only the other prints.

    A lone day takes the month. A point without a year lies in the nearest one: before the end, or after the beginning.
    """
    if first.months is None and first.day is not None and last.day is not None:
        first = first._replace(months=last.months)
    if last.months is None and last.day is not None and first.day is not None:
        last = last._replace(months=first.months)
    begins, ends = _order_of(first), _order_of(last)
    # "2018" alone has no month to compare, and "May to 2018" is no range: it stays without a year.
    if first.year is None and last.year is not None and last.months:
        first = first._replace(year=last.year - (begins > ends))
    elif last.year is None and first.year is not None and first.months:
        last = last._replace(year=first.year + (begins > ends))
    return first, last


def _order_of(point: _Point) -> tuple[int, int]:
    return (point.months or (1, 12))[0], point.day or 0


def _find_day(point: _Point, printed: str, *, end: bool) -> date:
    """Return the first day that a point means, with `end` the last. Raise ValueError if there is no such day."""
    if point.year is None:
        raise ValueError(f"{printed!r} is not a period: the year is missing.")
    months = point.months or (1, 12)
    if point.day is not None:
        if point.months is None or months[0] != months[1] or point.third is not None:
            raise ValueError(f"{printed!r} is not a period: a day needs a month.")
        try:
            return date(point.year, months[0], point.day)
        except ValueError:
            raise ValueError(f"{printed!r} is not a period: there is no such day.") from None
    try:
        if point.half is not None:
            last = monthrange(point.year, months[0])[1]
            return date(point.year, months[0], (15, last)[point.half > 1] if end else (1, 16)[point.half > 1])
        return _find_edge(point.year, months, point.third, end=end)
    except ValueError:
        raise ValueError(f"{printed!r} is not a period: there is no such day.") from None


def _find_edge(year: int, months: tuple[int, int], third: int | None, *, end: bool) -> date:
    """Return the first or the last day of months, or of a third of them; a third of one month has about ten days."""
    if third is not None and months[0] == months[1]:
        day = (10, 20, monthrange(year, months[0])[1])[third] if end else (1, 11, 21)[third]
        return date(year, months[0], day)
    if third is not None:
        length = (months[1] - months[0] + 1) // 3
        months = (months[0] + third * length, months[1] if third == 2 else months[0] + (third + 1) * length - 1)
    month = months[1] if end else months[0]
    year, month = year + (month - 1) // 12, (month - 1) % 12 + 1
    return date(year, month, monthrange(year, month)[1] if end else 1)
