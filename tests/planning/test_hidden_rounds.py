"""Once a milestone has left a round, its former day is told to those who see the round, and to nobody else."""

import pytest
from sqlalchemy import update

from server.domain.planning.actions import milestones
from server.models.planning import Milestone
from tests.factories.api import Api
from tests.factories.forecast import Forecast
from tests.factories.rounds import open_round
from tests.factories.workplan import import_plan, paper, rows_of
from tests.planning.test_following import act, changes_of, forecast, hide_round
from tests.workplan.test_amending import MILESTONES, preview

__all__ = ["forecast"]
CLOSE = "1 October 2018"
"""The last day of the round. Those who lead its body see it once it is hidden (`gea`), and the Secretariat."""


@pytest.mark.own_sql
async def test_a_proposal_that_is_approved_tells_no_day_of_a_hidden_round(api: Api, forecast: Forecast) -> None:
    milestone_id = forecast.steps["Round closed"]
    sent = {"milestoneId": milestone_id, "period": "June 2019", "reason": "Later.", "expectedRevision": 1}
    change = (await api.act("secretariat", "proposeMilestoneChange", **sent))["milestoneChange"]
    await hide_round(api)
    await act(api, "approveMilestoneChange", milestoneChangeId=change["id"], expectedRevision=1)

    seen = {who: await changes_of(api, who, forecast) for who in ("japan", "upu", "gea", "secretariat")}
    assert seen["japan"] == seen["upu"] == []
    assert [change[3:5] for change in seen["gea"]] == [(CLOSE, "June 2019")]
    assert seen["secretariat"] == seen["gea"]
    milestone = (await api.ask("japan", "MilestoneDetail", id=milestone_id))["milestone"]
    assert milestone["due"]["label"] == "June 2019"


@pytest.mark.own_sql
async def test_a_proposal_to_move_to_a_hidden_round_is_told_to_those_who_see_it(api: Api, forecast: Forecast) -> None:
    milestone_id = forecast.steps["PTC endorses"]
    await hide_round(api)
    sent = {"milestoneId": milestone_id, "roundId": forecast.round, "reason": "Then.", "expectedRevision": 1}
    change = (await api.act("secretariat", "proposeMilestoneChange", **sent))["milestoneChange"]
    await act(api, "approveMilestoneChange", milestoneChangeId=change["id"], expectedRevision=1)

    seen = {who: await changes_of(api, who, forecast) for who in ("japan", "gea")}
    assert seen["japan"] == []
    assert [change[3:5] for change in seen["gea"]] == [("22 to 26 April 2019", CLOSE)]
    assert (await api.ask("japan", "MilestoneDetail", id=milestone_id))["milestone"] is None


@pytest.mark.own_sql
async def test_a_paper_that_gives_another_day_tells_no_day_of_a_hidden_round(api: Api) -> None:
    world = api.world
    plan_id = await import_plan(world, f"{paper()}\n{MILESTONES.format(council='March 2019', approver='')}")
    round_id = await open_round(world)
    rows = await rows_of(world.database, Milestone.name, Milestone.id)
    moved = {"milestone_id": dict(rows)["Paper for the Council"], "round_id": round_id}
    await world.do("secretariat", milestones.redate_milestone, **moved, reason="Then.", expected_revision=1)
    await hide_round(api)
    later = f"{paper()}\n{MILESTONES.format(council='June 2019', approver='')}"
    amended = await preview(world, later)
    await import_plan(world, later, confirmed=amended.digest)

    plan = Forecast(plan_id, "", "", round_id, {})
    seen = {who: {change[3:5] for change in await changes_of(api, who, plan)} for who in ("japan", "gea")}
    assert {(each.was, each.says) for each in amended.amendments} == {(CLOSE, "June 2019")}
    assert {change for change in seen["japan"] if CLOSE in change} == set()
    assert seen["gea"] - seen["japan"] == {("March 2019", CLOSE), (CLOSE, "June 2019")}


@pytest.mark.own_sql
async def test_a_slip_against_the_day_of_a_hidden_round_is_told_to_those_who_see_it(
    api: Api, forecast: Forecast
) -> None:
    """The last day of now, less the slip, would be the day of the round."""
    milestone_id = forecast.steps["Round closed"]
    async with api.world.database.writing() as session:
        first = update(Milestone).where(Milestone.id == milestone_id).values(baseline_round_id=forecast.round)
        await session.execute(first)
    sent = {"milestoneId": milestone_id, "reason": "Later.", "expectedRevision": 1}
    await act(api, "redateMilestone", period="9 October 2018", **sent)
    await hide_round(api)

    slips, counts = {}, {}
    for who in ("japan", "gea", "secretariat"):
        path = (await api.ask(who, "CriticalPath", planId=forecast.plan, first=20))["criticalPath"]
        steps = {each["step"]["id"]: each for each in (*path["chain"], *path["steps"]["nodes"])}
        assert steps[milestone_id]["plannedOn"] == "2018-10-09"
        slips[who] = steps[milestone_id]["slipDays"]
        counts[who] = (await api.ask(who, "PlanOverview"))["planOverview"]["tally"]["slippedCount"]
    assert slips == {"japan": None, "gea": 8, "secretariat": 8}
    assert counts["gea"] == counts["secretariat"] == counts["japan"] + 1
