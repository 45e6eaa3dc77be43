"""The end of the journal, as somebody follows it who sees a part of it.

A place in the journal is the number of an entry. Numbers are for the Secretariat alone, so a place never leaves the
server; outside it is the id of an entry that its reader saw.
"""

from typing import Any, NamedTuple

from sqlalchemy import Integer, String, bindparam, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from server.journal.queries import visible_journal_entries
from server.models.journal import JournalEntry, JournalHead

BATCH = 100
"""Entries that are read at once."""
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


class Stretch(NamedTuple):
    """Ids of the entries beyond a place in their order, the place where they end, and whether more lie there."""

    ids: list[str]
    place: int
    more: bool


async def end_of_journal(connection: AsyncConnection) -> int:
    """The number of the newest entry, 0 while there is none."""
    return int((await connection.execute(HEAD)).scalar_one())


async def find_place(connection: AsyncConnection, reader: dict[str, Any], entry_id: str) -> int | None:
    """The place of an entry, None for one that does not exist or that the reader may not see. `reader` holds the
    parameters of an actor."""
    return (await connection.execute(ENTRY, {**reader, "entry": entry_id})).scalar()


async def read_on(connection: AsyncConnection, reader: dict[str, Any], place: int, subject_id: str) -> Stretch:
    """What the reader may see beyond a place, of one subject unless `subject_id` is "". The connection lends one
    snapshot, so what is not in it comes later than the end of the journal in it."""
    end = await end_of_journal(connection)
    rows = (await connection.execute(BEYOND, {**reader, "place": place, "subject": subject_id})).all()
    more = len(rows) == BATCH
    return Stretch([row.id for row in rows], rows[-1].sequence if more else max(place, end), more)
