"""Filters and orders of the lists of rounds and comments."""

from datetime import datetime

import strawberry

from server.domain.rounds import life
from server.domain.triage.queries.counting import has_tag, is_replaced, is_taken
from server.kernel.actor import Capacity
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
from server.vocabulary.triage import Reaction

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

    phase: list[RoundPhase] | None = one_of("Only rounds in one of these phases now.", condition=life.in_phase)
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
    code: list[str] | None = one_of("Only rounds with one of these codes.", "code")
    text: str | None = holds("Only rounds whose title holds these words, in capital or small letters.", "title")


@conditions("filings")
class FilingFilter:
    """Filter of `filings` of a round."""

    capacity: list[Capacity] | None = one_of("Only filings of parties of one of these capacities.", "party.capacity")


@conditions("comments")
class CommentFilter:
    """Filter of `comments`."""

    round_id: list[strawberry.ID] | None = one_of("Only comments in one of the rounds with these ids.", "round_id")
    text_version_id: list[strawberry.ID] | None = one_of(
        "Only comments in rounds on one of the versions with these ids.", "round.text_version_id"
    )
    party_id: list[strawberry.ID] | None = one_of("Only comments of one of the parties with these ids.", "party_id")
    capacity: list[Capacity] | None = one_of("Only comments of parties of one of these capacities.", "party.capacity")
    party_short_text: str | None = holds(
        "Only comments of parties whose short name holds these words, in any case.", "party.short_name"
    )
    number: list[int] | None = one_of("Only comments with one of these numbers, as in 'Japan-3'.", "number")
    author_id: list[strawberry.ID] | None = one_of(
        "Only comments that one of the delegates with these ids wrote.", "author_id"
    )
    provision_id: list[strawberry.ID] | None = one_of(
        "Only comments on one of the provisions with these ids (not their permanent keys).", "provision_text_id"
    )
    provision_key: list[strawberry.ID] | None = one_of(
        "Only comments on provisions with one of these permanent keys.", "provision_text.provision_id"
    )
    has_provision: bool | None = has(
        "Only comments on a provision, or with false only those on the whole text.", "provision_text_id"
    )
    carried_to_id: list[strawberry.ID] | None = one_of(
        "Only comments whose newest place is in one of the versions with these ids.", "work.carried.text_version_id"
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
    answered_from: datetime | None = since(
        "Only comments of which the answer that the caller sees was given at or after this instant.",
        "work.disposition.decided_at",
    )
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
    citation: list[str] | None = one_of(
        "Only comments that papers cite in one of these ways, such as 'Japan R3-1'.", "reference"
    )
    is_late: bool | None = has("Only comments filed after the close, or with false only the others.", "is_late")
    has_quotation: bool | None = has("Only comments that quote words, or with false only the others.", "quote_exact")
    lead_id: list[strawberry.ID] | None = one_of(
        "Only comments in groups of one of the leads with these ids, for those who answer.", "triage.lead.id"
    )
    desk_delegate_id: list[strawberry.ID] | None = one_of(
        "Only comments on the desk of one of the delegates with these ids, for those who answer.", "triage.delegate.id"
    )
    has_desk: bool | None = has(
        "Only comments that were placed on a desk, or with false only the others, for those who answer.",
        "triage.placed_at",
    )
    tag_id: list[strawberry.ID] | None = one_of(
        "Only comments with one of the tags with these ids, for those who answer.", condition=has_tag
    )
    reaction: list[Reaction] | None = one_of(
        "Only comments of which the party takes the answer, or those to the points, so.", condition=is_taken
    )
    is_replaced: bool | None = equal(
        "Only comments that another filing took the place of, or with false only the others, each counted once. "
        "Without it only the others, unless `status` or `citation` is given.",
        condition=is_replaced,
        standing=False,
        unless=("status", "citation"),
    )
    is_submitted: bool | None = has("Only comments that were submitted, or with false only drafts.", "submitted_at")
