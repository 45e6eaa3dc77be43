"""The parts in which a long text is read: of 40 to 50 provisions, each beginning with a heading where it can."""

from collections.abc import Sequence
from typing import Any, NamedTuple

LEAST, MOST = 40, 50
"""Provisions of a part: at least, and at most, which is where no heading tells where to begin the next one."""


class TextPart(NamedTuple):
    """One part of a text: the places of its first provision and of the first one behind it, and of its neighbours.

    `previous` and `next` are None at the beginning and at the end.
    """

    start: int
    end: int
    previous: int | None
    next: int | None


def starts_of(outline: dict[str, Any]) -> list[int]:
    """Return the places at which the parts of a text begin.

    A part ends before the highest heading within its bounds, of several equally high ones before the last.
    """
    count, headings = outline["provisionCount"], outline["headings"]
    starts = [1]
    while count - starts[-1] >= MOST:
        start = starts[-1]
        within = [heading for heading in headings if start + LEAST <= heading["position"] <= start + MOST]
        best = min(within, key=lambda heading: (heading["level"], -heading["position"]), default=None)
        starts.append(best["position"] if best else start + MOST)
    return starts


def part_at(place: int, starts: Sequence[int], count: int) -> TextPart:
    """Return the part in which a provision stands, by its place in reading order."""
    number = max((number for number, start in enumerate(starts) if start <= place), default=0)
    following = starts[number + 1] if number + 1 < len(starts) else None
    return TextPart(starts[number], following or count + 1, starts[number - 1] if number else None, following)
