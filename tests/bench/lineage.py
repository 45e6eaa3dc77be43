"""Lineage of provisions on simulated editions, of which it is known what came from what.

`python -m tests.bench.lineage` prints right and wrong lines by the share of words that were replaced, and the time for
1,000, 2,000 and 4,000 provisions.
"""

import math
import random
import time
from collections import Counter
from typing import NamedTuple

from server.documents.markdown import read_document
from server.wording.alignment import Kind, align
from tests.bench import wording

SHORTEST = 3
RATES = (0, 10, 20, 30, 40, 50)
EDITIONS = 12
SIZES = (1_000, 2_000, 4_000)


class Edition(NamedTuple):
    """Provisions before and after; `origins` are the old positions of each new one: none, one, or two joined."""

    old: list[str]
    new: list[str]
    origins: list[frozenset[int]]


def provisions() -> list[str]:
    """Return the different provisions of at least three words, in reading order."""
    paths = sorted(wording.PAPERS.glob("*.txt")) or sorted(wording.DEMONSTRATION.glob("*.md"))
    units = [unit.text for path in paths for unit in read_document(path.read_text(encoding="utf-8")).units]
    return [text for text in dict.fromkeys(units) if len(text.split()) >= SHORTEST]


def edition(old: list[str], rate: int, rng: random.Random) -> Edition:
    """Delete, add, move, split and join provisions, 3 % each, and replace `rate` percent of the words."""
    vocabulary = [word for text in old for word in text.split()]
    placed: list[tuple[list[str], frozenset[int]]] = []
    position = 0
    while position < len(old):
        fate, words, origin = rng.random(), old[position].split(), frozenset({position})
        position += 1
        if fate < 0.03:
            continue
        if fate < 0.06:
            placed.append((rng.choices(vocabulary, k=rng.randint(8, 40)), frozenset()))
        if 0.06 <= fate < 0.09 and len(words) >= 16:
            cut = rng.randint(6, len(words) - 6)
            placed += [(words[:cut], origin), (words[cut:], origin)]
        elif 0.09 <= fate < 0.12 and position < len(old):
            placed.append((words + old[position].split(), origin | {position}))
            position += 1
        elif 0.12 <= fate < 0.15:
            placed.insert(rng.randint(0, len(placed)), (words, origin))
        else:
            placed.append((words, origin))
    new = [" ".join(rng.choice(vocabulary) if 100 * rng.random() < rate else w for w in words) for words, _ in placed]
    return Edition(old, new, [origins for _, origins in placed])


def judged(made: Edition) -> Counter[str]:
    """Count the lines that name both sides as right or wrong, and what was not seen."""
    counts: Counter[str] = Counter()
    seen: set[tuple[int, int]] = set()
    for line in align(made.old, made.new):
        if line.old is None or line.new is None:
            continue
        seen.add((line.old, line.new))
        kind = line.kind.name if line.kind in (Kind.SPLIT_FROM, Kind.MERGED_INTO) else "paired"
        counts[f"{kind} {'right' if line.old in made.origins[line.new] else 'wrong'}"] += 1
    known = {(old, new) for new, origins in enumerate(made.origins) for old in origins}
    counts["not seen"] = len(known - seen)
    return counts


def generated(size: int, rng: random.Random) -> list[str]:
    """Make provisions of words of the papers, no two alike."""
    vocabulary = [word for text in provisions() for word in text.split()]
    return [" ".join(rng.choices(vocabulary, k=rng.randint(10, 60))) for _ in range(size)]


def main() -> None:
    """Measure everything."""
    rng, old = random.Random(18), provisions()
    print(f"{EDITIONS} editions of {len(old)} provisions, by words replaced:")
    for rate in RATES:
        counts = sum((judged(edition(old, rate, rng)) for _ in range(EDITIONS)), Counter())
        print(f"  {rate:2} %  " + "  ".join(f"{name}: {count}" for name, count in sorted(counts.items())))
    before = 0.0
    for size in SIZES:
        made = edition(generated(size, rng), 10, rng)
        started = time.perf_counter()
        align(made.old, made.new)
        took = time.perf_counter() - started
        growth = f"   growth: size to the power of {math.log2(took / before):.2f}" if before else ""
        print(f"{size:,} provisions, 10 % of the words replaced: {took:.2f} s{growth}")
        before = took


if __name__ == "__main__":
    main()
