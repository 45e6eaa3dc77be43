"""Share one connection among all that read, or read and write, within one operation."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager
from contextvars import ContextVar
from typing import Any

from sqlalchemy.ext.asyncio import AsyncConnection


class OneSnapshot:
    """The snapshot that the readers of one operation share, or the transaction that its writers share too.

    A connection serves one task at a time, so readers queue for it. If a reader fails, its connection is given back and
    the next reader gets another.
    """

    def __init__(
        self,
        database: object,
        open_connection: Callable[[], AbstractAsyncContextManager[AsyncConnection]],
        writer: AsyncConnection | None = None,
    ) -> None:
        self.database = database
        self.writer = writer
        """The connection of a transaction that all writers join; None if each has a transaction of its own."""
        self.lines: list[tuple[str, dict[str, Any]]] = []
        """Lines for the log that wait for the commit of that transaction."""
        self._open = open_connection
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
                    self._connection = await self._loan.enter_async_context(self._open())
                yield self._connection
            except BaseException as error:
                self._connection = None
                # with the error, so that the snapshot is rolled back and not committed
                await self._loan.__aexit__(type(error), error, error.__traceback__)
                raise
            finally:
                self._reader = None

    def is_writing(self, database: object) -> bool:
        """Return whether writers to this database join a transaction that is shared."""
        return self.writer is not None and self.database is database

    async def end(self) -> None:
        """Give the connection back as soon as its reader is done.

        Raise RuntimeError if the current task is that reader: it would wait for itself.
        """
        if self._reader is not None and self._reader is asyncio.current_task():
            raise RuntimeError("finish reading before you write")
        async with self._lock:
            self._connection = None
            await self._loan.aclose()


SHARED: ContextVar[OneSnapshot | None] = ContextVar("shared_snapshot", default=None)
