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
        ("ongoing", None, None),
        ("TBD", None, None),
        ("by end of March 2027", None, date(2027, 3, 31)),
        ("December/January 2019", date(2018, 12, 1), date(2019, 1, 31)),
        ("November to February 2019", date(2018, 11, 1), date(2019, 2, 28)),
        ("Q4/Q1 2019", date(2018, 10, 1), date(2019, 3, 31)),
        ("2019-06-30", date(2019, 6, 30), date(2019, 6, 30)),
        ("8 October, 2018", date(2018, 10, 8), date(2018, 10, 8)),
        ("spring 2019", date(2019, 3, 1), date(2019, 5, 31)),
        ("winter 2018/19", date(2018, 12, 1), date(2019, 2, 28)),
        ("hiver 2018", date(2018, 12, 1), date(2019, 2, 28)),
        ("mid-2019", date(2019, 5, 1), date(2019, 8, 31)),
        ("early March 2019", date(2019, 3, 1), date(2019, 3, 10)),
        ("late 2019", date(2019, 9, 1), date(2019, 12, 31)),
        ("2nd half of 2019", date(2019, 7, 1), date(2019, 12, 31)),
        ("second half of March 2019", date(2019, 3, 16), date(2019, 3, 31)),
        ("third quarter of 2019", date(2019, 7, 1), date(2019, 9, 30)),
        ("2e semestre 2019", date(2019, 7, 1), date(2019, 12, 31)),
        ("1er mars 2019", date(2019, 3, 1), date(2019, 3, 1)),
        ("octobre \u00e0 d\u00e9cembre 2018", date(2018, 10, 1), date(2018, 12, 31)),
        ("d\u2019ici fin mars 2027", None, date(2027, 3, 31)),
        ("du 8 au 12 octobre 2018", date(2018, 10, 8), date(2018, 10, 12)),
        ("June 30, 2019", date(2019, 6, 30), date(2019, 6, 30)),
        ("30.06.2019", date(2019, 6, 30), date(2019, 6, 30)),
        ("30/06/2019", date(2019, 6, 30), date(2019, 6, 30)),
        ("2019-06", date(2019, 6, 1), date(2019, 6, 30)),
        ("2018/19", date(2018, 1, 1), date(2019, 12, 31)),
        ("between March and May 2019", date(2019, 3, 1), date(2019, 5, 31)),
        ("from May to June 2018", date(2018, 5, 1), date(2018, 6, 30)),
        ("October 2018 to March", date(2018, 10, 1), date(2019, 3, 31)),
        ("28 December to 3 January 2019", date(2018, 12, 28), date(2019, 1, 3)),
        ("before April 2019", None, date(2019, 3, 31)),
        ("after May 2019", date(2019, 6, 1), None),
        ("May 2019 onwards", date(2019, 5, 1), None),
        ("no later than 30 June 2019", None, date(2019, 6, 30)),
        ("2018-05-15", date(2018, 5, 15), date(2018, 5, 15)),
    ],
)
def test_a_printed_period_is_read(label: str, earliest: date | None, latest: date | None) -> None:
    assert read_period(f" {label}\n") == Period(earliest, latest, label)


@pytest.mark.parametrize(
    ("label", "earliest", "latest"),
    [
        ("not before 10 May 2027", date(2027, 5, 10), None),
        ("from 10 May 2027 on", date(2027, 5, 10), None),
        ("from March 2027 onwards", date(2027, 3, 1), None),
        ("June or July 2027", date(2027, 6, 1), date(2027, 7, 31)),
        ("May/June/July 2019", date(2019, 5, 1), date(2019, 7, 31)),
        ("May, June and July 2019", date(2019, 5, 1), date(2019, 7, 31)),
        ("November/December/January 2019", date(2018, 11, 1), date(2019, 1, 31)),
        ("8, 9 and 10 October 2018", date(2018, 10, 8), date(2018, 10, 10)),
        ("Monday 8 October 2018", date(2018, 10, 8), date(2018, 10, 8)),
        ("Monday, 8 October 2018", date(2018, 10, 8), date(2018, 10, 8)),
        ("Monday 8 to Friday 12 October 2018", date(2018, 10, 8), date(2018, 10, 12)),
        ("8-Oct-2018", date(2018, 10, 8), date(2018, 10, 8)),
        ("2018/09", date(2018, 9, 1), date(2018, 9, 30)),
        ("09/2018", date(2018, 9, 1), date(2018, 9, 30)),
        ("9/2018 - 11/2018", date(2018, 9, 1), date(2018, 11, 30)),
        ("2011/12", date(2011, 1, 1), date(2012, 12, 31)),
        ("3Q 2026", date(2026, 7, 1), date(2026, 9, 30)),
        ("Q3/2026", date(2026, 7, 1), date(2026, 9, 30)),
        ("2026 Q3", date(2026, 7, 1), date(2026, 9, 30)),
        ("2026-Q3", date(2026, 7, 1), date(2026, 9, 30)),
        ("2026-Q3 to 2027-Q1", date(2026, 7, 1), date(2027, 3, 31)),
        ("Q3 2026/Q4 2026", date(2026, 7, 1), date(2026, 12, 31)),
        ("quarter 3 of 2026", date(2026, 7, 1), date(2026, 9, 30)),
        ("first semester 2026", date(2026, 1, 1), date(2026, 6, 30)),
        ("to March 2027", None, date(2027, 3, 31)),
        ("March 2027 at the latest", None, date(2027, 3, 31)),
        ("before the end of March 2027", None, date(2027, 3, 31)),
        ("ongoing until March 2027", None, date(2027, 3, 31)),
        ("ongoing, until March 2027", None, date(2027, 3, 31)),
        ("March 2027 (tbc)", date(2027, 3, 1), date(2027, 3, 31)),
        ("March 2027 (provisional)", date(2027, 3, 1), date(2027, 3, 31)),
        ("around March 2027", date(2027, 3, 1), date(2027, 3, 31)),
        ("ca. March 2027", date(2027, 3, 1), date(2027, 3, 31)),
        ("in March 2027", date(2027, 3, 1), date(2027, 3, 31)),
        ("at the end of 2026", date(2026, 9, 1), date(2026, 12, 31)),
        ("week of 8 October 2018", date(2018, 10, 8), date(2018, 10, 14)),
        ("week of 10 October 2018", date(2018, 10, 8), date(2018, 10, 14)),
        ("week beginning 10 October 2018", date(2018, 10, 10), date(2018, 10, 16)),
        ("first week of May 2019", date(2019, 5, 1), date(2019, 5, 7)),
        ("last week of February 2019", date(2019, 2, 22), date(2019, 2, 28)),
        ("by the first week of May 2019", None, date(2019, 5, 7)),
        ("t.b.d.", None, None),
        ("-", None, None),
        ("asap", None, None),
        ("annually", None, None),
        ("(tbc)", None, None),
        ("mai-juin 2019", date(2019, 5, 1), date(2019, 6, 30)),
        ("mai, juin et juillet 2019", date(2019, 5, 1), date(2019, 7, 31)),
        ("1er trimestre 2026", date(2026, 1, 1), date(2026, 3, 31)),
        ("premier semestre de 2026", date(2026, 1, 1), date(2026, 6, 30)),
        ("3T 2026", date(2026, 7, 1), date(2026, 9, 30)),
        ("fin 2026", date(2026, 9, 1), date(2026, 12, 31)),
        ("avant fin 2026", None, date(2026, 12, 31)),
        ("en mars 2027", date(2027, 3, 1), date(2027, 3, 31)),
        ("courant 2026", date(2026, 1, 1), date(2026, 12, 31)),
        ("\u00e0 l\u2019automne 2026", date(2026, 9, 1), date(2026, 11, 30)),
        ("pas avant le 10 mai 2027", date(2027, 5, 10), None),
        ("mars 2027 au plus tard", None, date(2027, 3, 31)),
        ("lundi 8 octobre 2018", date(2018, 10, 8), date(2018, 10, 8)),
        ("semaine du 8 octobre 2018", date(2018, 10, 8), date(2018, 10, 14)),
        ("premi\u00e8re semaine de mai 2019", date(2019, 5, 1), date(2019, 5, 7)),
        ("\u00e0 partir de mars 2027", date(2027, 3, 1), None),
        ("jusqu\u2019\u00e0 la fin mars 2027", None, date(2027, 3, 31)),
        ("winter 2018-2019", date(2018, 12, 1), date(2019, 2, 28)),
        ("winter 2018\u201319", date(2018, 12, 1), date(2019, 2, 28)),
        ("winter 2018-2020", date(2018, 12, 1), date(2020, 12, 31)),
        ("by March/April 2019", None, date(2019, 4, 30)),
        ("by March or April 2019", None, date(2019, 4, 30)),
        ("from March/April 2019", date(2019, 3, 1), None),
        ("December 2018/January 2019 at the latest", None, date(2019, 1, 31)),
        ("by 2018/19", None, date(2019, 12, 31)),
        ("through June 2019", None, date(2019, 6, 30)),
        ("continuously from Q3 2026", date(2026, 7, 1), None),
        ("since June 2018, ongoing", date(2018, 6, 1), None),
        ("June 2019 - ongoing", date(2019, 6, 1), None),
        ("June 2019 and ongoing", date(2019, 6, 1), None),
        ("from June 2019 to ongoing", date(2019, 6, 1), None),
        ("Q3 2019 (ongoing)", date(2019, 7, 1), None),
        ("2018 and beyond", date(2018, 1, 1), None),
        ("1H 2019", date(2019, 1, 1), date(2019, 6, 30)),
        ("2019/06/30", date(2019, 6, 30), date(2019, 6, 30)),
        ("2019.06.30", date(2019, 6, 30), date(2019, 6, 30)),
        ("30-06-2019", date(2019, 6, 30), date(2019, 6, 30)),
    ],
)
def test_what_people_write_beside_the_printed_forms_is_read(
    label: str, earliest: date | None, latest: date | None
) -> None:
    assert read_period(label) == Period(earliest, latest, label)


@pytest.mark.parametrize(
    "label",
    [
        *("May, July and June 2019", "13/2019", "fifth week of May 2019", "week of May 2019", "from May to", "in"),
        *("June, 2018, 2019 and 2017", "after 2018, 2019", "summer of love", "Monday", "around"),
    ],
)
def test_what_is_no_period_after_all_is_refused(label: str) -> None:
    with pytest.raises(ValueError, match=r"period|before it begins"):
        read_period(label)


@pytest.mark.parametrize(
    ("label", "reason"),
    [
        ("soon", "'soon' is not a period: 'soon' is not a day, a month, a season, a quarter or a year."),
        ("summer 18", "'summer 18' is not a period: 'summer 18' is not a day, a month, a season, a quarter or a year."),
        ("Mayor", "'Mayor' is not a period: 'mayor' is not a day, a month, a season, a quarter or a year."),
        ("Q5 2018", "'Q5 2018' is not a period: 'q5 2018' is not a day, a month, a season, a quarter or a year."),
        ("May 2018/", "'May 2018/' is not a period: '' is not a day, a month, a season, a quarter or a year."),
        ("May", "'May' is not a period: the year is missing."),
        ("October to 2019", "'October to 2019' is not a period: the year is missing."),
        ("8 2018", "'8 2018' is not a period: a day needs a month."),
        ("8 to Q3 2018", "'8 to Q3 2018' is not a period: a day needs a month."),
        ("8 to October 2018", "'8 to October 2018' is not a period: a day needs a month."),
        ("8 Q3 2018", "'8 Q3 2018' is not a period: '8 q3 2018' is not a day, a month, a season, a quarter or a year."),
        ("31 February 2018", "'31 February 2018' is not a period: there is no such day."),
        ("0 May 2018", "'0 May 2018' is not a period: there is no such day."),
        ("0000", "'0000' is not a period: there is no such day."),
        ("\u0662 5", "'\u0662 5' is not a period: '\u0662 5' is not a day, a month, a season, a quarter or a year."),
        ("06/07/2019", "'06/07/2019' is not a period: it could be two days. Write the month as a word."),
        ("06-07-2019", "'06-07-2019' is not a period: it could be two days. Write the month as a word."),
        ("October 2019 to March 2018", "'October 2019 to March 2018' ends before it begins."),
        ("before 1 January 0001", "'before 1 January 0001' is not a period: years are from 1900 to 2199."),
        ("December 9999", "'December 9999' is not a period: years are from 1900 to 2199."),
        ("May 9999", "'May 9999' is not a period: years are from 1900 to 2199."),
        ("9999", "'9999' is not a period: years are from 1900 to 2199."),
        ("from 2200", "'from 2200' is not a period: years are from 1900 to 2199."),
        ("31 December 1899", "'31 December 1899' is not a period: years are from 1900 to 2199."),
        ("2018-13-01", "'2018-13-01' is not a period: there is no such day."),
        ("x" * 101, "A period has at most 100 characters."),
    ],
)  # fmt: skip
def test_other_words_are_refused_with_the_reason(label: str, reason: str) -> None:
    with pytest.raises(ValueError) as refused:  # noqa: PT011
        read_period(label)

    assert str(refused.value) == reason


DAYS = st.dates(min_value=date(1900, 1, 1), max_value=date(2199, 12, 31))


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
