"""Follow the end of the journal, for a reader who may see only some of its entries.

A place in the journal is the number of an entry. Only the Secretariat may see numbers, so a place never leaves the
server; clients use the id of an entry that they have seen. Entries are numbered without gaps in the order in which they
become visible, because an append locks the head of the chain until the commit. A reader who goes on from its own place
therefore misses nothing, on either database.
"""

from collections.abc import Sequence
from typing import Any, NamedTuple

from sqlalchemy import Integer, String, bindparam, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from server.journal.queries import visible_journal_entries
from server.models.journal import JournalEntry, JournalHead
from server.models.rounds import Comment

BATCH = 100
"""Entries read by one statement."""
PLACE = bindparam("place", type_=Integer)

HEAD = select(JournalHead.sequence).where(JournalHead.id == 1)
ENTRY = select(JournalEntry.sequence).where(
    JournalEntry.id == bindparam("entry", type_=String), visible_journal_entries(JournalEntry)
)
NEWS = (
    select(
        JournalEntry.id,
        JournalEntry.sequence,
        JournalEntry.act,
        JournalEntry.subject_id,
        JournalEntry.party_id,
        func.coalesce(Comment.round_id, JournalEntry.subject_id),
    )
    .outerjoin(Comment, Comment.id == JournalEntry.subject_id)
    .where(JournalEntry.sequence > PLACE)
    .order_by(JournalEntry.sequence)
    .limit(BATCH)
)
BEYOND = NEWS.where(visible_journal_entries(JournalEntry))


class News(NamedTuple):
    """An entry as the server sees it before anybody is told of it.

    `round_id` is the round of a comment, and for any other subject the subject itself.
    """

    id: str
    sequence: int
    act: str
    subject_id: str
    party_id: str
    round_id: str


class Wanted(NamedTuple):
    """Which entries a follower asked for: of each set one must fit; None asks for all, an empty set for nothing."""

    subject_ids: frozenset[str] | None = None
    round_ids: frozenset[str] | None = None
    party_ids: frozenset[str] | None = None
    acts: frozenset[str] | None = None

    def includes(self, entry: News) -> bool:
        """Return whether an entry was asked for; who may see it is another question."""
        values = (entry.subject_id, entry.round_id, entry.party_id, entry.act)
        return all(wanted is None or value in wanted for wanted, value in zip(self, values, strict=True))


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


async def read_on(connection: AsyncConnection, reader: dict[str, Any], place: int, wanted: Wanted) -> Stretch:
    """Return the entries after a place that the reader may see and asked for, out of the next BATCH that they may see.

    `reader` holds the parameters of an actor. The connection must be on one snapshot.
    """
    # On one snapshot, any entry that this read does not see comes after `end`, so the reader may go on from there.
    end = await end_of_journal(connection)
    news = [News(*row) for row in await connection.execute(BEYOND, {**reader, "place": place})]
    more = len(news) == BATCH
    entries = [(entry.id, entry.sequence) for entry in news if wanted.includes(entry)]
    return Stretch(entries, news[-1].sequence if more else max(place, end), more)


async def read_news(connection: AsyncConnection, place: int) -> Sequence[News]:
    """Return what was entered after a place, in order and at most BATCH, by nobody's right to see it."""
    return [News(*row) for row in await connection.execute(NEWS, {"place": place})]
