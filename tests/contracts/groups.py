"""The story of a group at work, so that what its pages ask has examples: turnout, members, agenda, plan."""

from tests.contracts.recorder import Recorder
from tests.factories.proposals import add_sitting
from tests.factories.rounds import open_round, submit
from tests.factories.workplan import make_plan

LATE_FROM = "2018-11-01"


async def tell_of_groups(api: Recorder) -> None:
    """Answer a round, join a group, give it a topic and re-date a step, and ask what the pages of them ask."""
    world = api.world
    group, party = world.bodies["group"], [world.parties["japan"]]
    round_id = await open_round(world)
    await submit(world, "japan", round_id)
    plan = await make_plan(world)
    topic = {"workItemId": plan.items[1], "expectedRevision": 1}
    await api.act("secretariat", "assignWorkItem", **topic, to={"bodyId": group})
    step = {"activityId": plan.activities["Count the boats"], "expectedRevision": 1}
    await api.act("canada", "redateActivity", **step, period="May 2019", reason="The harbour is frozen.")
    await api.act("japan", "joinBody", bodyId=group)
    capacity = ["MEMBER"]
    await api.ask("canada", "RoundTurnout", id=round_id)
    await api.ask("canada", "FilingsOfRound", id=round_id, capacity=capacity, first=2)
    await api.ask("canada", "SilentInRound", id=round_id, capacity=capacity, first=2)
    await api.ask("japan", "BodyDirectory", partyId=party, first=2)
    await api.ask("japan", "BodyAtWork", id=group, partyId=party)
    await api.ask("japan", "MembersOfBody", id=group, filter={"hasLeft": False}, first=2)
    await api.ask("japan", "SittingAgenda", id=await add_sitting(world))
    await api.ask("japan", "WorkPlanProgress", id=plan.id, partyId=party, lateFrom=LATE_FROM, first=2)
    await api.ask("japan", "WorkItemDetail", id=plan.items[1], first=2)
    await api.ask("japan", "EvidenceList", first=2)
