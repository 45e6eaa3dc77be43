"""The first page: what is asked of somebody, what is under way, what waits for others, and what was done."""

from datetime import timedelta

import pytest
from sqlalchemy import update

from server.domain.notices.actions.choosing import mark_notices
from server.domain.planning.actions.milestones import add_milestone
from server.domain.planning.actions.proposing import propose_milestone_change
from server.domain.workplan.actions.tracking import redate_activity
from server.models.parties import Person
from server.vocabulary.parties import Language
from tests.desk.desks import forms_of
from tests.desk.phrases import read
from tests.desk.states_of_plans import told
from tests.factories.forecast import make_forecast
from tests.factories.rounds import draft, open_round, submit
from tests.factories.workplan import make_plan
from tests.factories.world import NOW, World
from tests.pages.browser import words_of

pytestmark = pytest.mark.database


async def test_nobody_is_led_to_the_sign_in(desk) -> None:
    visitor = await desk("japan")
    visitor.client.cookies.clear()
    answer = await visitor.get("/")
    assert answer.status_code == 303
    assert answer.headers["location"] == "/sign-in?continue=%2F"


async def test_a_delegate_with_nothing_to_do_reads_so_and_what_to_do_next(desk) -> None:
    visitor = await desk("japan")
    said = await visitor.read("/")
    assert "What is asked of you" in said
    assert "For Japan" in said
    assert "To do (0)" in said
    assert "Nothing waits for you now. Read the texts" in said
    assert "No round asks Japan now." in said


async def test_a_link_in_a_letter_opens_the_page(desk) -> None:
    visitor = await desk("japan")
    answer = await visitor.client.get("/", headers={"sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate"})
    assert answer.status_code == 200
    assert "For Japan" in words_of(answer)


async def test_drafts_of_a_round_are_one_row_and_the_round_shows_the_own_count(desk, world: World) -> None:
    round_id = await open_round(world)
    await draft(world, "japan-assistant", round_id)
    await draft(world, "japan-assistant", round_id)
    await draft(world, "upu", round_id)
    await submit(world, "gea", round_id)
    visitor = await desk("japan")

    said = await visitor.read("/")

    assert "To do (2)" in said
    assert "Look through and file 2 drafts of Japan" in said
    assert "Comment for Japan on “Comments on Draft 1”" in said
    assert "0 filed, 2 drafts" in said
    assert "Draft written" in said
    assert "UPU" not in said


async def test_an_expert_reads_where_their_drafts_are(desk, world: World) -> None:
    round_id = await open_round(world)
    await submit(world, "japan", round_id)
    await draft(world, "japan-assistant", round_id)
    visitor = await desk("japan-assistant")

    said = await visitor.read("/")

    assert "Nothing waits for you. 1 draft is with the focal point of Japan, who files it until the round" in said
    assert "1 draft waits for the focal point" in said
    assert "Look through" not in said


async def test_a_filed_comment_waits_for_others(desk, world: World) -> None:
    await submit(world, "japan", await open_round(world))
    visitor = await desk("japan")

    assert "1 comment on “Comments on Draft 1” waits for an answer" in await visitor.read("/")
    world.clock.move(days=8)
    visitor = await desk("japan")
    said = await visitor.read("/")
    assert "1 comment on “Comments on Draft 1” waits for an answer" in said
    assert "The coordinators of WGEC-2 propose answers" in said


async def test_a_coordinator_sees_the_group_that_they_lead(desk, world: World) -> None:
    await submit(world, "japan", await open_round(world))
    visitor = await desk("canada")

    said = await visitor.read("/")
    assert "You lead WGEC-2, Flow Charts and Data Elements" in said
    assert "1 of 5 parties have answered" in said
    world.clock.move(days=8)
    visitor = await desk("canada")
    said = await visitor.read("/")
    assert "Propose answers to the comments of “Comments on Draft 1”" in said
    assert "1 comment without a recorded answer" in said


async def test_an_officer_sees_what_is_under_way_and_no_draft(desk, world: World) -> None:
    round_id = await open_round(world)
    await draft(world, "japan-assistant", round_id, text="Not yet for others.")
    await submit(world, "upu", round_id)
    visitor = await desk("secretariat")

    said = await visitor.read("/")

    assert "What is under way" in said
    assert "Round: Comments on Draft 1" in said
    assert "Comment filed: UPU R1-1, Paragraph 1 , Comments on Draft 1" in said
    assert "Draft written" not in said
    assert "Rounds that ask" not in said


async def test_an_officer_reads_what_misses_its_day_in_all_plans(desk, world: World) -> None:
    forecast = await make_forecast(world)
    visitor = await desk("secretariat")
    assert "as things stand" not in await read(visitor, "/")
    later = {"period": "May 2019", "reason": "The ice melts later.", "expected_revision": 1}
    await world.do("secretariat", redate_activity, activity_id=forecast.steps["Paper for the PTC"], **later)

    said = await read(visitor, "/")

    assert "2 steps miss their day as things stand Paper for the PTC: 39 days past 22 April 2019" in said
    assert "Council adopts: waits for what misses its day" in said


async def test_those_who_approve_that_a_milestone_moves_get_there_in_one_step(desk, world: World) -> None:
    plan = await make_plan(world)
    said = {"work_plan_id": plan.id, "name": "Harbour", "period": "June 2019", "reason": "So agreed."}
    approver = {"approver_body_id": world.bodies["group"]}
    milestone = await world.do("secretariat", add_milestone, **said, **approver)
    asked = {"period": "July 2019", "reason": "The ice melts later.", "expected_revision": 1}
    change = await world.do("secretariat", propose_milestone_change, milestone_id=milestone, **asked)
    visitor, other = await desk("canada"), await desk("japan")

    answer = await visitor.get("/")

    assert "Say whether the milestone “Harbour” moves" in words_of(answer)
    assert f'href="/milestone-changes/{change}"' in answer.text
    assert "Harbour" not in await other.read("/")


async def test_everybody_reads_how_many_notices_are_unread(desk, world: World) -> None:
    await told(world)
    visitor = await desk("japan")
    assert "2 unread notices" in await visitor.read("/")

    await world.do("japan", mark_notices)

    assert "unread" not in await visitor.read("/")


async def test_a_sealed_round_tells_no_count_of_others(desk, world: World) -> None:
    await submit(world, "upu", await open_round(world, visibility="AFTER_CLOSE"))
    visitor = await desk("japan")

    said = await visitor.read("/")

    assert "sealed until it closes" in said
    assert "UPU" not in said


async def test_markup_in_a_title_is_shown_as_it_was_written(desk, world: World) -> None:
    title = "<script>alert(1)</script>"
    await open_round(world, title=title, closes_at=NOW + timedelta(days=3))
    visitor = await desk("japan")

    answer = await visitor.get("/")

    assert "<script>alert" not in answer.text
    assert title in words_of(answer)
    assert forms_of(answer) == []


async def test_why_something_is_asked_is_said_in_the_language_of_the_reader(desk, world: World) -> None:
    await open_round(world)
    async with world.database.writing() as session:
        await session.execute(update(Person).values(language=Language.FRENCH))

    said = await read(await desk("japan"), "/")

    assert "La consultation s’adresse à votre partie, qui n’a encore rien déposé." in said
    assert "your party" not in said
