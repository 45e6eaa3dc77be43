"""Find quoted words in a text, and apply what an instruction does to them: replace, delete, insert."""

import re
from itertools import accumulate, pairwise
from typing import NamedTuple

from server.wording.anchors import fold_signs
from server.wording.hunks import Hunk, is_unspaced
from server.wording.instructions.edits import QuestionCode, Unclear
from server.wording.provisions import without_label
from server.wording.tokens import pieces

EACH = 0
"""The occurrence that means all of them; others count from 1, and -1 is the last."""
_FOLDS = re.compile(r"[^ -~]|`|  ")
_ELIDED = re.compile(r"(?:^|\s)(?:[cdjlmnst]|(?:jus|lors|puis|quoi)?qu)['’]$|[^\W\d_][-‐‑]$", re.IGNORECASE)
"""Matches words that are written together with what follows: `l'`, `e-`."""
_JOINED = re.compile(r"[-‐‑][^\W\d_]|['’](?:s|t|d|m|re|ve|ll)(?!\w)", re.IGNORECASE)
"""Matches words that are written together with what stands before them: `-based`, `'s`."""
_TIGHT_AFTER = frozenset(",.;:!?)]}”’»%/…、。，；：）")
_TIGHT_BEFORE = frozenset("([{“‘«/（")


class Occurrences(NamedTuple):
    """Where words stand in a text: each place, from the first on; `overlap` if two of them share words."""

    spans: tuple[tuple[int, int], ...]
    overlap: bool


def find_words(words: str, text: str, start: int, end: int, boundaries: frozenset[int]) -> Occurrences:
    """Return where words stand in a range of a text, each as whole pieces."""
    spans: list[tuple[int, int]] = []
    overlap = False
    at = text.find(words, start, end) if words else -1
    while at >= 0:
        if at in boundaries and at + len(words) in boundaries:
            overlap |= bool(spans) and at < spans[-1][1]
            spans.append((at, at + len(words)))
        at = text.find(words, at + 1, end)
    return Occurrences(tuple(spans), overlap)


def boundaries_of(text: str) -> frozenset[int]:
    """Return the offsets in a text between two pieces, its beginning and its end among them."""
    return frozenset((0, *accumulate(map(len, pieces(text)))))


def choose(words: str, text: str, span: tuple[int, int], occurrence: int | None) -> list[tuple[int, int]]:
    """Return the places of words in a range of a text that are meant: the only one, the one of a number, or each.

    Words that stand nowhere letter by letter are looked for with other quotation marks and spaces. Raise `Unclear` if
    they are not there, if it is not said which of several is meant, or if some are written with other marks or spaces.
    """
    boundaries = boundaries_of(text)
    occurrences = find_words(words, text, *span, boundaries)
    if occurrences.spans:
        alike = count_alike(words, text, span, boundaries)
        if alike > len(occurrences.spans):
            raise Unclear(QuestionCode.WORDS_REPEATED, words, alike)
    else:
        occurrences = _find_folded(words.strip(), text, span, boundaries)
    spans = occurrences.spans
    if not spans:
        raise Unclear(QuestionCode.WORDS_NOT_FOUND, words)
    if len(spans) > 1 and (occurrence is None or occurrences.overlap):
        raise Unclear(QuestionCode.WORDS_REPEATED, words, len(spans))
    if occurrence is None or occurrence == EACH:
        return list(spans)
    place = occurrence - 1 if occurrence > 0 else len(spans) + occurrence
    if not 0 <= place < len(spans):
        raise Unclear(QuestionCode.WORDS_NOT_FOUND, words, len(spans))
    return [spans[place]]


def count_alike(words: str, text: str, span: tuple[int, int], boundaries: frozenset[int]) -> int:
    """Return how often words stand in a range of a text, with whatever marks and spaces; 0 where all are plain."""
    return len(_find_folded(words, text, span, boundaries).spans) if _FOLDS.search(text) else 0


def _find_folded(words: str, text: str, span: tuple[int, int], boundaries: frozenset[int]) -> Occurrences:
    """Return where words stand that may be written with other marks or spaces than in the text."""
    start, end = span
    folded, places = fold_signs(text[start:end])
    exact = fold_signs(words)[0]
    spans: list[tuple[int, int]] = []
    at = folded.find(exact) if exact else -1
    while at >= 0:
        place = start + places[at].start, start + places[at + len(exact) - 1].end
        if boundaries.issuperset(place):
            spans.append(place)
        at = folded.find(exact, at + 1)
    return Occurrences(tuple(spans), any(before[1] > after[0] for before, after in pairwise(spans)))


def trim_pair(old: str, new: str) -> tuple[str, str]:
    """Return words and those that replace them without blanks around them, where these are not the same.

    Blanks alone in the place of words are nothing: the words are deleted.
    """
    if not old.strip() or not new:
        return old, new
    if not new.strip():
        return old.strip(), ""
    same = (
        old[: -len(old.lstrip())] == new[: -len(new.lstrip())] and old[len(old.rstrip()) :] == new[len(new.rstrip()) :]
    )
    return (old, new) if same else (old.strip(), new.strip())


def delete(text: str, start: int, end: int) -> Hunk:
    """Return the hunk that deletes words with one of the spaces around them, so that one remains."""
    opens = start == 0 or text[start - 1].isspace()
    if opens and text[end : end + 1].isspace():
        return Hunk(start, end + 1, "")
    closes = end == len(text) or text[end] in _TIGHT_AFTER
    if closes and start and text[start - 1].isspace():
        return Hunk(start - 1, end, "")
    return Hunk(start, end, "")


def insert(text: str, at: int, words: str, *, after: bool) -> Hunk:
    """Return the hunk that inserts words, parted by a space from words beside them.

    `after` says that they follow on what stands before the place, and else that they precede what stands behind it.
    """
    before, behind = text[at - 1 : at] if at else "", text[at : at + 1]
    if words.strip():
        words = words.lstrip() if before.isspace() else words
        words = words.rstrip() if behind.isspace() else words
    if not words:
        return Hunk(at, at, "")
    left = " " if before and not _JOINED.match(words) and _parts(before, words[0]) else ""
    right = " " if behind and not _ELIDED.search(words) and _parts(words[-1], behind) else ""
    return Hunk(at, at, left + words + right)


def _parts(left: str, right: str) -> bool:
    """Return whether a space stands between two signs that meet."""
    if left.isspace() or right.isspace() or left in _TIGHT_BEFORE or right in _TIGHT_AFTER:
        return False
    return not (is_unspaced(left) or is_unspaced(right))


def unnumbered(words: str, printed_number: str) -> str:
    """Return new words of a provision without its number, which is often copied along, at their beginning."""
    if words[:1].isspace():
        return words
    rest = without_label(words, printed_number)
    return words if rest == words else words[len(words.rstrip()) - len(rest) :]
