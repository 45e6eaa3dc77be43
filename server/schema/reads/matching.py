"""How the value of a filter is compared with a column."""

from collections.abc import Callable
from enum import Enum
from typing import Any

from sqlalchemy import Boolean, ColumnElement, String, type_coerce
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import FunctionElement

from server.storage.functions import FOLD_CASE


class Match(Enum):
    """A comparison of a column with the value of a filter. No comparison is true of null."""

    EQUAL = "equal"
    ONE_OF = "one of"
    """The filter is a list, and one of it is equal."""
    FROM = "from"
    UNTIL = "until"
    """At or before the value."""
    AFTER = "after"
    BEFORE = "before"
    CONTAINS = "contains"
    """The text holds the words, in capital or small letters."""


class _Contains(FunctionElement[bool]):
    """Whether a text holds another one, whatever the case of their letters, of all alphabets on both databases."""

    type = Boolean()
    inherit_cache = True


@compiles(_Contains)
def _on_postgresql(element: Any, compiler: Any, **options: Any) -> str:
    """Fold in a collation of PostgreSQL's own: that of the database may know ASCII only."""
    text, words = (compiler.process(clause, **options) for clause in element.clauses)
    fold = 'lower({}::text COLLATE "pg_c_utf8")'
    return f"(strpos({fold.format(text)}, {fold.format(words)}) > 0)"


@compiles(_Contains, "sqlite")
def _on_sqlite(element: Any, compiler: Any, **options: Any) -> str:
    """Fold by a function of the connection: SQLite's own knows ASCII only."""
    text, words = (compiler.process(clause, **options) for clause in element.clauses)
    return f"(instr({FOLD_CASE}({text}), {FOLD_CASE}({words})) > 0)"


COMPARE: dict[Match, Callable[[Any, Any], ColumnElement[bool]]] = {
    Match.EQUAL: lambda column, value: column == value,
    Match.ONE_OF: lambda column, value: column.in_(value),
    Match.FROM: lambda column, value: column >= value,
    Match.UNTIL: lambda column, value: column <= value,
    Match.AFTER: lambda column, value: column > value,
    Match.BEFORE: lambda column, value: column < value,
    Match.CONTAINS: lambda column, value: _Contains(column, type_coerce(value, String())),
}
"""The SQL of each comparison, of a column and the parameter of a filter."""
