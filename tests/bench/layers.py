"""This checkout against another, one capability after the other: `python -m tests.bench.layers --against PATH`.

    --rounds N      so many rounds (5), each checkout once in each
    --seconds S     seconds of each measurement (3)
    --server PATH   measure a checkout that is not this one
    --only NAME ... postgresql, sqlite

Each checkout fills databases of its own with its own migrations; both are run with this virtual environment.
"""

import argparse
import asyncio
import os
import tempfile
from contextlib import AsyncExitStack
from pathlib import Path
from statistics import median

from tests.bench import checkout, turns
from tests.bench.turns import Way

DATABASES = ("postgresql", "sqlite")
THIS, AGAINST = "this", "against"
LAYERS = {
    "listing of 50 comments": (checkout.listing, '"nodes"'),
    "listing with availableActs": (checkout.listing_with_acts, '"nodes"'),
    "submitComment": (checkout.submitting, '"CommentSubmitted"'),
}
"""The request of each layer, and what is in a good answer."""


async def measure(database: str, urls: list[str], arguments: argparse.Namespace, process: int | None) -> None:
    """Measure every layer on one kind of database."""
    async with AsyncExitStack() as stack:
        served = []
        for path, url in zip((arguments.server, arguments.against), urls, strict=True):
            sample = await checkout.prepare(path, url)
            served.append((sample, await stack.enter_async_context(checkout.serve(path, url))))
        for layer, (request, expected) in LAYERS.items():
            ways = [
                Way(name, server, request(sample), expected)
                for name, (sample, server) in zip((THIS, AGAINST), served, strict=True)
            ]
            loads = await turns.in_rounds(ways, rounds=arguments.rounds, seconds=arguments.seconds, database=process)
            print_line(f"{layer}, {database}", loads)


def print_line(layer: str, loads: turns.Loads) -> None:
    """Print the medians of both checkouts and their ratios, as one line of the table."""
    rates = "".join(f"{median(load.per_second for load in loads[name]):8.0f}" for name in (THIS, AGAINST))
    used = "".join(f"{median(turns.processor_of(load) for load in loads[name]):8.2f}" for name in (THIS, AGAINST))
    rate, processor = turns.ratios_of(loads, THIS, AGAINST)
    print(f"{layer:40}{rates}  {rate:18}{used}  {processor:18} {os.getloadavg()[0]:4.1f}")


async def main(arguments: argparse.Namespace) -> None:
    """Measure on both databases, or on the one that is asked for."""
    columns = f"{'':40}{THIS:>8}{AGAINST:>8}  {'ratio':18}{THIS:>8}{AGAINST:>8}  {'ratio':18}"
    print(f"{'':40}{'requests/s':36}{'processor ms a request':36}load, {os.cpu_count()} processors\n{columns}")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        if "postgresql" in arguments.only:
            with checkout.postgresql(folder / "postgresql", THIS, AGAINST) as (process, urls):
                await measure("PostgreSQL", urls, arguments, process)
        if "sqlite" in arguments.only:
            urls = [f"sqlite:///{folder}/{each}.db" for each in (THIS, AGAINST)]
            await measure("SQLite", urls, arguments, None)


if __name__ == "__main__":
    parser = turns.parser_of(__doc__)
    parser.add_argument("--against", type=lambda path: Path(path).resolve(), required=True, metavar="PATH")
    parser.add_argument("--only", nargs="+", choices=DATABASES, default=DATABASES)
    asyncio.run(main(parser.parse_args()))
