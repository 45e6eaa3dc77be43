"""Reach the database: the only module that opens connections and commits.

`reading()` lends a connection that cannot write, on one consistent snapshot; the database enforces both. `studying()`
lends a session on the same terms, for code that needs objects. `writing()` lends a session that is one transaction:
committed when the block ends, rolled back on any exception. A GraphQL operation resolves sibling fields at the same
time and an `AsyncSession` serves one task only, so connections are borrowed for a block and never kept. Within
`one_snapshot()` all readers borrow one and the same connection, one after the other. Within `one_transaction()` the
writers join one transaction, and readers see what it wrote. Nothing is lent while this program cannot serve the schema
(`check_schema`).
"""

import asyncio
from collections.abc import AsyncIterator, Callable, Coroutine, Iterator
from contextlib import asynccontextmanager, nullcontext
from typing import Any, Literal, TypeVar

from sqlalchemy import event
from sqlalchemy.engine import make_url
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, AsyncSession, create_async_engine
from sqlalchemy.pool import QueuePool

from server.kernel.refusals import Refusal, RefusalCode, RefusalKind
from server.storage.afterwards import LINES, lines_of, write_lines
from server.storage.direct import DirectReaders, PostgresqlReaders, SqliteReaders
from server.storage.files import prepare_file
from server.storage.functions import add_functions
from server.storage.probing import probe
from server.storage.schema import UnknownSchema, check_schema, newest_revision, read_schema_state
from server.storage.sharing import SHARED, OneSnapshot
from server.storage.sqlite import DRIVER

T = TypeVar("T")
SQLITE_READERS = 6
READING = (
    "-c default_transaction_read_only=on -c default_transaction_isolation=repeatable\\ read "
    "-c join_collapse_limit=1 -c plan_cache_mode=force_generic_plan -c random_page_cost=1.1"
)
"""The options of PostgreSQL for readers, whose statements are few and constant.

Their joins are written in the order in which they should be made, and letting the planner try other orders costs more
than the query. For the same reason each statement is planned once, and not anew for every value.
"""
SQLITE_THREADS = 2
"""Threads for direct reads: Python runs one at a time anyway, and a second one goes on while the first waits."""
SESSION = "-c timezone=UTC -c lock_timeout=20s"
"""The settings of every session on PostgreSQL."""
UNIQUE_VIOLATION = "23505"
"""The SQLSTATE of a violated unique constraint."""


class Database:
    """Two engines on one database: one that can only read, and one that writes.

    On SQLite the writing pool has a single connection, so that writers queue in order of arrival instead of polling for
    the lock. `BEGIN IMMEDIATE` and the busy timeout make them wait for the writers of other processes.
    """

    def __init__(self, url: str, *, pool: int = 15, seconds: float = 30.0) -> None:
        self.is_sqlite = url.startswith("sqlite")
        self.readers = SQLITE_READERS if self.is_sqlite else pool
        """Connections for reading that there are at most."""
        self._direct: DirectReaders
        self._unknown = ""
        self._after_commit: list[Callable[[], None]] = []
        if self.is_sqlite:
            prepare_file(make_url(url))
            self._direct = SqliteReaders(make_url(url).database or "", threads=SQLITE_THREADS)
            self._readers = _build_sqlite_engine(url, "BEGIN", pool=self.readers, query_only=True)
            self._writers = _build_sqlite_engine(url, "BEGIN IMMEDIATE", pool=1, query_only=False)
        else:
            # Ending a snapshot by COMMIT instead of ROLLBACK writes nothing and keeps the prepared statements of the
            # driver.
            options = f"{SESSION} {READING}"
            self._readers = _build_postgresql_engine(url, options, pool=pool, end="commit")
            self._writers = _build_postgresql_engine(url, SESSION, pool=pool, end="rollback")
            address = make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)
            # Nobody watches whether the client of a direct read leaves: the server stops what takes too long.
            options = f"{options} -c statement_timeout={round(seconds * 1000)}"
            self._direct = PostgresqlReaders(address, options=options, pool=pool)

    @property
    def direct(self) -> DirectReaders:
        """Reads with nothing but the driver."""
        self._check_known()
        return self._direct

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[AsyncConnection]:
        """Lend a connection on one snapshot. Any attempt to write raises.

        Within `one_snapshot()` it is the shared connection, else a connection with a snapshot of its own.
        """
        shared = SHARED.get()
        loan = shared.lend() if shared is not None and shared.database is self else self._open_snapshot()
        async with loan as connection:
            yield connection

    @asynccontextmanager
    async def one_snapshot(self) -> AsyncIterator[None]:
        """Share one snapshot among all readers in the block: `reading()` in this task and in the tasks it starts.

        Everything in one answer is then read from one state of the database, over one connection, by one reader at a
        time. The snapshot begins with the first read. `writing()` ends it, so that the next read sees the changes.
        """
        shared = OneSnapshot(self, self._open_snapshot)
        token = SHARED.set(shared)
        try:
            yield
        finally:
            SHARED.reset(token)
            await shared.end()

    @asynccontextmanager
    async def one_transaction(self) -> AsyncIterator[AsyncSession]:
        """Make the block one transaction: what `writing()` writes in it is committed with the block, or not at all.

        Give the session of the whole.

        `reading()` and `studying()` read what was written before. If one writer fails, what it wrote is undone by a
        savepoint, and the block decides by an error of its own whether the rest is undone too.
        """
        async with self.writing() as session:
            connection = await session.connection()
            shared = OneSnapshot(self, lambda: nullcontext(connection), connection)
            shared.lines = lines_of(session)
            token = SHARED.set(shared)
            try:
                yield session
            finally:
                SHARED.reset(token)

    @asynccontextmanager
    async def _open_snapshot(self) -> AsyncIterator[AsyncConnection]:
        # Begun here and not by the first statement: what runs on the driver's own connection begins nothing. Ended by
        # COMMIT, because closing alone would roll back, and psycopg then forgets its prepared statements.
        self._check_known()
        async with self._readers.begin() as connection:
            yield connection

    @asynccontextmanager
    async def studying(self) -> AsyncIterator[AsyncSession]:
        """Lend a session on one snapshot, for reads that compute over objects. Any attempt to write raises."""
        self._check_known()
        shared = SHARED.get()
        if shared is not None and shared.is_writing(self):
            async with shared.lend() as connection, AsyncSession(connection, expire_on_commit=False) as session:
                yield session
            return
        async with AsyncSession(self._readers, expire_on_commit=False) as session:
            yield session

    @asynccontextmanager
    async def writing(self) -> AsyncIterator[AsyncSession]:
        """Lend a session that is one transaction: committed at the end of the block, rolled back on any exception.

        Refuse (STALE, ALREADY_DONE) if a unique constraint is violated: two people did the same at the same time.
        """
        self._check_known()
        shared = SHARED.get()
        if shared is not None and not shared.is_writing(self):
            await shared.end()  # else later reads of this operation would not see the changes
        whole = shared if shared is not None and shared.is_writing(self) else None
        try:
            async with self._open_session(whole) as session, session.begin():
                yield session
            if whole is None:
                write_lines(session)
                for wake in self._after_commit:
                    wake()
        except IntegrityError as error:
            if _is_unique_violation(error):
                message = "This was done already, perhaps by someone else at the same moment. Read it again."
                raise Refusal(RefusalKind.STALE, RefusalCode.ALREADY_DONE, message) from error
            raise

    async def check_schema(self) -> None:
        """Check whether this program can serve the schema. If not, raise UnknownSchema, now and for every later use."""
        async with self._readers.begin() as connection:
            state = await connection.run_sync(read_schema_state)
        try:
            check_schema(state, newest_revision())
        except UnknownSchema as fault:
            self._unknown = str(fault)
            raise
        self._unknown = ""

    def _check_known(self) -> None:
        if self._unknown:
            raise UnknownSchema(self._unknown)

    def _open_session(self, whole: OneSnapshot | None) -> AsyncSession:
        """Open a session for writing: within a transaction that is shared, if there is one."""
        if whole is None:
            return AsyncSession(self._writers, expire_on_commit=False)
        # its lines for the log wait for the commit of the whole
        lines = {LINES: whole.lines}
        return AsyncSession(whole.writer, expire_on_commit=False, join_transaction_mode="create_savepoint", info=lines)

    async def check_writable(self) -> None:
        """Write something that leaves no trace. Raise what the database raises if that is not possible."""
        async with self.writing() as session:
            await probe(await session.connection(), is_sqlite=self.is_sqlite)

    def wake_after_commit(self, wake: Callable[[], None]) -> None:
        """Call `wake` after every commit of this process: others may see something new then."""
        self._after_commit.append(wake)

    def pools(self) -> Iterator[tuple[str, str, int]]:
        """Yield (pool, state, number) of the connections: those in use, and the most there can be. Not on SQLite."""
        if self.is_sqlite:
            return
        for name, engine in (("readers", self._readers), ("writers", self._writers)):
            pool = engine.pool
            assert isinstance(pool, QueuePool)
            yield name, "in_use", pool.checkedout()
            yield name, "most", pool.size()

    async def close(self) -> None:
        """Close every connection."""
        await self._direct.close()
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


def _is_unique_violation(error: IntegrityError) -> bool:
    return getattr(error.orig, "sqlstate", None) == UNIQUE_VIOLATION or "UNIQUE constraint failed" in str(error.orig)


def _build_postgresql_engine(url: str, options: str, *, pool: int, end: Literal["commit", "rollback"]) -> AsyncEngine:
    return create_async_engine(
        make_url(url).set(drivername="postgresql+psycopg"),
        pool_size=pool,
        max_overflow=0,
        hide_parameters=True,  # errors are logged, and parameters hold what people wrote
        pool_reset_on_return=end,
        # Each statement is prepared when it comes for the second time. The connection used last knows the most of them.
        pool_use_lifo=True,
        connect_args={"options": options, "prepare_threshold": 1},
    )


def _build_sqlite_engine(url: str, begin: str, *, pool: int, query_only: bool) -> AsyncEngine:
    parsed = make_url(url)
    engine = create_async_engine(
        parsed.set(drivername="sqlite+aiosqlite"),
        module=DRIVER,
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
        # with NORMAL a power cut could lose the last commits, and with them acts that have their receipts
        cursor.execute("PRAGMA synchronous=FULL")
        cursor.execute("PRAGMA foreign_keys=ON")  # off by default in SQLite
        cursor.execute(f"PRAGMA query_only={'ON' if query_only else 'OFF'}")
        cursor.close()
        add_functions(connection)

    @event.listens_for(engine.sync_engine, "begin")
    def begin_transaction(connection: Any) -> None:
        connection.exec_driver_sql(begin)

    return engine
