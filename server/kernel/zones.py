"""Find time zones by their names, and say instants in them."""

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError


def find_zone(name: str | None) -> ZoneInfo | None:
    """Return the zone with an IANA name, None if the database of zones does not know it."""
    try:
        return ZoneInfo(name) if name else None
    # OSError: a name such as "Europe" is a folder of the database, and one of 300 letters is too long for a file.
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None


HOME = "Europe/Brussels"
"""The zone in which the bodies sit. What is due on a day, such as the last one of a review, is due until it ends there.
"""


def day_at_home(instant: datetime) -> date:
    """Return the day at an instant where the bodies sit."""
    return instant.astimezone(ZoneInfo(HOME)).date()


def begin_of_day(day: date) -> datetime:
    """Return the instant in UTC at which a day begins where the bodies sit."""
    return datetime.combine(day, time(), ZoneInfo(HOME)).astimezone(UTC)


def say_day(day: date) -> str:
    """Return a day in English: "9 December 2026"."""
    return f"{day.day} {day:%B %Y}"


def say_instant(instant: datetime, zone: str | None = None) -> str:
    """Return an instant in English, in a zone and in UTC: "9 December 2026 at 17:00 (Europe/Brussels), 16:00 UTC".

    It is said in UTC only if that is the zone, or if the database of zones does not know it. Seconds are left out.
    """
    universal = instant.astimezone(UTC)
    known = find_zone(zone)
    if known is None or zone == "UTC":
        return f"{say_day(universal)} at {universal:%H:%M} UTC"
    local = instant.astimezone(known)
    day = "" if local.date() == universal.date() else f"{say_day(universal)} at "
    return f"{say_day(local)} at {local:%H:%M} ({zone}), {day}{universal:%H:%M} UTC"
