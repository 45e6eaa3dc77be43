"""A hub that asks only when the test wakes it, and followers over both transports."""

from collections.abc import AsyncIterator
from typing import Any

import pytest

from server.delivery.live.hub import Hub
from tests.factories.api import Api
from tests.live.following import OverEvents, OverWebSocket, WokenHub


@pytest.fixture
async def hub(api: Api) -> AsyncIterator[Hub]:
    """Return the hub of the application. It looks at the journal when the first listener comes and when it is woken."""
    server = api.app.state.server
    before, server.hub = server.hub, WokenHub(server.newest)
    yield server.hub
    assert len(server.hub) == 0
    server.hub = before


@pytest.fixture(params=[OverWebSocket, OverEvents])
def transport(request: pytest.FixtureRequest, hub: Hub) -> Any:
    """Return a way to follow the journal; every test that asks for it runs with both."""
    return request.param
