"""What a page of a list costs as the list grows: `python -m tests.bench.lists`, both databases.

Every list at which a query can begin: its first page, a page behind a deep cursor and filtered pages. Milliseconds are
those of one statement at the database's own driver, prepared and with a generic plan as the server runs it, the least
of many. The last column is how much more the longest list costs than the shortest.
"""

import asyncio
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from server.storage.migrations import migrate
from tests.factories.listing import PAGE, Asked, Listing, filled_listing
from tests.factories.postgresql import create_database, start_postgresql, stop_postgresql

SIZES = (2_500, 5_000, 10_000)
"""Comments of the round; ten times as many acts, a hundredth of rounds, a tenth of everything else."""
TIMES = 25


def measure(listing: Listing, asked: Asked) -> float:
    """Return the least milliseconds that the driver takes for a statement."""
    cursor = listing.driver.cursor() if listing.is_sqlite else listing.driver.cursor(binary=True)
    least = float("inf")
    for _ in range(TIMES):
        began = time.perf_counter()
        cursor.execute(*asked).fetchall()
        least = min(least, time.perf_counter() - began)
    return least * 1000


def report(listings: list[Listing]) -> None:
    """Print a line for each list and kind of page: its milliseconds at every size, and the growth."""
    for pages in zip(*(listing.pages() for listing in listings), strict=True):
        name, kind, _ = pages[0]
        figures = [measure(listing, asked) for listing, (_, _, asked) in zip(listings, pages, strict=True)]
        line = "".join(f"{each:9.2f}" for each in figures)
        print(f"  {name:<22} {kind:<13}{line} {figures[-1] / figures[0]:8.2f}", flush=True)


async def fill(url: str, size: int) -> Listing:
    """Migrate a new database and fill it."""
    await asyncio.to_thread(migrate, url)
    return await filled_listing(url, size, acts=size * 10)


async def main() -> None:
    """Fill databases of every size, and print the table of each kind of database."""
    with tempfile.TemporaryDirectory() as folder:
        notes = Path(folder) / "notes"
        try:
            server = start_postgresql(notes)
            kinds: dict[str, Callable[[int], str]] = {
                "SQLite": lambda size: f"sqlite:///{folder}/{size}.db",
                "PostgreSQL": lambda size: create_database(server, f"lists_{size}"),
            }
            for name, url in kinds.items():
                listings = [await fill(url(size), size) for size in SIZES]
                print(f"{name}, milliseconds for a page of {PAGE}, at {' '.join(map(str, SIZES))} comments, and growth")
                report(listings)
                for listing in listings:
                    listing.close()
        finally:
            stop_postgresql(notes)


if __name__ == "__main__":
    asyncio.run(main())
