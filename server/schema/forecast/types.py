"""What becomes of work plans: plain values, computed at each request from what is planned and done."""

from datetime import date
from typing import NamedTuple

import strawberry

from server.domain.forecast.rules.health import Tally
from server.schema.bodies.meetings import Sitting
from server.schema.bodies.types import WorkingBody
from server.schema.planning.types import Step
from server.schema.reads.kinds import edge
from server.schema.vocabulary import vocabulary
from server.schema.workplan.types import WorkPlan
from server.vocabulary.forecast import BackStep, GroupState, MissKind

for vocabulary_of_forecasts in (GroupState, MissKind, BackStep):
    vocabulary(vocabulary_of_forecasts)


@strawberry.type(description="How an activity or milestone stands, as things are today.")
class StepOutlook:
    """The GraphQL form of `server.domain.forecast.rules.outlooks.StepOutlook`."""

    step: Step | None = edge("The activity or milestone.", "step_id")
    plan: WorkPlan | None = edge("The plan that it belongs to.", "plan_id")
    planned_on: date | None = strawberry.field(description="Last day as planned now; null if it has none.")
    expected_on: date | None = strawberry.field(
        description="Last day that is to be expected, because of what is overdue or moved; null if nothing is known."
    )
    delay: int = strawberry.field(
        name="delayDays",
        description="Days by which it is expected to end later than planned; negative if it moves forward.",
    )
    slip: int | None = strawberry.field(
        name="slipDays",
        description="Days by which it ends later than first planned, as `Activity.slipDays`; null where either has no "
        "last day.",
    )
    left: int | None = strawberry.field(
        name="floatDays",
        description="Days by which it can still end later until the sitting is missed, negative if it is late; null "
        "for what does not lead there, and for what stands there itself.",
    )
    is_at_risk: bool = strawberry.field(
        description="Whether it ends too late for a sitting, or waits for something that does."
    )
    cause: Step | None = edge("The step that its delay comes from; null if it has none or its own.", "cause_id")


@strawberry.type(description="An activity or milestone that misses its day.")
class PlanMiss:
    """The GraphQL form of `server.domain.forecast.rules.outlooks.Miss`."""

    kind: MissKind = strawberry.field(description="How it misses its day.")
    step: Step | None = edge("The activity or milestone that is missed.", "step_id")
    due_on: date = strawberry.field(description="The day that is missed: of the sitting or of its document deadline.")
    days: int = strawberry.field(
        name="lateDays", description="Days by which it is missed; 0 if it waits for another that is missed."
    )
    cause: Step | None = edge("The activity or milestone that comes too late.", "cause_id")
    sitting: Sitting | None = edge("The sitting that it is meant for; null if that is a round.", "sitting_id")
    group: WorkingBody | None = edge("The group that has its topic; the body of the plan if none has.", "group_id")


@strawberry.type(description="How many activities and milestones there are, and how those that are open stand.")
class PlanTally:
    """The GraphQL form of `server.domain.forecast.rules.health.Tally`."""

    state: GroupState = strawberry.field(description="How the work stands, in one word.")
    settled: int = strawberry.field(name="settledCount", description="Number that are done or given up.")
    open: int = strawberry.field(name="openCount", description="Number that are open.")
    undated: int = strawberry.field(name="undatedCount", description="Number of open ones without a last day.")
    overdue: int = strawberry.field(
        name="overdueCount", description="Number of open ones of which the last day has passed."
    )
    due_soon: int = strawberry.field(
        name="dueSoonCount", description="Number of open ones that are due today or within two weeks."
    )
    blocked: int = strawberry.field(
        name="blockedCount", description="Number of open ones that wait for something outside of the plan."
    )
    slipped: int = strawberry.field(
        name="slippedCount", description="Number of open ones that end later than first planned."
    )
    at_risk: int = strawberry.field(
        name="atRiskCount", description="Number of open ones that end too late for a sitting as things stand."
    )


class GroupTally(NamedTuple):
    """The counts of one group."""

    body_id: str
    tally: Tally


@strawberry.type(description="How the work of a group stands: counts and one word, without naming anybody.")
class GroupHealth:
    """The GraphQL form of `GroupTally`."""

    body_id: strawberry.Private[str]
    group: WorkingBody | None = edge(
        "The group that has the topics; the body of the plan for topics that no group has.", "body_id"
    )
    tally: PlanTally = strawberry.field(description="The counts.")
