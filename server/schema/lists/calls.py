"""Filters and orders of the lists of calls for inputs and of the answers to them."""

from datetime import datetime

import strawberry

from server.domain.calls import queries
from server.kernel.actor import Capacity
from server.schema.reads.filters import before, conditions, equal, holds, one_of, since
from server.schema.reads.orders import EARLIEST, Order, declare_orders
from server.vocabulary.calls import CallPhase, CallStatus
from server.vocabulary.rounds import RoundVisibility

CALL_ORDERS = declare_orders(
    "CallOrder",
    "calls",
    {
        "CLOSES_AT": Order("closing instant", EARLIEST, ("closes_at", "id")),
        "OPENS_AT": Order("opening instant", EARLIEST, ("opens_at", "id")),
    },
)
ANSWER_SHEET_ORDERS = declare_orders(
    "AnswerSheetOrder", "answer sheets", {"FILED_AT": Order("instant of filing", EARLIEST, ("filed_at", "id"))}
)


@conditions("calls")
class CallFilter:
    """Filter of `calls`."""

    phase: list[CallPhase] | None = one_of("Only calls in one of these phases now.", condition=queries.in_phase)
    status: list[CallStatus] | None = one_of("Only calls in one of these statuses.", "status")
    visibility: list[RoundVisibility] | None = one_of("Only calls with one of these visibilities.", "visibility")
    body_id: list[strawberry.ID] | None = one_of("Only calls of one of the bodies with these ids.", "body_id")
    opens_from: datetime | None = since("Only calls that open at or after this instant.", "opens_at")
    opens_before: datetime | None = before("Only calls that open before this instant.", "opens_at")
    closes_from: datetime | None = since("Only calls that close at or after this instant.", "closes_at")
    closes_before: datetime | None = before("Only calls that close before this instant.", "closes_at")
    text: str | None = holds("Only calls whose title holds these words, in capital or small letters.", "title")


@conditions("answer sheets")
class AnswerSheetFilter:
    """Filter of `sheets` of a call and of `answerSheets`."""

    call_id: list[strawberry.ID] | None = one_of("Only answers to one of the calls with these ids.", "call_id")
    party_id: list[strawberry.ID] | None = one_of("Only answers of one of the parties with these ids.", "party_id")
    capacity: list[Capacity] | None = one_of("Only answers of parties of one of these capacities.", "party.capacity")
    is_current: bool | None = equal(
        "Only the last answers of each party, which count, or with false only the earlier ones.",
        condition=queries.is_current,
    )
    filed_from: datetime | None = since("Only answers filed at or after this instant.", "filed_at")
    filed_before: datetime | None = before("Only answers filed before this instant.", "filed_at")
