"""Filters of a list as they stand in the address of its page."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from server.web.desk.visits import Visit


def chosen(visit: Visit, names: Iterable[str]) -> dict[str, str]:
    """Return the filters of a page that are in its address, stripped, "" for those that are not."""
    return {name: visit.query.get(name, "").strip()[:200] for name in names}


def filled(given: Mapping[str, Any]) -> dict[str, Any]:
    """Return a filter of a list without the conditions that nothing was given for."""
    return {name: value for name, value in given.items() if value not in ("", None)}


def one_of(value: str, known: Iterable[str]) -> str:
    """Return a value of an enumeration as it stands in an address, "" if it is none: then it filters nothing."""
    return value if value in known else ""


def day_begins(visit: Visit, given: str, *, after: int = 0) -> str:
    """Return the instant at which a day begins for the visitor, or some days later; "" if it is no day."""
    try:
        day = date.fromisoformat(given) + timedelta(days=after)
    except (ValueError, OverflowError):
        return ""
    return datetime.combine(day, time(), ZoneInfo(visit.times.zone)).isoformat()
