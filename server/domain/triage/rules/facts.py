"""The facts of triage that its rules and policy look at."""

from datetime import datetime
from typing import Annotated, NamedTuple

from server.vocabulary.rounds import CommentStatus, CommentType, DispositionStage, RoundStatus


class BatchFacts(NamedTuple):
    """The facts of answers that were given together."""

    stage: DispositionStage
    body_id: Annotated[str, "round.body_id"]
    round_status: Annotated[RoundStatus, "round.status"]
    undone_at: datetime | None


class AdviceFacts(NamedTuple):
    """The facts of a request for advice: the body or the delegate that is asked, and when the advice was given."""

    body_id: str | None
    delegate_id: str | None
    given_at: datetime | None


class AnswerFacts(NamedTuple):
    """The facts of one answer, and of the comment that it is to.

    `standing_id` is the answer that stands for the comment as a whole; `point_standing_id` and `point_type` are of the
    point that it is to, None if it is to the whole comment.
    """

    id: str
    stage: DispositionStage
    party_id: Annotated[str, "comment.party_id"]
    body_id: Annotated[str, "comment.round.body_id"]
    round_status: Annotated[RoundStatus, "comment.round.status"]
    comment_status: Annotated[CommentStatus, "comment.work.status"]
    standing_id: Annotated[str | None, "comment.work.disposition_id"]
    type: Annotated[CommentType, "comment.type"]
    lead_id: Annotated[str | None, "comment.triage.lead_id"]
    point_id: Annotated[str | None, "origin.point_id"]
    point_standing_id: Annotated[str | None, "origin.point.disposition_id"]
    point_type: Annotated[CommentType | None, "origin.point.type"]
    reaction_id: Annotated[str | None, "reaction.id"]
