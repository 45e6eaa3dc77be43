"""What becomes of plans, on pages: all groups, the critical path, slips, a move, the way back, and at home."""

from datetime import date
from itertools import pairwise
from typing import Any

import pytest

from server.domain.workplan.actions import tracking
from server.web.desk.workplan.trend import MOST_LINES, draw_trend
from tests.desk.phrases import phrases_of, read
from tests.factories.forecast import make_forecast
from tests.factories.world import World

TODAY = date(2018, 9, 24)


def slipped(*changes: tuple[str, str | None, str | None], slip: int = 10) -> dict[str, Any]:
    nodes = [{"redatedAt": f"{when}T10:00:00Z", "oldLatestOn": old, "newLatestOn": new} for when, old, new in changes]
    return {"redatings": {"nodes": nodes}, "slipDays": slip}


def test_a_line_is_level_until_a_day_is_changed_and_climbs_there() -> None:
    drawn = draw_trend([slipped(("2018-06-01", "2018-09-01", "2018-10-01"))], TODAY)

    assert drawn is not None
    (track,) = drawn.tracks
    (x0, y0), (x1, y1), (x2, y2), (x3, y3) = track.points
    assert (y0, y2) == (y1, y3)
    assert y2 < y1, "a later day is drawn higher"
    assert x0 < x1 == x2 < x3
    assert (drawn.first, drawn.last, drawn.left_out) == (date(2018, 5, 2), TODAY, 0)


def test_days_that_were_never_changed_or_never_set_draw_nothing() -> None:
    assert draw_trend([], TODAY) is None
    assert draw_trend([slipped(("2018-06-01", None, None))], TODAY) is None


def test_of_many_lines_those_that_slipped_most_are_drawn_and_numbers_stand_apart() -> None:
    many = [slipped(("2018-06-01", "2018-09-01", "2018-10-01"), slip=number) for number in range(40)]

    drawn = draw_trend(many, TODAY)

    assert drawn is not None
    assert sorted(track.number for track in drawn.tracks) == list(range(41 - MOST_LINES, 41))
    assert drawn.left_out == 40 - MOST_LINES
    places = sorted(track.label_y for track in drawn.tracks)
    assert min(after - before for before, after in pairwise(places)) >= 14


pages = pytest.mark.database


@pages
async def test_all_groups_are_counted_for_everybody(desk, world: World) -> None:
    await make_forecast(world)

    for person in ("secretariat", "canada", "gea"):
        said = phrases_of(await (await desk(person)).get("/plans/overview"))

        assert "2 groups with open work plans, for the Council of 24 June 2019" in said
        assert "8 open 1 overdue 2 due soon 2 later than first planned" in said
        assert "Needs time" in said
        assert "Canada Border Services Agency" not in said


@pages
async def test_without_a_plan_the_overview_says_so(desk, world: World) -> None:
    assert "No work plan is open." in await read(await desk("japan"), "/plans/overview")
    assert (await (await desk("japan")).get("/plans/none/shift")).status_code == 404
    assert "No sitting of the Council to come is recorded." in await read(await desk("japan"), "/plans/back")


@pages
async def test_the_critical_path_is_a_table_with_the_days_that_are_left(desk, world: World) -> None:
    forecast = await make_forecast(world)

    said = await read(await desk("upu"), f"/plans/{forecast.plan}/path")

    assert "3 days are left until the sitting is at risk: Council, 24 June 2019." in said
    assert "Council adopts" in said
    assert "Paper for the PTC 1 March 2019 3 days left In time" in said


@pages
async def test_a_move_is_tried_by_a_form_and_says_what_it_puts_at_risk(desk, world: World) -> None:
    forecast = await make_forecast(world)
    visitor, path = await desk("canada"), f"/plans/{forecast.plan}/shift"

    asked = await read(visitor, path)
    bad = await read(visitor, f"{path}?subject={forecast.round}&days=150")
    fine = await read(visitor, f"{path}?subject={forecast.steps['Paper for the PTC']}&days=2")

    assert "Try a move" in asked
    assert "At risk PTC, 22 April 2019 At risk Council, 24 June 2019" in bad
    assert "past the document deadline of 4 March 2019" in bad
    assert "3 steps move" in bad
    assert "Nothing is at risk by it" in fine
    assert "1 step moves" in fine


@pages
@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("subject={round}&days=soon", "Write a whole number of days, such as 21."),
        ("subject={round}&days=0", "-730 to 730"),
        ("subject={round}&days=99999999999999999999", "Write a whole number of days, such as 21."),
        ("subject=%3Cscript%3E&days=3", "There is no such step, sitting or round."),
        ("subject=RND_none&days=3", "There is no such step, sitting or round."),
    ],
)
async def test_a_move_that_makes_no_sense_is_said_at_its_field(desk, world: World, query: str, words: str) -> None:
    forecast = await make_forecast(world)

    shown = await (await desk("japan")).get(f"/plans/{forecast.plan}/shift?{query.format(round=forecast.round)}")

    assert shown.status_code == 200
    assert words in phrases_of(shown)
    assert "<script>" not in shown.text


@pages
async def test_the_way_back_takes_gaps_that_are_given(desk, world: World) -> None:
    await make_forecast(world)
    visitor = await desk("japan")

    usual, shorter = await read(visitor, "/plans/back"), await read(visitor, "/plans/back?papersDays=10&roundDays=x")
    wrong = await read(visitor, "/plans/back?papersDays=-3")

    assert "Committee papers 4 March 2019 161 days PTC, 22 April 2019" in usual
    assert "Committee papers 12 April 2019" in shorter
    assert "Write a whole number of days, such as 21." in shorter
    assert "0 to 730" in wrong


@pages
async def test_slips_are_a_chart_and_a_table_and_markup_in_reasons_is_escaped(desk, world: World) -> None:
    forecast = await make_forecast(world)
    step = {"activity_id": forecast.steps["Paper for the PTC"], "reason": "<b>late</b>"}
    before = await read(await desk("japan"), f"/plans/{forecast.plan}/slips")
    await world.do("canada", tracking.redate_activity, period="15 March 2019", expected_revision=1, **step)

    shown = await (await desk("japan")).get(f"/plans/{forecast.plan}/slips")

    assert "No activity was re-dated" in before
    assert "1 of 6 activities was re-dated" in phrases_of(shown)
    assert shown.text.count('class="trend"') == 1
    assert "style=" not in shown.text
    assert "&lt;b&gt;late&lt;/b&gt;" in shown.text


@pages
async def test_the_plan_draws_its_milestones_and_home_says_how_the_group_stands(desk, world: World) -> None:
    forecast = await make_forecast(world)
    visitor = await desk("canada")

    plan = await visitor.get(f"/plans/{forecast.plan}")
    home = await read(visitor, "/")

    assert plan.text.count('class="point"') == 3
    assert "PTC, 22 April 2019" in phrases_of(plan)
    assert "Needs time 5 steps open, 1 overdue, 1 due soon" in home
