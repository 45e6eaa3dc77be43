"""The slip chart of a work plan: when each last day was planned, and which day was planned then.

Time of planning goes to the right, planned days go up: a level line keeps its day, one that climbs slips, and
one that meets the slope has come to its day.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import Any, NamedTuple

from server.kernel.days import shift_day
from server.web.look.times import day_of, instant_of

WIDTH, HEIGHT, LEFT, RIGHT, TOP, BOTTOM = 1110, 520, 120, 60, 24, 40
"""Size of the drawing, and the margins of its field."""
MOST_LINES = 12
"""Most lines that can be told apart: of more, those that slipped most are drawn, and the table has all."""
MOST_MARKS = 10
"""Most names of months along an edge."""


class Track(NamedTuple):
    """One line: its number in the table, its points, and where its number stands beside its end."""

    number: int
    points: tuple[tuple[float, float], ...]
    label_y: float


class EdgeMark(NamedTuple):
    """A month at an edge."""

    place: float
    day: date


class Trend(NamedTuple):
    """A whole drawing. `slope` runs where a day is planned on that same day; `left_out` counts lines not drawn."""

    tracks: list[Track]
    columns: list[EdgeMark]
    rows: list[EdgeMark]
    slope: tuple[float, float, float, float] | None
    left_out: int
    first: date
    last: date


class _Line(NamedTuple):
    number: int
    slip: int
    points: list[tuple[date, date]]


def draw_trend(activities: Sequence[Mapping[str, Any]], today: date) -> Trend | None:
    """Return the slip chart of re-dated activities, numbered from 1 as listed; None if no day ever changed."""
    lines = [line for number, each in enumerate(activities, start=1) if (line := _line(number, each, today))]
    if not lines:
        return None
    drawn = sorted(lines, key=lambda line: (-abs(line.slip), line.number))[:MOST_LINES]
    planned = [day for line in drawn for _, day in line.points]
    begin = min(when for line in drawn for when, _ in line.points)
    low, high = min(planned), shift_day(max(planned), 1)
    across = _scale(begin, today, LEFT, WIDTH - RIGHT)
    up = _scale(low, high, HEIGHT - BOTTOM, TOP)
    tracks = [
        Track(line.number, tuple((across(when), up(day)) for when, day in line.points), up(line.points[-1][1]))
        for line in sorted(drawn, key=lambda line: line.points[-1][1])
    ]
    first, last = max(begin, low), min(today, high)
    slope = (across(first), up(first), across(last), up(last)) if first < last else None
    columns, rows = _marks(begin, today, across), _marks(low, high, up)
    return Trend(_spread(tracks), columns, rows, slope, len(lines) - len(drawn), begin, today)


def _line(number: int, activity: Mapping[str, Any], today: date) -> _Line | None:
    """Return the days planned for an activity with the day on which each was planned, up to today."""
    points: list[tuple[date, date]] = []
    for change in activity["redatings"]["nodes"]:
        when = instant_of(change["redatedAt"]).date()
        for planned in (change["oldLatestOn"], change["newLatestOn"]):
            if planned:
                points.append((when, day_of(planned)))
    if not points:
        return None
    points.append((max(today, points[-1][0]), points[-1][1]))
    begin = points[0][0] - timedelta(days=30)
    return _Line(number, int(activity["slipDays"] or 0), [(begin, points[0][1]), *points])


def _scale(first: date, last: date, begin: float, end: float) -> Any:
    """Return the function that places a day between two edges."""
    unit = (end - begin) / max((last - first).days, 1)
    return lambda day: round(begin + (day - first).days * unit, 1)


def _marks(first: date, last: date, place: Any) -> list[EdgeMark]:
    """Return the beginnings of months between two days, so few that their names do not touch."""
    months = [*_months(first, last)]
    step = -(-len(months) // MOST_MARKS) or 1
    return [EdgeMark(place(day), day) for day in months[::step]]


def _months(first: date, last: date) -> Iterable[date]:
    day = first.replace(day=1)
    while day <= last:
        if day >= first:
            yield day
        following = shift_day(day, 32).replace(day=1)
        if following == day:  # the last month of the calendar
            return
        day = following


def _spread(tracks: list[Track]) -> list[Track]:
    """Move the numbers of lines that end close together apart, from the lowest up."""
    spread: list[Track] = []
    for track in sorted(tracks, key=lambda track: -track.label_y):
        below = spread[-1].label_y if spread else HEIGHT
        spread.append(track._replace(label_y=min(track.label_y, below - 14)))
    return spread
