"""Who plans milestones, dependencies and baselines, and who approves that a milestone moves. Pure."""

from typing import Any

from server.domain.planning.rules import ChangeFacts, DependencyFacts, MilestoneFacts
from server.domain.workplan.policy import MODEL, keeps, leads_group
from server.domain.workplan.rules import PlanFacts, while_plan_is_open
from server.kernel.acts import Act, Condition, Obstacle, Rule
from server.kernel.conditions import leads_body, the_secretariat
from server.kernel.refusals import RefusalCode
from server.vocabulary.workplan import MILESTONE_CHANGE_LIFECYCLE, MILESTONE_LIFECYCLE

leads_approver: Condition[Any] = Condition(
    "those who lead the body that approves changes of the milestone",
    lambda actor, facts: facts.approver_body_id in actor.leads,
)
approves = leads_approver | the_secretariat
tracks: Condition[Any] = leads_group | leads_body | the_secretariat
own_proposal: Condition[ChangeFacts] = Condition(
    "the delegate who proposed it", lambda actor, facts: facts.proposed_by_id == actor.delegate_id
)


def while_milestone_is_planned(facts: ChangeFacts, now: Any) -> Obstacle | None:
    """Refuse to approve a change of a milestone that was reached or given up meanwhile."""
    return MILESTONE_LIFECYCLE.allows("approve_milestone_change", lambda each: each.milestone_status)(facts, now)


def while_it_holds(facts: DependencyFacts, now: Any) -> Obstacle | None:
    """Refuse to end a dependency twice."""
    if facts.ended_at is None:
        return None
    return Obstacle(RefusalCode.ALREADY_DONE, "This dependency was ended already.")


def _on_milestone(name: str, tag: str, who: Condition[Any]) -> Act[MilestoneFacts]:
    return Act(name, tag, who, (MILESTONE_LIFECYCLE.allows(name),), MODEL)


def _on_change(name: str, tag: str, who: Condition[Any], *rules: Rule) -> Act[ChangeFacts]:
    return Act(name, tag, who, (MILESTONE_CHANGE_LIFECYCLE.allows(name), *rules), MODEL)


IN_PLAN = (while_plan_is_open,)
add_milestone: Act[PlanFacts] = Act("add_milestone", "milestone.added", keeps, IN_PLAN, MODEL)
add_dependency: Act[PlanFacts] = Act("add_dependency", "dependency.added", keeps, IN_PLAN, MODEL)
record_baseline: Act[PlanFacts] = Act("record_baseline", "baseline.recorded", keeps, IN_PLAN, MODEL)
carry_over_work_plan: Act[PlanFacts] = Act(
    "carry_over_work_plan", "work_plan.carried_over", the_secretariat, IN_PLAN, MODEL
)
drop_dependency: Act[DependencyFacts] = Act(
    "drop_dependency", "dependency.dropped", keeps, (while_it_holds, *IN_PLAN), MODEL
)
correct_milestone = _on_milestone("correct_milestone", "milestone.corrected", keeps)
redate_milestone = _on_milestone("redate_milestone", "milestone.redated", approves)
propose_milestone_change = _on_milestone("propose_milestone_change", "milestone_change.proposed", tracks)
reach_milestone = _on_milestone("reach_milestone", "milestone.reached", tracks)
drop_milestone = _on_milestone("drop_milestone", "milestone.dropped", approves)
approve_milestone_change = _on_change(
    "approve_milestone_change", "milestone_change.approved", approves, while_milestone_is_planned
)
decline_milestone_change = _on_change("decline_milestone_change", "milestone_change.declined", approves)
take_back_milestone_change = _on_change("take_back_milestone_change", "milestone_change.taken_back", own_proposal)

ON_PLAN = (add_milestone, add_dependency, record_baseline, carry_over_work_plan)
"""The acts that a work plan offers besides those on its words and topics."""
ON_MILESTONE = (
    *(correct_milestone, redate_milestone, propose_milestone_change, reach_milestone),
    drop_milestone,
)
"""The acts that a milestone offers."""
ON_CHANGE = (approve_milestone_change, decline_milestone_change, take_back_milestone_change)
"""The acts that a proposed change of a milestone offers."""
ON_DEPENDENCY = (drop_dependency,)
"""The acts that a dependency offers."""
ACTS = (*ON_PLAN, *ON_MILESTONE, *ON_CHANGE, *ON_DEPENDENCY)
