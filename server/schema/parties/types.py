"""Who speaks: parties, delegates and the persons behind them, invitations, and who represents whom."""

from datetime import date, datetime
from typing import TYPE_CHECKING, Annotated, Any

import strawberry

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
from server.domain.parties.rules.letters import LetterFacts, state_of_letter
from server.kernel.actor import Capacity
from server.models import parties as tables
from server.schema.acts import AvailableAct, acts_on
from server.schema.lists.bodies import BODY_FUNCTION_ORDERS, BodyFunctionFilter
from server.schema.lists.parties import (
    DELEGATE_ORDERS,
    INVITATION_ORDERS,
    PARTY_ORDERS,
    PERSON_ORDERS,
    REPRESENTATION_ORDERS,
    DelegateFilter,
    InvitationFilter,
    PartyFilter,
    PersonFilter,
    RepresentationFilter,
)
from server.schema.lists.proposals import PROPOSAL_ORDERS, ProposalFilter
from server.schema.lists.rounds import COMMENT_ORDERS, CommentFilter
from server.schema.reads.kinds import Node, batch, column, computed, connection, noun, to_one
from server.schema.reads.pages import Connection
from server.schema.reads.roots import many, one
from server.schema.scalars import EmailAddress, Locale, TimeZone
from server.schema.vocabulary import vocabulary
from server.vocabulary.letters import LetterState
from server.vocabulary.parties import Notices, PartyKind, Region

if TYPE_CHECKING:
    from server.schema.bodies.types import BodyFunction, Membership
    from server.schema.delegations.types import Clearance
    from server.schema.proposals.types import Proposal
    from server.schema.rounds.types import Comment

for vocabulary_of_parties in (Capacity, PartyKind, Notices, LetterState, Region):
    vocabulary(vocabulary_of_parties)

ACCOUNT = "Null unless the caller is the person, of the Secretariat or a technical administrator."
REVISION = "Counts changes from 1; send it back as `expectedRevision` with an act."


def _account_field(description: str, name: str) -> Any:
    """Declare a field of an account, which is null for people who must not see it."""
    return computed(
        f"{description} {ACCOUNT}",
        lambda actor, facts, _: getattr(facts, name) if policy.sees_account(actor, facts) else None,
        AccountFacts,
    )


@noun(tables.Party, queries.visible_parties)
class Party(Node):
    """A participant for which people speak.

    Member administrations, unions, international organizations, private-sector bodies and the Secretariat are parties.
    Every delegate sees every party.
    """

    name: str = column("Full name.")
    short_name: str = column("Short name, unique among parties. References of comments begin with it, as in 'Japan-3'.")
    kind: PartyKind = column("What sort of organization the party is. Its capacity is independent of this.")
    capacity: Capacity = column("Capacity in which the party takes part.")
    printed_names: list[str] = batch(
        "Names by which the party is recognised in papers, full and short name included, sorted; in lower "
        "case, with single spaces and without a leading 'the'.",
        queries.names_per_party,
        [],
    )
    region: Region | None = column("Region of the organization; null where the register does not say.")
    language: Locale | None = column("Language in which the party works; null where the register does not say.")
    clearance: Annotated["Clearance", strawberry.lazy("server.schema.delegations.types")] | None = to_one(
        "How the party clears what is filed in its name; null for other parties than the own."
    )
    revision: int = column(REVISION)
    delegates: Connection["Delegate"] = connection(
        "Accreditations for this party, present, past and to come, by name of the person.",
        on="party_id",
        order=("person.name_key", "id"),
        filter_type=DelegateFilter,
    )
    functions: Connection[Annotated["BodyFunction", strawberry.lazy("server.schema.bodies.types")]] = connection(
        "Functions of the party in bodies, past ones included.",
        on="party_id",
        order=BODY_FUNCTION_ORDERS,
        filter_type=BodyFunctionFilter,
    )
    memberships: Connection[Annotated["Membership", strawberry.lazy("server.schema.bodies.types")]] = connection(
        "Bodies in which the party takes part or took part, by their short names.",
        on="party_id",
        order=("body.short_name_key", "id"),
    )
    comments: Connection[Annotated["Comment", strawberry.lazy("server.schema.rounds.types")]] = connection(
        "Comments of the party that the caller sees.",
        on="party_id",
        order=COMMENT_ORDERS,
        filter_type=CommentFilter,
    )
    proposals: Connection[Annotated["Proposal", strawberry.lazy("server.schema.proposals.types")]] = connection(
        "Proposals of the party that the caller sees.",
        on="party_id",
        order=PROPOSAL_ORDERS,
        filter_type=ProposalFilter,
    )
    representations: Connection["Representation"] = connection(
        "Mandates that the party gave to others.",
        on="party_id",
        order=REPRESENTATION_ORDERS,
        filter_type=RepresentationFilter,
    )
    available_acts: list[AvailableAct] = acts_on("party", policy.ON_PARTY, PartyFacts)


@noun(tables.Person, queries.visible_persons)
class Person(Node):
    """A person who can sign in, or a service account, which is a program. Persons speak only as delegates of a party.

    Every delegate and every technical administrator sees every person, and everybody sees themself.
    """

    name: str = column("Full name.")
    email: EmailAddress | None = _account_field("E-mail address for letters; null for a service account.", "email")
    language: Locale | None = _account_field("Language of letters and pages for the person: 'en' or 'fr'.", "language")
    zone: TimeZone | None = _account_field(
        "Time zone of the person, as an IANA name such as 'Europe/Brussels'.", "zone"
    )
    notices: Notices | None = _account_field("How often the person wants to be told what happened.", "notices")
    digest_hour: int | None = _account_field("Hour of the letter of the day, 0 to 23, in their zone.", "digest_hour")
    suspended_at: datetime | None = _account_field(
        "Instant since which the person is suspended and can do nothing; null if not suspended.", "suspended_at"
    )
    revision: int | None = _account_field(REVISION, "revision")
    delegates: Connection["Delegate"] = connection(
        "Accreditations of the person, present, past and to come, the one that begins first at the front.",
        on="person_id",
        order=("starts_on", "id"),
    )
    available_acts: list[AvailableAct] = acts_on("person", policy.ON_PERSON, PersonFacts)


@noun(tables.Delegate, queries.visible_delegates)
class Delegate(Node):
    """The accreditation of one person for one party, with its dates; a person can have several.

    Every delegate and every technical administrator sees it.
    """

    name: str = column("Name of the person.", "person.name")
    email: EmailAddress | None = computed(
        "E-mail address of the person. Seen by the person, the Secretariat, technical administrators and the "
        "focal points of the party; null for everybody else, and for a service account.",
        lambda actor, facts, _: facts.email if policy.sees_address(actor, facts) else None,
        AddressFacts,
    )
    person: Person = to_one("The person who is accredited.", implied=True)
    party: Party = to_one("The party that the person is accredited for.", implied=True)
    is_focal_point: bool = computed(
        "Whether the person is a focal point of the party today (UTC): clears and submits in its name.",
        lambda actor, facts, now: is_focal_point(facts, now.date()),
        FocalPointFacts,
    )
    focal_point_starts_on: date | None = column(
        "First day as a focal point; null if never appointed.", "focal_point_from"
    )
    focal_point_ends_on: date | None = column(
        "Last day as a focal point; null if no end is set, and if never appointed.", "focal_point_until"
    )
    is_administrator: bool = column(
        "Whether this is the accreditation of a technical administrator, who keeps the server running and "
        "sees no content."
    )
    starts_on: date = column("First day of the accreditation.")
    ends_on: date | None = column("Last day of the accreditation; null if no end is set.")
    ended_at: datetime | None = column(
        "Instant at which the accreditation was ended before its last day; null if it was not."
    )
    predecessor: "Delegate | None" = to_one(
        "The delegate who handed the seat over to this one; null if nobody did.", implied=True
    )
    functions: Connection[Annotated["BodyFunction", strawberry.lazy("server.schema.bodies.types")]] = connection(
        "Functions that this delegate holds or held for the party.",
        on="delegate_id",
        order=BODY_FUNCTION_ORDERS,
        filter_type=BodyFunctionFilter,
    )
    revision: int = column(REVISION)
    available_acts: list[AvailableAct] = acts_on("accreditation", policy.ON_DELEGATE, DelegateFacts)


@noun(tables.Invitation, queries.visible_invitations)
class Invitation(Node):
    """An offer of an accreditation, sent in a letter with a link that works once.

    The focal points of the party and the Secretariat see it.
    """

    party: Party = to_one("The party that the person would be accredited for.", implied=True)
    name: str = column("Name of the invited person.")
    email: EmailAddress = column("E-mail address to which the letter was sent.")
    is_focal_point: bool = column("Whether the person would be a focal point of the party.")
    is_administrator: bool = column("Whether the person would be a technical administrator, who sees no content.")
    starts_on: date = column("First day of the accreditation on offer.")
    ends_on: date | None = column("Last day of the accreditation on offer; null if no end is set.")
    predecessor: Delegate | None = to_one(
        "The delegate who hands the seat over; null if no seat is handed over.", implied=True
    )
    invited_by: Delegate = to_one("The delegate who sent the invitation.", implied=True)
    invited_at: datetime = column("Instant of the invitation.")
    expires_at: datetime = column("Instant from which the link no longer works.")
    accepted_at: datetime | None = column("Instant at which the invitation was accepted; null if it was not.")
    withdrawn_at: datetime | None = column("Instant at which the invitation was withdrawn; null if it was not.")
    delegate: Delegate | None = to_one(
        "The accreditation that came of the invitation; null until it is accepted.", implied=True
    )
    letter: LetterState | None = computed(
        "How far the letter with the link got; null for an invitation of before this was kept.",
        lambda _, facts, __: state_of_letter(facts),
        LetterFacts,
    )
    revision: int = column(REVISION)
    available_acts: list[AvailableAct] = acts_on("invitation", policy.ON_INVITATION, InvitationFacts)


@noun(tables.Representation, queries.visible_representations)
class Representation(Node):
    """A mandate of one party to another to speak on its behalf, with dates.

    To use it, a delegate of the other party sends its `id` in the header `Acting-As`. Every delegate sees it.
    """

    party: Party = to_one("The party that gave the mandate and is spoken for.", implied=True)
    by_party: Party = to_one("The party that has the mandate and speaks.", implied=True)
    evidence: str = column("Name of the letter or note in which the mandate was given, at most 400 characters.")
    starts_on: date = column("First day of the mandate.")
    ends_on: date | None = column("Last day of the mandate; null if no end is set.")
    ended_at: datetime | None = column(
        "Instant at which the mandate was ended before its last day; null if it was not."
    )
    granted_by: Delegate = to_one("The delegate who entered the mandate.", implied=True)
    revision: int = column(REVISION)
    available_acts: list[AvailableAct] = acts_on("representation", policy.ON_REPRESENTATION, RepresentationFacts)


@strawberry.type
class PartyQueries:
    """Root fields about parties and those who speak for them."""

    party: Party | None = one("A party by its id; null if it does not exist or the caller does not see it.", "Party")
    parties: Connection[Party] = many(
        "Parties in alphabetical order of their full names.",
        order=PARTY_ORDERS,
        filter_type=PartyFilter,
    )
    delegate: Delegate | None = one(
        "An accreditation by its id; null if it does not exist or the caller does not see it.", "Delegate"
    )
    delegates: Connection[Delegate] = many(
        "Accreditations of all parties, past and to come included.",
        order=DELEGATE_ORDERS,
        filter_type=DelegateFilter,
    )
    person: Person | None = one(
        "A person by their id; null if there is none or the caller does not see them.", "Person"
    )
    persons: Connection[Person] = many(
        "Persons and service accounts in alphabetical order. Empty unless the caller is of the Secretariat or "
        "a technical administrator.",
        order=PERSON_ORDERS,
        filter_type=PersonFilter,
        where=queries.keeps_accounts,
    )
    invitations: Connection[Invitation] = many(
        "Invitations, the newest first: all of them for the Secretariat, those of the own party for its focal "
        "points, none for others.",
        order=INVITATION_ORDERS,
        filter_type=InvitationFilter,
    )
    representations: Connection[Representation] = many(
        "Representations, past ones included, the one that begins last at the front.",
        order=REPRESENTATION_ORDERS,
        filter_type=RepresentationFilter,
    )
