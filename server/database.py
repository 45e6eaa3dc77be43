"""The only ways to reach the database, and the only place that says commit.

`reading()` lends a connection that cannot write: one consistent snapshot, enforced by the database; `studying()` lends
a session on the same terms, where objects are wanted. `writing()` lends a session that is one transaction: committed
when the block ends, rolled back on any exception. A GraphQL operation resolves sibling fields at the same time and an
`AsyncSession` serves one task only, so all three are borrowed, never held.
"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, Literal

from sqlalchemy import event
from sqlalchemy.engine import make_url
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, AsyncSession, create_async_engine

from server.refusals import Refusal, RefusalCode, RefusalKind

SQLITE_READERS = 4
UNIQUE_VIOLATION = "23505"


class Database:
    """Two engines on one database: one that can only read, one that writes.

    On SQLite the writing pool has a single connection, so that writers queue in order of arrival instead of polling
    for the lock; other processes are met by `BEGIN IMMEDIATE` and the busy timeout.
    """

    def __init__(self, url: str, *, pool: int = 15) -> None:
        self.is_sqlite = url.startswith("sqlite")
        if self.is_sqlite:
            self._readers = _sqlite(url, "BEGIN", pool=SQLITE_READERS, query_only=True)
            self._writers = _sqlite(url, "BEGIN IMMEDIATE", pool=1, query_only=False)
        else:
            # The joins of a declared read are written in the order in which they should be made; letting the planner
            # try other orders costs more than the query. Ending a snapshot by COMMIT instead of ROLLBACK writes nothing
            # and keeps the driver's prepared statements.
            snapshot = "-c default_transaction_read_only=on -c default_transaction_isolation=repeatable\\ read"
            self._readers = _postgresql(url, f"{snapshot} -c join_collapse_limit=1", pool=pool, end="commit")
            self._writers = _postgresql(url, "", pool=pool, end="rollback")

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[AsyncConnection]:
        """A connection on one snapshot. Any attempt to write raises."""
        async with self._readers.connect() as connection:
            yield connection

    @asynccontextmanager
    async def studying(self) -> AsyncIterator[AsyncSession]:
        """A session on one snapshot, for reads that compute over objects. Any attempt to write raises."""
        async with AsyncSession(self._readers, expire_on_commit=False) as session:
            yield session

    @asynccontextmanager
    async def writing(self) -> AsyncIterator[AsyncSession]:
        """One transaction. A violated unique constraint is the answer to two people doing the same at once."""
        try:
            async with AsyncSession(self._writers, expire_on_commit=False) as session, session.begin():
                yield session
        except IntegrityError as error:
            if _is_unique_violation(error):
                message = "This was done already, perhaps by someone else at the same moment. Read it again."
                raise Refusal(RefusalKind.STALE, RefusalCode.ALREADY_DONE, message) from error
            raise

    async def close(self) -> None:
        """Close every connection."""
        await self._readers.dispose()
        await self._writers.dispose()


def _is_unique_violation(error: IntegrityError) -> bool:
    return getattr(error.orig, "sqlstate", None) == UNIQUE_VIOLATION or "UNIQUE constraint failed" in str(error.orig)


def _postgresql(url: str, options: str, *, pool: int, end: Literal["commit", "rollback"]) -> AsyncEngine:
    return create_async_engine(
        make_url(url).set(drivername="postgresql+psycopg"),
        pool_size=pool,
        max_overflow=0,
        pool_reset_on_return=end,
        connect_args={"options": f"-c timezone=UTC -c lock_timeout=20s {options}"},
    )


def _sqlite(url: str, begin: str, *, pool: int, query_only: bool) -> AsyncEngine:
    parsed = make_url(url)
    Path(parsed.database or "").parent.mkdir(parents=True, exist_ok=True)
    engine = create_async_engine(
        parsed.set(drivername="sqlite+aiosqlite"),
        pool_size=pool,
        max_overflow=0,
        connect_args={"isolation_level": None, "timeout": 30},
    )

    @event.listens_for(engine.sync_engine, "connect")
    def prepare(connection: Any, _record: Any) -> None:
        cursor = connection.cursor()
        cursor.execute("PRAGMA journal_mode=WAL")
        cursor.execute("PRAGMA synchronous=NORMAL")
        cursor.execute("PRAGMA foreign_keys=ON")
        cursor.execute(f"PRAGMA query_only={'ON' if query_only else 'OFF'}")
        cursor.close()

    @event.listens_for(engine.sync_engine, "begin")
    def begin_transaction(connection: Any) -> None:
        connection.exec_driver_sql(begin)

    return engine
