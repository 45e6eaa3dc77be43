"""Every address of the desk against strangers, forged forms and ids of what does not exist."""

import re

import pytest
from starlette.routing import compile_path

from server.transport.settings import MANIFEST
from server.transport.trusted import TrustedDocuments
from server.web.desk.pages import Page
from server.web.desk.routes import PAGES
from tests.pages.browser import words_of

PATHS = [page.path for page in PAGES]
WITH_ID = [page for page in PAGES if "{" in page.path]
WITH_ACTS = [page for page in PAGES if page.acts]
MISSING = ("CMT_01arz3ndektsv4rrffq69g5fav", "x", "%00", "CMT_%27--", "a" * 3_000)
"""Ids of nothing: one as ours are, and such as only an attacker writes."""


def fill(path: str, value: str) -> str:
    """Return an address with every parameter filled in."""
    return re.sub(r"\{\w+\}", value, path)


def test_addresses_are_there_once_and_can_be_compiled() -> None:
    assert len(set(PATHS)) == len(PATHS)
    for path in PATHS:
        compile_path(path)


def test_pages_send_only_acts_that_are_published() -> None:
    published = TrustedDocuments.load(MANIFEST)
    for page in PAGES:
        for act in page.acts:
            assert published.find_name(act).type == "mutation", (page.path, act)


@pytest.mark.parametrize("path", PATHS)
async def test_stranger_is_led_to_the_sign_in_whatever_they_open(desk, path: str) -> None:
    visitor = await desk("japan")
    visitor.client.cookies.clear()

    answer = await visitor.get(fill(path, "x"))

    assert answer.status_code == 303
    assert answer.headers["location"].startswith("/sign-in?continue=")


@pytest.mark.parametrize("page", WITH_ID, ids=lambda page: page.path)
async def test_what_does_not_exist_is_the_same_page_for_every_id(desk, page: Page) -> None:
    visitor = await desk("japan")

    answers = [await visitor.get(fill(page.path, value)) for value in MISSING]

    assert {answer.status_code for answer in answers} == {404}
    assert len({words_of(answer) for answer in answers}) == 1
    assert [answer for answer in answers if "Nothing here" not in answer.text] == []


@pytest.mark.parametrize("page", WITH_ACTS, ids=lambda page: page.path)
async def test_forged_form_and_form_of_another_page_do_nothing(desk, page: Page) -> None:
    visitor = await desk("japan")
    path, act = fill(page.path, "x"), sorted(page.acts)[0]
    form = {"content-type": "application/x-www-form-urlencoded"}

    from_elsewhere = await visitor.client.post(
        path, data={"_act": act}, headers=form | {"sec-fetch-site": "cross-site", "origin": "https://evil.example"}
    )
    without_origin = await visitor.client.post(path, data={"_act": act}, headers=form)
    of_another = await visitor.client.post(
        path, data={"_act": "suspendEverybody"}, headers=form | {"sec-fetch-site": "same-origin"}
    )

    assert [answer.status_code for answer in (from_elsewhere, without_origin, of_another)] == [403, 403, 400]


@pytest.mark.parametrize("page", WITH_ACTS, ids=lambda page: page.path)
async def test_form_of_somebody_whose_session_is_over_is_kept(desk, page: Page) -> None:
    visitor = await desk("japan")
    visitor.client.cookies.clear()

    answer = await visitor.client.post(
        fill(page.path, "x"),
        data={"_act": sorted(page.acts)[0], "text": 'What I "wrote" <b>'},
        headers={"sec-fetch-site": "same-origin", "content-type": "application/x-www-form-urlencoded"},
    )

    assert answer.status_code == 401
    assert 'value="What I &#34;wrote&#34; &lt;b&gt;"' in answer.text


async def test_unknown_address_is_a_page_for_a_browser_and_a_line_for_others(desk) -> None:
    visitor = await desk("japan")

    page, line = await visitor.get("/nope"), await visitor.get("/nope", accept="application/json")

    assert (page.status_code, "Nothing here" in page.text) == (404, True)
    assert (line.status_code, line.text) == (404, "Not Found")
