"""Growth of consolidation, check and redline with the text: `python -m tests.bench.growth`, no database.

Each shape has as many accepted changes as provisions. The exponent is that of 1,000 to 4,000 provisions: 1 means that
twice the text takes twice the time. Seconds are those of the processor, the best of three.
"""

import math
import time
from collections import defaultdict
from collections.abc import Callable, Sequence
from functools import partial
from random import Random
from typing import Any

from server.domain.consolidation.rules.changes import Accepted, BaseText, Made
from server.domain.consolidation.rules.checking import (
    Compared,
    find_disagreements,
    find_lost,
    find_misplaced,
    find_unread,
    reading_order,
)
from server.domain.consolidation.rules.merging import consolidated
from server.domain.consolidation.rules.outline import TextTree
from server.domain.consolidation.rules.redlining import compare_versions
from server.domain.consolidation.rules.structure import PLACING, join_equal_additions, spread_deletions
from server.vocabulary.proposals import AmendmentKind
from server.wording.hunks import Hunk, hunks_between
from tests.wording.drafting import ENGLISH, drafted, printed

SIZES = (1_000, 2_000, 4_000)
KINDS = (*[AmendmentKind.MODIFY] * 7, AmendmentKind.ADD, AmendmentKind.MOVE, AmendmentKind.DELETE)
SHAPES: dict[str, Callable[[int], int]] = {
    "flat": lambda place: place + 1,
    "sections of ten": lambda place: place % 10,
    "one section": lambda place: place,
}
"""How far a provision stands behind its heading; 0 is the heading, and behind nothing it has none."""


def text_of(shape: str, number: int) -> list[BaseText]:
    """Write a text of a number of provisions."""
    rng = Random(number)
    text: list[BaseText] = []
    for place in range(number):
        behind = SHAPES[shape](place)
        kind, level = ("PARAGRAPH", 0) if behind else ("HEADING", 1)
        parent = f"k{place - behind}" if 0 < behind <= place else None
        text.append(BaseText(f"k{place}", kind, level, "", printed(ENGLISH, drafted(rng, ENGLISH, 2)), parent))
    return text


def changes_of(text: Sequence[BaseText], *, competing: bool) -> list[Accepted]:
    """Return a change for each provision; two for every other one, which compete, if asked for."""
    changes = []
    for place in range(len(text)):
        provision = text[place - place % 2] if competing else text[place]
        kind = AmendmentKind.MODIFY if competing else KINDS[place % len(KINDS)]
        source = f"c{place}"
        words = f"{provision.text[:-1]} {source}." if kind != AmendmentKind.DELETE else ""
        hunks = (Hunk(0, len(provision.text), ""),) if kind == AmendmentKind.DELETE else ()
        if kind == AmendmentKind.MODIFY:
            hunks = hunks_between(provision.text, words.replace(" the ", " one "))
        key = source if kind == AmendmentKind.ADD else provision.key
        after = text[place - 1].key if kind == AmendmentKind.MOVE else provision.key
        changes.append(Accepted(source, "d", f"P{place % 7}", kind, key, hunks, words, after, f"p{source}", True))
    return changes


def check(base: Sequence[BaseText], accepted: Sequence[Accepted], made: Made) -> None:
    """Check a consolidation as it is checked from the database."""
    outline = TextTree(base)
    joined = join_equal_additions(outline, accepted)
    before, after = ({each.key: each.text for each in version} for version in (base, made.provisions))
    authors: dict[str, dict[Hunk, set[str]]] = defaultdict(lambda: defaultdict(set))
    recorded: dict[tuple[str, str], list[Hunk]] = defaultdict(list)
    for change, hunk, key in made.applied:
        if change.kind != AmendmentKind.MOVE:
            authors[key][hunk].add(change.party)
            recorded[change.source, key].append(hunk)
    keys = reading_order(list(before), list(after))
    compared = [Compared(key, before.get(key), after.get(key), tuple(authors[key])) for key in keys]
    changes = spread_deletions(outline, joined)
    stands = {change.accepted.source for change in made.applied}
    find_disagreements(compared, changes, (), {}, (), stands)
    find_misplaced(outline, [each for each in joined if each.kind in PLACING and each.source in stands], list(after))
    lost = find_lost(changes, recorded)
    for each in compared:
        find_unread(each, authors[each.key], lost.get(each.key, ()))


def timed(work: Callable[[], Any]) -> tuple[float, Any]:
    """Return the seconds of the fastest of three times, and the result."""
    seconds, result = [], None
    for _ in range(3):
        started = time.process_time()
        result = work()
        seconds.append(time.process_time() - started)
    return min(seconds), result


def measured(shape: str, *, competing: bool) -> None:
    """Print a line for each size, and the exponents."""
    rows = []
    for number in SIZES:
        base = text_of(shape, number)
        accepted = changes_of(base, competing=competing)
        merging, made = timed(partial(consolidated, base, accepted))
        checking, _ = timed(partial(check, base, accepted, made))
        showing, _ = timed(partial(compare_versions, base, made.provisions))
        rows.append((merging, checking, showing))
        print(f"  {number:6,}" + "".join(f"{seconds:10.3f}" for seconds in rows[-1]))
    steps = math.log(SIZES[-1] / SIZES[0])
    exponents = (math.log(last / first) / steps for first, last in zip(rows[0], rows[-1], strict=True))
    print("  growth" + "".join(f"{exponent:10.2f}" for exponent in exponents))


def main() -> None:
    """Measure every shape, and one in which all changes compete."""
    for shape in SHAPES:
        for competing in (False, True) if shape == "flat" else (False,):
            print(f"{shape}{', competing' if competing else ''}: consolidation, check, redline in seconds")
            measured(shape, competing=competing)


if __name__ == "__main__":
    main()
