"""Acts on work plans, topics and activities."""

from typing import Any

import strawberry

from server.domain.workplan import policy
from server.domain.workplan.actions import importing, tracking
from server.kernel.issue_codes import IssueCode
from server.kernel.issues import Issue
from server.kernel.refusals import invalid
from server.schema.acts import key_field, version_field
from server.schema.mutations import act_field
from server.schema.reads.roots import fact
from server.schema.workplan.types import Activity, WorkItem, WorkPlan

ACTIVITY_ID = "Id of the activity."


@strawberry.input(one_of=True, description="Either the group that a topic is given to, or that it is taken back.")
class AssigneeInput:
    """Part of `AssignWorkItemInput`."""

    body_id: strawberry.ID | None = strawberry.field(
        default=strawberry.UNSET, description="Id of an intersessional group of the plan's body."
    )
    is_nobody: bool | None = strawberry.field(
        default=strawberry.UNSET, description="True: the topic is with no group any more. False is refused."
    )


@strawberry.input(description="A topic to give to a group or to take back.")
class AssignWorkItemInput:
    """Input of `assignWorkItem`."""

    idempotency_key: str = key_field()
    work_item_id: strawberry.ID = strawberry.field(description="Id of the topic.")
    to: AssigneeInput = strawberry.field(description="Where it goes.")
    expected_revision: int = version_field()

    def arguments(self) -> dict[str, Any]:
        """Return what the action takes. Refuse `isNobody: false`, which says nothing."""
        if self.to.is_nobody is False:
            raise invalid(Issue("to.isNobody", IssueCode.NOT_ONE_OF, allowed=("true",)))
        return {
            "work_item_id": self.work_item_id,
            "body_id": self.to.body_id or None,
            "expected_revision": self.expected_revision,
        }


@strawberry.type
class WorkPlanFact:
    """What every fact about a work plan shows."""

    subject_id: strawberry.Private[str]
    work_plan: WorkPlan = fact("The plan as it stands now.")


@strawberry.type
class WorkItemFact:
    """What every fact about a topic shows."""

    subject_id: strawberry.Private[str]
    work_item: WorkItem = fact("The topic as it stands now.")


@strawberry.type
class ActivityFact:
    """What every fact about an activity shows."""

    subject_id: strawberry.Private[str]
    activity: Activity = fact("The activity as it stands now.")


@strawberry.type
class WorkPlanMutations:
    """Acts on work plans, topics and activities."""

    import_work_plan = act_field(
        policy.import_work_plan,
        importing.import_work_plan,
        "Read a paper into the work plan and the intersessional groups of a body; nothing is overwritten.",
        about="A paper to read: a work plan and a chart of intersessional groups.",
        markdown="The paper in Markdown: a table of topics and activities, and a table of groups with their parties.",
        source_name="Name of the paper; may be empty.",
        body_short_name="Short name of the body that the plan is for, at most 30 characters.",
        parent_short_name="Short name of the parent of that body; used only if the body is new.",
        title="Title of a new plan; if empty the plan is named after the body.",
        decided_on="First day of new coordinators and members that the paper names.",
        outcome="A work plan was read.",
        answer=WorkPlanFact,
        unlocked="an import adds and never overwrites, and every row is compared with the records",
    )
    assign_work_item = act_field(
        policy.assign_work_item,
        tracking.assign_work_item,
        "Give a topic to a group, so that its coordinators may track it.",
        input_type=AssignWorkItemInput,
        outcome="A topic was given to a group or taken back.",
        answer=WorkItemFact,
    )
    start_activity = act_field(
        policy.start_activity,
        tracking.start_activity,
        "Say that an activity has begun.",
        about="An activity to report as begun.",
        activity_id=ACTIVITY_ID,
        outcome="An activity has begun.",
        answer=ActivityFact,
    )
    redate_activity = act_field(
        policy.redate_activity,
        tracking.redate_activity,
        "Give an activity another period, with a reason; the baseline stays.",
        about="A new period for an activity.",
        activity_id=ACTIVITY_ID,
        period="New period in the printed form, such as 'May 2019', 'March/April 2019', 'Q3 2019' or 'until 2020'.",
        reason="Why the period is changed; every delegate sees it.",
        outcome="An activity has another period.",
        answer=ActivityFact,
    )
    complete_activity = act_field(
        policy.complete_activity,
        tracking.complete_activity,
        "Declare an activity done, with evidence.",
        about="An activity to declare done.",
        activity_id=ACTIVITY_ID,
        evidence_id="Id of an issued version, a recorded decision or a completed round that shows it done.",
        outcome="An activity is done.",
        answer=ActivityFact,
    )
    drop_activity = act_field(
        policy.drop_activity,
        tracking.drop_activity,
        "Give an activity up, with a reason; it stays in the plan.",
        about="An activity to give up.",
        activity_id=ACTIVITY_ID,
        reason="Why, in words; it goes into the journal.",
        outcome="An activity was given up.",
        answer=ActivityFact,
    )
