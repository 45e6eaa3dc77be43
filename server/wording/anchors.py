"""Find where the quoted words of a comment stand, in the version they were quoted from and in later ones.

An anchor never guesses. It is exact, or carried and to be confirmed by a person, or an orphan that still shows the
quoted words. The search stays inside one provision: legal text repeats itself, and a search through the whole document
put one quotation in eight into the wrong provision. Names follow the W3C Web Annotation selectors.
"""

import re
import unicodedata
from bisect import bisect_left, bisect_right
from enum import Enum
from functools import lru_cache
from itertools import accumulate
from typing import NamedTuple

from rapidfuzz import fuzz

from server.wording.hunks import Hunk, hunks_between
from server.wording.tokens import pieces

_ALIKE = {
    ord(sign): plain
    for plain, signs in {
        "'": "\u2018\u2019\u201a\u201b\u02bc\u02b9\u00b4\u0060\u2032\uff07",
        '"': "\u201c\u201d\u201e\u201f\u00ab\u00bb\u2033\u301d\u301e\uff02",
        "-": "\u2010\u2011\u2012\u2013\u2014\u2212\ufe63\uff0d",
        "...": "\u2026",
    }.items()
    for sign in signs
}
_INVISIBLE = "\u00ad\u200b\u2060\ufeff"
_CLUSTER = re.compile(r"\s+|[\u00ad\u200b\u2060\ufeff]|[^\s][\u0300-\u036f\u0653-\u0655\u20d0-\u20ff\u1161-\u11ff]*")
_LIKE_ENOUGH = 70.0  # least likeness of words that are carried, 0 to 100
_LONG = 500  # code points; the time of a search grows with the square, and a hostile quotation would stop the server
AROUND = 16
"""Code points on each side that tell repeats apart."""


class Quotation(NamedTuple):
    """Words as a reader marked them; `prefix` and `suffix` are the characters next to them, to tell repeats apart.

    Clients send no offsets: the server counts, so that it never has to do with the UTF-16 offsets of JavaScript.
    """

    exact: str
    prefix: str = ""
    suffix: str = ""


class Anchor(NamedTuple):
    """A range of one provision's text, in code points; `end` is exclusive."""

    start: int
    end: int


class AnchorProblem(Enum):
    """Why a quotation has no place: its words are not in the text, or nothing says which of the repeats is meant."""

    MISSING = "MISSING"
    AMBIGUOUS = "AMBIGUOUS"


class AnchorState(Enum):
    """How certain a place in a later version is. A person has to confirm CARRIED."""

    EXACT = "EXACT"
    CARRIED = "CARRIED"
    ORPHAN = "ORPHAN"


class Carried(NamedTuple):
    """The result of `carry`.

    `anchor` is the place in the new text, None for an orphan. `score` is the likeness of the words there to the quoted
    words, 0 to 100; for an orphan that of the best candidate, which may be similar and still be other words. `exact` is
    always the quoted words.
    """

    state: AnchorState
    anchor: Anchor | None
    score: float
    exact: str


def locate(quotation: Quotation, text: str) -> Anchor | AnchorProblem:
    """Find the one place in `text` where the quoted words stand.

    If they stand there once, prefix and suffix do not matter. If they stand there several times (overlaps count),
    `prefix + exact + suffix` must stand there exactly once, otherwise the result is AMBIGUOUS. It is MISSING if the
    words do not stand there, or if the quotation is empty.

    Words that do not stand there code point by code point are compared as a reader sees them: composed and decomposed
    letters are the same, so are the forms of apostrophes, of quotation marks and of hyphens, and any white space is one
    space. The anchor counts the code points of `text` as it is.
    """
    located = _locate_exactly(quotation, text)
    if located is not AnchorProblem.MISSING or not quotation.exact.strip():
        return located
    folded, places = fold_signs(text)
    exact, prefix, suffix = (fold_signs(part)[0] for part in quotation)
    located = _locate_exactly(Quotation(exact.strip(), prefix, suffix), folded)
    if located is AnchorProblem.AMBIGUOUS:
        # Of blanks at the seams one may be missing, or stand on both sides.
        around = _join_folded(prefix, exact, suffix)
        first = folded.find(around[0])
        if first < 0 or folded.find(around[0], first + 1) >= 0:
            return located
        located = Anchor(first + around[1], first + around[1] + len(exact.strip()))
    if isinstance(located, AnchorProblem):
        return located
    return Anchor(places[located.start].start, places[located.end - 1].end)


def _join_folded(prefix: str, exact: str, suffix: str) -> tuple[str, int]:
    """Return the folded words with those around them, and the offset of the words in the whole."""
    words = exact.strip()
    lead = " " if prefix and (prefix.endswith(" ") or exact.startswith(" ")) else ""
    tail = " " if suffix and (suffix.startswith(" ") or exact.endswith(" ")) else ""
    before = prefix.strip() + lead if prefix.strip() else ""
    behind = tail + suffix.strip() if suffix.strip() else ""
    return before + words + behind, len(before)


@lru_cache(maxsize=8)
def fold_signs(text: str) -> tuple[str, list[Anchor]]:
    """Return a text as a reader compares it, and for each of its code points the place in the text that it stands for.

    A letter and the combining signs after it are composed together, so that an anchor never parts them.
    """
    folded: list[str] = []
    places: list[Anchor] = []
    for cluster in _CLUSTER.finditer(text):
        if cluster[0].isspace():
            signs = " "
        elif cluster[0] in _INVISIBLE:
            continue
        else:
            signs = unicodedata.normalize("NFC", cluster[0]).translate(_ALIKE)
        folded.append(signs)
        places += [Anchor(*cluster.span())] * len(signs)
    return "".join(folded), places


def _locate_exactly(quotation: Quotation, text: str) -> Anchor | AnchorProblem:
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

    EXACT, score 100: no change reaches into the words, and if they repeat, the 16 code points on each side tell them
    apart in both versions. Changes nearby may still have changed their meaning.
    CARRIED: the words are untouched but nothing tells the repeats apart; or they stand once in both versions, but
    moved; or 70 % of them are still in place; or the words in their place now are at least 70 alike, or so is a passage
    of the provision that is at least half new (searched for quotations of up to 500 code points). Words that already
    stood elsewhere in the provision are other words, even if they are alike.
    ORPHAN: anything else, and a quotation that `locate` cannot place in `old_text`.
    Raise ValueError if an anchor is empty or leaves `old_text`.
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
        image = _image_of(anchor_or_quotation, hunks)
        is_sure = not hunks or _is_told_apart(anchor_or_quotation, image, old_text, new_text)
        return Carried(AnchorState.EXACT if is_sure else AnchorState.CARRIED, image, 100.0, exact)
    return _carry_touched(anchor_or_quotation, old_text, new_text, hunks)


def _carry_touched(anchor: Anchor, old_text: str, new_text: str, hunks: tuple[Hunk, ...]) -> Carried:
    """Carry words that the hunks reach into. The result is CARRIED or ORPHAN, never EXACT."""
    start, end = anchor
    exact = old_text[start:end]
    image = _image_of(anchor, hunks)
    if _stands_once(exact, old_text, new_text):
        new_start = new_text.index(exact)
        return Carried(AnchorState.CARRIED, Anchor(new_start, new_start + len(exact)), 100.0, exact)
    struck_length = sum(max(min(hunk.end, end) - max(hunk.start, start), 0) for hunk in hunks)
    share_in_place = 100.0 * (len(exact) - struck_length) / len(exact)
    score = max(share_in_place, fuzz.ratio(exact, new_text[image.start : image.end]))
    if score >= _LIKE_ENOUGH:
        return Carried(AnchorState.CARRIED, image, score, exact)
    if len(exact) > _LONG:
        return Carried(AnchorState.ORPHAN, None, score, exact)
    hidden = find_unused(old_text + new_text)  # to blot words out
    return _find_nearest(exact, new_text, _hide_other_words(anchor, old_text, hunks, hidden), hidden)


def _stands_once(words: str, *texts: str) -> bool:
    """Return whether the words stand exactly once in each of the texts."""
    return all(isinstance(_locate_exactly(Quotation(words), text), Anchor) for text in texts)


def _is_told_apart(anchor: Anchor, image: Anchor, old_text: str, new_text: str) -> bool:
    """Return whether untouched words are certainly those at `image`, and no repeat of them.

    The comparison may match the wrong repeat of a sentence that moved. So the words stand once, or the text before them
    and the text after them each tell them apart, in both texts: one side alone may belong to another sentence.
    """
    if _stands_once(old_text[anchor.start : anchor.end], old_text, new_text):
        return True
    edge = find_unused(old_text + new_text)  # stands for the beginning and the end, which tell repeats apart as well
    old, new = (f"{edge}{text}{edge}" for text in (old_text, new_text))
    start, end = anchor.start + 1, anchor.end + 1
    return all(
        _stands_once(old[first:last], old, new) and new.index(old[first:last]) - first == image.start - anchor.start
        for first, last in ((max(start - AROUND, 0), end), (start, end + AROUND))
    )


def find_unused(text: str) -> str:
    """Return a character that the text does not contain."""
    return next(character for character in map(chr, range(0x10FFFF, 0, -1)) if character not in text)


def _image_of(anchor: Anchor, hunks: tuple[Hunk, ...]) -> Anchor:
    """Return the place of the anchor after the hunks; it includes the whole replacement of a hunk across its edge."""
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
    """Return the new text with the character `hidden` in the place of all words that stood outside the anchor before.

    The length stays the same, so that offsets are those of the new text.
    """
    start, end = anchor
    visible = hidden * start + old_text[start:end] + hidden * (len(old_text) - end)
    parts: list[str] = []
    position = 0
    for start, end, replacement in hunks:
        parts += visible[position:start], replacement
        position = end
    return "".join((*parts, visible[position:]))


def _find_nearest(exact: str, new_text: str, visible: str, hidden: str) -> Carried:
    """Find the place most like the quoted words, moved to whole words.

    It is an orphan if the best place is not alike enough, or if more than half of it is hidden in `visible`.
    """
    # rapidfuzz looks for the shorter in the longer. Without padding, a provision cut down to one quoted word would
    # count as the whole quotation.
    match = fuzz.partial_ratio_alignment(exact, new_text.ljust(len(exact), hidden))
    if match is None or match.score < _LIKE_ENOUGH:
        return Carried(AnchorState.ORPHAN, None, match.score if match else 0.0, exact)
    window = visible[match.dest_start : match.dest_end]
    # Half is enough, because the comparison seems to keep little words of the text that a moved sentence passed.
    if 2 * window.count(hidden) > len(window):
        return Carried(AnchorState.ORPHAN, None, match.score, exact)
    end = min(match.dest_end, len(new_text))
    return Carried(AnchorState.CARRIED, _move_to_words(match.dest_start, end, new_text), match.score, exact)


def _move_to_words(start: int, end: int, text: str) -> Anchor:
    """Move a range to the nearest word boundaries, without white space at its ends.

    A range inside one word becomes that word.
    """
    boundaries = [0, *accumulate(map(len, pieces(text)))]
    first, last = (_find_nearest_boundary(boundaries, offset) for offset in (start, end))
    if not text[first:last].strip():
        first, last = boundaries[bisect_right(boundaries, start) - 1], boundaries[bisect_left(boundaries, end)]
    words = text[first:last]
    if not words.strip():
        return Anchor(first, last)
    return Anchor(first + len(words) - len(words.lstrip()), first + len(words.rstrip()))


def _find_nearest_boundary(boundaries: list[int], offset: int) -> int:
    """Return the boundary nearest to an offset within the text; the earlier one if two are equally near."""
    after = bisect_left(boundaries, offset)
    return min(boundaries[max(after - 1, 0) : after + 1], key=lambda boundary: abs(boundary - offset))
