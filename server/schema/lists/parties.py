"""Filters and orders of the lists of parties, persons, delegates, invitations and representations."""

from datetime import date, datetime

import strawberry

from server.domain.parties import queries
from server.kernel.actor import Capacity
from server.schema.reads.filters import before, conditions, equal, has, holds, one_of, since, until
from server.schema.reads.orders import ALPHABETICAL, EARLIEST, Order, declare_orders
from server.vocabulary.parties import Enrolment, PartyKind

PARTY_ORDERS = declare_orders(
    "PartyOrder",
    "parties",
    {
        "NAME": Order("full name", ALPHABETICAL, ("name_key", "id")),
        "SHORT_NAME": Order("short name", ALPHABETICAL, ("short_name_key", "id")),
    },
)
PERSON_ORDERS = declare_orders("PersonOrder", "persons", {"NAME": Order("name", ALPHABETICAL, ("name_key", "id"))})
DELEGATE_ORDERS = declare_orders(
    "DelegateOrder",
    "accreditations",
    {"STARTS_ON": Order("first day of the accreditation", EARLIEST, ("starts_on", "id"))},
)
INVITATION_ORDERS = declare_orders(
    "InvitationOrder",
    "invitations",
    {"INVITED_AT": Order("instant of the invitation", EARLIEST, ("invited_at", "id"))},
    default="INVITED_AT_DESC",
)
PARTICIPANT_LIST_ORDERS = declare_orders(
    "ParticipantListOrder",
    "lists of participants",
    {"IMPORTED_AT": Order("instant of the import", EARLIEST, ("imported_at", "id"))},
    default="IMPORTED_AT_DESC",
)
REPRESENTATION_ORDERS = declare_orders(
    "RepresentationOrder",
    "representations",
    {"STARTS_ON": Order("first day of the mandate", EARLIEST, ("starts_on", "id"))},
    default="STARTS_ON_DESC",
)


@conditions("parties")
class PartyFilter:
    """Filter of `parties`."""

    capacity: list[Capacity] | None = one_of("Only parties of one of these capacities.", "capacity")
    kind: list[PartyKind] | None = one_of("Only parties of one of these kinds.", "kind")
    short_name: list[str] | None = one_of("Only parties with one of these short names.", "short_name")
    text: str | None = holds("Only parties whose full name holds these words, in capital or small letters.", "name")
    short_text: str | None = holds("Only parties whose short name holds these words, in any case.", "short_name")
    printed_text: str | None = holds(
        "Only parties with a name on record that holds these words, former and further names included, in any case.",
        condition=queries.is_printed_as,
    )


@conditions("persons")
class PersonFilter:
    """Filter of `persons`."""

    text: str | None = holds("Only persons whose name holds these words, in capital or small letters.", "name")
    is_suspended: bool | None = has("Only persons who are suspended, or with false only the others.", "suspended_at")


@conditions("accreditations")
class DelegateFilter:
    """Filter of `delegates`."""

    party_id: list[strawberry.ID] | None = one_of(
        "Only accreditations for one of the parties with these ids.", "party_id"
    )
    person_id: list[strawberry.ID] | None = one_of(
        "Only accreditations of one of the persons with these ids.", "person_id"
    )
    text: str | None = holds(
        "Only accreditations of persons whose name holds these words, in capital or small letters.", "person.name"
    )
    starts_from: date | None = since("Only those that begin on this day or later.", "starts_on")
    starts_until: date | None = until("Only those that begin on this day or earlier.", "starts_on")
    has_ended: bool | None = has(
        "Only those that were ended before their last day, or with false only the others.", "ended_at"
    )
    is_administrator: bool | None = equal(
        "Only those of technical administrators, or with false only the others.", "is_administrator"
    )


@conditions("lists of participants")
class ParticipantListFilter:
    """Filter of `participantLists`."""

    enrolment: list[Enrolment] | None = one_of(
        "Only lists whose people were enrolled in one of these ways.", "enrolment"
    )
    imported_from: datetime | None = since("Only lists imported at or after this instant.", "imported_at")
    imported_before: datetime | None = before("Only lists imported before this instant.", "imported_at")
    text: str | None = holds(
        "Only lists whose source has these words in its name, in capital or small letters.", "source_name"
    )


@conditions("invitations")
class InvitationFilter:
    """Filter of `invitations`."""

    party_id: list[strawberry.ID] | None = one_of("Only invitations for one of the parties with these ids.", "party_id")
    invited_from: datetime | None = since("Only invitations sent at or after this instant.", "invited_at")
    invited_before: datetime | None = before("Only invitations sent before this instant.", "invited_at")
    is_accepted: bool | None = has("Only invitations that were accepted, or with false only the others.", "accepted_at")
    is_withdrawn: bool | None = has(
        "Only invitations that were withdrawn, or with false only the others.", "withdrawn_at"
    )


@conditions("representations")
class RepresentationFilter:
    """Filter of `representations`."""

    party_id: list[strawberry.ID] | None = one_of(
        "Only mandates that one of the parties with these ids gave.", "party_id"
    )
    by_party_id: list[strawberry.ID] | None = one_of(
        "Only mandates that one of the parties with these ids has.", "by_party_id"
    )
    starts_from: date | None = since("Only mandates that begin on this day or later.", "starts_on")
    starts_until: date | None = until("Only mandates that begin on this day or earlier.", "starts_on")
    has_ended: bool | None = has(
        "Only mandates that were ended before their last day, or with false only the others.", "ended_at"
    )
