"""Check every bound row that stands: the journal speaks of it, its digests are right, and it holds what entries say."""

from collections import defaultdict
from collections.abc import AsyncIterator, Iterable, Sequence
from datetime import datetime
from types import SimpleNamespace
from typing import Any

from sqlalchemy import Select, String, bindparam, select
from sqlalchemy.ext.asyncio import AsyncConnection

from server.journal.actions import ROWS
from server.journal.bindings.catalogue import BINDINGS
from server.journal.bindings.kinds import Binding, Computed, Parts, Row, Term
from server.journal.digests import plain
from server.journal.faults import Report, Since
from server.journal.rows import AT_ONCE, WANTED, key_of, read_parts
from server.models.base import table_of
from server.models.journal import JournalEntry, JournalRow

_ENTRIES, _ROWS = table_of(JournalEntry), table_of(JournalRow)
_OF_SUBJECTS = (
    select(*(_ENTRIES.c[name] for name in ("sequence", "at", "act", "party_id", "subject_id", "details")))
    .where(_ENTRIES.c.subject_id.in_(WANTED), _ENTRIES.c.act.in_(bindparam("acts", expanding=True)))
    .order_by(_ENTRIES.c.sequence)
)
_KNOWN = select(_ROWS.c.key).where(_ROWS.c.key.in_(WANTED)).distinct()


async def check_tables(connection: AsyncConnection, report: Report, *, has_older: bool) -> None:
    """Check the rows of all bound tables. `has_older` says that entries are from before rows were bound."""
    for binding in BINDINGS.values():
        async for rows in _pages(connection, binding):
            filed = {str(row[binding.key.name]): row for row in rows if binding.is_filed(row)}
            keys = [key_of(binding.table.name, key) for key in filed]
            known = set(await connection.scalars(_KNOWN, {"wanted": keys})) if keys else set()
            entries = await _read_entries(connection, binding, filed.values())
            for key, row in filed.items():
                name = key_of(binding.table.name, key)
                of_row = entries[_subject_of(binding, row)]
                if name not in known:
                    report.rows += 1
                    _check_spoken_of(report, binding, name, row, of_row, has_older=has_older)
                await _check_values(connection, report, binding, key, row, of_row)


async def _pages(connection: AsyncConnection, binding: Binding) -> AsyncIterator[Sequence[Row]]:
    """Yield the rows of a table by key, a page at a time."""
    later = binding.key > bindparam("last", type_=String)
    statement: Select[Any] = select(binding.table).where(later).order_by(binding.key).limit(AT_ONCE)
    last = ""
    while rows := (await connection.execute(statement, {"last": last})).mappings().all():
        yield [dict(row) for row in rows]
        last = rows[-1][binding.key.name]


def _subject_of(binding: Binding, row: Row) -> str:
    return str(row[binding.subject]) if binding.subject else str(row[binding.key.name])


async def _read_entries(connection: AsyncConnection, binding: Binding, rows: Iterable[Row]) -> dict[str, list[Any]]:
    """Return the entries of the acts that a binding names, in order, by what they were done to."""
    acts = {*binding.acts, *(term.act for term in binding.terms)}
    subjects = [*{_subject_of(binding, row) for row in rows}]
    entries: dict[str, list[Any]] = defaultdict(list)
    if acts and subjects:
        for entry in await connection.execute(_OF_SUBJECTS, {"wanted": subjects, "acts": sorted(acts)}):
            entries[entry.subject_id].append(entry)
    return entries


def _check_spoken_of(
    report: Report, binding: Binding, name: str, row: Row, entries: Sequence[Any], *, has_older: bool
) -> None:
    """Check that an entry from before rows were bound speaks of a row of which the journal holds no digest."""
    table = binding.table.name
    older = [e for e in entries if e.act in binding.acts and ROWS not in e.details and _is_named(binding, row, e)]
    if older or (has_older and not binding.subject):
        report.unbound[f"rows of {table} written before rows were bound"] += 1
    elif binding.is_register:
        report.unbound[f"rows of {table} entered by no act"] += 1
    else:
        report.add(name, f"{name} is there, and nothing in the journal speaks of it")


def _is_named(binding: Binding, row: Row, entry: Any) -> bool:
    """Return whether an entry is that of a row, and not of another on the same subject."""
    for detail, column in binding.names.items():
        value = entry.party_id if detail == "party_id" else entry.details.get(detail)
        if not agrees(value, row[column]):
            return False
    return True


async def _check_values(
    connection: AsyncConnection, report: Report, binding: Binding, key: str, row: Row, entries: Sequence[Any]
) -> None:
    """Check the digests in a row and in its parts, and what entries say of it."""
    spoken = [entry for entry in entries if _is_named(binding, row, entry)]
    held = {term.name: (term, entry) for entry in spoken for term in binding.terms if _says(term, entry)}
    if not (held or binding.computed or binding.parts):
        return
    since: Since | None = (spoken[-1].sequence, spoken[-1].at) if spoken else None
    parts: dict[str, list[Any]] = {}
    for part in binding.parts:
        parts[part.table.name] = (await read_parts(connection, part, [key]))[key]
        for each in parts[part.table.name] if part.computed else ():
            _check_computed(report, key_of(part.table.name, each.id), part.computed, each, {}, since)
    name, subject = key_of(binding.table.name, key), SimpleNamespace(**row)
    if any(fault.subject == name for fault in report.faults):
        return
    _check_computed(report, name, binding.computed, subject, parts, since)
    for term, entry in held.values():
        if not agrees(entry.details[term.detail], term.value(subject, parts)):
            fault = f"{name} does not hold what entry {entry.sequence} says: {term.detail}"
            report.add(name, fault, (entry.sequence, entry.at))


def _says(term: Term, entry: Any) -> bool:
    return bool(entry.act == term.act) and term.detail in entry.details


def _check_computed(
    report: Report, name: str, computed: Sequence[Computed], row: Any, parts: Parts, since: Since | None
) -> None:
    """Check the digests that a row holds of its own content."""
    for column, compute in computed:
        held = getattr(row, column)
        if held is not None and held != compute(row, parts):
            report.add(name, f"the {column} of {name} is not that of its content", since)


def agrees(detail: Any, value: Any) -> bool:
    """Return whether a detail of an entry, as it was read, says the same as a value of a row."""
    if isinstance(value, datetime):
        return isinstance(detail, str) and datetime.fromisoformat(detail) == value
    words = plain(value)
    return bool(detail == (str(words) if isinstance(words, str) else words))
