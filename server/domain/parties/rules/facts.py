"""What the rules and the policies of parties, delegates and capacities look at."""

from datetime import date, datetime
from typing import Annotated, NamedTuple

from server.kernel.actor import Capacity
from server.vocabulary.parties import Language, Notices, PartyKind


class PartyFacts(NamedTuple):
    """What the rules and the policy of a party look at."""

    kind: PartyKind
    capacity: Capacity
    party_id: Annotated[str, "id"] = ""


class FocalPointFacts(NamedTuple):
    """When a delegate is a focal point: from a day on, until and including a day; an accreditation that was ended ends
    the function with it."""

    focal_point_from: date | None
    focal_point_until: date | None
    ended_at: datetime | None


class DelegateFacts(NamedTuple):
    """What the rules and the policy of an accreditation look at."""

    delegate_id: Annotated[str, "id"]
    person_id: str
    party_id: str
    is_administrator: bool
    is_service: bool
    starts_on: date
    ends_on: date | None
    ended_at: datetime | None
    focal_point_from: date | None
    focal_point_until: date | None


class PersonFacts(NamedTuple):
    """What the rules and the policy of a person look at."""

    person_id: Annotated[str, "id"]
    suspended_at: datetime | None


class AccountFacts(NamedTuple):
    """What only the person themself and those who keep the accounts see of a person."""

    person_id: Annotated[str, "id"]
    email: str | None
    language: Language
    zone: str
    notices: Notices
    suspended_at: datetime | None
    version: int


class AddressFacts(NamedTuple):
    """The address of a delegate, and whose it is."""

    person_id: str
    party_id: str
    email: Annotated[str | None, "person.email"]


class InvitationFacts(NamedTuple):
    """What the rules and the policy of an invitation look at."""

    party_id: str
    ends_on: date | None
    expires_at: datetime
    accepted_at: datetime | None
    withdrawn_at: datetime | None


class RepresentationFacts(NamedTuple):
    """What the rules and the policy of a representation look at."""

    party_id: str
    by_party_id: str
    starts_on: date
    ends_on: date | None
    ended_at: datetime | None


class AppointmentFacts(NamedTuple):
    """What the rule of a new accreditation looks at: for which party (its short name) and whether the person has one
    there already, today or from a later day on."""

    party: str
    is_accredited: bool
