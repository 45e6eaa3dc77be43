"""A process that is killed while it sends leaves no notice untold and tells none twice, through a real mail server."""

import pytest

from tests.bench.notices import measure
from tests.factories.templates import Databases

pytestmark = [pytest.mark.rest, pytest.mark.database]


@pytest.mark.usefixtures("databases")
async def test_killed_while_sending_tells_everybody_once(databases: Databases) -> None:
    outcome = await measure(databases.empty(), persons=24, rounds=4, waves=2, kills=4)

    assert outcome.notices == 23 * 4
    assert outcome.kills == 4
    assert (outcome.lost, outcome.told_twice, outcome.to_others) == (0, 0, 0)
    # a letter that was handed over and not marked goes out again under its Message-ID: one for each kill at most
    assert outcome.twice <= outcome.kills
