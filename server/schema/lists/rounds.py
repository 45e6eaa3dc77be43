"""Filters and orders of the lists of rounds and comments."""

from datetime import datetime

import strawberry

from server.domain.rounds import queries
from server.schema.reads.filters import before, conditions, equal, has, holds, one_of, since
from server.schema.reads.orders import EARLIEST, Order, Way, declare_orders
from server.vocabulary.rounds import (
    CommentStatus,
    CommentType,
    DispositionVerdict,
    RoundPhase,
    RoundStatus,
    RoundVisibility,
)

ROUND_ORDERS = declare_orders(
    "RoundOrder",
    "rounds",
    {
        "CLOSES_AT": Order("closing instant", EARLIEST, ("closes_at", "id")),
        "OPENS_AT": Order("opening instant", EARLIEST, ("opens_at", "id")),
    },
)
COMMENT_ORDERS = declare_orders(
    "CommentOrder",
    "comments",
    {
        "POSITION": Order(
            "place in the text, comments on the whole text being before its beginning, then by short name of the party "
            "and by number",
            Way("from the beginning", "from the end"),
            ("position", "party.short_name", "number", "id"),
        ),
        "SUBMITTED_AT": Order(
            "instant of submission, drafts being before all others", EARLIEST, ("submitted_at", "id")
        ),
        "DRAFTED_AT": Order("instant of writing", EARLIEST, ("drafted_at", "id")),
    },
)


@conditions("rounds")
class RoundFilter:
    """Filter of `rounds`."""

    phase: list[RoundPhase] | None = one_of("Only rounds in one of these phases now.", condition=queries.in_phase)
    status: list[RoundStatus] | None = one_of("Only rounds in one of these statuses.", "status")
    visibility: list[RoundVisibility] | None = one_of("Only rounds with one of these visibilities.", "visibility")
    body_id: list[strawberry.ID] | None = one_of("Only rounds of one of the bodies with these ids.", "body_id")
    text_version_id: list[strawberry.ID] | None = one_of(
        "Only rounds on one of the versions with these ids.", "text_version_id"
    )
    opens_from: datetime | None = since("Only rounds that open at or after this instant.", "opens_at")
    opens_before: datetime | None = before("Only rounds that open before this instant.", "opens_at")
    closes_from: datetime | None = since("Only rounds that close at or after this instant.", "closes_at")
    closes_before: datetime | None = before("Only rounds that close before this instant.", "closes_at")
    text: str | None = holds("Only rounds whose title holds these words, in capital or small letters.", "title")


@conditions("comments")
class CommentFilter:
    """Filter of `comments`."""

    round_id: list[strawberry.ID] | None = one_of("Only comments in one of the rounds with these ids.", "round_id")
    text_version_id: list[strawberry.ID] | None = one_of(
        "Only comments in rounds on one of the versions with these ids.", "round.text_version_id"
    )
    party_id: list[strawberry.ID] | None = one_of("Only comments of one of the parties with these ids.", "party_id")
    author_id: list[strawberry.ID] | None = one_of(
        "Only comments that one of the delegates with these ids wrote.", "author_id"
    )
    provision_id: list[strawberry.ID] | None = one_of(
        "Only comments on one of the provisions with these ids (not their permanent keys).", "provision_text_id"
    )
    provision_key: list[strawberry.ID] | None = one_of(
        "Only comments on provisions with one of these permanent keys.", "provision_text.provision_id"
    )
    type: list[CommentType] | None = one_of("Only comments of one of these types.", "type")
    status: list[CommentStatus] | None = one_of("Only comments in one of these statuses.", "work.status")
    verdict: list[DispositionVerdict] | None = one_of(
        "Only comments with one of these verdicts in a disposition that the caller sees.", "work.disposition.verdict"
    )
    submitted_from: datetime | None = since("Only comments submitted at or after this instant.", "submitted_at")
    submitted_before: datetime | None = before("Only comments submitted before this instant.", "submitted_at")
    drafted_from: datetime | None = since("Only comments first written at or after this instant.", "drafted_at")
    drafted_before: datetime | None = before("Only comments first written before this instant.", "drafted_at")
    text: str | None = holds("Only comments whose text holds these words, in capital or small letters.", "text")
    covers_section: bool | None = equal(
        "Only comments on a provision with everything inside it, or with false only the others.", "covers_section"
    )
    has_disposition: bool | None = has(
        "Only comments with a disposition that the caller sees, or with false only the others.", "work.disposition.id"
    )
    has_proposed_wording: bool | None = has(
        "Only comments that propose words, or with false only the others.", "proposed_wording"
    )
    has_quotation: bool | None = has("Only comments that quote words, or with false only the others.", "quote_exact")
    is_submitted: bool | None = has("Only comments that were submitted, or with false only drafts.", "submitted_at")
