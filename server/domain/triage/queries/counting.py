"""Counting what belongs to tags and reusable answers, for many at once."""

from collections.abc import Callable
from typing import Any

from sqlalchemy import ColumnElement, String, and_, case, func, literal, null, or_, select
from sqlalchemy.orm import aliased

from server.domain.triage.queries.seeing import visible_origins, visible_triage
from server.kernel.predicates import parents
from server.models.triage import AnswerReaction, CommentPoint, CommentTag, DispositionOrigin
from server.vocabulary.rounds import CommentStatus
from server.vocabulary.triage import Reaction


def has_tag(column_at: Callable[[str], Any], matches: Callable[[Any], Any]) -> ColumnElement[bool]:
    """Return the filter for comments with a tag that matches and that the caller sees."""
    tag = aliased(CommentTag)
    return select(tag.id).where(tag.comment_id == column_at("id"), matches(tag.tag_id), visible_triage(tag)).exists()


def is_replaced(column_at: Callable[[str], Any], matches: Callable[[Any], Any]) -> ColumnElement[bool]:
    """Return the filter for comments that were revised by another filing, which stands in their place."""
    condition: ColumnElement[bool] = matches(column_at("work.status") == CommentStatus.REPLACED)
    return condition


def stance_of(column_at: Callable[[str], Any]) -> ColumnElement[Any]:
    """Return how the party of a comment takes its answers, as `server.domain.triage.rules.points.take_together`.

    A reaction to a recorded answer is seen by everybody who sees the comment.
    """
    whole, id_ = column_at("work.disposition.reaction.reaction"), column_at("id")
    maintained, content, point = aliased(AnswerReaction), aliased(AnswerReaction), aliased(CommentPoint)

    def points(*conditions: Any) -> Any:
        return select(point.id).where(point.comment_id == id_, *conditions)

    def on_point(reaction: Any, kind: Reaction) -> Any:
        of_point = (reaction.disposition_id == point.disposition_id, reaction.reaction == kind)
        return select(reaction.id).where(*of_point).exists()

    maintains = points(on_point(maintained, Reaction.MAINTAINS)).exists()
    is_content = and_(points().exists(), ~points(~on_point(content, Reaction.CONTENT)).exists())
    return case(
        (or_(whole == Reaction.MAINTAINS, maintains), literal(Reaction.MAINTAINS.value, String)),
        (or_(whole == Reaction.CONTENT, is_content), literal(Reaction.CONTENT.value, String)),
        else_=null(),
    )


def is_taken(column_at: Callable[[str], Any], matches: Callable[[Any], Any]) -> ColumnElement[bool]:
    """Return the filter for comments whose party takes the answers in a way that matches."""
    condition: ColumnElement[bool] = matches(stance_of(column_at))
    return condition


def has_type(column_at: Callable[[str], Any], matches: Callable[[Any], Any]) -> ColumnElement[bool]:
    """Return the filter for reactions to answers to a point of a type, or to a whole comment of it."""
    point = column_at("disposition.origin.point.type")
    condition: ColumnElement[bool] = matches(func.coalesce(point, column_at("comment.type")))
    return condition


def comments_per_tag() -> Any:
    """Return the query for (tag, number of comments that have it), for the tags in `parents`."""
    seen = (CommentTag.tag_id.in_(parents), visible_triage(CommentTag))
    return select(CommentTag.tag_id, func.count()).where(*seen).group_by(CommentTag.tag_id)


def uses() -> Any:
    """Return the query for (reusable answer, number of answers that it was given as), for those in `parents`."""
    seen = (DispositionOrigin.answer_id.in_(parents), visible_origins(DispositionOrigin))
    return select(DispositionOrigin.answer_id, func.count()).where(*seen).group_by(DispositionOrigin.answer_id)
