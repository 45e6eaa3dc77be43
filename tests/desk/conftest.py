"""A person at the desk: a signed-in browser on the whole application, for every test of its pages."""

from collections.abc import AsyncIterator, Callable

import pytest
from playwright.async_api import Browser

from tests.desk.browsing import launched
from tests.desk.desks import Desk
from tests.factories.world import World


@pytest.fixture(scope="session")
async def chromium() -> AsyncIterator[Browser]:
    """Start one Chromium for all tests of a worker."""
    async with launched() as browser:
        yield browser


@pytest.fixture
async def desk(world: World) -> AsyncIterator[Callable[..., Desk]]:
    """Return a function that opens the desk for a person by key, who then is signed in."""
    opened: list[Desk] = []

    async def open_desk(person: str) -> Desk:
        fresh = await Desk.open(world, person)
        opened.append(fresh)
        return fresh

    yield open_desk
    for each in opened:
        await each.client.aclose()
