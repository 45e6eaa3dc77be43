"""Run the text of a statement on one snapshot of the database, with the driver's own connection.

A snapshot is one connection within one transaction, or a connection that runs a single statement.
"""

import sqlite3
from collections.abc import Mapping, Sequence
from typing import Any, Protocol

import aiosqlite
from psycopg import AsyncConnection as PostgresqlConnection
from psycopg import AsyncRawCursor
from psycopg.pq import Format
from sqlalchemy.ext.asyncio import AsyncConnection

from server.storage.texts import KeptStatement


class Snapshot(Protocol):
    """One state of the database, from which statements are read one after the other."""

    async def fetch(self, statement: KeptStatement, values: Mapping[str, Any]) -> Sequence[Any]:
        """Return the rows of a statement."""
        ...


class PostgresqlSnapshot:
    """A connection of psycopg. Statements are prepared by the server, and rows come in its binary form."""

    def __init__(self, connection: PostgresqlConnection[Any]) -> None:
        self._cursor = AsyncRawCursor(connection)
        self._cursor.format = Format.BINARY

    async def fetch(self, statement: KeptStatement, values: Mapping[str, Any]) -> Sequence[Any]:
        """Return the rows of a statement."""
        text = statement.text_for("postgresql")
        await self._cursor.execute(text.encoded, text.arguments(values), prepare=True)
        return text.convert(await self._cursor.fetchall())


class SqliteSnapshot:
    """A connection of sqlite3 in the thread that reads with it: nothing is ever waited for."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    async def fetch(self, statement: KeptStatement, values: Mapping[str, Any]) -> Sequence[Any]:
        """Return the rows of a statement."""
        text = statement.text_for("sqlite")
        return text.convert(self._connection.execute(text.text, text.arguments(values)).fetchall())


class _BorrowedSqlite:
    """A connection of aiosqlite, which hands each statement to a thread of its own."""

    def __init__(self, connection: aiosqlite.Connection) -> None:
        self._connection = connection

    async def fetch(self, statement: KeptStatement, values: Mapping[str, Any]) -> Sequence[Any]:
        text = statement.text_for("sqlite")
        return text.convert([*await self._connection.execute_fetchall(text.text, text.arguments(values))])


async def snapshot_of(connection: AsyncConnection) -> Snapshot:
    """Return the snapshot that a connection of `Database.reading()` is on."""
    driver: Any = (await connection.get_raw_connection()).driver_connection
    return _BorrowedSqlite(driver) if connection.dialect.name == "sqlite" else PostgresqlSnapshot(driver)
