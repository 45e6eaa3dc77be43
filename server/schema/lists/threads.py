"""Filters and orders of the lists of co-signatures."""

import strawberry

from server.schema.reads.filters import conditions, one_of
from server.schema.reads.orders import EARLIEST, Order, declare_orders
from server.vocabulary.rounds import CommentStatus
from server.vocabulary.threads import CoSignatureState

CO_SIGNATURE_ORDERS = declare_orders(
    "CoSignatureOrder",
    "co-signatures",
    {"ASKED_AT": Order("instant at which it was asked for", EARLIEST, ("asked_at", "id"))},
)


@conditions("co-signatures")
class CoSignatureFilter:
    """Filter of `coSignatures`."""

    party_id: list[strawberry.ID] | None = one_of(
        "Only co-signatures that one of the parties with these ids was asked for.", "party_id"
    )
    state: list[CoSignatureState] | None = one_of("Only co-signatures in one of these states.", "state")
    comment_status: list[CommentStatus] | None = one_of(
        "Only co-signatures on comments in one of these statuses.", "comment.work.status"
    )
