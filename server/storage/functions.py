"""Functions of SQL that SQLite does not have, and that every connection of the server gives it."""

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

FOLD_CASE = "fold_case"
"""The name of a function of SQL on SQLite: the text in small letters, of all alphabets. SQLite's own knows ASCII."""


def fold_case(text: str | None) -> str | None:
    """Return the text in small letters, None for null: `FOLD_CASE` on SQLite."""
    return None if text is None else text.lower()


LAST_DAY = "last_day"
"""The name of a function of SQL on SQLite: the day in a zone that an instant ends, or in which it lies."""


def last_day(instant: str | None, zone: str | None) -> str | None:
    """Return the day (ISO 8601) in a zone that an instant ends or lies in, None for null: `LAST_DAY` on SQLite."""
    if instant is None or zone is None:
        return None
    just_before = datetime.fromisoformat(instant) - timedelta(microseconds=1)
    return just_before.astimezone(ZoneInfo(zone)).date().isoformat()


def add_functions(connection: Any) -> None:
    """Give a connection of sqlite3, or one of SQLAlchemy's around it, the functions of this module."""
    connection.create_function(FOLD_CASE, 1, fold_case, deterministic=True)
    connection.create_function(LAST_DAY, 2, last_day, deterministic=True)
