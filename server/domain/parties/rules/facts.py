"""The facts of parties, delegates and capacities that the rules and the policies look at."""

from datetime import date, datetime
from typing import Annotated, NamedTuple

from server.kernel.actor import Capacity
from server.vocabulary.parties import Language, Notices, PartyKind


class PartyFacts(NamedTuple):
    """The facts of a party that its rules and policy look at."""

    kind: PartyKind
    capacity: Capacity
    party_id: Annotated[str, "id"] = ""


class FocalPointFacts(NamedTuple):
    """The days on which a delegate is a focal point, both included.

    An accreditation that was ended ends the function with it.
    """

    focal_point_from: date | None
    focal_point_until: date | None
    ended_at: datetime | None


class DelegateFacts(NamedTuple):
    """The facts of an accreditation that its rules and policy look at."""

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
    """The facts of a person that its rules and policy look at."""

    person_id: Annotated[str, "id"]
    suspended_at: datetime | None


class AccountFacts(NamedTuple):
    """The part of a person that only the person themself and those who keep the accounts see."""

    person_id: Annotated[str, "id"]
    email: str | None
    language: Language
    zone: str
    notices: Notices
    digest_hour: int
    suspended_at: datetime | None
    revision: int


class AddressFacts(NamedTuple):
    """The address of a delegate, with the person and the party it belongs to."""

    person_id: str
    party_id: str
    email: Annotated[str | None, "person.email"]


class InvitationFacts(NamedTuple):
    """The facts of an invitation that its rules and policy look at."""

    party_id: str
    ends_on: date | None
    expires_at: datetime
    accepted_at: datetime | None
    withdrawn_at: datetime | None


class RepresentationFacts(NamedTuple):
    """The facts of a representation that its rules and policy look at."""

    party_id: str
    by_party_id: str
    starts_on: date
    ends_on: date | None
    ended_at: datetime | None


class AppointmentFacts(NamedTuple):
    """The facts about a new accreditation.

    `party` is the short name of the party. `is_accredited` says whether the person has an accreditation for it already,
    today or from a later day on.
    """

    party: str
    is_accredited: bool
