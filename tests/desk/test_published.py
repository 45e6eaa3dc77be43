"""Pages that everybody may read, where a server opens its editions: and nothing else without signing in."""

import re
from collections.abc import AsyncIterator
from datetime import timedelta
from importlib.resources import files
from itertools import count
from typing import Any

import pytest
from httpx2 import AsyncClient

from server.domain.consolidation.actions import issuing
from server.web.desk.published.pages import PUBLIC_PAGES
from server.web.desk.routes import PAGES
from server.web.look.rendering import _read
from tests.consolidation.test_actions import SHALL, accepted, consolidate, decided, issue
from tests.desk.desks import Desk, _shared_app
from tests.factories.refusing import Watched
from tests.factories.world import World
from tests.pages.browser import ORIGIN, SAME_ORIGIN, words_of

VISITORS = count(1)
"""The last number of the address from which the next visitor comes."""


@pytest.fixture
async def stranger(world: World) -> AsyncIterator[AsyncClient]:
    """A browser in which nobody is signed in, at a server that opens its editions."""
    app = _shared_app()
    server = app.state.server
    server.database, server.clock = world.database, world.clock
    closed = server.settings
    server.settings = closed.model_copy(update={"open_editions": True})
    address = f"192.0.2.{next(VISITORS)}"  # an address asks only so often a minute, of all tests that share the server
    transport = Watched(app=app, client=(address, 4000))
    async with AsyncClient(
        transport=transport, base_url=ORIGIN, headers=SAME_ORIGIN | {"accept": "text/html"}
    ) as client:
        yield client
    server.settings = closed


async def publish_two(world: World) -> tuple[str, str, str]:
    """Publish the world's version as an edition, then the next one. Return their ids, and that of the next version."""
    editions = []
    await accepted(world, SHALL)
    made = await consolidate(world)
    for version_id, label in ((world.version, "First edition"), (made.target_id, "Second edition")):
        if label.startswith("Second"):
            world.clock.now += timedelta(days=30)
            await issue(world, version_id)
        decision_id = await decided(world, version_id, "council")
        sent = {"text_version_id": version_id, "decision_id": decision_id, "label": label}
        editions.append(await world.do("secretariat", issuing.publish_edition, **sent))
    return editions[0], editions[1], made.target_id


async def test_everybody_reads_editions_their_changes_history_and_decisions(
    world: World, stranger: AsyncClient
) -> None:
    first, second, _ = await publish_two(world)

    pages: dict[str, Any] = {}
    for path in (
        "/public",
        f"/public/editions/{second}",
        f"/public/editions/{second}/changes",
        f"/public/editions/{second}/changes?base={first}",
        f"/public/editions/{first}/changes",
        f"/public/provisions/{world.keys[1]}",
        "/public/decisions",
    ):
        answer = await stranger.get(path)
        assert answer.status_code == 200, (path, words_of(answer))
        assert len(answer.content) < 25_000
        assert '<form method="post"' not in answer.text
        assert "Delegate" not in words_of(answer)
        pages[path] = words_of(answer)

    assert "2 adopted editions" in pages["/public"]
    assert "shall exchange" in pages[f"/public/editions/{second}"]
    assert "First edition" in pages[f"/public/editions/{second}"]
    changes = pages[f"/public/editions/{second}/changes"]
    assert changes == pages[f"/public/editions/{second}/changes?base={first}"]
    assert {word: word in changes for word in ("should", "shall", "UPU")} == {
        "should": True,
        "shall": True,
        "UPU": False,
    }
    assert "There is no earlier edition of this text." in pages[f"/public/editions/{first}/changes"]
    history = pages[f"/public/provisions/{world.keys[1]}"]
    assert [word for word in ("Second edition", "First edition", "shall") if word not in history] == []


async def test_what_is_no_edition_is_not_there(world: World, stranger: AsyncClient) -> None:
    first, _, _ = await publish_two(world)

    for path in (
        "/public/editions/none",
        f"/public/editions/{world.version}",
        f"/public/editions/{first}/changes?base={world.version}",
        "/public/provisions/PRV_00000000000000000000000000",
        "/public/editions/%00",
    ):
        assert (await stranger.get(path)).status_code == 404, path
    assert (await stranger.get("/public?after=x")).status_code == 400


async def test_addresses_of_delegates_lead_everybody_to_what_is_open_or_to_the_door(
    world: World, stranger: AsyncClient
) -> None:
    first, *_ = await publish_two(world)

    for page in PAGES:
        path = page.path.replace("{id}", first).replace("{version}", world.version)
        path = path.replace("{comment}", first).replace("{person}", first)
        answer = await stranger.get(path)
        assert answer.status_code == 303, path
        place = answer.headers["location"]
        assert place.startswith("/public" if page.public else "/sign-in"), (path, place)
    assert (await stranger.get(f"/editions/{first}")).headers["location"] == f"/public/editions/{first}"
    assert "open to everybody" in words_of(await stranger.get("/sign-in"))
    assert (await stranger.post(f"/editions/{first}", data={"_act": "objectToCorrection"})).status_code == 401


async def test_where_nothing_is_opened_there_is_no_such_page(world: World, desk: Any) -> None:
    first, *_ = await publish_two(world)
    visitor: Desk = await desk("japan")
    visitor.client.cookies.clear()

    for path in PUBLIC_PAGES:
        answer = await visitor.get(path.replace("{id}", first).replace("{key}", world.keys[1]))
        assert answer.status_code == 404, path
    assert (await visitor.get(f"/editions/{first}")).headers["location"].startswith("/sign-in")
    assert "open to everybody" not in words_of(await visitor.get("/sign-in"))


def test_public_pages_have_every_rule_of_the_style_sheet_for_their_classes() -> None:
    folder = files("server.web.desk").joinpath("templates", "published")
    words = " ".join(template.read_text() for template in folder.iterdir())
    used = {name for names in re.findall(r'class="([^"{]+)"', words) for name in names.split()}
    sent, whole = (set(re.findall(r"\.([a-z][\w-]*)", _read(name).decode())) for name in ("public.css", "pages.css"))

    assert {"top", "hint", "text", "point"} <= used
    assert used & whole - sent - {"text"} == set()  # only beside a margin is a text set otherwise
