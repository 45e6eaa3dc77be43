"""A journal from before rows were bound: it holds, says what it does not know, and still tells what it can."""

from typing import Any

import pytest
from sqlalchemy import delete, select, text, update

from server.journal.actions import ROWS
from server.journal.chain import GENESIS, Record, digest_of
from server.journal.faults import OLDER_ENTRIES, Report
from server.journal.verification import verify
from server.models.base import table_of
from server.models.journal import JournalEntry, JournalRow
from server.storage.database import Database
from tests.factories.filled import lift_guards
from tests.journal.deeds import do_everything
from tests.journal.test_tampering import FILED, SECOND, report_after

pytestmark = pytest.mark.rest
ADDED = {"audience", "visibility", "opens_at", "body", "title", "reason", "wording_digest", "text_digest", "label"}
"""Details that entries of the release before did not hold."""
LATER = ("milestone_change.", "dependency.", "baseline.")
"""Acts of a later day than the binding of rows, and on tables of their own: their entries always held the rows."""


def is_later(act: str) -> bool:
    """Return whether an act came after rows were bound, and needs no row of before."""
    return act.startswith(LATER)


async def write_as_before(database: Database) -> None:
    """Write the chain anew without what entries held not at first, and take the digests of rows away."""
    entries = table_of(JournalEntry)
    async with database.writing() as session:
        await lift_guards(session, is_sqlite=database.is_sqlite)
        kept = [entry.sequence for entry in await session.scalars(select(JournalEntry)) if is_later(entry.act)]
        rows = table_of(JournalRow)
        await session.execute(delete(rows).where(rows.c.sequence.not_in(kept)))
        digest = GENESIS
        for row in (await session.execute(select(entries).order_by(entries.c.sequence))).mappings().all():
            record: dict[str, Any] = {name: row[name] for name in Record._fields}
            left_out = {ROWS} | (ADDED if row["act"] != "round.extended" else set())
            if not is_later(row["act"]):
                record["details"] = {name: value for name, value in row["details"].items() if name not in left_out}
            record["previous_digest"] = digest
            digest = digest_of(Record(**record))
            await session.execute(update(entries).where(entries.c.id == row["id"]).values(**record, digest=digest))
        await session.execute(text(f"UPDATE journal_head SET digest = '{digest}'"))


@pytest.fixture
async def older(database: Database) -> Database:
    """A database that the release before filled."""
    await do_everything(database)
    await write_as_before(database)
    return database


async def test_journal_from_before_rows_were_bound_holds_and_counts_what_it_does_not_know(older: Database) -> None:
    async with older.reading() as connection:
        report: Report = await verify(connection)

        later = [act for act in await connection.scalars(select(JournalEntry.act)) if is_later(act)]

    assert report.faults == []
    assert len(later) > 3
    assert report.unbound[OLDER_ENTRIES] == report.entries - len(later)
    assert report.unbound["rows of comments written before rows were bound"] == 9
    assert report.unbound["rows of dispositions written before rows were bound"] == 10


@pytest.mark.parametrize(
    ("subject", "statement"),
    [
        ("comments/", f"UPDATE comments SET text = 'x' WHERE id = {FILED}"),
        ("comments/", f"UPDATE comments SET content_digest = '{'1' * 64}' WHERE id = {FILED}"),
        ("dispositions/", "UPDATE dispositions SET verdict = 'NOTED' WHERE stage = 'RECORDED'"),
        (
            "provision_texts/",
            f"UPDATE provision_texts SET text = 'x' WHERE text_version_id = {SECOND} AND position = 3",
        ),
        ("rounds/", "UPDATE rounds SET zone = 'Asia/Tokyo'"),
        ("amendments", "UPDATE amendments SET wording = 'x'"),
        ("journal_head", "DELETE FROM journal WHERE sequence > 50"),
    ],
)
async def test_tampering_with_what_older_entries_say_is_noticed(older: Database, subject: str, statement: str) -> None:
    report = await report_after(older, [statement])

    subjects = {fault.subject for fault in report.faults}
    assert any(each.startswith(subject) for each in subjects) or subject == "amendments"
    assert subjects
