"""Say which entries of the journal belong into an evidence pack, and read them some at a time."""

from array import array
from collections.abc import AsyncIterator, Sequence
from typing import Any

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from server.domain.evidence.queries.receipts import RECORD
from server.journal.chain import Record
from server.journal.queries import ON_DRAFTS
from server.models.calls import AnswerSheet, Call
from server.models.journal import JournalEntry
from server.models.proposals import AmendmentProposal
from server.models.rounds import Comment, Round
from server.models.triage import AnswerBatch
from server.storage.rows import WANTED
from server.vocabulary.rounds import DispositionStage

WITHHELD = (
    *(*ON_DRAFTS, "disposition.proposed", "answers.proposed"),
    *("comment.split", "comment.tagged", "comment.placed", "comments.grouped"),
)
"""Tags of the acts that a pack leaves out: what only the party saw, or only those who lead the body."""
SETTLED = "answer.settled"
"""The tag of an act that is left out unless it was that of the second side, which records the answer."""
AT_ONCE = 200
"""Rows of a pack that are in memory at a time."""
NUMBERS_AT_ONCE = 2_000
"""Numbers of entries that are read at a time."""

_COMMENTS = select(Comment.id).where(Comment.round_id == WANTED, Comment.submitted_at.is_not(None))
_BATCHES = select(AnswerBatch.id).where(AnswerBatch.round_id == WANTED, AnswerBatch.stage == DispositionStage.RECORDED)
_SHEETS = select(AnswerSheet.id).where(AnswerSheet.call_id == WANTED)
_INSIDE = {Round.prefix: (_COMMENTS, _BATCHES), Call.prefix: (_SHEETS,), AmendmentProposal.prefix: ()}
"""The statements for the objects of which a pack holds the entries too, by the prefix of its subject."""


def is_packed(prefix: str) -> ColumnElement[bool]:
    """Return the condition that an entry of the journal belongs into the pack of a subject with this prefix.

    The subject is the parameter `WANTED`.
    """
    about = (JournalEntry.subject_id.in_(inside) for inside in _INSIDE[prefix])
    return or_(JournalEntry.subject_id == WANTED, *about) & JournalEntry.act.not_in(WITHHELD)


async def find_numbers(
    connection: AsyncConnection, subject_id: str, size: int, *, shows_filings: bool
) -> Sequence[int]:
    """Return the numbers of the entries of a pack in the first `size` of the journal, in order, 8 bytes each.

    Unless filings may be shown, only the entries about the subject itself belong into it.
    """
    prefix = subject_id.partition("_")[0]
    alone = (JournalEntry.subject_id == WANTED) & JournalEntry.act.not_in(WITHHELD)
    is_second_side = JournalEntry.details["answers"].as_string().is_not(None)
    statement = (
        select(JournalEntry.sequence)
        .where(is_packed(prefix) if shows_filings else alone, or_(JournalEntry.act != SETTLED, is_second_side))
        .order_by(JournalEntry.sequence)
        .limit(NUMBERS_AT_ONCE)
    )
    numbers, last = array("Q"), 0
    while True:
        here = JournalEntry.sequence.between(last + 1, size)
        page = (await connection.scalars(statement.where(here), {"wanted": subject_id})).all()
        numbers.extend(page)
        if len(page) < NUMBERS_AT_ONCE:
            return numbers
        last = page[-1]


async def read_records(
    connection: AsyncConnection, numbers: Sequence[int], *acts: str
) -> AsyncIterator[Sequence[Record]]:
    """Yield the entries with these numbers in order, some at a time; only those of some acts, if any are named."""
    statement: Any = select(*RECORD).order_by(JournalEntry.sequence)
    if acts:
        statement = statement.where(JournalEntry.act.in_(acts))
    for start in range(0, len(numbers), AT_ONCE):
        wanted = JournalEntry.sequence.in_(numbers[start : start + AT_ONCE])
        yield [Record(*row) for row in await connection.execute(statement.where(wanted))]
