"""Filters and orders of the lists of bodies, functions, sittings and decisions."""

from datetime import date, datetime

import strawberry

from server.kernel.actor import Capacity
from server.schema.reads.filters import before, conditions, has, holds, one_of, since, until
from server.schema.reads.orders import ALPHABETICAL, EARLIEST, Order, declare_orders
from server.vocabulary.bodies import BodyKind, FunctionKind, Outcome

WORKING_BODY_ORDERS = declare_orders(
    "WorkingBodyOrder",
    "bodies",
    {
        "SHORT_NAME": Order("short name", ALPHABETICAL, ("short_name_key", "id")),
        "NAME": Order("full name", ALPHABETICAL, ("name_key", "id")),
    },
)
BODY_FUNCTION_ORDERS = declare_orders(
    "BodyFunctionOrder", "functions", {"STARTS_ON": Order("first day of the function", EARLIEST, ("starts_on", "id"))}
)
SITTING_ORDERS = declare_orders(
    "SittingOrder", "sittings", {"STARTS_ON": Order("first day of the sitting", EARLIEST, ("starts_on", "id"))}
)
DECISION_ORDERS = declare_orders(
    "DecisionOrder", "decisions", {"RECORDED_AT": Order("instant of recording", EARLIEST, ("recorded_at", "id"))}
)


@conditions("bodies")
class WorkingBodyFilter:
    """Filter of `workingBodies`."""

    kind: list[BodyKind] | None = one_of("Only bodies of one of these kinds.", "kind")
    parent_id: list[strawberry.ID] | None = one_of(
        "Only bodies directly below one of the bodies with these ids.", "parent_id"
    )
    has_parent: bool | None = has("Only bodies below another one, or with false only those at the top.", "parent_id")
    short_name: list[str] | None = one_of("Only bodies with one of these short names.", "short_name")
    text: str | None = holds("Only bodies whose full name holds these words, in capital or small letters.", "name")
    short_text: str | None = holds("Only bodies whose short name holds these words, in any case.", "short_name")


@conditions("memberships")
class MembershipFilter:
    """Filter of `memberships` of a body."""

    party_id: list[strawberry.ID] | None = one_of("Only memberships of one of the parties with these ids.", "party_id")
    capacity: list[Capacity] | None = one_of(
        "Only memberships of parties of one of these capacities.", "party.capacity"
    )
    has_left: bool | None = has(
        "Only memberships of parties that left, or with false only of those that take part.", "left_on"
    )


@conditions("functions")
class BodyFunctionFilter:
    """Filter of `bodyFunctions`."""

    body_id: list[strawberry.ID] | None = one_of("Only functions in one of the bodies with these ids.", "body_id")
    party_id: list[strawberry.ID] | None = one_of("Only functions of one of the parties with these ids.", "party_id")
    delegate_id: list[strawberry.ID] | None = one_of(
        "Only functions that one of the delegates with these ids holds for the party.", "delegate_id"
    )
    kind: list[FunctionKind] | None = one_of("Only functions of one of these kinds.", "kind")
    starts_from: date | None = since("Only functions that begin on this day or later.", "starts_on")
    starts_until: date | None = until("Only functions that begin on this day or earlier.", "starts_on")
    ends_from: date | None = since("Only functions with a last day that is this one or later.", "ends_on")
    ends_until: date | None = until("Only functions with a last day that is this one or earlier.", "ends_on")
    has_ended: bool | None = has(
        "Only functions that were ended before their last day, or with false only the others.", "ended_at"
    )


@conditions("sittings")
class SittingFilter:
    """Filter of `sittings`."""

    body_id: list[strawberry.ID] | None = one_of("Only sittings of one of the bodies with these ids.", "body_id")
    body_kind: list[BodyKind] | None = one_of("Only sittings of bodies of one of these kinds.", "body.kind")
    body_short_text: str | None = holds(
        "Only sittings of bodies whose short name holds these words, in capital or small letters.", "body.short_name"
    )
    first_number: list[int] | None = one_of("Only sittings with one of these numbers, as the first.", "first_number")
    second_number: list[int] | None = one_of("Only sittings with one of these as their second number.", "second_number")
    starts_from: date | None = since("Only sittings that begin on this day or later.", "starts_on")
    starts_until: date | None = until("Only sittings that begin on this day or earlier.", "starts_on")
    is_cancelled: bool | None = has(
        "Only sittings that were called off, or with false only those that stand.", "cancelled_at"
    )


@conditions("decisions")
class DecisionFilter:
    """Filter of `decisions`."""

    sitting_id: list[strawberry.ID] | None = one_of(
        "Only decisions of one of the sittings with these ids.", "sitting_id"
    )
    body_id: list[strawberry.ID] | None = one_of(
        "Only decisions of one of the bodies with these ids.", "sitting.body_id"
    )
    subject_id: list[strawberry.ID] | None = one_of(
        "Only decisions on one of the objects with these ids.", "subject_id"
    )
    outcome: list[Outcome] | None = one_of("Only decisions with one of these outcomes.", "outcome")
    recorded_from: datetime | None = since("Only decisions recorded at or after this instant.", "recorded_at")
    recorded_before: datetime | None = before("Only decisions recorded before this instant.", "recorded_at")
    text: str | None = holds("Only decisions whose text holds these words, in capital or small letters.", "text")
