"""Work plans, topics and activities: what they look like."""

from datetime import date, datetime
from typing import Annotated

import strawberry

from server.domain.planning import policy as planning
from server.domain.workplan import policy, queries, rules
from server.domain.workplan.rules import ActivityFacts, BaselineFacts, ItemFacts, PeriodFacts, PlanFacts
from server.kernel.actor import Actor
from server.models import workplan as tables
from server.schema.acts import AvailableAct, acts_on
from server.schema.bodies.meetings import Decision
from server.schema.bodies.types import WorkingBody
from server.schema.lists.workplan import ACTIVITY_ORDERS, WORK_PLAN_ORDERS, ActivityFilter, WorkPlanFilter
from server.schema.parties.types import Delegate, Party
from server.schema.reads.kinds import Node, batch, column, computed, connection, noun, to_any, to_one
from server.schema.reads.pages import Connection
from server.schema.reads.roots import many, one
from server.schema.rounds.types import Round
from server.schema.scalars import Digest
from server.schema.silence.types import SilenceProcedure
from server.schema.texts.types import TextVersion
from server.schema.vocabulary import vocabulary
from server.vocabulary.bodies import FunctionKind
from server.vocabulary.workplan import ActivityStatus, ActivityTiming

for vocabulary_of_work_plans in (ActivityStatus, ActivityTiming):
    vocabulary(vocabulary_of_work_plans)

Evidence = Annotated[
    TextVersion | Decision | SilenceProcedure | Round,
    strawberry.union("Evidence", description="What can show that an activity is done."),
]


@noun(tables.WorkPlan, queries.visible_work_plans)
class WorkPlan(Node):
    """The work plan of one body, read from a paper. Every delegate sees it."""

    title: str = column("Title of the plan.")
    body: WorkingBody = to_one("The body that the plan is for.", implied=True)
    source_name: str | None = column(
        "Name of the paper it was last read from; null if no name was given.", or_null=True
    )
    source_digest: Digest | None = column("SHA-256 of that paper; null if none was read.", or_null=True)
    imported_at: datetime | None = column("Instant at which that paper was read; null if none was.")
    decided_on: date | None = column("Day on which the body agreed on the plan; null if nobody said so.")
    closed_at: datetime | None = column("Instant at which the next plan took over what was open; null until then.")
    follows: "WorkPlan | None" = to_one("The plan whose open work it took over; null if none.")
    revision: int = column("Counts changes from 1; send it back as `expectedRevision` with an act.")
    activity_count: int = batch("Number of activities in the plan.", queries.activities_per_plan, 0)
    overdue_count: int = batch("Number of activities that are overdue today (UTC).", queries.overdue_per_plan, 0)
    items: Connection["WorkItem"] = connection(
        "Topics of the plan by number, which is the order of the paper.", on="plan_id", order=("number", "id")
    )
    activities: Connection["Activity"] = connection(
        "Activities of all topics of the plan.",
        on="work_item.plan_id",
        order=ACTIVITY_ORDERS,
        filter_type=ActivityFilter,
    )
    available_acts: list[AvailableAct] = acts_on("plan", (*policy.ON_PLAN, *planning.ON_PLAN), PlanFacts)


@noun(tables.WorkItem, queries.visible_work_items)
class WorkItem(Node):
    """A topic of a work plan, with its activities. Every delegate sees it."""

    plan: WorkPlan = to_one("The plan it belongs to.", implied=True)
    number: int = column("Number of the topic in the paper.")
    title: str = column("Title of the topic.")
    body: WorkingBody | None = to_one(
        "The intersessional group that the topic was given to; null if it was given to none.", implied=True
    )
    revision: int = column("Counts changes from 1; send it back as `expectedRevision` with an act.")
    dropped_at: datetime | None = column("Instant at which it was given up; null while it stands.")
    drop_reason: str | None = column("Why it was given up; null while it stands.")
    carried_from: "WorkItem | None" = to_one("The topic of the plan before that goes on here; null if none does.")
    activities: Connection["Activity"] = connection(
        "Activities of the topic in the order of the paper.", on="work_item_id", order=("position", "id")
    )
    available_acts: list[AvailableAct] = acts_on("topic", policy.ON_ITEM, ItemFacts)


@strawberry.type(description="A stretch of calendar days, both ends included.")
class Period:
    """Built from the columns of the activity."""

    earliest_on: date | None = strawberry.field(description="First day; null if the beginning is open.")
    latest_on: date | None = strawberry.field(description="Last day; null if the end is open.")
    label: str | None = strawberry.field(
        description="Period as printed, such as 'March/April 2019'; null if nothing is printed."
    )


def period_of(_: Actor, facts: PeriodFacts | BaselineFacts, __: datetime) -> Period:
    """Return a period as printed and in days."""
    return Period(earliest_on=facts.earliest, latest_on=facts.latest, label=facts.label or None)


@noun(tables.Activity, queries.visible_activities)
class Activity(Node):
    """A step of a topic, with those responsible and a period. Every delegate sees it."""

    work_item: WorkItem = to_one("The topic it belongs to.", implied=True)
    position: int = column("Place within the topic, from 1.")
    description: str = column("What is to be done.")
    remarks: str | None = column("Remarks as printed; null if there are none.", or_null=True)
    period: Period = computed("When it is to be done, as planned now.", period_of, PeriodFacts)
    baseline: Period = computed(
        "When it was to be done according to the paper; never changes.", period_of, BaselineFacts
    )
    status: ActivityStatus = column("What people reported about it; `timing` says what the calendar makes of it.")
    timing: ActivityTiming = computed(
        "Where it stands today by the calendar (UTC).",
        lambda _, facts, now: rules.timing_of(facts, rules.today_of(now)),
        ActivityFacts,
    )
    slip_days: int = computed(
        "Days by which it is or was later than the last day of `baseline`; negative if earlier, 0 if there is none. It "
        "ends on the day on which it was declared done, today (UTC) while it is overdue, otherwise as planned.",
        lambda _, facts, now: rules.slip_days_of(facts, rules.today_of(now)),
        ActivityFacts,
    )
    days_late: int = computed(
        "Days by which it is or was later than the last day of `period`: on the day on which it was declared done, or "
        "today (UTC); 0 if it is not late, or has no last day.",
        lambda _, facts, now: rules.days_late_of(facts, rules.today_of(now)),
        ActivityFacts,
    )
    overdue_days: int = computed(
        "Days since the last day of `period`, while it is overdue; otherwise 0. Today is that of UTC.",
        lambda _, facts, now: rules.overdue_days_of(facts, rules.today_of(now)),
        ActivityFacts,
    )
    responsibles: Connection["Responsible"] = connection(
        "Those responsible, in the order of the paper.", on="activity_id", order=("position", "id")
    )
    redatings: Connection["Redating"] = connection(
        "Changes of the period, the earliest first.", on="activity_id", order=("redated_at", "id")
    )
    evidence: Evidence | None = to_any(
        "The issued version, decision, also one by silence, or completed round that shows it done; null unless the "
        "status is DONE, and if the caller does not see it.",
        "evidence_id",
    )
    settled_at: datetime | None = column(
        "Instant at which it was declared done, dropped or carried over; null until then."
    )
    drop_reason: str | None = column("Why it was dropped; null if it was not, or was before reasons were shown here.")
    blocked_by: str | None = column("What it waits for, in words; null if it waits for nothing.")
    blocker: Node | None = to_any(
        "What it waits for; null if that is not on record, and if the caller does not see it.", "blocked_by_id"
    )
    blocked_at: datetime | None = column("Instant at which it was said to wait; null if it waits for nothing.")
    carried_from: "Activity | None" = to_one("The activity of the plan before that goes on here; null if none does.")
    revision: int = column("Counts changes from 1; send it back as `expectedRevision` with an act.")
    available_acts: list[AvailableAct] = acts_on("activity", policy.ON_ACTIVITY, ActivityFacts)


@noun(tables.Responsible, queries.visible_responsibles)
class Responsible(Node):
    """One of those responsible for an activity. A printed label with two parties is two of these."""

    position: int = column("Place among those responsible, from 1.")
    label: str = column("Label as printed.")
    party: Party | None = to_one("The party that the label names; null if it names none.", implied=True)
    body: WorkingBody | None = to_one("The body that the label names; null if it names none.", implied=True)
    function: FunctionKind | None = column(
        "The function that the label names, meaning those who hold it; null if it names none."
    )


@noun(tables.Redating, queries.visible_redatings)
class Redating(Node):
    """One change of the period of an activity. Every delegate sees it."""

    old_label: str | None = column("Period before, as printed; null if nothing was.", "label_before", or_null=True)
    old_latest_on: date | None = column("Last day before; null if the end was open.", "latest_before")
    new_label: str = column("Period after, as printed.", "label_after")
    new_latest_on: date | None = column("Last day after; null if the end is open.", "latest_after")
    reason: str = column("Why the period was changed.")
    redated_by: Delegate = to_one("The delegate who changed it.", implied=True)
    redated_at: datetime = column("Instant of the change.")


@strawberry.type
class WorkPlanQueries:
    """Root fields about work plans."""

    work_plan: WorkPlan | None = one(
        "A work plan by its id; null if it does not exist or the caller does not see it.", "WorkPlan"
    )
    work_plans: Connection[WorkPlan] = many(
        "Work plans in alphabetical order of their titles.",
        order=WORK_PLAN_ORDERS,
        filter_type=WorkPlanFilter,
    )
    work_item: WorkItem | None = one(
        "A topic by its id; null if it does not exist or the caller does not see it.", "WorkItem"
    )
    activity: Activity | None = one(
        "An activity by its id; null if it does not exist or the caller does not see it.", "Activity"
    )
    activities: Connection[Activity] = many(
        "Activities by title of the plan, then in the order of the paper.",
        order=ACTIVITY_ORDERS,
        filter_type=ActivityFilter,
    )
