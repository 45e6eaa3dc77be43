"""The account page: what one is here, where one is signed in, what works in one's name."""

import re
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select, update

from server.models.oauth import Application, Grant
from server.models.parties import Delegate
from server.vocabulary.applications import ApplicationKind
from server.web.look.times import Times
from server.web.look.words import browser_name
from tests.factories.world import NOW, World
from tests.pages.browser import Browser, sessions_of, words_of

WINDOWS = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0 Safari/537.36"


async def grant_to(world: World, person: str, name: str) -> tuple[str, str]:
    """Let an application read in the name of a person; gives the ids of grant and application."""
    application = Application(
        name=name,
        kind=next(iter(ApplicationKind)),
        redirect_uris=[],
        sign_out_uris=[],
        scopes=["read"],
        registered_at=NOW,
    )
    await world.add(application)
    return await grant_again(world, person, application.id, "read", at=NOW), application.id


async def grant_again(world: World, person: str, application_id: str, *scopes: str, at: datetime) -> str:
    """Let an application do something in the name of a person; gives the grant's id."""
    grant = Grant(
        person_id=world.persons[person],
        application_id=application_id,
        scopes=list(scopes),
        signed_in_at=at,
        granted_at=at,
    )
    await world.add(grant)
    return grant.id


async def revoked(world: World) -> dict[str, bool]:
    """Whether each grant was revoked, by id."""
    async with world.database.reading() as connection:
        rows = await connection.execute(select(Grant.id, Grant.revoked_at))
        return {row.id: row.revoked_at is not None for row in rows}


async def test_account_says_who_and_for_whom(world: World, browser: Browser) -> None:
    await browser.sign_in("japan")

    said = words_of(await browser.get("/account"))

    assert "Delegate japan japan@example.org" in said
    assert "Japan Customs Member, focal point" in said
    assert "Secretariat" not in said
    assert "Universal Postal Union" not in said


async def test_account_of_somebody_accredited_for_nobody_says_so(world: World, browser: Browser) -> None:
    async with world.database.writing() as session:
        one = update(Delegate).where(Delegate.id == world.delegates["japan"])
        await session.execute(one.values(ended_at=world.clock.now))

    await browser.sign_in("japan")

    assert "accredited for no party today" in words_of(await browser.get("/account"))


async def test_browsers_are_listed_and_signed_out_one_by_one(world: World, browser: Browser) -> None:
    await browser.sign_in("japan")
    other, stranger = Browser(world), Browser(world)
    other.client.headers["user-agent"] = WINDOWS
    await other.sign_in("japan")
    await stranger.sign_in("secretariat")
    world.clock.move(minutes=2)
    page = await browser.get("/account")
    listed = re.findall(r'name="browser" value="(SES_\w+)"', page.text)
    assert "Firefox on Linux (this one)" in words_of(page)
    assert "Chrome on Windows" in words_of(page)
    assert len(listed) == 1

    answer = await browser.post("/account/browsers/end", browser=listed[0])

    assert answer.headers["location"] == "/account?done=browser"
    assert [await one.is_signed_in() for one in (browser, other, stranger)] == [True, False, True]


async def test_browser_of_somebody_else_is_not_signed_out(world: World, browser: Browser) -> None:
    stranger = Browser(world)
    await stranger.sign_in("secretariat")
    await browser.sign_in("japan")
    theirs = "SES_" + "0" * 26

    await browser.post("/account/browsers/end", browser=theirs)
    await browser.post("/account/browsers/end-others")

    assert await stranger.is_signed_in()
    assert await browser.is_signed_in()


async def test_all_other_browsers_are_signed_out(world: World, browser: Browser) -> None:
    others = [Browser(world), Browser(world)]
    for one in (*others, browser):
        await one.sign_in("japan")

    await browser.post("/account/browsers/end-others")

    ended = [ended is not None for _, _, ended in await sessions_of(world, "japan")]
    assert ended == [True, True, False]
    assert await browser.is_signed_in()


async def test_applications_are_listed_and_revoked_by_their_person_only(world: World, browser: Browser) -> None:
    mine, desk = await grant_to(world, "japan", "Comment desk")
    theirs, book = await grant_to(world, "secretariat", "Minute book")
    await browser.sign_in("japan")
    said = words_of(await browser.get("/account"))
    assert "Comment desk since Mon 24 September 2018, 11:00 it may see what you may see here" in said
    assert "Minute book" not in said

    for application in (desk, book):
        answer = await browser.post("/account/applications/revoke", application=application)
        assert answer.headers["location"] == "/account?done=application"

    assert await revoked(world) == {mine: True, theirs: False}
    assert "Comment desk" not in words_of(await browser.get("/account"))


async def test_application_let_in_twice_is_one_row_and_is_taken_back_whole(world: World, browser: Browser) -> None:
    first, desk = await grant_to(world, "japan", "Comment desk")
    second = await grant_again(world, "japan", desk, "read", "comment", at=NOW + timedelta(hours=1))
    theirs = await grant_again(world, "secretariat", desk, "read", at=NOW)
    await browser.sign_in("japan")
    page = await browser.get("/account")
    listed = re.findall(r'name="application" value="([^"]*)"', page.text)
    said = words_of(page)
    assert listed == [desk]
    assert "Comment desk since Mon 24 September 2018, 11:00 it may see what you may see here; " in said

    await browser.post("/account/applications/revoke", application=desk)

    assert await revoked(world) == {first: True, second: True, theirs: False}


async def test_account_leads_to_the_explorer_only_where_it_is(world: World, browser: Browser) -> None:
    production = Browser(world, production=True)
    for one in (browser, production):
        await one.sign_in("japan")

    assert ['href="/graphql"' in (await one.get("/account")).text for one in (browser, production)] == [True, False]


async def test_no_icon_is_no_error(browser: Browser) -> None:
    icon = await browser.get("/favicon.ico")

    assert (icon.status_code, icon.text) == (204, "")


async def test_what_a_person_is_called_cannot_become_markup(world: World, browser: Browser) -> None:
    await grant_to(world, "japan", "<script>alert(1)</script>")
    browser.client.headers["user-agent"] = '"><img src=x>'
    await browser.sign_in("japan")

    page = (await browser.get("/account")).text

    assert "<script>alert" not in page
    assert "<img src=x" not in page


@pytest.mark.parametrize(
    ("user_agent", "name"),
    [
        (WINDOWS, "Chrome on Windows"),
        ("Mozilla/5.0 (X11; Linux x86_64; rv:150.0) Gecko/20100101 Firefox/150.0", "Firefox on Linux"),
        ("Mozilla/5.0 (Linux; Android 16) AppleWebKit/537.36 Chrome/156.0 Mobile Safari/537.36", "Chrome on Android"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 26_0 like Mac OS X) Version/26.0 Safari/604.1", "Safari on iPhone"),
        ("curl/8.14.1", "A browser"),
        ("", "A browser"),
    ],
)
def test_browser_is_named_in_words(user_agent: str, name: str) -> None:
    assert browser_name(user_agent) == name


def test_instants_are_shown_in_the_zone_of_the_person() -> None:
    assert Times("en", "Europe/Brussels", NOW).instant(NOW) == "Mon 24 September 2018, 11:00"
    assert Times("fr", "Asia/Tokyo", NOW).instant(NOW + timedelta(hours=7)) == "mar. 25 septembre 2018, 01:00"


@pytest.mark.parametrize("name", ["pages.css", "passkeys.js"])
async def test_files_of_the_pages_are_served(browser: Browser, name: str) -> None:
    answer = await browser.get(f"/pages/{name}")

    assert (answer.status_code, answer.headers["x-content-type-options"]) == (200, "nosniff")
    assert len(answer.text) > 1000


@pytest.mark.parametrize("path", ["/pages/base.html", "/pages/..%2frouting.py", "/pages/"])
async def test_no_other_file_is_served(browser: Browser, path: str) -> None:
    assert (await browser.get(path)).status_code == 404
