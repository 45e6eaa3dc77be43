"""Work plans, topics and activities: what they look like."""

from datetime import date, datetime

import strawberry

from server.domain.workplan import policy, queries, rules
from server.domain.workplan.rules import ActivityFacts, BaselineFacts, ItemFacts, PeriodFacts
from server.kernel.acts import verdicts
from server.models import workplan as tables
from server.schema.acts import AvailableAct
from server.schema.bodies.types import Body
from server.schema.parties.types import Delegate, Party
from server.schema.reads.kinds import Filter, Node, batch, column, computed, connection, noun, to_one
from server.schema.reads.pages import Connection
from server.schema.reads.roots import many, one
from server.schema.vocabulary import vocabulary
from server.vocabulary.bodies import FunctionKind
from server.vocabulary.workplan import ActivityStatus, ActivityTiming

for vocabulary_of_work_plans in (ActivityStatus, ActivityTiming):
    vocabulary(vocabulary_of_work_plans)


@noun(tables.WorkPlan, queries.visible_work_plans)
class WorkPlan(Node):
    """The plan of work of one body, read from a paper."""

    title: str = column("Title.")
    body: Body = to_one("The body whose plan it is.", implied=True)
    source_name: str = column("Name of the paper it was last read from.")
    source_digest: str = column("SHA-256 of that paper.")
    imported_at: datetime | None = column("When that paper was read.")
    activity_count: int = batch("Activities in the plan.", queries.activities_per_plan, 0)
    overdue_count: int = batch("Activities that are overdue now.", queries.overdue_per_plan, 0)
    items: Connection["WorkItem"] = connection(
        "Topics in the order of the paper.", on="plan_id", order=("number", "id")
    )


@noun(tables.WorkItem, queries.visible_work_items)
class WorkItem(Node):
    """A topic of a work plan."""

    plan: WorkPlan = to_one("The plan.", implied=True)
    number: int = column("Number in the paper.")
    title: str = column("Title.")
    body: Body | None = to_one("The group the topic was given to, if it was.", implied=True)
    version: int = column("Counts changes; send it back as `expectedVersion`.")
    activities: Connection["Activity"] = connection(
        "Steps in the order of the paper.", on="work_item_id", order=("position", "id")
    )
    available_acts: list[AvailableAct] = computed(
        "What the caller may do with this topic, and if not, why not and from when.",
        lambda actor, facts, now: verdicts(policy.ON_ITEM, actor, facts, now),
        ItemFacts,
    )


@strawberry.type(description="A stretch of calendar days, both ends included; null is an open end.")
class Period:
    """Built from the columns of the activity."""

    earliest: date | None = strawberry.field(description="First day, null while it is open.")
    latest: date | None = strawberry.field(description="Last day, null while it is open.")
    label: str = strawberry.field(description="As printed, such as 'March/April 2019'; empty where nothing is printed.")


@noun(tables.Activity, queries.visible_activities)
class Activity(Node):
    """A step of a topic, with those responsible and a period."""

    work_item: WorkItem = to_one("The topic.", implied=True)
    position: int = column("Place within the topic, from 1.")
    description: str = column("What is to be done.")
    remarks: str = column("Remarks as printed.")
    period: Period = computed("When it is to be done, as planned now.", lambda _, facts, now: facts, PeriodFacts)
    baseline: Period = computed(
        "When it was to be done in the paper; never changes.", lambda _, facts, now: facts, BaselineFacts
    )
    status: ActivityStatus = column("What people said about it.")
    timing: ActivityTiming = computed(
        "What the calendar says of it today (UTC).",
        lambda _, facts, now: rules.timing_of(facts, rules.today_of(now)),
        ActivityFacts,
    )
    slip_days: int = computed(
        "Days by which the latest day has moved from the baseline; negative if earlier, 0 where either is not dated.",
        lambda _, facts, now: rules.slip_days_of(facts),
        ActivityFacts,
    )
    responsibles: Connection["Responsible"] = connection(
        "Who is responsible, in the order of the paper.", on="activity_id", order=("position", "id")
    )
    redatings: Connection["Redating"] = connection(
        "Every re-dating with its reason, oldest first.", on="activity_id", order=("redated_at", "id")
    )
    evidence_id: strawberry.ID | None = column(
        "The issued version, decision or completed round that shows it done; null until then."
    )
    settled_at: datetime | None = column("When it was declared done or dropped.")
    version: int = column("Counts changes; send it back as `expectedVersion`.")
    available_acts: list[AvailableAct] = computed(
        "What the caller may do with this activity, and if not, why not and from when.",
        lambda actor, facts, now: verdicts(policy.ON_ACTIVITY, actor, facts, now),
        ActivityFacts,
    )


@noun(tables.Responsible, queries.visible_responsibles)
class Responsible(Node):
    """One of those responsible for an activity. A printed label that names two parties makes two of these."""

    position: int = column("Place among those responsible, from 1.")
    label: str = column("As printed.")
    party: Party | None = to_one("The party it names, if it does.", implied=True)
    body: Body | None = to_one("The body it names, if it does.", implied=True)
    function: FunctionKind | None = column("The function it names, if it does; whoever holds it is meant.")


@noun(tables.Redating, queries.visible_redatings)
class Redating(Node):
    """One change of an activity's period."""

    label_before: str = column("Period before, as printed.")
    latest_before: date | None = column("Latest day before.")
    label_after: str = column("Period after, as printed.")
    latest_after: date | None = column("Latest day after.")
    reason: str = column("Why.")
    redated_by: Delegate = to_one("Who re-dated it.", implied=True)
    redated_at: datetime = column("When.")


@strawberry.input(description="Which activities to list.")
class ActivityFilter:
    """Filter of `activities`."""

    plan_id: strawberry.ID | None = strawberry.field(default=strawberry.UNSET, description="Only of this plan.")
    work_item_id: strawberry.ID | None = strawberry.field(default=strawberry.UNSET, description="Only of this topic.")
    group_id: strawberry.ID | None = strawberry.field(
        default=strawberry.UNSET, description="Only of topics given to this group."
    )
    status: ActivityStatus | None = strawberry.field(default=strawberry.UNSET, description="Only in this state.")
    timing: ActivityTiming | None = strawberry.field(
        default=strawberry.UNSET, description="Only those of which the calendar says this now, such as OVERDUE."
    )
    responsible_party_id: strawberry.ID | None = strawberry.field(
        default=strawberry.UNSET, description="Only those that name this party as responsible."
    )


@strawberry.type
class WorkPlanQueries:
    """Root fields about work plans."""

    work_plan: WorkPlan | None = one("A work plan by its id.", "WorkPlan")
    work_plans: Connection[WorkPlan] = many("Work plans by title.", order=("title", "id"))
    work_item: WorkItem | None = one("A topic by its id.", "WorkItem")
    activity: Activity | None = one("An activity by its id.", "Activity")
    activities: Connection[Activity] = many(
        "Activities in the order of their plans.",
        order=("work_item.plan.title", "work_item.plan_id", "work_item.number", "position", "id"),
        filter_type=ActivityFilter,
        filters={
            "planId": Filter("work_item.plan_id"),
            "workItemId": Filter("work_item_id"),
            "groupId": Filter("work_item.body_id"),
            "status": Filter("status"),
            "timing": Filter(condition=queries.in_timing),
            "responsiblePartyId": Filter(condition=queries.is_responsible),
        },
    )
