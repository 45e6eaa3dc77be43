"""Bind work plans, topics, activities with those responsible, milestones, dependencies, baselines and every change."""

from server.journal.bindings.kinds import Binding, part_of
from server.models.planning import Baseline, BaselineRow, Dependency, Milestone, MilestoneChange, PlanChange
from server.models.workplan import Activity, Redating, Responsible, WorkItem, WorkPlan

_IMPORTING = ("work_plan.imported",)
_CARRYING = ("work_plan.carried_over",)
_MOVING = ("activity.moved",)
_TRACKING = (
    *("activity.started", "activity.redated", "activity.completed", "activity.dropped", "activity.corrected"),
    *("activity.blocked", "activity.unblocked"),
)
_ON_ITEMS = ("work_item.added", "work_item.corrected", "work_item.dropped", "work_item.assigned")
_ON_MILESTONES = (
    *("milestone.added", "milestone.corrected", "milestone.redated", "milestone.reached", "milestone.dropped"),
    "milestone_change.approved",
)
_ON_PLANS = ("work_plan.opened", "work_plan.corrected", "baseline.recorded", "dependency.added", "dependency.dropped")

BINDINGS = (
    Binding(
        WorkPlan,
        (*_IMPORTING, *_CARRYING, "work_plan.opened"),
        ("work_plan.corrected",),
        left_out=("title_key",),
    ),
    Binding(
        WorkItem,
        (*_IMPORTING, *_CARRYING, "work_item.added"),
        ("work_item.assigned", "work_item.corrected", "work_item.dropped", "items.transferred"),
        subject="plan_id",
    ),
    Binding(
        Activity,
        (*_IMPORTING, *_CARRYING, "activity.added"),
        (*_TRACKING, *_MOVING, "work_item.dropped"),
        subject="",
        parts=(part_of(Responsible, "activity_id"),),
    ),
    Binding(Redating, ("activity.redated", *_IMPORTING), subject="activity_id"),
    Binding(
        Milestone,
        (*_IMPORTING, *_CARRYING, "milestone.added"),
        (*_ON_MILESTONES[1:], "work_item.dropped"),
        subject="",
    ),
    Binding(
        MilestoneChange,
        ("milestone_change.proposed",),
        ("milestone_change.approved", "milestone_change.declined", "milestone_change.taken_back"),
        subject="milestone_id",
    ),
    Binding(Dependency, (*_CARRYING, "dependency.added"), ("dependency.dropped",), subject="plan_id"),
    Binding(Baseline, ("baseline.recorded",), subject="plan_id"),
    Binding(BaselineRow, ("baseline.recorded",), subject=""),
    Binding(
        PlanChange,
        (
            *(*_IMPORTING, *_CARRYING, *_MOVING, *_TRACKING, *_ON_ITEMS, *_ON_MILESTONES, *_ON_PLANS),
            "activity.added",
        ),
        subject="",
    ),
)
