"""Find time zones by their names."""

from zoneinfo import ZoneInfo, ZoneInfoNotFoundError


def find_zone(name: str | None) -> ZoneInfo | None:
    """Return the zone with an IANA name, None if the database of zones does not know it."""
    try:
        return ZoneInfo(name) if name else None
    # OSError: a name such as "Europe" is a folder of the database, and one of 300 letters is too long for a file.
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None
