"""The deadline to the microsecond, on both days on which Brussels changes its clocks, and while it is being moved."""

import asyncio
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from server.domain.calls.actions import answering
from server.domain.calls.actions import calling as calls
from server.domain.rounds.actions import calling, filing
from server.kernel.refusals import RefusalCode as Code
from server.vocabulary.rounds import RoundVisibility
from tests.factories.calls import CLOSES as CALL_CLOSES
from tests.factories.calls import answer, open_call
from tests.factories.rounds import CLOSES, code_of, open_round, rows_of, submit, words
from tests.factories.world import World

TICK = timedelta(microseconds=1)
BRUSSELS = ZoneInfo("Europe/Brussels")
LATER = {"closes_at": CLOSES + timedelta(days=1), "reason": "More time was asked for.", "expected_revision": 1}
INSTANTS = {
    "an hour before clocks go back": datetime(2018, 10, 28, 1, 30, tzinfo=BRUSSELS),
    "the first half past two": datetime(2018, 10, 28, 2, 30, tzinfo=BRUSSELS),
    "the second half past two": datetime(2018, 10, 28, 2, 30, tzinfo=BRUSSELS, fold=1),
    "the last instant before clocks go forward": datetime(2019, 3, 31, 1, 59, 59, 999_999, tzinfo=BRUSSELS),
    "the first instant of summer time": datetime(2019, 3, 31, 3, 0, tzinfo=BRUSSELS),
}


def test_instants_around_both_changes_are_what_they_are_called() -> None:
    first, second = INSTANTS["the first half past two"], INSTANTS["the second half past two"]
    last, next_one = list(INSTANTS.values())[3:]

    assert (first.utcoffset(), second.utcoffset()) == (timedelta(hours=2), timedelta(hours=1))
    assert second.astimezone(UTC) - first.astimezone(UTC) == timedelta(hours=1)
    assert next_one.astimezone(UTC) - last.astimezone(UTC) == TICK


@pytest.mark.own_sql
@pytest.mark.parametrize("closes_at", INSTANTS.values(), ids=INSTANTS.keys())
async def test_round_closes_at_its_instant_and_not_by_the_clock_on_the_wall(world: World, closes_at: datetime) -> None:
    closes_at = closes_at.astimezone(UTC)
    round_id = await open_round(world, closes_at=closes_at, zone="Europe/Brussels")
    codes = []

    for offset in (-TICK, timedelta(), TICK):
        world.clock.now = closes_at + offset
        codes.append(await code_of(submit(world, "japan", round_id)))

    assert codes == [None, Code.ROUND_CLOSED, Code.ROUND_CLOSED]


@pytest.mark.parametrize(("offset", "code"), [(-TICK, Code.ROUND_NOT_OPEN), (timedelta(), None), (TICK, None)])
async def test_round_opens_at_its_instant(world: World, offset: timedelta, code: Code | None) -> None:
    opens_at = INSTANTS["the first instant of summer time"].astimezone(UTC)
    round_id = await open_round(world, opens_at=opens_at, closes_at=opens_at + timedelta(hours=1))
    world.clock.now = opens_at + offset

    assert await code_of(submit(world, "japan", round_id)) == code


@pytest.mark.own_sql
async def test_filing_at_the_closing_instant_after_the_extension_of_that_instant_is_in_time(world: World) -> None:
    round_id = await open_round(world)
    world.clock.now = CLOSES

    await world.do("canada", calling.extend_round, round_id=round_id, **LATER)

    assert await code_of(submit(world, "japan", round_id)) is None


@pytest.mark.own_sql
async def test_filing_at_the_closing_instant_before_the_extension_of_that_instant_is_refused(world: World) -> None:
    round_id = await open_round(world)
    world.clock.now = CLOSES

    assert await code_of(submit(world, "japan", round_id)) == Code.ROUND_CLOSED
    await world.do("canada", calling.extend_round, round_id=round_id, **LATER)

    assert await rows_of(world, "comments") == []


@pytest.mark.own_sql
async def test_filing_waits_for_an_extension_on_its_way_and_is_then_in_time(world: World) -> None:
    round_id = await open_round(world)
    world.clock.now = CLOSES
    coordinator = await world.actor("canada")

    async with world.database.writing() as session:
        await calling.extend_round(session, coordinator, CLOSES, round_id=round_id, **LATER)
        filed = asyncio.create_task(submit(world, "japan", round_id))
        await asyncio.wait([filed], timeout=0.3)
        waited = not filed.done()

    assert waited
    assert (await filed).startswith("CMT_")


@pytest.mark.own_sql
async def test_extension_waits_for_a_filing_on_its_way_and_both_stand(world: World) -> None:
    round_id = await open_round(world)
    world.clock.now = CLOSES - TICK
    delegate = await world.actor("japan")

    async with world.database.writing() as session:
        await filing.submit_comment(session, delegate, CLOSES - TICK, round_id=round_id, content=words(world))
        extended = asyncio.create_task(world.do("canada", calling.extend_round, round_id=round_id, **LATER))
        await asyncio.wait([extended], timeout=0.3)
        waited = not extended.done()
    await extended

    assert waited
    assert len(await rows_of(world, "comments")) == 1
    assert (await rows_of(world, "rounds"))[0]["closes_at"] == LATER["closes_at"]


@pytest.mark.own_sql
async def test_answers_that_wait_for_an_early_close_are_refused(world: World) -> None:
    call_id = await open_call(world)
    await answer(world, "japan", call_id)
    now = world.clock.move(hours=1)
    coordinator = await world.actor("canada")
    closing = {"call_id": call_id, "reason": "All have answered.", "expected_revision": 1}

    async with world.database.writing() as session:
        await calls.close_call_early(session, coordinator, now, **closing)
        sending = world.do("japan", answering.file_answers, call_id=call_id, expected_revision=1)
        filed = asyncio.create_task(code_of(sending))
        await asyncio.wait([filed], timeout=0.3)
        waited = not filed.done()

    assert waited
    assert await filed == Code.ROUND_CLOSED


@pytest.mark.own_sql
async def test_extension_of_a_call_in_the_instant_of_its_close_lets_answers_in(world: World) -> None:
    call_id = await open_call(world, visibility=RoundVisibility.IMMEDIATE)
    await answer(world, "japan", call_id)
    world.clock.now = CALL_CLOSES
    later = {"closes_at": CALL_CLOSES + TICK + TICK, "reason": "A tick more.", "expected_revision": 1}

    before = await code_of(world.do("japan", answering.file_answers, call_id=call_id, expected_revision=1))
    await world.do("canada", calls.extend_call, call_id=call_id, **later)
    after = await code_of(world.do("japan", answering.file_answers, call_id=call_id, expected_revision=1))

    assert (before, after) == (Code.ROUND_CLOSED, None)
