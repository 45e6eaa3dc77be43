"""What changed between two texts, as hunks. Redline, merge, conflicts and anchors are all made from hunks."""

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
    """Say what changes `old` into `new`: hunks on `old` in text order, none of them touching another.

    Applying all of them gives exactly `new`; no hunks means equal texts. Each begins and ends at a word boundary and
    has nothing in common with what it replaces at either end, so words added before a full stop do not strike it.
    Meant for one provision at a time; the time grows with the square of what differs.
    """
    if old == new:
        return ()
    old_tokens, new_tokens = tokens(old), tokens(new)
    found = []
    offset = done = 0
    for before, after, upto, new_upto in _changes(old_tokens, new_tokens):
        offset += sum(map(len, old_tokens[done:before]))
        struck, added = "".join(old_tokens[before:upto]), "".join(new_tokens[after:new_upto])
        found.append(_trimmed(offset, struck, added))
        offset, done = offset + len(struck), upto
    return tuple(found)


def _changes(old: Sequence[str], new: Sequence[str]) -> Iterable[tuple[int, int, int, int]]:
    """Changed stretches of two token lists, neighbours joined: old start, new start, old end, new end."""
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


def _trimmed(start: int, struck: str, added: str) -> Hunk:
    """The hunk without what both sides share at its beginning and its end, whole pieces only."""
    left, right = pieces(struck), pieces(added)
    head = _shared(left, right)
    left, right = left[head:], right[head:]
    tail = _shared(left[::-1], right[::-1])
    kept, replacement = left[: len(left) - tail], right[: len(right) - tail]
    start += len(struck) - sum(map(len, left))
    return Hunk(start, start + sum(map(len, kept)), "".join(replacement))


def _shared(left: Sequence[str], right: Sequence[str]) -> int:
    """How many members are equal from the first one on."""
    return sum(takewhile(bool, map(eq, left, right)))


def in_order(base: str, hunks: Iterable[Hunk]) -> tuple[Hunk, ...]:
    """The hunks in text order, once it is sure that all of them can be applied to `base` together.

    Touching is allowed: an insertion at the edge of a replaced range goes outside it, before or after.
    Raises ValueError if a hunk leaves the text or ends before it starts, if two overlap, and if two insert at one
    point, because nothing says which comes first.
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
    """The text after the hunks, given in any order. Raises ValueError as `in_order` does."""
    parts: list[str] = []
    position = 0
    for hunk in in_order(base, hunks):
        parts += base[position : hunk.start], hunk.replacement
        position = hunk.end
    return "".join((*parts, base[position:]))
