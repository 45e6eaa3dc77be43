"""Cut a text into sentences, and find those that several people's changes made together."""

import re
from bisect import bisect_left
from collections.abc import Collection, Sequence
from functools import reduce
from itertools import accumulate
from typing import NamedTuple

from server.wording.hunks import Hunk, apply_hunks

_QUOTES = "[\"'\u201d\u2019\u00bb)\\]]*"
# A full stop ends a sentence only before white space and something that can begin one. After a single letter or a
# common short form it does not: a sentence that is too long is read whole, one that is too short could hide half.
_SHORT = r"(?<!\b[^\W\d_])(?<!\bArt)(?<!\bNo)(?<!\bpara)(?<!\bcf)(?<!\be\.g)(?<!\bi\.e)(?<!\bviz)(?<!\bvs)"
_END = re.compile(
    rf"(?:{_SHORT}\.|[!?\u061f\u06d4\u0964]){_QUOTES}\s+(?=[^\Wa-z_]|[\"'\u201c\u2018\u00ab(\[])|[\u3002\uff01\uff1f]{_QUOTES}\s*|\n\s*"
)


class Span(NamedTuple):
    """A range of a text in code points; `end` is exclusive."""

    start: int
    end: int


def spans_of_sentences(text: str) -> list[Span]:
    """Return where each sentence of a text stands, with the white space after it; together they cover the text."""
    cuts = [match.end() for match in _END.finditer(text)]
    starts = [0, *(cut for cut in cuts if cut < len(text))]
    return [Span(start, end) for start, end in zip(starts, [*starts[1:], len(text)], strict=True) if start < end]


def find_woven(
    base: str, changes: Sequence[tuple[Hunk, Collection[str]]], lost: Sequence[tuple[Hunk, Collection[str]]] = ()
) -> list[Span]:
    """Return the sentences of the new text that no single author asked for as they stand.

    `changes` are the hunks on `base`, which do not overlap, each with the authors that ask for exactly it. `lost` are
    hunks that do not stand although others of their authors do. A sentence is woven if hunks reach into it and no
    author asks for all of them, or only authors that lost another one there. The spans are of the new text.
    """
    if not changes:
        return []
    ordered = sorted(changes, key=lambda change: change[0])
    hunks = [hunk for hunk, _ in ordered]
    text = apply_hunks(base, hunks)
    edges = {0, len(base), *(end for _, end in spans_of_sentences(base))}
    ends = [hunk.end for hunk in hunks]
    shifts = [0, *accumulate(len(hunk.replacement) - (hunk.end - hunk.start) for hunk in hunks)]
    placed = [
        (hunk, Span(hunk.start + shift, hunk.start + shift + len(hunk.replacement)), set(authors))
        for (hunk, authors), shift in zip(ordered, shifts, strict=False)
    ]
    absent = []
    for hunk, authors in lost:
        start, end = (offset + shifts[bisect_left(ends, offset)] for offset in (hunk.start, hunk.end))
        absent.append((hunk, Span(start, max(start, end)), set(authors)))
    woven = []
    first = 0
    for sentence in spans_of_sentences(text):
        while first < len(placed) and placed[first][1].end < sentence.start:
            first += 1
        askers = []
        for hunk, span, authors in placed[first:]:
            if span.start > sentence.end:
                break
            if _reaches(hunk, span, sentence, edges):
                askers.append(authors)
        losers = set().union(*(authors for hunk, span, authors in absent if _is_missing(hunk, span, sentence)))
        if askers and (len(askers) > 1 or losers) and not reduce(set.intersection, askers) - losers:
            woven.append(sentence)
    return woven


def _is_missing(hunk: Hunk, span: Span, sentence: Span) -> bool:
    """Return whether a hunk that does not stand would alter a sentence; whole sentences beside it would not."""
    if span.start < span.end:
        return span.start < sentence.end and sentence.start < span.end
    beside = span.start == sentence.start and _END.search(f"{hunk.replacement} A") is not None
    return sentence.start <= span.start < sentence.end and not beside


def _reaches(hunk: Hunk, span: Span, sentence: Span, edges: Collection[int]) -> bool:
    """Return whether a change alters a sentence of the new text; whole sentences that went beside it do not count."""
    if span.start < span.end:
        return span.start < sentence.end and sentence.start < span.end
    at_start = span.start == sentence.start and hunk.end not in edges
    at_end = span.start == sentence.end and hunk.start not in edges
    return sentence.start < span.start < sentence.end or at_start or at_end
