"""Who sees what of triage: the working copies are for those who answer, until an answer is recorded."""

from typing import Any

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import aliased

from server.domain.rounds.queries import visible_comments, visible_dispositions, visible_rounds
from server.kernel.predicates import Within, actor_party, actor_person, is_secretariat, led_bodies, sight, signed_in
from server.models.parties import Delegate
from server.models.rounds import Comment, Disposition, Round
from server.vocabulary.rounds import DispositionStage


def _answers_comment(row: Any) -> ColumnElement[bool]:
    """Return the condition that the caller is one of those who answer the comment of a row."""
    comment, round_ = aliased(Comment), aliased(Round)
    leads = (
        select(comment.id)
        .join(round_, round_.id == comment.round_id)
        .where(comment.id == row.comment_id, round_.body_id.in_(led_bodies))
        .exists()
    )
    return or_(sight("the Secretariat", is_secretariat), sight("those who lead the body of its round", leads))


def _answers_round(row: Any) -> ColumnElement[bool]:
    """Return the condition that the caller is one of those who answer the round of a row."""
    round_ = aliased(Round)
    leads = select(round_.id).where(round_.id == row.round_id, round_.body_id.in_(led_bodies)).exists()
    return or_(sight("the Secretariat", is_secretariat), sight("those who lead the body of its round", leads))


def _shows_point(point: Any) -> ColumnElement[bool]:
    """Return the condition that a point is for the caller: its answer is recorded, or they answer the comment."""
    answer = aliased(Disposition)
    recorded = select(answer.id).where(answer.id == point.disposition_id, answer.stage == DispositionStage.RECORDED)
    return or_(
        sight("everybody who sees the comment, now that the point is answered", recorded.exists()),
        _answers_comment(point),
    )


visible_triage = Within("comment_id", Comment, visible_comments, _answers_comment)
"""The condition that the caller sees working copies of a comment: they see the comment, and answer it."""
visible_points = Within("comment_id", Comment, visible_comments, _shows_point)
"""The condition that the caller sees a point: they see its comment, and answer it or the answer is recorded."""
visible_of_round = Within("round_id", Round, visible_rounds, _answers_round)
"""The condition that the caller sees tags, reusable answers and batches of a round: they answer it."""
visible_origins = Within("disposition_id", Disposition, visible_dispositions)
"""The condition that the caller sees where an answer comes from: they see the answer."""
visible_reactions = Within("comment_id", Comment, visible_comments)
"""The condition that the caller sees a reaction: everybody who sees the comment does."""


def visible_advice(request: Any) -> ColumnElement[bool]:
    """Return the condition that the caller sees a request for advice: they answer the comment, or are asked."""
    delegate = aliased(Delegate)
    own = select(delegate.id).where(
        delegate.id == request.delegate_id,
        delegate.person_id == actor_person,
        delegate.party_id == actor_party,
    )
    return and_(
        signed_in,
        or_(
            _answers_comment(request),
            sight("the person who is asked", own.exists()),
            sight("those who lead the body that is asked", request.body_id.in_(led_bodies)),
        ),
    )


def visible_settlings(settling: Any) -> ColumnElement[bool]:
    """Return the condition that the caller sees who settled a proposed answer: they answer the comment."""
    answer = aliased(Disposition)
    return select(answer.id).where(answer.id == settling.disposition_id, visible_triage(answer)).exists()
