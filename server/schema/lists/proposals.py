"""Filters and orders of the lists of mechanisms, review cycles and proposals."""

from datetime import date, datetime

import strawberry

from server.domain.proposals import queries
from server.schema.reads.filters import before, conditions, equal, has, holds, one_of, since, until
from server.schema.reads.orders import EARLIEST, LOWEST, Order, declare_orders
from server.vocabulary.proposals import CycleKind, ProposalStatus

MECHANISM_ORDERS = declare_orders(
    "MechanismOrder", "versions of the mechanism", {"STARTS_ON": Order("first day", EARLIEST, ("valid_from", "id"))}
)
REVIEW_CYCLE_ORDERS = declare_orders(
    "ReviewCycleOrder", "review cycles", {"OPENS_ON": Order("first day", EARLIEST, ("opens_on", "id"))}
)
PROPOSAL_ORDERS = declare_orders(
    "ProposalOrder",
    "proposals",
    {
        "NUMBER": Order("number in the register, those without one being before all", LOWEST, ("work.number", "id")),
        "SUBMITTED_AT": Order("instant of submission, drafts being before all", EARLIEST, ("submitted_at", "id")),
        "DRAFTED_AT": Order("instant of writing", EARLIEST, ("drafted_at", "id")),
    },
)
RETURNED_FILING_ORDERS = declare_orders(
    "ReturnedFilingOrder",
    "returned filings",
    {"RETURNED_AT": Order("instant of the return", EARLIEST, ("returned_at", "id"))},
    default="RETURNED_AT_DESC",
)


@conditions("versions of the mechanism")
class MechanismFilter:
    """Filter of `mechanisms`."""

    starts_from: date | None = since("Only versions in force from this day or a later one.", "valid_from")
    starts_until: date | None = until("Only versions in force from this day or an earlier one.", "valid_from")
    text: str | None = holds("Only versions whose title holds these words, in capital or small letters.", "title")


@conditions("review cycles")
class ReviewCycleFilter:
    """Filter of `reviewCycles`."""

    kind: list[CycleKind] | None = one_of("Only reviews of one of these kinds.", "kind")
    mechanism_id: list[strawberry.ID] | None = one_of(
        "Only reviews under one of the versions of the mechanism with these ids.", "mechanism_id"
    )
    opens_from: date | None = since("Only reviews that open on this day or later.", "opens_on")
    opens_until: date | None = until("Only reviews that open on this day or earlier.", "opens_on")
    text: str | None = holds("Only reviews whose title holds these words, in capital or small letters.", "title")


@conditions("returned filings")
class ReturnedFilingFilter:
    """Filter of `returnedFilings`."""

    party_id: list[strawberry.ID] | None = one_of(
        "Only what one of the parties with these ids had filed.", "proposal.party.id"
    )
    returned_from: datetime | None = since("Only what was returned at or after this instant.", "returned_at")
    returned_before: datetime | None = before("Only what was returned before this instant.", "returned_at")


@conditions("proposals")
class ProposalFilter:
    """Filter of `proposals`."""

    status: list[ProposalStatus] | None = one_of("Only proposals in one of these statuses.", "work.standing")
    cycle_id: list[strawberry.ID] | None = one_of(
        "Only proposals in one of the review cycles with these ids.", "cycle_id"
    )
    body_id: list[strawberry.ID] | None = one_of(
        "Only proposals given to one of the groups with these ids.", "work.body_id"
    )
    party_id: list[strawberry.ID] | None = one_of(
        "Only proposals of one of the parties with these ids, the proponents.", "proponent.id"
    )
    text_version_id: list[strawberry.ID] | None = one_of(
        "Only proposals filed on one of the versions with these ids.", "text_version_id"
    )
    provision_key: list[strawberry.ID] | None = one_of(
        "Only proposals with an amendment that concerns a provision with one of these permanent keys.",
        condition=queries.concerns_provision,
    )
    submitted_from: datetime | None = since("Only proposals submitted at or after this instant.", "submitted_at")
    submitted_before: datetime | None = before("Only proposals submitted before this instant.", "submitted_at")
    text: str | None = holds("Only proposals whose title holds these words, in capital or small letters.", "title")
    is_severable: bool | None = equal(
        "Only proposals whose amendments may be taken apart, or with false only the others.", "is_severable"
    )
    number: list[int] | None = one_of("Only proposals with one of these numbers in the register.", "work.number")
    has_number: bool | None = has("Only proposals in the register, or with false only the others.", "work.number")
    is_submitted: bool | None = has("Only proposals that were submitted, or with false only drafts.", "submitted_at")
