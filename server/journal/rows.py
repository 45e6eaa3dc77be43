"""Compute the digests of the rows that an act wrote, for its entry."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from types import SimpleNamespace
from typing import Any

from sqlalchemy import BindParameter, Select, bindparam, select
from sqlalchemy.ext.asyncio import AsyncConnection

from server.journal.bindings.catalogue import BINDINGS
from server.journal.bindings.kinds import LOCKS, WHOLE, Binding, Part, Row, bound_values
from server.journal.digests import digest_of_row, digest_of_rows
from server.storage.written import WrittenRow

WANTED: BindParameter[Any] = bindparam("wanted", expanding=True)
"""The keys of rows or wholes that a statement selects."""
AT_ONCE = 500
"""Keys that a statement takes at most."""


def key_of(table: str, key: str) -> str:
    """Return the key under which the digest of a row, or of the rows of a whole, is held."""
    return f"{table}/{key}"


async def digest_written(connection: AsyncConnection, written: Sequence[WrittenRow], act: str) -> dict[str, str | None]:
    """Return the digests of those rows that are bound, by key: None for a row that the act removed or released.

    Rows are read if their values are not known. The number of statements depends on tables, not on rows.
    """
    rows: dict[str, dict[str, Row]] = defaultdict(dict)
    unread: dict[str, list[str]] = defaultdict(list)
    for row in written:
        if row.table in BINDINGS and row.values is not None:
            rows[row.table][row.key] = row.values
        elif row.table in BINDINGS:
            unread[row.table].append(row.key)
    digests: dict[str, str | None] = {}
    for table, keys in unread.items():
        digests |= dict.fromkeys(key_of(table, key) for key in keys)
        rows[table] |= await read_rows(connection, BINDINGS[table], keys)
    for table, rows_by_key in rows.items():
        binding = BINDINGS[table]
        filed = {key: row for key, row in rows_by_key.items() if binding.is_filed(row)}
        digests |= {key_of(table, key): digest_of_bound(binding, row) for key, row in filed.items()}
        released = rows_by_key.keys() - filed.keys() if act in binding.released_by else ()
        digests |= dict.fromkeys(key_of(table, key) for key in released)
        for part in binding.parts:
            parts = await read_parts(connection, part, [*filed])
            digests |= dict.fromkeys(key_of(part.table.name, key) for key in released)
            digests |= {key_of(part.table.name, key): digest_of_part(part, parts[key]) for key in filed}
    return digests


def digest_of_bound(binding: Binding, row: Row) -> str:
    """Return the digest of a row of a bound table."""
    return digest_of_row(binding.table.name, bound_values(binding, row))


def digest_of_part(part: Part, rows: Iterable[Any]) -> str:
    """Return the digest of the rows that belong to one whole, in the order of their keys."""
    keys = [column.name for column in part.table.primary_key.columns]
    ordered = sorted(rows, key=lambda row: [getattr(row, key) for key in keys])
    name = part.table.name
    return digest_of_rows(
        digest_of_row(name, {k: v for k, v in vars(row).items() if k not in LOCKS}) for row in ordered
    )


async def read_rows(connection: AsyncConnection, binding: Binding, keys: Sequence[str]) -> dict[str, Row]:
    """Return the rows of a bound table with these keys, by key."""
    statement = select(binding.table).where(binding.key.in_(WANTED))
    rows: dict[str, Row] = {}
    for chosen in _in_turns(keys):
        for row in (await connection.execute(statement, {"wanted": chosen})).mappings():
            rows[str(row[binding.key.name])] = dict(row)
    return rows


async def read_parts(connection: AsyncConnection, part: Part, wholes: Sequence[str]) -> Mapping[str, list[Any]]:
    """Return the rows that belong to these wholes, as objects, by the key of the whole."""
    statement: Select[Any] = part.query.where(part.query.selected_columns[0].in_(WANTED))
    rows: dict[str, list[Any]] = defaultdict(list)
    for chosen in _in_turns(wholes):
        for row in (await connection.execute(statement, {"wanted": chosen})).mappings():
            values = dict(row)
            rows[values.pop(WHOLE)].append(SimpleNamespace(**values))
    return rows


def _in_turns(keys: Sequence[str]) -> Iterable[Sequence[str]]:
    return (keys[start : start + AT_ONCE] for start in range(0, len(keys), AT_ONCE))
