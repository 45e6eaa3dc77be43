"""This checkout against another, one capability after the other: `python -m tests.bench.layers --against PATH`.

    --rounds N      so many rounds (5), each checkout once in each
    --seconds S     seconds of each measurement (3)
    --server PATH   measure a checkout that is not this one
    --only NAME ... postgresql, sqlite

Each checkout fills databases of its own with its own migrations; both are run with this virtual environment.
"""

import argparse
import asyncio
import tempfile
from contextlib import AsyncExitStack
from pathlib import Path

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
            turns.print_loads(f"{layer}, {database}", loads)
            turns.print_ratio(loads, THIS, AGAINST)


async def main(arguments: argparse.Namespace) -> None:
    """Measure on both databases, or on the one that is asked for."""
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
