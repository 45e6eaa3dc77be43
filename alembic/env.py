"""Run migrations on SQLite and on PostgreSQL: all of them in one transaction, so that a crash leaves nothing half done.

The URL comes from the caller (`server.storage.migrations`) or the settings.
"""

import sqlalchemy as sa
from sqlalchemy import Connection, create_engine, event, inspect, text
from sqlalchemy.engine import make_url
from sqlalchemy.pool import NullPool

from alembic import context
from server.kernel.instants import Instant
from server.models.base import Base
from server.settings import Settings

DRIVERS = {"sqlite": "sqlite", "postgresql": "postgresql+psycopg"}
MIGRATION_LOCK = 7_201_845
"""Number of the advisory lock: it lets several processes start at once."""
WAITS_FOR_ANOTHER = 600
"""Seconds for which a migration waits until another one of the same database has ended."""


def render_item(kind: str, item: object, _context: object) -> str | bool:
    """Return our own column types as the names that `script.py.mako` defines, because no revision imports the server.

    False for other types: Alembic then writes them itself.
    """
    if kind == "type" and isinstance(item, Instant):
        return "INSTANT"
    return "DOCUMENT" if kind == "type" and isinstance(item, sa.JSON) else False


def lock(connection: Connection) -> None:
    """Wait until no other process migrates this database. On SQLite `BEGIN IMMEDIATE` has done so."""
    if connection.dialect.name == "postgresql":
        connection.execute(text(f"SET LOCAL lock_timeout = '{WAITS_FOR_ANOTHER}s'"))
        connection.execute(text(f"SELECT pg_advisory_xact_lock({MIGRATION_LOCK})"))
        # A migration that waits for a lock blocks all later queries on the table: rather give up.
        connection.execute(text("SET LOCAL lock_timeout = '10s'"))


def note_oldest_server(connection: Connection) -> None:
    """Write the last revision that took something away beside the revision: a server that does not know it is too old.

    `server/storage/schema.py` reads it.
    """
    if not inspect(connection).has_table("alembic_version"):
        return
    if "oldest_server" not in {column["name"] for column in inspect(connection).get_columns("alembic_version")}:
        connection.execute(text("ALTER TABLE alembic_version ADD COLUMN oldest_server VARCHAR(32)"))
    current = connection.scalar(text("SELECT version_num FROM alembic_version"))
    revisions = context.script.iterate_revisions(current, "base") if current else ()
    oldest = next((each.revision for each in revisions if getattr(each.module, "contracts", False)), "")
    connection.execute(text("UPDATE alembic_version SET oldest_server = :oldest"), {"oldest": oldest})


url = make_url(context.config.attributes.get("url") or Settings().database)
url = url.set(drivername=DRIVERS[url.get_backend_name()])
is_sqlite = url.get_backend_name() == "sqlite"
# None: Python's sqlite3 would begin no transaction before DDL, and end the one that there is before some statements.
own_begin = {"isolation_level": None, "timeout": WAITS_FOR_ANOTHER} if is_sqlite else {}
engine = create_engine(url, poolclass=NullPool, connect_args=own_begin)
if is_sqlite:
    event.listen(engine, "begin", lambda connection: connection.exec_driver_sql("BEGIN IMMEDIATE"))

with engine.connect() as connection:
    context.configure(
        connection=connection,
        target_metadata=Base.metadata,
        render_as_batch=is_sqlite,  # SQLite cannot alter most things of a table
        transactional_ddl=True,  # Alembic thinks that SQLite cannot, because Python's sqlite3 does not by itself
        compare_type=True,
        render_item=render_item,
    )
    with context.begin_transaction():
        lock(connection)
        context.run_migrations()
        note_oldest_server(connection)
