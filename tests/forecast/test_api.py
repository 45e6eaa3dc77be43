"""What becomes of plans over HTTP, with the published operations."""

from datetime import timedelta

import pytest

from server.domain.sittings.actions import convening
from server.kernel.actor import Capacity
from tests.factories.api import Api
from tests.factories.forecast import Forecast, make_forecast
from tests.factories.rounds import CLOSES, open_round

EVERYBODY = ("secretariat", "japan", "upu", "gea")


@pytest.fixture
async def forecast(api: Api) -> Forecast:
    return await make_forecast(api.world)


def names(forecast: Forecast, nodes: list[dict]) -> list[str]:  # type: ignore[type-arg]
    known = {id_: name for name, id_ in forecast.steps.items()}
    return [known[node["step"]["id"]] for node in nodes]


async def test_a_round_three_weeks_late_is_previewed_with_its_knock_on(api: Api, forecast: Forecast) -> None:
    """The round closes on 8 October 2018; the text has 31 October, the paper 1 March, the deadline is 4 March."""
    before = await api.ask("canada", "PlanOverview")
    sent = {"subjectId": forecast.round, "days": 150}

    preview = (await api.ask("canada", "PreviewShift", input=sent))["previewShift"]

    assert names(forecast, preview["moved"]["nodes"]) == ["Round closed", "One text", "Paper for the PTC"]
    assert [each["body"]["shortName"] for each in preview["sittings"]] == ["PTC", "Council"]
    assert [(miss["kind"], miss["lateDays"]) for miss in preview["misses"]][-1] == ("FOLLOWS", 0)
    assert preview["misses"][0]["kind"] == "PAPERS"
    assert preview["misses"][0]["cause"]["id"] == forecast.steps["Paper for the PTC"]
    assert preview["sentence"].endswith("At risk: PTC, 22 April 2019; Council, 24 June 2019.")
    assert "past 4 March 2019, the document deadline of PTC, 22 April 2019." in preview["sentence"]
    assert await api.ask("canada", "PlanOverview") == before


async def expectations(api: Api, forecast: Forecast) -> dict[str, str]:
    """Return the day on which each step of the critical path is expected, by what it is called."""
    path = (await api.ask("canada", "CriticalPath", planId=forecast.plan))["criticalPath"]
    chain = path["chain"]
    return dict(zip(names(forecast, chain), (step["expectedOn"] for step in chain), strict=True))


async def test_a_round_that_is_extended_moves_what_waits_for_it_as_was_previewed(api: Api, forecast: Forecast) -> None:
    preview = (await api.ask("canada", "PreviewShift", input={"subjectId": forecast.round, "days": 150}))[
        "previewShift"
    ]
    moved = preview["moved"]["nodes"]

    later = {"closesAt": (CLOSES + timedelta(days=150)).isoformat(), "reason": "Asked for.", "expectedRevision": 1}
    assert (await api.act("secretariat", "extendRound", roundId=forecast.round, **later))["__typename"] != "Refusal"

    expected = await expectations(api, forecast)
    assert {name: expected[name] for name in names(forecast, moved)} == {
        name: step["expectedOn"] for name, step in zip(names(forecast, moved), moved, strict=True)
    }
    overview = (await api.ask("canada", "PlanOverview"))["planOverview"]
    missed = [(each["kind"], each["dueOn"], each["lateDays"]) for each in overview["misses"]["nodes"]]
    assert missed == [(each["kind"], each["dueOn"], each["lateDays"]) for each in preview["misses"]]
    assert {node["group"]["shortName"]: node["tally"]["atRiskCount"] for node in overview["groups"]["nodes"]} == {
        **{"WGEC-2": 2, "WGEC": 3},
    }


async def test_an_activity_that_is_redated_moves_what_waits_for_it(api: Api, forecast: Forecast) -> None:
    """One text was to end on 31 October, and the paper to begin on 25 February of the next year."""
    later = {"period": "31 March 2019", "reason": "It is long.", "expectedRevision": 1}
    sent = {"activityId": forecast.steps["One text"], **later}
    assert (await api.act("secretariat", "redateActivity", **sent))["__typename"] != "Refusal"

    expected = await expectations(api, forecast)

    assert (expected["One text"], expected["Paper for the PTC"]) == ("2019-03-31", "2019-04-04")
    further = {"subjectId": forecast.steps["One text"], "days": 1}
    preview = (await api.ask("canada", "PreviewShift", input=further))["previewShift"]
    assert [each["body"]["shortName"] for each in preview["sittings"]] == ["PTC"]


async def test_a_small_move_puts_nothing_at_risk(api: Api, forecast: Forecast) -> None:
    sent = {"subjectId": forecast.steps["Paper for the PTC"], "days": 3}

    preview = (await api.ask("japan", "PreviewShift", input=sent))["previewShift"]

    assert preview["sentence"] == "Paper for the PTC, 3 days later, moves 1 step. No sitting is at risk by it."
    assert (preview["misses"], preview["sittings"]) == ([], [])
    assert preview["moved"]["nodes"][0]["slipDays"] == 21


@pytest.mark.parametrize("days", [0, 731, -731])
async def test_a_move_of_too_many_days_is_refused(api: Api, forecast: Forecast, days: int) -> None:
    sent = {"subjectId": forecast.council, "days": days}

    refusal = (await api.ask("japan", "PreviewShift", input=sent))["previewShift"]

    assert [issue["code"] for issue in refusal["issues"]] == ["NUMBER_OUT_OF_RANGE"]


async def test_everybody_sees_how_the_plans_stand_and_nobody_is_named(api: Api, forecast: Forecast) -> None:
    for person in EVERYBODY:
        overview = (await api.ask(person, "PlanOverview"))["planOverview"]

        assert overview["sitting"]["id"] == forecast.council
        by_group = {node["group"]["shortName"]: node["tally"] for node in overview["groups"]["nodes"]}
        assert set(by_group) == {"WGEC-2", "WGEC"}
        assert by_group["WGEC-2"] == {
            **{"state": "NEEDS_TIME", "settledCount": 1, "openCount": 5, "undatedCount": 1, "overdueCount": 1},
            **{"dueSoonCount": 1, "blockedCount": 0, "slippedCount": 2, "atRiskCount": 0},
        }
        assert overview["misses"]["totalCount"] == 0
        health = (await api.ask(person, "GroupHealth"))["planOverview"]["groups"]
        assert health["totalCount"] == 2
    nobody = await api.send(None, "{ planOverview { tally { openCount } } }")
    assert nobody["data"] is None or nobody["data"]["planOverview"] is None


async def test_the_critical_path_goes_from_the_round_to_the_council(api: Api, forecast: Forecast) -> None:
    path = (await api.ask("gea", "CriticalPath", planId=forecast.plan))["criticalPath"]

    assert names(forecast, path["chain"]) == [
        *("Round closed", "One text", "Paper for the PTC"),
        *("PTC endorses", "Council adopts"),
    ]
    assert (path["floatDays"], path["isAssumed"], path["hasCircle"]) == (3, False, False)
    assert path["steps"]["nodes"][0]["floatDays"] == 3
    nothing = await api.ask("gea", "CriticalPath", planId=forecast.council)
    assert nothing["criticalPath"] is None


async def test_the_way_back_takes_the_recorded_sitting(api: Api, forecast: Forecast) -> None:
    plan = (await api.ask("japan", "BackPlan", input={}))["backPlan"]
    refusal = (await api.ask("japan", "BackPlan", input={"papersDays": -1}))["backPlan"]

    assert plan["sitting"]["id"] == forecast.council
    assert {mark["step"]: mark["latestOn"] for mark in plan["marks"]} == {
        **{"ROUND_OPENS": "2018-12-06", "ROUND_CLOSES": "2019-02-04", "COMMITTEE_PAPERS": "2019-03-04"},
        **{"COMMITTEE_ENDS": "2019-04-26", "COUNCIL_PAPERS": "2019-05-06", "COUNCIL_OPENS": "2019-06-24"},
    }
    assert refusal["issues"][0]["path"] == ["papersDays"]


async def test_the_document_days_of_a_body_are_its_deadline_in_every_answer(api: Api, forecast: Forecast) -> None:
    days = {"body_id": api.world.bodies["ptc"], "document_days": 20, "reason": "Agreed.", "expected_revision": 1}
    await api.world.do("secretariat", convening.arrange_documents, **days)

    preview = (await api.ask("canada", "PreviewShift", input={"subjectId": forecast.round, "days": 165}))[
        "previewShift"
    ]
    back = (await api.ask("japan", "BackPlan", input={}))["backPlan"]
    by_gap = (await api.ask("japan", "BackPlan", input={"papersDays": 49}))["backPlan"]

    assert "past 2 April 2019, the document deadline of PTC, 22 April 2019." in preview["sentence"]
    papers = [
        {mark["step"]: mark["latestOn"] for mark in plan["marks"] if mark["step"].endswith("PAPERS")}
        for plan in (back, by_gap)
    ]
    assert papers == [
        {"COMMITTEE_PAPERS": "2019-04-02", "COUNCIL_PAPERS": "2019-05-06"},
        {"COMMITTEE_PAPERS": "2019-03-04", "COUNCIL_PAPERS": "2019-05-06"},
    ]


async def test_the_gaps_of_the_operator_count_where_none_are_given(api: Api, forecast: Forecast) -> None:
    gaps = {"papers_days": 30, "committee_to_council_days": 70, "consolidation_days": 10, "round_days": 20}
    api.app.state.server.settings = api.settings.model_copy(update=gaps)

    plan = (await api.ask("japan", "BackPlan", input={"roundDays": 40}))["backPlan"]
    preview = (await api.ask("canada", "PreviewShift", input={"subjectId": forecast.round, "days": 150}))[
        "previewShift"
    ]

    assert plan["gaps"] == {
        "committeeToCouncilDays": 70, "papersDays": 30, "consolidationDays": 10, "roundDays": 40,
    }  # fmt: skip
    assert {mark["step"]: mark["latestOn"] for mark in plan["marks"]}["COUNCIL_PAPERS"] == "2019-05-25"
    assert "past 23 March 2019, the document deadline of PTC, 22 April 2019." in preview["sentence"]


async def test_a_sitting_that_was_called_off_is_no_target(api: Api, forecast: Forecast) -> None:
    """The plan aims at the Council of June 2019. One in March is called and called off, and a PTC before it, too."""
    called = [
        await call_sitting(api, body, number, day)
        for body, number, day in (("council", 131, "2019-03-04"), ("ptc", 225, "2019-04-24"))
    ]
    before = [await targets(api, forecast), await committee_of(api)]
    for sitting in called:
        off = await api.act("secretariat", "cancelSitting", sittingId=sitting, reason="No room.", expectedRevision=1)
        assert off["__typename"] != "Refusal"

    assert before == [[called[0], forecast.council, called[0]], None]
    assert await targets(api, forecast) == [forecast.council] * 3
    assert await committee_of(api) == forecast.ptc
    for unfit in (called[0], forecast.ptc):
        refusal = (await api.ask("japan", "BackPlan", input={"sittingId": unfit}))["backPlan"]
        assert [(issue["path"], issue["code"]) for issue in refusal["issues"]] == [(["sittingId"], "UNFIT")]


async def call_sitting(api: Api, body: str, number: int, day: str) -> str:
    """Call a sitting of one day, and return its id."""
    sent = {"bodyId": api.world.bodies[body], "firstNumber": number, "startsOn": day, "endsOn": day}
    called = await api.act("secretariat", "callSitting", **sent, sittingFormat="VIRTUAL")
    return str(called["sitting"]["id"])


async def targets(api: Api, forecast: Forecast) -> list[str]:
    """Return the sittings at which the overview, the critical path and the way back aim by themselves."""
    answers = [
        (await api.ask("japan", "PlanOverview"))["planOverview"],
        (await api.ask("japan", "CriticalPath", planId=forecast.plan))["criticalPath"],
        (await api.ask("japan", "BackPlan", input={}))["backPlan"],
    ]
    return [answer["sitting"]["id"] for answer in answers]


async def committee_of(api: Api) -> str | None:
    """Return the sitting that sets the end of the committee on the way back, None where a gap alone does."""
    marks = (await api.ask("japan", "BackPlan", input={}))["backPlan"]["marks"]
    sitting = next(mark["sitting"] for mark in marks if mark["step"] == "COMMITTEE_ENDS")
    return str(sitting["id"]) if sitting else None


async def test_a_hidden_round_is_no_subject_and_gives_no_day(api: Api) -> None:
    """A round that asks Members only: for industry its milestone has no day, and the round is not there."""
    hidden = await open_round(api.world, audience=frozenset({Capacity.MEMBER}))

    preview = await api.ask("gea", "PreviewShift", input={"subjectId": hidden, "days": 3})

    assert preview["previewShift"] is None
