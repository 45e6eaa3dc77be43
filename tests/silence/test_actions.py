"""Opening, breaking, extending, recording, restarting and referring silence, on both databases."""

import asyncio
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from server.domain.bodies.actions import recording
from server.domain.silence.actions import opening, settling
from server.kernel.actor import Capacity
from server.kernel.refusals import Refusal
from server.models.silence import SilenceExtension, SilenceObjection, SilenceProcedure, SilenceStatement
from server.vocabulary.silence import SilenceStatus
from tests.factories import proposals as make
from tests.factories.answers import (
    FORBIDDEN,
    INVALID,
    NOT_FOUND,
    STALE,
    WRONG_STATE,
    kind_and_code,
    last_entry,
    refusal,
    rows,
)
from tests.factories.silence import EXPIRES, TEXT, open_silence, silence
from tests.factories.world import World

TICK = timedelta(microseconds=1)
WHY = {"passage": "as they stand", "reason": "The returns are missing."}


async def procedure_of(world: World, procedure_id: str) -> Any:
    """Return the row of a silence procedure."""
    return next(row for row in await rows(world, SilenceProcedure) if row.id == procedure_id)


async def broken(world: World) -> str:
    """Return a silence procedure that Japan broke."""
    on = await open_silence(world)
    return await world.do("japan", settling.break_silence, procedure_id=on, **WHY)


async def test_open_silence_freezes_the_text_with_its_digest(world: World) -> None:
    procedure = await procedure_of(world, await open_silence(world, subject_id=world.version))

    entry = await last_entry(world)
    assert (procedure.status, procedure.text, procedure.expires_at) == (SilenceStatus.OPENED, TEXT, EXPIRES)
    assert (entry.act, entry.details["text_digest"]) == ("silence.opened", procedure.text_digest)
    assert entry.details["audience"] == ["MEMBER", "OBSERVER", "PRIVATE_SECTOR"]


@pytest.mark.parametrize(
    ("changed", "path"),
    [
        ({"title": " "}, "title"),
        ({"text": ""}, "text"),
        ({"expires_at": None}, "expiresAt"),
        ({"zone": "Mars/Olympus"}, "zone"),
    ],
)
async def test_fault_of_a_silence_procedure_is_refused(world: World, changed: dict[str, Any], path: str) -> None:
    changed = {name: world.clock.now if value is None else value for name, value in changed.items()}
    refused = await refusal(world, "secretariat", opening.open_silence, **silence(world, **changed))

    assert kind_and_code(refused) == INVALID
    assert path in [issue.path for issue in refused.issues]


async def test_open_silence_on_what_can_still_change_or_is_not_there_is_refused(world: World) -> None:
    body = await refusal(world, "secretariat", opening.open_silence, **silence(world, subject_id=world.bodies["ptc"]))
    nothing = await refusal(world, "secretariat", opening.open_silence, **silence(world, subject_id="TXV_" + "0" * 26))

    assert (kind_and_code(body), body.issues[0].path) == (INVALID, "subjectId")
    assert kind_and_code(nothing) in (INVALID, NOT_FOUND)
    assert kind_and_code(await refusal(world, "japan", opening.open_silence, **silence(world))) == FORBIDDEN


async def test_member_breaks_silence_until_one_microsecond_before_the_last_instant(world: World) -> None:
    on = await open_silence(world)
    world.clock.now = EXPIRES - TICK

    await world.do("japan", settling.break_silence, procedure_id=on, **WHY)

    (objection,) = await rows(world, SilenceObjection)
    assert (await procedure_of(world, on)).status == SilenceStatus.BROKEN
    assert (objection.party_id, objection.objected_at) == (world.parties["japan"], EXPIRES - TICK)


@pytest.mark.parametrize("after", [timedelta(), TICK, timedelta(days=400)])
async def test_objection_at_the_last_instant_is_too_late(world: World, after: timedelta) -> None:
    on = await open_silence(world)
    world.clock.now = EXPIRES + after

    refused = await refusal(world, "japan", settling.break_silence, procedure_id=on, **WHY)

    assert (kind_and_code(refused), refused.reason.code) == (WRONG_STATE, "SILENCE_EXPIRED")


@pytest.mark.parametrize("who", ["upu", "gea", "secretariat", "japan-assistant"])
async def test_nobody_but_the_focal_point_of_a_member_breaks_silence(world: World, who: str) -> None:
    on = await open_silence(world)

    assert kind_and_code(await refusal(world, who, settling.break_silence, procedure_id=on, **WHY)) == FORBIDDEN


async def test_observer_speaks_and_the_decision_comes_all_the_same(world: World) -> None:
    on = await open_silence(world)
    await world.do("upu", settling.make_statement, procedure_id=on, text="Posts would need a year.")
    world.clock.now = EXPIRES

    await world.do("secretariat", settling.record_silence, procedure_id=on, expected_revision=1)

    entry = await last_entry(world)
    (statement,) = await rows(world, SilenceStatement)
    assert statement.party_id == world.parties["upu"]
    assert (entry.act, entry.details["since"]) == ("silence.recorded", "2018-10-08 09:00:00+00:00")
    assert (await procedure_of(world, on)).status == SilenceStatus.RECORDED


async def test_second_objection_of_two_at_once_is_refused(world: World) -> None:
    on = await open_silence(world)
    acts = [world.do(who, settling.break_silence, procedure_id=on, **WHY) for who in ("japan", "china")]

    answers = await asyncio.gather(*acts, return_exceptions=True)

    assert sorted(type(answer) for answer in answers if isinstance(answer, Refusal)) == [Refusal]
    assert len(await rows(world, SilenceObjection)) == 1


async def test_objection_on_a_version_names_a_provision_of_it(world: World) -> None:
    on = await open_silence(world, subject_id=world.version)
    say = {"procedure_id": on, "reason": "It is not ripe."}

    nowhere = await refusal(world, "japan", settling.break_silence, **say)
    elsewhere = await refusal(world, "japan", settling.break_silence, **say, provision_id="PRT_" + "0" * 26)
    await world.do("japan", settling.break_silence, **say, provision_id=world.provisions[1])

    assert [issue.path for issue in nowhere.issues + elsewhere.issues] == ["provisionId", "provisionId"]
    assert (await rows(world, SilenceObjection))[0].provision_id == world.provisions[1]


async def test_extension_moves_the_last_instant_for_everyone(world: World) -> None:
    on, later = await open_silence(world), EXPIRES + timedelta(days=7)
    sent = {"procedure_id": on, "expires_at": later, "reason": "Holidays."}
    await world.do("secretariat", opening.extend_silence, **sent, expected_revision=1)
    world.clock.now = EXPIRES

    await world.do("japan", settling.break_silence, procedure_id=on, **WHY)

    (extension,) = await rows(world, SilenceExtension)
    assert (extension.expires_before, extension.expires_after) == (EXPIRES, later)


async def test_extension_is_refused_for_what_is_earlier_stale_or_over(world: World) -> None:
    on = await open_silence(world)
    sent = {"procedure_id": on, "reason": "Holidays."}

    earlier = await refusal(
        world, "secretariat", opening.extend_silence, **sent, expires_at=EXPIRES - TICK, expected_revision=1
    )
    later = {"expires_at": EXPIRES + timedelta(days=7)}
    stale = await refusal(world, "secretariat", opening.extend_silence, **sent, **later, expected_revision=2)
    world.clock.now = EXPIRES
    over = await refusal(world, "secretariat", opening.extend_silence, **sent, **later, expected_revision=1)

    assert [kind_and_code(each) for each in (earlier, stale, over)] == [INVALID, STALE, WRONG_STATE]


async def test_broken_silence_is_restarted_over_a_changed_text(world: World) -> None:
    on = await broken(world)
    sent = {"text": "The Committee endorses the flow charts with returns.", "reason": "Japan's point is met."}
    again = await world.do(
        "secretariat",
        opening.restart_silence,
        procedure_id=on,
        expires_at=EXPIRES + timedelta(days=30),
        **sent,
        expected_revision=2,
    )

    new = await procedure_of(world, again)
    assert ((await procedure_of(world, on)).status, new.status) == (SilenceStatus.RESTARTED, SilenceStatus.OPENED)
    assert (new.restarts_id, new.text) == (on, sent["text"])
    refused = await refusal(
        world,
        "secretariat",
        opening.restart_silence,
        procedure_id=on,
        expires_at=EXPIRES,
        **sent,
        expected_revision=3,
    )
    assert kind_and_code(refused) == WRONG_STATE


async def test_broken_silence_is_referred_to_a_sitting_to_come(world: World) -> None:
    on = await broken(world)
    days = [(date(2018, 4, 16), date(2018, 4, 20)), (date(2018, 10, 22), date(2018, 10, 26))]
    past, to_come = [
        await world.do(
            "secretariat",
            recording.record_sitting,
            body_id=world.bodies["ptc"],
            first_number=219 + 2 * place,
            second_number=220 + 2 * place,
            starts_on=starts_on,
            ends_on=ends_on,
        )
        for place, (starts_on, ends_on) in enumerate(days)
    ]
    sent = {"procedure_id": on, "reason": "To be talked about.", "expected_revision": 2}
    other = await make.add_sitting(world, "pc", 80)
    above = await make.add_sitting(world, "council", 131)

    elsewhere = await refusal(world, "secretariat", settling.refer_silence, **sent, sitting_id=other)
    refused = await refusal(world, "secretariat", settling.refer_silence, **sent, sitting_id=past)
    await world.do("secretariat", settling.refer_silence, **sent, sitting_id=to_come)

    assert (kind_and_code(refused), refused.issues[0].path) == (INVALID, "sittingId")
    assert (kind_and_code(elsewhere), elsewhere.issues[0].path) == (INVALID, "sittingId")
    assert (await procedure_of(world, on)).sitting_id == to_come
    await world.do(
        "secretariat", settling.refer_silence, **sent | {"procedure_id": await broken(world)}, sitting_id=above
    )


async def test_cancelled_silence_decides_nothing(world: World) -> None:
    on = await open_silence(world)
    await world.do("secretariat", opening.cancel_silence, procedure_id=on, reason="Wrong text.", expected_revision=1)
    world.clock.now = EXPIRES

    refused = await refusal(world, "secretariat", settling.record_silence, procedure_id=on, expected_revision=2)

    assert kind_and_code(refused) == WRONG_STATE


async def test_procedure_that_does_not_address_a_party_is_not_there_for_it(world: World) -> None:
    on = await open_silence(world, audience=frozenset[Capacity]())

    for who in ("upu", "gea"):
        refused = await refusal(world, who, settling.make_statement, procedure_id=on, text="We say so.")
        assert kind_and_code(refused) == NOT_FOUND


async def _tamper(world: World, statement: str, **values: Any) -> None:
    """Write to the database past every act."""
    async with world.database.writing() as session:
        await session.execute(text(statement), values)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE silence_procedures SET text = 'We approve.' WHERE id = :id",
        "UPDATE silence_procedures SET zone = 'UTC' WHERE id = :id",
        "DELETE FROM silence_procedures WHERE id = :id",
    ],
)
async def test_database_keeps_the_frozen_text(world: World, statement: str) -> None:
    on = await open_silence(world)

    with pytest.raises(DBAPIError):
        await _tamper(world, statement, id=on)
