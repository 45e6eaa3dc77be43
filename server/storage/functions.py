"""Functions of SQL that SQLite does not have, and that every connection of the server gives it."""

from typing import Any

FOLD_CASE = "fold_case"
"""The name of a function of SQL on SQLite: the text in small letters, of all alphabets. SQLite's own knows ASCII."""


def fold_case(text: str | None) -> str | None:
    """Return the text in small letters, None for null: `FOLD_CASE` on SQLite."""
    return None if text is None else text.lower()


def add_functions(connection: Any) -> None:
    """Give a connection of sqlite3, or one of SQLAlchemy's around it, the functions of this module."""
    connection.create_function(FOLD_CASE, 1, fold_case, deterministic=True)
