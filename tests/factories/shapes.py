"""What a database consists of: its tables with their columns and constraints, its triggers, the number of its rows."""

from collections.abc import Callable
from typing import Any

from alembic.migration import MigrationContext
from sqlalchemy import Connection, create_engine, inspect, text
from sqlalchemy.engine import make_url
from sqlalchemy.pool import NullPool


def asked(url: str, question: Callable[[Connection], Any]) -> Any:
    """The answer of a database to one question."""
    parsed = make_url(url)
    driver = {"sqlite": "sqlite", "postgresql": "postgresql+psycopg"}[parsed.get_backend_name()]
    with create_engine(parsed.set(drivername=driver), poolclass=NullPool).connect() as connection:
        return question(connection)


HEAD = "SELECT id, sequence, digest FROM journal_head"


def shape(connection: Connection) -> dict[str, Any]:
    """Every table with its columns, keys and constraints, the triggers, and where the journal stands."""
    found = inspect(connection)
    triggers = {
        "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger'",
        "postgresql": "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal",
    }
    tables: dict[str, Any] = {
        table: {
            "columns": sorted(
                (column["name"], str(column["type"]), column["nullable"]) for column in found.get_columns(table)
            ),
            "defaults": {column["name"] for column in found.get_columns(table) if column["default"] is not None},
            "checks": sorted((str(check["name"]), check["sqltext"]) for check in found.get_check_constraints(table)),
            "uniques": sorted(str(unique["column_names"]) for unique in found.get_unique_constraints(table)),
            "foreign": sorted(str(key["constrained_columns"]) for key in found.get_foreign_keys(table)),
            "indexes": sorted(str(index["column_names"]) for index in found.get_indexes(table)),
        }
        for table in found.get_table_names()
    }
    return {
        "tables": tables,
        "triggers": sorted(connection.scalars(text(triggers[connection.dialect.name]))),
        "head": [tuple(row) for row in connection.execute(text(HEAD))] if "journal_head" in tables else [],
    }


def revision(connection: Connection) -> str | None:
    """The revision at which a database is."""
    return MigrationContext.configure(connection).get_current_revision()


def counts(connection: Connection) -> dict[str, int]:
    """Return how many rows each table has."""
    tables = sorted(inspect(connection).get_table_names())
    return {table: int(connection.scalar(text(f"SELECT count(*) FROM {table}")) or 0) for table in tables}


def state(connection: Connection) -> tuple[str | None, dict[str, Any], dict[str, int]]:
    """Return the revision, the shape and the numbers of rows of a database. Check that the file of SQLite is whole."""
    if connection.dialect.name == "sqlite":
        assert connection.scalar(text("PRAGMA integrity_check")) == "ok"
    return revision(connection), shape(connection), counts(connection)
