"""Who may see which of some journal entries, asked for all kinds of listeners at once.

The predicate speaks of the caller by the SQL parameters of `server.kernel.predicates`. Here each parameter is replaced
by a column of `asked`, which has a row for each kind of listener. So there is no second rule of visibility that could
differ from the first.
"""

from collections.abc import Sequence
from functools import cache
from typing import Any

from sqlalchemy import BindParameter, Integer, bindparam, literal_column, select, true
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.sql.visitors import iterate, replacement_traverse

from server.delivery.live.tail import News
from server.journal.queries import visible_journal_entries
from server.models.journal import JournalEntry
from server.storage.recordset import recordset, write_records

Kind = tuple[Any, ...]
"""The values of the parameters of the predicate: listeners of one kind see the same entries."""
_PREDICATE = visible_journal_entries(JournalEntry)
PARAMETERS = {
    element.key: element.type
    for element in iterate(_PREDICATE)
    if isinstance(element, BindParameter) and element.key.startswith("actor_")
}
"""The parameters of the predicate and their types. Lists and the instant would need columns that a row cannot hold."""


def kind_of(parameters: dict[str, Any]) -> Kind:
    """Return the kind of a listener with these parameters of an actor."""
    return tuple(parameters[name] for name in PARAMETERS)


@cache
def _build_statement(*, is_sqlite: bool) -> Any:
    """Build the statement for all kinds, once for each database: pairs of the number of a kind and of an entry."""
    columns = {"number": Integer, **{name: type(kind) for name, kind in PARAMETERS.items()}}
    listeners = recordset("asked", columns, is_sqlite=is_sqlite)

    def replace(element: Any, **_: Any) -> Any:
        # a column by its name alone means the same row in a subquery of any depth
        is_replaced = isinstance(element, BindParameter) and element.key in PARAMETERS
        return literal_column(f"asked.{element.key}", element.type) if is_replaced else None

    return (
        select(listeners.c.number, JournalEntry.sequence)
        .select_from(JournalEntry)
        .join(listeners, true())
        .where(JournalEntry.sequence.between(bindparam("first", type_=Integer), bindparam("last", type_=Integer)))
        .where(replacement_traverse(_PREDICATE, {}, replace))
    )


async def judge(connection: AsyncConnection, kinds: Sequence[Kind], news: Sequence[News]) -> dict[Kind, set[int]]:
    """Return for each kind of listener the numbers of the entries that they may see. One statement."""
    rows = [{"number": number, **dict(zip(PARAMETERS, kind, strict=True))} for number, kind in enumerate(kinds)]
    values = {"asked": write_records(rows), "first": news[0].sequence, "last": news[-1].sequence}
    seen: dict[Kind, set[int]] = {kind: set() for kind in kinds}
    statement = _build_statement(is_sqlite=connection.dialect.name == "sqlite")
    for number, sequence in await connection.execute(statement, values):
        seen[kinds[number]].add(sequence)
    return seen
