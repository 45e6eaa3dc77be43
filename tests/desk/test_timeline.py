"""Where the lines, bars and columns of a timeline stand."""

from datetime import date
from typing import Any

import pytest

from server.web.desk.workplan.timeline import BAR, LEFT, MOST_COLUMNS, WIDTH, draw, span_of

TODAY = date(2018, 9, 24)


def period(earliest: str | None, latest: str | None) -> dict[str, Any]:
    return {"earliestOn": earliest, "latestOn": latest}


def activity(now: Any, before: Any = None, item: str = "WIT_1", **changed: Any) -> dict[str, Any]:
    topic = {"id": item, "number": 1, "title": "Boats"}
    known = {"description": "Sail", "status": "NOT_STARTED", "timing": "ON_TIME", "workItem": topic}
    return known | {"period": now, "baseline": before or now} | changed


JUNE, MAY = period("2018-06-01", "2018-06-30"), period("2018-05-01", "2018-05-31")


@pytest.mark.parametrize(
    ("given", "span"),
    [
        (JUNE, (date(2018, 6, 1), date(2018, 6, 30))),
        (period(None, "2018-12-31"), (date(2018, 12, 1), date(2018, 12, 31))),
        (period("2018-12-05", None), (date(2018, 12, 5), date(2018, 12, 31))),
        (period(None, None), None),
    ],
)
def test_a_period_with_one_open_end_is_drawn_a_month_long(given: Any, span: Any) -> None:
    assert span_of(given) == span


def test_a_plan_without_a_day_has_no_timeline() -> None:
    assert draw([activity(period(None, None))], TODAY, None) is None
    assert draw([], TODAY, None) is None


def test_a_topic_has_a_line_before_its_activities_and_bars_stay_in_the_drawing() -> None:
    drawn = draw([activity(MAY), activity(JUNE), activity(JUNE, item="WIT_2")], TODAY, None)

    assert drawn is not None
    assert [line.is_topic for line in drawn.lines] == [True, False, False, True, False]
    assert [column.day for column in drawn.columns] == [date(2018, 5, 1), date(2018, 6, 1)]
    assert drawn.lines[1].bars[0].x == LEFT
    last = drawn.lines[2].bars[0]
    assert last.x + last.width == WIDTH
    assert (drawn.first, drawn.last, drawn.today) == (date(2018, 5, 1), date(2018, 6, 30), None)
    assert drawn.height > drawn.lines[-1].y + BAR


def test_a_redated_activity_shows_its_first_time_with_an_arrow() -> None:
    drawn = draw([activity(JUNE, MAY)], TODAY, None)
    earlier = draw([activity(MAY, JUNE)], TODAY, None)

    assert drawn is not None
    assert earlier is not None
    assert [bar.kind for bar in drawn.lines[1].bars] == ["was", "plan"]
    assert drawn.lines[1].slip == (drawn.columns[1].x, drawn.columns[1].x)
    assert earlier.lines[1].slip is None


@pytest.mark.parametrize(
    ("changed", "kind"),
    [
        ({"status": "DONE"}, "past"),
        ({"status": "DROPPED"}, "past"),
        ({"timing": "OVERDUE", "status": "IN_PROGRESS"}, "over"),
        ({"status": "IN_PROGRESS"}, "going"),
        ({}, "plan"),
    ],
)
def test_a_bar_says_how_the_activity_stands(changed: dict[str, str], kind: str) -> None:
    drawn = draw([activity(JUNE, **changed)], TODAY, None)

    assert drawn is not None
    assert [bar.kind for bar in drawn.lines[1].bars] == [kind]


def test_today_and_the_council_are_drawn_where_they_lie_inside() -> None:
    long = activity(period("2018-01-01", "2018-12-31"))
    drawn = draw([long], TODAY, date(2019, 6, 24))

    assert drawn is not None
    assert drawn.today == LEFT + round((WIDTH - LEFT) * 266 / 365, 1)
    assert drawn.council is None


@pytest.mark.parametrize("years", [1, 3, 9, 30])
def test_a_long_plan_has_wider_columns(years: int) -> None:
    drawn = draw([activity(period("2018-01-01", f"{2017 + years}-12-31"))], TODAY, None)

    assert drawn is not None
    assert len(drawn.columns) <= MOST_COLUMNS
    assert drawn.columns[0].begins_year


@pytest.mark.parametrize("now", [("9999-05-01", "9999-05-31"), ("1000-01-01", "9999-12-31"), ("9999-12-01", None)])
def test_days_at_the_end_of_the_calendar_are_drawn(now: tuple[str, str | None]) -> None:
    drawn = draw([activity(period(*now), JUNE), activity(JUNE, period(*now))], TODAY, None)

    assert drawn is not None
    assert len([bar for line in drawn.lines for bar in line.bars]) == 4
