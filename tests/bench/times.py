"""Blame and history: `python -m tests.bench.times` measures this alone.

Seconds and peak memory for 1,000, 2,000 and 4,000 provisions or changes, and the growth as a power of the size. In
memory every provision is told; in the database one of them is asked for, as a reader does.
"""

import asyncio
import math
import tempfile
import time
import tracemalloc
from collections.abc import Callable, Sequence
from itertools import pairwise, product
from statistics import median
from typing import Any

from sqlalchemy import select

from server.domain.consolidation.actions.issuing import issue_version
from server.domain.consolidation.actions.making import consolidate
from server.domain.consolidation.queries.histories import find_blame, find_history
from server.models.consolidation import Consolidation
from server.models.texts import ProvisionText
from server.storage.database import Database
from server.storage.migrations import migrate
from server.wording.blame import Version, blame, trace
from server.wording.hunks import hunks_between
from server.wording.redline import Attributed
from tests.bench.seed import SENTENCE, add_round, add_text
from tests.factories.world import make_world

SIZES = (1_000, 2_000, 4_000)
ASKED = 30
REWORDINGS = (("should", "shall"), ("advance electronic", "electronic"), ("before", "on"))


Way = Callable[[list[Version]], Any]


def chain(number: int) -> list[Version]:
    """Make four versions of a provision of about sixty words, each with one change in every clause."""
    text = ", and ".join(SENTENCE.format(number=f"{number}.{part}") for part in range(4)) + "."
    versions = [Version("V1", text)]
    for place, (old, new) in enumerate(REWORDINGS, start=2):
        text = text.replace(old, new)
        hunks = hunks_between(versions[-1].text, text)
        versions.append(Version(f"V{place}", text, tuple(Attributed(hunk, (f"C{place}",)) for hunk in hunks)))
    return versions


def print_growth(name: str, seconds: Sequence[float]) -> None:
    """Print seconds by size, and to which power of the size they grow."""
    powers = [math.log2(after / before) for before, after in pairwise(seconds)]  # each size is twice the one before
    figures = "  ".join(f"{size:,}: {took:.3f} s" for size, took in zip(SIZES, seconds, strict=True))
    print(f"{name}: {figures}   growth: size to the power of {', '.join(f'{power:.2f}' for power in powers)}")


def measured(way: Way, texts: Sequence[list[Version]]) -> tuple[float, float]:
    """Return the processor seconds for all texts, the best of three, and the peak of memory in MB in a further run."""
    seconds = []
    for _ in range(3):
        started = time.process_time()
        results = [way(text) for text in texts]
        seconds.append(time.process_time() - started)
    del results
    tracemalloc.start()
    results = [way(text) for text in texts]
    peak = tracemalloc.get_traced_memory()[1] / 2**20
    tracemalloc.stop()
    assert all(results)
    return min(seconds), peak


def in_memory() -> None:
    """Trace and blame every provision of a text, and one provision of as many changes."""
    samples = {
        "every provision, four changes in each of three versions": [
            [chain(number) for number in range(size)] for size in SIZES
        ],
        "one provision, so many changes in each of three versions": [[joined(size // 4)] for size in SIZES],
    }
    ways: dict[str, Way] = {
        "trace": lambda versions: trace(versions[0].text, [version.changes for version in versions[1:]]),
        "blame": blame,
    }
    for (name, way), (what, sample) in product(ways.items(), samples.items()):
        figures = [measured(way, texts) for texts in sample]
        print_growth(f"{name} of {what}", [took for took, _ in figures])
        print("  peak memory: " + "  ".join(f"{peak:.1f} MB" for _, peak in figures))


def joined(number: int) -> list[Version]:
    """Make four versions of one provision that is as long as `number` of the others."""
    parts = [chain(each) for each in range(number)]
    versions = []
    for place in range(len(REWORDINGS) + 1):
        offset, changes = 0, []
        for part in parts:
            changes += [
                change._replace(
                    hunk=change.hunk._replace(start=change.hunk.start + offset, end=change.hunk.end + offset)
                )
                for change in part[place].changes
            ]
            offset += len(part[place - 1].text) + 1 if place else 0
        versions.append(Version(f"V{place + 1}", " ".join(part[place].text for part in parts), tuple(changes)))
    return versions


async def asked(url: str, size: int) -> tuple[float, float]:
    """Return the median seconds for the history and for the blame of one provision of a text with `size` changes."""
    await asyncio.to_thread(migrate, url)
    world = await make_world(Database(url))
    version, provisions = await add_text(world, size)
    await add_round(world, size, version=version, provisions=provisions)
    made = await world.do("secretariat", consolidate, text_version_id=version, label="Draft 2")
    async with world.database.reading() as connection:
        target = (
            await connection.execute(select(Consolidation.target_id).where(Consolidation.id == made))
        ).scalar_one()
        keys = list((await connection.execute(select(ProvisionText.provision_id).limit(ASKED + 10))).scalars())[10:]
    await world.do("secretariat", issue_version, text_version_id=target, expected_revision=1)
    actor, now = await world.actor("japan"), world.clock.now
    seconds: dict[str, list[float]] = {"history": [], "blame": []}
    async with world.database.studying() as session:
        for key in keys:
            started = time.perf_counter()
            history = await find_history(session, actor, now, key)
            between = time.perf_counter()
            origin = await find_blame(session, actor, now, key, target)
            seconds["blame"].append(time.perf_counter() - between)
            seconds["history"].append(between - started)
            assert history
            assert origin
    await world.database.close()
    return median(seconds["history"]), median(seconds["blame"])


async def main() -> None:
    """Measure everything."""
    in_memory()
    with tempfile.TemporaryDirectory() as folder:
        figures = [await asked(f"sqlite:///{folder}/{size}.db", size) for size in SIZES]
    print_growth("history of one provision of a text with so many changes", [history for history, _ in figures])
    print_growth("blame of one provision of a text with so many changes", [origin for _, origin in figures])


if __name__ == "__main__":
    asyncio.run(main())
