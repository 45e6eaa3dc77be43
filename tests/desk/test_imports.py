"""Importing a text and a work plan: read first, mended by hand, stored only when the officer says so."""

from typing import Any

import pytest
from sqlalchemy import select

from server.models.texts import Instrument, ProvisionText, TextVersion
from server.models.workplan import WorkPlan
from server.vocabulary.texts import VersionStatus
from server.web.desk.routes import FORM_BYTES
from tests.desk.desks import Form, form_of, forms_of
from tests.factories.workplan import paper
from tests.pages.browser import SAME_ORIGIN, words_of

pytestmark = pytest.mark.database

TEXT = """# Framework on parcels

1. Customs administrations should exchange data with

operators of e-commerce.

2. Parcels <b>of 0</b> should be released Fo0S.
"""
NAMES = {"title": "Framework on parcels", "shortTitle": "Parcels", "label": "Draft 1"}


def form_of_import(response) -> Form:
    (form,) = [form for form in forms_of(response) if form.fields.get("_form") == "import"]
    return form


async def versions_of(world, short_title: str):
    async with world.database.studying() as session:
        chosen = select(TextVersion).join(Instrument).where(Instrument.short_title == short_title)
        return (await session.scalars(chosen)).all()


async def test_the_import_is_for_the_secretariat(desk) -> None:
    visitor = await desk("japan")

    for path in ("/import/text", "/import/plan"):
        assert (await visitor.get(path)).status_code == 404, path


async def test_a_text_is_read_beside_its_doubts_and_nothing_is_stored(desk) -> None:
    visitor = await desk("secretariat")
    form = form_of_import(await visitor.get("/import/text"))

    read = await visitor.send("/import/text", form, markdown=TEXT, _preview="read")

    said = words_of(read)
    assert read.status_code == 200
    assert "4 units were read, and nothing is stored yet." in said
    assert "Continued" in said
    assert "Noise of scanning" in said
    assert "<b>of 0</b>" not in read.text
    assert form_of_import(read).fields["markdown"] == TEXT
    assert await versions_of(visitor.world, "Parcels") == []


async def test_what_is_mended_by_hand_is_what_is_imported(desk) -> None:
    visitor = await desk("secretariat")
    form = form_of_import(await visitor.get("/import/text"))
    form = form_of_import(await visitor.send("/import/text", form, markdown=TEXT, _preview="read", **NAMES))
    form = form_of_import(await visitor.send("/import/text", form, _preview="join.2"))
    opened = form_of_import(await visitor.send("/import/text", form, _preview="open.3"))
    absent = await visitor.send("/import/text", opened, _preview="split.3", **{"_split.words": "not there"})
    cut = {"_split.words": "should be released"}
    form = form_of_import(await visitor.send("/import/text", opened, _preview="split.3", **cut))
    too_much = form_of_import(await visitor.send("/import/text", form, _preview="join.1"))
    form = form_of_import(await visitor.send("/import/text", too_much, _preview="undo"))

    done = await visitor.send("/import/text", form, _act="importText")
    again = await visitor.send("/import/text", form, _act="importText")

    assert "These words are not in it" in words_of(absent)
    (version,) = await versions_of(visitor.world, "Parcels")
    assert done.headers["location"] == again.headers["location"] == f"/texts/{version.id}?done=importText"
    async with visitor.world.database.studying() as session:
        chosen = select(ProvisionText).where(ProvisionText.text_version_id == version.id)
        stored = (await session.scalars(chosen.order_by(ProvisionText.position))).all()
    assert [(each.printed_number, each.text) for each in stored] == [
        ("", "Framework on parcels"),
        ("1.", "Customs administrations should exchange data with operators of e-commerce."),
        ("2.", "Parcels of 0"),
        ("", "should be released Fo0S."),
    ]


async def test_import_text_without_its_names_is_refused_and_kept(desk) -> None:
    visitor = await desk("secretariat")
    form = form_of_import(await visitor.get("/import/text"))

    refused = await visitor.send("/import/text", form, markdown=TEXT, label="Draft 1", _act="importText")

    assert refused.status_code == 422
    assert 'href="#import-title"' in refused.text
    kept = form_of_import(refused)
    assert (kept.fields["label"], kept.fields["markdown"]) == ("Draft 1", TEXT)
    assert await versions_of(visitor.world, "Parcels") == []


async def test_a_document_that_cannot_be_read_is_refused_at_its_field(desk) -> None:
    visitor = await desk("secretariat")
    form = form_of_import(await visitor.get("/import/text"))

    refused = await visitor.send("/import/text", form, markdown="# \n", _preview="read")

    assert refused.status_code == 422
    assert 'id="import-markdown-fault"' in refused.text


async def test_a_file_takes_the_place_of_what_is_written(desk) -> None:
    visitor = await desk("secretariat")
    fields = {"_form": "import", "markdown": "Something else.", "_preview": "read"}

    read = await visitor.client.post(
        "/import/text",
        data=fields,
        files={"markdown": ("parcels.md", TEXT.encode(), "text/markdown")},
        headers=SAME_ORIGIN,
    )
    no_text = await visitor.client.post(
        "/import/text", data=fields, files={"markdown": ("a.docx", b"PK\xff\xfe", "text/plain")}, headers=SAME_ORIGIN
    )
    elsewhere = await visitor.client.post(
        "/import/text",
        data=fields,
        files={"markdown": ("parcels.md", TEXT.encode(), "text/markdown")},
        headers={"sec-fetch-site": "cross-site", "origin": "https://evil.example"},
    )

    assert "4 units were read" in words_of(read)
    assert form_of_import(read).fields["sourceName"] == "parcels.md"
    assert no_text.status_code == 400
    assert "no text in UTF-8" in words_of(no_text)
    assert elsewhere.status_code == 403


async def test_only_the_secretariat_may_send_a_large_form(desk) -> None:
    officer, visitor = await desk("secretariat"), await desk("japan")
    large = "word " * (FORM_BYTES // 5)
    fields = {"_form": "import", "markdown": large, "_preview": "read"}

    taken = await officer.client.post("/import/text", data=fields, headers=SAME_ORIGIN)
    refused = await visitor.client.post("/import/text", data=fields, headers=SAME_ORIGIN)

    assert taken.status_code in (200, 422)
    assert refused.status_code == 413


async def test_a_work_plan_shows_its_faults_and_what_it_adds_before_it_is_imported(desk) -> None:
    visitor = await desk("secretariat")
    form = form_of_import(await visitor.get("/import/plan"))
    faulty = paper(chart=("| 1. | Boats | Coordinator: Atlantis |",))

    refused = await visitor.send("/import/plan", form, markdown=faulty, _preview="read")
    shown = await visitor.send("/import/plan", form, markdown=paper(), decidedOn="2018-06-21", _preview="read")
    done = await visitor.send("/import/plan", form_of_import(shown), _act="importWorkPlan")

    assert refused.status_code == 422
    assert '<td data-label="Column" dir="auto">Volunteers</td>' in refused.text
    assert "What it would add" in words_of(shown)
    assert '<th scope="row" dir="auto">Item of Work</th><td data-label="Taken for">Item of Work</td>' in shown.text
    assert done.status_code == 303
    async with visitor.world.database.studying() as session:
        (plan,) = (await session.scalars(select(WorkPlan))).all()
    assert done.headers["location"] == f"/plans/{plan.id}?done=importWorkPlan"


async def imported(desk) -> tuple[Any, str]:
    """Import the text as the officer, and return their desk and the address of the version."""
    visitor = await desk("secretariat")
    form = form_of_import(await visitor.get("/import/text"))
    sent = await visitor.send("/import/text", form, markdown=TEXT, _act="importText", **NAMES)
    assert sent.status_code == 303
    return visitor, sent.headers["location"].partition("?")[0]


async def test_an_imported_version_is_issued_from_its_page_once(desk) -> None:
    visitor, path = await imported(desk)
    reader = await desk("japan")
    hidden = await reader.get(path)
    form = form_of(await visitor.get(path), "issueVersion")

    issued = [await visitor.send(path, form) for _ in range(2)]

    assert hidden.status_code == 404
    assert [each.headers["location"] for each in issued] == [f"{path}?done=issueVersion"] * 2
    assert "The version is issued, and every delegate can read it." in await visitor.read(f"{path}?done=issueVersion")
    page = await reader.get(path)
    assert "Customs administrations should exchange data with" in words_of(page)
    assert forms_of(page, "issueVersion") == forms_of(await visitor.get(path), "issueVersion") == []


async def test_an_imported_version_is_given_up_with_a_reason(desk) -> None:
    visitor, path = await imported(desk)
    form = form_of(await visitor.get(path), "abandonVersion")

    refused = await visitor.send(path, form)
    given_up = await visitor.send(path, form_of(refused, "abandonVersion"), **{"reason!": "The wrong file."})

    assert refused.status_code == 422
    assert given_up.headers["location"] == f"{path}?done=abandonVersion"
    (version,) = await versions_of(visitor.world, NAMES["shortTitle"])
    assert version.status == VersionStatus.ABANDONED
