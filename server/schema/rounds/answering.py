"""What rounds, comments and answers show of triage, for those who answer and for those who are answered."""

from typing import TYPE_CHECKING, Annotated

import strawberry

from server.domain.rounds.rules.facts import CommentFacts
from server.domain.triage import policy
from server.domain.triage.queries import seeing
from server.domain.triage.rules.facts import AnswerFacts
from server.models import triage as tables
from server.schema.acts import AvailableAct, acts_on
from server.schema.lists.triage import AnswerReactionFilter
from server.schema.reads.kinds import Through, connection, to_one
from server.schema.reads.pages import Connection

if TYPE_CHECKING:
    from server.schema.rounds.types import Comment
    from server.schema.triage.types import (
        AdviceRequest,
        AnswerBatch,
        AnswerReaction,
        AnswerSettling,
        CommentPoint,
        CommentTriage,
        DeskMove,
        ReusableAnswer,
        RoundTag,
    )

TAGGED = Through(tables.CommentTag, seeing.visible_triage, parent="comment_id", target="tag_id")
"""The tags of a comment."""


@strawberry.type
class AnsweringRound:
    """The part of a round that those who answer it work with."""

    tags: Connection[Annotated["RoundTag", strawberry.lazy("server.schema.triage.types")]] = connection(
        "Tags of the round, in alphabetical order; for those who lead the body and the Secretariat.",
        on="round_id",
        order=("folded", "id"),
    )
    reusable_answers: Connection[Annotated["ReusableAnswer", strawberry.lazy("server.schema.triage.types")]] = (
        connection(
            "Answers kept for several comments, by title; for those who lead the body and the Secretariat.",
            on="round_id",
            order=("title", "id"),
        )
    )
    batches: Connection[Annotated["AnswerBatch", strawberry.lazy("server.schema.triage.types")]] = connection(
        "Answers given together, the latest first; for those who lead the body and the Secretariat.",
        on="round_id",
        order=("-made_at", "id"),
    )
    reactions: Connection[Annotated["AnswerReaction", strawberry.lazy("server.schema.triage.types")]] = connection(
        "How parties take the answers to their comments, the earliest first.",
        on="round_id",
        order=("reacted_at", "id"),
        filter_type=AnswerReactionFilter,
    )


@strawberry.type
class AnsweringComment:
    """The part of a comment that those who answer it work with."""

    triage: Annotated["CommentTriage", strawberry.lazy("server.schema.triage.types")] | None = to_one(
        "Where it is in triage; null if nobody has grouped, tagged or placed it, and for others than those who answer."
    )
    tags: Connection[Annotated["RoundTag", strawberry.lazy("server.schema.triage.types")]] = connection(
        "Its tags; for those who lead the body and the Secretariat.", through=TAGGED, order=("folded", "id")
    )
    desk_moves: Connection[Annotated["DeskMove", strawberry.lazy("server.schema.triage.types")]] = connection(
        "Its moves from desk to desk, the latest first; for those who lead the body and the Secretariat.",
        on="comment_id",
        order=("-moved_at", "id"),
    )
    points: Connection[Annotated["CommentPoint", strawberry.lazy("server.schema.triage.types")]] = connection(
        "The points that it was split into, those the caller sees, in their order.",
        on="comment_id",
        order=("number", "id"),
    )
    advice_requests: Connection[Annotated["AdviceRequest", strawberry.lazy("server.schema.triage.types")]] = connection(
        "For whose advice it was forwarded, the earliest first.", on="comment_id", order=("asked_at", "id")
    )
    available_triage_acts: list[AvailableAct] = acts_on("comment in triage", policy.ON_COMMENT, CommentFacts)


@strawberry.type
class AnsweringDisposition:
    """Where an answer comes from, and how it is taken."""

    comment: Annotated["Comment", strawberry.lazy("server.schema.rounds.types")] = to_one(
        "The comment that it is to, as a whole or to one of its points.", implied=True
    )
    answered_with: Annotated["Comment", strawberry.lazy("server.schema.rounds.types")] | None = to_one(
        "The lead of the group with which the comment was answered; null if it was answered by itself, and where the "
        "caller does not see the lead.",
        "origin.lead",
    )
    reusable_answer: Annotated["ReusableAnswer", strawberry.lazy("server.schema.triage.types")] | None = to_one(
        "The reusable answer that it is; null if it is none, and for others than those who answer.", "origin.answer"
    )
    point: Annotated["CommentPoint", strawberry.lazy("server.schema.triage.types")] | None = to_one(
        "The point that it is to; null if it is to the comment as a whole.", "origin.point"
    )
    reaction: Annotated["AnswerReaction", strawberry.lazy("server.schema.triage.types")] | None = to_one(
        "How the party takes it; null if it has not said so."
    )
    settlings: Connection[Annotated["AnswerSettling", strawberry.lazy("server.schema.triage.types")]] = connection(
        "Who settled it, if both sides do that together; for those who lead the body and the Secretariat.",
        on="disposition_id",
        order=("settled_at", "id"),
    )
    available_acts: list[AvailableAct] = acts_on("answer", policy.ON_ANSWER, AnswerFacts)
