"""A real browser on the whole application: people signed in, looks, and what a keyboard does."""

import shutil
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Literal, TypedDict

import pytest
from playwright.async_api import Browser, BrowserContext, ConsoleMessage, Page, async_playwright, expect
from sqlalchemy import select

from server.app import create_app
from server.identity.cookie import SESSION_COOKIE
from server.identity.sessions import begin_session
from server.kernel.clock import utc_now
from server.models.parties import Person
from server.settings import Settings
from server.storage.database import Database
from tests.factories.serving import free_port, serving

CHROMIUM = shutil.which("chromium") or shutil.which("google-chrome")
NEEDS_CHROMIUM = pytest.mark.skipif(CHROMIUM is None, reason="chromium is not installed: pages are opened in it")


class Look(TypedDict, total=False):
    """How somebody sees pages: options of a context of Playwright."""

    viewport: dict[str, int]
    color_scheme: Literal["light", "dark"]
    device_scale_factor: float
    java_script_enabled: bool
    locale: str
    timezone_id: str


WIDE: Look = {"viewport": {"width": 1280, "height": 900}, "color_scheme": "light"}
TELEPHONE: Look = {"viewport": {"width": 360, "height": 740}, "color_scheme": "dark"}
NARROW: Look = {"viewport": {"width": 320, "height": 700}, "color_scheme": "light"}
ZOOMED: Look = {"viewport": {"width": 320, "height": 225}, "device_scale_factor": 4, "color_scheme": "dark"}
"""1280 x 900 pixels at 400 %, as WCAG 1.4.10 reckons."""
SCRIPTLESS: Look = WIDE | {"java_script_enabled": False}
FRENCH: Look = {"locale": "fr-FR", "timezone_id": "Pacific/Auckland"}
"""A reader of French who is far away: east of every deadline, so that days differ."""


@dataclass
class Opened:
    """A page of the browser, with everything its console was told."""

    page: Page
    messages: list[str] = field(default_factory=list)

    def listen(self) -> None:
        """Keep what the console is told, and the errors of scripts."""
        self.page.on("console", self._note)
        self.page.on("pageerror", lambda error: self.messages.append(f"script: {error.message}"))

    def _note(self, message: ConsoleMessage) -> None:
        if not message.text.startswith(SAID_BY_CHROMIUM):
            self.messages.append(f"{message.type}: {message.text}")


SAID_BY_CHROMIUM = (
    "Failed to load resource: the server responded with a status of 4",
    "Clear-Site-Data header on",
)
"""What Chromium itself says of pages that answer 4xx, as those of a refused form do on purpose, and of signing out."""


class Browsing:
    """One browser and one served application. People are named by their e-mail address before the @."""

    def __init__(self, site: str, browser: Browser, database: Database, clock: Callable[[], datetime]) -> None:
        self.site = site
        self.browser = browser
        self.database = database
        self.clock = clock
        self._at_hand: dict[str, Opened] = {}

    async def secret_of(self, person: str) -> str:
        """Begin a session of a person and return the secret of its cookie."""
        async with self.database.writing() as session:
            found_by = select(Person.id).where(Person.email.like(f"{person}@%"))
            (person_id,) = (await session.scalars(found_by)).all()
            return await begin_session(session, person_id, self.clock(), lasts=timedelta(hours=12), methods=["pwd"])

    @asynccontextmanager
    async def opened(self, person: str | None, *looks: Look) -> AsyncIterator[Opened]:
        """Lend a page of a fresh context in which a person is signed in, nobody if None."""
        opened = await self._open(person, *looks)
        yield opened
        await opened.page.context.close()

    async def at_hand(self, person: str | None, *looks: Look) -> Opened:
        """Return the page at which a person sits in a look, with a silent console: the same one for every call.

        A fresh context takes longer than most pages need to load.
        """
        name = f"{person} {looks}"
        if name not in self._at_hand:
            self._at_hand[name] = await self._open(person, *looks)
        opened = self._at_hand[name]
        opened.messages.clear()
        return opened

    async def leave(self) -> None:
        """Close every page that was at hand."""
        for opened in self._at_hand.values():
            await opened.page.context.close()

    async def _open(self, person: str | None, *looks: Look) -> Opened:
        # scrolling takes its time otherwise, and what is looked at is still on its way
        options: dict[str, Any] = {"reduced_motion": "reduce"}
        for look in looks or (WIDE,):
            options |= look
        context = await self.browser.new_context(base_url=self.site, **options)
        context.set_default_timeout(60_000)  # a loaded machine is slow and loses nothing
        if person is not None:
            await self.sign_in(context, person)
        opened = Opened(await context.new_page())
        opened.listen()
        return opened

    async def sign_in(self, context: BrowserContext, person: str) -> None:
        """Sign a person in from now on for twelve hours, in place of whoever was."""
        secret = await self.secret_of(person)
        host = self.site.partition("//")[2].partition(":")[0]
        await context.add_cookies(
            [{"name": SESSION_COOKIE, "value": secret, "domain": host, "path": "/", "secure": True, "sameSite": "Lax"}]
        )


@asynccontextmanager
async def launched() -> AsyncIterator[Browser]:
    """Start Chromium and lend it until the block ends."""
    expect.set_options(timeout=60_000)  # a loaded machine is slow and loses nothing
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield browser
        await browser.close()


@asynccontextmanager
async def browsing(
    browser: Browser,
    database: Database,
    url: str,
    clock: Callable[[], datetime] = utc_now,
    *,
    opens_editions: bool = False,
) -> AsyncIterator[Browsing]:
    """Serve the application on a database, and lend a browser on it. Everybody reads editions if it opens them."""
    with free_port() as (listener, port):
        site = f"http://localhost:{port}"
        settings = Settings(issuer=site, database=url, open_editions=opens_editions)
        with serving(create_app(settings, clock=clock), listener):
            opened = Browsing(site, browser, database, clock)
            yield opened
            await opened.leave()


async def tab_to(page: Page, words: str, *, most: int = 200) -> None:
    """Press Tab until the focus is on the element whose accessible name or text holds `words`, as a person does.

    Fail if it is not reached, or if the focus is on something that cannot be seen.
    """
    for _ in range(most):
        await page.keyboard.press("Tab")
        name, is_visible = await page.evaluate(_FOCUS)
        if words in name:
            assert is_visible, f"the focus on {name!r} cannot be seen"
            return
    raise AssertionError(f"no Tab leads to {words!r}")


async def type_into(page: Page, label: str, text: str) -> None:
    """Tab to a field by its label and write a text in place of what stands there."""
    await tab_to(page, label)
    await page.keyboard.press("Control+A")
    await page.keyboard.type(text)


async def press(page: Page, words: str, *, key: str = "Enter") -> None:
    """Tab to a link or a button, press a key on it, and wait for the page that it leads to."""
    await tab_to(page, words)
    async with page.expect_event("load"):
        await page.keyboard.press(key)


_FOCUS = """() => {
  const at = document.activeElement;
  if (at === document.body || at.matches("main")) return ["", true];
  const label = at.labels && at.labels.length ? at.labels[0].textContent : "";
  const name = [at.getAttribute("aria-label"), label, at.textContent].filter(Boolean).join(" ").replace(/\\s+/g, " ");
  const box = at.getBoundingClientRect();
  const style = getComputedStyle(at);
  const isMarked = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
  return [name, isMarked && box.width > 1 && box.height > 1 && box.bottom > 0 && box.top < innerHeight];
}"""
