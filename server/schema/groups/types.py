"""Nominations, promises, contributions and reports of groups, reporting lines and transfers: what they look like."""

from datetime import date, datetime

import strawberry

from server.domain.groups import policy, queries
from server.domain.groups.rules.facts import LineFacts, NominationFacts, PromiseFacts, ReportFacts, TimingFacts
from server.domain.groups.rules.promises import timing_of
from server.models import groups as tables
from server.models import sittings
from server.schema.acts import AvailableAct, acts_on
from server.schema.bodies.meetings import Sitting
from server.schema.bodies.types import BodyFunction, WorkingBody
from server.schema.lists.groups import NOMINATION_ORDERS, PROMISE_ORDERS, GroupPromiseFilter, NominationFilter
from server.schema.parties.types import Delegate, Party
from server.schema.reads.kinds import Node, column, computed, noun, to_any, to_one
from server.schema.reads.pages import Connection
from server.schema.reads.roots import many, one
from server.schema.scalars import TimeZone
from server.schema.texts.types import TextVersion
from server.schema.vocabulary import vocabulary
from server.vocabulary.bodies import FunctionKind
from server.vocabulary.groups import GroupReportStatus, NominationStatus, PromiseStatus, PromiseTiming

for vocabulary_of_groups in (NominationStatus, PromiseStatus, PromiseTiming, GroupReportStatus):
    vocabulary(vocabulary_of_groups)

REVISION = "Counts changes from 1; send it back as `expectedRevision` with an act."


@noun(tables.Nomination, queries.visible_nominations)
class Nomination(Node):
    """A party named for a function in a group. Those inside the group and above it see it, and the party named."""

    body: WorkingBody = to_one("The group.", implied=True)
    party: Party = to_one("The party named, of any capacity.", implied=True)
    kind: FunctionKind = column("Which function it is.")
    delegate: Delegate | None = to_one(
        "The delegate whom the party would send; null for any of its delegates.", implied=True
    )
    starts_on: date = column("First day of the function.")
    ends_on: date | None = column("Last day of the function; null if no end is set.")
    status: NominationStatus = column("Where it stands.")
    nominated_by: Delegate = to_one("The delegate who named the party.", implied=True)
    nominated_at: datetime = column("Instant at which the party was named.")
    answer: str | None = column("Why the party declined; null if it did not.", or_null=True)
    answered_by: Delegate | None = to_one("The delegate who answered for the party; null until then.", implied=True)
    answered_at: datetime | None = column("Instant of the answer; null until then.")
    function: BodyFunction | None = to_one("The function, once the body above agreed; null until then.", implied=True)
    settled_at: datetime | None = column("Instant at which it came to its end; null until then.")
    revision: int = column(REVISION)
    available_acts: list[AvailableAct] = acts_on("nomination", policy.ON_NOMINATION, NominationFacts)


@noun(tables.Promise, queries.visible_promises)
class GroupPromise(Node):
    """What a party promised to a group, or is asked for, by an instant. Those inside the group and above it see it."""

    body: WorkingBody = to_one("The group.", implied=True)
    party: Party = to_one("The party that promises.", implied=True)
    text: str = column("What is promised, in a few words.")
    due_at: datetime = column("Last instant; at it the promise is overdue.")
    zone: TimeZone = column("Time zone in which that was said.")
    status: PromiseStatus = column("Where it stands.")
    timing: PromiseTiming = computed(
        "How it stands to its last instant, by the server's clock.",
        lambda _, facts, now: timing_of(facts, now),
        TimingFacts,
    )
    entered_by: Delegate = to_one("The delegate who asked for it or promised it.", implied=True)
    entered_at: datetime = column("Instant at which it was asked for or promised.")
    answered_by: Delegate | None = to_one("The delegate who answered for the party; null until then.", implied=True)
    answered_at: datetime | None = column("Instant of the answer; null until then.")
    settled_at: datetime | None = column("Instant at which it was kept, declined or handed back; null until then.")
    reason: str | None = column("Why it was declined or handed back; null if it was not.", or_null=True)
    evidence: Node | None = to_any("The contribution by which it was kept; null if none is named.", "evidence_id")
    nudged_at: datetime | None = column("Instant at which the party was nudged; null if it was not.")
    nudged_by: Delegate | None = to_one("The delegate who nudged the party; null if nobody did.", implied=True)
    revision: int = column(REVISION)
    available_acts: list[AvailableAct] = acts_on("promise", policy.ON_PROMISE, PromiseFacts)


@noun(tables.Contribution, queries.visible_contributions)
class Contribution(Node):
    """What a party gave to the work of a group. It never changes; those inside the group and above it see it."""

    body: WorkingBody = to_one("The group.", implied=True)
    party: Party = to_one("The party that contributes.", implied=True)
    title: str = column("Title, at most 300 characters.")
    text: str = column("In words, at most 20,000 characters.")
    text_version: TextVersion | None = to_one(
        "The version of a text that it is about; null if none is named.", implied=True
    )
    contributed_by: Delegate = to_one("The delegate who contributed for the party.", implied=True)
    contributed_at: datetime = column("Instant of the contribution.")


@noun(tables.GroupReport, queries.visible_reports)
class GroupReport(Node):
    """The report of a group: those who lead it write it, then all who take part see it, and once adopted everybody."""

    body: WorkingBody = to_one("The group.", implied=True)
    title: str = column("Title, at most 300 characters.")
    text: str = column("The report, at most 20,000 characters; fixed once it is circulated.")
    status: GroupReportStatus = column("Where it stands.")
    drafted_by: Delegate = to_one("The delegate who began it.", implied=True)
    drafted_at: datetime = column("Instant at which it was begun.")
    circulated_at: datetime | None = column("Instant at which it went to all who take part; null until then.")
    adopted_at: datetime | None = column("Instant at which its adoption was recorded; null until then.")
    sitting: Sitting | None = to_one("The sitting at which it was adopted; null if none is named.", implied=True)
    revision: int = column(REVISION)
    available_acts: list[AvailableAct] = acts_on("report", policy.ON_REPORT, ReportFacts)


@noun(sittings.ReportingLine, queries.visible_lines)
class ReportingLine(Node):
    """A further body that a body reports to, and on what. Every delegate sees it."""

    body: WorkingBody = to_one("The body that reports.", implied=True)
    superior: WorkingBody = to_one("The body that it reports to.", implied=True)
    topic: str = column("What it reports on, such as 'policy'.")
    starts_on: date = column("First day.")
    ended_on: date | None = column("Last day; null while it goes on.")
    available_acts: list[AvailableAct] = acts_on("reporting line", policy.ON_LINE, LineFacts)


@noun(sittings.Transfer, queries.visible_transfers)
class Transfer(Node):
    """One open item that went from a body to its successor, and why. Every delegate sees it who sees the item."""

    body: WorkingBody = to_one("The body that it came from.", implied=True)
    successor: WorkingBody = to_one("The body that it went to.", implied=True)
    item: Node | None = to_any(
        "The round, call, silence procedure, topic, activity, milestone, proposal or promise; null if it is not there "
        "any more.",
        "item_id",
    )
    reason: str = column("Why it went over.")
    transferred_by: Delegate = to_one("The delegate who handed it over.", implied=True)
    transferred_at: datetime = column("Instant at which it went over.")


@strawberry.type
class GroupQueries:
    """Root fields about the work of groups."""

    nomination: Nomination | None = one(
        "A nomination by its id; null if it does not exist or the caller does not see it.", "Nomination"
    )
    nominations: Connection[Nomination] = many(
        "Nominations that the caller sees, the earliest first.", order=NOMINATION_ORDERS, filter_type=NominationFilter
    )
    group_promise: GroupPromise | None = one(
        "A promise by its id; null if it does not exist or the caller does not see it.", "GroupPromise"
    )
    group_promises: Connection[GroupPromise] = many(
        "Promises that the caller sees, the one that is due first at the front.",
        order=PROMISE_ORDERS,
        filter_type=GroupPromiseFilter,
    )
    contribution: Contribution | None = one(
        "A contribution by its id; null if it does not exist or the caller does not see it.", "Contribution"
    )
    group_report: GroupReport | None = one(
        "The report of a group by its id; null if it does not exist or the caller does not see it.", "GroupReport"
    )
