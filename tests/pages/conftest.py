"""A browser on the pages of the small world, in which Japan and the Secretariat have passwords."""

from collections.abc import AsyncIterator

import pytest

from tests.factories.world import World
from tests.pages.browser import Browser, give_password


@pytest.fixture
async def browser(world: World) -> AsyncIterator[Browser]:
    """Return a browser in which nobody is signed in."""
    await give_password(world, "japan", "secretariat")
    fresh = Browser(world)
    yield fresh
    await fresh.client.aclose()
