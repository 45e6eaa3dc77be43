"""A person who walks through the pages: follows links, fills in forms and presses buttons, and counts the clicks."""

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from playwright.async_api import Locator, Page, expect

from tests.desk.browsing import Browsing, Look, Opened

Name = str | re.Pattern[str]


class Walker:
    """One person at one browser. `clicks` and `forms` count since `begin`: forms are those in which they write."""

    def __init__(self, site: Browsing, person: str | None, opened: Opened) -> None:
        self.site, self.person = site, person
        self.opened = opened
        self.page: Page = opened.page
        self.clicks = 0
        self.written: set[str] = set()

    @property
    def main(self) -> Locator:
        """The content of the page."""
        return self.page.locator("main")

    @property
    def path(self) -> str:
        """The address of the page, without its query."""
        return "/" + self.page.url.split("/", 3)[3].partition("?")[0].partition("#")[0]

    async def open(self, path: str) -> None:
        """Open an address, as from a letter, and begin to count."""
        await self.page.goto(path)
        self.clicks, self.written = 0, set()

    async def come_back(self, path: str) -> None:
        """Sign in anew, because a session does not last for days, and open an address."""
        assert self.person
        await self.site.sign_in(self.page.context, self.person)
        await self.open(path)

    async def follow(self, name: Name, within: Locator | None = None) -> None:
        """Click a link that leads to another page."""
        await self._click((within or self.page).get_by_role("link", name=name).first)

    async def press(self, name: Name, within: Locator | None = None) -> None:
        """Click a button that sends a form."""
        await self._click((within or self.page).get_by_role("button", name=name).first)

    async def unfold(self, name: str, within: Locator | None = None) -> None:
        """Click on what opens a part of the page."""
        self.clicks += 1
        await (within or self.page).locator("summary", has_text=name).first.click()

    async def write(self, label: str, text: str, within: Locator | None = None) -> None:
        """Write into a field in place of what stands there."""
        self.written.add(self.path)
        await self.field(label, within).fill(text)

    async def choose(self, label: str, words: Name) -> None:
        """Choose from a list by words that only one of its entries holds."""
        field = self.field(label)
        (value,) = [
            await option.get_attribute("value")
            for option in await field.locator("option").all()
            if re.search(words, await option.inner_text())
        ]
        await field.select_option(value)

    def field(self, label: str, within: Locator | None = None) -> Locator:
        """Return the first field with a label, whether it is optional or not."""
        whole = re.compile(rf"^\s*{re.escape(label)}\s*(\(optional\)\s*)?$")
        return (within or self.page).get_by_label(whole).first

    async def said(self) -> str:
        """Return the words of the content, as they stand in the page, white space collapsed."""
        return " ".join((await self.main.text_content() or "").split())

    async def see(self, *words: str) -> None:
        """Fail unless the content holds words."""
        for each in words:
            await expect(self.main).to_contain_text(each)

    async def _click(self, target: Locator) -> None:
        self.clicks += 1
        async with self.page.expect_event("load"):
            await target.click()


@asynccontextmanager
async def walking(site: Browsing, person: str | None, *looks: Look) -> AsyncIterator[Walker]:
    """Lend a browser in which a person is signed in; fail if its console was told anything."""
    async with site.opened(person, *looks) as opened:
        walker = Walker(site, person, opened)
        try:
            yield walker
        except Exception as error:
            error.add_note(f"{person} stands at {walker.page.url}")
            raise
        assert opened.messages == [], opened.messages
