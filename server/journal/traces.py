"""Check every row of which the journal holds a digest: it is there, and as its last act left it."""

from collections import defaultdict
from collections.abc import AsyncIterator, Sequence
from typing import Any

from sqlalchemy import String, bindparam, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from server.journal.bindings.catalogue import BINDINGS, PARTS
from server.journal.bindings.kinds import Binding, Part
from server.journal.faults import Report
from server.journal.rows import AT_ONCE, digest_of_bound, digest_of_part, read_parts, read_rows
from server.models.base import table_of
from server.models.journal import JournalEntry, JournalRow

_ENTRIES, _ROWS = table_of(JournalEntry), table_of(JournalRow)
_NEWEST = (
    select(_ROWS.c.key, func.max(_ROWS.c.sequence).label("sequence"))
    .where(_ROWS.c.key > bindparam("last", type_=String))
    .group_by(_ROWS.c.key)
    .order_by(_ROWS.c.key)
    .limit(AT_ONCE)
    .subquery()
)
_TRACES = (
    select(_ROWS.c.key, _ROWS.c.sequence, _ROWS.c.digest, _ENTRIES.c.at)
    .select_from(_NEWEST)
    .join(_ROWS, (_ROWS.c.key == _NEWEST.c.key) & (_ROWS.c.sequence == _NEWEST.c.sequence))
    .outerjoin(_ENTRIES, _ENTRIES.c.sequence == _ROWS.c.sequence)
    .order_by(_ROWS.c.key)
)


async def check_traces(connection: AsyncConnection, report: Report) -> None:
    """Check all rows of which the journal holds a digest."""
    async for page in _pages(connection):
        traces: dict[str, dict[str, Any]] = defaultdict(dict)
        for trace in page:
            table, _, key = trace.key.partition("/")
            traces[table][key] = trace
        for table, traces_by_key in traces.items():
            if table in BINDINGS:
                await _check_rows(connection, report, BINDINGS[table], traces_by_key)
            elif table in PARTS:
                await _check_parts(connection, report, PARTS[table][1], traces_by_key)
            else:
                report.unbound[f"digests of {table}, which this release does not know"] += len(traces_by_key)


async def _pages(connection: AsyncConnection) -> AsyncIterator[Sequence[Any]]:
    """Yield the newest digest of every row, with the entry that holds it, a page at a time."""
    last = ""
    while rows := (await connection.execute(_TRACES, {"last": last})).all():
        yield rows
        last = rows[-1].key


async def _check_rows(connection: AsyncConnection, report: Report, binding: Binding, traces: dict[str, Any]) -> None:
    rows = await read_rows(connection, binding, [*traces])
    for key, trace in traces.items():
        row = rows.get(key)
        report.rows += row is not None
        fault = None
        if row is None and trace.digest is not None:
            fault = "is gone"
        elif row is not None and trace.digest is None:
            if binding.released_by and not binding.is_filed(row):
                continue
            fault = "is there again, although an act removed it"
        elif row is not None and not binding.is_filed(row):
            fault = "does not count as filed any more"
        elif row is not None and digest_of_bound(binding, row) != trace.digest:
            fault = "was altered"
        if fault:
            report.add(trace.key, f"{trace.key} {fault}", (trace.sequence, trace.at))


async def _check_parts(connection: AsyncConnection, report: Report, part: Part, traces: dict[str, Any]) -> None:
    for key, trace in traces.items():
        if trace.digest is None:  # an act released the whole: its parts are not bound until it is filed again
            continue
        parts = (await read_parts(connection, part, [key]))[key]
        report.rows += len(parts)
        if digest_of_part(part, parts) != trace.digest:
            fault = f"the {part.table.name} of {key} were altered, added or removed"
            report.add(trace.key, fault, (trace.sequence, trace.at))
