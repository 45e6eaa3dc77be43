"""The registers: who reads them, and every act on parties and people by its form."""

from datetime import date

import pytest
from sqlalchemy import select

from server.models.parties import Delegate, Invitation, Party, Person, Representation
from tests.desk.desks import form_of, forms_of
from tests.factories.accrediting import accredit, newcomer
from tests.pages.browser import words_of

pytestmark = pytest.mark.database

MARKUP = "<b onmouseover=alert(1)>Bold & co</b>"


async def all_of(world, model):
    async with world.database.studying() as session:
        return (await session.scalars(select(model).order_by(model.id))).all()


async def test_the_start_page_counts_what_the_officer_sees(desk) -> None:
    visitor = await desk("secretariat")

    said = await visitor.read("/registers")

    assert "6 parties: their names, delegates and mandates" in said
    assert "7 persons and accounts" in said
    assert "Import a text" in said


async def test_a_delegate_reads_the_parties_and_is_offered_no_form(desk) -> None:
    visitor = await desk("japan-assistant")

    listed, own = await visitor.get("/parties"), await visitor.get(f"/parties/{visitor.world.parties['japan']}")

    assert "Universal Postal Union" in words_of(listed)
    assert forms_of(listed, "admitParty") == []
    assert [form.fields["_act"] for form in forms_of(own) if "_act" in form.fields] == []
    assert "japan@example.org" not in own.text


async def test_parties_are_found_by_short_name_and_capacity(desk) -> None:
    visitor = await desk("japan")

    by_name, observers = await visitor.read("/parties?q=gea"), await visitor.read("/parties?capacity=OBSERVER")

    assert "1 party with “gea” in its name" in by_name
    assert "Global Express Association" in by_name
    assert "Universal Postal Union" in observers
    assert "Global Express Association" not in observers


async def test_admit_party_leads_to_its_page_and_escapes_its_name(desk) -> None:
    visitor = await desk("secretariat")
    form = form_of(await visitor.get("/parties"), "admitParty")
    sent = {"name": MARKUP, "shortName": "Bold", "kind": "ACADEMIC", "capacity": "OBSERVER", "furtherNames": "The Bold"}
    sent |= {"region": "EUROPE", "language": " fr "}

    done = await visitor.send("/parties", form, **sent)
    again = await visitor.send("/parties", form, **sent)

    assert done.status_code == again.status_code == 303
    assert done.headers["location"] == again.headers["location"]
    page = await visitor.get(done.headers["location"])
    assert MARKUP not in page.text
    assert MARKUP in words_of(page)
    (party,) = [party for party in await all_of(visitor.world, Party) if party.short_name == "Bold"]
    assert (party.region, party.language) == ("EUROPE", "fr")
    assert "Europe · French" in words_of(page)


async def test_admit_party_under_a_known_name_is_refused_and_kept_in_the_form(desk) -> None:
    visitor = await desk("secretariat")
    form = form_of(await visitor.get("/parties"), "admitParty")

    refused = await visitor.send("/parties", form, name="", shortName="Japan", kind="ACADEMIC", capacity="OBSERVER")

    assert refused.status_code == 422
    kept = form_of(refused, "admitParty")
    assert kept.fields["shortName"] == "Japan"
    assert kept.fields["kind"] == "ACADEMIC"
    assert 'id="admit-name-fault"' in refused.text
    assert len(await all_of(visitor.world, Party)) == 6


async def test_correct_party_that_somebody_else_corrected_is_refused_with_three_texts(desk) -> None:
    visitor = await desk("secretariat")
    path = f"/parties/{visitor.world.parties['upu']}"
    form = form_of(await visitor.get(path), "correctParty")
    first = await visitor.send(path, form, name="Postal Union", reason="Its new name.")
    second = form_of(await visitor.get(path), "correctParty")
    assert first.status_code == 303

    refused = await visitor.send(path, form, name="Union of Posts", reason="A letter.", idempotencyKey="another")

    said = words_of(refused)
    assert refused.status_code == 422
    assert "Somebody was faster" in said
    for words in ("Universal Postal Union", "Postal Union", "Union of Posts"):
        assert words in said
    assert form_of(refused, "correctParty").fields["expectedRevision"] == second.fields["expectedRevision"]


async def test_a_focal_point_invites_and_withdraws_on_the_page_of_the_party(desk) -> None:
    visitor = await desk("japan")
    path = f"/parties/{visitor.world.parties['japan']}"
    form = form_of(await visitor.get(path), "inviteDelegate")

    refused = await visitor.send(path, form, name=MARKUP, email="nobody", startsOn="2018-01-01")
    done = await visitor.send(path, form, name=MARKUP, email="new@example.org", startsOn="2018-10-01")

    assert refused.status_code == 422
    assert 'href="#invite-email"' in refused.text
    assert done.status_code == 303
    page = await visitor.get(path)
    assert MARKUP in words_of(page)
    assert MARKUP not in page.text
    listed = await visitor.get("/invitations?view=open")
    assert "The letter waits to be sent." in words_of(listed)
    withdrawn = await visitor.send("/invitations", form_of(listed, "withdrawInvitation"))
    assert withdrawn.headers["location"] == "/invitations?done=withdrawInvitation"
    (invitation,) = await all_of(visitor.world, Invitation)
    assert invitation.withdrawn_at is not None
    assert "Withdrawn" in await visitor.read("/invitations?view=withdrawn")


async def test_invitations_of_others_are_not_seen(desk) -> None:
    officer, other = await desk("secretariat"), await desk("canada")
    path = f"/parties/{officer.world.parties['japan']}"
    form = form_of(await officer.get(path), "inviteDelegate")
    await officer.send(path, form, name="Somebody New", email="new@example.org", startsOn="2018-10-01")

    assert "Somebody New" in await officer.read("/invitations")
    assert "Somebody New" not in await other.read("/invitations")
    assert "Somebody New" not in await other.read(path)


async def test_a_seat_is_appointed_released_handed_over_and_ended(desk) -> None:
    visitor = await desk("japan")
    world = visitor.world
    assistant = world.delegates["japan-assistant"]
    path = f"/parties/{world.parties['japan']}?seat={assistant}"

    async def send(act: str, **fields: str) -> int:
        return (await visitor.send(path, form_of(await visitor.get(path), act), **fields)).status_code

    assert await send("appointFocalPoint", startsOn="2018-09-24") == 303
    assert await send("releaseFocalPoint", reason="") == 422
    assert await send("releaseFocalPoint", reason="Moves on.") == 303
    handing = {"name": "Successor", "email": "next@example.org", "startsOn": "2018-12-01", "reason": "Moves on."}
    assert await send("handOverSeat", **handing) == 303
    assert await send("endAccreditation", endsOn="2018-11-30", reason="Moves on.") == 422
    assert await send("endAccreditation", endsOn="2018-10-31", reason="Moves on earlier.") == 303
    (row,) = [each for each in await all_of(world, Delegate) if each.id == assistant]
    assert row.ends_on == date(2018, 10, 31)
    assert [each.name for each in await all_of(world, Invitation)] == ["Successor"]


async def test_another_party_is_offered_no_seat(desk) -> None:
    visitor = await desk("canada")
    seat = visitor.world.delegates["japan-assistant"]

    page = await visitor.get(f"/parties/{visitor.world.parties['japan']}?seat={seat}")

    assert [form.fields.get("_act") for form in forms_of(page)] == []


async def test_a_mandate_is_recorded_and_ended(desk) -> None:
    visitor = await desk("japan")
    world = visitor.world
    path = f"/parties/{world.parties['japan']}"
    form = form_of(await visitor.get(path), "grantRepresentation")
    given = {"byPartyId": world.parties["canada"], "evidence": MARKUP, "startsOn": "2018-10-01"}

    refused = await visitor.send(path, form, **given | {"evidence": ""})
    done = await visitor.send(path, form, **given)

    assert (refused.status_code, done.status_code) == (422, 303)
    theirs = await visitor.get(f"/parties/{world.parties['canada']}")
    assert "It speaks for Japan" in words_of(theirs)
    assert MARKUP not in theirs.text
    ending = form_of(await visitor.get(path), "endRepresentation")
    ended = await visitor.send(path, ending, endsOn="2018-12-31", reason="The session is over.")
    assert ended.status_code == 303
    (mandate,) = await all_of(world, Representation)
    assert mandate.ends_on == date(2018, 12, 31)


async def test_a_service_account_is_opened_and_its_secret_is_told_once(desk) -> None:
    visitor = await desk("japan")
    path = f"/parties/{visitor.world.parties['japan']}"
    form = form_of(await visitor.get(path), "openServiceAccount")
    given = {"name": "Robot", "purpose": "Drafts", "endsOn": "2019-01-31", "scopes": ["READ", "COMMENT"]}

    told, again = await visitor.send(path, form, **given), await visitor.send(path, form, **given)

    assert told.status_code == again.status_code == 200
    assert "The secret: copy it now" in words_of(told)
    assert "Its secret was shown already" in words_of(again)
    assert told.headers["cache-control"] == "no-store"
    assert "Robot" in await visitor.read(path)


async def test_an_officer_corrects_signs_out_suspends_and_restores_a_person(desk) -> None:
    visitor = await desk("secretariat")
    person = visitor.world.persons["canada"]
    path = f"/people/{person}"

    async def send(act: str, **fields: str) -> int:
        return (await visitor.send(path, form_of(await visitor.get(path), act), **fields)).status_code

    assert await send("correctPerson", name=MARKUP, reason="") == 422
    assert await send("correctPerson", name=MARKUP, reason="As in the passport.") == 303
    assert await send("signOutPerson", reason="A lost telephone.") == 303
    assert await send("suspendPerson", reason="A stolen password.") == 303
    page = await visitor.get(path)
    assert "Suspended" in words_of(page)
    assert MARKUP not in page.text
    assert forms_of(page, "suspendPerson") == []
    assert MARKUP in await visitor.read("/people?view=suspended")
    assert await send("restorePerson", reason="All is well.") == 303
    (row,) = [each for each in await all_of(visitor.world, Person) if each.id == person]
    assert (row.name, row.suspended_at) == (MARKUP, None)


async def test_a_delegate_sees_a_person_without_account_and_acts(desk) -> None:
    visitor = await desk("japan")

    page = await visitor.get(f"/people/{visitor.world.persons['canada']}")

    assert "Delegate canada" in words_of(page)
    assert "canada@example.org" not in page.text
    assert forms_of(page) == []
    assert "The register of people is for those who keep the accounts." in await visitor.read("/people")


async def test_a_technical_administrator_keeps_accounts_and_sees_no_content(desk, world) -> None:
    await newcomer(world, "technician")
    await accredit(world, "technician", "secretariat", is_administrator=True)
    visitor = await desk("technician")
    path = f"/people/{world.persons['canada']}"

    page, parties = await visitor.get(path), await visitor.get("/parties")
    suspended = await visitor.send(path, form_of(page, "suspendPerson"), reason="A stolen password.")

    assert suspended.status_code == 303
    assert forms_of(await visitor.get(path), "restorePerson") == []
    assert "What they may do" not in words_of(page)
    assert forms_of(parties, "admitParty") == []
    assert len(forms_of(await visitor.get("/applications"), "registerApplication")) == 1
    for place in ("/registers", "/people", "/papers", "/journal", "/search?q=customs", "/profile", "/help"):
        assert (await visitor.get(place)).status_code == 200, place
    assert (await visitor.get("/import/text")).status_code == 404


async def test_nobody_finds_what_is_not_there(desk) -> None:
    visitor = await desk("japan")
    known = visitor.world.parties["japan"]

    other = f"{known[:-1]}{'0' if known[-1] != '0' else '1'}"

    for path in (f"/parties/{other}", "/parties/nothing", f"/people/{known}", "/people/PER_1"):
        assert (await visitor.get(path)).status_code == 404, path


async def test_a_form_of_a_forbidden_act_is_refused_and_nothing_is_done(desk) -> None:
    officer, visitor = await desk("secretariat"), await desk("japan")
    form = form_of(await officer.get("/parties"), "admitParty")

    refused = await visitor.forge("/parties", form, name="X", shortName="X", kind="ACADEMIC", capacity="OBSERVER")

    assert refused.status_code == 422
    assert "This is for the Secretariat." in words_of(refused)
    assert len(await all_of(visitor.world, Party)) == 6
