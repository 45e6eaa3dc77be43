"""Bind what was done to answer comments: points, groups, tags, desks, advice, answers given together, reactions."""

from server.journal.bindings.kinds import Binding
from server.models.triage import (
    AdviceRequest,
    AnswerBatch,
    AnswerReaction,
    AnswerSettling,
    CommentPoint,
    CommentTag,
    CommentTriage,
    DeskMove,
    DispositionOrigin,
    ReusableAnswer,
    RoundTag,
)

_TOGETHER = ("answers.proposed", "answers.recorded")

BINDINGS = (
    Binding(CommentTriage, ("comments.grouped", "comment.tagged", "comment.placed"), subject=""),
    Binding(CommentPoint, ("comment.split",), (*_TOGETHER, "answer.settled", "answers.undone"), subject="comment_id"),
    Binding(RoundTag, ("comment.tagged",), subject=""),
    Binding(CommentTag, ("comment.tagged",), subject="comment_id"),
    Binding(DeskMove, ("comment.placed",), subject="comment_id"),
    Binding(AdviceRequest, ("comment.forwarded",), ("advice.given",)),
    Binding(ReusableAnswer, ("answer.kept",)),
    Binding(AnswerBatch, _TOGETHER, ("answers.undone",)),
    Binding(DispositionOrigin, (*_TOGETHER, "answer.settled"), subject=""),
    Binding(AnswerReaction, ("answer.reacted",), subject="comment_id"),
    Binding(AnswerSettling, ("answer.settled",), subject=""),
)
