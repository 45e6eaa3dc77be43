"""Who speaks: parties and delegates."""

from datetime import date, datetime

import strawberry

from server.access.actor import Capacity
from server.acts import verdicts
from server.models import parties as tables
from server.parties import policy, queries
from server.parties.rules import FocalPointFacts, PartyFacts, PartyKind, is_focal_point
from server.schema.acts import AvailableAct
from server.schema.reads import Filter, Node, batch, column, computed, connection, many, noun, one, to_one
from server.schema.reads.pages import Connection
from server.schema.vocabulary import vocabulary

vocabulary(Capacity)
vocabulary(PartyKind)


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
    version: int = column("Counts changes; send it back as `expectedVersion`.")
    delegates: Connection["Delegate"] = connection(
        "Persons accredited for this party, present and past.", on="party_id", order=("person.name", "id")
    )
    available_acts: list[AvailableAct] = computed(
        "What the caller may do with this party, and if not, why not and from when.",
        lambda actor, facts, now: verdicts(policy.ON_PARTY, actor, facts, now),
        PartyFacts,
    )


@noun(tables.Delegate, queries.visible_delegates)
class Delegate(Node):
    """A person accredited for a party, with dates."""

    name: str = column("Name of the person.", "person.name")
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
    version: int = column("Counts changes; send it back as `expectedVersion`.")


@strawberry.input(description="Which parties to list.")
class PartyFilter:
    """Filter of `parties`."""

    capacity: Capacity | None = strawberry.field(default=strawberry.UNSET, description="Only this capacity.")


@strawberry.type
class PartyQueries:
    """Root fields about parties."""

    party: Party | None = one("A party by its id.", "Party")
    parties: Connection[Party] = many(
        "Parties in alphabetical order.",
        order=("name", "id"),
        filter_type=PartyFilter,
        filters={"capacity": Filter("capacity")},
    )
