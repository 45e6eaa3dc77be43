"""Connect without a server: for commands that run alone, and wait for each answer."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import URL, Connection, create_engine, event
from sqlalchemy.pool import NullPool

DRIVERS = {"sqlite": "sqlite", "postgresql": "postgresql+psycopg"}


@contextmanager
def connect(url: URL) -> Iterator[Connection]:
    """Lend a connection in a transaction, which sees one state of the database and is rolled back at the end."""
    is_sqlite = url.get_backend_name() == "sqlite"
    # None: Python's sqlite3 begins no transaction for reads, so that two of them could see different states.
    arguments: dict[str, Any] = {"isolation_level": None} if is_sqlite else {"options": "-c timezone=UTC"}
    engine = create_engine(
        url.set(drivername=DRIVERS[url.get_backend_name()]),
        poolclass=NullPool,
        isolation_level=None if is_sqlite else "REPEATABLE READ",
        hide_parameters=True,
        connect_args=arguments,
    )
    if is_sqlite:
        event.listen(engine, "begin", lambda connection: connection.exec_driver_sql("BEGIN"))
    with engine.connect() as connection:
        yield connection
