"""What an evidence pack says of the answers to comments: given one by one, together, or settled by both sides."""

import json
from collections.abc import AsyncIterator, Sequence
from typing import Any, NamedTuple

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import joinedload

from server.domain.evidence.queries.packed import AT_ONCE, SETTLED, read_records
from server.journal.chain import Record
from server.journal.digests import content_of_disposition
from server.models.rounds import Disposition
from server.models.triage import DispositionOrigin
from server.vocabulary.rounds import DispositionStage

SINGLE, TOGETHER = "disposition.recorded", "answers.recorded"
"""Tags of the acts that record answers one by one and together."""
_RECORDED = (
    select(Disposition)
    .outerjoin(DispositionOrigin, DispositionOrigin.disposition_id == Disposition.id)
    .where(Disposition.stage == DispositionStage.RECORDED)
    .options(joinedload(Disposition.origin).joinedload(DispositionOrigin.point))  # type: ignore[attr-defined]
)


async def read_answers(session: AsyncSession, numbers: Sequence[int]) -> AsyncIterator[Sequence[Any]]:
    """Yield the recorded answers of entries with these numbers, in the order of these, then by id; some at a time.

    An answer belongs to the entry that names it, to that of its batch, or to that by which it was settled: the entry
    of its comment at the same instant.
    """
    async for records in read_records(await session.connection(), numbers, SINGLE, TOGETHER, SETTLED):
        alone = {each.sequence: each for each in await _read_alone(session, records)}
        for record in records:
            if record.act == TOGETHER:
                async for page in _read_together(session, record.subject_id):
                    yield page
            elif record.sequence in alone:
                yield [alone[record.sequence].answer]


class _Placed(NamedTuple):
    """An answer and the number of the entry that it belongs to."""

    sequence: int
    answer: Any


async def _read_alone(session: AsyncSession, records: Sequence[Record]) -> list[_Placed]:
    """Return the answers that were recorded by themselves or settled by one of these entries."""
    single = {str(each.details["disposition"]): each.sequence for each in records if each.act == SINGLE}
    settled = {(each.subject_id, each.at): each.sequence for each in records if each.act == SETTLED}
    named = await session.scalars(_RECORDED.where(Disposition.id.in_(single)))
    placed = [_Placed(single[answer.id], answer) for answer in named]
    if settled:
        of_comments = Disposition.comment_id.in_({comment for comment, _ in settled})
        by_both = await session.scalars(_RECORDED.where(of_comments, DispositionOrigin.batch_id.is_(None)))
        placed += [
            _Placed(settled[answer.comment_id, answer.decided_at], answer)
            for answer in by_both
            if (answer.comment_id, answer.decided_at) in settled and answer.id not in single
        ]
    return placed


async def _read_together(session: AsyncSession, batch_id: str) -> AsyncIterator[Sequence[Any]]:
    """Yield the answers of a batch by id, some at a time."""
    statement = _RECORDED.where(DispositionOrigin.batch_id == batch_id).order_by(Disposition.id).limit(AT_ONCE)
    page = (await session.scalars(statement)).all()
    while page:
        yield page
        page = (await session.scalars(statement.where(Disposition.id > page[-1].id))).all()


def describe_answer(answer: Any) -> dict[str, Any]:
    """Return an answer as the digest of its entry has it."""
    point = answer.origin.point if answer.origin else None
    described: dict[str, Any] = json.loads(content_of_disposition(answer, answer.origin, point))
    return described
