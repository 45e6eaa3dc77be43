"""Describe the caller of a request: everything that a policy needs to know about them.

That is a person, the party they speak for, its capacity, the functions they hold, and the scopes of the program they
use.
"""

from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from typing import Any, NamedTuple

from server.kernel.scopes import EVERY_SCOPE, Scope


class Capacity(StrEnum):
    """The capacity in which a party takes part."""

    MEMBER = "MEMBER"
    """A Member administration, or a customs or economic union with rights like those of a Member."""
    OBSERVER = "OBSERVER"
    """A partner international organization or another recognised observer."""
    PRIVATE_SECTOR = "PRIVATE_SECTOR"
    """A body of industry or a company."""
    SECRETARIAT = "SECRETARIAT"
    """The Secretariat, which registers, issues, records and publishes, and does not decide."""


class Standing(NamedTuple):
    """One party for which a person can speak today: by accreditation, or as a representative (`representation_id`)."""

    delegate_id: str
    party_id: str
    party_name: str
    capacity: Capacity
    is_focal_point: bool = False
    is_administrator: bool = False
    leads: frozenset[str] = frozenset()
    bodies: frozenset[str] = frozenset()
    representation_id: str = ""
    is_service: bool = False
    can_file_at_once: bool = True

    @property
    def id(self) -> str:
        """The id to send in the header `Acting-As`: of the representation if there is one, else the accreditation."""
        return self.representation_id or self.delegate_id


@dataclass(frozen=True, slots=True)
class Actor:
    """The caller, resolved from the database once per request; `ANONYMOUS` when nobody is signed in.

    A person who can speak for several parties and chose none has no party here: the server never guesses for whom an
    act is done. `leads` holds the ids of the bodies that the caller leads at this instant (chair, co-chair or
    coordinator); it is read anew each time, because a function ends on its date even if a token is still valid.
    `bodies` holds the ids of those of which the party is a member today.
    `delegate_id` acts for `party_id`; the delegate is accredited for that party unless `representation_id` is set: then
    they act for it under that representation. `is_service` tells a service account from a person. `can_file_at_once`
    says that the party lets its focal point file in one step what nobody else has seen. `scopes` is what the program
    was allowed, by the grant `grant_id` if there is one. `is_public` says that the server opens its editions to
    everybody, whoever they are. `standings` lists everything the person can speak as today.
    """

    person_id: str = ""
    delegate_id: str = ""
    name: str = ""
    party_id: str = ""
    party_name: str = ""
    capacity: Capacity | None = None
    is_focal_point: bool = False
    leads: frozenset[str] = field(default_factory=frozenset)
    bodies: frozenset[str] = field(default_factory=frozenset)
    is_administrator: bool = False
    is_service: bool = False
    can_file_at_once: bool = True
    representation_id: str = ""
    scopes: frozenset[Scope] = EVERY_SCOPE
    is_public: bool = False
    grant_id: str = field(default="", compare=False)
    standings: tuple[Standing, ...] = field(default=(), compare=False)

    @property
    def is_signed_in(self) -> bool:
        """Whether the caller speaks for a party.

        False for a technical administrator, who is not shown what delegates see.
        """
        return self.capacity is not None and not self.is_administrator

    @property
    def is_secretariat(self) -> bool:
        """Whether the caller acts for the Secretariat."""
        return self.capacity == Capacity.SECRETARIAT and not self.is_administrator

    @property
    def reads(self) -> bool:
        """Whether the caller may see content: they speak for a party, through a program with a scope that reads."""
        return self.is_signed_in and not self.scopes <= {Scope.ADMINISTER}

    def speak_as(self, standing: Standing) -> "Actor":
        """Return the same person, speaking for the party of `standing`."""
        return replace(self, **{name: getattr(standing, name) for name in Standing._fields})

    def parameters(self, now: datetime) -> dict[str, Any]:
        """Return the values of the SQL parameters in `server.kernel.predicates`, for one statement."""
        # Without the right to read, all but the person and the administrator are empty or false: no predicate then
        # shows content.
        reads = self.reads
        return {
            "actor_person": self.person_id,
            "actor_party": self.party_id if reads else "",
            "actor_own_party": self.party_id if reads and not self.representation_id else "",
            "actor_capacity": self.capacity or "" if reads else "",
            "actor_signed_in": reads,
            "actor_secretariat": reads and self.is_secretariat,
            "actor_focal_point": reads and self.is_focal_point and not self.representation_id,
            "actor_administrator": self.is_administrator and Scope.ADMINISTER in self.scopes,
            "actor_leads": sorted(self.leads) if reads else [],
            "actor_leading": reads and bool(self.leads),
            "actor_public": self.is_public,
            "actor_bodies": sorted(self.bodies) if reads else [],
            "actor_now": now,
            "actor_today": now.date(),
        }


ANONYMOUS = Actor()
