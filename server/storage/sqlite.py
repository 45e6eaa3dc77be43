"""Run each statement on SQLite in one turn of the thread of its connection.

aiosqlite does all work of a connection in a thread, and SQLAlchemy asks it four times for one statement: for a cursor,
to execute, for the rows, and to close. Going there and back takes longer than most statements, so all of it is done in
one go here. The rows are fetched in any case, except for those that are streamed.
"""

import sqlite3
from collections import deque
from typing import Any, NamedTuple

import aiosqlite
from sqlalchemy.connectors.asyncio import AsyncAdapt_dbapi_connection
from sqlalchemy.dialects.sqlite.aiosqlite import (
    AsyncAdapt_aiosqlite_connection,
    AsyncAdapt_aiosqlite_cursor,
    AsyncAdapt_aiosqlite_dbapi,
)
from sqlalchemy.util import immutabledict


class _Result(NamedTuple):
    """What a cursor says after a statement."""

    description: Any = None
    rowcount: int = -1
    lastrowid: int | None = None
    rows: list[Any] | None = None
    arraysize: int = 1


class _OneTurnCursor(AsyncAdapt_aiosqlite_cursor):
    """A cursor of SQLAlchemy's that takes a cursor of sqlite3 for the time of one statement."""

    __slots__ = ()

    def __init__(self, adapt_connection: AsyncAdapt_dbapi_connection) -> None:
        self._adapt_connection = adapt_connection
        self._connection = adapt_connection._connection
        self._cursor: Any = _Result()
        self._rows = deque()
        self._soft_closed_memoized = immutabledict()

    async def _execute_async(self, operation: Any, parameters: Any) -> None:
        await self._run("execute", operation, () if parameters is None else parameters)

    async def _executemany_async(self, operation: Any, seq_of_parameters: Any) -> None:
        await self._run("executemany", operation, seq_of_parameters)

    async def _run(self, method: str, operation: Any, parameters: Any) -> None:
        connection: Any = self._connection
        async with self._adapt_connection._execute_mutex:
            self._cursor = await connection._execute(_run, connection._conn, method, operation, parameters)
        self._rows = deque(self._cursor.rows or ())

    async def _async_soft_close(self) -> None:
        """Do nothing: the cursor of sqlite3 was closed after the statement."""

    def close(self) -> None:
        """Let go of the rows."""
        self._rows.clear()


def _run(connection: sqlite3.Connection, method: str, operation: Any, parameters: Any) -> _Result:
    """Run one statement, in the thread of the connection, and return all that it gives."""
    cursor = connection.cursor()
    try:
        getattr(cursor, method)(operation, parameters)
        rows = cursor.fetchall() if cursor.description else None
        return _Result(cursor.description, cursor.rowcount, cursor.lastrowid, rows)
    finally:
        cursor.close()


class _OneTurnConnection(AsyncAdapt_aiosqlite_connection):
    """A connection of SQLAlchemy's with such cursors."""

    __slots__ = ()
    _cursor_cls = _OneTurnCursor


class _OneTurnDriver(AsyncAdapt_aiosqlite_dbapi):
    """SQLAlchemy's view of aiosqlite, with such connections."""

    def connect(self, *arg: Any, **kw: Any) -> AsyncAdapt_aiosqlite_connection:
        """Open a connection."""
        return _OneTurnConnection(self, super().connect(*arg, **kw)._connection)


DRIVER = _OneTurnDriver(aiosqlite, sqlite3)
"""The module that an engine on SQLite takes in the place of its own."""
