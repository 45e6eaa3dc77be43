"""Notices are made of the journal and the clock, told once, and only to those whom they concern."""

import re
from datetime import UTC, date, datetime, timedelta
from typing import Any

from sqlalchemy import select, update

from server.delivery.outbox.delivery import Outgoing, deliver_letters
from server.domain.bodies.actions import recording
from server.domain.delegations.actions import declaring, drafts
from server.domain.notices.actions import choosing
from server.domain.notices.actions.making import ensure_progress, make_notices
from server.domain.notices.actions.posting import compose_letter, post_notices
from server.domain.rounds.actions import answering, calling
from server.domain.silence.actions import settling
from server.domain.sittings.actions import convening
from server.kernel.actor import Capacity
from server.kernel.refusals import RefusalCode as Code
from server.models.delegations import ClearancePractice
from server.models.notices import Notice
from server.models.parties import Delegate, Person
from server.vocabulary.notices import WatchMode
from server.vocabulary.parties import Language, Notices
from server.vocabulary.rounds import RoundVisibility
from tests.factories.rounds import CLOSES, code_of, draft, open_round, rows_of, submit
from tests.factories.silence import EXPIRES, TEXT, open_silence
from tests.factories.world import NOW, World

ISSUER = "https://fos.example"


async def tell(world: World) -> int:
    """Do one turn of making notices."""
    return await make_notices(world.database, world.clock)


async def told(world: World) -> set[tuple[str, str]]:
    """Return who was told what: key of the person, name of the notice."""
    keys = {identifier: key for key, identifier in world.persons.items()}
    return {(keys[row["person_id"]], row["name"]) for row in await rows_of(world, "notices")}


async def choose(world: World, who: str, **values: Any) -> None:
    """Set what a person chose in their profile."""
    async with world.database.writing() as session:
        await session.execute(update(Person).where(Person.id == world.persons[who]).values(**values))


async def send(world: World) -> list[Outgoing]:
    """Post what is due and send it, and return what went out."""
    sent: list[Outgoing] = []

    async def keep(letter: Outgoing) -> None:
        sent.append(letter)

    async def compose(connection: Any, letter_id: str, now: Any) -> Any:
        return await compose_letter(connection, letter_id, now, ISSUER)

    await post_notices(world.database, world.clock, ISSUER)
    await deliver_letters(world.database, world.clock, keep, compose=compose)
    return sent


async def test_opening_a_round_tells_everybody_it_addresses_once_and_not_who_did_it(world: World) -> None:
    await ensure_progress(world.database)
    await open_round(world)

    made, again = await tell(world), await tell(world)

    assert await told(world) == {(who, "round.opened") for who in ("japan", "japan-assistant", "china", "upu", "gea")}
    assert (made, again) == (5, 0)


async def test_history_from_before_the_first_turn_is_not_told(world: World) -> None:
    await open_round(world)

    assert await tell(world) == 0


async def test_who_may_not_see_a_round_hears_nothing_of_it(world: World) -> None:
    await ensure_progress(world.database)
    await open_round(world, audience=frozenset({"MEMBER"}))

    await tell(world)

    assert {who for who, _ in await told(world)} == {"japan", "japan-assistant", "china"}


async def test_before_the_close_only_the_silent_are_told_and_each_moment_once(world: World) -> None:
    await ensure_progress(world.database)
    round_id = await open_round(world)
    await tell(world)
    await submit(world, "japan", round_id)
    await world.do("china", declaring.declare_no_comment, round_id=round_id)
    world.clock.now = CLOSES - timedelta(hours=30)

    await tell(world)
    await tell(world)
    three = [row["is_pressing"] for row in await rows_of(world, "notices") if row["name"] == "round.closing"]
    world.clock.now = CLOSES - timedelta(hours=20)
    await tell(world)
    both = [row["is_pressing"] for row in await rows_of(world, "notices") if row["name"] == "round.closing"]

    assert {who for who, name in await told(world) if name == "round.closing"} == {"canada", "upu", "gea"}
    assert [bool(each) for each in three] == [False] * 3
    assert sorted(bool(each) for each in both) == [False] * 3 + [True] * 3


async def test_what_is_done_by_the_time_of_the_letter_is_left_out(world: World) -> None:
    await ensure_progress(world.database)
    await choose(world, "upu", notices=Notices.AT_ONCE)
    round_id = await open_round(world)
    await tell(world)
    world.clock.now = CLOSES - timedelta(hours=20)
    await tell(world)
    await post_notices(world.database, world.clock, ISSUER)
    await world.do("upu", declaring.declare_no_comment, round_id=round_id)

    letters = await send(world)

    (letter,) = [each for each in letters if each.address == "upu@example.org"]
    assert "was called" in letter.text
    assert "closes soon" not in letter.text


async def test_who_loses_sight_between_making_and_sending_gets_no_letter(world: World) -> None:
    await ensure_progress(world.database)
    for who in ("upu", "gea"):
        await choose(world, who, notices=Notices.AT_ONCE)
    await open_round(world)
    await tell(world)
    await post_notices(world.database, world.clock, ISSUER)
    async with world.database.writing() as session:
        ended = update(Delegate).where(Delegate.id == world.delegates["upu"])
        await session.execute(ended.values(ended_at=world.clock.now))

    letters = await send(world)

    assert {each.address for each in letters} == {"gea@example.org"}
    withdrawn = [row for row in await rows_of(world, "letters") if row["withdrawn_at"]]
    assert [row["address"] for row in withdrawn] == ["upu@example.org"]
    assert withdrawn[0]["text"] == ""


async def test_the_letter_of_the_day_waits_for_its_hour_in_the_zone_of_its_reader(world: World) -> None:
    await ensure_progress(world.database)
    await choose(world, "japan", zone="Asia/Tokyo", digest_hour=8, language=Language.FRENCH)
    await open_round(world, title="Flux & données")
    await tell(world)

    early = await send(world)
    world.clock.now = world.clock.now.replace(hour=22, minute=59)  # 7:59 in Tokyo
    not_yet = await send(world)
    world.clock.move(minutes=1)
    letters = {each.address: each for each in await send(world)}

    assert (early, not_yet) == ([], [])
    letter = letters["japan@example.org"]
    assert letter.subject == "Une consultation est lancée : « Flux & données »."
    assert "Clôture le 1er octobre 2018 à 18 h 00 (Asia/Tokyo ; 9 h 00 UTC)." in letter.text.replace("09 h", "9 h")
    assert "Flux &amp; données" in letter.html
    assert re.search(r"https://fos.example/unsubscribe/PER_\w+\.[0-9a-f]{64}", letter.unsubscribe)


async def test_what_is_pressing_does_not_wait_and_what_was_read_is_not_sent(world: World) -> None:
    await ensure_progress(world.database)
    async with world.database.writing() as session:
        session.add(
            ClearancePractice(
                party_id=world.parties["japan"],
                levels="ONE",
                can_file_at_once=False,
                arranged_by_id=world.delegates["japan"],
                arranged_at=world.clock.now,
            )
        )
    round_id = await open_round(world)
    comment_id = await draft(world, "japan-assistant", round_id)
    await world.do("japan-assistant", drafts.present_draft, comment_id=comment_id, expected_revision=1)
    await world.do("japan", drafts.return_draft, comment_id=comment_id, reason="Shorter.", expected_revision=2)
    await tell(world)

    letters = await send(world)

    assert [(each.address, each.subject) for each in letters] == [
        ("japan-assistant@example.org", "Your draft in the round “Comments on Draft 1” came back to you.")
    ]
    assert ("japan", "draft.presented") not in await told(world)  # the draft does not wait any more
    await world.do("japan", choosing.mark_notices)
    world.clock.move(days=1)
    assert "japan@example.org" not in {each.address for each in await send(world)}


async def test_watching_adds_and_muting_takes_away(world: World) -> None:
    await ensure_progress(world.database)
    round_id = await open_round(world)
    await world.do("secretariat", choosing.watch_object, object_id=round_id, mode=WatchMode.WATCHED)
    await world.do("upu", choosing.watch_object, object_id=round_id, mode=WatchMode.MUTED)
    await tell(world)
    extension = {"closes_at": CLOSES + timedelta(days=7), "reason": "Holidays.", "expected_revision": 1}
    await world.do("canada", calling.extend_round, round_id=round_id, **extension)

    await tell(world)

    heard = {who for who, name in await told(world) if name == "round.extended"}
    assert heard == {"secretariat", "japan", "japan-assistant", "china", "gea"}
    same = world.do("upu", choosing.watch_object, object_id=round_id, mode=WatchMode.MUTED)
    assert await code_of(same) == Code.INVALID


async def test_a_sealed_round_tells_others_the_same_whether_or_not_somebody_filed(world: World) -> None:
    await ensure_progress(world.database)
    sealed = await open_round(world, visibility=RoundVisibility.AFTER_CLOSE)
    for who in ("china", "secretariat", "canada"):
        await world.do(who, choosing.watch_object, object_id=sealed, mode=WatchMode.WATCHED)
    await tell(world)
    before = await told(world)
    await submit(world, "japan", sealed)

    await tell(world)

    assert await told(world) == before


async def test_the_answer_is_told_to_the_party_of_the_comment(world: World) -> None:
    await ensure_progress(world.database)
    round_id = await open_round(world)
    comment_id = await submit(world, "japan", round_id)
    world.clock.now = CLOSES
    await world.do(
        "secretariat",
        answering.record_disposition,
        comment_id=comment_id,
        verdict="NOTED",
        reason="Taken up later.",
        wording=None,
        expected_revision=1,
    )

    await tell(world)

    heard = {who for who, name in await told(world) if name == "disposition.recorded"}
    assert heard == {"japan", "japan-assistant"}


async def test_nobody_marks_notices_of_others_and_nobody_watches_what_is_hidden(world: World) -> None:
    await ensure_progress(world.database)
    hidden = await open_round(world, audience=frozenset({"MEMBER"}))
    await tell(world)
    async with world.database.reading() as connection:
        of_japan = await connection.scalar(select(Notice.id).where(Notice.person_id == world.persons["japan"]))

    refused = await code_of(world.do("china", choosing.mark_notices, notice_ids=[of_japan]))
    unseen = await code_of(world.do("gea", choosing.watch_object, object_id=hidden, mode=WatchMode.WATCHED))
    nothing = await code_of(world.do("gea", choosing.watch_object, object_id=of_japan, mode=WatchMode.WATCHED))

    assert (refused, unseen, nothing) == (Code.NOT_FOUND, Code.NOT_FOUND, Code.NOT_FOUND)


async def test_silence_is_told_to_those_who_may_hear_it_and_soon_ends_only_for_silent_members(world: World) -> None:
    await tell(world)
    procedure = await open_silence(world, audience=frozenset({Capacity.OBSERVER}))
    await tell(world)
    opened = await told(world)
    await world.do("canada", settling.make_statement, procedure_id=procedure, text="We agree.")
    world.clock.now = EXPIRES - timedelta(days=1)
    await tell(world)
    closing = await told(world) - opened
    objection = {"procedure_id": procedure, "passage": TEXT, "reason": "Too early."}
    await world.do("china", settling.break_silence, **objection)
    await tell(world)
    broken = await told(world) - opened - closing

    members = {"japan", "japan-assistant", "china"}
    assert opened == {(who, "silence.opened") for who in members | {"canada", "upu"}}
    assert closing == {(who, "silence.closing") for who in members}
    heard = {"japan", "japan-assistant", "canada", "upu", "secretariat"}
    assert broken == {(who, "silence.broken") for who in heard}


async def test_sitting_that_is_recorded_is_announced_as_long_as_it_is_to_come(world: World) -> None:
    """Also to those who watch its body."""
    await tell(world)
    watched = {"object_id": world.bodies["group"], "mode": WatchMode.WATCHED}
    await world.do("china", choosing.watch_object, **watched)
    recorded = {"body_id": world.bodies["group"], "second_number": None, "place": "Brussels"}
    yesterday, today = NOW.date() - timedelta(days=1), NOW.date()
    for number, day in ((7, yesterday), (8, today)):
        days = {"starts_on": yesterday, "ends_on": day}
        await world.do("secretariat", recording.record_sitting, **recorded, **days, first_number=number)
        await tell(world)

    announced = [row for row in await rows_of(world, "notices") if row["name"] == "sitting.recorded"]
    of_today = {row["subject_id"] for row in announced}
    assert {who for who, name in await told(world) if name == "sitting.recorded"} >= {"canada", "china"}
    assert len(of_today) == 1


async def test_sitting_that_was_called_off_is_told_to_its_body_and_is_near_nobody(world: World) -> None:
    await tell(world)
    group = {"body_id": world.bodies["group"], "first_number": 7, "second_number": None}
    days = {"starts_on": date(2018, 10, 29), "ends_on": date(2018, 11, 2)}
    sitting = await world.do("secretariat", recording.record_sitting, **group, **days, place="Brussels")
    await tell(world)
    called_off = {"sitting_id": sitting, "reason": "Moot.", "expected_revision": 1}
    await world.do("secretariat", convening.cancel_sitting, **called_off)
    world.clock.now = datetime(2018, 10, 20, tzinfo=UTC)
    await tell(world)

    names = {name for who, name in await told(world) if who == "canada"}
    assert names == {"sitting.recorded", "sitting.cancelled"}
