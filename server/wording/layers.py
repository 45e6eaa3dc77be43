"""Show changes of changed words as changes of the base: hunks on top of hunks, as one layer."""

from collections.abc import Iterable, Mapping
from itertools import accumulate
from typing import NamedTuple

from server.wording.hunks import Hunk, apply_hunks, sort_hunks


class _Part(NamedTuple):
    """A hunk of either layer by its range in the middle text, with its sources; `lower` is None for an upper one."""

    start: int
    end: int
    lower: Hunk | None
    upper: Hunk | None
    sources: tuple[str, ...]


def stack(
    base: str, lower: Mapping[Hunk, tuple[str, ...]], upper: Mapping[Hunk, tuple[str, ...]]
) -> dict[Hunk, tuple[str, ...]]:
    """Return hunks on `base` that make what `upper` makes of the words that `lower` makes of it, with their sources.

    Hunks that touch or overlap become one, with the sources of all, the lower ones first. All others stay as they are,
    an upper one at the place of its words in the base. The time is that of sorting. Raise ValueError
    if the hunks of a layer overlap or leave their text.
    """
    ordered = sort_hunks(base, lower)
    shifts = list(accumulate((len(hunk.replacement) - (hunk.end - hunk.start) for hunk in ordered), initial=0))
    middle = apply_hunks(base, ordered)
    parts = [
        _Part(hunk.start + shift, hunk.start + shift + len(hunk.replacement), hunk, None, lower[hunk])
        for hunk, shift in zip(ordered, shifts, strict=False)
    ]
    parts += [_Part(hunk.start, hunk.end, None, hunk, upper[hunk]) for hunk in sort_hunks(middle, upper)]
    stacked: dict[Hunk, tuple[str, ...]] = {}
    passed = 0
    for group in _group_touching(sorted(parts, key=lambda part: part[:2])):
        below = [part.lower for part in group if part.lower]
        start, end = min(part.start for part in group), max(part.end for part in group)
        before, passed = passed, passed + len(below)
        above = [part.upper for part in group if part.upper]
        inside = [Hunk(hunk.start - start, hunk.end - start, hunk.replacement) for hunk in above]
        words = apply_hunks(middle[start:end], inside)
        names = (source for part in sorted(group, key=lambda part: part.lower is None) for source in part.sources)
        sources = dict.fromkeys(names)
        stacked[Hunk(start - shifts[before], end - shifts[passed], words)] = tuple(sources)
    return stacked


def _group_touching(parts: Iterable[_Part]) -> list[list[_Part]]:
    """Return the parts in groups, so that no part of one group touches another: what inserts at one place is one."""
    groups: list[list[_Part]] = []
    reach = -1
    for part in parts:
        if groups and part.start <= reach:
            groups[-1].append(part)
        else:
            groups.append([part])
        reach = max(reach, part.end)
    return groups
