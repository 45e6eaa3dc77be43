"""Rounds: their terms and turnout for each who sees them, calling one, and conducting it by its forms."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from server.models.rounds import Round
from server.vocabulary.rounds import RoundStatus, RoundVisibility
from tests.desk.desks import form_of, forms_of
from tests.desk.phrases import phrases_of, read
from tests.factories.rounds import CLOSES, open_round, submit
from tests.factories.workplan import rows_of
from tests.factories.world import NOW, World

pytestmark = pytest.mark.database
SHARP = '<script>alert("x")</script>'
WRITTEN = {
    "title": "Views on Draft 1",
    "audience": ["MEMBER", "OBSERVER"],
    "visibility": "AFTER_CLOSE",
    "zone": "Europe/Brussels",
    "closesAt": "2018-10-12T17:00",
}


async def states_of(world: World) -> list[Any]:
    """Status and closing instant of every round."""
    return [row[1:] for row in await rows_of(world.database, Round.title, Round.status, Round.closes_at)]


async def test_a_coordinator_calls_a_round_on_the_newest_version(desk) -> None:
    visitor = await desk("canada")
    path = f"/rounds/new?version={visitor.world.version}"
    form = form_of(await visitor.get(path), "openRound")

    answer = await visitor.send(path, form, **WRITTEN)
    again = await visitor.send(path, form, **WRITTEN)
    said = await read(visitor, answer.headers["location"])

    assert answer.status_code == 303
    assert again.headers["location"] == answer.headers["location"]
    assert len(await states_of(visitor.world)) == 1
    assert form.fields["textVersionId"] == visitor.world.version
    assert form.fields["bodyId"] == visitor.world.bodies["group"]
    assert "The round is called." in said
    assert "Fri 12 October 2018, 17:00 Brussels time; 15:00 UTC, in 18 days" in said
    assert "Members, Observers" in said
    assert "Sealed" in said


async def test_the_form_shows_its_instants_in_utc_before_anything_is_called(desk) -> None:
    visitor = await desk("canada")
    shown = await visitor.get(
        "/rounds/new?title=Views&closesAt=2018-10-12T01:00&zone=Europe/Brussels&audience=OBSERVER"
    )

    assert "Fri 12 October 2018, 01:00 Brussels time; Thu 11 October 2018, 23:00 UTC" in phrases_of(shown)
    assert 'value="OBSERVER" checked' in shown.text
    assert 'value="MEMBER" checked' not in shown.text
    assert form_of(shown, "openRound").fields["title"] == "Views"
    assert (await visitor.get("/rounds/new?closesAt=tomorrow")).status_code == 200


async def test_a_time_that_comes_twice_is_asked_for_and_then_taken_as_it_was_meant(desk) -> None:
    visitor = await desk("canada")
    form = form_of(await visitor.get("/rounds/new"), "openRound")
    twice = WRITTEN | {"closesAt": "2018-10-28T02:30"}

    asked = await visitor.send("/rounds/new", form, **twice)
    assert asked.status_code == 422
    assert "the clocks of Europe/Brussels show this time of day twice: say which is meant" in phrases_of(asked)
    assert "The first, before the clocks are set back (UTC+02:00)" in phrases_of(asked)
    assert await states_of(visitor.world) == []

    done = await visitor.send("/rounds/new", form, **twice, **{"_which.closesAt": "+01:00"})
    assert done.status_code == 303
    assert [closes_at.isoformat() for *_, closes_at in await states_of(visitor.world)] == ["2018-10-28T01:30:00+00:00"]


async def test_a_refused_call_keeps_what_was_written_and_opens_nothing(desk) -> None:
    visitor = await desk("canada")
    form = form_of(await visitor.get("/rounds/new"), "openRound")

    answer = await visitor.send(
        "/rounds/new", form, **(WRITTEN | {"closesAt": "2018-09-20T17:00", "title": SHARP, "audience": ["OBSERVER"]})
    )

    assert answer.status_code == 422
    assert form_of(answer, "openRound").fields["title"] == SHARP
    assert SHARP not in answer.text
    assert 'id="openRound-closesAt-fault"' in answer.text
    assert 'value="MEMBER" checked' not in answer.text
    assert await states_of(visitor.world) == []


async def test_who_leads_nothing_reads_who_calls_rounds_and_cannot_send_the_form(desk) -> None:
    visitor, coordinator = await desk("japan"), await desk("canada")
    form = form_of(await coordinator.get("/rounds/new"), "openRound")

    assert "You lead none today." in await read(visitor, "/rounds/new")
    answer = await visitor.forge("/rounds/new", form, **WRITTEN)

    assert answer.status_code == 422
    assert await states_of(visitor.world) == []


async def test_turnout_is_told_by_capacity_with_the_silent(desk, world: World) -> None:
    round_id = await open_round(world)
    for who in ("japan", "japan", "upu"):
        await submit(world, who, round_id)

    said = await read(await desk("gea"), f"/rounds/{round_id}")

    assert "2 of 5 have answered" in said
    assert "Members 1 of 3 Japan 2 Canada, China" in said
    assert "Observers 1 of 1 UPU 1" in said
    assert "Private sector 0 of 1 GEA" in said
    assert "3 comments" in said


async def test_a_sealed_round_looks_the_same_whether_or_not_others_have_answered(desk, world: World) -> None:
    empty = await open_round(world, visibility=RoundVisibility.AFTER_CLOSE)
    full = await open_round(world, visibility=RoundVisibility.AFTER_CLOSE)
    for who in ("japan", "upu"):
        await submit(world, who, full)
    visitor = await desk("china")

    first, second = await read(visitor, f"/rounds/{empty}"), await read(visitor, f"/rounds/{full}")
    assert first.replace("Code R1", "Code R2").replace("Draft 1 ", "Draft 1, round 2 ") == second.replace(
        "Draft 1 ", "Draft 1, round 2 "
    )
    assert "until it closes you see only whether your own party has answered" in first
    assert "Members 0 of 1 China" in first
    assert "Japan" not in first
    assert "Members 1 of 3 Japan 1" in await read(await desk("secretariat"), f"/rounds/{full}")

    world.clock.now = CLOSES
    assert "Members 1 of 3 Japan 1" in await read(await desk("china"), f"/rounds/{full}")


async def test_lists_of_one_capacity_are_pages_of_their_own(desk, world: World) -> None:
    round_id = await open_round(world)
    await submit(world, "japan", round_id)
    visitor = await desk("upu")

    assert "Japan Customs (Japan) 1 comment" in await read(visitor, f"/rounds/{round_id}?list=filed&capacity=MEMBER")
    silent = await read(visitor, f"/rounds/{round_id}?list=silent&capacity=MEMBER")
    assert "2 parties" in silent
    assert "China Customs" in silent
    for wrong in ("list=silent&capacity=ALL", "list=all&capacity=MEMBER", "list=silent"):
        assert (await visitor.get(f"/rounds/{round_id}?{wrong}")).status_code == 404


async def test_a_round_is_extended_once_and_says_why(desk, world: World) -> None:
    round_id = await open_round(world)
    visitor = await desk("canada")
    path = f"/rounds/{round_id}"
    form = form_of(await visitor.get(path), "extendRound")
    later = {"closesAt": "2018-10-15T17:00", "reason": f"A holiday {SHARP}"}

    first, second = await visitor.send(path, form, **later), await visitor.send(path, form, **later)
    shown = await visitor.get(path)

    assert (first.status_code, second.status_code) == (303, 303)
    assert await states_of(world) == [(RoundStatus.CALLED, NOW.replace(month=10, day=15, hour=15))]
    assert "From Mon 1 October 2018, 11:00 to Mon 15 October 2018, 17:00, Brussels time" in phrases_of(shown)
    assert "Extended" in phrases_of(shown)
    assert SHARP not in shown.text


async def test_a_refused_extension_reopens_its_form_and_changes_nothing(desk, world: World) -> None:
    round_id = await open_round(world)
    visitor = await desk("secretariat")
    path = f"/rounds/{round_id}"
    form = form_of(await visitor.get(path), "extendRound")

    answer = await visitor.send(path, form, closesAt="2018-09-25T17:00", reason="Sooner")

    assert answer.status_code == 422
    assert '<details class="unfold" id="extend" open>' in answer.text
    assert form_of(answer, "extendRound").fields["reason"] == "Sooner"
    assert await states_of(world) == [(RoundStatus.CALLED, CLOSES)]


async def test_a_stale_extension_shows_what_was_seen_and_what_stands_now(desk, world: World) -> None:
    round_id = await open_round(world)
    slow, fast = await desk("canada"), await desk("secretariat")
    path = f"/rounds/{round_id}"
    seen = form_of(await slow.get(path), "extendRound")
    await fast.send(path, form_of(await fast.get(path), "extendRound"), closesAt="2018-10-15T17:00", reason="Late.")

    answer = await slow.send(path, seen, closesAt="2018-10-16T17:00", reason="Mine")

    said = phrases_of(answer)
    assert answer.status_code == 422
    assert "You saw Mon 1 October 2018, 11:00 Brussels time" in said
    assert "It is now Open Mon 15 October 2018, 17:00 Brussels time" in said
    again = form_of(answer, "extendRound").fields
    assert (again["closesAt"], again["reason"], again["expectedRevision"]) == ("2018-10-16T17:00", "Mine", "2")
    assert await states_of(world) == [(RoundStatus.CALLED, NOW.replace(month=10, day=15, hour=15))]


async def test_only_the_secretariat_calls_a_round_off(desk, world: World) -> None:
    round_id = await open_round(world)
    path = f"/rounds/{round_id}"
    officer, coordinator, delegate = await desk("secretariat"), await desk("canada"), await desk("japan")
    form = form_of(await officer.get(path), "cancelRound")

    assert forms_of(await coordinator.get(path), "cancelRound") == []
    assert forms_of(await delegate.get(path)) == []
    assert (await delegate.forge(path, form, reason="No.")).status_code == 422
    assert await states_of(world) == [(RoundStatus.CALLED, CLOSES)]
    assert (await officer.send(path, form, reason="A mistake.")).status_code == 303
    assert "This round was called off" in await read(delegate, path)


async def test_a_round_is_completed_after_its_close_and_not_before(desk, world: World) -> None:
    round_id = await open_round(world)
    path = f"/rounds/{round_id}"
    visitor = await desk("canada")
    assert "Close and answer: The round is open until Mon 1 October 2018, 11:00 Brussels time" in await read(
        visitor, path
    )

    world.clock.now = CLOSES
    visitor = await desk("canada")
    shown = await visitor.get(path)
    assert "Closed; the comments are being answered" in phrases_of(shown)
    answer = await visitor.send(path, form_of(shown, "completeRound"))
    said = await read(visitor, answer.headers["location"])

    assert "The round is complete." in said
    assert "Completed: every comment is answered" in said


async def test_a_round_with_an_open_comment_is_not_completed(desk, world: World) -> None:
    round_id = await open_round(world)
    await submit(world, "japan", round_id)
    world.clock.now = CLOSES
    visitor = await desk("canada")
    path = f"/rounds/{round_id}"

    answer = await visitor.send(path, form_of(await visitor.get(path), "completeRound"))

    assert answer.status_code == 422
    assert (await states_of(world))[0][0] == RoundStatus.CALLED


async def test_a_planned_round_says_when_it_opens(desk, world: World) -> None:
    round_id = await open_round(world, opens_at=NOW + timedelta(days=2))

    said = await read(await desk("japan"), f"/rounds/{round_id}")

    assert "Opens on Wed 26 September 2018, 11:00 in 2 days" in said
    assert "Nobody can answer before the round opens." in said


async def test_a_round_that_is_hidden_looks_like_none(desk, world: World) -> None:
    hidden = await open_round(world, audience=frozenset({"MEMBER"}))
    visitor = await desk("gea")

    pages = [await visitor.get(path) for path in (f"/rounds/{hidden}", "/rounds/RND_none", "/rounds/none")]
    pages.append(await visitor.get(f"/rounds/{hidden}?list=silent&capacity=MEMBER"))

    assert {page.status_code for page in pages} == {404}
    assert len({page.text for page in pages}) == 1


async def test_what_people_wrote_in_a_round_is_no_markup(desk, world: World) -> None:
    round_id = await open_round(world, title=SHARP)

    for path in (f"/rounds/{round_id}", f"/bodies/{world.bodies['group']}"):
        assert SHARP not in (await (await desk("japan")).get(path)).text
    async with world.database.reading() as connection:
        assert (await connection.execute(select(Round.title))).scalar_one() == SHARP
