"""The work of a group, promises, nominations, sittings with agendas, and silence, by their pages and forms."""

from typing import Any

import pytest

from server.domain.bodies.actions import joining
from server.domain.groups.actions import nominating, promising
from server.domain.silence.actions import settling
from tests.desk.desks import form_of
from tests.desk.phrases import read
from tests.factories.rounds import rows_of
from tests.factories.silence import EXPIRES, TEXT, open_silence
from tests.factories.world import World
from tests.groups.test_actions import DUE, named
from tests.sittings.test_actions import call, decided, place

pytestmark = pytest.mark.database
SHARP = '<script>alert("x")</script>'


async def ask(world: World, text: str = "Comments on section 4") -> str:
    """Ask Japan for a promise as the coordinator, and return its id."""
    sent = {"body_id": world.bodies["group"], "party_id": world.parties["japan"], "text": text, "due_at": DUE}
    return await world.do("canada", promising.ask_promise, **sent)


async def test_coordinator_asks_and_a_party_promises_and_keeps_by_forms(desk: Any) -> None:
    canada, japan = await desk("canada"), await desk("japan")
    path = f"/bodies/{canada.world.bodies['group']}/work"
    form = form_of(await canada.get(path), "askPromise")
    written = {"partyId": canada.world.parties["japan"], "text": "Comments on section 4", "dueAt": "2018-10-15T12:00"}

    sent = await canada.send(path, form, **written)
    again = await canada.send(path, form, **written)

    (row,) = await rows_of(canada.world, "promises")
    assert (sent.status_code, again.status_code) == (303, 303)
    page = f"/promises/{row['id']}"
    assert "Comments on section 4" in await read(japan, "/")
    await japan.send(page, form_of(await japan.get(page), "acceptPromise"))
    await japan.send(page, form_of(await japan.get(page), "keepPromise"))
    (row,) = await rows_of(canada.world, "promises")
    assert row["status"] == "KEPT"


async def test_refused_promise_keeps_what_was_written(desk: Any) -> None:
    canada = await desk("canada")
    path = f"/bodies/{canada.world.bodies['group']}/work"

    sent = await canada.send(
        path,
        form_of(await canada.get(path), "askPromise"),
        partyId=canada.world.parties["japan"],
        text="Comments",
        dueAt="2018-01-01T12:00",
    )

    assert (sent.status_code, 'value="Comments"' in sent.text) == (422, True)
    assert await rows_of(canada.world, "promises") == []


async def test_stranger_sees_neither_promise_nor_nomination(desk: Any) -> None:
    gea = await desk("gea")
    promise = await ask(gea.world)
    nomination = await gea.world.do("secretariat", nominating.nominate, **named(gea.world, "upu"))

    answers = [await gea.get(f"/promises/{promise}"), await gea.get(f"/nominations/{nomination}")]
    nothing = await gea.get("/promises/PRO_" + "0" * 26)

    assert [answer.status_code for answer in (*answers, nothing)] == [404, 404, 404]
    assert "Comments on section 4" not in await read(gea, f"/bodies/{gea.world.bodies['group']}/work")


async def test_what_people_write_is_escaped(desk: Any) -> None:
    japan = await desk("japan")
    world = japan.world
    promise = await ask(world, SHARP)
    silence = await open_silence(world, title=SHARP, text=SHARP)
    sitting = await call(world)
    item = await place(world, sitting, title=SHARP, remark=SHARP)

    for path in (f"/promises/{promise}", f"/silence/{silence}", f"/sittings/{sitting}/agenda", f"/agenda-items/{item}"):
        page = await japan.get(path)
        assert page.status_code == 200
        assert "<script>alert" not in page.text
        assert "&lt;script&gt;" in page.text


async def test_nominated_party_accepts_by_its_form(desk: Any) -> None:
    gea = await desk("gea")
    on = await gea.world.do("secretariat", nominating.nominate, **named(gea.world, "gea"))
    page = f"/nominations/{on}"

    await gea.send(page, form_of(await gea.get(page), "acceptNomination"))
    secretariat = await desk("secretariat")
    await secretariat.send(page, form_of(await secretariat.get(page), "agreeNomination"))

    assert [row["status"] for row in await rows_of(gea.world, "nominations")] == ["AGREED"]


async def test_member_objects_by_the_form_and_an_observer_has_none(desk: Any) -> None:
    japan, upu = await desk("japan"), await desk("upu")
    on = await open_silence(japan.world)
    page = f"/silence/{on}"

    assert 'value="breakSilence"' not in (await upu.get(page)).text
    await upu.send(page, form_of(await upu.get(page), "makeStatement"), text="Posts need a year.")
    form = form_of(await japan.get(page), "breakSilence")
    wrong = await japan.send(page, form, passage="no such words", reason="Not ripe.")
    await japan.send(page, form_of(wrong, "breakSilence"), passage="flow charts", reason="Not ripe.")

    assert wrong.status_code == 422
    words = await read(upu, page)
    assert "Objection of Japan" in words
    assert "Posts need a year." in words
    assert [row["status"] for row in await rows_of(japan.world, "silence_procedures")] == ["BROKEN"]


async def test_page_says_that_the_decision_exists_though_nobody_recorded_it(desk: Any) -> None:
    world = (await desk("secretariat")).world
    on = await open_silence(world)
    world.clock.now = EXPIRES
    gea = await desk("gea")

    words = await read(gea, f"/silence/{on}")

    assert "Nobody objected. The decision exists since" in words
    assert TEXT in words


async def test_procedure_that_does_not_address_a_party_is_not_there(desk: Any) -> None:
    gea = await desk("gea")
    on = await open_silence(gea.world, audience=frozenset())
    await gea.world.do("japan", settling.make_statement, procedure_id=on, text="We agree.")

    assert (await gea.get(f"/silence/{on}")).status_code == 404
    assert "Flow charts" not in await read(gea, "/silence")


async def test_officer_calls_a_sitting_places_an_item_and_moves_it(desk: Any) -> None:
    officer = await desk("secretariat")
    path = f"/bodies/{officer.world.bodies['ptc']}/work"
    written = {"firstNumber": "221", "secondNumber": "222", "startsOn": "2018-10-22", "endsOn": "2018-10-26"}
    sent = await officer.send(
        path, form_of(await officer.get(path), "callSitting"), **written, place="Brussels", sittingFormat="HYBRID"
    )
    page = sent.headers["location"].split("?")[0]
    form = form_of(await officer.get(page), "placeItem")
    await officer.send(page, form, number="X.a", title="E-commerce", purposes="DECISION", itemClass="B")
    moved = {"startsOn": "2018-11-05", "endsOn": "2018-11-09", "reason": "The Bureau said so."}
    await officer.send(page, form_of(await officer.get(page), "moveSitting"), **moved)

    words = await read(officer, page)
    assert "E-commerce" in words
    assert "The Bureau said so." in words
    assert [row["purposes"] for row in await rows_of(officer.world, "agenda_items")] == [["DECISION"]]


async def test_member_reserves_its_position_by_the_form(desk: Any) -> None:
    japan = await desk("japan")
    sitting, decision = await decided(japan.world)
    page = f"/sittings/{sitting}/report"

    form = form_of(await japan.get(page), "makeReservation")
    await japan.send(page, form, text="Japan cannot apply it before 2020.")

    assert "Reservation of Japan" in await read(japan, page)
    assert [row["decision_id"] for row in await rows_of(japan.world, "reservations")] == [decision]


async def test_party_that_takes_part_contributes_by_the_form(desk: Any) -> None:
    upu = await desk("upu")
    await upu.world.do("upu", joining.join_body, body_id=upu.world.bodies["group"])
    path = f"/bodies/{upu.world.bodies['group']}/work"

    await upu.send(path, form_of(await upu.get(path), "contribute"), title="Posts", text="Posts need a year.")

    assert "Posts need a year." in await read(upu, path)
