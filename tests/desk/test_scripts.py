"""What the script of the reading page makes quicker, in a real browser: marked words, the change while one types."""

import re
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from playwright.async_api import Browser, expect

from tests.desk.browsing import NEEDS_CHROMIUM, SCRIPTLESS, Browsing, browsing
from tests.desk.walking import walking
from tests.factories.rounds import open_round
from tests.factories.templates import SqliteFiles
from tests.factories.world import WORDS, World

pytestmark = [NEEDS_CHROMIUM, pytest.mark.rest, pytest.mark.long]
MARK = """([key, words]) => {
  const text = document.querySelector(`[id="${key}"] .text`);
  const node = [...text.childNodes].find(each => each.nodeType === Node.TEXT_NODE && each.data.includes(words));
  const start = node.data.indexOf(words);
  getSelection().setBaseAndExtent(node, start, node, start + words.length);
}"""
"""Marks words of a provision, as a mouse does."""


@pytest.fixture
def databases(sqlite_templates: Path, tmp_path: Path) -> SqliteFiles:
    """Give SQLite only: what a script does does not depend on the database."""
    return SqliteFiles(sqlite_templates, tmp_path)


@pytest.fixture
async def site(chromium: Browser, world: World, database_url: str) -> AsyncIterator[Browsing]:
    """Serve the world, with a round open on its text, to a browser."""
    await open_round(world)
    async with browsing(chromium, world.database, database_url, world.clock) as opened:
        yield opened


async def test_marked_words_travel_to_the_form_and_are_quoted(site: Browsing, world: World) -> None:
    async with walking(site, "japan") as japan:
        await japan.open(f"/texts/{world.version}")
        link = japan.page.get_by_role("link", name="Comment Paragraph 1").first

        await japan.page.evaluate(MARK, [world.keys[1], "advance electronic data"])
        await expect(link).to_have_attribute("href", re.compile(r"words=advance\+electronic\+data"))
        await japan.follow("Comment Paragraph 1")

        await japan.see("advance electronic data")
        quoted = japan.page.locator("[name='quotation.exact']").first
        assert await quoted.input_value() == "advance electronic data"


async def test_a_change_is_shown_while_it_is_typed_and_nowhere_without_the_script(site: Browsing, world: World) -> None:
    wording = WORDS[1].replace("should", "shall")
    async with walking(site, "japan") as japan, walking(site, "canada", SCRIPTLESS) as canada:
        for walker in (japan, canada):
            await walker.open(f"/texts/{world.version}?on={world.keys[1]}")
            await walker.write("How should it read?", wording)

        live = japan.page.locator("[data-live]")
        await expect(live.locator("del")).to_have_text("[deleted: should]")
        await expect(live.locator("ins")).to_have_text("[inserted: shall]")
        await japan.write("How should it read?", WORDS[1])
        await expect(live).to_be_hidden()
        assert await canada.page.locator("[data-live]").is_visible() is False
        assert await canada.page.locator("[data-print]").first.is_visible() is False
