"""Who speaks: parties, delegates and the persons behind them, invitations, and who represents whom."""

from datetime import date, datetime

import strawberry
from sqlalchemy import or_

from server.domain.parties import policy, queries
from server.domain.parties.rules.accrediting import is_focal_point
from server.domain.parties.rules.facts import (
    AccountFacts,
    AddressFacts,
    DelegateFacts,
    FocalPointFacts,
    InvitationFacts,
    PartyFacts,
    PersonFacts,
    RepresentationFacts,
)
from server.kernel.actor import Capacity
from server.kernel.acts import verdicts
from server.kernel.predicates import is_administrator, is_secretariat
from server.models import parties as tables
from server.schema.acts import AvailableAct
from server.schema.reads.kinds import Filter, Node, batch, column, computed, connection, noun, to_one
from server.schema.reads.pages import Connection
from server.schema.reads.roots import many, one
from server.schema.vocabulary import vocabulary
from server.vocabulary.parties import Language, Notices, PartyKind

for vocabulary_of_parties in (Capacity, PartyKind, Language, Notices):
    vocabulary(vocabulary_of_parties)

ACCOUNT = "For the person, the Secretariat and technical administrators; null for everybody else."
VERSION = "Counts changes; send it back as `expectedVersion`."


@noun(tables.Party, queries.visible_parties)
class Party(Node):
    """Who speaks: a Member administration, a union, an international organization, a private-sector body or the
    Secretariat."""

    name: str = column("Full name.")
    short_name: str = column("Short name, as it appears before comment numbers.")
    kind: PartyKind = column("What the party is.")
    capacity: Capacity = column("The capacity in which it takes part.")
    printed_names: list[str] = batch(
        "Every name it is recognised by in papers, full and short name included: lower case, single spaces.",
        queries.names_per_party,
        [],
    )
    version: int = column(VERSION)
    delegates: Connection["Delegate"] = connection(
        "Persons accredited for this party, present and past.", on="party_id", order=("person.name", "id")
    )
    available_acts: list[AvailableAct] = computed(
        "What the caller may do with this party, and if not, why not and from when.",
        lambda actor, facts, now: verdicts(policy.ON_PARTY, actor, facts, now),
        PartyFacts,
    )


@noun(tables.Person, queries.visible_persons)
class Person(Node):
    """A person who can sign in, or a service account. Whoever it is speaks only as a delegate of a party."""

    name: str = column("Name of the person.")
    email: str | None = computed(
        f"Address for letters, null for a service account. {ACCOUNT}",
        lambda actor, facts, _: facts.email if policy.sees_account(actor, facts) else None,
        AccountFacts,
    )
    language: Language | None = computed(
        f"The language in which letters and pages speak to the person. {ACCOUNT}",
        lambda actor, facts, _: facts.language if policy.sees_account(actor, facts) else None,
        AccountFacts,
    )
    zone: str | None = computed(
        f"The zone in which times are shown to the person, by its IANA name. {ACCOUNT}",
        lambda actor, facts, _: facts.zone if policy.sees_account(actor, facts) else None,
        AccountFacts,
    )
    notices: Notices | None = computed(
        f"How often the person wants to be told what happened. {ACCOUNT}",
        lambda actor, facts, _: facts.notices if policy.sees_account(actor, facts) else None,
        AccountFacts,
    )
    suspended_at: datetime | None = computed(
        f"Since when the person is locked out, null for somebody who is not. {ACCOUNT}",
        lambda actor, facts, _: facts.suspended_at if policy.sees_account(actor, facts) else None,
        AccountFacts,
    )
    version: int | None = computed(
        f"{VERSION} {ACCOUNT}",
        lambda actor, facts, _: facts.version if policy.sees_account(actor, facts) else None,
        AccountFacts,
    )
    delegates: Connection["Delegate"] = connection(
        "The person's accreditations, present and past, oldest first.", on="person_id", order=("starts_on", "id")
    )
    available_acts: list[AvailableAct] = computed(
        "What the caller may do about this person, and if not, why not and from when.",
        lambda actor, facts, now: verdicts(policy.ON_PERSON, actor, facts, now),
        PersonFacts,
    )


@noun(tables.Delegate, queries.visible_delegates)
class Delegate(Node):
    """A person accredited for a party, with dates."""

    name: str = column("Name of the person.", "person.name")
    email: str | None = computed(
        "Address of the person. For the focal points of the own party besides those who see it of the person.",
        lambda actor, facts, _: facts.email if policy.sees_address(actor, facts) else None,
        AddressFacts,
    )
    person: Person = to_one("The person.", implied=True)
    party: Party = to_one("The party for which the person is accredited.", implied=True)
    is_focal_point: bool = computed(
        "Whether the person clears and submits in the party's name today: a function with dates of its own.",
        lambda actor, facts, now: is_focal_point(facts, now.date()),
        FocalPointFacts,
    )
    focal_point_from: date | None = column("First day as focal point, null if never.")
    focal_point_until: date | None = column("Last day as focal point, null while it is open.")
    is_administrator: bool = column("Whether this is a technical administrator, who sees no content.")
    starts_on: date = column("First day of the accreditation.")
    ends_on: date | None = column("Last day of the accreditation, null while it is open.")
    ended_at: datetime | None = column("The instant at which it was ended early, null otherwise.")
    predecessor: "Delegate | None" = to_one("The delegate who handed the seat over, if one did.", implied=True)
    version: int = column(VERSION)
    available_acts: list[AvailableAct] = computed(
        "What the caller may do with this accreditation, and if not, why not and from when.",
        lambda actor, facts, now: verdicts(policy.ON_DELEGATE, actor, facts, now),
        DelegateFacts,
    )


@noun(tables.Invitation, queries.visible_invitations)
class Invitation(Node):
    """An offer of an accreditation, taken up by whoever holds the link in its letter."""

    party: Party = to_one("The party for which somebody is invited.", implied=True)
    name: str = column("Name of the person who is invited.")
    email: str = column("Where the letter went.")
    is_focal_point: bool = column("Whether the function of a focal point goes with it.")
    is_administrator: bool = column("Whether it is for a technical administrator.")
    starts_on: date = column("First day of the accreditation.")
    ends_on: date | None = column("Last day of the accreditation, null for an open one.")
    predecessor: Delegate | None = to_one("The delegate whose seat is handed over, if one is.", implied=True)
    invited_by: Delegate = to_one("Who invited.", implied=True)
    invited_at: datetime = column("When.")
    expires_at: datetime = column("The instant at which the link ends.")
    accepted_at: datetime | None = column("When it was taken up, null while it was not.")
    withdrawn_at: datetime | None = column("When it was withdrawn, null while it was not.")
    delegate: Delegate | None = to_one("The accreditation that came of it, if one did.", implied=True)
    version: int = column(VERSION)
    available_acts: list[AvailableAct] = computed(
        "What the caller may do with this invitation, and if not, why not and from when.",
        lambda actor, facts, now: verdicts(policy.ON_INVITATION, actor, facts, now),
        InvitationFacts,
    )


@noun(tables.Representation, queries.visible_representations)
class Representation(Node):
    """A mandate of a party to another to speak on its behalf, with dates. Its id is what the delegates of the other
    party send in `Acting-As`."""

    party: Party = to_one("The party that is spoken for.", implied=True)
    by_party: Party = to_one("The party that speaks.", implied=True)
    evidence: str = column("The letter or note in which the party gave the mandate.")
    starts_on: date = column("First day.")
    ends_on: date | None = column("Last day, null while it is open.")
    ended_at: datetime | None = column("The instant at which it was ended early, null otherwise.")
    granted_by: Delegate = to_one("Who recorded it.", implied=True)
    version: int = column(VERSION)
    available_acts: list[AvailableAct] = computed(
        "What the caller may do with this representation, and if not, why not and from when.",
        lambda actor, facts, now: verdicts(policy.ON_REPRESENTATION, actor, facts, now),
        RepresentationFacts,
    )


@strawberry.input(description="Which parties to list.")
class PartyFilter:
    """Filter of `parties`."""

    capacity: Capacity | None = strawberry.field(default=strawberry.UNSET, description="Only this capacity.")


@strawberry.input(description="Which invitations to list.")
class InvitationFilter:
    """Filter of `invitations`."""

    party_id: strawberry.ID | None = strawberry.field(default=strawberry.UNSET, description="Only for this party.")


@strawberry.input(description="Which representations to list.")
class RepresentationFilter:
    """Filter of `representations`."""

    party_id: strawberry.ID | None = strawberry.field(default=strawberry.UNSET, description="Only of this party.")
    by_party_id: strawberry.ID | None = strawberry.field(default=strawberry.UNSET, description="Only by this party.")


@strawberry.type
class PartyQueries:
    """Root fields about parties and those who speak for them."""

    party: Party | None = one("A party by its id.", "Party")
    parties: Connection[Party] = many(
        "Parties in alphabetical order.",
        order=("name", "id"),
        filter_type=PartyFilter,
        filters={"capacity": Filter("capacity")},
    )
    delegate: Delegate | None = one("A delegate by id.", "Delegate")
    person: Person | None = one("A person by id.", "Person")
    persons: Connection[Person] = many(
        "Everybody who can sign in, in alphabetical order. For the Secretariat and technical administrators; empty for "
        "everybody else.",
        order=("name", "id"),
        where=lambda _: or_(is_secretariat, is_administrator),
    )
    invitations: Connection[Invitation] = many(
        "Invitations, newest first: of the own party for its focal points, all of them for the Secretariat.",
        order=("-invited_at", "id"),
        filter_type=InvitationFilter,
        filters={"partyId": Filter("party_id")},
    )
    representations: Connection[Representation] = many(
        "Who speaks for whom, present and past, newest first.",
        order=("-starts_on", "id"),
        filter_type=RepresentationFilter,
        filters={"partyId": Filter("party_id"), "byPartyId": Filter("by_party_id")},
    )
