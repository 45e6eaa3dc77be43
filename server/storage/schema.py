"""Tell whether this program can serve the schema of a database, without Alembic, which a server does not load."""

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import NamedTuple

from sqlalchemy import Connection, inspect, text

from server.kernel.faults import MachineFault

SCRIPTS = Path(__file__).parents[2] / "alembic"
"""The folder of the revisions."""
REVISION = re.compile(r'^revision: str = "(\d{4})"$', re.MULTILINE)
MIGRATE = "Run `intersession migrate` first."


class UnknownSchema(MachineFault):
    """Raised when the schema of the database is not one that this program can serve. The message names the command."""


class SchemaState(NamedTuple):
    """What a database says of its schema. `oldest_server` is the last revision that took something away, "" for none.

    `revision` is None where Alembic has written nothing, `oldest_server` where a release before 0.3.0 migrated last.
    """

    tables: frozenset[str]
    revision: str | None
    oldest_server: str | None


@cache
def newest_revision(scripts: Path = SCRIPTS) -> str:
    """Return the newest revision that this program knows. They are counted: `0001`, `0002`."""
    files = (scripts / "versions").glob("*.py")
    return max(match[1] for file in files if (match := REVISION.search(file.read_text(encoding="utf-8"))))


def read_schema_state(connection: Connection) -> SchemaState:
    """Read what a database says of its schema."""
    tables = frozenset(inspect(connection).get_table_names())
    if "alembic_version" not in tables:
        return SchemaState(tables, None, None)
    rows = connection.execute(text("SELECT * FROM alembic_version")).mappings().all()
    row: Mapping[str, str | None] = dict(rows[0]) if rows else {}
    return SchemaState(tables, row.get("version_num"), row.get("oldest_server"))


def is_empty(state: SchemaState) -> bool:
    """Return whether nothing was ever made in a database."""
    return not state.tables or (state.tables == {"alembic_version"} and state.revision is None)


def ensure_ours(state: SchemaState) -> None:
    """Raise UnknownSchema for a database that holds something and was not made by this program."""
    if not is_empty(state) and (state.revision is None or not re.fullmatch(r"\d{4}", state.revision)):
        tables = ", ".join(sorted(state.tables)[:3])
        raise UnknownSchema(
            f"The database is not one of Intersession (its tables: {tables} ...). "
            "Name another by INTERSESSION_DATABASE."
        )


def check_schema(state: SchemaState, newest: str) -> None:
    """Raise UnknownSchema unless a program whose newest revision is `newest` can serve such a database.

    A newer schema is served if it only added to what this program knows: then every revision that took something away
    is one that it knows.
    """
    if is_empty(state):
        raise UnknownSchema(f"The database is empty. {MIGRATE}")
    ensure_ours(state)
    _, revision, oldest_server = state
    assert revision is not None
    if revision < newest:
        raise UnknownSchema(f"The database is at revision {revision}, older than this program ({newest}). {MIGRATE}")
    if revision > newest and (oldest_server is None or oldest_server > newest):
        raise UnknownSchema(
            f"The database is at revision {revision}, which this program ({newest}) cannot serve. "
            "Install the newer release of Intersession that migrated it."
        )
