"""The only ways to reach the database, and the only place that says commit.

`reading()` lends a connection that cannot write: one consistent snapshot, enforced by the database; `studying()` lends
a session on the same terms, where objects are wanted. `writing()` lends a session that is one transaction: committed
when the block ends, rolled back on any exception. A GraphQL operation resolves sibling fields at the same time and an
`AsyncSession` serves one task only, so all three are borrowed, never held. Within `one_snapshot()` what is borrowed for
reading is one and the same connection, in turns.
"""

import asyncio
from collections.abc import AsyncIterator, Coroutine
from contextlib import AsyncExitStack, asynccontextmanager
from contextvars import ContextVar
from pathlib import Path
from typing import Any, Literal, TypeVar

from sqlalchemy import event
from sqlalchemy.engine import make_url
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, AsyncSession, create_async_engine

from server.kernel.refusals import Refusal, RefusalCode, RefusalKind

T = TypeVar("T")
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
        """A connection on one snapshot: the one that is shared within `one_snapshot()`, else one of its own. Any
        attempt to write raises."""
        shared = _SHARED.get()
        lent = shared.lent() if shared is not None and shared.database is self else self._own_snapshot()
        async with lent as connection:
            yield connection

    @asynccontextmanager
    async def one_snapshot(self) -> AsyncIterator[None]:
        """While the block runs, `reading()` in this task and in those it starts lends one and the same snapshot, to one
        reader at a time: what is answered together is read together, and only one connection is borrowed for it. It
        begins with the first read; what is written in between ends it, so that the next read sees that."""
        shared = _OneSnapshot(self)
        token = _SHARED.set(shared)
        try:
            yield
        finally:
            _SHARED.reset(token)
            await shared.end()

    @asynccontextmanager
    async def _own_snapshot(self) -> AsyncIterator[AsyncConnection]:
        async with self._readers.connect() as connection:
            yield connection
            if not self.is_sqlite:
                # closing would roll back, and the driver forgets its prepared statements then
                await connection.commit()

    @asynccontextmanager
    async def studying(self) -> AsyncIterator[AsyncSession]:
        """A session on one snapshot, for reads that compute over objects. Any attempt to write raises."""
        async with AsyncSession(self._readers, expire_on_commit=False) as session:
            yield session

    @asynccontextmanager
    async def writing(self) -> AsyncIterator[AsyncSession]:
        """One transaction. A violated unique constraint is the answer to two people doing the same at once."""
        if shared := _SHARED.get():
            await shared.end()
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


async def to_the_end(work: Coroutine[Any, Any, T]) -> T:
    """What was begun is finished even when whoever waits for it is cancelled: a transaction that is cut off in the
    middle can keep its connection, and on SQLite that of every writer, for a minute."""
    finishing = asyncio.create_task(work)
    try:
        return await asyncio.shield(finishing)
    except asyncio.CancelledError:
        await finishing
        raise


class _OneSnapshot:
    """The snapshot that one operation reads. A connection serves one task at a time, so readers queue for it; one that
    fails takes the connection with it, and the next reader gets another."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self._connection: AsyncConnection | None = None
        self._borrowed = AsyncExitStack()
        self._free = asyncio.Lock()
        self._reader: asyncio.Task[Any] | None = None

    @asynccontextmanager
    async def lent(self) -> AsyncIterator[AsyncConnection]:
        """The connection, when it is free, or at once for the task that reads with it already."""
        if self._connection is not None and self._reader is asyncio.current_task():
            yield self._connection
            return
        async with self._free:
            self._reader = asyncio.current_task()
            try:
                if self._connection is None:
                    self._connection = await self._borrowed.enter_async_context(self.database._own_snapshot())
                yield self._connection
            except BaseException as error:
                self._connection = None
                await self._borrowed.__aexit__(type(error), error, error.__traceback__)
                raise
            finally:
                self._reader = None

    async def end(self) -> None:
        """Give the connection back. Waits for whoever reads; raises RuntimeError for one who would wait for
        themself."""
        if self._reader is not None and self._reader is asyncio.current_task():
            raise RuntimeError("finish reading before you write")
        async with self._free:
            self._connection = None
            await self._borrowed.aclose()


_SHARED: ContextVar[_OneSnapshot | None] = ContextVar("shared_snapshot", default=None)


def _is_unique_violation(error: IntegrityError) -> bool:
    return getattr(error.orig, "sqlstate", None) == UNIQUE_VIOLATION or "UNIQUE constraint failed" in str(error.orig)


def _postgresql(url: str, options: str, *, pool: int, end: Literal["commit", "rollback"]) -> AsyncEngine:
    return create_async_engine(
        make_url(url).set(drivername="postgresql+psycopg"),
        pool_size=pool,
        max_overflow=0,
        hide_parameters=True,
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
        hide_parameters=True,
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
