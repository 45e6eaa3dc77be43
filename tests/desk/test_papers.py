"""Numbered papers: listed, found by their number, and issued by the Secretariat."""

import pytest
from sqlalchemy import select

from server.models.papers import Paper
from tests.desk.desks import form_of, forms_of
from tests.pages.browser import words_of

pytestmark = pytest.mark.database

MARKUP = "<i>Report</i> & annex"


async def test_a_paper_is_issued_and_its_next_version_has_the_next_letter(desk) -> None:
    visitor, reader = await desk("secretariat"), await desk("upu")
    assert "No paper was issued here yet." in await visitor.read("/papers")
    form = form_of(await visitor.get("/papers"), "issuePaper")
    given = {"series": "PC", "serial": "618", "title": MARKUP, "textVersionId": visitor.world.version}

    refused = await visitor.send("/papers", form, **given | {"series": "P"})
    first = await visitor.send("/papers", form, **given)
    again = await visitor.send("/papers", form, **given)

    assert refused.status_code == 422
    assert form_of(refused, "issuePaper").fields["serial"] == "618"
    assert first.status_code == 303
    assert first.headers["location"] == again.headers["location"]
    page = await visitor.get(first.headers["location"])
    assert MARKUP not in page.text
    link = page.text.partition('href="/papers?')[2].partition('"')[0].replace("&amp;", "&").partition("#")[0]
    prefilled = await visitor.get(f"/papers?{link}")
    second = await visitor.send("/papers", form_of(prefilled, "issuePaper"))
    assert second.status_code == 303
    async with visitor.world.database.studying() as session:
        letters = (await session.scalars(select(Paper.letter).order_by(Paper.letter))).all()
    assert letters == ["a", "b"]
    theirs = await reader.get(second.headers["location"].partition("?")[0])
    assert "PC0618Ea" in words_of(theirs)
    assert MARKUP in words_of(theirs)


@pytest.mark.parametrize(
    ("query", "is_found"),
    [("q=pc+618", True), ("q=PC0618Ea", True), ("q=report", True), ("q=PC0619", False), ("language=fr", False)],
)
async def test_papers_are_found_by_number_title_and_language(desk, query, is_found) -> None:
    visitor = await desk("secretariat")
    form = form_of(await visitor.get("/papers"), "issuePaper")
    await visitor.send("/papers", form, series="PC", serial="618", title="Report of the Council")

    said = await visitor.read(f"/papers?{query}")

    assert ("Report of the Council" in said) is is_found


async def test_a_delegate_is_offered_no_form_and_finds_nothing_hidden(desk) -> None:
    visitor = await desk("japan")

    assert forms_of(await visitor.get("/papers"), "issuePaper") == []
    assert (await visitor.get("/papers/PAP_00000000000000000000000000")).status_code == 404
