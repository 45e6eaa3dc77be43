"""How long every page takes on a slow line, in a real browser: one page at a time, with nothing kept from before.

The line is that by which tests reckon: 128 kbit/s, and 600 ms until the first byte of an answer comes. Chromium delays
and parts the bytes by itself; it does not delay the set-up of connections. Run it on a machine that does nothing else.
"""

import asyncio
import logging
import tempfile
from pathlib import Path

import structlog
from playwright.async_api import Browser

from server.storage.database import Database
from server.storage.migrations import migrate
from tests.desk.browsing import Browsing, browsing, launched
from tests.desk.states import DEMONSTRATION, STATES, Row, rows_of
from tests.desk.visiting import ROWS
from tests.desk.weighing import LINE_BYTES, LINE_DELAY, Scales
from tests.factories.world import World, make_world

LINE = {"latency": LINE_DELAY * 1000, "downloadThroughput": LINE_BYTES, "uploadThroughput": LINE_BYTES}
LOADED = "performance.getEntriesByType('navigation')[0].loadEventStart / 1000"


async def measure_page(site: Browsing, row: Row) -> None:
    """Open a page on the slow line, and print what it took and what follows by arithmetic."""
    async with site.opened(row.person) as opened:
        scales = await Scales.under(opened.page)
        await scales.slow_down(LINE)
        weight = await scales.weigh(opened.page, row.path)
        seconds = await opened.page.evaluate(LOADED)
    reckoned = weight.after_the_door if row.person else weight.at_the_door
    print(f"  {weight.bytes:6}{weight.requests:9}{seconds:9.2f}{reckoned:10.2f}  {row}", flush=True)


async def measure_state(browser: Browser, folder: Path, state: str) -> None:
    """Measure every page of a state that is opened and not sent, in a world of its own."""
    url = f"sqlite:///{folder}/{state[:5]}.db"
    await asyncio.to_thread(migrate, url)
    database = Database(url)
    world = World(database) if state == DEMONSTRATION else await make_world(database)
    rows = await rows_of(world, state, ROWS)
    async with browsing(browser, database, url, world.clock) as site:
        for row in rows:
            if not row.sends:
                await measure_page(site, row)
    await database.close()


async def main(states: list[str]) -> None:
    """Measure the pages of some states, of all if none is named."""
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING))
    print("   bytes requests  seconds  reckoned")
    with tempfile.TemporaryDirectory() as folder:
        async with launched() as browser:
            for state in states or STATES:
                await measure_state(browser, Path(folder), state)
