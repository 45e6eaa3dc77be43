"""Printed periods and what they mean in days."""

from calendar import monthrange
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.domain.workplan.periods import Period, read_period

MONTHS = ["January", "February", "March", "April", "May", "June", "July"]
MONTHS += ["August", "September", "October", "November", "December"]


@pytest.mark.parametrize(
    ("label", "earliest", "latest"),
    [
        ("15 May 2018", date(2018, 5, 15), date(2018, 5, 15)),
        ("May 2018", date(2018, 5, 1), date(2018, 5, 31)),
        ("Feb. 2020", date(2020, 2, 1), date(2020, 2, 29)),
        ("sept 2018", date(2018, 9, 1), date(2018, 9, 30)),
        ("2018", date(2018, 1, 1), date(2018, 12, 31)),
        ("Q3 2020", date(2020, 7, 1), date(2020, 9, 30)),
        ("Q3/Q4 2020", date(2020, 7, 1), date(2020, 12, 31)),
        ("September/October 2018", date(2018, 9, 1), date(2018, 10, 31)),
        ("September/ October 2018", date(2018, 9, 1), date(2018, 10, 31)),
        ("March/April 2019", date(2019, 3, 1), date(2019, 4, 30)),
        ("December 2018/January 2019", date(2018, 12, 1), date(2019, 1, 31)),
        ("October 2018 to March 2019", date(2018, 10, 1), date(2019, 3, 31)),
        ("Q4 2020 to 2021", date(2020, 10, 1), date(2021, 12, 31)),
        ("2018 - 2019", date(2018, 1, 1), date(2019, 12, 31)),
        ("8 to 12 October 2018", date(2018, 10, 8), date(2018, 10, 12)),
        ("25-29 April 2022", date(2022, 4, 25), date(2022, 4, 29)),
        ("28 September \N{EN DASH} 2 October 2020", date(2020, 9, 28), date(2020, 10, 2)),
        ("May to 12 June 2020", date(2020, 5, 1), date(2020, 6, 12)),
        ("from Q4 2020", date(2020, 10, 1), None),
        ("From 8 May 2018", date(2018, 5, 8), None),
        ("until June 2019", None, date(2019, 6, 30)),
        ("by 2019", None, date(2019, 12, 31)),
        (f"May{' ' * 93}2018", date(2018, 5, 1), date(2018, 5, 31)),
        ("", None, None),
    ],
)
def test_a_printed_period_is_read(label: str, earliest: date | None, latest: date | None) -> None:
    assert read_period(f" {label}\n") == Period(earliest, latest, label)


@pytest.mark.parametrize(
    ("label", "reason"),
    [
        ("soon", "'soon' is not a period: 'soon' is not a day, a month, a quarter or a year."),
        ("summer 18", "'summer 18' is not a period: 'summer 18' is not a day, a month, a quarter or a year."),
        ("Mayor 2018", "'Mayor 2018' is not a period: 'Mayor 2018' is not a day, a month, a quarter or a year."),
        ("Q5 2018", "'Q5 2018' is not a period: 'Q5 2018' is not a day, a month, a quarter or a year."),
        ("May 2018/", "'May 2018/' is not a period: '' is not a day, a month, a quarter or a year."),
        ("May", "'May' is not a period: the year is missing."),
        ("October to 2019", "'October to 2019' is not a period: the year is missing."),
        ("8 2018", "'8 2018' is not a period: a day needs a month."),
        ("8 to Q3 2018", "'8 to Q3 2018' is not a period: a day needs a month."),
        ("8 to October 2018", "'8 to October 2018' is not a period: a day needs a month."),
        ("8 Q3 2018", "'8 Q3 2018' is not a period: a day needs a month."),
        ("31 February 2018", "'31 February 2018' is not a period: there is no such day."),
        ("0 May 2018", "'0 May 2018' is not a period: there is no such day."),
        ("0000", "'0000' is not a period: there is no such day."),
        ("December/January 2019", "'December/January 2019' ends before it begins."),
        ("2018-05-15", "'2018-05-15' is not a period: it names too many dates."),
        ("from May to June 2018", "'from May to June 2018' is not a period: it names too many dates."),
        ("\u0662 May", "'\u0662 May' is not a period: '\u0662 May' is not a day, a month, a quarter or a year."),
        ("x" * 101, "A period has at most 100 characters."),
    ],
)  # fmt: skip
def test_other_words_are_refused_with_the_reason(label: str, reason: str) -> None:
    with pytest.raises(ValueError) as refused:  # noqa: PT011
        read_period(label)

    assert str(refused.value) == reason


DAYS = st.dates(min_value=date(1000, 1, 1))


def printed(day: date) -> str:
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


@given(DAYS, DAYS, st.sampled_from([" to ", "/", " / ", "-"]))
def test_a_range_of_days_comes_back(one: date, other: date, between: str) -> None:
    first, last = sorted((one, other))
    label = f"{printed(first)}{between}{printed(last)}"

    assert read_period(label) == Period(first, last, label)


@given(DAYS, DAYS)
def test_a_range_of_months_covers_them_whole(one: date, other: date) -> None:
    first, last = sorted((one, other))
    label = f"{MONTHS[first.month - 1]} {first.year} to {MONTHS[last.month - 1]} {last.year}"

    end = date(last.year, last.month, monthrange(last.year, last.month)[1])
    assert read_period(label) == Period(first.replace(day=1), end, label)


@given(st.text(alphabet="0123456789 /-QMayfromt", max_size=30))
def test_any_label_is_read_as_printed_or_refused(label: str) -> None:
    try:
        period = read_period(label)
    except ValueError as refused:
        assert str(refused)  # noqa: PT017
    else:
        assert period.label == label.strip()
