"""Reach the database: the only module that opens connections and commits.

`reading()` lends a connection that cannot write, on one consistent snapshot; the database enforces both. `studying()`
lends a session on the same terms, for code that needs objects. `writing()` lends a session that is one transaction:
committed when the block ends, rolled back on any exception. A GraphQL operation resolves sibling fields at the same
time and an `AsyncSession` serves one task only, so connections are borrowed for a block and never kept. Within
`one_snapshot()` all readers borrow one and the same connection, one after the other.
"""

import asyncio
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import AsyncExitStack, asynccontextmanager
from contextvars import ContextVar
from typing import Any, Literal, TypeVar

from sqlalchemy import event
from sqlalchemy.engine import make_url
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, AsyncSession, create_async_engine

from server.kernel.refusals import Refusal, RefusalCode, RefusalKind
from server.storage.files import prepare_file

T = TypeVar("T")
SQLITE_READERS = 4
UNIQUE_VIOLATION = "23505"
"""The SQLSTATE of a violated unique constraint."""


class Database:
    """Two engines on one database: one that can only read, and one that writes.

    On SQLite the writing pool has a single connection, so that writers queue in order of arrival instead of polling for
    the lock. `BEGIN IMMEDIATE` and the busy timeout make them wait for the writers of other processes.
    """

    def __init__(self, url: str, *, pool: int = 15) -> None:
        self.is_sqlite = url.startswith("sqlite")
        self._after_commit: list[Callable[[], None]] = []
        if self.is_sqlite:
            prepare_file(make_url(url))
            self._readers = _build_sqlite_engine(url, "BEGIN", pool=SQLITE_READERS, query_only=True)
            self._writers = _build_sqlite_engine(url, "BEGIN IMMEDIATE", pool=1, query_only=False)
        else:
            # The joins of a declared read are written in the order in which they should be made, and letting the
            # planner try other orders costs more than the query: hence join_collapse_limit. Ending a snapshot by COMMIT
            # instead of ROLLBACK writes nothing and keeps the prepared statements of the driver.
            snapshot = "-c default_transaction_read_only=on -c default_transaction_isolation=repeatable\\ read"
            self._readers = _build_postgresql_engine(
                url, f"{snapshot} -c join_collapse_limit=1", pool=pool, end="commit"
            )
            self._writers = _build_postgresql_engine(url, "", pool=pool, end="rollback")

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[AsyncConnection]:
        """Lend a connection on one snapshot. Any attempt to write raises.

        Within `one_snapshot()` it is the shared connection, else a connection with a snapshot of its own.
        """
        shared = _SHARED.get()
        loan = shared.lend() if shared is not None and shared.database is self else self._open_snapshot()
        async with loan as connection:
            yield connection

    @asynccontextmanager
    async def one_snapshot(self) -> AsyncIterator[None]:
        """Share one snapshot among all readers in the block: `reading()` in this task and in the tasks it starts.

        Everything in one answer is then read from one state of the database, over one connection, by one reader at a
        time. The snapshot begins with the first read. `writing()` ends it, so that the next read sees the changes.
        """
        shared = _OneSnapshot(self)
        token = _SHARED.set(shared)
        try:
            yield
        finally:
            _SHARED.reset(token)
            await shared.end()

    @asynccontextmanager
    async def _open_snapshot(self) -> AsyncIterator[AsyncConnection]:
        async with self._readers.connect() as connection:
            yield connection
            if not self.is_sqlite:
                # closing alone would roll back, and psycopg then forgets its prepared statements
                await connection.commit()

    @asynccontextmanager
    async def studying(self) -> AsyncIterator[AsyncSession]:
        """Lend a session on one snapshot, for reads that compute over objects. Any attempt to write raises."""
        async with AsyncSession(self._readers, expire_on_commit=False) as session:
            yield session

    @asynccontextmanager
    async def writing(self) -> AsyncIterator[AsyncSession]:
        """Lend a session that is one transaction: committed at the end of the block, rolled back on any exception.

        Refuse (STALE, ALREADY_DONE) if a unique constraint is violated: two people did the same at the same time.
        """
        if shared := _SHARED.get():
            await shared.end()  # else later reads of this operation would not see the changes
        try:
            async with AsyncSession(self._writers, expire_on_commit=False) as session, session.begin():
                yield session
            for wake in self._after_commit:
                wake()
        except IntegrityError as error:
            if _is_unique_violation(error):
                message = "This was done already, perhaps by someone else at the same moment. Read it again."
                raise Refusal(RefusalKind.STALE, RefusalCode.ALREADY_DONE, message) from error
            raise

    def wake_after_commit(self, wake: Callable[[], None]) -> None:
        """Call `wake` after every commit of this process: others may see something new then."""
        self._after_commit.append(wake)

    async def close(self) -> None:
        """Close every connection."""
        await self._readers.dispose()
        await self._writers.dispose()


async def finish(work: Coroutine[Any, Any, T]) -> T:
    """Await the work, and complete it even if the task that awaits it is cancelled.

    A transaction that is cut off in the middle can keep its connection for a minute; on SQLite no one can write then.
    """
    task = asyncio.create_task(work)
    try:
        return await asyncio.shield(task)
    except asyncio.CancelledError:
        await task
        raise


class _OneSnapshot:
    """The snapshot that the readers of one operation share.

    A connection serves one task at a time, so readers queue for it. If a reader fails, its connection is given back and
    the next reader gets another.
    """

    def __init__(self, database: Database) -> None:
        self.database = database
        self._connection: AsyncConnection | None = None
        self._loan = AsyncExitStack()
        self._lock = asyncio.Lock()
        self._reader: asyncio.Task[Any] | None = None
        """The task that holds the lock. It may read within its own read, which the lock alone would block for ever."""

    @asynccontextmanager
    async def lend(self) -> AsyncIterator[AsyncConnection]:
        """Lend the connection as soon as it is free; at once to the task that reads with it already."""
        if self._connection is not None and self._reader is asyncio.current_task():
            yield self._connection
            return
        async with self._lock:
            self._reader = asyncio.current_task()
            try:
                if self._connection is None:
                    self._connection = await self._loan.enter_async_context(self.database._open_snapshot())
                yield self._connection
            except BaseException as error:
                self._connection = None
                # with the error, so that the snapshot is rolled back and not committed
                await self._loan.__aexit__(type(error), error, error.__traceback__)
                raise
            finally:
                self._reader = None

    async def end(self) -> None:
        """Give the connection back as soon as its reader is done.

        Raise RuntimeError if the current task is that reader: it would wait for itself.
        """
        if self._reader is not None and self._reader is asyncio.current_task():
            raise RuntimeError("finish reading before you write")
        async with self._lock:
            self._connection = None
            await self._loan.aclose()


_SHARED: ContextVar[_OneSnapshot | None] = ContextVar("shared_snapshot", default=None)


def _is_unique_violation(error: IntegrityError) -> bool:
    return getattr(error.orig, "sqlstate", None) == UNIQUE_VIOLATION or "UNIQUE constraint failed" in str(error.orig)


def _build_postgresql_engine(url: str, options: str, *, pool: int, end: Literal["commit", "rollback"]) -> AsyncEngine:
    return create_async_engine(
        make_url(url).set(drivername="postgresql+psycopg"),
        pool_size=pool,
        max_overflow=0,
        hide_parameters=True,  # errors are logged, and parameters hold what people wrote
        pool_reset_on_return=end,
        connect_args={"options": f"-c timezone=UTC -c lock_timeout=20s {options}"},
    )


def _build_sqlite_engine(url: str, begin: str, *, pool: int, query_only: bool) -> AsyncEngine:
    parsed = make_url(url)
    engine = create_async_engine(
        parsed.set(drivername="sqlite+aiosqlite"),
        pool_size=pool,
        max_overflow=0,
        hide_parameters=True,
        # None: Python's sqlite3 begins no transactions of its own, begin_transaction below does. The timeout: seconds.
        connect_args={"isolation_level": None, "timeout": 30},
    )

    @event.listens_for(engine.sync_engine, "connect")
    def prepare_connection(connection: Any, _record: Any) -> None:
        cursor = connection.cursor()
        cursor.execute("PRAGMA journal_mode=WAL")  # readers and the writer do not block each other
        cursor.execute("PRAGMA synchronous=NORMAL")  # with WAL: a power cut may lose the last commits, not the file
        cursor.execute("PRAGMA foreign_keys=ON")  # off by default in SQLite
        cursor.execute(f"PRAGMA query_only={'ON' if query_only else 'OFF'}")
        cursor.close()

    @event.listens_for(engine.sync_engine, "begin")
    def begin_transaction(connection: Any) -> None:
        connection.exec_driver_sql(begin)

    return engine
