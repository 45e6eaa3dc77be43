"""Acts on milestones and their proposed changes, dependencies and baselines."""

from typing import Any

import strawberry

from server.domain.planning import policy
from server.domain.planning.actions import carrying, milestones, networking, proposing
from server.schema.mutations import act_field
from server.schema.planning.types import Baseline, Dependency, Milestone, MilestoneChange
from server.schema.reads.roots import fact
from server.schema.workplan.acts import CAN_KEEP_WORDS, REASON, WorkPlanFact

PLAN_ID, MILESTONE_ID, CHANGE_ID = "Id of the plan.", "Id of the milestone.", "Id of the proposed change."
WHEN: Any = {
    "period": "Its period in the printed form; give this, or a sitting, or a round.",
    "sitting_id": "Id of the sitting that it moves with.",
    "round_id": "Id of the round that it moves with.",
    "offset_days": "Days from the sitting or round: negative before its first day, positive after its last day.",
    "can_keep_words": CAN_KEEP_WORDS,
}


@strawberry.type
class MilestoneFact:
    """What every fact about a milestone shows."""

    subject_id: strawberry.Private[str]
    milestone: Milestone = fact("The milestone as it stands now.")


@strawberry.type
class MilestoneChangeFact:
    """What every fact about a proposed change shows."""

    subject_id: strawberry.Private[str]
    milestone_change: MilestoneChange = fact("The proposed change as it stands now.")


@strawberry.type
class DependencyFact:
    """What every fact about a dependency shows."""

    subject_id: strawberry.Private[str]
    dependency: Dependency = fact("The dependency as it stands now.")


@strawberry.type
class BaselineFact:
    """What every fact about a baseline shows."""

    subject_id: strawberry.Private[str]
    baseline: Baseline = fact("The baseline.")


@strawberry.type
class PlanningMutations:
    """Acts on milestones and their proposed changes, dependencies and baselines."""

    add_milestone = act_field(
        policy.add_milestone,
        milestones.add_milestone,
        "Add a milestone to a plan, with a reason.",
        about="A new milestone.",
        work_plan_id=PLAN_ID,
        name="What it is called.",
        work_item_id="Id of the topic that it belongs to; if left out, the whole plan.",
        approver_body_id="Id of the body whose leaders approve that it moves; if left out, that of the plan.",
        reason=REASON,
        outcome="A milestone was added.",
        answer=MilestoneFact,
        **WHEN,
    )
    correct_milestone = act_field(
        policy.correct_milestone,
        milestones.correct_milestone,
        "Correct the name of a milestone, its topic or its place, with a reason.",
        about="Corrected words and place of a milestone; what is sent as it stands is left as it is.",
        milestone_id=MILESTONE_ID,
        name="What it is called.",
        position="Place among the milestones of the plan, from 1.",
        work_item_id="Id of the topic that it belongs to; null for the whole plan.",
        reason=REASON,
        outcome="A milestone was corrected.",
        answer=MilestoneFact,
    )
    redate_milestone = act_field(
        policy.redate_milestone,
        milestones.redate_milestone,
        "Say anew when a milestone is due, with a reason; the baseline stays.",
        about="Another time for a milestone.",
        milestone_id=MILESTONE_ID,
        reason=REASON,
        outcome="A milestone is due at another time.",
        answer=MilestoneFact,
        **WHEN,
    )
    reach_milestone = act_field(
        policy.reach_milestone,
        milestones.reach_milestone,
        "Declare a milestone reached, with evidence.",
        about="A milestone to declare reached.",
        milestone_id=MILESTONE_ID,
        evidence_id="Id of an issued version, a decision or a completed round that shows it reached.",
        outcome="A milestone is reached.",
        answer=MilestoneFact,
    )
    drop_milestone = act_field(
        policy.drop_milestone,
        milestones.drop_milestone,
        "Give a milestone up, with a reason; it stays in the plan.",
        about="A milestone to give up.",
        milestone_id=MILESTONE_ID,
        reason=REASON,
        outcome="A milestone was given up.",
        answer=MilestoneFact,
    )
    propose_milestone_change = act_field(
        policy.propose_milestone_change,
        proposing.propose_milestone_change,
        "Propose when a milestone is due instead; it waits for those who approve it.",
        about="A proposed time for a milestone.",
        milestone_id=MILESTONE_ID,
        reason=REASON,
        outcome="A change of a milestone is proposed.",
        answer=MilestoneChangeFact,
        **WHEN,
    )
    approve_milestone_change = act_field(
        policy.approve_milestone_change,
        proposing.approve_milestone_change,
        "Approve a proposed change of a milestone: it is due as proposed.",
        about="A proposed change to approve.",
        milestone_change_id=CHANGE_ID,
        outcome="A change of a milestone was approved.",
        answer=MilestoneChangeFact,
    )
    decline_milestone_change = act_field(
        policy.decline_milestone_change,
        proposing.decline_milestone_change,
        "Decline a proposed change of a milestone, with a reason; the milestone stays as it is.",
        about="A proposed change to decline.",
        milestone_change_id=CHANGE_ID,
        reason=REASON,
        outcome="A change of a milestone was declined.",
        answer=MilestoneChangeFact,
    )
    take_back_milestone_change = act_field(
        policy.take_back_milestone_change,
        proposing.take_back_milestone_change,
        "Take back the own proposal that a milestone moves, while it waits.",
        about="A proposed change to take back.",
        milestone_change_id=CHANGE_ID,
        outcome="A proposed change of a milestone was taken back.",
        answer=MilestoneChangeFact,
    )
    add_dependency = act_field(
        policy.add_dependency,
        networking.add_dependency,
        "Say that an activity or milestone of a plan waits for another one; circles are refused.",
        about="A new dependency.",
        work_plan_id=PLAN_ID,
        predecessor_id="Id of the activity or milestone that ends first.",
        successor_id="Id of the activity or milestone that waits for it.",
        lag_days="Days between the two; negative if they overlap.",
        reason=REASON,
        outcome="A dependency was added.",
        answer=DependencyFact,
    )
    drop_dependency = act_field(
        policy.drop_dependency,
        networking.drop_dependency,
        "Say that a step waits for another one no longer, with a reason.",
        about="A dependency to end.",
        dependency_id="Id of the dependency.",
        reason=REASON,
        outcome="A dependency was ended.",
        answer=DependencyFact,
    )
    record_baseline = act_field(
        policy.record_baseline,
        networking.record_baseline,
        "Keep the periods of a plan as they are today, under a name.",
        about="A baseline to keep.",
        work_plan_id=PLAN_ID,
        name="Its name, which no other baseline of the plan has.",
        outcome="A baseline was kept.",
        answer=BaselineFact,
    )
    carry_over_work_plan = act_field(
        policy.carry_over_work_plan,
        carrying.carry_over_work_plan,
        "Open the next plan of a body and take over what is open in the present one, with trace.",
        about="A plan to carry over.",
        work_plan_id=PLAN_ID,
        title="Title of the next plan.",
        decided_on="Day on which the body agreed on it, today or earlier.",
        reason=REASON,
        outcome="A plan was carried over into the next one.",
        answer=WorkPlanFact,
    )
