"""Days of the calendar in SQL, as the rules count them in Python, on both databases."""

from typing import Any

from sqlalchemy import Date
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import FunctionElement

from server.storage.functions import LAST_DAY


class LastDay(FunctionElement[Any]):
    """The day in a zone that an instant ends or lies in: midnight ends the day before. Arguments: instant, zone."""

    type = Date()
    inherit_cache = True


class ShiftedDay(FunctionElement[Any]):
    """A day so many days later, or earlier for a negative number. Arguments: day, number."""

    type = Date()
    inherit_cache = True


@compiles(LastDay)
def _last_on_postgresql(element: Any, compiler: Any, **options: Any) -> str:
    """Write the day in the words of PostgreSQL."""
    instant, zone = (compiler.process(clause, **options) for clause in element.clauses)
    return f"(({instant} - interval '1 microsecond') AT TIME ZONE {zone})::date"


@compiles(LastDay, "sqlite")
def _last_on_sqlite(element: Any, compiler: Any, **options: Any) -> str:
    """Ask the function of the connection: SQLite knows no zones."""
    instant, zone = (compiler.process(clause, **options) for clause in element.clauses)
    return f"{LAST_DAY}({instant}, {zone})"


@compiles(ShiftedDay)
def _shifted_on_postgresql(element: Any, compiler: Any, **options: Any) -> str:
    """Write the sum in the words of PostgreSQL."""
    day, number = (compiler.process(clause, **options) for clause in element.clauses)
    return f"({day} + {number})"


@compiles(ShiftedDay, "sqlite")
def _shifted_on_sqlite(element: Any, compiler: Any, **options: Any) -> str:
    """Write the sum in the words of SQLite."""
    day, number = (compiler.process(clause, **options) for clause in element.clauses)
    return f"date({day}, {number} || ' days')"
