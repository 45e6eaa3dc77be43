"""A newsroom that looks only when the test wakes it, and followers over both transports."""

from collections.abc import AsyncIterator
from typing import Any

import pytest

from tests.factories.api import Api
from tests.live.following import OverEvents, OverWebSocket, WokenNewsroom


@pytest.fixture
async def newsroom(api: Api) -> AsyncIterator[WokenNewsroom]:
    """Return the newsroom of the application. It looks when the first follower comes and when it is woken."""
    server = api.app.state.server
    before, server.newsroom = server.newsroom, WokenNewsroom(server)
    yield server.newsroom
    assert (len(server.newsroom.visitors), bool(server.newsroom.groups)) == (0, False)
    await server.newsroom.close()
    server.newsroom = before


@pytest.fixture(params=[OverWebSocket, OverEvents])
def transport(request: pytest.FixtureRequest, newsroom: WokenNewsroom) -> Any:
    """Return a way to follow the journal; every test that asks for it runs with both."""
    return request.param
