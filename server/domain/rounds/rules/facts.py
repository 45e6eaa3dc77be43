"""The facts of rounds and comments that the rules and the policies look at."""

from datetime import datetime
from typing import Annotated, Any, NamedTuple

from server.kernel.actor import Capacity
from server.vocabulary.rounds import CommentStatus, PlaceState, RoundStatus, RoundVisibility
from server.vocabulary.texts import VersionStatus


class RoundFacts(NamedTuple):
    """The facts of a round that its rules and policy look at."""

    status: RoundStatus
    body_id: str
    opens_at: datetime
    closes_at: datetime
    open_to_members: bool
    open_to_observers: bool
    open_to_private_sector: bool
    visibility: RoundVisibility = RoundVisibility.IMMEDIATE

    def addresses(self, capacity: Capacity | None) -> bool:
        """Return whether the round asks parties of this capacity for comments."""
        if capacity == Capacity.MEMBER:
            return self.open_to_members
        if capacity == Capacity.OBSERVER:
            return self.open_to_observers
        return capacity == Capacity.PRIVATE_SECTOR and self.open_to_private_sector


class CommentFacts(NamedTuple):
    """The facts of a comment that its rules and policy look at: the comment, and the round it answers."""

    status: Annotated[CommentStatus, "work.status"]
    party_id: str
    body_id: Annotated[str, "round.body_id"]
    round_status: Annotated[RoundStatus, "round.status"]
    opens_at: Annotated[datetime, "round.opens_at"]
    closes_at: Annotated[datetime, "round.closes_at"]
    visibility: Annotated[RoundVisibility, "round.visibility"] = RoundVisibility.IMMEDIATE
    place_state: Annotated[PlaceState | None, "work.carried.state"] = None


class PlacedFacts(NamedTuple):
    """The facts of a carried comment that the words at its place follow from."""

    text: Annotated[str | None, "provision_text.text"]
    start: int | None
    end: int | None


class ReceiptFacts(NamedTuple):
    """The facts that the receipt of a comment is made of."""

    number: int | None
    submitted_at: datetime | None
    content_digest: str | None
    party: Annotated[str, "party.short_name"]
    party_name: Annotated[str, "party.name"]
    submitted_by: Annotated[str | None, "submitted_by.person.name"]
    former_names: Annotated[dict[str, Any] | None, "submitted_by.person.former_names"]


class QuotationFacts(NamedTuple):
    """Where the quoted words of a comment stand."""

    quote_exact: str | None
    quote_prefix: str
    quote_suffix: str
    quote_start: int | None
    quote_end: int | None


class OpeningFacts(NamedTuple):
    """The facts about a round that is about to be opened: the body that asks and the version it asks about."""

    body_id: str
    version_status: VersionStatus


def audience_of(facts: RoundFacts) -> list[Capacity]:
    """Return the capacities that a round addresses."""
    return [capacity for capacity in Capacity if facts.addresses(capacity)]
