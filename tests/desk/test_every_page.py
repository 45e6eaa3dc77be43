"""Every page in a real browser: accessible, valid and quick in every state, in both languages, wide and narrow.

A page more is a row in `tests/desk/visiting.py`; a state more is a function in `tests/desk/states.py`.
"""

import sys
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from playwright.async_api import Browser, Response
from sqlalchemy import update

from server.models.parties import Person
from server.vocabulary.parties import Language
from tests.desk.browsing import (
    FRENCH,
    NARROW,
    NEEDS_CHROMIUM,
    SCRIPTLESS,
    TELEPHONE,
    WIDE,
    ZOOMED,
    Browsing,
    Look,
    Opened,
    browsing,
)
from tests.desk.judging import RULES_OF_LOOKS, RULES_OF_WORDS, faults_of_markup, overflow_of, violations_of
from tests.desk.states import DEMONSTRATION, ISSUED, Row, rows_of
from tests.desk.visiting import ROWS, parts_of
from tests.desk.weighing import Scales
from tests.factories.serving import NEEDS_NODE
from tests.factories.templates import SqliteFiles
from tests.factories.world import World

MOST_BYTES, MOST_SECONDS = 25_000, 3.0
LOOKS: tuple[Look, ...] = (WIDE, TELEPHONE, NARROW, ZOOMED)

pytestmark = [*NEEDS_NODE, NEEDS_CHROMIUM, pytest.mark.rest, pytest.mark.long]
EACH_PART = pytest.mark.parametrize(("state", "part"), parts_of(ROWS))


@pytest.fixture
def databases(sqlite_templates: Path, tmp_path: Path) -> SqliteFiles:
    """Give SQLite only: what a page looks like does not depend on the database, and a browser is slow."""
    return SqliteFiles(sqlite_templates, tmp_path)


@pytest.fixture
def database_url(databases: SqliteFiles, state: str) -> str:
    """Give the URL of a database with the small world; an empty one for the demonstration, which fills it."""
    return databases.empty() if state == DEMONSTRATION else databases.small()


@pytest.fixture
async def rows(world: World, state: str, part: slice) -> list[Row]:
    """Bring a world into a state and give some rows of it, with the ids of that world in their addresses."""
    return (await rows_of(world, state, ROWS))[part]


@pytest.fixture
async def site(
    chromium: Browser, world: World, database_url: str, rows: list[Row], state: str
) -> AsyncIterator[Browsing]:
    """Serve the world to a browser, at the instant of the world; with editions open to everybody if there are any."""
    opens = state == ISSUED
    async with browsing(chromium, world.database, database_url, world.clock, opens_editions=opens) as opened:
        yield opened


@EACH_PART
async def test_pages_are_accessible_valid_complete_and_say_nothing_in_the_console(
    site: Browsing, world: World, rows: list[Row], tmp_path: Path
) -> None:
    faults: list[str] = []
    served: dict[str, str] = {}

    for row in rows:
        opened = await site.at_hand(row.person)
        await _wear(opened, WIDE)
        response = await _open(site, opened, row, world)
        if response.status != row.status:
            faults.append(f"{row}: {response.status}")
        served[str(row)] = await response.text()
        headings = await _headings(opened)
        has_scripts = await opened.page.locator("script").count() > 0
        for look in LOOKS:
            faults += [f"{row}, {look['viewport']['width']} px: {fault}" for fault in await _look(opened, look)]
        faults += [f"{row}: {message}" for message in opened.messages]
        if has_scripts and not row.is_interactive and not row.sends:
            without = await site.at_hand(row.person, SCRIPTLESS)
            await without.page.goto(row.path)
            faults += [] if await _headings(without) == headings else [f"{row}: not complete without scripts"]

    faults += faults_of_markup(tmp_path, served)
    assert not faults, "\n".join(faults)


@EACH_PART
async def test_pages_are_whole_in_french_and_far_away(
    site: Browsing, world: World, rows: list[Row], tmp_path: Path
) -> None:
    async with world.database.writing() as session:
        await session.execute(update(Person).values(language=Language.FRENCH, zone="Pacific/Auckland"))
    faults: list[str] = []
    served: dict[str, str] = {}

    for row in rows:
        opened = await site.at_hand(row.person, NARROW, FRENCH)
        response = await _open(site, opened, row, world)
        served[str(row)] = await response.text()
        if not row.is_interactive:
            language = await opened.page.evaluate("document.documentElement.lang")
            faults += [] if language == "fr" else [f"{row}: in {language}"]
        judged = [*await violations_of(opened.page, RULES_OF_LOOKS + RULES_OF_WORDS), *await overflow_of(opened.page)]
        faults += [f"{row}: {fault}" for fault in judged]
        faults += [f"{row}: {message}" for message in opened.messages]

    faults += faults_of_markup(tmp_path, served)
    assert not faults, "\n".join(faults)


@EACH_PART
async def test_pages_are_light_and_quick_on_a_slow_line(site: Browsing, rows: list[Row]) -> None:
    """Count what a browser loads, and reckon what a slow line takes; `tests.bench.pages --slow-line` has seconds."""
    scales: dict[str | None, Scales] = {}
    heavy: list[str] = []

    for row in (row for row in rows if not row.sends):
        opened = await site.at_hand(row.person)
        if row.person not in scales:
            scales[row.person] = await Scales.under(opened.page)
        weight = await scales[row.person].weigh(opened.page, row.path)
        seconds = weight.after_the_door if row.person else weight.at_the_door
        sys.stdout.write(f"{weight.bytes:6} bytes {weight.requests:2} requests {seconds:5.2f} s  {row}\n")  # by -rP
        if weight.bytes > MOST_BYTES or seconds > MOST_SECONDS:
            heavy.append(f"{row}: {weight}, {seconds:.2f} s")

    assert not heavy, "\n".join(heavy)


async def _open(site: Browsing, opened: Opened, row: Row, world: World) -> Response:
    """Open the page of a row; if it sends a form, send it and return what comes back."""
    response = await opened.page.goto(row.path)
    assert response is not None
    if not row.sends:
        return response
    await _let_days_pass(site, opened, row, world, row.later)
    for button in row.sends.split():
        async with opened.page.expect_navigation() as coming:
            await opened.page.evaluate(_SEND, [button, dict(row.fields)])
        response = await coming.value
    await _let_days_pass(site, opened, row, world, -row.later)
    return response


async def _let_days_pass(site: Browsing, opened: Opened, row: Row, world: World, days: int) -> None:
    """Move the clock, and sign the person in again, because a session does not last for days."""
    if days:
        assert row.person is not None
        world.clock.move(days=days)
        await site.sign_in(opened.page.context, row.person)


async def _look(opened: Opened, look: Look) -> list[str]:
    """Return what is wrong with a page in one look."""
    await _wear(opened, look)
    faults = await overflow_of(opened.page)
    if look in (WIDE, TELEPHONE):
        faults += await violations_of(opened.page, RULES_OF_LOOKS if look == TELEPHONE else ())
    return faults


async def _wear(opened: Opened, look: Look) -> None:
    """Show a page as wide and in such colours as a look asks for."""
    await opened.page.set_viewport_size(look["viewport"])  # type: ignore[arg-type]
    await opened.page.emulate_media(color_scheme=look["color_scheme"])


async def _headings(opened: Opened) -> list[str]:
    return [" ".join(words.split()) for words in await opened.page.locator("h1, h2, h3").all_inner_texts()]


_SEND = """([button, fields]) => {
  const marks = [...document.querySelectorAll("[name=_act], [name=_preview]")].filter(each => each.value === button);
  const mark = marks.find(each => Object.keys(fields).every(name => name in each.form.elements));
  if (!mark) throw new Error(`${location.pathname}: no form of ${button} with ${Object.keys(fields)}`);
  const form = mark.form;
  if (!Object.keys(fields).length)
    for (const each of form.elements) if (each.matches("textarea, [type=text]")) each.value = "";
  for (const [name, value] of Object.entries(fields))
    [...form.elements].find(each => each.name === name).value = value;
  form.noValidate = true;
  form.requestSubmit(mark.type === "submit" ? mark : null);
}"""
"""Sends the first form of a button that has these fields, whatever its attributes ask for; without any, emptied."""
