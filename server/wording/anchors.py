"""Where the quoted words of a comment stand, in the version they were quoted from and in later ones.

An anchor never guesses. It is exact, or carried and to be confirmed by a person, or an orphan that still shows the
quoted words. Everything happens inside one provision: legal text repeats itself, and a search through the whole
document put one quotation in eight into the wrong provision. Names follow the W3C Web Annotation selectors.
"""

from bisect import bisect_left, bisect_right
from enum import Enum
from itertools import accumulate
from typing import NamedTuple

from rapidfuzz import fuzz

from server.wording.hunks import Hunk, hunks_between
from server.wording.tokens import pieces

_LIKE_ENOUGH = 70.0
_AROUND = 16  # code points on either side
_LONG = 500  # code points; searching costs the square of this, and a hostile quotation would stop the server


class Quotation(NamedTuple):
    """Words as a reader marked them, and if need be the characters directly before and after, to tell repeats apart.

    Clients send only this; the server counts, so that the UTF-16 offsets of JavaScript never enter.
    """

    exact: str
    prefix: str = ""
    suffix: str = ""


class Anchor(NamedTuple):
    """A range of one provision's text, in code points; `end` is exclusive."""

    start: int
    end: int


class AnchorProblem(Enum):
    """Why a quotation has no place: the words do not stand in the text, or nothing says which repeat is meant."""

    MISSING = "MISSING"
    AMBIGUOUS = "AMBIGUOUS"


class AnchorState(Enum):
    """How sure a place in a later version is. CARRIED waits for a person to confirm it."""

    EXACT = "EXACT"
    CARRIED = "CARRIED"
    ORPHAN = "ORPHAN"


class Carried(NamedTuple):
    """The outcome of `carry`.

    `anchor` is the place in the new text, None for an orphan. `score` is the likeness of the words found to those
    quoted, 0 to 100; for an orphan the best that was looked at, which may be alike and yet other words. `exact` keeps
    the quoted words, always.
    """

    state: AnchorState
    anchor: Anchor | None
    score: float
    exact: str


def locate(quotation: Quotation, text: str) -> Anchor | AnchorProblem:
    """Find the one place in `text` where exactly the quoted words stand, code point by code point.

    If they stand there once, prefix and suffix are not asked. If several times (overlaps count), `prefix + exact +
    suffix` must stand there exactly once, otherwise AMBIGUOUS. Nowhere, or nothing quoted: MISSING.
    """
    exact, prefix, suffix = quotation
    start = text.find(exact)
    if not exact or start < 0:
        return AnchorProblem.MISSING
    if text.find(exact, start + 1) >= 0:
        around = prefix + exact + suffix
        first = text.find(around)
        if first < 0 or text.find(around, first + 1) >= 0:
            return AnchorProblem.AMBIGUOUS
        start = first + len(prefix)
    return Anchor(start, start + len(exact))


def carry(anchor_or_quotation: Anchor | Quotation, old_text: str, new_text: str) -> Carried:
    """Take a place in `old_text` over to `new_text`, a later version of the same provision.

    EXACT, score 100: no change between the versions reaches into the words, and if they repeat, the 16 code points
    around them tell them apart in both versions. Changes nearby may still have changed what they mean.
    CARRIED: the words are untouched but nothing tells the repeats apart; or they stood once and stand once, but moved;
    or 70 % of them are still in place; or at least 70 alike is what stands there now, or something in the provision
    that is at least half new (sought for up to 500 quoted code points). Words kept from elsewhere are other words,
    however alike. Otherwise ORPHAN, as is a quotation that `locate` cannot place in `old_text`.
    Raises ValueError if an anchor is empty or leaves `old_text`.
    """
    if isinstance(anchor_or_quotation, Quotation):
        located = locate(anchor_or_quotation, old_text)
        if isinstance(located, AnchorProblem):
            return Carried(AnchorState.ORPHAN, None, 0.0, anchor_or_quotation.exact)
        return carry(located, old_text, new_text)
    start, end = anchor_or_quotation
    if not 0 <= start < end <= len(old_text):
        raise ValueError(f"anchor {start}-{end} is empty or leaves the text of {len(old_text)} code points")
    exact = old_text[start:end]
    hunks = hunks_between(old_text, new_text)
    if not any(hunk.start < end and start < hunk.end for hunk in hunks):
        # Of words that repeat, a comparison may keep the wrong ones. Only what surrounds them can tell.
        around = old_text[max(start - _AROUND, 0) : end + _AROUND]
        sure = not hunks or _stands_once(exact, old_text, new_text) or _stands_once(around, old_text, new_text)
        state = AnchorState.EXACT if sure else AnchorState.CARRIED
        return Carried(state, _image_of(anchor_or_quotation, hunks), 100.0, exact)
    return _carry_touched(anchor_or_quotation, old_text, new_text, hunks)


def _carry_touched(anchor: Anchor, old_text: str, new_text: str, hunks: tuple[Hunk, ...]) -> Carried:
    """Carry words that the hunks reach into: never exact."""
    start, end = anchor
    exact = old_text[start:end]
    image = _image_of(anchor, hunks)
    if _stands_once(exact, old_text, new_text):
        moved = new_text.index(exact)
        return Carried(AnchorState.CARRIED, Anchor(moved, moved + len(exact)), 100.0, exact)
    lost = sum(max(min(hunk.end, end) - max(hunk.start, start), 0) for hunk in hunks)
    still_there = 100.0 * (len(exact) - lost) / len(exact)
    score = max(still_there, fuzz.ratio(exact, new_text[image.start : image.end]))
    if score >= _LIKE_ENOUGH:
        return Carried(AnchorState.CARRIED, image, score, exact)
    if len(exact) > _LONG:
        return Carried(AnchorState.ORPHAN, None, score, exact)
    stranger = next(character for character in map(chr, range(0x10FFFF, 0, -1)) if character not in old_text + new_text)
    return _nearest(exact, new_text, _hide_other_words(anchor, old_text, hunks, stranger), stranger)


def _stands_once(words: str, *texts: str) -> bool:
    """Whether the words stand exactly once in each of the texts."""
    return all(isinstance(locate(Quotation(words), text), Anchor) for text in texts)


def _image_of(anchor: Anchor, hunks: tuple[Hunk, ...]) -> Anchor:
    """What stands in the place of the anchor after the hunks; a hunk across its edge counts with all it brings."""
    first, last = anchor
    for start, end, replacement in hunks:
        if end <= anchor.start:
            first += len(replacement) - (end - start)
        elif start < anchor.start:
            first -= anchor.start - start
        if start < anchor.end:
            last += len(replacement) - (min(end, anchor.end) - start)
    return Anchor(first, last)


def _hide_other_words(anchor: Anchor, old_text: str, hunks: tuple[Hunk, ...], hidden: str) -> str:
    """The new text, same length, with what stood outside the anchor before hidden behind a character it lacks."""
    start, end = anchor
    visible = hidden * start + old_text[start:end] + hidden * (len(old_text) - end)
    parts: list[str] = []
    position = 0
    for start, end, replacement in hunks:
        parts += visible[position:start], replacement
        position = end
    return "".join((*parts, visible[position:]))


def _nearest(exact: str, new_text: str, visible: str, hidden: str) -> Carried:
    """The place most like the quoted words, as whole words, if alike enough and at least half of it is visible."""
    # rapidfuzz looks for the shorter in the longer. Without padding, a provision cut down to one quoted word would
    # count as the whole quotation.
    found = fuzz.partial_ratio_alignment(exact, new_text.ljust(len(exact), hidden))
    if found is None or found.score < _LIKE_ENOUGH:
        return Carried(AnchorState.ORPHAN, None, found.score if found else 0.0, exact)
    window = visible[found.dest_start : found.dest_end]
    # Half, because a comparison seems to keep little words of what a moved sentence passed.
    if 2 * window.count(hidden) > len(window):
        return Carried(AnchorState.ORPHAN, None, found.score, exact)
    end = min(found.dest_end, len(new_text))
    return Carried(AnchorState.CARRIED, _to_words(found.dest_start, end, new_text), found.score, exact)


def _to_words(start: int, end: int, text: str) -> Anchor:
    """The range moved to the nearest word boundaries; a range inside one word becomes that word."""
    boundaries = [0, *accumulate(map(len, pieces(text)))]
    first, last = (_nearest_boundary(boundaries, offset) for offset in (start, end))
    if not text[first:last].strip():
        first, last = boundaries[bisect_right(boundaries, start) - 1], boundaries[bisect_left(boundaries, end)]
    words = text[first:last]
    if not words.strip():
        return Anchor(first, last)
    return Anchor(first + len(words) - len(words.lstrip()), first + len(words.rstrip()))


def _nearest_boundary(boundaries: list[int], offset: int) -> int:
    """The member nearest to an offset within the text; halfway, the earlier one."""
    after = bisect_left(boundaries, offset)
    return min(boundaries[max(after - 1, 0) : after + 1], key=lambda boundary: abs(boundary - offset))
