"""The timeline of a work plan: where each line and bar stands, in the units of a drawing."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import MAXYEAR, date, timedelta
from typing import Any, NamedTuple

from server.kernel.days import shift_day
from server.web.look.times import day_of

WIDTH, LEFT, TOP, ROW, BAR = 1110, 330, 30, 19, 10
"""Width of the drawing, where its calendar begins, height above the first row, of a row and of a bar."""
LAST_POINT = WIDTH - 6
"""Where the sign of a milestone still fits into the drawing, of which it is the last."""
MOST_COLUMNS = 18
"""Most columns of months: with more of them their names would touch."""
STEPS = (1, 2, 3, 6, 12, 24, 60, 120)
"""Months in a column; a year has a whole number of columns, or a column a whole number of years."""
LABEL = 46
"""Most characters of a description that fit before the calendar."""


class Bar(NamedTuple):
    """A stretch of days: its class in the style sheet, where it begins and how wide it is."""

    kind: str
    x: float
    width: float


class Line(NamedTuple):
    """One line: a topic, an activity with its bars, or a milestone. `y` is the foot of its words."""

    words: str
    is_topic: bool
    y: int
    bars: tuple[Bar, ...] = ()
    slip: tuple[float, float] | None = None
    """From the end of the first period to the beginning of the present one."""
    point: float | None = None
    """Where a milestone stands."""


class Column(NamedTuple):
    """The first month of a column, and whether the year is written above it."""

    x: float
    day: date
    begins_year: bool


class Timeline(NamedTuple):
    """A whole drawing, from its first to its last day. `today` and `council` are None where they lie outside of it."""

    first: date
    last: date
    height: int
    columns: list[Column]
    lines: list[Line]
    today: float | None
    council: float | None


def draw(
    activities: Sequence[Mapping[str, Any]],
    today: date,
    council: date | None,
    milestones: Sequence[Mapping[str, Any]] = (),
) -> Timeline | None:
    """Return the timeline of activities in the order of the plan, None if nothing has a day.

    Milestones with a day come first, so that what they wait for is read below them.
    """
    spans = [span for activity in activities for span in (span_of(activity["period"]), span_of(activity["baseline"]))]
    points = [(each["name"], span[1]) for each in milestones if (span := span_of(each["due"]))]
    spans += [(day, day) for _, day in points]
    days = [day for span in spans if span for day in span]
    if not days:
        return None
    step = _step(min(days), max(days))
    first, end = _begin(min(days), step), _after(_begin(max(days), 1), 1)
    scale = (WIDTH - LEFT) / (end - first).days

    def place(day: date) -> float:
        return round(LEFT + (day - first).days * scale, 1)

    lines = [
        Line(_shorten(name), False, TOP + ROW * n, point=min(place(day), LAST_POINT))
        for n, (name, day) in enumerate(points, 1)
    ]
    lines += _lines(activities, place, TOP + ROW * len(lines))
    inside = [place(day) if day and first <= day < end else None for day in (today, council)]
    columns = list(_columns(first, end, step, place))
    return Timeline(first, end - timedelta(days=1), TOP + ROW * (len(lines) + 1), columns, lines, *inside)


def span_of(period: Mapping[str, Any]) -> tuple[date, date] | None:
    """Return the first and the last day of a period; where one end is open it is a month long, None for no day."""
    earliest, latest = (period[name] and day_of(period[name]) for name in ("earliestOn", "latestOn"))
    if earliest is None and latest is None:
        return None
    return earliest or latest.replace(day=1), latest or _after(earliest.replace(day=1), 1) - timedelta(days=1)


def _lines(activities: Iterable[Mapping[str, Any]], place: Any, y: int) -> Iterable[Line]:
    topic = ""
    for activity in activities:
        item = activity["workItem"]
        if item["id"] != topic:
            topic, y = item["id"], y + ROW
            yield Line(_shorten(f"{item['number']}. {item['title']}"), True, y)
        y += ROW
        yield _line(activity, y, place)


def _line(activity: Mapping[str, Any], y: int, place: Any) -> Line:
    """Return the line of an activity: its present period, and the first one where that ends on another day."""
    now, before = span_of(activity["period"]), span_of(activity["baseline"])
    bars = [_bar(_kind(activity), now, place)] if now else []
    slip = None
    if now and before and before[1] != now[1]:
        bars.insert(0, _bar("was", before, place))
        if before[1] < now[0]:
            slip = (place(shift_day(before[1], 1)), place(now[0]))
    return Line(_shorten(activity["description"]), False, y, tuple(bars), slip)


def _kind(activity: Mapping[str, Any]) -> str:
    """Return the class of the bar of an activity in the style sheet."""
    if activity["status"] in ("DONE", "DROPPED"):
        return "past"
    if activity["timing"] == "OVERDUE":
        return "over"
    return "going" if activity["status"] == "IN_PROGRESS" else "plan"


def _bar(kind: str, span: tuple[date, date], place: Any) -> Bar:
    begin = place(span[0])
    return Bar(kind, begin, round(max(place(shift_day(span[1], 1)) - begin, 3), 1))


def _columns(first: date, end: date, step: int, place: Any) -> Iterable[Column]:
    day, year = first, 0
    while day < end:
        yield Column(place(day), day, day.year != year)
        day, year = _after(day, step), day.year


def _step(first: date, last: date) -> int:
    months = (last.year - first.year) * 12 + last.month - first.month + 1
    return next((step for step in STEPS if months <= step * MOST_COLUMNS), STEPS[-1])


def _begin(day: date, step: int) -> date:
    """Return the first day of the column in which a day lies."""
    months = (day.year * 12 + day.month - 1) // step * step
    return date(months // 12, months % 12 + 1, 1)


def _after(day: date, months: int) -> date:
    """Return the first day of a month so many months later, the last day of the calendar where that ends before."""
    total = day.year * 12 + day.month - 1 + months
    if total // 12 > MAXYEAR:
        return date.max
    return date(total // 12, total % 12 + 1, 1)


def _shorten(words: str) -> str:
    return words if len(words) <= LABEL else f"{words[: LABEL - 2].rstrip()} …"
