"""Keeping a plan over HTTP with the published operations, and who is refused."""

import pytest

from server.kernel.actor import Capacity
from tests.contracts.planning import tell_of_planning
from tests.factories.api import Api
from tests.factories.rounds import open_round
from tests.factories.workplan import make_plan

TOLD = (
    *("openWorkPlan", "correctWorkPlan", "addWorkItem", "correctWorkItem", "dropWorkItem", "addActivity"),
    *("correctActivity", "moveActivity", "blockActivity", "unblockActivity", "addMilestone", "correctMilestone"),
    *("redateMilestone", "reachMilestone", "dropMilestone", "proposeMilestoneChange", "approveMilestoneChange"),
    *("declineMilestoneChange", "takeBackMilestoneChange", "addDependency", "dropDependency", "recordBaseline"),
    "carryOverWorkPlan",
)
"""Every act of planning; the story sends each."""


class Noting:
    """An API that notes the acts that were sent through it, and fails when one is refused."""

    def __init__(self, api: Api) -> None:
        self._api = api
        self.world = api.world
        self.sent: set[str] = set()

    async def act(self, who: str, act: str, **sent: object) -> dict[str, object]:
        result: dict[str, object] = await self._api.act(who, act, **sent)
        assert result["__typename"] != "Refusal", result
        self.sent.add(act)
        return result

    async def ask(self, who: str, operation: str, **sent: object) -> dict[str, object]:
        answer: dict[str, object] = await self._api.ask(who, operation, **sent)
        assert all(value is not None for value in answer.values()), answer
        return answer


async def test_a_plan_is_kept_by_every_act(api: Api) -> None:
    noting = Noting(api)

    await tell_of_planning(noting)  # type: ignore[arg-type]

    assert noting.sent == set(TOLD)


async def test_a_milestone_change_is_a_task_of_those_who_approve_it(api: Api) -> None:
    plan = await make_plan(api.world)
    added = await api.act(
        "secretariat",
        "addMilestone",
        workPlanId=plan.id,
        name="Harbour open",
        period="June 2019",
        reason="So.",
        approverBodyId=api.world.bodies["group"],
    )
    milestone = {"milestoneId": added["milestone"]["id"], "expectedRevision": 1}
    moved = {"period": "July 2019", "reason": "Ice."}
    change = (await api.act("secretariat", "proposeMilestoneChange", **milestone, **moved))["milestoneChange"]

    async def waiting(who: str) -> list[str]:
        tasks = (await api.ask(who, "TaskList"))["viewer"]["tasks"]
        return [task["subject"]["id"] for task in tasks if task["reason"] == "MILESTONE_CHANGE_PROPOSED"]

    before = [await waiting(who) for who in ("canada", "japan")]
    await api.act("canada", "approveMilestoneChange", milestoneChangeId=change["id"], expectedRevision=1)

    assert before == [[change["id"]], []]
    assert await waiting("canada") == []


@pytest.mark.parametrize(("who", "code"), [("japan", "FORBIDDEN"), ("upu", "FORBIDDEN"), (None, "UNAUTHENTICATED")])
async def test_others_add_nothing_to_a_plan(api: Api, who: str | None, code: str) -> None:
    plan = await make_plan(api.world)
    sent = {"workPlanId": plan.id, "title": "Lights", "reason": "So."}
    result = await api.act(who, "addWorkItem", **sent)
    answer = await api.ask(who, "PlanChangeList", first=3)

    assert result["code"] == code
    assert answer["planChanges"] is None or answer["planChanges"]["nodes"] == []


async def test_a_change_that_names_a_hidden_milestone_is_hidden_itself(api: Api) -> None:
    """A milestone of a round that asks Members only: for an observer no link to it was ever made or taken away."""
    plan = await make_plan(api.world)
    round_id = await open_round(api.world, audience=frozenset({Capacity.MEMBER}))
    paint, count = plan.activities["Paint the boats"], plan.activities["Count the boats"]
    sent = {"workPlanId": plan.id, "reason": "So."}
    secret = {"name": "Secret round closes", "roundId": round_id}
    added = (await api.act("secretariat", "addMilestone", **sent, **secret))["milestone"]
    linked = {**sent, "successorId": paint}
    link = (await api.act("secretariat", "addDependency", **linked, predecessorId=added["id"]))["dependency"]
    await api.act("secretariat", "addDependency", **linked, predecessorId=count)
    renamed = {"milestoneId": added["id"], "name": "Round closes", "position": 1, "reason": "Shorter."}
    await api.act("secretariat", "correctMilestone", **renamed, expectedRevision=1)
    await api.act("secretariat", "dropDependency", dependencyId=link["id"], reason="So.", expectedRevision=1)

    async def links(who: str) -> tuple[int, set[str | None]]:
        answer = (await api.ask(who, "PlanChangeList", filter={"planId": [plan.id]}, first=50))["planChanges"]
        named = {change["before"] or change["after"] for change in answer["nodes"] if "LINKED" in change["kind"]}
        return answer["totalCount"], named

    members, observers = await links("japan"), await links("upu")
    assert members[1] == {"Secret round closes", "Round closes", "Count the boats"}
    assert observers == (members[0] - 4, {"Count the boats"})
