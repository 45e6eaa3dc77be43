"""Run migrations on SQLite and on PostgreSQL.

The URL comes from the caller (`server.storage.migrations`) or the settings.
"""

import sqlalchemy as sa
from sqlalchemy import create_engine, text
from sqlalchemy.engine import make_url
from sqlalchemy.pool import NullPool

from alembic import context
from server.kernel.instants import Instant
from server.models.base import Base
from server.settings import Settings

DRIVERS = {"sqlite": "sqlite", "postgresql": "postgresql+psycopg"}
MIGRATION_LOCK = 7_201_845
"""Number of the advisory lock: it lets several processes start at once."""


def render_item(kind: str, item: object, _context: object) -> str | bool:
    """Return our own column types as the names that `script.py.mako` defines, because no revision imports the server.

    False for other types: Alembic then writes them itself.
    """
    if kind == "type" and isinstance(item, Instant):
        return "INSTANT"
    return "DOCUMENT" if kind == "type" and isinstance(item, sa.JSON) else False


url = make_url(context.config.attributes.get("url") or Settings().database)
url = url.set(drivername=DRIVERS[url.get_backend_name()])
engine = create_engine(url, poolclass=NullPool)

with engine.connect() as connection:
    context.configure(
        connection=connection,
        target_metadata=Base.metadata,
        render_as_batch=url.get_backend_name() == "sqlite",  # SQLite cannot alter most things of a table
        compare_type=True,
        render_item=render_item,
    )
    with context.begin_transaction():
        if url.get_backend_name() == "postgresql":
            # A migration that waits for a lock blocks all later queries on the table: rather give up.
            connection.execute(text("SET lock_timeout = '10s'"))
            connection.execute(text(f"SELECT pg_advisory_xact_lock({MIGRATION_LOCK})"))
        context.run_migrations()
