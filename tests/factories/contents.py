"""Everything that a database holds: equal before and after means that nothing was written.

It is read without SQLAlchemy, over a connection of its own and in one go: half of the time of a test of a refusal went
into compiling and awaiting sixty statements twice.
"""

import sqlite3
from contextlib import closing
from typing import Any

import psycopg
from sqlalchemy.engine import make_url

from server.models.base import Base
from server.storage.database import Database

TABLES = [table.name for table in Base.metadata.sorted_tables]
Contents = dict[str, list[tuple[Any, ...]]]
"""Every row of every table as its driver gives it, in a fixed order."""


def contents_of(database: Database) -> Contents:
    """Read every committed row of every table."""
    url = database._readers.url
    if database.is_sqlite:
        with closing(sqlite3.connect(str(url.database))) as file:
            rows = {name: file.execute(f"SELECT * FROM {name}").fetchall() for name in TABLES}
    else:
        with psycopg.connect(make_url(url).set(drivername="postgresql").render_as_string(False)) as connection:
            rows = _all_at_once(connection)
    return {name: sorted(found, key=repr) for name, found in rows.items()}


def _all_at_once(connection: psycopg.Connection[Any]) -> Contents:
    cursor = connection.execute("; ".join(f"SELECT * FROM {name}" for name in TABLES))  # type: ignore[arg-type]
    rows = {}
    for name in TABLES:
        rows[name] = cursor.fetchall()
        cursor.nextset()
    return rows
