"""Filters and orders of the lists around a sitting: its agenda, its papers, and reservations to its decisions."""

import strawberry

from server.schema.reads.filters import conditions, has, one_of
from server.schema.reads.orders import EARLIEST, LOWEST, Order, declare_orders
from server.vocabulary.sittings import ItemClass

AGENDA_ITEM_ORDERS = declare_orders(
    "AgendaItemOrder", "agenda items", {"NUMBER": Order("place on the agenda", LOWEST, ("sort_key", "id"))}
)
RESERVATION_ORDERS = declare_orders(
    "ReservationOrder", "reservations", {"MADE_AT": Order("instant of making", EARLIEST, ("made_at", "id"))}
)


@conditions("agenda items")
class AgendaItemFilter:
    """Filter of `agenda` of a sitting."""

    item_class: list[ItemClass] | None = one_of("Only items of one of these classes.", "item_class")
    is_withdrawn: bool | None = has(
        "Only items that were withdrawn, or with false only those that stand.", "withdrawn_at"
    )


@conditions("papers under items")
class LaidPaperFilter:
    """Filter of `laidPapers` of an item."""

    is_removed: bool | None = has(
        "Only papers that were taken away, or with false only those that lie there.", "removed_at"
    )


@conditions("reservations")
class ReservationFilter:
    """Filter of `reservations` of a decision."""

    party_id: list[strawberry.ID] | None = one_of("Only reservations of one of the parties with these ids.", "party_id")
    is_withdrawn: bool | None = has(
        "Only reservations that were withdrawn, or with false only those that stand.", "withdrawn_at"
    )
