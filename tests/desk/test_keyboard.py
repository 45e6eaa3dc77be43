"""Journeys with a keyboard only: every step by Tab, letters and Enter, and the focus always in sight."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from playwright.async_api import Browser, expect

from tests.desk.browsing import NEEDS_CHROMIUM, SCRIPTLESS, ZOOMED, Browsing, Look, browsing, press, tab_to, type_into
from tests.factories.serving import NEEDS_NODE
from tests.factories.templates import SqliteFiles
from tests.factories.world import World
from tests.pages.browser import PASSWORD, give_password

pytestmark = [*NEEDS_NODE, NEEDS_CHROMIUM, pytest.mark.rest, pytest.mark.long]


@pytest.fixture
def databases(sqlite_templates: Path, tmp_path: Path) -> SqliteFiles:
    """Give SQLite only: what a keyboard does does not depend on the database, and a browser is slow."""
    return SqliteFiles(sqlite_templates, tmp_path)


@pytest.fixture
async def site(chromium: Browser, world: World, database_url: str) -> AsyncIterator[Browsing]:
    """Serve the world, in which Japan's delegate has a password, to a browser."""
    await give_password(world, "japan")
    async with browsing(chromium, world.database, database_url) as opened:
        yield opened


@pytest.mark.parametrize("look", [SCRIPTLESS, ZOOMED], ids=["without scripts", "at 400 %"])
async def test_from_the_door_to_the_account_and_out_again(site: Browsing, look: Look) -> None:
    async with site.opened(None, look) as opened:
        page = opened.page
        await page.goto("/account/password")

        await type_into(page, "E-mail address", "japan@example.org")
        await type_into(page, "Password", PASSWORD)
        await press(page, "Sign in")
        await expect(page.get_by_role("heading", level=1)).to_have_text("Change your password")
        await press(page, "Leave it as it is")
        await press(page, "Intersession")
        await expect(page.get_by_role("heading", level=1)).to_have_text("What is asked of you")
        await tab_to(page, "Go to the content")
        await page.keyboard.press("Enter")
        await expect(page.locator("main")).to_be_focused()
        await press(page, "Account")
        await press(page, "Sign out")

        await expect(page.get_by_role("heading", level=1)).to_have_text("You are signed out")
        assert opened.messages == []
