"""Pending amendments that meet: `python -m tests.bench.collisions`, no database but for the dossiers at the end.

A text of 1,000 provisions of 40 words, and 200 proposals with 600 amendments, of which three in ten are about a
provision that another one is about as well; then twice as much of everything. It prints the seconds for all classes
and for the taking order, the memory that they fill at most, and the milliseconds for one more amendment. The last line
of each column says how it grew. At the end all 600 amendments are about one provision.
"""

import asyncio
import time
import tracemalloc
from collections import Counter
from collections.abc import Callable
from random import Random
from typing import Any

from server.domain.consolidation.rules.changes import Accepted, BaseText
from server.domain.neighbours.rules.meeting import Encounter, Neighbourhood
from server.domain.neighbours.rules.ordering import TakenTurn, distance_of, group_by_provision, order_taking
from server.vocabulary.proposals import AmendmentKind
from server.wording.hunks import Hunk, hunks_between
from tests.bench import dossiers

PROVISIONS, WORDS, PROPOSALS, AMENDMENTS = 1_000, 40, 200, 600
OVERLAPPING = 0.3
KINDS = (*[AmendmentKind.MODIFY] * 7, AmendmentKind.ADD, AmendmentKind.MOVE, AmendmentKind.DELETE)
LEXICON = [
    f"{first}{last}" for first in "bcdfglmnprstv" for last in ("ala", "ero", "inu", "oda", "upe", "erin", "alto")
]


def write_text(rng: Random, number: int) -> list[BaseText]:
    """Return a text of sections of ten provisions."""
    text: list[BaseText] = []
    for place in range(number):
        words = f"{' '.join(rng.choices(LEXICON, k=WORDS))}."
        heading = f"k{place - place % 10}"
        kind, level, parent = ("PARAGRAPH", 0, heading) if place % 10 else ("HEADING", 1, None)
        text.append(BaseText(f"k{place}", kind, level, "", words, parent))
    return text


def draft(rng: Random, text: list[BaseText], source: int, at: int, proposals: int) -> Accepted:
    """Return an amendment of one of the proposals; two words in forty change, or as the kind says."""
    provision, kind = text[at], KINDS[source % len(KINDS)]
    words = provision.text.split(" ")
    for place in rng.sample(range(WORDS), 2):
        words[place] = rng.choice(LEXICON)
    wording = " ".join(words)
    hunks: tuple[Hunk, ...] = ()
    if kind == AmendmentKind.DELETE:
        hunks, wording = (Hunk(0, len(provision.text), ""),), ""
    key = f"new{source}" if kind == AmendmentKind.ADD else provision.key
    after = {AmendmentKind.ADD: provision.key, AmendmentKind.MOVE: text[(at + 15) % len(text)].key}.get(kind)
    proposal = f"P{source % proposals}"
    return Accepted(f"A{source}", "", proposal, kind, key, hunks, wording, after, proposal, True)


def compare(text: list[BaseText], changes: list[Accepted]) -> list[Accepted]:
    """Return the amendments with the hunks of their wordings."""
    words = {provision.key: provision.text for provision in text}
    return [
        change._replace(hunks=hunks_between(words[change.key], change.wording))
        if change.kind == AmendmentKind.MODIFY
        else change
        for change in changes
    ]


def draft_all(rng: Random, text: list[BaseText], amendments: int, proposals: int, overlapping: float) -> list[Accepted]:
    """Return the amendments, of which so many are about a provision that an earlier one is about."""
    plain = [place for place in range(len(text)) if place % 10]
    rng.shuffle(plain)
    places = plain[: max(1, round(amendments * (1 - overlapping)))]
    while len(places) < amendments:
        places.append(rng.choice(places))
    return [draft(rng, text, source, at, proposals) for source, at in enumerate(places)]


def timed(work: Callable[[], Any]) -> tuple[float, Any]:
    """Return the seconds of the fastest of three times, and the result."""
    seconds, result = [], None
    for _ in range(3):
        started = time.perf_counter()
        result = work()
        seconds.append(time.perf_counter() - started)
    return min(seconds), result


def filled(work: Callable[[], Any]) -> float:
    """Return the megabytes that work fills at most."""
    tracemalloc.start()
    work()
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return peak / 1e6


def measured(factor: int) -> tuple[float, ...]:
    """Print a line for so many times the figures above, and return its figures."""
    rng = Random(factor)
    text = write_text(rng, factor * PROVISIONS)
    changes = draft_all(rng, text, factor * AMENDMENTS, factor * PROPOSALS, OVERLAPPING)
    at = next(place for place, provision in enumerate(text) if provision.key == changes[-1].key)
    more = draft(rng, text, 10 * factor * AMENDMENTS, at, factor * PROPOSALS)

    def classify() -> list[Encounter]:
        return list(Neighbourhood(text, compare(text, changes)).list_meetings())

    everything, meetings = timed(classify)
    megabytes = filled(classify)
    known = Neighbourhood(text, compare(text, changes))
    one_more, found = timed(lambda: known.meet(compare(text, [more])[0]))

    def order() -> list[list[TakenTurn]]:
        groups = group_by_provision(known.outline, known.changes.values())
        return [
            order_taking(TakenTurn(each.source, distance_of(known.outline, each)) for each in group)
            for group in groups.values()
        ]

    ordering, _ = timed(order)
    figures = (everything, megabytes, one_more * 1e3, ordering)
    print(
        f"  {len(text):6,} provisions, {len(changes):5,} amendments: all classes {everything:6.3f} s "
        f"in {megabytes:5.1f} MB, one more {figures[2]:6.3f} ms ({len(found)} met), taking order {ordering:6.3f} s"
    )
    counted = Counter(meeting.relation for meeting in meetings)
    print(f"    {len(meetings):,} pairs: " + ", ".join(f"{number} {name}" for name, number in counted.most_common()))
    return figures


def main() -> None:
    """Measure, double, and put everything at one place."""
    once, twice = measured(1), measured(2)
    print("  doubled, it grew " + ", ".join(f"{after / before:.2f}" for before, after in zip(once, twice, strict=True)))
    rng = Random(3)
    text = write_text(rng, PROVISIONS)
    changes = [draft(rng, text, 10 * source, 1, 10 * AMENDMENTS) for source in range(AMENDMENTS)]
    known = Neighbourhood(text, compare(text, changes[1:]))
    one_more, found = timed(lambda: known.meet(compare(text, changes[:1])[0]))
    print(f"  all {AMENDMENTS} on one provision: one more {one_more * 1e3:.1f} ms ({len(found)} met)")
    for factor in (1, 2):
        rng = Random(factor)
        text = write_text(rng, factor * PROVISIONS)
        changes = draft_all(rng, text, factor * AMENDMENTS, factor * PROPOSALS, OVERLAPPING)
        asyncio.run(dossiers.measure(text, changes))


if __name__ == "__main__":
    main()
