"""Acts on work plans, topics and activities."""

import strawberry

from server.domain.workplan import policy
from server.domain.workplan.actions import importing, tracking
from server.schema.mutations import act_field
from server.schema.reads.roots import fact
from server.schema.workplan.types import Activity, WorkItem, WorkPlan

ACTIVITY_ID = "The activity."


@strawberry.type
class WorkPlanFact:
    """What every fact about a work plan shows."""

    subject_id: strawberry.Private[str]
    work_plan: WorkPlan | None = fact("The plan as it stands now.", "WorkPlan")


@strawberry.type
class WorkItemFact:
    """What every fact about a topic shows."""

    subject_id: strawberry.Private[str]
    work_item: WorkItem | None = fact("The topic as it stands now.", "WorkItem")


@strawberry.type
class ActivityFact:
    """What every fact about an activity shows."""

    subject_id: strawberry.Private[str]
    activity: Activity | None = fact("The activity as it stands now.", "Activity")


@strawberry.type
class WorkPlanMutations:
    """Acts on work plans, topics and activities."""

    import_work_plan = act_field(
        policy.import_work_plan,
        importing.import_work_plan,
        "Read a paper into the work plan and the intersessional groups of a body; nothing is overwritten.",
        about="A paper with a work plan and a chart of intersessional groups.",
        markdown="The paper: a table of topics and activities, and a table of groups with their parties.",
        source_name="Name of the paper.",
        body_short_name="Short name of the body whose plan it is.",
        parent_short_name="Short name of its parent, used if the body is new.",
        title="Title of a new plan; named after the body if empty.",
        decided_on="Day from which new coordinators and members count.",
        outcome="A work plan was read.",
        answer=WorkPlanFact,
    )
    assign_work_item = act_field(
        policy.assign_work_item,
        tracking.assign_work_item,
        "Give a topic to a group, so that its coordinators may track it.",
        about="A topic that is given to a group.",
        work_item_id="The topic.",
        body_id="An intersessional group of the plan's body; null takes the topic back.",
        outcome="A topic was given to a group or taken back.",
        answer=WorkItemFact,
    )
    start_activity = act_field(
        policy.start_activity,
        tracking.start_activity,
        "Say that an activity has begun.",
        about="An activity that has begun.",
        activity_id=ACTIVITY_ID,
        outcome="An activity has begun.",
        answer=ActivityFact,
    )
    redate_activity = act_field(
        policy.redate_activity,
        tracking.redate_activity,
        "Give an activity another period, with a reason; the baseline stays.",
        about="Another period for an activity.",
        activity_id=ACTIVITY_ID,
        period="As printed: 'May 2019', 'March/April 2019', 'Q3 2019', 'until 2020'.",
        reason="Why; everybody sees it.",
        outcome="An activity has another period.",
        answer=ActivityFact,
    )
    complete_activity = act_field(
        policy.complete_activity,
        tracking.complete_activity,
        "Declare an activity done, with evidence.",
        about="An activity that is done.",
        activity_id=ACTIVITY_ID,
        evidence_id="An issued version, a recorded decision or a completed round.",
        outcome="An activity is done.",
        answer=ActivityFact,
    )
    drop_activity = act_field(
        policy.drop_activity,
        tracking.drop_activity,
        "Give an activity up, with a reason; it stays in the plan.",
        about="An activity that is given up.",
        activity_id=ACTIVITY_ID,
        reason="Why; it goes into the journal.",
        outcome="An activity was given up.",
        answer=ActivityFact,
    )
