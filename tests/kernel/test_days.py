"""The days that people may give, and moving days at the ends of the calendar."""

from datetime import date

import pytest

from server.kernel.days import check_horizon, find_day, shift_day


@pytest.mark.parametrize(
    ("day", "is_fine"),
    [
        (None, True),
        (date(1900, 1, 1), True),
        (date(2199, 12, 31), True),
        (date(1899, 12, 31), False),
        (date(2200, 1, 1), False),
        (date.min, False),
        (date.max, False),
    ],
)
def test_days_are_given_from_1900_to_2199(day: date | None, is_fine: bool) -> None:
    issues = check_horizon("startsOn", day)

    assert [(issue.path, issue.code) for issue in issues] == ([] if is_fine else [("startsOn", "DAY_OUT_OF_RANGE")])


def test_a_day_moves_until_the_calendar_ends() -> None:
    assert shift_day(date(2027, 2, 28), 1) == date(2027, 3, 1)
    assert shift_day(date(9999, 12, 30), 1) == shift_day(date.max, 1) == shift_day(date.max, 10**9) == date.max
    assert shift_day(date.min, -1) == find_day(-5) == date.min
