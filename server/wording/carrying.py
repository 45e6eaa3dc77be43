"""Carry hunks over to a later version of the text they were made on, as far as it is certain which words they mean."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from itertools import accumulate
from typing import NamedTuple

from server.wording.anchors import AROUND, Anchor, find_unused
from server.wording.hunks import Hunk, apply_hunks, hunks_between, sort_hunks
from server.wording.tokens import pieces


class CarriedHunks(NamedTuple):
    """What becomes of hunks in a later version of the text; each of the three is in text order.

    `carried` are on the new text. `stale` and `done` are the hunks as they were, on the old text: `stale` meet a change
    or cannot be placed with certainty, of `done` the new text already holds the result.
    """

    carried: tuple[Hunk, ...]
    stale: tuple[Hunk, ...]
    done: tuple[Hunk, ...]


class _Reach(NamedTuple):
    """The range of a hunk with the word on each side of it, in code points.

    `is_first` and `is_last` say that there is no such word, because the text begins or ends there.
    """

    start: int
    end: int
    is_first: bool
    is_last: bool


def carry_hunks(old: str, new: str, hunks: Iterable[Hunk]) -> CarriedHunks:
    """Take hunks on `old` over to `new`, each for itself.

    A hunk is carried if its range and the word on each side are untouched between the two, and if no repeat of these
    words can be meant: with the word or the 16 code points before it, and with those after it, the range stands once in
    both texts; or something was only added before or after the whole text. Carried hunks strike and add the same words
    as before, and can be applied together. A word is here any piece of the text that is no white space. Where the new
    text is exactly what all hunks make, all are done. The time grows with the hunks times the text, and as that of
    `hunks_between`. Raise ValueError as `apply_hunks` does.
    """
    ordered = sort_hunks(old, hunks)
    if old != new and apply_hunks(old, ordered) == new:
        return CarriedHunks((), (), ordered)
    comparison = _Comparison(old, new)
    carried, stale, done = [], [], []
    for hunk in ordered:
        reach = comparison.reach_of(hunk)
        image = comparison.image_of(reach)
        words = None if image is None else new[image.start : image.end]
        before, after = old[reach.start : hunk.start], old[hunk.end : reach.end]
        if image and words == old[reach.start : reach.end] and comparison.is_certain(hunk, reach, image):
            start = image.start + len(before)
            carried.append(Hunk(start, start + hunk.end - hunk.start, hunk.replacement))
        elif words == before + hunk.replacement + after:
            done.append(hunk)
        else:
            stale.append(hunk)
    return CarriedHunks(tuple(carried), tuple(stale), tuple(done))


class _Comparison:
    """Two texts and the changes between them, prepared to find the images of many ranges."""

    def __init__(self, old: str, new: str) -> None:
        self._length = len(old)
        self._changes = hunks_between(old, new)
        self._starts = [change.start for change in self._changes]
        self._ends = [change.end for change in self._changes]
        growths = (len(change.replacement) - (change.end - change.start) for change in self._changes)
        self._shifts = list(accumulate(growths, initial=0))
        cut = pieces(old)
        ends = accumulate(map(len, cut))
        words = [(end - len(piece), end) for piece, end in zip(cut, ends, strict=True) if not piece.isspace()]
        self._word_starts, self._word_ends = [start for start, _ in words], [end for _, end in words]
        # Where something was only added before or after the whole text, it is certain how far its words moved.
        shifts = {0} if new.startswith(old) else set()
        shifts |= {len(new) - len(old)} if new.endswith(old) else set()
        self._shift_of_all = shifts.pop() if len(shifts) == 1 else None
        edge = find_unused(old + new)  # stands for the beginning and the end, which tell repeats apart as well
        self._old, self._new = f"{edge}{old}{edge}", f"{edge}{new}{edge}"

    def reach_of(self, hunk: Hunk) -> _Reach:
        """Return the range of a hunk with the word on each side."""
        before = bisect_left(self._word_starts, hunk.start) - 1
        after = bisect_right(self._word_ends, hunk.end)
        is_first, is_last = before < 0, after == len(self._word_ends)
        start = 0 if is_first else self._word_starts[before]
        return _Reach(start, self._length if is_last else self._word_ends[after], is_first, is_last)

    def image_of(self, reach: _Reach) -> Anchor | None:
        """Return the range in the new text; None if a change reaches across an edge of it.

        What is added beside the word on a side is outside; where there is no such word, it is inside.
        """
        first = 0 if reach.is_first else bisect_right(self._ends, reach.start)
        last = len(self._changes) if reach.is_last else bisect_left(self._starts, reach.end)
        inside = self._changes[first:last]
        if inside and (inside[0].start < reach.start or inside[-1].end > reach.end):
            return None
        return Anchor(reach.start + self._shifts[first], reach.end + self._shifts[last])

    def is_certain(self, hunk: Hunk, reach: _Reach, image: Anchor) -> bool:
        """Return whether the untouched words at `image` are those of the old text, and no repeat of them.

        The comparison may match the wrong repeat of a sentence that moved. So the range must be told apart together
        with what stands before it, and with what stands after: one side alone may belong to another sentence.
        """
        shift = image.start - reach.start
        if shift == self._shift_of_all:
            return True
        # -1 and one more than the length are the edges of the text.
        before = reach.start - reach.is_first, max(hunk.start - AROUND, -1)
        after = reach.end + reach.is_last, min(hunk.end + AROUND, self._length + 1)
        return any(self._stands_once(Anchor(start, hunk.end), shift) for start in before) and any(
            self._stands_once(Anchor(hunk.start, end), shift) for end in after
        )

    def _stands_once(self, place: Anchor, shift: int) -> bool:
        """Return whether the words of a place stand once in both texts, in the new one moved by `shift`."""
        start = place.start + 1
        words = self._old[start : place.end + 1]
        firsts = (self._old.find(words), self._new.find(words))
        again = (self._old.find(words, firsts[0] + 1), self._new.find(words, firsts[1] + 1))
        return firsts == (start, start + shift) and again == (-1, -1)
