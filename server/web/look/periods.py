"""Periods of work plans in the language of the reader, where the server printed them and no paper did."""

import re
from datetime import date

from babel.dates import format_date, format_skeleton

from server.web.look.languages import ENGLISH, locale_of, say, sentence, spoken

CALLED_OFF = sentence("needs a new date: called off")
"""What the API gives in place of a period whose sitting or round was called off."""
_DAYS = re.compile(
    r"(?:(?P<day>\d{1,2})(?: (?P<rest>[A-Z][a-z]+ \d{4}))? to )?(?P<last>\d{1,2} (?P<month>[A-Z][a-z]+ \d{4}))"
)
"""Days of the calendar as the API prints them: "22 to 26 April 2019"."""
MONTHS = {f"{date(2000, month, 1):%B}": month for month in range(1, 13)}


def say_period(label: str | None) -> str | None:
    """Return a printed period in the language of this request: "1 octobre 2018" for "1 October 2018".

    Only days of the calendar and the words for what was called off are said anew. What else a paper prints stays as it
    is printed there, and so does everything in English.
    """
    if not label or spoken() == ENGLISH:
        return label
    if label == CALLED_OFF:
        return say(CALLED_OFF)
    printed = _DAYS.fullmatch(label)
    last = _read_day(printed["last"]) if printed else None
    if printed is None or last is None:
        return label
    if printed["day"] is None:
        return format_date(last, "long", locale=locale_of(spoken()))
    first = _read_day(f"{printed['day']} {printed['rest'] or printed['month']}")
    return label if first is None else _say_days(first, last)


def _say_days(first: date, last: date) -> str:
    """Return a stretch of days. CLDR has no long form of one: what Babel gives shortens the months."""
    locale = locale_of(spoken())
    end = format_date(last, "long", locale=locale)
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}\u2013{end}"
    begin = format_skeleton("MMMMd", first, locale=locale)
    return f"{begin if first.year == last.year else format_date(first, 'long', locale=locale)} \u2013 {end}"


def _read_day(words: str) -> date | None:
    """Return the day of "26 April 2019", None if there is no such day."""
    day, month, year = words.split()
    try:
        return date(int(year), MONTHS[month], int(day))
    except (KeyError, ValueError):
        return None
