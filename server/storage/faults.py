"""Tell passing faults from defects: a database that is away, full, locked, not to be written to, or newer."""

import sqlite3

from sqlalchemy import exc

from server.storage.schema import UnknownSchema

PASSING_CLASSES = ("08", "40", "53", "57")
"""Classes of SQLSTATE that pass by themselves: connection, rollback (deadlock), resources (disk full), operator."""
DEADLOCK = "40P01"
"""The SQLSTATE of a transaction that was ended so that another can go on."""
PASSING_STATES = frozenset({"25006", "55P03", "58030"})
"""Single ones: a transaction that may only read, a lock that was not free in time, an error of the disk."""
OLD_PLAN = "cached plan must not change result type"
"""What PostgreSQL says of a statement prepared before a migration. The driver prepares it anew the next time."""
PASSING_RESULTS = frozenset(
    {
        *(sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_PROTOCOL, sqlite3.SQLITE_NOMEM),
        *(sqlite3.SQLITE_READONLY, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_FULL, sqlite3.SQLITE_CANTOPEN),
    }
)
"""The same of SQLite, by its primary result codes."""


def is_deadlock(error: BaseException | None) -> bool:
    """Return whether PostgreSQL ended a transaction because it and another waited for each other."""
    return getattr(getattr(error, "orig", None), "sqlstate", None) == DEADLOCK


def is_passing(error: BaseException) -> bool:
    """Return whether an exception comes from a database that will work again without a change of the program.

    So is one of a pool without a free connection, and a schema that only another release knows. A faulty statement, a
    violated constraint and a missing table are not.
    """
    if isinstance(error, exc.TimeoutError | UnknownSchema):
        return True
    cause = error.orig if isinstance(error, exc.DBAPIError) else error
    if isinstance(cause, sqlite3.Error):
        return getattr(cause, "sqlite_errorcode", -1) & 0xFF in PASSING_RESULTS
    # psycopg is known by its attribute and by names, because a server on SQLite does not load it
    state = getattr(cause, "sqlstate", "")
    if state is None:
        # the driver raised it itself, because there is no connection
        return any(each.__name__ == "OperationalError" for each in type(cause).__mro__)
    return state[:2] in PASSING_CLASSES or state in PASSING_STATES or OLD_PLAN in str(cause)
