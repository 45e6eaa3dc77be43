"""Follow the end of the journal, for a reader who may see only some of its entries.

A place in the journal is the number of an entry. Only the Secretariat may see numbers, so a place never leaves the
server; clients use the id of an entry that they have seen. Entries are numbered without gaps in the order in which they
become visible, because an append locks the head of the chain until the commit. A reader who goes on from its own place
therefore misses nothing, on either database.
"""

from collections.abc import Sequence
from typing import Any, NamedTuple

from sqlalchemy import Integer, String, bindparam, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from server.journal.queries import visible_journal_entries
from server.models.journal import JournalEntry, JournalHead

BATCH = 100
"""Entries read by one statement."""
PLACE = bindparam("place", type_=Integer)
SUBJECT = bindparam("subject", type_=String)

HEAD = select(JournalHead.sequence).where(JournalHead.id == 1)
ENTRY = select(JournalEntry.sequence).where(
    JournalEntry.id == bindparam("entry", type_=String), visible_journal_entries(JournalEntry)
)
BEYOND = (
    select(JournalEntry.id, JournalEntry.sequence)
    .where(
        JournalEntry.sequence > PLACE,
        visible_journal_entries(JournalEntry),
        or_(SUBJECT == "", JournalEntry.subject_id == SUBJECT),
    )
    .order_by(JournalEntry.sequence)
    .limit(BATCH)
)
NEWS = (
    select(JournalEntry.id, JournalEntry.sequence, JournalEntry.act, JournalEntry.subject_id)
    .where(JournalEntry.sequence > PLACE)
    .order_by(JournalEntry.sequence)
    .limit(BATCH)
)


class News(NamedTuple):
    """An entry as the server sees it before anybody is told of it."""

    id: str
    sequence: int
    act: str
    subject_id: str


class Stretch(NamedTuple):
    """The ids and numbers of entries after a place, in order; the place where they end; whether more may follow."""

    entries: list[tuple[str, int]]
    place: int
    more: bool


async def end_of_journal(connection: AsyncConnection) -> int:
    """Return the number of the newest entry, 0 if there is none."""
    return int((await connection.execute(HEAD)).scalar_one())


async def find_place(connection: AsyncConnection, reader: dict[str, Any], entry_id: str) -> int | None:
    """Return the place of an entry, None if it does not exist or the reader may not see it.

    `reader` holds the parameters of an actor (`Actor.parameters`).
    """
    return (await connection.execute(ENTRY, {**reader, "entry": entry_id})).scalar()


async def read_on(connection: AsyncConnection, reader: dict[str, Any], place: int, subject_id: str) -> Stretch:
    """Return the entries after a place that the reader may see, at most BATCH; `subject_id` "" means all subjects.

    `reader` holds the parameters of an actor. The connection must be on one snapshot.
    """
    # On one snapshot, any entry that this read does not see comes after `end`, so the reader may go on from there.
    end = await end_of_journal(connection)
    rows = (await connection.execute(BEYOND, {**reader, "place": place, "subject": subject_id})).all()
    more = len(rows) == BATCH
    return Stretch([(row.id, row.sequence) for row in rows], rows[-1].sequence if more else max(place, end), more)


async def read_news(connection: AsyncConnection, place: int) -> Sequence[News]:
    """Return what was entered after a place, in order and at most BATCH, by nobody's right to see it."""
    return [News(*row) for row in await connection.execute(NEWS, {"place": place})]
