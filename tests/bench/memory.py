"""What different documents fill: `python -m tests.bench.memory`.

One server process answers documents that differ by one literal each: honest ones with an id in the text, honest lists,
and hostile ones. The memory in use (RSS) is read before and after each kind, and how long somebody else's smallest
query takes meanwhile.
"""

import argparse
import asyncio
import os
import tempfile
import time
from collections.abc import Callable

from tests.bench.crowd import ROOT, Crowd, gathered
from tests.bench.start import megabytes_of
from tests.bench.storm import percentile
from tests.transport.hostile import aliases_of_comments, comment_by_id, list_of_round

KINDS: dict[str, Callable[[int], str]] = {
    "honest, an object by its id": comment_by_id,
    "honest, a list": list_of_round,
    "hostile, 28 lists of 100": lambda number: aliases_of_comments(number, first=100),
    "hostile, 28 lists of 1": lambda number: aliases_of_comments(number, first=1),
}


async def beside(crowd: Crowd, taken: list[float]) -> None:
    """Ask the smallest query again and again, until cancelled."""
    while True:
        taken.append((await crowd.ask("/graphql", {"query": "{ answeredAt }"}, crowd.tokens[1])).seconds)
        await asyncio.sleep(0.05)


async def sent(crowd: Crowd, name: str, documents: int) -> None:
    """Send so many documents of one kind, one after the other, and print what they left behind."""
    assert crowd.process is not None
    before, began = megabytes_of(crowd.process.pid), time.perf_counter()
    taken: list[float] = []
    other = asyncio.create_task(beside(crowd, taken))
    codes: dict[str, int] = {}
    for number in range(documents):
        answer = await crowd.ask("/graphql", {"query": KINDS[name](number)}, crowd.tokens[0])
        codes[answer.code] = codes.get(answer.code, 0) + 1
    other.cancel()
    after, took = megabytes_of(crowd.process.pid), time.perf_counter() - began
    print(
        f"  {name}: {documents} documents, {before:.0f} to {after:.0f} MB, {took / documents * 1e3:.0f} ms each, "
        f"{codes}; somebody else waits {percentile(taken, 0.5):.0f} ms, at most {percentile(taken, 1.0):.0f} ms"
    )


async def main() -> None:
    """Measure each kind on a server of its own."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--documents", type=int, default=1_000)
    parser.add_argument("--hostile", type=int, default=100)
    options = parser.parse_args()
    for name in KINDS:
        with tempfile.TemporaryDirectory() as folder:
            print(f"{ROOT}, SQLite, load of the machine {os.getloadavg()[0]:.1f}")
            async with gathered(f"sqlite:///{folder}/memory.db", 2) as crowd:
                await crowd.ask("/graphql", {"query": "{ answeredAt }"}, crowd.tokens[0])
                await sent(crowd, name, options.hostile if name.startswith("hostile") else options.documents)


if __name__ == "__main__":
    asyncio.run(main())
