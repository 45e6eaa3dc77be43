"""Verify the journal: the chain with its head, and every bound row against the entry that last wrote it.

Nothing is kept but a page of entries or rows, or the rows of one whole, so that the memory that it takes does not
depend on the length of the journal.
"""

from collections import defaultdict
from collections.abc import AsyncIterator, Sequence
from typing import Any

from sqlalchemy import Integer, bindparam, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from server.journal.actions import ROWS
from server.journal.bindings.catalogue import BINDINGS
from server.journal.chain import Record, Verification
from server.journal.digests import digest_of_written
from server.journal.faults import MOST_FAULTS, OLDER_ENTRIES, Report, Since
from server.journal.rows import AT_ONCE, WANTED
from server.journal.standing import check_tables
from server.journal.traces import check_traces
from server.models.base import table_of
from server.models.journal import JournalEntry, JournalHead, JournalRow

_ENTRIES, _HEADS, _ROWS = table_of(JournalEntry), table_of(JournalHead), table_of(JournalRow)
_RECORD = [_ENTRIES.c[name] for name in Record._fields]
_PAGE = (
    select(*_RECORD, _ENTRIES.c.digest, _ENTRIES.c.id, _ENTRIES.c.idempotency_key, _ENTRIES.c.request_digest)
    .where(_ENTRIES.c.sequence > bindparam("last", type_=Integer))
    .order_by(_ENTRIES.c.sequence)
    .limit(AT_ONCE)
)
_WRITTEN = select(_ROWS.c.sequence, _ROWS.c.key, _ROWS.c.digest).where(
    _ROWS.c.sequence.between(bindparam("first", type_=Integer), bindparam("last", type_=Integer))
)
_STRAY = (
    select(_ROWS.c.sequence, func.count())
    .where(~select(_ENTRIES.c.sequence).where(_ENTRIES.c.sequence == _ROWS.c.sequence).exists())
    .group_by(_ROWS.c.sequence)
    .limit(MOST_FAULTS)
)
_SUBJECTS = {
    prefix: binding.table for binding in BINDINGS.values() if (prefix := getattr(binding.model, "prefix", None))
}
"""The table of what acts are done to, by the prefix of its ids."""
BEGINNING: Since = (0, None)
"""Stands before the first entry."""


async def verify(connection: AsyncConnection) -> Report:
    """Return what holds and what does not, on the snapshot of the connection."""
    report = Report()
    last = await _check_chain(connection, report)
    await _check_head(connection, report, last)
    for sequence, count in await connection.execute(_STRAY):
        report.add(f"journal/{sequence}", f"there are digests of {count} rows of entry {sequence}, which is not there")
    await check_traces(connection, report)
    await check_tables(connection, report, has_older=report.unbound[OLDER_ENTRIES] > 0)
    return report


async def _check_chain(connection: AsyncConnection, report: Report) -> Since | None:
    """Check every entry and the digests of the rows that it holds. Return the last entry, None if there is none."""
    verification = Verification()
    last: Since | None = None
    async for page in _pages(connection):
        written = await _read_written(connection, page)
        for row in page:
            if fault := verification.find_fault(Record(*row[: len(Record._fields)]), row.digest):
                report.add(f"journal/{row.sequence}", fault, last or BEGINNING)
            _check_written(report, row, written.get(row.sequence, {}))
            last = (row.sequence, row.at)
        await _check_subjects(connection, report, page)
        report.entries += len(page)
    report.head = (verification.length, verification.digest)
    return last


async def _pages(connection: AsyncConnection) -> AsyncIterator[Sequence[Any]]:
    """Yield the entries in order, a page at a time."""
    last = -(2**31)  # an entry with a number below 1 is no less an entry
    while rows := (await connection.execute(_PAGE, {"last": last})).all():
        yield rows
        last = rows[-1].sequence


async def _read_written(connection: AsyncConnection, page: Sequence[Any]) -> dict[int, dict[str, str | None]]:
    """Return the digests of the rows of each entry of a page, by the number of the entry."""
    written: dict[int, dict[str, str | None]] = defaultdict(dict)
    for sequence, key, digest in await connection.execute(
        _WRITTEN, {"first": page[0].sequence, "last": page[-1].sequence}
    ):
        written[sequence][key] = digest
    return written


def _check_written(report: Report, row: Any, written: dict[str, str | None]) -> None:
    """Check that the digests of the rows of an entry are those that it holds."""
    entry, since = f"journal/{row.sequence}", (row.sequence, row.at)
    held = row.details.get(ROWS) if isinstance(row.details, dict) else None
    if held is None:
        report.unbound[OLDER_ENTRIES] += 1
        if written:
            report.add(entry, f"there are digests of rows that entry {row.sequence} does not hold", since)
    elif held != digest_of_written(row.id, row.idempotency_key, row.request_digest, written):
        what = f"the id, the request or the digests of the rows of entry {row.sequence} were altered"
        report.add(entry, what, since)


async def _check_subjects(connection: AsyncConnection, report: Report, page: Sequence[Any]) -> None:
    """Check that what the acts of a page were done to is there."""
    wanted: dict[str, dict[str, Since]] = defaultdict(dict)
    for row in page:
        wanted[row.subject_id[:3]].setdefault(row.subject_id, (row.sequence, row.at))
    for prefix, subjects in wanted.items():
        if (table := _SUBJECTS.get(prefix)) is None:
            continue
        statement = select(table.c.id).where(table.c.id.in_(WANTED))
        standing = set(await connection.scalars(statement, {"wanted": [*subjects]}))
        for key in subjects.keys() - standing:
            number = subjects[key][0]
            report.add(f"{table.name}/{key}", f"{key}, of which entry {number} speaks, is gone", subjects[key])


async def _check_head(connection: AsyncConnection, report: Report, last: Since | None) -> None:
    """Check that the head is where the journal ends."""
    head = (await connection.execute(select(_HEADS))).first()
    number, digest = report.head or (0, "")
    if head is None:
        report.add("journal_head", "the head of the journal is missing", last)
    elif head.sequence > number:
        missing = head.sequence - number
        end = f"the journal ends with entry {number}" if number else "the journal is empty"
        report.add("journal_head", f"the head says {head.sequence}, and {end}: {missing} are missing", last)
    elif head.sequence < number:
        report.add("journal_head", f"the head says {head.sequence}, and the journal goes on to entry {number}", last)
    elif head.digest != digest:
        report.add("journal_head", f"the head holds another digest than entry {number}", last)
