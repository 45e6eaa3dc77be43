"""Many fields and many requests at once on few connections."""

import asyncio

import pytest

from server.storage.database import Database
from tests.reads.reading import Reader
from tests.reads.sample import schema
from tests.reads.seed import seeded

TEN = (
    "{" + "".join(f"r{n}: remarks(first: {n + 1}) {{ totalCount nodes {{ supportCount }} }} " for n in range(10)) + "}"
)

REQUESTS = 50


@pytest.mark.parametrize("pool", [1, pytest.param(2, marks=pytest.mark.rest)])
async def test_few_connections_serve_many_fields_and_requests(database: Database, database_url: str, pool: int) -> None:
    world = await seeded(database, 12)
    few = Database(database_url, pool=pool)
    world.database = few
    reader = Reader(schema, world)
    expected = await reader.ask("secretariat", TEN)

    async with asyncio.timeout(30):
        answers = await asyncio.gather(*(reader.ask("secretariat", TEN) for _ in range(REQUESTS)))

    assert answers == [expected] * REQUESTS
    await few.close()
