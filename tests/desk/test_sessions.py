"""The end of a session: a page with a form says when it ends and how to stay, and what was written is kept."""

import pytest

from tests.pages.browser import words_of

pytestmark = pytest.mark.database
STAY = "You stay signed in until 12:00 if you open no other page. Stay signed in longer"


async def test_page_without_a_form_says_nothing_of_the_session(desk) -> None:
    visitor = await desk("japan")

    assert "You stay signed in" not in await visitor.read("/")


async def test_page_with_a_form_says_until_when_and_leads_to_the_page_that_makes_it_longer(desk) -> None:
    visitor = await desk("japan")
    page = await visitor.get("/profile")
    visitor.world.clock.move(minutes=50)

    stay = await visitor.read("/account/stay")
    visitor.world.clock.move(minutes=50)

    assert STAY in words_of(page)
    assert 'href="/account/stay" target="_blank"' in page.text
    assert "Until 12:50, Brussels time" in stay
    assert "until 13:40" in await visitor.read("/profile")


async def test_last_ten_minutes_of_a_session_are_said_at_the_top(desk) -> None:
    visitor = await desk("japan")
    for _ in range(14):
        visitor.world.clock.move(minutes=50)
        last = await visitor.read("/profile")
        assert "Your session ends at" not in last
    visitor.world.clock.move(minutes=11)

    assert "Your session ends at 23:00. Sign in again, in a new window" in await visitor.read("/profile")


async def test_idle_session_ends(desk) -> None:
    visitor = await desk("japan")

    visitor.world.clock.move(minutes=61)

    assert (await visitor.get("/profile")).status_code == 303
    assert (await visitor.get("/account/stay")).headers["location"] == "/sign-in?continue=%2Faccount%2Fstay"
