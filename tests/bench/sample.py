"""Prepare a database to measure on, with the code of a checkout, and print what to ask for: `tests.bench.checkout`.

It is run by its path, with PYTHONPATH naming the checkout, so that an older one gets its own tables and rows.
"""

import asyncio
import json
import sys
from datetime import timedelta

import psycopg

from server.kernel.clock import utc_now
from server.settings import Settings
from server.storage.database import Database
from server.storage.migrations import migrate
from tests.bench.seed import add_round, token_of
from tests.factories.rounds import set_close
from tests.factories.world import make_world

ROUNDS, COMMENTS = 10, 200
"""Closed rounds, and comments in each; the last one is listed."""


async def main(url: str) -> None:
    """Fill an empty database and print the ids and the token of a delegate as JSON."""
    await asyncio.to_thread(migrate, url)
    world = await make_world(Database(url, pool=2))
    listed = [await add_round(world, COMMENTS) for _ in range(ROUNDS)][-1]
    opened = await add_round(world, 0)
    now = utc_now()
    async with world.database.writing() as session:
        await set_close(session, opened, now + timedelta(days=30))
    world.clock.now = now  # served with the real clock
    token = await token_of(world, Settings())
    await world.database.close()
    if not url.startswith("sqlite"):
        with psycopg.connect(url, autocommit=True) as connection:  # else it happens while something is measured
            connection.execute("VACUUM ANALYZE")
    print(json.dumps({"round": listed, "opened": opened, "provision": world.provisions[1], "token": token}))


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1]))
