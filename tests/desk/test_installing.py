"""A new installation in the browser: the first page says what comes next, and each step has its form."""

import base64
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from server.domain.parties.actions.officers import appoint_officer
from server.models.bodies import Body, Mandate
from server.models.parties import Delegate, Invitation, Party, Person
from server.models.proposals import Mechanism
from server.storage.database import Database
from tests.desk.desks import Desk, Form, form_of, forms_of
from tests.documents.test_sheets import xlsx
from tests.factories import proposals as make
from tests.factories.world import World
from tests.pages.browser import SAME_ORIGIN, words_of

pytestmark = pytest.mark.database
SHEET = "Party,Name,E-mail,Focal point\nJapan,Hanako YAMADA,hanako@x.org,yes\n"
PATH = ["TECHNICAL_COMMITTEE", "COUNCIL"]
RULES = {"title": "Mechanism", "evidence": "Council 141/142", "approvalPath": PATH, "cycleKinds": ["AD_HOC"]}


async def all_of(world: World, model: Any) -> list[Any]:
    """Return every row of a table."""
    async with world.database.studying() as session:
        return list((await session.scalars(select(model).order_by(model.id))).all())


def form_named(response: Any, name: str) -> Form:
    """Return the form of a page with a name, which may only be tried so far."""
    (form,) = [form for form in forms_of(response) if form.fields.get("_form") == name]
    return form


async def empty_desk(database: Database) -> Desk:
    """Return the desk of the first officer of an empty database."""
    world = World(database)
    async with database.writing() as session:
        await appoint_officer(session, world.clock.now, email=" first@x.org ", name="First Officer")
    (person,) = await all_of(world, Person)
    world.persons["officer"] = person.id
    return await Desk.open(world, "officer")


def next_step(said: str) -> str:
    """Return the words of the step that comes next on the first page."""
    before, mark, _ = said.partition(" Next")
    assert mark, said
    return before.rpartition("Done ")[2] if "Done " in before else before.rpartition("in this order ")[2]


async def test_first_page_of_the_first_officer_says_what_comes_next_in_order(database: Database) -> None:
    officer = await empty_desk(database)

    assert next_step(await officer.read("/")) == "Admit the parties that take part"
    form = form_of(await officer.get("/parties"), "admitKnownParties")
    await officer.send("/parties", form, shortNames=["Japan", "UPU"])
    assert {party.short_name for party in await all_of(officer.world, Party)} == {"Secretariat", "Japan", "UPU"}

    assert next_step(await officer.read("/")) == "Invite or accredit their delegates from a list"
    tried = await officer.send(
        "/import/participants",
        form_named(await officer.get("/import/participants"), "import"),
        sheet=SHEET,
        enrolment="ACCREDIT",
        _preview="read",
    )
    assert "1 new person" in words_of(tried)
    await officer.send("/import/participants", form_named(tried, "import"), _act="importParticipants")
    assert len(await all_of(officer.world, Delegate)) == 2

    assert next_step(await officer.read("/")) == "Set up the bodies and a group with its mandate"
    form = form_of(await officer.get("/bodies"), "establishBody")
    done = await officer.send("/bodies", form, kind="COUNCIL", name="Council", shortName="Council")
    assert done.headers["location"].startswith("/bodies/BOD_")
    assert next_step(await officer.read("/")) == "Appoint who leads the group"
    await officer.client.aclose()


async def test_steps_are_for_the_secretariat_only(desk: Any) -> None:
    for who in ("japan", "canada", "gea"):
        assert "Setting up, in this order" not in await (await desk(who)).read("/")
    assert "Setting up, in this order" in await (await desk("secretariat")).read("/")


async def test_mechanism_is_tried_before_it_is_recorded(desk: Any) -> None:
    officer = await desk("secretariat")
    await make.submitted(officer.world)
    form = form_named(await officer.get("/mechanisms"), "record")

    tried = await officer.send("/mechanisms", form, **RULES, _preview="read")

    said = words_of(tried)
    assert "Tried on 1 proposals and 1 reviews" in said
    assert "Out of scope" in said
    assert len(await all_of(officer.world, Mechanism)) == 1
    done = await officer.send("/mechanisms", form_named(tried, "record"), **RULES, _act="recordMechanism")
    assert done.status_code == 303
    assert {each.title for each in await all_of(officer.world, Mechanism)} == {"Mechanism of June 2018", "Mechanism"}
    assert forms_of(await (await desk("japan")).get("/mechanisms")) == []


async def test_group_is_set_up_extended_and_concluded_by_forms(desk: Any) -> None:
    officer = await desk("secretariat")
    world, today = officer.world, officer.world.clock.now.date()
    form = form_of(await officer.get("/bodies"), "establishBody")
    task = {"kind": "WORKING_GROUP", "name": "<b>Parcels</b>", "shortName": "WGP", "parentId": world.bodies["ptc"]}
    without = await officer.send("/bodies", form, **task)
    assert without.status_code == 422
    assert "a group has a mandate" in words_of(without)

    days = {"terms": "Look at parcels.", "startsOn": str(today), "endsOn": str(today + timedelta(days=90))}
    done = await officer.send("/bodies", form_of(without, "establishBody"), **task, **days)
    place = done.headers["location"].partition("?")[0]
    page = await officer.get(place)
    assert "<b>Parcels</b>" not in page.text
    later = {"terms": "Go on.", "startsOn": str(today + timedelta(days=91)), "endsOn": "", "reason": "More work."}
    await officer.send(place, form_of(page, "extendMandate"), **later)
    page = await officer.get(place)
    assert "More work." in words_of(page)
    ended = {"concludedOn": str(today), "successorId": world.bodies["ptc"], "reason": "Done."}
    await officer.send(place, form_of(page, "concludeBody"), **ended)

    said = await officer.read(place)
    assert "It was concluded on" in said
    assert forms_of(await officer.get(place), "concludeBody") == []
    bodies = {body.short_name: body for body in await all_of(world, Body)}
    assert bodies["WGP"].successor_id == world.bodies["ptc"]
    assert len([each for each in await all_of(world, Mandate) if each.body_id == bodies["WGP"].id]) == 2


async def test_sheet_is_taken_as_a_file_and_its_faults_are_named(desk: Any) -> None:
    officer = await desk("secretariat")
    rows = (
        '<row r="1"><c r="A1" t="inlineStr"><is><t>Party</t></is></c><c r="B1" t="inlineStr"><is><t>Name</t></is></c>'
        '<c r="C1" t="inlineStr"><is><t>E-mail</t></is></c></row>'
        '<row r="2"><c r="A2" t="inlineStr"><is><t>Atlantis</t></is></c><c r="B2" t="inlineStr"><is><t>A B</t></is></c>'
        '<c r="C2" t="inlineStr"><is><t>a@x.org</t></is></c></row>'
    )
    form = form_named(await officer.get("/import/participants"), "import")
    fields = {name: value for name, value in form.fields.items() if name != "sheet"} | {"_preview": "read"}
    files = {"sheet": ("list.xlsx", base64.b64decode(xlsx(rows)), "application/octet-stream")}

    tried = await officer.client.post("/import/participants", data=fields, files=files, headers=SAME_ORIGIN)

    said = words_of(tried)
    assert tried.status_code == 422
    assert "no party is called 'Atlantis'" in said
    assert "list.xlsx" in tried.text
    assert await all_of(officer.world, Invitation) == []


async def test_import_of_participants_is_for_the_secretariat(desk: Any) -> None:
    for who in ("japan", "canada", "gea"):
        assert (await (await desk(who)).get("/import/participants")).status_code == 404
