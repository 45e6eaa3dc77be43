"""Compare two texts and apply changes, as hunks. Redline, merge, conflicts and anchors are all made from hunks."""

from collections.abc import Iterable, Sequence
from itertools import takewhile
from operator import eq
from typing import NamedTuple

from rapidfuzz.distance import Levenshtein

from server.wording.tokens import pieces, tokens


class Hunk(NamedTuple):
    """One change: the base text from `start` up to, but not including, `end` becomes `replacement`.

    Offsets are code points of the base text. `start == end` inserts, an empty `replacement` deletes.
    """

    start: int
    end: int
    replacement: str


def hunks_between(old: str, new: str) -> tuple[Hunk, ...]:
    """Return the hunks on `old` that change it into `new`, in text order; no two of them touch.

    Applying all of them gives exactly `new`; no hunks means equal texts. Each begins and ends at a word boundary. The
    old and new words of a hunk share no piece at either end, so that words added before a full stop do not strike it.
    Meant for one provision at a time: the time grows with the square of the words that differ.
    """
    if old == new:
        return ()
    old_tokens, new_tokens = tokens(old), tokens(new)
    hunks = []
    offset = position = 0
    for old_start, new_start, old_end, new_end in _find_changes(old_tokens, new_tokens):
        offset += sum(map(len, old_tokens[position:old_start]))
        old_words, new_words = "".join(old_tokens[old_start:old_end]), "".join(new_tokens[new_start:new_end])
        hunks.append(_trim(offset, old_words, new_words))
        offset, position = offset + len(old_words), old_end
    return tuple(hunks)


def _find_changes(old: Sequence[str], new: Sequence[str]) -> Iterable[tuple[int, int, int, int]]:
    """Return the changed stretches of two token lists, neighbours joined: old start, new start, old end, new end."""
    # rapidfuzz compares hashes of list members. Two different words must never count as equal, so they get numbers.
    numbers: dict[str, int] = {}
    left, right = ([numbers.setdefault(token, len(numbers)) for token in side] for side in (old, new))
    joined: list[tuple[int, int, int, int]] = []
    for step in Levenshtein.opcodes(left, right):
        if step.tag == "equal":
            continue
        first_old, first_new = step.src_start, step.dest_start
        if joined and joined[-1][2:] == (first_old, first_new):
            first_old, first_new, *_ = joined.pop()
        joined.append((first_old, first_new, step.src_end, step.dest_end))
    return joined


def _trim(start: int, old_words: str, new_words: str) -> Hunk:
    """Return the hunk without the whole pieces that both sides share at its beginning and its end."""
    left, right = pieces(old_words), pieces(new_words)
    head = _count_shared(left, right)
    left, right = left[head:], right[head:]
    tail = _count_shared(left[::-1], right[::-1])
    base, replacement = left[: len(left) - tail], right[: len(right) - tail]
    start += len(old_words) - sum(map(len, left))
    return Hunk(start, start + sum(map(len, base)), "".join(replacement))


def _count_shared(left: Sequence[str], right: Sequence[str]) -> int:
    """Return how many members are equal, from the first one on."""
    return sum(takewhile(bool, map(eq, left, right)))


def sort_hunks(base: str, hunks: Iterable[Hunk]) -> tuple[Hunk, ...]:
    """Return the hunks in text order, after checking that all of them can be applied to `base` together.

    Hunks may touch: an insertion at the edge of a replaced range goes outside it, before or after.
    Raise ValueError if a hunk leaves the text or ends before it starts, if two overlap, and if two insert at one point,
    because nothing says which comes first.
    """
    ordered = tuple(sorted(hunks))
    previous: Hunk | None = None
    for hunk in ordered:
        if not 0 <= hunk.start <= hunk.end <= len(base):
            raise ValueError(f"hunk {hunk.start}-{hunk.end} leaves the text of {len(base)} code points")
        if previous and (hunk.start < previous.end or hunk[:2] == previous[:2]):
            raise ValueError(f"hunks {previous.start}-{previous.end} and {hunk.start}-{hunk.end} overlap")
        previous = hunk
    return ordered


def apply_hunks(base: str, hunks: Iterable[Hunk]) -> str:
    """Return the text after the hunks, which may come in any order. Raise ValueError as `sort_hunks` does."""
    parts: list[str] = []
    position = 0
    for hunk in sort_hunks(base, hunks):
        parts += base[position : hunk.start], hunk.replacement
        position = hunk.end
    return "".join((*parts, base[position:]))
