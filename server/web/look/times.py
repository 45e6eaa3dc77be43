"""Instants and days as people read them: in their language, in their zone, and as they were announced."""

import re
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import NamedTuple
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_interval, format_skeleton, format_time, get_timezone_location

from server.web.look.languages import catalogue_of, locale_of, sentence

IN_ZONE = sentence("{instant} {place} time")
IN_PLACE = sentence("{clock} in {place}")
ON_DAY = sentence("{clock} on {day} in {place}")

PRINTED_IN_FRENCH = re.compile(
    r"\b(?:janv(?:ier)?|févr(?:ier)?|mars|avr(?:il)?|mai|juin|juil(?:let)?|août|septembre|octobre|novembre|décembre"
    r"|trimestre|semestre|printemps|été|automne|hiver|avant|après|début|fin|mi|du|au|jusqu|depuis|en cours|réunion"
    r"|chaque)\b",
    re.IGNORECASE,
)
"""Words by which a period is known to be printed in French; papers print all others in English."""
WORD = re.compile(r"[^\W\d_]{2,}")


class Times(NamedTuple):
    """The calendar of one reader: language, zone and the present instant."""

    language: str
    zone: str
    now: datetime

    def day(self, value: str | date) -> str:
        """Return a day: "8 December 2026". An instant is taken in the zone of the reader."""
        return format_date(self._local_day(value), "long", locale=locale_of(self.language))

    def weekday(self, value: str | date, zone: str = "") -> str:
        """Return a day with its weekday: "Tue 8 December 2026"."""
        return _weekday(self._local_day(value, zone), self.language)

    def short(self, value: str | date) -> str:
        """Return a day as it stands in rows: "8 Dec 2026"."""
        return _short(self._local_day(value), self.language)

    def month(self, value: str | date) -> str:
        """Return the month of a day: "December 2026"."""
        return format_skeleton("yMMMM", self._local_day(value), locale=locale_of(self.language))

    def span(self, first: str | date, last: str | date) -> str:
        """Return the days from one to another: "1 Apr - 30 Jun 2019"; a single day if they are the same."""
        days = self._local_day(first), self._local_day(last)
        return (
            format_interval(*days, "yMMMMd", locale=locale_of(self.language)) if days[0] < days[1] else self.day(last)
        )

    def print_language(self, label: str) -> str:
        """Return the language in which a period is printed, that of the reader if no word stands in it."""
        if not WORD.search(label):
            return self.language
        return "fr" if PRINTED_IN_FRENCH.search(label) else "en"

    def instant(self, value: str | datetime, zone: str = "") -> str:
        """Return an instant with its weekday, in a zone or in the zone of the reader: "Tue 8 December 2026, 17:00"."""
        local = instant_of(value).astimezone(ZoneInfo(zone or self.zone))
        return f"{_weekday(local.date(), self.language)}, {self.clock(local, zone)}"

    def clock(self, value: str | datetime, zone: str = "") -> str:
        """Return the time of an instant: "17:00"."""
        local = instant_of(value).astimezone(ZoneInfo(zone or self.zone))
        return format_time(local, "short", tzinfo=local.tzinfo, locale=locale_of(self.language))

    def second(self, value: str | datetime, zone: str = "") -> str:
        """Return an instant to the second, as `instant` does: "Tue 8 December 2026, 17:00:04"."""
        local = instant_of(value).astimezone(ZoneInfo(zone or self.zone))
        clock = format_time(local, "medium", tzinfo=local.tzinfo, locale=locale_of(self.language))
        return f"{_weekday(local.date(), self.language)}, {clock}"

    def local(self, value: str | datetime, zone: str) -> str:
        """Return an instant in a zone as a field of a form holds it: "2026-12-08T17:00"."""
        return instant_of(value).astimezone(ZoneInfo(zone)).strftime("%Y-%m-%dT%H:%M")

    def month_name(self, value: date) -> str:
        """Return the short name of the month of a day: "Dec"."""
        return format_date(value, "LLL", locale=locale_of(self.language))

    def place(self, zone: str = "") -> str:
        """Return the city by which people know a zone: "Brussels"."""
        return get_timezone_location(zone or self.zone, locale=locale_of(self.language), return_city=True)

    def announced(self, value: str | datetime, zone: str) -> str:
        """Return an instant as it was announced in a zone, and that of the reader where it is another.

        "Tue 8 December 2026, 17:00 Brussels time (01:00 on Wed 9 December 2026 in Tokyo)".
        """
        words = self._say(IN_ZONE, instant=self.instant(value, zone), place=self.place(zone))
        return words if zone == self.zone else f"{words} ({self.own(value, zone)})"

    def own(self, value: str | datetime, zone: str) -> str:
        """Return the time of an instant for the reader, with the day only where it is another than in a zone."""
        clock, place = self.clock(value), self.place()
        if self.is_same_day(value, zone):
            return self._say(IN_PLACE, clock=clock, place=place)
        return self._say(ON_DAY, clock=clock, day=self.weekday(value), place=place)

    def _say(self, words: str, **values: str) -> str:
        return catalogue_of(self.language).gettext(words).format(**values)

    def is_same_day(self, value: str | datetime, zone: str) -> bool:
        """Return whether an instant falls on the same day in a zone and in the zone of the reader."""
        instant = instant_of(value)
        return instant.astimezone(ZoneInfo(zone)).date() == instant.astimezone(ZoneInfo(self.zone)).date()

    def days_until(self, value: str | date) -> int:
        """Return the days from today until a day or instant, in the zone of the reader; negative if it is past."""
        return (self._local_day(value) - self.now.astimezone(ZoneInfo(self.zone)).date()).days

    def is_past(self, value: str | datetime) -> bool:
        """Return whether an instant has come."""
        return instant_of(value) <= self.now

    def is_soon(self, value: str | datetime, days: int = 14) -> bool:
        """Return whether an instant comes within so many days."""
        return self.now < instant_of(value) <= self.now + timedelta(days=days)

    def _local_day(self, value: str | date, zone: str = "") -> date:
        if isinstance(value, str):
            value = datetime.fromisoformat(value) if "T" in value else date.fromisoformat(value)
        return value.astimezone(ZoneInfo(zone or self.zone)).date() if isinstance(value, datetime) else value


def instant_of(value: str | datetime) -> datetime:
    """Return an instant that is one already, or as JSON has it."""
    return datetime.fromisoformat(value) if isinstance(value, str) else value


@lru_cache(1_000)
def _short(day: date, language: str) -> str:
    return format_date(day, "medium", locale=locale_of(language))


def day_of(value: str | date) -> date:
    """Return a day that is one already, or as JSON has it."""
    return date.fromisoformat(value) if isinstance(value, str) else value


def _weekday(day: date, language: str) -> str:
    locale = locale_of(language)
    return f"{format_date(day, 'ccc', locale=locale)} {format_date(day, 'long', locale=locale)}"
