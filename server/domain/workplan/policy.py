"""Who keeps a work plan and who tracks its activities. Pure."""

from server.domain.workplan.rules import ActivityFacts
from server.kernel.acts import Act, Condition
from server.kernel.conditions import leads_body, the_secretariat
from server.vocabulary.workplan import ACTIVITY_LIFECYCLE

MODEL = "Work plan and intersessional groups of the WGEC, September 2018: groups track their topics, plenary its plan"

leads_group: Condition[ActivityFacts] = Condition(
    "those who lead the group that the topic was given to", lambda actor, facts: facts.group_id in actor.leads
)
tracks = leads_group | leads_body | the_secretariat


import_work_plan = Act("import_work_plan", "work_plan.imported", the_secretariat, (), MODEL)
assign_work_item = Act("assign_work_item", "work_item.assigned", the_secretariat, (), MODEL)
start_activity = Act(
    "start_activity", "activity.started", tracks, (ACTIVITY_LIFECYCLE.allows("start_activity"),), MODEL
)
redate_activity = Act(
    "redate_activity", "activity.redated", tracks, (ACTIVITY_LIFECYCLE.allows("redate_activity"),), MODEL
)
complete_activity = Act(
    "complete_activity", "activity.completed", tracks, (ACTIVITY_LIFECYCLE.allows("complete_activity"),), MODEL
)
drop_activity = Act("drop_activity", "activity.dropped", tracks, (ACTIVITY_LIFECYCLE.allows("drop_activity"),), MODEL)

ON_ITEM = (assign_work_item,)
"""The acts that a work item offers."""
ON_ACTIVITY = (start_activity, redate_activity, complete_activity, drop_activity)
"""The acts that an activity offers."""
ACTS = (import_work_plan, *ON_ITEM, *ON_ACTIVITY)
