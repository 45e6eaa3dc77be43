"""Who keeps a work plan, its topics and activities, and who tracks them. Pure."""

from typing import Any

from server.domain.workplan.rules import (
    ActivityFacts,
    ItemFacts,
    unless_blocked,
    while_blocked,
    while_item_is_open,
    while_plan_is_open,
)
from server.kernel.acts import Act, Condition, Rule
from server.kernel.conditions import leads_body, the_secretariat
from server.vocabulary.workplan import ACTIVITY_LIFECYCLE

MODEL = "Work plan and intersessional groups of the WGEC, September 2018: groups track their topics, plenary its plan"

leads_group: Condition[ActivityFacts] = Condition(
    "those who lead the group that the topic was given to", lambda actor, facts: facts.group_id in actor.leads
)
tracks: Condition[Any] = leads_group | leads_body | the_secretariat


keeps: Condition[Any] = leads_body | the_secretariat
IN_PLAN, IN_ITEM = (while_plan_is_open,), (while_item_is_open,)


def _on_activity(name: str, tag: str, *rules: Rule) -> Act[ActivityFacts]:
    """Return an act of those who track an activity, possible in the states of the lifecycle."""
    return Act(name, tag, tracks, (ACTIVITY_LIFECYCLE.allows(name), *rules), MODEL)


import_work_plan = Act("import_work_plan", "work_plan.imported", the_secretariat, (), MODEL)
open_work_plan = Act("open_work_plan", "work_plan.opened", the_secretariat, (), MODEL)
correct_work_plan = Act("correct_work_plan", "work_plan.corrected", keeps, IN_PLAN, MODEL)
add_work_item = Act("add_work_item", "work_item.added", keeps, IN_PLAN, MODEL)
assign_work_item = Act("assign_work_item", "work_item.assigned", the_secretariat, IN_ITEM, MODEL)
correct_work_item = Act("correct_work_item", "work_item.corrected", keeps, IN_ITEM, MODEL)
drop_work_item = Act("drop_work_item", "work_item.dropped", keeps, IN_ITEM, MODEL)
add_activity: Act[ItemFacts] = Act("add_activity", "activity.added", tracks, IN_ITEM, MODEL)
start_activity = _on_activity("start_activity", "activity.started")
redate_activity = _on_activity("redate_activity", "activity.redated")
complete_activity = _on_activity("complete_activity", "activity.completed")
drop_activity = _on_activity("drop_activity", "activity.dropped")
correct_activity = _on_activity("correct_activity", "activity.corrected")
move_activity = _on_activity("move_activity", "activity.moved")
block_activity = _on_activity("block_activity", "activity.blocked", unless_blocked)
unblock_activity = _on_activity("unblock_activity", "activity.unblocked", while_blocked)

ON_PLAN = (correct_work_plan, add_work_item)
"""The acts that a work plan offers."""
ON_ITEM = (assign_work_item, add_activity, correct_work_item, drop_work_item)
"""The acts that a work item offers."""
ON_ACTIVITY = (
    *(start_activity, redate_activity, complete_activity, drop_activity),
    *(correct_activity, move_activity, block_activity, unblock_activity),
)
"""The acts that an activity offers."""
ACTS = (import_work_plan, open_work_plan, *ON_PLAN, *ON_ITEM, *ON_ACTIVITY)
