"""Bodies, their mandates, members and functions: what they look like."""

from datetime import date, datetime
from typing import TYPE_CHECKING, Annotated, NamedTuple

import strawberry

from server.domain.bodies import policy, queries
from server.domain.bodies.rules import FunctionFacts
from server.domain.groups import policy as groups
from server.domain.groups.rules.facts import GroupFacts
from server.domain.silence import policy as silence
from server.domain.sittings import policy as convening
from server.models import bodies as tables
from server.schema.acts import AvailableAct, acts_on
from server.schema.lists.bodies import (
    BODY_FUNCTION_ORDERS,
    DECISION_ORDERS,
    SITTING_ORDERS,
    WORKING_BODY_ORDERS,
    BodyFunctionFilter,
    DecisionFilter,
    MembershipFilter,
    SittingFilter,
    WorkingBodyFilter,
)
from server.schema.lists.groups import (
    CONTRIBUTION_ORDERS,
    GROUP_REPORT_ORDERS,
    NOMINATION_ORDERS,
    PROMISE_ORDERS,
    SILENCE_ORDERS,
    ContributionFilter,
    GroupPromiseFilter,
    GroupReportFilter,
    NominationFilter,
    SilenceProcedureFilter,
)
from server.schema.lists.proposals import PROPOSAL_ORDERS, ProposalFilter
from server.schema.lists.rounds import ROUND_ORDERS, RoundFilter
from server.schema.lists.workplan import ACTIVITY_ORDERS, ActivityFilter
from server.schema.parties.types import Delegate, Party
from server.schema.reads.kinds import Node, column, connection, for_delegates, noun, to_one
from server.schema.reads.pages import Connection
from server.schema.reads.roots import many, one
from server.schema.vocabulary import vocabulary
from server.vocabulary.bodies import BodyKind, FunctionKind, Outcome

if TYPE_CHECKING:
    from server.schema.bodies.meetings import Decision, Sitting
    from server.schema.groups.types import Contribution, GroupPromise, GroupReport, Nomination, ReportingLine, Transfer
    from server.schema.proposals.types import Proposal
    from server.schema.rounds.types import Round
    from server.schema.silence.types import SilenceProcedure
    from server.schema.workplan.types import Activity, WorkPlan

for vocabulary_of_bodies in (BodyKind, FunctionKind, Outcome):
    vocabulary(vocabulary_of_bodies)


ON_BODY = (*policy.ON_BODY, *convening.ON_BODY, *silence.ON_BODY, *groups.ON_BODY)
"""The acts that a body offers, of all concepts."""


class InternalFacts(NamedTuple):
    """The facts of a body that are told to delegates only: why it ended, and its days for papers."""

    conclusion: str | None
    document_days: int | None


@noun(tables.Body, queries.visible_bodies)
class WorkingBody(Node):
    """A body of the organization: the Council, a commission, a committee, a working group or an intersessional group.

    Every delegate sees every body, and everybody one that adopted an edition, where the server opens its editions.
    """

    kind: BodyKind = column("What sort of body it is.")
    name: str = column("Full name.")
    short_name: str = column("Short name, such as 'PTC' or 'WGEC', unique among bodies.")
    number: int | None = column(
        "Number of an intersessional group among the groups of its parent; null for other bodies."
    )
    parent: "WorkingBody | None" = to_one(
        "The body that gave this one its mandate; null for a body at the top, and if the caller does not see it."
    )
    successor: "WorkingBody | None" = to_one(
        "The body that carries the work on after this one ended; null if there is none or the caller does not see it."
    )
    concluded_on: date | None = column("Last day of a group whose work is done; null while it goes on.")
    conclusion: str | None = for_delegates(
        "Why the group was ended, in words; null while it goes on, and for callers who speak for no party.",
        "conclusion",
        InternalFacts,
    )
    document_days: int | None = for_delegates(
        "Days before a sitting of the body by which its papers are issued; null where none are set, and for callers "
        "who speak for no party.",
        "document_days",
        InternalFacts,
    )
    revision: int = column("Counts changes from 1; send it back as `expectedRevision` with an act.")
    mandates: Connection["Mandate"] = connection(
        "Mandates of the body, the one that begins first at the front.", on="body_id", order=("starts_on", "id")
    )
    memberships: Connection["Membership"] = connection(
        "Parties that take part or took part, in alphabetical order of their full names.",
        on="body_id",
        order=("party.name_key", "id"),
        filter_type=MembershipFilter,
    )
    functions: Connection["BodyFunction"] = connection(
        "Functions in the body, past ones included, by kind and then by full name of the party.",
        on="body_id",
        order=("kind", "party.name_key", "id"),
        filter_type=BodyFunctionFilter,
    )
    sittings: Connection[Annotated["Sitting", strawberry.lazy("server.schema.bodies.meetings")]] = connection(
        "Sittings of the body.", on="body_id", order=SITTING_ORDERS, filter_type=SittingFilter
    )
    children: Connection["WorkingBody"] = connection(
        "Bodies directly below this one.", on="parent_id", order=WORKING_BODY_ORDERS, filter_type=WorkingBodyFilter
    )
    decisions: Connection[Annotated["Decision", strawberry.lazy("server.schema.bodies.meetings")]] = connection(
        "Decisions of the body at its sittings.",
        on="sitting.body_id",
        order=DECISION_ORDERS,
        filter_type=DecisionFilter,
    )
    rounds: Connection[Annotated["Round", strawberry.lazy("server.schema.rounds.types")]] = connection(
        "Rounds of the body that the caller sees.", on="body_id", order=ROUND_ORDERS, filter_type=RoundFilter
    )
    work_plan: Annotated["WorkPlan", strawberry.lazy("server.schema.workplan.types")] | None = to_one(
        "The work plan of the body; null if it has none or the caller does not see it."
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
    reporting_lines: Connection[Annotated["ReportingLine", strawberry.lazy("server.schema.groups.types")]] = connection(
        "Further bodies that it reports to, past ones included.",
        on="body_id",
        order=("starts_on", "id"),
    )
    nominations: Connection[Annotated["Nomination", strawberry.lazy("server.schema.groups.types")]] = connection(
        "Nominations for functions in it that the caller sees.",
        on="body_id",
        order=NOMINATION_ORDERS,
        filter_type=NominationFilter,
    )
    promises: Connection[Annotated["GroupPromise", strawberry.lazy("server.schema.groups.types")]] = connection(
        "Promises to it that the caller sees.",
        on="body_id",
        order=PROMISE_ORDERS,
        filter_type=GroupPromiseFilter,
    )
    contributions: Connection[Annotated["Contribution", strawberry.lazy("server.schema.groups.types")]] = connection(
        "Contributions to its work that the caller sees.",
        on="body_id",
        order=CONTRIBUTION_ORDERS,
        filter_type=ContributionFilter,
    )
    reports: Connection[Annotated["GroupReport", strawberry.lazy("server.schema.groups.types")]] = connection(
        "Reports of it that the caller sees.",
        on="body_id",
        order=GROUP_REPORT_ORDERS,
        filter_type=GroupReportFilter,
    )
    transfers: Connection[Annotated["Transfer", strawberry.lazy("server.schema.groups.types")]] = connection(
        "Open items that went to its successor and that the caller sees.",
        on="body_id",
        order=("transferred_at", "id"),
    )
    received_transfers: Connection[Annotated["Transfer", strawberry.lazy("server.schema.groups.types")]] = connection(
        "Open items that came from bodies before it and that the caller sees.",
        on="successor_id",
        order=("transferred_at", "id"),
    )
    silences: Connection[Annotated["SilenceProcedure", strawberry.lazy("server.schema.silence.types")]] = connection(
        "Silence procedures of it that the caller sees.",
        on="body_id",
        order=SILENCE_ORDERS,
        filter_type=SilenceProcedureFilter,
    )
    available_acts: list[AvailableAct] = acts_on("body", ON_BODY, GroupFacts)


@noun(tables.Mandate, queries.visible_takings_part)
class Mandate(Node):
    """A mandate of a body: what it was asked to do and for how long. An extension is a further mandate."""

    terms: str = column("The terms of reference in short.")
    starts_on: date = column("First day of the mandate.")
    ends_on: date | None = column("Last day of the mandate; null if no end is set.")
    reason: str | None = column("Why the mandate before was extended by this one; null for the first one.")
    recorded_at: datetime | None = column("Instant of recording; null for one that came with the database.")


@noun(tables.Membership, queries.visible_takings_part)
class Membership(Node):
    """The membership of one party in one body, with its days. Every delegate sees it."""

    body: WorkingBody = to_one("The body that the party takes part in.", implied=True)
    party: Party = to_one("The party that takes part.", implied=True)
    joined_on: date = column("Day on which the party joined.")
    left_on: date | None = column("Day on which the party left; null while it takes part.")


@noun(tables.Function, queries.visible_takings_part)
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
    body_functions: Connection[BodyFunction] = many(
        "Functions of parties in all bodies, past ones included.",
        order=BODY_FUNCTION_ORDERS,
        filter_type=BodyFunctionFilter,
    )
    body_function: BodyFunction | None = one(
        "A function by its id; null if it does not exist or the caller does not see it.", "BodyFunction"
    )
