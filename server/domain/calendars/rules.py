"""Write a calendar (RFC 5545). Pure: the same events give the same bytes."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from typing import NamedTuple

from icalendar import Alarm, Calendar, Event

from server.domain.notices.rules.words import Sentence, say_when
from server.kernel.days import shift_day
from server.vocabulary.parties import Language

PRODUCT = "-//Intersession//Calendar//EN"
ALARM = timedelta(days=1)
"""How long before an event calendars remind of it."""
REFRESH = timedelta(hours=1)
"""How often programs that heed it ask again."""
TITLE_LIMIT = 200
"""The longest title of an event, in characters."""


class Happening(NamedTuple):
    """An event of a calendar: an instant, or days of which the last is included.

    `uid` stays the same for ever; `sequence` rises with each act that moved, cancelled or settled it, `changed_at` is
    the last.
    """

    uid: str
    words: Sentence
    title: str
    link: str
    at: datetime | None
    first_day: date | None
    last_day: date | None
    place: str
    is_cancelled: bool
    is_done: bool
    sequence: int
    changed_at: datetime


class CalendarReader(NamedTuple):
    """In which language and zone a calendar is read."""

    language: Language
    zone: str


def write_calendar(name: str, happenings: Sequence[Happening], reader: CalendarReader) -> bytes:
    """Return the calendar with these events in their order."""
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("name", name)
    calendar.add("x-wr-calname", name)
    calendar.add("refresh-interval", REFRESH, parameters={"value": "DURATION"})
    for each in happenings:
        calendar.add_component(_event_of(each, reader))
    return bytes(calendar.to_ical())


def _event_of(happening: Happening, reader: CalendarReader) -> Event:
    """Return one event. Instants are in UTC, which every program knows; days have no zone."""
    event = Event()
    event.add("uid", happening.uid)
    event.add("sequence", happening.sequence)
    event.add("dtstamp", happening.changed_at.astimezone(UTC))
    event.add("last-modified", happening.changed_at.astimezone(UTC))
    title = happening.title if len(happening.title) <= TITLE_LIMIT else f"{happening.title[: TITLE_LIMIT - 1]}…"
    summary = happening.words.say(title, reader.language)
    event.add("summary", summary)
    event.add("url", happening.link)
    lines = [say_when(happening.at, reader.zone, reader.language)] if happening.at else []
    event.add("description", "\n".join([*lines, happening.link]))
    if happening.at is not None:
        event.add("dtstart", happening.at.astimezone(UTC))
    elif happening.first_day is not None:
        event.add("dtstart", happening.first_day)
        event.add("dtend", shift_day(happening.last_day or happening.first_day, 1))  # exclusive
    if happening.place:
        event.add("location", happening.place)
    # An event has no status for what is done (RFC 5545, section 3.8.1.11): it stays confirmed, without an alarm.
    event.add("status", "CANCELLED" if happening.is_cancelled else "CONFIRMED")
    event.add("transp", "TRANSPARENT")  # a deadline does not make anybody busy
    if not (happening.is_cancelled or happening.is_done):
        event.add_component(_alarm_of(summary))
    return event


def _alarm_of(summary: str) -> Alarm:
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", summary)
    alarm.add("trigger", -ALARM)
    return alarm
