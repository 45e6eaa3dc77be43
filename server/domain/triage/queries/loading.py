"""Taking the rows that acts of triage change: comments many at once, with their points and groups, locked."""

from collections.abc import Collection, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import String, bindparam, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased, joinedload

from server.domain.rounds.queries import WITH_FACTS, get_comment, visible_comments, visible_dispositions
from server.domain.triage.queries.seeing import visible_advice, visible_of_round
from server.identity.accreditations import in_force
from server.kernel.actor import Actor
from server.kernel.refusals import not_found
from server.models.bodies import Function
from server.models.consolidation import Consolidation
from server.models.parties import Delegate
from server.models.rounds import Comment, CommentWork, Disposition
from server.models.texts import TextVersion
from server.models.triage import (
    AdviceRequest,
    AnswerBatch,
    AnswerSettling,
    CommentPoint,
    CommentTag,
    CommentTriage,
    DispositionOrigin,
    ReusableAnswer,
    RoundTag,
)
from server.storage.rows import WANTED, get_row
from server.vocabulary.bodies import LEADING
from server.vocabulary.rounds import UNDISPOSED
from server.vocabulary.texts import VersionStatus

CHOSEN = bindparam("chosen", type_=String, expanding=True)
"""Ids of the rows that a statement takes."""
_SEEN = select(Comment.id).where(Comment.id.in_(CHOSEN), Comment.round_id == WANTED, visible_comments(Comment))
_LOCK = select(CommentWork.comment_id).where(CommentWork.comment_id.in_(CHOSEN)).order_by(CommentWork.comment_id)
_WHOLE = (
    select(Comment)
    .where(Comment.id.in_(CHOSEN))
    .options(
        *WITH_FACTS,
        # with its origin, which an act may have read of it before
        joinedload(Comment.work).joinedload(CommentWork.disposition).joinedload(Disposition.origin),  # type: ignore[attr-defined]
    )
    .execution_options(populate_existing=True)
)


async def get_comments(
    session: AsyncSession, actor: Actor, now: datetime, round_id: str, comment_ids: Collection[str]
) -> dict[str, Comment]:
    """Return comments of a round by id, their work rows locked in one order, or refuse that one of them is none.

    One that is hidden, one of another round and one that does not exist are told alike.
    """
    wanted = set(comment_ids)
    seen = await session.scalars(_SEEN, {**actor.parameters(now), "wanted": round_id, "chosen": sorted(wanted)})
    if set(seen) != wanted:
        raise not_found("comment")
    return await lock_comments(session, actor, now, wanted)


async def lock_comments(
    session: AsyncSession, actor: Actor, now: datetime, comment_ids: Collection[str]
) -> dict[str, Comment]:
    """Return comments by id as `get_comments` does, for rows that follow from those the actor sees."""
    chosen = {"chosen": sorted(comment_ids)}
    if session.get_bind().dialect.name == "postgresql":
        await session.execute(_LOCK.with_for_update(), chosen)
    return {comment.id: comment for comment in await session.scalars(_WHOLE, actor.parameters(now) | chosen)}


async def points_of(session: AsyncSession, comment_ids: Collection[str]) -> dict[str, list[CommentPoint]]:
    """Return the points of comments in their order, by comment; a comment that was not split is left out."""
    statement = (
        select(CommentPoint)
        .where(CommentPoint.comment_id.in_(CHOSEN))
        .options(
            joinedload(CommentPoint.disposition).options(
                joinedload(Disposition.origin),  # type: ignore[attr-defined]
                joinedload(Disposition.reaction),  # type: ignore[attr-defined]
            )
        )
        .order_by(CommentPoint.comment_id, CommentPoint.number)
        .execution_options(populate_existing=True)
    )
    points: dict[str, list[CommentPoint]] = {}
    for point in await session.scalars(statement, {"chosen": sorted(comment_ids)}):
        points.setdefault(point.comment_id, []).append(point)
    return points


async def leads_of(session: AsyncSession, comment_ids: Collection[str]) -> dict[str, str]:
    """Return the lead of each of these comments that is in a group."""
    rows = select(CommentTriage.comment_id, CommentTriage.lead_id).where(
        CommentTriage.comment_id.in_(CHOSEN), CommentTriage.lead_id.is_not(None)
    )
    return {own: str(lead) for own, lead in await session.execute(rows, {"chosen": sorted(comment_ids)})}


async def members_of(session: AsyncSession, lead_ids: Collection[str]) -> dict[str, list[str]]:
    """Return the other members of groups that wait for an answer, by the lead."""
    rows = (
        select(CommentTriage.lead_id, CommentTriage.comment_id)
        .join(CommentWork, CommentWork.comment_id == CommentTriage.comment_id)
        .where(
            CommentTriage.lead_id.in_(CHOSEN),
            CommentTriage.lead_id != CommentTriage.comment_id,
            CommentWork.status.in_(UNDISPOSED),
        )
        .order_by(CommentTriage.comment_id)
    )
    members: dict[str, list[str]] = {}
    for lead, member in await session.execute(rows, {"chosen": sorted(lead_ids)}):
        members.setdefault(str(lead), []).append(member)
    return members


async def triage_of(session: AsyncSession, comment_ids: Collection[str]) -> dict[str, CommentTriage]:
    """Return the rows of triage of comments, made where there are none. The comments are locked by then."""
    rows = await session.scalars(
        select(CommentTriage).where(CommentTriage.comment_id.in_(CHOSEN)).execution_options(populate_existing=True),
        {"chosen": sorted(comment_ids)},
    )
    triage = {row.comment_id: row for row in rows}
    for missing in sorted(set(comment_ids) - triage.keys()):
        triage[missing] = CommentTriage(comment_id=missing, revision=0)
        session.add(triage[missing])
    return triage


_KEPT = select(ReusableAnswer).where(ReusableAnswer.id == WANTED, visible_of_round(ReusableAnswer))
_BATCH = (
    select(AnswerBatch)
    .where(AnswerBatch.id == WANTED, visible_of_round(AnswerBatch))
    .options(joinedload(AnswerBatch.round))
    .with_for_update(of=AnswerBatch)
)
_ADVICE = select(AdviceRequest).where(AdviceRequest.id == WANTED, visible_advice(AdviceRequest)).with_for_update()


async def get_kept(session: AsyncSession, actor: Actor, now: datetime, answer_id: str) -> ReusableAnswer:
    """Return the reusable answer, or refuse that there is none for this actor."""
    return await get_row(session, actor, now, _KEPT, answer_id, "reusable answer")


async def get_batch(session: AsyncSession, actor: Actor, now: datetime, batch_id: str) -> AnswerBatch:
    """Return the batch with its round, locked for change, or refuse that there is none for this actor."""
    return await get_row(session, actor, now, _BATCH, batch_id, "batch")


async def get_advice(session: AsyncSession, actor: Actor, now: datetime, advice_id: str) -> AdviceRequest:
    """Return the request for advice, locked for change, or refuse that there is none for this actor."""
    return await get_row(session, actor, now, _ADVICE, advice_id, "request for advice")


_ROUND_OF = select(Comment.round_id).where(Comment.id == WANTED, visible_comments(Comment))


async def round_of(session: AsyncSession, actor: Actor, now: datetime, comment_id: str) -> str:
    """Return the id of the round of a comment, or refuse that there is no such comment for this actor."""
    return await get_row(session, actor, now, _ROUND_OF, comment_id, "comment")


async def is_leading(session: AsyncSession, delegate: Delegate, body_id: str, today: date) -> bool:
    """Return whether a delegate leads a body today."""
    held = (
        Function.body_id == body_id,
        Function.party_id == delegate.party_id,
        or_(Function.delegate_id.is_(None), Function.delegate_id == delegate.id),
        Function.kind.in_(LEADING),
    )
    statement = select(Function.id).where(*held, in_force(Function)).limit(1)
    return await session.scalar(statement, {"today": today}) is not None


async def tags_on(session: AsyncSession, comment_id: str) -> Sequence[CommentTag]:
    """Return the tags of a comment."""
    return (await session.scalars(select(CommentTag).where(CommentTag.comment_id == comment_id))).all()


async def tags_of_round(session: AsyncSession, round_id: str) -> dict[str, RoundTag]:
    """Return the tags of a round by their names in small letters."""
    rows = await session.scalars(select(RoundTag).where(RoundTag.round_id == round_id))
    return {row.folded: row for row in rows}


async def answers_in(session: AsyncSession, batch_id: str) -> Sequence[Disposition]:
    """Return the answers that were given by a batch."""
    in_batch = select(DispositionOrigin.disposition_id).where(DispositionOrigin.batch_id == batch_id)
    statement = select(Disposition).where(Disposition.id.in_(in_batch)).options(joinedload(Disposition.origin))  # type: ignore[attr-defined]
    return (await session.scalars(statement)).all()


async def earlier_answers(session: AsyncSession, batch_id: str, comment_ids: Collection[str]) -> Sequence[Disposition]:
    """Return the answers to comments and points that stood before a batch, the latest first.

    Those of the batch itself and of batches that were undone are left out.
    """
    origin, batch = aliased(DispositionOrigin), aliased(AnswerBatch)
    undone = (
        select(origin.id)
        .join(batch, batch.id == origin.batch_id)
        .where(
            origin.disposition_id == Disposition.id,
            (batch.undone_at.is_not(None)) | (batch.id == batch_id),
        )
    )
    statement = (
        select(Disposition)
        .where(Disposition.comment_id.in_(CHOSEN), ~undone.exists())
        .options(joinedload(Disposition.origin))  # type: ignore[attr-defined]
        .order_by(Disposition.decided_at.desc(), Disposition.id.desc())
    )
    return (await session.scalars(statement, {"chosen": sorted(comment_ids)})).all()


async def is_text_made(session: AsyncSession, version_ids: Collection[str]) -> bool:
    """Return whether a version was made from one of these, or is being made."""
    targets = (
        select(func.count())
        .select_from(Consolidation)
        .join(TextVersion, TextVersion.id == Consolidation.target_id)
        .where(Consolidation.base_id.in_(CHOSEN), TextVersion.status != VersionStatus.ABANDONED)
    )
    return bool(await session.scalar(targets, {"chosen": sorted(version_ids)}))


_COMMENT_OF = select(Disposition.comment_id).where(Disposition.id == WANTED, visible_dispositions(Disposition))
_ANSWER = (
    select(Disposition)
    .where(Disposition.id == WANTED)
    .options(
        joinedload(Disposition.origin).joinedload(DispositionOrigin.point),  # type: ignore[attr-defined]
        joinedload(Disposition.reaction),  # type: ignore[attr-defined]
        joinedload(Disposition.comment).options(  # type: ignore[attr-defined]
            joinedload(Comment.round),
            joinedload(Comment.work),
            joinedload(Comment.triage),  # type: ignore[attr-defined]
        ),
    )
    .execution_options(populate_existing=True)
)


async def get_disposition(session: AsyncSession, actor: Actor, now: datetime, disposition_id: str) -> Disposition:
    """Return the answer with its comment, whose work row is locked, or refuse that there is none for this actor."""
    comment_id = await get_row(session, actor, now, _COMMENT_OF, disposition_id, "answer")
    await get_comment(session, actor, now, comment_id, to_answer=True)
    return (await session.scalars(_ANSWER, {"wanted": disposition_id})).one()


async def is_title_taken(session: AsyncSession, round_id: str, title: str) -> bool:
    """Return whether a reusable answer of a round has this title."""
    same = select(ReusableAnswer.id).where(ReusableAnswer.round_id == round_id, ReusableAnswer.title == title)
    return await session.scalar(same) is not None


async def settlings_of(session: AsyncSession, disposition_id: str) -> Sequence[Any]:
    """Return who has settled a proposed answer."""
    statement = select(AnswerSettling).where(AnswerSettling.disposition_id == disposition_id)
    return (await session.scalars(statement.options(joinedload(AnswerSettling.delegate)))).all()
