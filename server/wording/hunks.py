"""Compare two texts and apply changes, as hunks. Redline, merge, conflicts and anchors are all made from hunks."""

import re
from collections.abc import Iterable, Sequence
from itertools import accumulate
from typing import NamedTuple

from rapidfuzz.distance import Indel, Levenshtein, Opcodes

from server.wording.letters import UNSPACED
from server.wording.tokens import pieces

_FEWEST_KEPT = 3  # words in a row that are kept though they stand in another place among words that changed
_FEW_CHARACTERS = 1
_UNSPACED_CHARACTER = re.compile(f"[{UNSPACED}]")
_SENTENCE_ENDS = frozenset(("", *".!?;\u2026\u3002\uff01\uff1f\uff1b\u061f\u061b"))
_CLAUSE_ENDS = frozenset(",:)\uff0c\uff1a\uff09\u3001\u060c")


class Hunk(NamedTuple):
    """One change: the base text from `start` up to, but not including, `end` becomes `replacement`.

    Offsets are code points of the base text. `start == end` inserts, an empty `replacement` deletes.
    """

    start: int
    end: int
    replacement: str


class Rewriting(NamedTuple):
    """Words or pieces that change: the old ones [old_start, old_end) become the new ones [new_start, new_end)."""

    old_start: int
    old_end: int
    new_start: int
    new_end: int


def hunks_between(old: str, new: str) -> tuple[Hunk, ...]:
    """Return the hunks on `old` that change it into `new`, in text order; no two of them touch.

    Applying all of them gives exactly `new`; no hunks means equal texts. Each begins and ends at a word boundary, and
    its old and new words share no piece at either end, so that words added before a full stop do not strike it.
    Changes with a kept word between them stay apart; but one character of a script without spaces is no word, and is
    not kept between two changes. What is inserted or deleted begins with a sentence or a clause, if it can.
    Meant for one provision at a time: the time grows with the square of the words that differ.
    """
    if old == new:
        return ()
    left, right = _cut(old), _cut(new)
    rewritings = _find_changed_words(left[::2], right[::2])
    rewritings = _slide_to_sentences(rewritings, left[::2], right[::2])
    rewritings = _join_over_characters(rewritings, left[::2])
    offsets = [0, *accumulate(map(len, left))]
    hunks = (_trim(rewriting, left, right, offsets) for rewriting in _add_white_space(rewritings, left, right))
    # The same words may be cut differently beside others: "1 000" before "0" is no figure.
    return tuple(hunk for hunk in hunks if old[hunk.start : hunk.end] != hunk.replacement)


def _cut(text: str) -> list[str]:
    """Return words and white space by turns, beginning with an empty word, white space empty where there is none."""
    cut = [""]
    for piece in pieces(text):
        # Words have even places. After a word without white space comes an empty piece.
        if piece.isspace() is (len(cut) % 2 == 0):
            cut.append("")
        cut.append(piece)
    if len(cut) % 2:
        cut.append("")
    return cut


def _append(rewritings: list[Rewriting], rewriting: Rewriting) -> None:
    """Append the rewriting, joined with the one before if they touch."""
    if rewritings and rewritings[-1][1::2] == rewriting[::2]:
        rewriting = Rewriting(rewritings[-1].old_start, rewriting.old_end, rewritings[-1].new_start, rewriting.new_end)
        rewritings.pop()
    rewritings.append(rewriting)


def _find_changed_words(old: Sequence[str], new: Sequence[str]) -> list[Rewriting]:
    """Return the changed rewritings of two lists of words."""
    # rapidfuzz compares hashes of list members. Two different words must never count as equal, so they get numbers.
    numbers: dict[str, int] = {}
    left, right = ([numbers.setdefault(word, len(numbers)) for word in side] for side in (old, new))
    shortest: list[Rewriting] = []
    for step in Levenshtein.opcodes(left, right):
        if step.tag != "equal":
            _append(shortest, Rewriting(step.src_start, step.src_end, step.dest_start, step.dest_end))
    rewritings: list[Rewriting] = []
    for rewriting in shortest:
        old_start, old_end, new_start, new_end = rewriting
        if min(old_end - old_start, new_end - new_start) < _FEWEST_KEPT:
            rewritings.append(rewriting)
            continue
        # The shortest comparison replaces word by word, and strikes words that only stand further on.
        steps = Indel.opcodes(left[old_start:old_end], right[new_start:new_end])
        fewest = 1 if _is_as_short(steps) else _FEWEST_KEPT
        for step in steps:
            first, last = old_start + step.src_start, old_start + step.src_end
            words = sum(len(word) > 1 for word in old[first:last])
            if step.tag != "equal" or words < fewest:
                _append(rewritings, Rewriting(first, last, new_start + step.dest_start, new_start + step.dest_end))
    return rewritings


def _is_as_short(steps: Opcodes) -> bool:
    """Return whether keeping the equal words changes no more words than replacing all, word by word."""
    gaps: list[Rewriting] = []
    for step in steps:
        if step.tag != "equal":
            _append(gaps, Rewriting(step.src_start, step.src_end, step.dest_start, step.dest_end))
    changed = sum(max(gap.old_end - gap.old_start, gap.new_end - gap.new_start) for gap in gaps)
    return changed <= max(steps.src_len, steps.dest_len)


def _slide_to_sentences(rewritings: Sequence[Rewriting], old: Sequence[str], new: Sequence[str]) -> list[Rewriting]:
    """Return the rewritings; what is only inserted or deleted begins with a sentence or a clause, if it can.

    "[The list is kept.] The list is open." and "The list is [kept. The list is] open." are the same change, and people
    mark it in the first way.
    """
    moved: list[Rewriting] = []
    for place, rewriting in enumerate(rewritings):
        old_start, old_end, new_start, new_end = rewriting
        before = old_start - (moved[-1].old_end if moved else 1)
        after = (rewritings[place + 1].old_start if place + 1 < len(rewritings) else len(old)) - old_end
        shift = 0
        # One word stays kept between two rewritings.
        if old_start == old_end:
            shift = _find_shift(new, new_start, new_end, before - bool(moved), after - 1)
        elif new_start == new_end:
            shift = _find_shift(old, old_start, old_end, before - bool(moved), after - 1)
        moved.append(Rewriting(*(bound + shift for bound in rewriting)))
    return moved


def _find_shift(words: Sequence[str], start: int, end: int, most_left: int, most_right: int) -> int:
    """Return by how many words [start, end) moves to begin in the best place, of those where it is the same change."""
    best, shift = _rank_boundary(words[start - 1]), 0
    for steps in (range(-1, -most_left - 1, -1), range(most_right)):
        for step in steps:
            if words[start + step] != words[end + step]:
                break
            moved = step + (step >= 0)
            rank = _rank_boundary(words[start + moved - 1])
            if rank > best:
                best, shift = rank, moved
    return shift


def _rank_boundary(word: str) -> int:
    """Return how well a change begins after the word: best after a sentence or nothing, then after a clause."""
    return 2 if word in _SENTENCE_ENDS else int(word in _CLAUSE_ENDS)


def _join_over_characters(rewritings: Iterable[Rewriting], old: Sequence[str]) -> list[Rewriting]:
    """Return the rewritings, joined over kept characters of a script without spaces if they are few."""
    joined: list[Rewriting] = []
    for rewriting in rewritings:
        if joined:
            previous = joined[-1]
            between = old[previous.old_end : rewriting.old_start]
            if len(between) <= _FEW_CHARACTERS and all(map(is_unspaced, between)):
                rewriting = Rewriting(previous.old_start, rewriting.old_end, previous.new_start, rewriting.new_end)
                joined.pop()
        joined.append(rewriting)
    return joined


def is_unspaced(word: str) -> bool:
    """Return whether a word is a single character of a script without spaces."""
    return _UNSPACED_CHARACTER.fullmatch(word) is not None


def _add_white_space(rewritings: Iterable[Rewriting], left: Sequence[str], right: Sequence[str]) -> list[Rewriting]:
    """Return the rewritings of words as rewritings of pieces, with the white space that changed after kept words."""
    changed: list[Rewriting] = []
    old_kept = new_kept = 0
    end = Rewriting(len(left) // 2, len(left) // 2, len(right) // 2, len(right) // 2)
    for rewriting in (*rewritings, end):
        old_start, old_end, new_start, new_end = (2 * bound for bound in rewriting)
        if left[old_kept:old_start] != right[new_kept:new_start]:
            shift = new_kept - old_kept
            for place in range(old_kept + 1, old_start, 2):
                if left[place] != right[place + shift]:
                    _append(changed, Rewriting(place, place + 1, place + shift, place + shift + 1))
        if rewriting is not end:
            _append(changed, Rewriting(old_start, old_end, new_start, new_end))
        old_kept, new_kept = old_end, new_end
    return changed


def _trim(rewriting: Rewriting, left: Sequence[str], right: Sequence[str], offsets: Sequence[int]) -> Hunk:
    """Return the hunk of a rewriting without the pieces that both sides share at its beginning and its end."""
    old_start, old_end, new_start, new_end = rewriting
    while old_start < old_end and new_start < new_end and left[old_start] == right[new_start]:
        old_start, new_start = old_start + 1, new_start + 1
    while old_start < old_end and new_start < new_end and left[old_end - 1] == right[new_end - 1]:
        old_end, new_end = old_end - 1, new_end - 1
    return Hunk(offsets[old_start], offsets[old_end], "".join(right[new_start:new_end]))


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
