"""Remember the rows that a transaction writes, so that its entry in the journal can hold their digests.

Rows that a session writes by itself, and those of `insert_rows`, are remembered without being asked. A statement that
writes rows past the session is followed by `note_rows`, with their keys.
"""

from collections.abc import Iterable
from typing import Any, NamedTuple

from sqlalchemy import Column, event, inspect
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Session

_KEY = "written rows"
_UNKNOWN = object()
"""Stands for a value that only the database knows."""


class WrittenRow(NamedTuple):
    """One row that was written: its table, its key, and its values by column; None if they have to be read."""

    table: str
    key: str
    values: dict[str, Any] | None


class _Written(NamedTuple):
    """The objects and the keys of rows that were written in a transaction, in order and each once."""

    objects: dict[int, Any]
    keys: dict[tuple[str, str], None]


def note_rows(session: AsyncSession, table: str, keys: Iterable[str]) -> None:
    """Note rows that a statement wrote past the session, by their primary keys. They are read when they count."""
    _written_by(session.sync_session).keys.update(((table, key), None) for key in keys)


def note_objects(session: AsyncSession, *rows: Any) -> None:
    """Note rows that were inserted as they stand, without becoming objects of the session."""
    _written_by(session.sync_session).objects.update((id(row), row) for row in rows)


def take_written(session: AsyncSession) -> list[WrittenRow]:
    """Return the rows that were written since the last call, each as it is now. Those without a single key are not."""
    written: _Written | None = session.sync_session.info.pop(_KEY, None)
    if written is None:
        return []
    rows = {(row.table, row.key): row for row in map(_read_object, written.objects.values()) if row.key}
    return [*(rows | {(table, key): WrittenRow(table, key, None) for table, key in written.keys}).values()]


def _written_by(session: Session) -> _Written:
    written: _Written = session.info.setdefault(_KEY, _Written({}, {}))
    return written


def _read_object(row: Any) -> WrittenRow:
    """Return a written row, without values if one of them has to be read: the row was deleted, or the database set it.

    The key is "" for a row that has no single one.
    """
    state: Any = inspect(row)
    table = state.mapper.local_table
    values = {column.name: _value_of(state, column) for column in table.columns}
    keys = [values[column.name] for column in table.primary_key.columns]
    is_whole = _UNKNOWN not in values.values() and not (state.deleted or state.was_deleted)
    return WrittenRow(table.name, str(keys[0]) if len(keys) == 1 else "", values if is_whole else None)


def _value_of(state: Any, column: Column[Any]) -> Any:
    """Return the value of a column as it was written."""
    name = state.mapper.get_property_by_column(column).key
    if name in state.dict:
        return state.dict[name]
    if name in state.expired_attributes:
        return _UNKNOWN
    if state.transient and column.default is not None:  # of `insert_rows`: what was not set took the default
        default: Any = column.default
        return default.arg(None) if default.is_callable else default.arg
    return None if column.nullable else _UNKNOWN


@event.listens_for(Session, "after_flush")
def _note_flushed(session: Session, _context: Any) -> None:
    """Note what the session has just written."""
    if flushed := [*session.new, *(row for row in session.dirty if session.is_modified(row)), *session.deleted]:
        _written_by(session).objects.update((id(row), row) for row in flushed)
