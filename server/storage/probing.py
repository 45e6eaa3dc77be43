"""Write something that leaves no trace, to find out whether a database takes writes."""

from sqlalchemy.ext.asyncio import AsyncConnection

SQLITE_PROBE = (
    "SAVEPOINT probe",
    "CREATE TABLE probe (room BLOB)",
    "INSERT INTO probe VALUES (zeroblob(65536))",
    "ROLLBACK TO probe",
    "RELEASE probe",
    "PRAGMA user_version = 0",
)
"""Statements that ask for pages of the file, give them back, and commit one page to the disk."""
POSTGRESQL_PROBE = (
    "CREATE TEMPORARY TABLE probe (room text) ON COMMIT DROP",
    "SELECT pg_logical_emit_message(true, 'intersession', 'probe')",
)
"""Statements that fail in a database that may only be read, and commit a message to the log, which nobody reads."""


async def probe(connection: AsyncConnection, *, is_sqlite: bool) -> None:
    """Write something that leaves no trace. Raise what the database raises if that is not possible."""
    for statement in SQLITE_PROBE if is_sqlite else POSTGRESQL_PROBE:
        await connection.exec_driver_sql(statement)
