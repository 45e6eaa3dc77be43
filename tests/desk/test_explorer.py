"""The explorer in a real browser: ids and keys of one's own, names while typing, the schema, and a stream."""

import json
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from playwright.async_api import Browser, Page, expect

from tests.desk.browsing import NEEDS_CHROMIUM, Browsing, browsing
from tests.factories.serving import NEEDS_NODE
from tests.factories.templates import SqliteFiles
from tests.factories.world import World

OPENING = {
    "title": "A first look",
    "closesAt": "2030-02-01T10:00:00Z",
    "audience": ["MEMBER"],
    "idempotencyKey": "written by hand",
}
OPEN = "mutation ($input: OpenRoundInput!) { openRound(input: $input) { __typename } }"
SEND = """(body) => fetch("/graphql", {
  method: "POST", body, headers: { "content-type": "application/json", accept: "application/graphql-response+json" },
}).then((answer) => answer.json())"""

pytestmark = [*NEEDS_NODE, NEEDS_CHROMIUM, pytest.mark.rest, pytest.mark.long]


@pytest.fixture
def databases(sqlite_templates: Path, tmp_path: Path) -> SqliteFiles:
    """Give SQLite only: what a page looks like does not depend on the database, and a browser is slow."""
    return SqliteFiles(sqlite_templates, tmp_path)


@pytest.fixture
async def site(chromium: Browser, world: World, database_url: str) -> AsyncIterator[Browsing]:
    """Serve the world to a browser."""
    async with browsing(chromium, world.database, database_url) as opened:
        yield opened


@pytest.fixture
async def page(site: Browsing) -> AsyncIterator[Page]:
    """Give the explorer as opened by an officer. Its console must stay silent."""
    async with site.opened("secretariat") as opened:
        await opened.page.goto("/graphql")
        await expect(opened.page.locator("#who")).to_contain_text("for WCO Secretariat (SECRETARIAT)")
        yield opened.page
        assert opened.messages == []


async def test_ids_are_the_callers_own_and_each_run_has_a_fresh_key(page: Page, world: World) -> None:
    await page.get_by_label("Filter by name").fill("openRound")
    await page.get_by_role("button", name="openRound", exact=True).click()
    await expect(page.get_by_label("input.textVersionId: TextVersion")).to_have_value(world.version)
    given = json.loads(await page.get_by_label("Variables").input_value())["input"]
    opening = {name: value for name, value in OPENING.items() if name != "idempotencyKey"}
    await page.get_by_label("Variables").fill(json.dumps({"input": given | opening}))
    keys, answers = [], []

    for _ in range(2):
        keys.append(json.loads(await page.get_by_label("Variables").input_value())["input"]["idempotencyKey"])
        await page.get_by_role("button", name="Run").click()
        await expect(page.locator("#took")).to_contain_text("ms")
        answers.append(json.loads(await page.locator("#answer").inner_text())["data"]["openRound"])

    assert given["textVersionId"] == world.version
    assert len({*keys}) == 2
    assert answers[0].keys() == {"__typename", "round"}
    assert "IDEMPOTENCY_KEY_REUSED" not in str(answers[1])


async def test_names_of_fields_are_completed_by_keyboard(page: Page) -> None:
    document = page.get_by_label("Operation", exact=True)
    await document.fill("query { viewer { person { ")

    await document.press_sequentially("zo")
    await expect(page.get_by_role("option").first).to_contain_text("zone")
    await document.press("ArrowDown")
    await document.press("Enter")
    await document.press_sequentially(" } } }")
    await document.press("Escape")
    await page.get_by_role("button", name="Run").click()

    await expect(page.locator("#answer")).to_contain_text('"zone": "Europe/Brussels"')


async def test_names_of_arguments_and_types_are_completed(page: Page) -> None:
    document = page.get_by_label("Operation", exact=True)

    await document.fill("query { rounds(")
    await document.press_sequentially("fi")
    await expect(page.get_by_role("option")).to_contain_text(["filter", "first"])
    await document.fill("fragment Some on ")
    await document.press_sequentially("TextVersi")
    await expect(page.get_by_role("option").first).to_contain_text("TextVersion")


async def test_schema_is_searched_and_read(page: Page) -> None:
    await page.get_by_label("Search types and fields").fill("closesAt")
    await page.get_by_role("button", name="Round.closesAt", exact=True).click()

    await expect(page.get_by_role("heading", name="type Round")).to_be_focused()
    await page.locator("#reference").get_by_role("button", name="TextVersion", exact=True).first.click()
    await expect(page.get_by_role("heading", name="type TextVersion")).to_be_visible()


async def test_subscription_tells_events_until_it_is_stopped(page: Page, site: Browsing, world: World) -> None:
    await page.get_by_label("Filter by name").fill("JournalEntryAdded")
    await page.get_by_role("button", name="JournalEntryAdded").click()
    await expect(page.get_by_label("Variables")).to_have_value("{}")

    await page.get_by_role("button", name="Run").click()
    await expect(page.locator("#answer")).to_contain_text("Waiting for the first event.")
    content = {"input": OPENING | {"textVersionId": world.version, "bodyId": world.bodies["group"]}}
    await page.evaluate(SEND, json.dumps({"query": OPEN, "variables": content}))
    await expect(page.locator("#answer")).to_contain_text('"act": "OPEN_ROUND"')
    await page.get_by_role("button", name="Stop").click()

    await expect(page.locator("#took")).to_have_text("Stopped.")
    await expect(page.get_by_role("button", name="Run")).to_be_focused()
