"""What an evidence pack says of the answers to comments: given one by one, together, or settled by both sides."""

import json
from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import joinedload

from server.journal.chain import Record
from server.journal.digests import content_of_disposition
from server.models.rounds import Disposition
from server.models.triage import AnswerBatch, DispositionOrigin
from server.vocabulary.rounds import DispositionStage

AT_ONCE = 400
"""Ids that are looked up at a time."""
_RECORDED = (
    select(Disposition)
    .outerjoin(DispositionOrigin, DispositionOrigin.disposition_id == Disposition.id)
    .where(Disposition.stage == DispositionStage.RECORDED)
    .options(joinedload(Disposition.origin).joinedload(DispositionOrigin.point))  # type: ignore[attr-defined]
)


async def batches_of(session: AsyncSession, round_id: str) -> Sequence[str]:
    """Return the ids of the batches by which answers were recorded in a round, those that were undone included."""
    recorded = (AnswerBatch.round_id == round_id, AnswerBatch.stage == DispositionStage.RECORDED)
    return (await session.scalars(select(AnswerBatch.id).where(*recorded))).all()


async def describe_answers(session: AsyncSession, records: Sequence[Record]) -> list[dict[str, Any]]:
    """Return the recorded answers whose entries are in the pack, in the order of these, then by id.

    An answer belongs to the entry that names it, to that of its batch, or to that by which it was settled: the entry
    of its comment at the same instant.
    """
    single = {str(each.details["disposition"]): each.sequence for each in records if each.act == "disposition.recorded"}
    together = {each.subject_id: each.sequence for each in records if each.act == "answers.recorded"}
    settled = {(each.subject_id, each.at): each.sequence for each in records if each.act == "answer.settled"}
    placed: dict[str, tuple[int, Disposition]] = {}
    for answer in await _read(session, Disposition.comment_id, {subject for subject, _ in settled}):
        if (answer.comment_id, answer.decided_at) in settled:
            placed[answer.id] = settled[answer.comment_id, answer.decided_at], answer
    for answer in await _read(session, DispositionOrigin.batch_id, together):
        placed[answer.id] = together[answer.origin.batch_id], answer
    for answer in await _read(session, Disposition.id, single):
        placed[answer.id] = single[answer.id], answer
    ordered = sorted(placed.values(), key=lambda each: (each[0], each[1].id))
    return [_describe(answer) for _, answer in ordered]


async def _read(session: AsyncSession, column: Any, ids: Iterable[str]) -> list[Any]:
    """Return the recorded answers of which a column is one of some ids, some hundreds of these at a time."""
    rows: list[Any] = []
    wanted = sorted(ids)
    for start in range(0, len(wanted), AT_ONCE):
        rows += (await session.scalars(_RECORDED.where(column.in_(wanted[start : start + AT_ONCE])))).all()
    return rows


def _describe(answer: Any) -> dict[str, Any]:
    """Return an answer as the digest of its entry has it."""
    point = answer.origin.point if answer.origin else None
    described: dict[str, Any] = json.loads(content_of_disposition(answer, answer.origin, point))
    return described
