"""The silent are reminded, and a close is told: by one notice and one letter, whatever brings it."""

import asyncio
from datetime import timedelta
from typing import Any

from server.domain.calls.actions.reminding import remind_asked
from server.domain.delegations.actions import declaring, reminding
from server.domain.notices.actions.making import ensure_progress
from server.domain.notices.actions.reminding import tell_reminders
from server.domain.notices.rules.moments import find_step
from server.domain.rounds.actions import conducting
from server.domain.rounds.rules.terms import RoundSettings
from server.vocabulary.parties import Language, Notices
from tests.factories import calls
from tests.factories.evidence import sign
from tests.factories.rounds import CLOSES, open_round, rows_of, submit
from tests.factories.world import World
from tests.notices.test_actions import choose, send, tell, told


async def letters(world: World) -> list[tuple[str, str]]:
    """Send everything that is due, and return the key of each reader with the subject."""
    return sorted((letter.address.partition("@")[0], letter.subject) for letter in await send(world))


async def remind(world: World, round_id: str, **planned: Any) -> None:
    """Ask as the coordinator to remind the silent, now or later."""
    await world.do("canada", reminding.remind_silent, **{"round_id": round_id, "due_at": None} | planned)


async def test_a_reminder_tells_the_focal_points_of_the_silent_in_their_language_and_nobody_else(world: World) -> None:
    await ensure_progress(world.database)
    round_id = await open_round(world)
    await submit(world, "upu", round_id)
    await world.do("gea", declaring.declare_no_comment, round_id=round_id)
    await choose(world, "japan", language=Language.FRENCH)
    await choose(world, "china", notices=Notices.NONE)
    await remind(world, round_id)

    counts = [await tell_reminders(world.database, world.clock) for _ in range(2)]

    assert counts == [3, 0]
    assert await told(world) == {(who, "round.reminded") for who in ("canada", "japan", "china")}
    assert await letters(world) == [
        ("canada", "Your party is asked to answer the round “Comments on Draft 1”."),
        ("japan", "Votre partie est invitée à répondre à la consultation « Comments on Draft 1 »."),
    ]
    (row,) = await rows_of(world, "reminders")
    assert (row["letter_count"], row["sent_at"]) == (3, world.clock.now)


async def test_a_party_that_answers_before_the_letter_goes_out_gets_none(world: World) -> None:
    round_id = await open_round(world)
    await remind(world, round_id)
    await tell_reminders(world.database, world.clock)
    await world.do("japan", declaring.declare_no_comment, round_id=round_id)

    assert [who for who, _ in await letters(world)] == ["canada", "china", "gea", "upu"]


async def test_a_reminder_is_told_once_by_processes_at_the_same_time(world: World) -> None:
    await ensure_progress(world.database)
    await remind(world, await open_round(world))

    counts = await asyncio.gather(*(tell_reminders(world.database, world.clock) for _ in range(3)))

    assert sorted(counts) == [0, 0, 5]
    assert len(await rows_of(world, "notices")) == 5


async def test_a_planned_reminder_waits_for_its_instant_and_lapses_with_the_round(world: World) -> None:
    round_id = await open_round(world)
    await remind(world, round_id, due_at=world.clock.now + timedelta(days=6))

    assert await tell_reminders(world.database, world.clock) == 0
    world.clock.now = CLOSES
    assert await tell_reminders(world.database, world.clock) == 0
    (row,) = await rows_of(world, "reminders")
    assert (row["letter_count"], row["sent_at"]) == (None, CLOSES)


async def test_who_was_reminded_is_not_told_the_same_by_the_clock_on_that_day(world: World) -> None:
    await ensure_progress(world.database)
    round_id = await open_round(world)
    await tell(world)
    world.clock.now = CLOSES - timedelta(hours=30)
    await remind(world, round_id)
    await tell_reminders(world.database, world.clock)
    await tell(world)
    reminded = await told(world)
    world.clock.now = CLOSES - timedelta(hours=23)
    await tell(world)
    on_the_last_day = await told(world)

    silent = {"canada", "china", "japan", "upu", "gea"}
    assert {who for who, name in reminded if name == "round.reminded"} == silent
    # The assistant is no focal point, so that the reminder did not tell them.
    assert {who for who, name in on_the_last_day if name == "round.closing"} == {"japan-assistant"}


async def test_who_heard_of_the_close_from_the_clock_is_not_reminded_of_it_on_that_day(world: World) -> None:
    await ensure_progress(world.database)
    round_id = await open_round(world)
    await tell(world)
    world.clock.now = CLOSES - timedelta(hours=23)
    await tell(world)
    await remind(world, round_id)

    assert await tell_reminders(world.database, world.clock) == 0


async def test_the_clock_keeps_to_the_days_that_the_round_says(world: World) -> None:
    await ensure_progress(world.database)
    await open_round(world, settings=RoundSettings(reminder_days=(5, 2)))
    await tell(world)
    counts = {}
    for hours in (24 * 5 + 1, 24 * 5 - 1, 24 * 3 - 1, 24 * 2 - 1, 23):
        world.clock.now = CLOSES - timedelta(hours=hours)
        counts[hours] = await tell(world)

    assert counts == {121: 0, 119: 6, 71: 0, 47: 6, 23: 0}


def test_days_before_the_opening_do_not_count() -> None:
    begins, closes = CLOSES - timedelta(days=2), CLOSES

    assert find_step(closes, begins, (3, 1), begins) is None
    assert find_step(closes, begins, (3, 1), closes - timedelta(days=1)) == 1
    assert find_step(closes, CLOSES - timedelta(days=90), (3, 1), closes - timedelta(days=3)) == 3
    assert find_step(closes, CLOSES - timedelta(days=90), (3, 1), closes) == 1


async def test_a_close_is_told_by_one_letter_with_the_signed_head_and_one_notice(world: World) -> None:
    await ensure_progress(world.database)
    await sign(world)
    for who in world.persons:
        await choose(world, who, notices=Notices.AT_ONCE)
    await open_round(world)
    await tell(world)
    world.clock.move(hours=1)
    await send(world)
    opened = await told(world)
    world.clock.now = CLOSES
    await sign(world)
    await tell(world)

    assert await told(world) - opened == {(who, "round.closed") for who in ("canada", "china", "gea", "japan", "upu")}
    assert await letters(world) == [
        (who, "Closed: Comments on Draft 1") for who in ("canada", "china", "gea", "japan", "upu")
    ]


async def test_a_round_that_is_closed_early_is_told_once_too(world: World) -> None:
    await ensure_progress(world.database)
    await sign(world)
    round_id = await open_round(world)
    await tell(world)
    await send(world)
    opened = await told(world)
    world.clock.move(hours=1)
    closing = {"round_id": round_id, "reason": "All have answered.", "expected_revision": 1}
    await world.do("secretariat", conducting.close_round, **closing)
    await tell(world)
    await sign(world)

    people = {"canada", "china", "gea", "japan", "upu"}
    assert await told(world) - opened == {(who, "round.closed_early") for who in {*people, "japan-assistant"}}
    assert await letters(world) == [
        *((who, "Closed: Comments on Draft 1") for who in ("canada", "china", "gea", "japan")),
        ("japan-assistant", "The round “Comments on Draft 1” was closed early."),
        ("upu", "Closed: Comments on Draft 1"),
    ]


async def test_a_reminder_that_is_due_while_the_round_is_paused_waits_until_it_goes_on(world: World) -> None:
    await ensure_progress(world.database)
    round_id = await open_round(world)
    on = {"round_id": round_id, "reason": "The server moves."}
    await world.do("secretariat", conducting.pause_round, **on, expected_revision=1)
    await remind(world, round_id)

    paused = await tell_reminders(world.database, world.clock)
    (waiting,) = await rows_of(world, "reminders")
    await world.do("secretariat", conducting.resume_round, **on, expected_revision=2)
    resumed = await tell_reminders(world.database, world.clock)

    assert (paused, waiting["sent_at"], resumed) == (0, None, 5)
    assert {who for who, name in await told(world) if name == "round.reminded"} == {
        *("canada", "japan", "china", "upu", "gea"),
    }


async def test_a_reminder_of_a_call_tells_those_who_answer_for_parties_that_have_not_once(world: World) -> None:
    await ensure_progress(world.database)
    call_id = await calls.open_call(world)
    await calls.file(world, "upu", call_id)
    await tell(world)
    await world.do("canada", remind_asked, call_id=call_id, due_at=None)

    counts = [await tell_reminders(world.database, world.clock) for _ in range(2)]

    assert {who for who, name in await told(world) if name == "call.reminded"} == {"canada", "china", "japan", "gea"}
    assert counts == [4, 0]
    (row,) = await rows_of(world, "call_reminders")
    assert (row["letter_count"], row["sent_at"]) == (4, world.clock.now)


async def test_a_reminder_of_a_call_that_is_due_after_its_close_tells_nobody(world: World) -> None:
    await ensure_progress(world.database)
    call_id = await calls.open_call(world)
    await world.do("canada", remind_asked, call_id=call_id, due_at=calls.CLOSES - timedelta(minutes=1))
    world.clock.now = calls.CLOSES

    assert await tell_reminders(world.database, world.clock) == 0
    (row,) = await rows_of(world, "call_reminders")
    assert (row["letter_count"], row["sent_at"]) == (None, calls.CLOSES)
