"""What the pages of a text cost as it grows: `python -m tests.bench.pages`, both databases.

Every provision has a comment with a wording; in a second text all comments are on the first 40 provisions, which one
page shows. A page is opened in this process, by somebody who is signed in, so that
all of it is measured: who asks, the operations, the template, compression. Milliseconds are processor time of this
process, the median of many and their range, so that a busy machine is not measured; bytes are those on the line. The
last two columns part them into operations and the rest.

With `--pending` the pages of pending amendments are measured instead (`tests.bench.pending_pages`). With `--slow-line`,
and the names of states if not all are wanted, every page is opened in Chromium on a slow line.
"""

import argparse
import asyncio
import statistics
import tempfile
import time
from datetime import timedelta
from pathlib import Path
from typing import NamedTuple

from server.storage.database import Database
from server.storage.migrations import migrate
from server.transport.published import PublishedOperations
from tests.bench import slow_line
from tests.bench.pending_pages import fill_pending
from tests.bench.seed import add_round, add_text
from tests.desk.desks import Desk
from tests.desk.states import STATES
from tests.factories.filled import statements
from tests.factories.postgresql import create_database, start_postgresql, stop_postgresql
from tests.factories.rounds import set_close
from tests.factories.world import World, make_world

SIZES = (50, 200, 1_000)
CROWDED = 40
"""Provisions of the second text that have comments."""
TIMES, BEFORE = 30, 5
"""Visits that are measured of each page, and visits before: plans and templates are compiled by then."""


class Visited(NamedTuple):
    """One page: bytes on the line and in all, statements, and the milliseconds of every visit."""

    sent: int
    whole: int
    statements: int
    took: list[float]
    in_operations: list[float]


class Filled(NamedTuple):
    """A world with a text: the versions whose comments are spread over it and crowd in its first part, a provision."""

    world: World
    spread: str
    crowded: str
    provision: str


async def fill(url: str, size: int) -> Filled:
    """Migrate a new database, and put texts of so many provisions with as many comments in an open round into it."""
    await asyncio.to_thread(migrate, url)
    world = await make_world(Database(url, pool=5))
    versions = []
    for title, places in (("Spread", size), ("Crowded", CROWDED)):
        version, provisions = await add_text(world, size, title)
        round_id = await add_round(world, size, version=version, provisions=provisions[:places])
        async with world.database.writing() as session:
            await set_close(session, round_id, world.clock.now + timedelta(days=7))
        versions.append(version)
    spread, crowded = versions
    return Filled(world, spread, crowded, provisions[0])


async def visit(desk: Desk, path: str) -> Visited:
    """Open a page many times."""
    took: list[float] = []
    in_operations: list[float] = []
    count = sent = whole = 0
    for number in range(TIMES + BEFORE):
        spent = 0.0
        original = PublishedOperations.run_all

        async def timed(self, connection, asked, original=original):  # type: ignore[no-untyped-def]
            nonlocal spent
            began = time.process_time()
            try:
                return await original(self, connection, asked)
            finally:
                spent += time.process_time() - began

        PublishedOperations.run_all = timed  # type: ignore[method-assign]
        try:
            with statements(desk.world.database) as seen:
                began = time.process_time()
                response = await desk.get(path)
                elapsed = time.process_time() - began
        finally:
            PublishedOperations.run_all = original  # type: ignore[method-assign]
        assert response.status_code == 200, response.status_code
        sent, whole = int(response.headers["content-length"]), len(response.content)
        count = sum(not statement.startswith("BEGIN") for statement in seen)
        if number >= BEFORE:
            took.append(elapsed * 1000)
            in_operations.append(spent * 1000)
    return Visited(sent, whole, count, took, in_operations)


def report(name: str, size: int, page: str, visited: Visited) -> None:
    """Print the line of one page."""
    median, operations = statistics.median(visited.took), statistics.median(visited.in_operations)
    print(
        f"  {name:<11}{size:>6} {page:<22}{visited.sent / 1000:7.1f}{visited.whole / 1000:8.1f}{visited.statements:6}"
        f"{median:8.1f} ({min(visited.took):.1f} to {max(visited.took):.1f})"
        f"{operations:9.1f}{median - operations:8.1f}",
        flush=True,
    )


async def measure_pending(name: str, url: str, size: int) -> None:
    """Fill a database, and print what the pages of its pending amendments cost."""
    world, pages = await fill_pending(url, size)
    desk = await Desk.open(world, "japan")
    for page, path in pages.items():
        report(name, size, page, await visit(desk, path))
    await desk.client.aclose()
    await world.database.close()


async def measure(name: str, url: str, size: int) -> None:
    """Fill a database, and print what its pages cost: parts of the text, one with all comments, and a provision."""
    world, spread, crowded, provision = await fill(url, size)
    desk = await Desk.open(world, "japan")
    pages = {"first part": f"/texts/{spread}", "with the form": f"/texts/{spread}?on=general"}
    if size > 60:
        pages["last part"] = f"/texts/{spread}?section={size - 49}"
    pages |= {"all comments in it": f"/texts/{crowded}", "one provision": f"/provisions/{provision}"}
    for page, path in pages.items():
        report(name, size, page, await visit(desk, path))
    await desk.client.aclose()
    await world.database.close()


async def main(is_pending: bool) -> None:
    """Measure every size on both databases."""
    measured = measure_pending if is_pending else measure
    print("  database      size page                     kB gzip kB SQL  ms (range)   operations    rest")
    with tempfile.TemporaryDirectory() as folder:
        notes = Path(folder) / "notes"
        try:
            server = start_postgresql(notes)
            for size in SIZES:
                await measured("SQLite", f"sqlite:///{folder}/{size}.db", size)
                await measured("PostgreSQL", create_database(server, f"pages_{size}"), size)
        finally:
            stop_postgresql(notes)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--slow-line", nargs="*", metavar="STATE", choices=STATES, help="open every page on a slow line"
    )
    parser.add_argument("--pending", action="store_true", help="measure the pages of pending amendments")
    given = parser.parse_args()
    asyncio.run(main(given.pending) if given.slow_line is None else slow_line.main(given.slow_line))
