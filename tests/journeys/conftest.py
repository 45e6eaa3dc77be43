"""After every journey the journal is as it is published."""

from collections.abc import AsyncIterator

import pytest

from tests.factories.api import Api
from tests.factories.forms import faults_of_entries


@pytest.fixture
async def api(api: Api) -> AsyncIterator[Api]:
    """Return the client of a journey; fail if an entry was written with details other than the published ones."""
    yield api
    assert await faults_of_entries(api.world.database) == []
