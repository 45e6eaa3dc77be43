"""How the value of a filter is compared with a column."""

from collections.abc import Callable
from enum import Enum
from typing import Any, NamedTuple, TypeAlias

from sqlalchemy import BindParameter, Boolean, ColumnElement, String, bindparam, type_coerce
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import FunctionElement

from server.storage.functions import FOLD_CASE


class Match(Enum):
    """A comparison of a column with the value of a filter. No comparison but `PRESENT` is true of null."""

    EQUAL = "equal"
    ONE_OF = "one of"
    """The filter is a list of several values or of none, and one of them is equal; or it is one value."""
    FROM = "from"
    UNTIL = "until"
    """At or before the value."""
    BEFORE = "before"
    CONTAINS = "contains"
    """The text holds the words, in capital or small letters."""
    PRESENT = "present"
    """The filter is true and there is a value, or it is false and there is none."""


Condition: TypeAlias = Callable[[Callable[[str], Any], Callable[[Any], Any]], ColumnElement[bool]]
"""A condition in SQL, of a function that returns the column at a path, and one that compares an expression with the
value of the filter."""


class Filter(NamedTuple):
    """A filter of a connection: the column at `path` matches the value.

    Beyond a to-one that the caller does not see the column is null and matches nothing, so that a filter cannot be used
    to find out what is hidden. `condition(column_at, matches)`, if given, takes the place of the comparison.

    `standing` is the value where a reader gives none, None for no condition; it does not hold beside one of the filters
    named in `unless`.
    """

    path: str = ""
    match: Match = Match.EQUAL
    condition: Condition | None = None
    standing: Any = None
    unless: frozenset[str] = frozenset()


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
    Match.BEFORE: lambda column, value: column < value,
    Match.CONTAINS: lambda column, value: _Contains(column, type_coerce(value, String())),
    Match.PRESENT: lambda column, value: type_coerce(column.is_not(None), Boolean()) == value,
}
"""The SQL of each comparison, of a column and the parameter of a filter."""


def compare_with(match: Match, name: str, value: Any) -> Callable[[Any], ColumnElement[bool]]:
    """Return a function that compares an expression with the value of a filter, which comes in the parameter `name`.

    Only the form of the value is looked at: one that stands alone is compared for equality, so that an index by the
    column gives the rest of its order.
    """
    is_list = isinstance(value, list)
    form = Match.EQUAL if match is Match.ONE_OF and not is_list else match
    parameter: BindParameter[Any] = bindparam(name, expanding=is_list)
    return lambda column: COMPARE[form](column, parameter)
