"""A deadline that moves a little is told of once; a silence procedure that expires is told of, once, unless broken."""

import asyncio
from collections import Counter
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import update

from server.domain.groups.actions import promising
from server.domain.notices.actions.making import ensure_progress
from server.domain.notices.rules.moments import is_another_day
from server.domain.planning.actions import milestones
from server.domain.planning.actions.following import with_milestones
from server.domain.rounds.actions import calling
from server.domain.silence.actions import opening, settling
from server.domain.sittings.actions import convening
from server.models.groups import Promise
from server.vocabulary.parties import Notices
from server.vocabulary.sittings import SittingFormat
from tests.factories.proposals import add_sitting
from tests.factories.rounds import CLOSES, open_round, rows_of
from tests.factories.silence import EXPIRES, open_silence
from tests.factories.workplan import make_plan
from tests.factories.world import World
from tests.notices.test_actions import choose, send, tell, told

NOON = datetime(2026, 11, 28, 12, tzinfo=UTC)
MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)


async def counted(world: World) -> Counter[tuple[str, str]]:
    """Return how often who was told what: key of the person, name of the notice."""
    keys = {identifier: key for key, identifier in world.persons.items()}
    return Counter((keys[row["person_id"]], row["name"]) for row in await rows_of(world, "notices"))


async def extend(world: World, round_id: str, closes_at: datetime, revision: int = 1) -> None:
    """Extend a round and tell."""
    values = {"closes_at": closes_at, "reason": "Holidays", "expected_revision": revision}
    await world.do("canada", calling.extend_round, round_id=round_id, **values)
    await tell(world)


@pytest.mark.parametrize(
    ("before", "after", "zone", "is_other"),
    [
        (NOON, NOON + MINUTE, "UTC", False),
        (NOON, NOON + timedelta(hours=11, minutes=59), "Europe/Brussels", False),
        (NOON, NOON + DAY, None, True),
        (NOON, NOON - DAY, "UTC", True),
        (NOON.replace(hour=23, minute=59), NOON.replace(hour=23, minute=59) + 2 * MINUTE, "UTC", False),
        (NOON.replace(hour=17), NOON.replace(hour=9) + DAY, "UTC", True),
        (NOON.replace(hour=1), NOON.replace(hour=22), "UTC", False),
        (NOON.replace(hour=1), NOON.replace(hour=22), "Asia/Tokyo", True),
        (NOON, NOON + DAY, "No/Where", True),
        (date(2026, 11, 28), date(2026, 11, 28), None, False),
        (date(2026, 11, 28), date(2026, 11, 29), "UTC", True),
    ],
)
def test_deadline_moves_to_another_day_where_it_was_announced(
    before: Any, after: Any, zone: str | None, is_other: bool
) -> None:
    assert is_another_day(before, after, zone) is is_other


async def test_round_extended_by_a_minute_is_told_once_and_its_nearness_not_again(world: World) -> None:
    await ensure_progress(world.database)
    round_id = await open_round(world)
    for days in (3, 1):
        world.clock.now = CLOSES - timedelta(days=days)
        await tell(world)
    before = await counted(world)

    await extend(world, round_id, CLOSES + MINUTE)
    await extend(world, round_id, CLOSES + 2 * MINUTE, 2)
    world.clock.now += 3 * MINUTE
    await tell(world)

    after = await counted(world)
    assert before["japan", "round.closing"] == 2
    assert {key: count for key, count in after.items() if key[1] != "round.extended"} == before
    assert after["japan", "round.extended"] == 2


async def test_round_extended_by_days_is_near_once_more(world: World) -> None:
    await ensure_progress(world.database)
    round_id = await open_round(world)
    world.clock.now = CLOSES - DAY
    await tell(world)
    before = await counted(world)

    await extend(world, round_id, CLOSES + timedelta(days=5))
    at_once = await counted(world)
    world.clock.now = CLOSES + timedelta(days=2)
    for _ in range(2):
        await tell(world)

    assert at_once["japan", "round.closing"] == before["japan", "round.closing"]
    assert (await counted(world))["japan", "round.closing"] == before["japan", "round.closing"] + 1


async def test_who_was_not_told_of_a_deadline_is_told_of_it_after_a_move_of_a_minute(world: World) -> None:
    await ensure_progress(world.database)
    round_id = await open_round(world)
    await choose(world, "japan", suspended_at=world.clock.now)
    world.clock.now = CLOSES - DAY
    await tell(world)
    await choose(world, "japan", suspended_at=None)

    await extend(world, round_id, CLOSES + MINUTE)
    await tell(world)

    closing = {who: count for (who, name), count in (await counted(world)).items() if name == "round.closing"}
    assert (closing["japan"], closing["china"]) == (1, 1)


async def test_letter_does_not_say_that_a_round_closes_soon_which_was_extended_meanwhile(world: World) -> None:
    await ensure_progress(world.database)
    round_id = await open_round(world)
    await choose(world, "japan", notices=Notices.AT_ONCE)
    await tell(world)
    await send(world)
    world.clock.now = CLOSES - timedelta(days=3)
    await tell(world)
    await extend(world, round_id, CLOSES + timedelta(days=30))

    subjects = [letter.subject for letter in await send(world) if letter.address == "japan@example.org"]

    assert subjects == ["The round “Comments on Draft 1” was extended."]


async def test_silence_extended_by_a_minute_is_near_once(world: World) -> None:
    await ensure_progress(world.database)
    procedure_id = await open_silence(world)
    world.clock.now = EXPIRES - DAY
    await tell(world)

    values = {"expires_at": EXPIRES + MINUTE, "reason": "Holidays", "expected_revision": 1}
    await world.do("secretariat", opening.extend_silence, procedure_id=procedure_id, **values)
    await tell(world)

    counts = await counted(world)
    assert (counts["japan", "silence.closing"], counts["japan", "silence.extended"]) == (1, 1)


async def test_sitting_is_near_again_only_on_another_day(world: World) -> None:
    await ensure_progress(world.database)
    day = (world.clock.now + timedelta(days=7)).date()
    numbers = {"body_id": world.bodies["group"], "first_number": 901, "second_number": 902}
    days = {"starts_on": day, "ends_on": day + DAY, "sitting_format": SittingFormat.IN_PERSON}
    sitting_id = await world.do("secretariat", convening.call_sitting, **numbers, **days)
    await tell(world)
    move = {"sitting_id": sitting_id, "reason": "A larger room", "ends_on": day + 2 * DAY}

    await world.do("secretariat", convening.move_sitting, **move, expected_revision=1)
    await tell(world)
    same_day = await counted(world)
    await world.do("secretariat", convening.move_sitting, **move, starts_on=day + DAY, expected_revision=2)
    await tell(world)

    assert (same_day["canada", "sitting.near"], same_day["canada", "sitting.moved"]) == (1, 1)
    assert (await counted(world))["canada", "sitting.near"] == 2


async def test_milestone_is_near_again_only_on_another_day(world: World) -> None:
    plan = await make_plan(world)
    await ensure_progress(world.database)
    added = {"work_plan_id": plan.id, "name": "Paper", "reason": "New", "approver_body_id": world.bodies["group"]}
    milestone_id = await world.do("secretariat", milestones.add_milestone, **added, period="28 September 2018")
    for _ in range(2):
        await tell(world)
    near = await counted(world)
    redated = {"milestone_id": milestone_id, "reason": "Late"}
    earlier = {"period": "27 to 28 September 2018", "expected_revision": 1}
    await world.do("secretariat", milestones.redate_milestone, **redated, **earlier)
    await tell(world)
    same_day = await counted(world)
    later = {"period": "5 October 2018", "expected_revision": 2}
    await world.do("secretariat", milestones.redate_milestone, **redated, **later)
    for _ in range(2):
        await tell(world)
        world.clock.now += DAY

    assert (near["canada", "milestone.due"], near["japan", "milestone.due"]) == (1, 0)
    assert (same_day["canada", "milestone.due"], same_day["canada", "milestone.redated"]) == (1, 1)
    after = await counted(world)
    assert (after["canada", "milestone.due"], after["canada", "milestone.redated"]) == (2, 2)


async def test_milestone_that_is_not_reached_is_told_the_day_after_and_once(world: World) -> None:
    plan = await make_plan(world)
    await ensure_progress(world.database)
    added = {"work_plan_id": plan.id, "reason": "New", "approver_body_id": world.bodies["group"]}
    last_day = {"period": "28 September 2018"}
    milestone_id = await world.do("secretariat", milestones.add_milestone, **added, **last_day, name="Paper")
    given_up = await world.do("secretariat", milestones.add_milestone, **added, **last_day, name="Boats")
    drop = {"milestone_id": given_up, "reason": "Moot", "expected_revision": 1}
    await world.do("secretariat", milestones.drop_milestone, **drop)

    async def missed(at: datetime) -> tuple[int, int]:
        world.clock.now = at
        await tell(world)
        told = await counted(world)
        return told["canada", "milestone.missed"], told["japan", "milestone.missed"]

    days = [
        datetime(2018, 9, 28, 23, 59, tzinfo=UTC),
        datetime(2018, 9, 29, tzinfo=UTC),
        datetime(2018, 10, 9, tzinfo=UTC),
    ]
    told = [await missed(day) for day in days]
    redated = {"milestone_id": milestone_id, "reason": "Late", "period": "20 October 2018", "expected_revision": 1}
    await world.do("secretariat", milestones.redate_milestone, **redated)

    assert told == [(0, 0), (1, 0), (1, 0)]
    assert await missed(datetime(2018, 10, 20, 12, tzinfo=UTC)) == (1, 0)
    assert await missed(datetime(2018, 10, 21, 12, tzinfo=UTC)) == (2, 0)


async def test_milestone_that_moves_with_its_sitting_is_near_again_only_on_another_day(world: World) -> None:
    plan = await make_plan(world)
    sitting_id = await add_sitting(world, starts_on=date(2018, 10, 2), ends_on=date(2018, 10, 3))
    await ensure_progress(world.database)
    added = {"work_plan_id": plan.id, "name": "Paper", "reason": "New", "approver_body_id": world.bodies["group"]}
    await world.do("secretariat", milestones.add_milestone, **added, sitting_id=sitting_id, offset_days=-2)
    await tell(world)
    move, moved = {"sitting_id": sitting_id, "reason": "A larger room"}, with_milestones(convening.move_sitting)
    await world.do("secretariat", moved, **move, ends_on=date(2018, 10, 4), expected_revision=1)
    await tell(world)
    same_day = await counted(world)
    await world.do("secretariat", moved, **move, starts_on=date(2018, 10, 4), expected_revision=2)
    for _ in range(2):
        await tell(world)

    assert (same_day["canada", "milestone.due"], same_day["canada", "milestone.redated"]) == (1, 0)
    after = await counted(world)
    assert (after["canada", "milestone.due"], after["canada", "milestone.redated"]) == (2, 1)


async def test_promise_is_near_again_only_on_another_day(world: World) -> None:
    """No act moves what was promised: it is handed back and promised anew. The rule holds for its day all the same."""
    await ensure_progress(world.database)
    due_at = world.clock.now + timedelta(days=2)
    asked = {"body_id": world.bodies["group"], "party_id": world.parties["japan"], "text": "Comments", "due_at": due_at}
    promise_id = await world.do("canada", promising.ask_promise, **asked)
    await world.do("japan", promising.accept_promise, promise_id=promise_id, expected_revision=1)
    counts = []
    for moved_by in (timedelta(0), MINUTE, DAY):
        async with world.database.writing() as session:
            await session.execute(update(Promise).where(Promise.id == promise_id).values(due_at=due_at + moved_by))
        for _ in range(2):
            await tell(world)
        counts.append((await counted(world))["japan", "promise.due"])
    await world.do("japan", promising.keep_promise, promise_id=promise_id, expected_revision=2)
    world.clock.now += DAY
    await tell(world)

    assert counts == [1, 1, 2]
    assert (await counted(world))["japan", "promise.due"] == 2


async def test_silence_that_expires_is_told_once_and_not_again_when_it_is_recorded(world: World) -> None:
    procedure_id = await open_silence(world)
    await ensure_progress(world.database)
    world.clock.now = EXPIRES - MINUTE
    await tell(world)
    before = await told(world)

    world.clock.now = EXPIRES + MINUTE
    await asyncio.gather(*(tell(world) for _ in range(3)))
    expired = await told(world) - before
    await world.do("secretariat", settling.record_silence, procedure_id=procedure_id, expected_revision=1)
    for _ in range(2):
        world.clock.now += DAY
        await tell(world)

    heard = {"japan", "japan-assistant", "china", "canada", "upu", "gea"}
    assert expired >= {*((who, "silence.adopted") for who in heard), ("secretariat", "silence.unrecorded")}
    assert {name for _, name in expired} == {"silence.adopted", "silence.unrecorded"}
    assert await told(world) - before == expired
    assert set((await counted(world)).values()) == {1}


async def test_silence_that_was_broken_called_off_or_recorded_in_time_is_not_told_as_adopted(world: World) -> None:
    broken, recorded = await open_silence(world), await open_silence(world, title="Charts")
    cancelled = await open_silence(world, title="Tables")
    await ensure_progress(world.database)
    words = {"passage": "flow charts", "reason": "They lack a box."}
    await world.do("japan", settling.break_silence, procedure_id=broken, **words)
    await world.do("secretariat", opening.cancel_silence, procedure_id=cancelled, reason="No", expected_revision=1)
    world.clock.now = EXPIRES + timedelta(seconds=20)
    await world.do("secretariat", settling.record_silence, procedure_id=recorded, expected_revision=1)

    world.clock.now = EXPIRES + MINUTE
    await tell(world)

    assert {name for _, name in await told(world)} == {"silence.broken", "silence.cancelled", "silence.recorded"}


async def test_letter_asks_the_secretariat_to_record_only_what_is_not_recorded(world: World) -> None:
    procedure_id = await open_silence(world)
    await ensure_progress(world.database)
    for who in ("secretariat", "japan"):
        await choose(world, who, notices=Notices.AT_ONCE)
    world.clock.now = EXPIRES + MINUTE
    await tell(world)
    await world.do("secretariat", settling.record_silence, procedure_id=procedure_id, expected_revision=1)

    subjects = {letter.address.partition("@")[0]: letter.subject for letter in await send(world)}

    assert "secretariat" not in subjects
    assert subjects["japan"] == "Nobody objected to “Flow charts”: it is decided."
