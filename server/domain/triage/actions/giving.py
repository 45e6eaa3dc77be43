"""Writing answers: to whole comments, to points, and from the lead of a group to its members."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy.ext.asyncio import AsyncSession

from server.domain.rounds.actions.answering import place_of
from server.domain.triage.rules.points import Answer, AskedWords, PointAnswer, sum_up
from server.journal.digests import content_of_disposition, digest_of_dispositions
from server.kernel.actor import Actor
from server.models.rounds import Comment, Disposition
from server.models.triage import CommentPoint, DispositionOrigin
from server.vocabulary.rounds import COMMENT_LIFECYCLE, DispositionStage, DispositionVerdict


class Giving(NamedTuple):
    """One answer to give: to a comment, or to one of its points.

    `kept_id` is the reusable answer that it is, `lead_id` the comment with which it is answered; None for neither.
    """

    comment: Comment
    point: CommentPoint | None
    answer: Answer
    kept_id: str | None = None
    lead_id: str | None = None


class Given(NamedTuple):
    """An answer that was written, with where it comes from and the point that it is to, None for a whole comment."""

    disposition: Disposition
    origin: DispositionOrigin
    point: CommentPoint | None


class Hand(NamedTuple):
    """Who answers, when, by which act, at which stage and, for several answers at once, in which batch."""

    actor: Actor
    now: datetime
    act: str
    stage: DispositionStage
    batch_id: str | None = None


async def give_answers(
    session: AsyncSession, hand: Hand, givings: Sequence[Giving], points: Mapping[str, Sequence[CommentPoint]]
) -> list[Given]:
    """Write answers and let comments and points stand by them; return what was written.

    A comment that was split gets the sum of the answers to its points as soon as every point has one of this stage.
    """
    written = [_build(session, hand, each) for each in givings]
    await session.flush()  # work rows and points refer to the dispositions, which have to be there first
    for giving, (disposition, _, _) in zip(givings, written, strict=True):
        if giving.point is None:
            _stand_by(hand, giving.comment, disposition)
        else:
            giving.point.disposition_id, giving.point.disposition = disposition.id, disposition
            giving.comment.work.revision += 1
    split = {each.comment.id: each.comment for each in givings if each.point is not None}
    sums = [_sum_of(hand, comment, points[comment.id]) for comment in split.values()]
    return written + await _give_sums(session, hand, [each for each in sums if each])


async def _give_sums(session: AsyncSession, hand: Hand, givings: Sequence[Giving]) -> list[Given]:
    """Write the sums of answers to points as the answers to their comments."""
    written = [_build(session, hand, each) for each in givings]
    await session.flush()
    for giving, (disposition, _, _) in zip(givings, written, strict=True):
        _stand_by(hand, giving.comment, disposition)
    return written


def _build(session: AsyncSession, hand: Hand, giving: Giving) -> Given:
    """Return a new answer, added to the session with where it comes from."""
    verdict, reason, wording = giving.answer
    disposition = Disposition(
        comment_id=giving.comment.id,
        stage=hand.stage,
        verdict=verdict,
        reason=reason.strip(),
        wording=wording,
        decided_by_id=hand.actor.delegate_id,
        decided_at=hand.now,
    )
    origin = DispositionOrigin(
        disposition_id=disposition.id,
        batch_id=hand.batch_id,
        answer_id=giving.kept_id,
        point_id=giving.point.id if giving.point else None,
        lead_id=giving.lead_id,
    )
    session.add_all((disposition, origin))
    return Given(disposition, origin, giving.point)


def bind_answers(written: Sequence[Given]) -> dict[str, Any]:
    """Return the details of an entry that bind the answers which were recorded by its act."""
    return {
        "answers": len(written),
        "answers_digest": digest_of_dispositions(content_of_disposition(*each) for each in written),
    }


def _stand_by(hand: Hand, comment: Comment, disposition: Disposition) -> None:
    """Let an answer stand for a comment as a whole."""
    comment.work.disposition_id = disposition.id
    comment.work.status = COMMENT_LIFECYCLE.target(hand.act, comment.work.status)
    comment.work.revision += 1


def _sum_of(hand: Hand, comment: Comment, points: Sequence[CommentPoint]) -> Giving | None:
    """Return the answer to a comment that was split, None while one of its points lacks an answer of the stage."""
    standing = [point.disposition for point in points if is_answered(comment, point, hand.stage)]
    if len(standing) < len(points):
        return None
    answers = [
        PointAnswer(point.number, point.type, point.has_wording, Answer(answer.verdict, answer.reason, answer.wording))
        for point, answer in zip(points, standing, strict=True)
        if answer is not None
    ]
    wording = comment.addition_words if comment.proposed_wording is None else comment.proposed_wording
    return Giving(comment, None, sum_up(answers, wording))


def is_answered(comment: Comment, point: CommentPoint, stage: DispositionStage) -> bool:
    """Return whether a point has an answer of a stage or of a later one.

    A point that was put off is open again when its comment has come back on a later version.
    """
    answer, before = point.disposition, comment.work.disposition
    if answer is None or (stage == DispositionStage.RECORDED and answer.stage != DispositionStage.RECORDED):
        return False
    is_back = (
        before is not None and before.stage == DispositionStage.RECORDED and answer.decided_at <= before.decided_at
    )
    return not (is_back and answer.verdict == DispositionVerdict.DEFERRED)


def words_of(comment: Comment) -> AskedWords:
    """Return the words that a comment asks for, with their place in the version that it is on now."""
    place = place_of(comment)
    if place is None:
        return AskedWords(None, None, None, comment.proposed_wording)
    return AskedWords(place.provision.id, place.start, place.end, comment.proposed_wording)
