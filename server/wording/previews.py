"""Say what a new wording of a text would change: the runs, the sentences, and the fewest words to quote."""

from collections.abc import Iterator, Sequence
from itertools import accumulate
from typing import NamedTuple

from server.wording.anchors import AROUND, Anchor, Quotation, locate
from server.wording.hunks import Hunk, hunks_between
from server.wording.redline import Attributed, Run, redline
from server.wording.sentences import Span, spans_of_sentences
from server.wording.tokens import pieces


class Preview(NamedTuple):
    """What becomes of a text. `quotation` and `replacement` are None if nothing changes or there are no words yet."""

    runs: tuple[Run, ...]
    sentences: tuple[str, ...]
    quotation: Quotation | None
    replacement: str | None


def preview_rewriting(before: str, after: str) -> Preview:
    """Return what changes when `after` takes the place of `before`.

    The sentences are those of `after` that a change reaches into. Putting the replacement in the place of the quotation
    gives `after`; no shorter range of whole words does. The time grows with the square of the words that differ.
    """
    hunks = hunks_between(before, after)
    runs = redline(before, [Attributed(hunk, ()) for hunk in hunks])
    sentences = tuple(after[span.start : span.end].strip() for span in _list_touched(after, hunks))
    if not hunks or not before.strip():
        return Preview(runs, sentences, None, None)
    start, end = _widen(before, hunks[0].start, hunks[-1].end)
    replacement = after[start : len(after) - (len(before) - end)]
    return Preview(runs, sentences, quote(before, start, end), replacement)


def quote(text: str, start: int, end: int) -> Quotation:
    """Return the quotation of a range, with as much of what stands around it as tells repeats apart."""
    size = 0
    while True:
        quotation = Quotation(text[start:end], text[max(0, start - size) : start], text[end : end + size])
        if size > len(text) or locate(quotation, text) == Anchor(start, end):
            return quotation
        size = size * 2 or AROUND


def _list_touched(after: str, hunks: Sequence[Hunk]) -> Iterator[Span]:
    """Yield the sentences of the new text that a hunk reaches into, or stands at the edge of if it only deletes."""
    shifts = [0, *accumulate(len(hunk.replacement) - (hunk.end - hunk.start) for hunk in hunks)]
    placed = [
        (hunk.start + shift, hunk.start + shift + len(hunk.replacement))
        for hunk, shift in zip(hunks, shifts, strict=False)
    ]
    first = 0
    for sentence in spans_of_sentences(after):
        while first < len(placed) and placed[first][1] < sentence.start:
            first += 1
        if first < len(placed) and placed[first][0] < sentence.end:
            yield sentence


def _widen(text: str, start: int, end: int) -> tuple[int, int]:
    """Return a range that holds at least one word: of an insertion, the word before it or the one after."""
    if text[start:end].strip():
        return start, end
    offset = 0
    before: int | None = None
    for piece in pieces(text):
        if piece.strip():
            if offset + len(piece) <= start:
                before = offset
            elif offset >= end and before is None:
                return start, offset + len(piece)
        offset += len(piece)
    return (start if before is None else before), end
