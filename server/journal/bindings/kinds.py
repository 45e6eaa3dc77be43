"""Define how the rows of a table are bound to the journal.

A binding says which acts write a row, and with that where the journal must speak of it. Nothing else has to be written
for a table: entries hold the digests of the rows that their act wrote (`server/journal/rows.py`), and
`server/journal/verification.py` checks each of them.
"""

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from sqlalchemy import Select, Table, select

from server.models.base import Base, table_of

LOCKS = frozenset({"version", "revision"})
"""The names of the column that only counts changes, against a race. It is not bound."""
NAME_KEYS = ("name_key", "short_name_key")
"""Columns that follow from names and order lists. They are not bound."""
WHOLE = "whole"
"""The column of the query for a part that names the whole."""
Row = Mapping[str, Any]
"""The values of a row by column."""
Parts = Mapping[str, list[Any]]
"""The rows that belong to a whole, by table, with their values as attributes."""


def is_any(_row: Row) -> bool:
    """Return that a row is bound, whatever it holds."""
    return True


class Part(NamedTuple):
    """Rows that belong to a whole and are bound with it, under one digest.

    `query` selects the key of the whole, as `whole`, and all columns of the rows.
    """

    table: Table
    query: Select[Any]
    computed: tuple["Computed", ...] = ()


class Computed(NamedTuple):
    """A column that holds a digest of other values. `compute` takes the row, as an object, and the rows of its parts.

    A column that is null says nothing.
    """

    column: str
    compute: Callable[[Any, Parts], str]


class Term(NamedTuple):
    """A detail of the entry of an act that says what the row holds, until a later act says something else.

    `value` computes it from the row, as an object, and the rows of its parts. Terms with the same `name` are about the
    same: the newest entry that has one decides.
    """

    act: str
    detail: str
    name: str
    value: Callable[[Any, Parts], Any]


class Binding(NamedTuple):
    """The binding of one table.

    `acts` are the tags of the acts after which a row is there, `changed_by` those that change it further. For entries
    from before rows were bound, `subject` is the column that names what these acts were done to, "" if none does, and
    `names` are the details by which the entry of a row is told from others on the same subject. A row counts while
    `is_filed` holds; an act of `released_by` ends that, until an act binds the row anew. `is_register` says that rows
    may come from elsewhere than an act: from a migration, a command or a sign-in.
    """

    model: type[Base]
    acts: tuple[str, ...]
    changed_by: tuple[str, ...] = ()
    subject: str = "id"
    names: Mapping[str, str] = {}
    is_filed: Callable[[Row], bool] = is_any
    parts: tuple[Part, ...] = ()
    terms: tuple[Term, ...] = ()
    computed: tuple[Computed, ...] = ()
    is_register: bool = False
    left_out: tuple[str, ...] = ()
    released_by: tuple[str, ...] = ()

    @property
    def table(self) -> Table:
        """The table of the rows."""
        return table_of(self.model)

    @property
    def key(self) -> Any:
        """The column that is the primary key."""
        (column,) = self.table.primary_key.columns
        return column


def part_of(model: type[Base], column: str, *computed: Computed) -> Part:
    """Return the rows of a table of which `column` names the whole that they belong to."""
    table = table_of(model)
    return Part(table, select(table.c[column].label(WHOLE), *table.c), computed)


def column_terms(act: str, **columns: str) -> tuple[Term, ...]:
    """Return terms that stand in columns of the row: each detail of the entry of an act by the name of its column."""
    return tuple(Term(act, detail, column, _read_column(column)) for detail, column in columns.items())


def _read_column(column: str) -> Callable[[Any, Parts], Any]:
    def value_of(row: Any, _parts: Parts) -> Any:
        return getattr(row, column)

    return value_of


def bound_values(binding: Binding, row: Row) -> dict[str, Any]:
    """Return the values of a row that its digest is taken of."""
    return {name: value for name, value in row.items() if name not in LOCKS and name not in binding.left_out}
