"""Calendars show what their person sees, as another library than the one that writes them reads it."""

from datetime import date, timedelta

from sqlalchemy import update

from server.domain.bodies.actions import recording
from server.domain.calendars import actions
from server.domain.calendars.queries.addresses import find_subscriber
from server.domain.rounds.actions import calling
from server.domain.silence.actions import settling
from server.domain.sittings.actions import convening
from server.kernel.refusals import RefusalCode as Code
from server.models.bodies import Sitting
from server.models.parties import Delegate
from server.vocabulary.rounds import RoundVisibility
from tests.factories.calendars import ISSUER, open_feed, read_feed
from tests.factories.rounds import CLOSES, code_of, open_round, rows_of, submit
from tests.factories.silence import EXPIRES, TEXT, open_silence
from tests.factories.world import World


async def test_deadline_moves_with_a_rising_sequence_and_is_cancelled(world: World) -> None:
    secret = await open_feed(world, "japan")
    round_id = await open_round(world, title="Flow; charts, données\n")
    uid = f"round-closes-{round_id}@intersession"
    first = (await read_feed(world, secret))[uid]
    later = CLOSES + timedelta(days=7)
    await world.do(
        "canada", calling.extend_round, round_id=round_id, closes_at=later, reason="Holidays.", expected_revision=1
    )
    moved = (await read_feed(world, secret))[uid]
    await world.do("secretariat", calling.cancel_round, round_id=round_id, reason="Moot.", expected_revision=2)
    cancelled = (await read_feed(world, secret))[uid]

    assert (first.dtstart, moved.dtstart) == (CLOSES, later)
    assert [each.sequence for each in (first, moved, cancelled)] == [0, 1, 2]
    assert [str(each.status.value) for each in (first, moved, cancelled)] == ["CONFIRMED", "CONFIRMED", "CANCELLED"]
    assert first.summary == "Closes: Flow; charts, données"
    assert len(first.alarm) == 1
    assert first.alarm[0].trigger == timedelta(days=-1)
    assert cancelled.alarm == []
    assert str(first.url) == f"{ISSUER}/rounds/{round_id}"


async def test_sitting_stands_on_its_days_in_the_calendar_of_its_body(world: World) -> None:
    of_ptc, of_group = (
        await open_feed(world, "japan", world.bodies["ptc"]),
        await open_feed(world, "japan", world.bodies["group"]),
    )
    await open_round(world)
    sitting = {"body_id": world.bodies["ptc"], "first_number": 235, "second_number": 236}
    days = {"starts_on": date(2018, 10, 8), "ends_on": date(2018, 10, 12)}
    sitting_id = await world.do("secretariat", recording.record_sitting, **sitting, **days, place="Brussels")

    events = await read_feed(world, of_ptc)

    event = events[f"sitting-{sitting_id}@intersession"]
    assert (event.dtstart, event.dtend, event.location) == (date(2018, 10, 8), date(2018, 10, 13), "Brussels")
    assert len(events) == 1
    assert len(await read_feed(world, of_group)) == 1
    called_off = {"sitting_id": sitting_id, "reason": "Moot.", "expected_revision": 1}
    await world.do("secretariat", convening.cancel_sitting, **called_off)
    (cancelled,) = (await read_feed(world, of_ptc)).values()
    assert (cancelled.status.value, cancelled.sequence) == ("CANCELLED", 1)


async def test_last_instant_to_object_stands_in_calendars_until_somebody_does(world: World) -> None:
    japan, gea = await open_feed(world, "japan"), await open_feed(world, "gea")
    procedure = await open_silence(world, audience=frozenset())

    (runs,) = (await read_feed(world, japan)).values()
    hidden = await read_feed(world, gea)
    objection = {"procedure_id": procedure, "passage": TEXT, "reason": "Too early."}
    await world.do("china", settling.break_silence, **objection)
    (broken,) = (await read_feed(world, japan)).values()

    assert hidden == {}
    assert (runs.dtstart, runs.status.value, runs.sequence) == (EXPIRES, "CONFIRMED", 0)
    assert (broken.status.value, broken.sequence) == ("CANCELLED", 1)


async def test_calendar_shows_what_its_person_sees_and_nothing_to_one_whose_accreditation_ended(world: World) -> None:
    japan, gea = await open_feed(world, "japan"), await open_feed(world, "gea")
    await open_round(world, audience=frozenset({"MEMBER"}))

    assert len(await read_feed(world, japan)) == 1
    assert await read_feed(world, gea) == {}
    async with world.database.writing() as session:
        ended = update(Delegate).where(Delegate.id == world.delegates["japan"])
        await session.execute(ended.values(ended_at=world.clock.now))
    assert await read_feed(world, japan) == {}


async def test_calendar_of_a_sealed_round_is_the_same_whether_or_not_somebody_filed(world: World) -> None:
    secret = await open_feed(world, "china")
    sealed = await open_round(world, visibility=RoundVisibility.AFTER_CLOSE)
    before = await read_feed(world, secret)
    await submit(world, "japan", sealed)

    assert await read_feed(world, secret) == before


async def test_renewed_secret_takes_the_place_of_the_one_before_and_others_cannot_end_it(world: World) -> None:
    first = await open_feed(world, "japan")
    japan = await world.actor("japan")
    async with world.database.writing() as session:
        second = (await actions.open_calendar_feed(session, japan, world.clock.now)).secret
    (feed,) = await rows_of(world, "calendar_feeds")
    refused = await code_of(world.do("china", actions.close_calendar_feed, feed_id=feed["id"]))

    async with world.database.reading() as connection:
        found = [await find_subscriber(connection, each, world.clock.now) for each in (first, second, "")]

    assert refused == Code.NOT_FOUND
    assert [each is not None for each in found] == [False, True, False]
    assert second not in str(feed)
    await world.do("japan", actions.close_calendar_feed, feed_id=feed["id"])
    assert await rows_of(world, "calendar_feeds") == []


async def test_a_sitting_at_the_end_of_the_calendar_stands_in_it(world: World) -> None:
    """No act takes such a day any more; what an earlier release took is still read."""
    secret = await open_feed(world, "japan")
    last = Sitting(body_id=world.bodies["ptc"], first_number=223, starts_on=date.max, ends_on=date.max)
    await world.add(last)

    assert f"sitting-{last.id}@intersession" in await read_feed(world, secret)
