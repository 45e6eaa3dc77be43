"""Filters and orders of the lists of drafts, notes, reminders and of who has answered a round."""

from enum import StrEnum

import strawberry

from server.kernel.actor import Capacity
from server.schema.reads.filters import conditions, one_of
from server.schema.reads.orders import ALPHABETICAL, EARLIEST, Order, declare_orders
from server.schema.scalars import Locale
from server.vocabulary.delegations import DraftStage, TurnoutState
from server.vocabulary.parties import Region

TURNOUT_ORDERS = declare_orders(
    "TurnoutEntryOrder",
    "parties in a round",
    {"SHORT_NAME": Order("short name of the party", ALPHABETICAL, ("party.short_name_key", "id"))},
)
DRAFT_ORDERS = declare_orders(
    "DraftOrder", "drafts", {"DRAFTED_AT": Order("instant of writing", EARLIEST, ("comment.drafted_at", "id"))}
)


@conditions("drafts")
class DraftFilter:
    """Filter of `drafts` of a round."""

    stage: list[DraftStage] | None = one_of("Only drafts in one of these stages.", "stage")
    author_id: list[strawberry.ID] | None = one_of(
        "Only drafts that one of the delegates with these ids wrote.", "comment.author_id"
    )


@conditions("notes")
class InternalNoteFilter:
    """Filter of `notes` of a round."""

    comment_id: list[strawberry.ID] | None = one_of("Only notes on one of the comments with these ids.", "comment_id")
    provision_id: list[strawberry.ID] | None = one_of(
        "Only notes on one of the provisions with these ids (not their permanent keys).", "provision_text_id"
    )


@conditions("parties in a round")
class TurnoutEntryFilter:
    """Filter of `turnout` of a round and of `turnoutGroups`."""

    round_id: list[strawberry.ID] | None = one_of("Only in one of the rounds with these ids.", "round_id")
    state: list[TurnoutState] | None = one_of("Only parties that have answered in one of these ways.", "state")
    capacity: list[Capacity] | None = one_of("Only parties of one of these capacities.", "party.capacity")
    region: list[Region] | None = one_of("Only parties of one of these regions.", "party.region")
    language: list[Locale] | None = one_of("Only parties that work in one of these languages.", "party.language")


class TurnoutKey(StrEnum):
    """What parties in a round are counted by."""

    STATE = "STATE"
    """Whether they have answered: values of `TurnoutState`."""
    CAPACITY = "CAPACITY"
    """The capacity in which they take part."""
    REGION = "REGION"
    """Their region; null where the register does not say."""
    LANGUAGE = "LANGUAGE"
    """The language in which they work, as a tag; null where the register does not say."""


TURNOUT_PATHS = {
    TurnoutKey.STATE: "state",
    TurnoutKey.CAPACITY: "party.capacity",
    TurnoutKey.REGION: "party.region",
    TurnoutKey.LANGUAGE: "party.language",
}
"""The column of each key."""
