"""Acts on work plans, topics and activities: inputs, facts and mutations."""

from datetime import date
from functools import partial

import strawberry

from server.domain.workplan import policy
from server.domain.workplan.actions import importing, tracking
from server.domain.workplan.actions.importing import AGREED_ON
from server.schema.acts import act_field, key_field, version_field
from server.schema.reads.roots import fact
from server.schema.workplan.types import Activity, WorkItem, WorkPlan

ACTIVITY_ID = "The activity."


@strawberry.input(description="A paper with a work plan and a chart of intersessional groups.")
class ImportWorkPlanInput:
    """Input of `importWorkPlan`."""

    idempotency_key: str = key_field()
    markdown: str = strawberry.field(
        description="The paper: a table of topics and activities, and a table of groups with their parties."
    )
    source_name: str = strawberry.field(default="", description="Name of the paper.")
    body_short_name: str = strawberry.field(default="WGEC", description="Short name of the body whose plan it is.")
    parent_short_name: str = strawberry.field(
        default="PTC", description="Short name of its parent, used if the body is new."
    )
    title: str = strawberry.field(default="", description="Title of a new plan; named after the body if empty.")
    decided_on: date = strawberry.field(
        default=AGREED_ON, description="Day from which new coordinators and members count."
    )


@strawberry.input(description="A topic that is given to a group.")
class AssignWorkItemInput:
    """Input of `assignWorkItem`."""

    idempotency_key: str = key_field()
    work_item_id: strawberry.ID = strawberry.field(description="The topic.")
    body_id: strawberry.ID | None = strawberry.field(
        default=None, description="An intersessional group of the plan's body; null takes the topic back."
    )
    expected_version: int = version_field()


@strawberry.input(description="An activity that has begun.")
class StartActivityInput:
    """Input of `startActivity`."""

    idempotency_key: str = key_field()
    activity_id: strawberry.ID = strawberry.field(description=ACTIVITY_ID)
    expected_version: int = version_field()


@strawberry.input(description="Another period for an activity.")
class RedateActivityInput:
    """Input of `redateActivity`."""

    idempotency_key: str = key_field()
    activity_id: strawberry.ID = strawberry.field(description=ACTIVITY_ID)
    period: str = strawberry.field(description="As printed: 'May 2019', 'March/April 2019', 'Q3 2019', 'until 2020'.")
    reason: str = strawberry.field(description="Why; everybody sees it.")
    expected_version: int = version_field()


@strawberry.input(description="An activity that is done.")
class CompleteActivityInput:
    """Input of `completeActivity`."""

    idempotency_key: str = key_field()
    activity_id: strawberry.ID = strawberry.field(description=ACTIVITY_ID)
    evidence_id: strawberry.ID = strawberry.field(
        description="An issued version, a recorded decision or a completed round."
    )
    expected_version: int = version_field()


@strawberry.input(description="An activity that is given up.")
class DropActivityInput:
    """Input of `dropActivity`."""

    idempotency_key: str = key_field()
    activity_id: strawberry.ID = strawberry.field(description=ACTIVITY_ID)
    reason: str = strawberry.field(description="Why; it goes into the journal.")
    expected_version: int = version_field()


@strawberry.type
class _ActivityFact:
    subject_id: strawberry.Private[str]
    activity: Activity | None = fact("The activity as it stands now.", "Activity")


@strawberry.type(description="A work plan was read.")
class WorkPlanImported:
    """Fact of `importWorkPlan`."""

    subject_id: strawberry.Private[str]
    work_plan: WorkPlan | None = fact("The plan as it stands now.", "WorkPlan")


@strawberry.type(description="A topic was given to a group or taken back.")
class WorkItemAssigned:
    """Fact of `assignWorkItem`."""

    subject_id: strawberry.Private[str]
    work_item: WorkItem | None = fact("The topic as it stands now.", "WorkItem")


@strawberry.type(description="An activity has begun.")
class ActivityStarted(_ActivityFact):
    """Fact of `startActivity`."""


@strawberry.type(description="An activity has another period.")
class ActivityRedated(_ActivityFact):
    """Fact of `redateActivity`."""


@strawberry.type(description="An activity is done.")
class ActivityCompleted(_ActivityFact):
    """Fact of `completeActivity`."""


@strawberry.type(description="An activity was given up.")
class ActivityDropped(_ActivityFact):
    """Fact of `dropActivity`."""


@strawberry.type
class WorkPlanMutations:
    """Acts on work plans, topics and activities."""

    import_work_plan = act_field(
        policy.import_work_plan,
        "Read a paper into the work plan and the intersessional groups of a body; nothing is overwritten.",
        ImportWorkPlanInput,
        WorkPlanImported,
        lambda input: partial(
            importing.import_work_plan,
            markdown=input.markdown,
            source_name=input.source_name,
            body_short_name=input.body_short_name,
            parent_short_name=input.parent_short_name,
            title=input.title,
            decided_on=input.decided_on,
        ),
    )
    assign_work_item = act_field(
        policy.assign_work_item,
        "Give a topic to a group, so that its coordinators may track it.",
        AssignWorkItemInput,
        WorkItemAssigned,
        lambda input: partial(
            tracking.assign_work_item,
            work_item_id=input.work_item_id,
            body_id=input.body_id,
            expected_version=input.expected_version,
        ),
    )
    start_activity = act_field(
        policy.start_activity,
        "Say that an activity has begun.",
        StartActivityInput,
        ActivityStarted,
        lambda input: partial(
            tracking.start_activity, activity_id=input.activity_id, expected_version=input.expected_version
        ),
    )
    redate_activity = act_field(
        policy.redate_activity,
        "Give an activity another period, with a reason; the baseline stays.",
        RedateActivityInput,
        ActivityRedated,
        lambda input: partial(
            tracking.redate_activity,
            activity_id=input.activity_id,
            period=input.period,
            reason=input.reason,
            expected_version=input.expected_version,
        ),
    )
    complete_activity = act_field(
        policy.complete_activity,
        "Declare an activity done, with evidence.",
        CompleteActivityInput,
        ActivityCompleted,
        lambda input: partial(
            tracking.complete_activity,
            activity_id=input.activity_id,
            evidence_id=input.evidence_id,
            expected_version=input.expected_version,
        ),
    )
    drop_activity = act_field(
        policy.drop_activity,
        "Give an activity up, with a reason; it stays in the plan.",
        DropActivityInput,
        ActivityDropped,
        lambda input: partial(
            tracking.drop_activity,
            activity_id=input.activity_id,
            reason=input.reason,
            expected_version=input.expected_version,
        ),
    )
