"""The facts of calls for inputs that the rules and the policy look at."""

from datetime import date, datetime
from typing import Annotated, NamedTuple

from server.domain.rounds.rules.facts import addresses
from server.kernel.actor import Capacity
from server.vocabulary.calls import CallStatus
from server.vocabulary.rounds import RoundVisibility


class CallFacts(NamedTuple):
    """The facts of a call that its rules and policy look at."""

    status: CallStatus
    body_id: str
    opens_at: datetime
    closes_at: datetime
    open_to_members: bool
    open_to_observers: bool
    open_to_private_sector: bool
    visibility: RoundVisibility = RoundVisibility.IMMEDIATE
    zone: str = "UTC"
    published_at: datetime | None = None

    def addresses(self, capacity: Capacity | None) -> bool:
        """Return whether the call asks parties of this capacity."""
        return addresses(self, capacity)


class CallReminderFacts(NamedTuple):
    """The facts of a reminder, and those of its call that say who may know how many have not answered."""

    letter_count: int | None
    status: Annotated[CallStatus, "call.status"]
    body_id: Annotated[str, "call.body_id"]
    opens_at: Annotated[datetime, "call.opens_at"]
    closes_at: Annotated[datetime, "call.closes_at"]
    open_to_members: Annotated[bool, "call.open_to_members"]
    open_to_observers: Annotated[bool, "call.open_to_observers"]
    open_to_private_sector: Annotated[bool, "call.open_to_private_sector"]
    visibility: Annotated[RoundVisibility, "call.visibility"]

    def addresses(self, capacity: Capacity | None) -> bool:
        """Return whether the call asks parties of this capacity."""
        return addresses(self, capacity)


class CallingFacts(NamedTuple):
    """The facts about a call that is about to be opened: the body that asks, and its last days."""

    body_id: str
    concluded_on: date | None = None
    mandated_until: date | None = None
