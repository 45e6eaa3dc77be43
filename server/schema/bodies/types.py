"""Bodies, their mandates, members and functions; sittings and decisions."""

from datetime import date, datetime
from typing import TYPE_CHECKING, Annotated

import strawberry

from server.domain.bodies import policy, queries
from server.domain.bodies.rules import BodyFacts, FunctionFacts, SittingFacts
from server.models import bodies as tables
from server.schema.acts import AvailableAct, acts_on
from server.schema.lists.bodies import (
    BODY_FUNCTION_ORDERS,
    DECISION_ORDERS,
    SITTING_ORDERS,
    WORKING_BODY_ORDERS,
    BodyFunctionFilter,
    DecisionFilter,
    SittingFilter,
    WorkingBodyFilter,
)
from server.schema.lists.papers import PAPER_ORDERS, PaperFilter
from server.schema.lists.proposals import PROPOSAL_ORDERS, ProposalFilter
from server.schema.lists.rounds import ROUND_ORDERS, RoundFilter
from server.schema.lists.workplan import ACTIVITY_ORDERS, ActivityFilter
from server.schema.parties.types import Delegate, Party
from server.schema.reads.kinds import Node, batch, column, connection, noun, to_any, to_one
from server.schema.reads.pages import Connection
from server.schema.reads.roots import many, one
from server.schema.vocabulary import vocabulary
from server.vocabulary.bodies import BodyKind, FunctionKind, Outcome

if TYPE_CHECKING:
    from server.schema.papers.types import Paper
    from server.schema.proposals.types import Proposal
    from server.schema.rounds.types import Round
    from server.schema.workplan.types import Activity, WorkPlan

for vocabulary_of_bodies in (BodyKind, FunctionKind, Outcome):
    vocabulary(vocabulary_of_bodies)


@noun(tables.Body, queries.visible_bodies)
class WorkingBody(Node):
    """A body of the organization: the Council, a commission, a committee, a working group or an intersessional group.

    Every delegate sees every body.
    """

    kind: BodyKind = column("What sort of body it is.")
    name: str = column("Full name.")
    short_name: str = column("Short name, such as 'PTC' or 'WGEC', unique among bodies.")
    number: int | None = column(
        "Number of an intersessional group among the groups of its parent; null for other bodies."
    )
    parent: "WorkingBody | None" = to_one(
        "The body that gave this one its mandate; null for a body at the top.", implied=True
    )
    successor: "WorkingBody | None" = to_one(
        "The body that carries the work on after this one ended; null if there is none.", implied=True
    )
    mandates: Connection["Mandate"] = connection(
        "Mandates of the body, the one that begins first at the front.", on="body_id", order=("starts_on", "id")
    )
    memberships: Connection["Membership"] = connection(
        "Parties that take part or took part, in alphabetical order of their full names.",
        on="body_id",
        order=("party.name", "id"),
    )
    functions: Connection["BodyFunction"] = connection(
        "Functions in the body, past ones included, by kind and then by full name of the party.",
        on="body_id",
        order=("kind", "party.name", "id"),
        filter_type=BodyFunctionFilter,
    )
    sittings: Connection["Sitting"] = connection(
        "Sittings of the body.", on="body_id", order=SITTING_ORDERS, filter_type=SittingFilter
    )
    children: Connection["WorkingBody"] = connection(
        "Bodies directly below this one.", on="parent_id", order=WORKING_BODY_ORDERS, filter_type=WorkingBodyFilter
    )
    decisions: Connection["Decision"] = connection(
        "Decisions of the body at its sittings.",
        on="sitting.body_id",
        order=DECISION_ORDERS,
        filter_type=DecisionFilter,
    )
    rounds: Connection[Annotated["Round", strawberry.lazy("server.schema.rounds.types")]] = connection(
        "Rounds of the body that the caller sees.", on="body_id", order=ROUND_ORDERS, filter_type=RoundFilter
    )
    work_plan: Annotated["WorkPlan", strawberry.lazy("server.schema.workplan.types")] | None = to_one(
        "The work plan of the body; null if it has none.", implied=True
    )
    activities: Connection[Annotated["Activity", strawberry.lazy("server.schema.workplan.types")]] = connection(
        "Activities of the topics that were given to the body, an intersessional group.",
        on="work_item.body_id",
        order=ACTIVITY_ORDERS,
        filter_type=ActivityFilter,
    )
    proposals: Connection[Annotated["Proposal", strawberry.lazy("server.schema.proposals.types")]] = connection(
        "Proposals that the body considers or considered last, as far as the caller sees them.",
        on="work.body_id",
        order=PROPOSAL_ORDERS,
        filter_type=ProposalFilter,
    )
    available_acts: list[AvailableAct] = acts_on("body", policy.ON_BODY, BodyFacts)


@noun(tables.Mandate, queries.visible_bodies)
class Mandate(Node):
    """A mandate of a body: what it was asked to do and for how long. An extension is a further mandate."""

    terms: str = column("The terms of reference in short.")
    starts_on: date = column("First day of the mandate.")
    ends_on: date | None = column("Last day of the mandate; null if no end is set.")


@noun(tables.Membership, queries.visible_bodies)
class Membership(Node):
    """The membership of one party in one body, with its days. Every delegate sees it."""

    body: WorkingBody = to_one("The body that the party takes part in.", implied=True)
    party: Party = to_one("The party that takes part.", implied=True)
    joined_on: date = column("Day on which the party joined.")
    left_on: date | None = column("Day on which the party left; null while it takes part.")


@noun(tables.Function, queries.visible_bodies)
class BodyFunction(Node):
    """A function that a party holds in a body, such as chair, with its dates. Every delegate sees it."""

    body: WorkingBody = to_one("The body in which it is held.", implied=True)
    kind: FunctionKind = column("Which function it is.")
    party: Party = to_one("The party that holds it.", implied=True)
    delegate: Delegate | None = to_one(
        "The delegate who holds the function for the party; null if every delegate of the party does.", implied=True
    )
    starts_on: date = column("First day of the function.")
    ends_on: date | None = column("Last day of the function; null if no end is set.")
    ended_at: datetime | None = column(
        "Instant at which the function was ended before its last day; null if it was not."
    )
    revision: int = column("Counts changes from 1; send it back as `expectedRevision` with an act.")
    available_acts: list[AvailableAct] = acts_on("function", policy.ON_FUNCTION, FunctionFacts)


@noun(tables.Sitting, queries.visible_sittings)
class Sitting(Node):
    """One meeting of a body, under one session number or a pair of them. Every delegate sees it."""

    body: WorkingBody = to_one("The body that meets.", implied=True)
    first_number: int = column("Session number, or the first of a pair.")
    second_number: int | None = column(
        "Second session number of a pair, such as 236 after 235; null if there is only one."
    )
    starts_on: date = column("First day of the sitting.")
    ends_on: date = column("Last day of the sitting.")
    place: str = column("City or building of the sitting, such as 'Brussels'.")
    decision_count: int = batch("Number of decisions recorded.", queries.decisions_per_sitting, 0)
    decisions: Connection["Decision"] = connection(
        "Decisions of the sitting, in the order in which they were recorded.",
        on="sitting_id",
        order=("recorded_at", "id"),
    )
    papers: Connection[Annotated["Paper", strawberry.lazy("server.schema.papers.types")]] = connection(
        "Papers issued for the sitting.", on="sitting_id", order=PAPER_ORDERS, filter_type=PaperFilter
    )
    available_acts: list[AvailableAct] = acts_on("sitting", policy.ON_SITTING, SittingFacts)


@noun(tables.Decision, queries.visible_decisions)
class Decision(Node):
    """What a body decided on one subject at a sitting. The Secretariat records it and it never changes.

    Every delegate sees it.
    """

    sitting: Sitting = to_one("The sitting at which it was decided.", implied=True)
    subject: Node | None = to_any("The object that was decided on; null if the caller does not see it.", "subject_id")
    agenda_item: str | None = column("Agenda item as printed; null if none is given.", or_null=True)
    verb: str = column("Verb as printed in the report, such as 'endorsed'.")
    is_as_appropriate: bool = column("Whether the report adds 'as appropriate' to the verb, which weakens it.")
    outcome: Outcome = column("What the decision means. NOTED is never an approval.")
    text: str = column("The decision in words, at most 20,000 characters.")
    paragraph: str | None = column(
        "Reference by which later texts cite it, such as 'PC0618b, para 12'; null if none is given.", or_null=True
    )
    recorded_at: datetime = column("Instant of recording.")
    recorded_by: Delegate = to_one("The delegate of the Secretariat who recorded it.", implied=True)


@strawberry.type
class BodyQueries:
    """Root fields about bodies."""

    working_body: WorkingBody | None = one(
        "A body by its id; null if it does not exist or the caller does not see it.", "WorkingBody"
    )
    working_bodies: Connection[WorkingBody] = many(
        "Bodies in alphabetical order of their short names.",
        order=WORKING_BODY_ORDERS,
        filter_type=WorkingBodyFilter,
    )
    sitting: Sitting | None = one(
        "A sitting by its id; null if it does not exist or the caller does not see it.", "Sitting"
    )
    sittings: Connection[Sitting] = many(
        "Sittings of all bodies, the earliest first.",
        order=SITTING_ORDERS,
        filter_type=SittingFilter,
    )
    body_functions: Connection[BodyFunction] = many(
        "Functions of parties in all bodies, past ones included.",
        order=BODY_FUNCTION_ORDERS,
        filter_type=BodyFunctionFilter,
    )
    body_function: BodyFunction | None = one(
        "A function by its id; null if it does not exist or the caller does not see it.", "BodyFunction"
    )
    decisions: Connection[Decision] = many(
        "Decisions of all bodies.", order=DECISION_ORDERS, filter_type=DecisionFilter
    )
    decision: Decision | None = one(
        "A decision by its id; null if it does not exist or the caller does not see it.", "Decision"
    )
