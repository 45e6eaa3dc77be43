"""Changes that meet, by kind: `python -m tests.bench.merging [NUMBER]` tries 12,000 unless a number is given.

Of the kinds that compete it prints how many were told as a conflict, of the others how many stand exactly, and what
else went wrong. The seconds are those of generating and judging.
"""

import sys
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from typing import Any

from tests.consolidation import generated
from tests.wording import meetings


def measured(name: str, cases: Iterable[Any], judge: Callable[[Any], set[str]]) -> None:
    """Print a line for each kind."""
    tried: Counter[str] = Counter()
    competing: set[str] = set()
    seconds: Counter[str] = Counter()
    faults: dict[str, Counter[str]] = defaultdict(Counter)
    started = time.perf_counter()
    for case in cases:
        tried[case.kind] += 1
        competing |= {case.kind} if case.competing else set()
        faults[case.kind].update(judge(case))
        seconds[case.kind] += time.perf_counter() - started
        started = time.perf_counter()
    print(f"{name:<36}{'cases':>7}{'right':>7}{'rate':>8}{'seconds':>9}")
    for kind, number in tried.items():
        wrong = faults[kind]["a missed conflict" if kind in competing else "a false conflict"]
        others = ", ".join(f"{fault}: {times}" for fault, times in faults[kind].items())
        right = number - wrong
        print(f"  {kind:<34}{number:7}{right:7}{right / number:8.4f}{seconds[kind]:9.2f}  {others}")


def main() -> None:
    """Try wordings and structure."""
    number = int(sys.argv[1]) if len(sys.argv) > 1 else 12_000
    structural = number * len(generated.KINDS) // 120
    print(f"seed {meetings.SEED}")
    measured("wordings", meetings.list_meetings(number - structural), meetings.judge)
    measured("structure", generated.list_meetings(structural), generated.judge)


if __name__ == "__main__":
    main()
