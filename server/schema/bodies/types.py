"""Bodies, their mandates, members and functions; sittings and decisions."""

from datetime import date, datetime

import strawberry

from server.domain.bodies import policy, queries
from server.domain.bodies.rules import BodyFacts, FunctionFacts, SittingFacts
from server.kernel.acts import verdicts
from server.models import bodies as tables
from server.schema.acts import AvailableAct
from server.schema.parties.types import Delegate, Party
from server.schema.reads.kinds import Filter, Node, batch, column, computed, connection, noun, to_one
from server.schema.reads.pages import Connection
from server.schema.reads.roots import many, one
from server.schema.vocabulary import vocabulary
from server.vocabulary.bodies import BodyKind, FunctionKind, Outcome

for vocabulary_of_bodies in (BodyKind, FunctionKind, Outcome):
    vocabulary(vocabulary_of_bodies)


@noun(tables.Body, queries.visible_bodies)
class Body(Node):
    """The Council, a commission, a committee, a working group or an intersessional group."""

    kind: BodyKind = column("What the body is.")
    name: str = column("Full name.")
    short_name: str = column("Short name, such as PTC or WGEC.")
    number: int | None = column("Number of an intersessional group within its parent.")
    parent: "Body | None" = to_one("The body that gave the mandate.", implied=True)
    successor: "Body | None" = to_one("The body that carries the work on after this one lapsed.", implied=True)
    mandates: Connection["Mandate"] = connection(
        "What it was asked to do and for how long, oldest first.", on="body_id", order=("starts_on", "id")
    )
    memberships: Connection["Membership"] = connection(
        "Parties that take part, in alphabetical order.", on="body_id", order=("party.name", "id")
    )
    functions: Connection["Function"] = connection(
        "Functions in the body, present and past.", on="body_id", order=("kind", "party.name", "id")
    )
    sittings: Connection["Sitting"] = connection("Its sittings, oldest first.", on="body_id", order=("starts_on", "id"))
    available_acts: list[AvailableAct] = computed(
        "What the caller may do with this body, and if not, why not and from when.",
        lambda actor, facts, now: verdicts(policy.ON_BODY, actor, facts, now),
        BodyFacts,
    )


@noun(tables.Mandate, queries.visible_bodies)
class Mandate(Node):
    """What a body was asked to do and for how long. An extension is a further mandate."""

    terms: str = column("The terms of reference in short.")
    starts_on: date = column("First day.")
    ends_on: date | None = column("Last day, null while it is open.")


@noun(tables.Membership, queries.visible_bodies)
class Membership(Node):
    """A party that takes part in a body."""

    body: Body = to_one("The body.", implied=True)
    party: Party = to_one("The party.", implied=True)
    joined_on: date = column("Since when.")
    left_on: date | None = column("Until when, null while it takes part.")


@noun(tables.Function, queries.visible_bodies)
class Function(Node):
    """A dated function of a party in a body. It is never a role of a person's account."""

    body: Body = to_one("The body.", implied=True)
    kind: FunctionKind = column("The function.")
    party: Party = to_one("The party that holds it.", implied=True)
    delegate: Delegate | None = to_one("The person in the seat, if one is named.", implied=True)
    starts_on: date = column("First day.")
    ends_on: date | None = column("Last day, null when open-ended; `endedAt` says when it was ended early.")
    ended_at: datetime | None = column("The instant at which it was ended early, null otherwise.")
    version: int = column("Counts changes; send it back as `expectedVersion`.")
    available_acts: list[AvailableAct] = computed(
        "What the caller may do with this function, and if not, why not and from when.",
        lambda actor, facts, now: verdicts(policy.ON_FUNCTION, actor, facts, now),
        FunctionFacts,
    )


@noun(tables.Sitting, queries.visible_sittings)
class Sitting(Node):
    """One meeting of a body, under one session number or two."""

    body: Body = to_one("The body that sits.", implied=True)
    first_number: int = column("Session number.")
    second_number: int | None = column("Second session number, where the sitting has a pair.")
    starts_on: date = column("First day.")
    ends_on: date = column("Last day.")
    place: str = column("Where it sits.")
    decision_count: int = batch("Decisions recorded.", queries.decisions_per_sitting, 0)
    decisions: Connection["Decision"] = connection(
        "What was decided, in the order of recording.", on="sitting_id", order=("recorded_at", "id")
    )
    available_acts: list[AvailableAct] = computed(
        "What the caller may do at this sitting, and if not, why not and from when.",
        lambda actor, facts, now: verdicts(policy.ON_SITTING, actor, facts, now),
        SittingFacts,
    )


@noun(tables.Decision, queries.visible_decisions)
class Decision(Node):
    """What a body decided at a sitting on one subject. Recorded by the Secretariat, never changed."""

    sitting: Sitting = to_one("The sitting.", implied=True)
    subject_id: strawberry.ID = column("Id of the subject; ask `node(id:)` for it.")
    agenda_item: str = column("Agenda item as printed, empty if none.")
    verb: str = column("The verb as printed in the report.")
    as_appropriate: bool = column("Whether the verb is weakened by 'as appropriate'.")
    outcome: Outcome = column("What the decision means. Taking note is never approval.")
    text: str = column("The decision in words.")
    paragraph: str = column("Reference by which later texts cite it.")
    recorded_at: datetime = column("When it was recorded.")
    recorded_by: Delegate = to_one("Who recorded it.", implied=True)


@strawberry.input(description="Which bodies to list.")
class BodyFilter:
    """Filter of `bodies`."""

    kind: BodyKind | None = strawberry.field(default=strawberry.UNSET, description="Only this kind.")
    parent_id: strawberry.ID | None = strawberry.field(default=strawberry.UNSET, description="Only below this body.")


@strawberry.input(description="Which sittings to list.")
class SittingFilter:
    """Filter of `sittings`."""

    body_id: strawberry.ID | None = strawberry.field(default=strawberry.UNSET, description="Only of this body.")


@strawberry.type
class BodyQueries:
    """Root fields about bodies."""

    body: Body | None = one("A body by its id.", "Body")
    bodies: Connection[Body] = many(
        "Bodies by short name.",
        order=("short_name", "id"),
        filter_type=BodyFilter,
        filters={"kind": Filter("kind"), "parentId": Filter("parent_id")},
    )
    sitting: Sitting | None = one("A sitting by its id.", "Sitting")
    sittings: Connection[Sitting] = many(
        "Sittings of every body, oldest first.",
        order=("starts_on", "id"),
        filter_type=SittingFilter,
        filters={"bodyId": Filter("body_id")},
    )
    decision: Decision | None = one("A decision by its id.", "Decision")
