"""Read with nothing but the driver: a pool of connections, or threads, of which a read takes one.

Each read is a function of a snapshot that awaits nothing but that snapshot. On PostgreSQL it runs in the event loop.
On SQLite it runs in one thread from the first statement to the last, because handing each statement to a thread and
back costs more than the statement.
"""

import asyncio
import select
import sqlite3
import threading
from collections.abc import Callable, Coroutine
from concurrent.futures import ThreadPoolExecutor
from typing import Any, Protocol, TypeVar

import psycopg
from psycopg_pool import AsyncConnectionPool

from server.storage.functions import add_functions
from server.storage.snapshots import PostgresqlSnapshot, Snapshot, SqliteSnapshot

T = TypeVar("T")
Work = Callable[[Snapshot], Coroutine[Any, Any, T]]
PATIENCE_SECONDS = 2.0
"""How long a read waits for a connection before it gives up."""
STEPS_BETWEEN_LOOKS = 10_000
"""Instructions of SQLite after which a thread looks whether anybody waits for it still: less than a millisecond."""


class DirectReaders(Protocol):
    """Reads of one database, each on one snapshot."""

    proves: bool
    """Whether a single statement is worth a snapshot of its own, that it then has to prove things about."""

    async def read(self, work: Work[T], *, single: bool = False) -> T:
        """Run a read, and return its result. `single` says that it is one statement, which needs no transaction."""
        ...

    async def close(self) -> None:
        """Close every connection. The next read opens new ones."""
        ...


class PostgresqlReaders:
    """Connections of psycopg that can only read, lent by its pool."""

    proves = True

    def __init__(self, address: str, *, options: str, pool: int) -> None:
        self._address = address
        self._options = options
        self._size = pool
        self._pool: AsyncConnectionPool[Any] | None = None

    async def read(self, work: Work[T], *, single: bool = False) -> T:
        """Run a read, and return its result: once more if the connection turns out to be of no use.

        That is a connection that the server has closed, or one with a statement that was prepared before a migration.
        """
        pool = await self._open()
        try:
            return await self._read(pool, work, single=single)
        except (psycopg.errors.FeatureNotSupported, _ConnectionLost):
            await pool.drain()
            return await self._read(pool, work, single=single)

    async def _read(self, pool: AsyncConnectionPool[Any], work: Work[T], *, single: bool) -> T:
        connection = await pool.getconn(PATIENCE_SECONDS)
        try:
            if single:
                return await work(PostgresqlSnapshot(connection))
            async with connection.transaction():
                return await work(PostgresqlSnapshot(connection))
        except psycopg.OperationalError as error:
            if connection.closed:
                raise _ConnectionLost(*error.args) from error
            raise
        finally:
            await pool.putconn(connection)

    async def _open(self) -> AsyncConnectionPool[Any]:
        if self._pool is None:
            # Autocommit: a single statement is a transaction of its own, without BEGIN and COMMIT.
            settings = {"autocommit": True, "options": self._options}
            self._pool = AsyncConnectionPool(
                self._address,
                kwargs=settings,
                min_size=1,
                max_size=self._size,
                open=False,
                check=_check_silence,
                num_workers=1,
            )
            await self._pool.open()
        return self._pool

    async def close(self) -> None:
        """Close every connection. The next read opens new ones."""
        pool, self._pool = self._pool, None
        if pool is not None:
            await pool.close()


class SqliteReaders:
    """Threads, each with a connection of sqlite3 that can only read."""

    proves = False

    def __init__(self, path: str, *, threads: int) -> None:
        self._path = path
        self._size = threads
        self._threads: ThreadPoolExecutor | None = None
        self._own = threading.local()
        self._connections: list[sqlite3.Connection] = []

    async def read(self, work: Work[T], *, single: bool = False) -> T:
        """Run a read in one thread, and return its result. A read that nobody waits for is broken off."""
        if self._threads is None:
            self._threads = ThreadPoolExecutor(self._size, thread_name_prefix="reader")
        abandoned = threading.Event()
        try:
            loop = asyncio.get_running_loop()
            return await loop.run_in_executor(self._threads, self._read, work, single, abandoned)
        except asyncio.CancelledError:
            abandoned.set()
            raise

    def _read(self, work: Work[T], single: bool, abandoned: threading.Event) -> T:
        connection = self._connect()
        connection.set_progress_handler(abandoned.is_set, STEPS_BETWEEN_LOOKS)
        if single:
            return _complete(work(SqliteSnapshot(connection)))
        connection.execute("BEGIN")
        try:
            return _complete(work(SqliteSnapshot(connection)))
        finally:
            connection.execute("ROLLBACK")

    def _connect(self) -> sqlite3.Connection:
        """Return the connection of this thread."""
        connection: sqlite3.Connection | None = getattr(self._own, "connection", None)
        if connection is None:
            connection = self._own.connection = sqlite3.connect(
                self._path, timeout=30, isolation_level=None, check_same_thread=False, cached_statements=200
            )
            connection.execute("PRAGMA query_only=ON")
            add_functions(connection)
            self._connections.append(connection)
        return connection

    async def close(self) -> None:
        """Close every connection, after the reads that are under way. The next read opens new ones."""
        if self._threads is not None:
            await asyncio.to_thread(self._threads.shutdown)
        for connection in self._connections:
            connection.close()
        self._threads, self._own, self._connections = None, threading.local(), []


class _ConnectionLost(psycopg.OperationalError):
    """The server has closed the connection."""


async def _check_silence(connection: psycopg.AsyncConnection[Any]) -> None:
    """Raise OperationalError if the server has said something on an idle connection: good-bye, as a rule.

    So a restart of the database costs no request its answer, and asking the server costs nobody a round trip.
    """
    listener = select.poll()
    listener.register(connection.fileno(), select.POLLIN)
    if listener.poll(0):
        await connection.close()
        raise psycopg.OperationalError("the connection is no longer usable")


def _complete(work: Coroutine[Any, Any, T]) -> T:
    """Run a coroutine that never waits, outside any event loop, and return its result."""
    try:
        work.send(None)
    except StopIteration as end:
        return end.value  # type: ignore[no-any-return]
    work.close()
    raise RuntimeError("a direct read awaits nothing but its snapshot")
