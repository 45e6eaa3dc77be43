"""Filters and orders of the lists of triage."""

from datetime import date

import strawberry

from server.domain.triage.queries.counting import has_type
from server.kernel.actor import Capacity
from server.schema.reads.filters import conditions, has, one_of, since, until
from server.schema.reads.orders import EARLIEST, Order, declare_orders
from server.vocabulary.rounds import CommentType
from server.vocabulary.triage import Reaction

ADVICE_ORDERS = declare_orders(
    "AdviceRequestOrder",
    "requests for advice",
    {"DUE_ON": Order("day until which the advice is asked for", EARLIEST, ("due_on", "id"))},
)


@conditions("requests for advice")
class AdviceRequestFilter:
    """Filter of `adviceRequests`."""

    body_id: list[strawberry.ID] | None = one_of(
        "Only those that one of the bodies with these ids is asked.", "body_id"
    )
    is_given: bool | None = has("Only those that were answered, or with false only those that wait.", "given_at")
    due_from: date | None = since("Only those due on this day or later.", "due_on")
    due_until: date | None = until("Only those due on this day or earlier.", "due_on")


@conditions("reactions")
class AnswerReactionFilter:
    """Filter of `reactions` of a round."""

    reaction: list[Reaction] | None = one_of("Only these reactions.", "reaction")
    capacity: list[Capacity] | None = one_of("Only of parties of one of these capacities.", "party.capacity")
    type: list[CommentType] | None = one_of(
        "Only to answers to comments, or to points of them, of one of these types.", condition=has_type
    )
    party_id: list[strawberry.ID] | None = one_of("Only of one of the parties with these ids.", "party_id")
