"""The story of a plan that is kept: topics, activities, milestones, what waits for what, and the next plan."""

from typing import Any

from tests.contracts.recorder import Recorder
from tests.factories.proposals import add_sitting
from tests.factories.workplan import make_decision, make_plan

WHY = "As the group agreed."
OFFICER = "secretariat"


async def tell_of_planning(api: Recorder) -> None:
    """Keep a plan by every act, ask what its pages ask, and carry it over."""
    plan = await make_plan(api.world)
    whole = {"workPlanId": plan.id}
    opened = {"bodyId": api.world.bodies["ptc"], "title": "Plan of the Committee", "decidedOn": "2018-09-20"}
    await api.act(OFFICER, "openWorkPlan", **opened)
    await api.act(OFFICER, "correctWorkPlan", **whole, title="Plan of the boats", reason=WHY, expectedRevision=1)
    added = await api.act(OFFICER, "addWorkItem", **whole, title="Lights", reason=WHY)
    item = {"workItemId": added["workItem"]["id"]}
    words = {"title": "Lighthouses", "number": 4, "reason": WHY, "expectedRevision": 1}
    await api.act(OFFICER, "correctWorkItem", **item, **words)
    await _keep_activities(api, plan.activities, item)
    milestone = await _keep_milestones(api, plan, whole)
    await api.act(OFFICER, "dropWorkItem", **item, reason="No lights.", expectedRevision=2)
    await _ask_of_plans(api, plan.id, milestone)
    following = {"title": "Plan of 2019", "decidedOn": "2018-09-20", "reason": WHY, "expectedRevision": 2}
    await api.act(OFFICER, "carryOverWorkPlan", **whole, **following)


async def _keep_activities(api: Recorder, activities: dict[str, str], item: dict[str, str]) -> None:
    added = await api.act(OFFICER, "addActivity", **item, text="Light them", period="mid-2019", reason=WHY)
    activity = {"activityId": added["activity"]["id"]}
    words = {"text": "Light all", "responsible": "Japan and China", "remarks": "", "reason": WHY}
    await api.act(OFFICER, "correctActivity", **activity, **words, expectedRevision=1)
    step = {"activityId": activities["Count the boats"]}
    await api.act(OFFICER, "moveActivity", **step, **item, position=1, reason=WHY, expectedRevision=1)
    waits = {"waitsFor": "the count", "waitsForId": step["activityId"]}
    await api.act(OFFICER, "blockActivity", **activity, **waits, expectedRevision=2)
    await api.act(OFFICER, "unblockActivity", **activity, expectedRevision=3)


async def _keep_milestones(api: Recorder, plan: Any, whole: dict[str, str]) -> str:
    sitting = await add_sitting(api.world)
    added = await api.act(OFFICER, "addMilestone", **whole, name="Harbour open", period="June 2019", reason=WHY)
    milestone = {"milestoneId": added["milestone"]["id"]}
    moved = {"sittingId": sitting, "offsetDays": -49, "reason": WHY, "expectedRevision": 1}
    proposals = [await api.act(OFFICER, "proposeMilestoneChange", **milestone, **moved)]
    change = {"milestoneChangeId": proposals[0]["milestoneChange"]["id"], "expectedRevision": 1}
    await api.ask("japan", "MilestoneChangeDetail", id=change["milestoneChangeId"])
    await api.act(OFFICER, "declineMilestoneChange", **change, reason="Not yet.")
    again = await api.act(OFFICER, "proposeMilestoneChange", **milestone, **moved)
    back = {"milestoneChangeId": again["milestoneChange"]["id"], "expectedRevision": 1}
    await api.act(OFFICER, "takeBackMilestoneChange", **back)
    last = await api.act(OFFICER, "proposeMilestoneChange", **milestone, **moved)
    await api.act(
        OFFICER, "approveMilestoneChange", milestoneChangeId=last["milestoneChange"]["id"], expectedRevision=1
    )
    await api.act(OFFICER, "redateMilestone", **milestone, period="July 2019", reason=WHY, expectedRevision=2)
    named = {"name": "Harbour lit", "position": 1, "reason": WHY, "expectedRevision": 3}
    await api.act(OFFICER, "correctMilestone", **milestone, **named)
    ends = {"predecessorId": plan.activities["Paint the boats"], "successorId": milestone["milestoneId"]}
    linked = await api.act(OFFICER, "addDependency", **whole, **ends, reason=WHY)
    await api.ask("japan", "DependencyList", first=3)
    ended = {"dependencyId": linked["dependency"]["id"], "reason": WHY, "expectedRevision": 1}
    await api.act(OFFICER, "dropDependency", **ended)
    kept = await api.act(OFFICER, "recordBaseline", **whole, name="Before the storm")
    await api.ask("japan", "BaselineDetail", id=kept["baseline"]["id"], first=3)
    reached = {"evidenceId": await make_decision(api.world, number=223), "expectedRevision": 4}
    await api.act(OFFICER, "reachMilestone", **milestone, **reached)
    other = await api.act(OFFICER, "addMilestone", **whole, name="Harbour shut", period="2020", reason=WHY)
    await api.act(OFFICER, "dropMilestone", milestoneId=other["milestone"]["id"], reason=WHY, expectedRevision=1)
    return milestone["milestoneId"]


async def _ask_of_plans(api: Recorder, plan_id: str, milestone: str) -> None:
    of_plan = {"id": plan_id, "ofPlan": [plan_id], "first": 3}
    await api.ask("japan", "MilestoneDetail", id=milestone)
    await api.ask("japan", "MilestoneList", first=3)
    await api.ask("japan", "MilestoneChangeList", first=3)
    await api.ask("japan", "BaselineList", first=3)
    await api.ask("japan", "PlanChangeList", first=3)
    await api.ask("japan", "PlanKeeping", **of_plan)
    await api.ask("japan", "PlanHandOver", **of_plan)
    await api.ask("japan", "PlanName", id=plan_id)
    await api.ask("japan", "PlanTopics", id=plan_id)
    await api.ask("japan", "WorkPlanPaper", id=plan_id)
    await api.ask("japan", "PlanningChoices", **{"from": "2018-09-01"}, first=3)
