"""Read the journal: the chain for verification, and the predicate that says who may see an entry."""

from collections.abc import AsyncIterator, Callable
from typing import Any

from sqlalchemy import ColumnElement, Integer, and_, bindparam, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.orm import aliased

from server.journal.chain import Record, Verification
from server.kernel.predicates import actor_party, is_secretariat, sight, signed_in
from server.models.journal import JournalEntry
from server.models.rounds import Comment

ON_DRAFTS = ("comment.drafted", "comment.revised", "proposal.drafted", "proposal.revised")
"""Tags of the acts on drafts, which only the party itself sees."""
AT_ONCE = 500
"""Entries that are read at a time for verification."""


def visible_journal_entries(entry: Any) -> ColumnElement[bool]:
    """Return the predicate of the entries that the caller may see.

    A party sees the acts done in its name. The Secretariat sees all acts except those on a draft, which belongs to the
    party alone until it is filed.
    """
    filed = and_(is_secretariat, entry.act.not_in(ON_DRAFTS))
    own = sight("the party in whose name it was done", entry.party_id == actor_party)
    return and_(signed_in, or_(sight("the Secretariat", filed), own))


def is_in_round(column_at: Callable[[str], Any], matches: Callable[[Any], Any]) -> ColumnElement[bool]:
    """Return the filter for acts on a round that matches, and on the comments in it."""
    subject_id, comment = column_at("subject_id"), aliased(Comment)
    in_round = select(comment.id).where(comment.id == subject_id, matches(comment.round_id))
    return or_(matches(subject_id), in_round.exists())


async def verify(connection: AsyncConnection) -> tuple[str | None, int]:
    """Return the first fault of the chain, None if it holds, and how many entries hold.

    The memory that it takes does not depend on the length of the journal.
    """
    verification = Verification()
    async for record, digest in chain(connection):
        if fault := verification.find_fault(record, digest):
            return fault, verification.length
    return None, verification.length


async def chain(connection: AsyncConnection) -> AsyncIterator[tuple[Record, str]]:
    """Yield every entry in order with its stored digest, reading `AT_ONCE` of them at a time."""
    columns = [getattr(JournalEntry, name) for name in Record._fields]
    behind = JournalEntry.sequence > bindparam("last", type_=Integer)
    statement = select(*columns, JournalEntry.digest).where(behind).order_by(JournalEntry.sequence).limit(AT_ONCE)
    last = 0
    while rows := (await connection.execute(statement, {"last": last})).all():
        for row in rows:
            yield Record(*row[:-1]), row[-1]
        last = rows[-1].sequence
