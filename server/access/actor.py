"""Who is asking: a person, for a party, in a capacity, holding functions. Everything a policy needs to know."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any


class Capacity(StrEnum):
    """The capacity in which a party takes part. It belongs to the party, never to a token."""

    MEMBER = "MEMBER"
    """A Member administration, or a union with rights akin to membership."""
    OBSERVER = "OBSERVER"
    """A partner international organization or another recognised observer."""
    PRIVATE_SECTOR = "PRIVATE_SECTOR"
    """An industry body or a company."""
    SECRETARIAT = "SECRETARIAT"
    """The Secretariat: it registers, issues, records and publishes; it does not decide."""


@dataclass(frozen=True, slots=True)
class Actor:
    """The caller, resolved from the database once per request; `ANONYMOUS` when nobody is signed in.

    `leads` holds the ids of the bodies that the caller leads at this instant (chair, co-chair or coordinator),
    because the function ends with its date whatever a token still says.
    """

    person_id: str = ""
    delegate_id: str = ""
    name: str = ""
    party_id: str = ""
    party_name: str = ""
    capacity: Capacity | None = None
    is_focal_point: bool = False
    leads: frozenset[str] = field(default_factory=frozenset)

    @property
    def is_signed_in(self) -> bool:
        """Whether a person accredited for a party is asking."""
        return self.capacity is not None

    @property
    def is_secretariat(self) -> bool:
        """Whether the caller acts for the Secretariat."""
        return self.capacity == Capacity.SECRETARIAT

    def parameters(self, now: datetime) -> dict[str, Any]:
        """The values of the SQL parameters in `server.access.predicates`, for one statement."""
        return {
            "actor_person": self.person_id,
            "actor_party": self.party_id,
            "actor_capacity": self.capacity or "",
            "actor_signed_in": self.is_signed_in,
            "actor_secretariat": self.is_secretariat,
            "actor_leads": sorted(self.leads),
            "actor_leading": bool(self.leads),
            "actor_now": now,
        }


ANONYMOUS = Actor()
