"""Move all rows of a database to another one, of either kind, in one transaction, and compare both before the end."""

import hashlib
import json
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

from sqlalchemy import Connection, MetaData, Select, Table, func, insert, make_url, select, text

from server.kernel.faults import MachineFault
from server.kernel.saying import say_number
from server.storage.connecting import connect
from server.storage.migrations import migrate
from server.storage.schema import newest_revision, read_schema_state

AT_ONCE = 1_000
"""Rows that are read at a time."""
HEADS = "journal_head"
"""The one table that is not empty in an empty database."""


class Contents(NamedTuple):
    """How many rows a table has, and the sum of their SHA-256, which does not depend on their order."""

    rows: int
    digest: str


class Moved(NamedTuple):
    """What was moved, table by table, and how many entries the journal of the source has got since."""

    contents: dict[str, Contents]
    behind: int


def move(source: str, target: str, metadata: MetaData) -> Moved:
    """Move every row of the tables in `metadata` from one database to another, which is migrated first if it is new.

    It is the state in which the source was when this began. Raises MachineFault, and moves nothing, if one of the two
    is at another revision than this program, if the target is not empty, or if it differs from the source afterwards.
    """
    with connect(make_url(source)) as reader:
        _check_tables(reader, metadata, "source")
        if _is_new(target):
            migrate(target)
        with connect(make_url(target)) as writer, writer.begin():
            _check_tables(writer, metadata, "target")
            _check_empty(writer, metadata)
            with _without_triggers(writer, metadata):
                read = {table.name: _copy(reader, writer, table) for table in metadata.sorted_tables}
            written = {table.name: contents_of(writer, table) for table in metadata.sorted_tables}
            if different := sorted(name for name in read if read[name] != written[name]):
                raise MachineFault(f"Nothing was moved: the target differs in {', '.join(different)}.")
            _finish(writer)
        entry = _last_entry(reader, metadata)
    with connect(make_url(source)) as later:
        return Moved(read, _last_entry(later, metadata) - entry)


def contents_of(connection: Connection, table: Table) -> Contents:
    """Read a table, and return what it holds in a form that is the same on both databases."""
    sums = _Sums()
    for _ in sums.count(connection.execute(_every_row(table))):
        pass
    return sums.contents


class _Sums:
    """Counts rows that pass, and adds up their digests."""

    def __init__(self) -> None:
        self._count = self._sum = 0

    def count(self, rows: Iterable[Any]) -> Iterator[Any]:
        """Yield the rows, and count them."""
        for row in rows:
            words = json.dumps(list(row), sort_keys=True, ensure_ascii=False, default=str)
            self._count += 1
            self._sum += int.from_bytes(hashlib.sha256(words.encode()).digest())
            yield row

    @property
    def contents(self) -> Contents:
        return Contents(self._count, f"{self._sum % 2**256:064x}")


def _every_row(table: Table) -> Select[Any]:
    """Return the statement that reads a table, a thousand rows at a time."""
    return select(table).execution_options(yield_per=AT_ONCE)


def _copy(reader: Connection, writer: Connection, table: Table) -> Contents:
    sums = _Sums()
    rows = sums.count(reader.execute(_every_row(table)))
    writer.execute(table.delete())
    if writer.dialect.name == "postgresql":
        _copy_in(writer, table, rows)
    else:
        keys = table.columns.keys()  # by key and not by name: a lock is the column `version`, and its key `revision`
        for row in rows:
            writer.execute(insert(table), dict(zip(keys, row, strict=True)))
    return sums.contents


def _copy_in(writer: Connection, table: Table, rows: Iterator[Any]) -> None:
    """Write all rows by one COPY: it is one statement, so that rows may refer to each other in any order."""
    dialect = writer.dialect
    processors = [column.type.dialect_impl(dialect).bind_processor(dialect) for column in table.columns]
    names = ", ".join(dialect.identifier_preparer.quote(column.name) for column in table.columns)
    cursor = writer.connection.cursor()
    with cursor.copy(f"COPY {table.name} ({names}) FROM STDIN") as copy:
        for row in rows:
            values = zip(processors, row, strict=True)
            copy.write_row(
                [processor(value) if processor and value is not None else value for processor, value in values]
            )


@contextmanager
def _without_triggers(writer: Connection, metadata: MetaData) -> Iterator[None]:
    """Take the triggers away that keep filed rows, and put them back in the same transaction."""
    if writer.dialect.name == "postgresql":
        for table in metadata.sorted_tables:
            writer.execute(text(f"ALTER TABLE {table.name} DISABLE TRIGGER USER"))
        yield
        writer.execute(text("SET CONSTRAINTS ALL IMMEDIATE"))
        for table in metadata.sorted_tables:
            writer.execute(text(f"ALTER TABLE {table.name} ENABLE TRIGGER USER"))
        return
    triggers = writer.execute(text("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")).all()
    for name, _ in triggers:
        writer.exec_driver_sql(f"DROP TRIGGER {name}")
    yield
    for _, statement in triggers:
        writer.exec_driver_sql(statement)


def _is_new(target: str) -> bool:
    """Return whether a database has no tables, without making the file of one."""
    url = make_url(target)
    if url.get_backend_name() == "sqlite" and not Path(url.database or "").exists():
        return True
    with connect(url) as connection:
        return not read_schema_state(connection).tables


def _check_tables(connection: Connection, metadata: MetaData, which: str) -> None:
    state = read_schema_state(connection)
    if state.revision != newest_revision():
        words = f"at revision {state.revision}, not at {newest_revision()}" if state.revision else "no database of ours"
        raise MachineFault(f"The {which} is {words}. Run `intersession migrate` with this program on the source first.")
    if state.tables != {*metadata.tables, "alembic_version"}:
        raise MachineFault(f"The {which} has other tables than this program.")


def _check_empty(writer: Connection, metadata: MetaData) -> None:
    full = [table.name for table in metadata.sorted_tables if table.name != HEADS and _is_full(writer, table)]
    if full or _last_entry(writer, metadata):
        raise MachineFault(f"The target is not empty: it has rows in {', '.join(full[:5] or [HEADS])}. Name a new one.")


def _is_full(writer: Connection, table: Table) -> bool:
    return writer.execute(select(table).limit(1)).first() is not None


def _last_entry(connection: Connection, metadata: MetaData) -> int:
    return int(connection.scalar(select(func.max(metadata.tables[HEADS].c.sequence))) or 0)


def _finish(writer: Connection) -> None:
    """Check the references on SQLite, which did not while rows were written, and let PostgreSQL count what it has."""
    if writer.dialect.name == "sqlite":
        if broken := writer.execute(text("PRAGMA foreign_key_check")).all():
            raise MachineFault(
                f"Nothing was moved: {say_number(len(broken), 'row refers', 'rows refer')} to nothing, the first in "
                f"{broken[0][0]}."
            )
    else:
        writer.execute(text("ANALYZE"))  # else PostgreSQL would plan as if the tables were empty
