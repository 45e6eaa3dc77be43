"""The authorization server in front of a small world."""

from collections.abc import AsyncIterator

import pytest

from tests.factories.world import World
from tests.oauth.desk import Desk


@pytest.fixture
async def desk(world: World) -> AsyncIterator[Desk]:
    """Return the authorization server, on both databases."""
    async with Desk(world) as opened:
        yield opened
