"""Acts on work plans, topics and activities."""

from typing import Any

import strawberry

from server.domain.workplan import policy
from server.domain.workplan.actions import activities, importing, topics, tracking
from server.kernel.issue_codes import IssueCode
from server.kernel.issues import Issue
from server.kernel.refusals import invalid
from server.schema.acts import key_field, version_field
from server.schema.mutations import act_field
from server.schema.reads.roots import fact
from server.schema.workplan.types import Activity, WorkItem, WorkPlan

ACTIVITY_ID = "Id of the activity."
REASON = "Why; every delegate sees it."
CAN_KEEP_WORDS = "Whether words that are no period are kept as its label, without days; they are refused otherwise."


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
        "Read a paper into the work plan and the intersessional groups of a body; what it amends must be confirmed.",
        about="A paper to read: a work plan and a chart of intersessional groups.",
        markdown="The paper: a table of topics and activities, and a table of groups with their parties, in Markdown, "
        "as CSV, or as an XLSX file in Base64.",
        source_name="Name of the paper; may be empty.",
        body_short_name="Short name of the body that the plan is for, at most 30 characters.",
        parent_short_name="Short name of the parent of that body; used only if the body is new.",
        title="Title of a new plan; if empty the plan is named after the body.",
        decided_on="Day on which the plan was decided, the first one of new coordinators and members; refused without "
        "it where the paper names any.",
        confirmed="The `digest` of the preview whose amendments are confirmed; empty if the paper amends nothing.",
        can_drop_vanished="Whether to give up what an earlier paper printed and this one prints no longer.",
        outcome="A work plan was read.",
        answer=WorkPlanFact,
        unlocked="every row is compared with the records, and amendments are confirmed as the preview showed them",
    )
    assign_work_item = act_field(
        policy.assign_work_item,
        topics.assign_work_item,
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
        can_keep_words=CAN_KEEP_WORDS,
        outcome="An activity has another period.",
        answer=ActivityFact,
    )
    complete_activity = act_field(
        policy.complete_activity,
        tracking.complete_activity,
        "Declare an activity done, with evidence.",
        about="An activity to declare done.",
        activity_id=ACTIVITY_ID,
        evidence_id="Id of an issued version, a decision or a completed round that shows it done.",
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
    correct_activity = act_field(
        policy.correct_activity,
        activities.correct_activity,
        "Correct the words of an activity, or those responsible, with a reason.",
        about="Corrected words of an activity; what is sent as it stands is left as it is.",
        activity_id=ACTIVITY_ID,
        text="What is to be done.",
        responsible="Those responsible as they would be printed: parties, functions and bodies, known names first.",
        remarks="Remarks; may be empty.",
        reason=REASON,
        outcome="An activity was corrected.",
        answer=ActivityFact,
    )
    move_activity = act_field(
        policy.move_activity,
        activities.move_activity,
        "Move an activity to another place, or to another topic of the plan, with a reason.",
        about="Another place for an activity.",
        activity_id=ACTIVITY_ID,
        work_item_id="Id of the topic that it belongs to then.",
        position="Place in that topic, from 1; those behind it move on.",
        reason=REASON,
        outcome="An activity was moved.",
        answer=ActivityFact,
    )
    block_activity = act_field(
        policy.block_activity,
        activities.block_activity,
        "Say that an activity waits for something.",
        about="What an activity waits for.",
        activity_id=ACTIVITY_ID,
        waits_for="What it waits for, in words.",
        waits_for_id="Id of the activity, milestone, round, sitting or decision that it waits for, if it is on record.",
        outcome="An activity waits for something.",
        answer=ActivityFact,
    )
    unblock_activity = act_field(
        policy.unblock_activity,
        activities.unblock_activity,
        "Say that an activity waits no longer.",
        about="An activity that waits no longer.",
        activity_id=ACTIVITY_ID,
        outcome="An activity waits no longer.",
        answer=ActivityFact,
    )


@strawberry.type
class PlanKeepingMutations:
    """Acts on work plans and topics, and the adding of activities."""

    open_work_plan = act_field(
        policy.open_work_plan,
        topics.open_work_plan,
        "Open the work plan of a body that has none.",
        about="A new work plan.",
        body_id="Id of the body that the plan is for.",
        title="Title of the plan.",
        decided_on="Day on which the body agreed on it, today or earlier.",
        outcome="A work plan was opened.",
        answer=WorkPlanFact,
    )
    correct_work_plan = act_field(
        policy.correct_work_plan,
        topics.correct_work_plan,
        "Correct the title of a plan, with a reason.",
        about="Another title for a plan.",
        work_plan_id="Id of the plan.",
        title="The title.",
        reason=REASON,
        outcome="A work plan was corrected.",
        answer=WorkPlanFact,
    )
    add_work_item = act_field(
        policy.add_work_item,
        topics.add_work_item,
        "Add a topic to a plan, with a reason.",
        about="A new topic.",
        work_plan_id="Id of the plan.",
        title="Title of the topic.",
        number="Its number in the plan; if left out, the next one.",
        body_id="Id of the intersessional group that it is given to; if left out, none.",
        reason=REASON,
        outcome="A topic was added.",
        answer=WorkItemFact,
    )
    correct_work_item = act_field(
        policy.correct_work_item,
        topics.correct_work_item,
        "Correct the title or the number of a topic, with a reason; topics stand in the order of their numbers.",
        about="Another title or number for a topic.",
        work_item_id="Id of the topic.",
        title="The title.",
        number="The number, which no other topic of the plan has.",
        reason=REASON,
        outcome="A topic was corrected.",
        answer=WorkItemFact,
    )
    drop_work_item = act_field(
        policy.drop_work_item,
        topics.drop_work_item,
        "Give a topic up with all that is open in it, with a reason; it stays in the plan.",
        about="A topic to give up.",
        work_item_id="Id of the topic.",
        reason=REASON,
        outcome="A topic was given up.",
        answer=WorkItemFact,
    )
    add_activity = act_field(
        policy.add_activity,
        activities.add_activity,
        "Add an activity to a topic, with a reason; its period of today is its baseline.",
        about="A new activity.",
        work_item_id="Id of the topic.",
        text="What is to be done.",
        period="Its period in the printed form, such as 'March/April 2019', 'mid-2019' or 'TBD'; may be empty.",
        responsible="Those responsible as they would be printed: parties, functions and bodies, known names first.",
        remarks="Remarks; may be empty.",
        position="Place in the topic, from 1; if left out, the last one.",
        can_keep_words=CAN_KEEP_WORDS,
        reason=REASON,
        outcome="An activity was added.",
        answer=ActivityFact,
    )
