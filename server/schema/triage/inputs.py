"""Inputs of triage that are more than plain values."""

from typing import Any

import strawberry

from server.domain.triage.actions.answering import MOST_ANSWERS, AnswerTo
from server.domain.triage.actions.sorting import PointContent
from server.domain.triage.rules.sorting import MOST_POINTS
from server.schema.acts import key_field, version_field
from server.vocabulary.rounds import CommentType, DispositionVerdict


@strawberry.input(description="One point of a comment.")
class PointInput:
    """Part of `SplitCommentInput`."""

    type: CommentType = strawberry.field(description="What the point is about.")
    text: str = strawberry.field(description="What the point says, 1 to 20,000 characters.")
    has_wording: bool = strawberry.field(
        default=False,
        description="Whether it is the point that asks for the wording of the comment; exactly one is, if it has one.",
    )


@strawberry.input(description="The points of a received comment, which itself stays as it was filed.")
class SplitCommentInput:
    """Input of `splitComment`."""

    idempotency_key: str = key_field()
    comment_id: strawberry.ID = strawberry.field(description="Id of the comment.")
    points: list[PointInput] = strawberry.field(
        description=f"The points in their order, at most {MOST_POINTS}; none to join the comment again."
    )
    expected_revision: int = version_field()

    def arguments(self) -> dict[str, Any]:
        """Return what the action takes."""
        points = tuple(PointContent(each.type, each.text, each.has_wording) for each in self.points)
        return {"comment_id": self.comment_id, "points": points, "expected_revision": self.expected_revision}


@strawberry.input(
    description="What one comment, point or group is answered. Without a verdict it takes what the act says for all."
)
class AnswerInput:
    """Part of the inputs that answer several comments together."""

    comment_id: strawberry.ID = strawberry.field(
        description="Id of the comment; the lead of a group stands for all its members."
    )
    point_id: strawberry.ID | None = strawberry.field(
        default=None, description="Id of the point, for a comment that was split."
    )
    expected_revision: int = strawberry.field(description="The `revision` of the comment as the caller read it.")
    verdict: DispositionVerdict | None = strawberry.field(
        default=None, description="The verdict; without it the answer that is given to all."
    )
    reason: str = strawberry.field(default="", description="The reason; required with any verdict but ACCEPTED.")
    wording: str | None = strawberry.field(
        default=None, description="With ACCEPTED_WITH_MODIFICATION: the words that are accepted instead."
    )


@strawberry.input(description="Answers that stand or fall together.")
class AnswersContent:
    """Part of the inputs that answer several comments together."""

    round_id: strawberry.ID = strawberry.field(description="Id of the round; all comments are of this round.")
    answers: list[AnswerInput] = strawberry.field(
        description=f"The comments and points that are answered, 1 to {MOST_ANSWERS}, each once."
    )
    verdict: DispositionVerdict | None = strawberry.field(
        default=None, description="The verdict for each that has none of its own."
    )
    reason: str = strawberry.field(default="", description="The reason that goes with `verdict`.")
    reusable_answer_id: strawberry.ID | None = strawberry.field(
        default=None, description="Id of a reusable answer of the round, for each that has no verdict of its own."
    )

    def arguments(self) -> dict[str, Any]:
        """Return what the action takes."""
        answers = tuple(
            AnswerTo(each.comment_id, each.expected_revision, each.point_id, each.verdict, each.reason, each.wording)
            for each in self.answers
        )
        return {
            "round_id": self.round_id,
            "answers": answers,
            "verdict": self.verdict,
            "reason": self.reason,
            "reusable_answer_id": self.reusable_answer_id,
        }


@strawberry.input(description="Answers to propose, all or none.")
class ProposeAnswersInput(AnswersContent):
    """Input of `proposeAnswers`."""

    idempotency_key: str = key_field()


@strawberry.input(description="Answers to record, all or none; without any verdict each as it is proposed.")
class RecordAnswersInput(AnswersContent):
    """Input of `recordAnswers`."""

    idempotency_key: str = key_field()
