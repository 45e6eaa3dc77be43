"""Bind work plans, their topics, activities with those responsible, and every re-dating."""

from server.journal.bindings.kinds import Binding, part_of
from server.models.workplan import Activity, Redating, Responsible, WorkItem, WorkPlan

_IMPORTING = ("work_plan.imported",)
_TRACKING = ("activity.started", "activity.redated", "activity.completed", "activity.dropped")

BINDINGS = (
    Binding(WorkPlan, _IMPORTING),
    Binding(WorkItem, _IMPORTING, ("work_item.assigned",), subject="plan_id"),
    Binding(Activity, _IMPORTING, _TRACKING, subject="", parts=(part_of(Responsible, "activity_id"),)),
    Binding(Redating, ("activity.redated",), subject="activity_id"),
)
