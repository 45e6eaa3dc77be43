"""The register of applications: secrets are told once, and every act is done by its form."""

import pytest
from sqlalchemy import select

from server.models.oauth import Application
from tests.desk.desks import form_of, forms_of
from tests.pages.browser import words_of

pytestmark = pytest.mark.database

GIVEN = {
    "name": "Reader <b>",
    "purpose": "Reads & shows",
    "kind": "WEB",
    "scopes": ["OPENID", "READ"],
    "redirectUris": ["https://reader.example/done"],
}


async def application_of(world) -> Application:
    async with world.database.studying() as session:
        (row,) = (await session.scalars(select(Application))).all()
        return row


async def test_register_application_tells_its_secret_once(desk) -> None:
    visitor = await desk("secretariat")
    form = form_of(await visitor.get("/applications"), "registerApplication")

    refused = await visitor.send("/applications", form, **GIVEN | {"redirectUris": ["ftp://x"]})
    told = await visitor.send("/applications", form, **GIVEN)
    again = await visitor.send("/applications", form, **GIVEN)

    row = await application_of(visitor.world)
    assert refused.status_code == 422
    assert 'id="register-redirectUris"' in refused.text
    assert "ftp://x" in refused.text
    assert "The secret: copy it now" in words_of(told)
    assert row.id in words_of(told)
    assert "Its secret was shown already" in words_of(again)
    assert "<b>" not in told.text


async def test_an_application_is_corrected_gets_a_new_secret_and_is_retired(desk) -> None:
    visitor = await desk("secretariat")
    await visitor.send("/applications", form_of(await visitor.get("/applications"), "registerApplication"), **GIVEN)
    path = f"/applications/{(await application_of(visitor.world)).id}"
    stale = form_of(await visitor.get(path), "correctApplication")

    corrected = await visitor.send(path, stale, name="Reader two", scopes=["READ"])
    late = await visitor.send(path, stale, name="Reader three", scopes=["READ"], idempotencyKey="another")
    told = await visitor.send(path, form_of(await visitor.get(path), "rotateApplicationSecret"))
    refused = await visitor.send(path, form_of(await visitor.get(path), "retireApplication"))
    retired = await visitor.send(path, form_of(await visitor.get(path), "retireApplication"), reason="Not used.")

    row = await application_of(visitor.world)
    assert corrected.status_code == 303
    assert late.status_code == 422
    assert "Somebody was faster" in words_of(late)
    assert "The secret: copy it now" in words_of(told)
    assert refused.status_code == 422
    assert retired.status_code == 303
    assert (row.name, row.retired_at is not None) == ("Reader two", True)
    assert forms_of(await visitor.get(path)) == []
    assert "Reader two" in await visitor.read("/applications?view=retired")
    assert "Reader two" not in await visitor.read("/applications")


async def test_a_delegate_sees_no_application_of_others(desk) -> None:
    visitor, officer = await desk("japan"), await desk("secretariat")
    await officer.send("/applications", form_of(await officer.get("/applications"), "registerApplication"), **GIVEN)
    row = await application_of(visitor.world)

    assert "There is no such application that you may see." in await visitor.read("/applications")
    assert forms_of(await visitor.get("/applications"), "registerApplication") == []
    assert (await visitor.get(f"/applications/{row.id}")).status_code == 404


async def test_a_focal_point_closes_a_service_account_of_its_party(desk) -> None:
    visitor = await desk("japan")
    party = f"/parties/{visitor.world.parties['japan']}"
    opening = form_of(await visitor.get(party), "openServiceAccount")
    await visitor.send(party, opening, name="Robot", purpose="Drafts", endsOn="2019-01-31", scopes="READ")
    path = f"/applications/{(await application_of(visitor.world)).id}"

    closed = await visitor.send(path, form_of(await visitor.get(path), "closeServiceAccount"), reason="Done.")

    assert closed.status_code == 303
    assert "Closed" in await visitor.read(path)
