"""The words of notices in the two working languages. Pure."""

from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import NamedTuple

from server.kernel.zones import find_zone, say_day
from server.vocabulary.notices import DueKind
from server.vocabulary.parties import Language

MONTHS = (
    *("janvier", "février", "mars", "avril", "mai", "juin"),
    *("juillet", "août", "septembre", "octobre", "novembre", "décembre"),
)


class Sentence(NamedTuple):
    """What a notice says, in both languages, with `{title}` where the object is named."""

    english: str
    french: str

    def say(self, title: str, language: Language) -> str:
        """Return the sentence with the title of the object."""
        return (self.french if language == Language.FRENCH else self.english).replace("{title}", title)


class Due(NamedTuple):
    """The instant or the day of a notice, and what it is. `zone` is that in which it was announced."""

    kind: DueKind | None
    at: datetime | None
    on: date | None
    zone: str | None


DUE_WORDS: Mapping[DueKind, Sentence] = {
    DueKind.CLOSES: Sentence("It closes on {title}.", "Clôture le {title}."),
    DueKind.DUE: Sentence("It is due on {title}.", "Échéance le {title}."),
    DueKind.STARTS: Sentence("It begins on {title}.", "Début le {title}."),
}


def say_due(due: Due, zone: str, language: Language) -> str:
    """Return what the instant or the day of a notice is, in the zone and language of the reader; "" without one."""
    if due.kind is None or (due.at is None and due.on is None):
        return ""
    when = say_when(due.at, zone, language) if due.at is not None else _day(due.on or date.min, language)
    return DUE_WORDS[due.kind].say(when, language)


def say_when(instant: datetime, zone: str, language: Language) -> str:
    """Return an instant in the zone of the reader, and in UTC unless that is the zone."""
    known = find_zone(zone)
    universal = instant.astimezone(UTC)
    local = instant.astimezone(known) if known else universal
    name = zone if known else "UTC"
    day = "" if local.date() == universal.date() else f"{_day(universal.date(), language)} "
    if language == Language.FRENCH:
        words = f"{_day(local.date(), language)} à {local:%H} h {local:%M} ({name}"
        return words + (")" if name == "UTC" else f" ; {day}{universal:%H} h {universal:%M} UTC)")
    words = f"{_day(local.date(), language)} at {local:%H:%M} ({name}"
    return words + (")" if name == "UTC" else f"; {day}{universal:%H:%M} UTC)")


def count_notices(count: int, language: Language) -> str:
    """Return how many notices there are. The French word is the same for one and for many."""
    if language == Language.FRENCH:
        return f"{count} avis"
    return "1 notice" if count == 1 else f"{count} notices"


def count_others(count: int, language: Language) -> str:
    """Return the line about notices that a letter leaves out. French has the singular below two, English for one."""
    if language == Language.FRENCH:
        return f"Et {count} autre dans votre boîte." if count < 2 else f"Et {count} autres dans votre boîte."
    return "And 1 more in your inbox." if count == 1 else f"And {count} more in your inbox."


def _day(day: date, language: Language) -> str:
    if language != Language.FRENCH:
        return say_day(day)
    first = "1er" if day.day == 1 else str(day.day)
    return f"{first} {MONTHS[day.month - 1]} {day.year}"
