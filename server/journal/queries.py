"""Read the journal: the chain for verification, and the predicate that says who may see an entry."""

from collections.abc import AsyncIterator
from typing import Any

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from server.journal.chain import Record
from server.kernel.predicates import actor_party, is_secretariat, sight, signed_in
from server.models.journal import JournalEntry

ON_DRAFTS = ("comment.drafted", "comment.revised", "proposal.drafted", "proposal.revised")
"""Tags of the acts on drafts, which only the party itself sees."""


def visible_journal_entries(entry: Any) -> ColumnElement[bool]:
    """Return the predicate of the entries that the caller may see.

    A party sees the acts done in its name. The Secretariat sees all acts except those on a draft, which belongs to the
    party alone until it is filed.
    """
    filed = and_(is_secretariat, entry.act.not_in(ON_DRAFTS))
    own = sight("the party in whose name it was done", entry.party_id == actor_party)
    return and_(signed_in, or_(sight("the Secretariat", filed), own))


async def chain(connection: AsyncConnection) -> AsyncIterator[tuple[Record, str]]:
    """Yield every entry in order with its stored digest. The rows are streamed, because the journal may be long."""
    columns = [getattr(JournalEntry, name) for name in Record._fields]
    statement = select(*columns, JournalEntry.digest).order_by(JournalEntry.sequence)
    async with connection.stream(statement) as rows:
        async for row in rows:
            yield Record(*row[:-1]), row[-1]
