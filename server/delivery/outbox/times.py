"""Say days and instants in letters: in the language and in the zone of who reads them."""

from datetime import UTC, date, datetime

from babel.dates import format_date

from server.kernel.zones import find_zone
from server.vocabulary.parties import Language

_LOCALES = {Language.FRENCH: "fr", Language.ENGLISH: "en"}


def say_day(day: date, language: Language) -> str:
    """Return a day in words: "9 December 2026", "9 décembre 2026"."""
    return format_date(day, "d MMMM y", locale=_LOCALES.get(language, "en"))


def say_instant(instant: datetime, zone: str, language: Language) -> str:
    """Return an instant in a zone and in UTC: "9 December 2026 at 17:00 (Europe/Brussels), 16:00 UTC".

    It is said in UTC only if that is the zone, or if the database of zones does not know it. Seconds are left out.
    """
    at = "à" if language == Language.FRENCH else "at"
    universal, known = instant.astimezone(UTC), find_zone(zone)
    if known is None or zone == "UTC":
        return f"{say_day(universal, language)} {at} {universal:%H:%M} UTC"
    local = instant.astimezone(known)
    day = "" if local.date() == universal.date() else f"{say_day(universal, language)} {at} "
    return f"{say_day(local, language)} {at} {local:%H:%M} ({zone}), {day}{universal:%H:%M} UTC"
