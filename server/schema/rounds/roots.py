"""Root fields about rounds and comments, and the filters of their lists."""

from datetime import datetime

import strawberry

from server.domain.rounds import queries
from server.schema.reads.kinds import Filter
from server.schema.reads.matching import Match
from server.schema.reads.pages import Connection
from server.schema.reads.roots import many, one
from server.schema.rounds.types import Comment, Round
from server.vocabulary.rounds import CommentStatus, CommentType, DispositionVerdict, RoundPhase


@strawberry.input(description="Conditions on the rounds to list. All that are given must hold.")
class RoundFilter:
    """Filter of `rounds`."""

    phase: RoundPhase | None = strawberry.field(default=strawberry.UNSET, description="Only rounds in this phase now.")
    body_id: strawberry.ID | None = strawberry.field(
        default=strawberry.UNSET, description="Only rounds of the body with this id."
    )
    text_version_id: strawberry.ID | None = strawberry.field(
        default=strawberry.UNSET, description="Only rounds on the version with this id."
    )


@strawberry.input(description="Conditions on the comments to list. All that are given must hold.")
class CommentFilter:
    """Filter of `comments`."""

    round_id: strawberry.ID | None = strawberry.field(
        default=strawberry.UNSET, description="Only comments in the round with this id."
    )
    party_id: strawberry.ID | None = strawberry.field(
        default=strawberry.UNSET, description="Only comments of the party with this id."
    )
    provision_id: strawberry.ID | None = strawberry.field(
        default=strawberry.UNSET, description="Only comments on the provision with this id (not its permanent key)."
    )
    type: CommentType | None = strawberry.field(default=strawberry.UNSET, description="Only comments of this type.")
    status: CommentStatus | None = strawberry.field(
        default=strawberry.UNSET, description="Only comments in this status."
    )
    verdict: DispositionVerdict | None = strawberry.field(
        default=strawberry.UNSET, description="Only comments with this verdict in a disposition that the caller sees."
    )
    submitted_from: datetime | None = strawberry.field(
        default=strawberry.UNSET, description="Only comments submitted at or after this instant."
    )
    submitted_before: datetime | None = strawberry.field(
        default=strawberry.UNSET, description="Only comments submitted before this instant."
    )
    text: str | None = strawberry.field(
        default=strawberry.UNSET, description="Only comments whose text holds these words, in capital or small letters."
    )
    or_: list["CommentFilter"] | None = strawberry.field(
        name="or",
        default=strawberry.UNSET,
        description="Only comments that meet one of these 1 to 5 alternatives, besides the other conditions.",
    )


@strawberry.type
class RoundQueries:
    """Root fields about rounds and comments."""

    round: Round | None = one("A round by its id; null if it does not exist or the caller does not see it.", "Round")
    rounds: Connection[Round] = many(
        "Rounds, the one that closes first at the front.",
        order=("closes_at", "id"),
        filter_type=RoundFilter,
        filters={
            "phase": Filter(condition=queries.in_phase),
            "bodyId": Filter("body_id"),
            "textVersionId": Filter("text_version_id"),
        },
    )
    comment: Comment | None = one(
        "A comment by its id; null if it does not exist or the caller does not see it.", "Comment"
    )
    comments: Connection[Comment] = many(
        "Comments in the order of the text, those on the whole text first; then by short name of the party and number.",
        order=("position", "party.short_name", "number", "id"),
        filter_type=CommentFilter,
        filters={
            "roundId": Filter("round_id"),
            "partyId": Filter("party_id"),
            "provisionId": Filter("provision_text_id"),
            "type": Filter("type"),
            "status": Filter("work.status"),
            "verdict": Filter("work.disposition.verdict"),
            "submittedFrom": Filter("submitted_at", Match.FROM),
            "submittedBefore": Filter("submitted_at", Match.BEFORE),
            "text": Filter("text", Match.CONTAINS),
        },
    )
