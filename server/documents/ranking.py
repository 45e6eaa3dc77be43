"""Give headings their final kinds and levels: the title, and the levels of lines such as ``Article 5``."""

import re
from collections.abc import Sequence

from server.documents.nesting import HEADINGS
from server.vocabulary.texts import UnitKind

UNRANKED = 0
"""The level of a heading line whose level the paper does not say."""

_RANK = {
    UnitKind.TITLE: 0,
    UnitKind.ANNEX: 1,
    UnitKind.HEADING: 2,
    UnitKind.PRINCIPLE: 3,
    UnitKind.STANDARD: 4,
    UnitKind.SECTION: 5,
    UnitKind.ARTICLE: 6,
}


_WORD_RANK = dict.fromkeys(("part", "partie", "parte", "teil", "часть", "编", "編", "部"), 1.2) | dict.fromkeys(
    ("title", "titre", "título", "titulo", "titel"), 1.4
)
"""Ranks of words that hold chapters."""

_COUNT = re.compile(r"[\d零〇一二三四五六七八九十百\s第제]")


def rank_headings(blocks: Sequence[tuple[UnitKind, int, str, str]]) -> list[tuple[UnitKind, int]]:
    """Return the kind and level of each block, given its kind, level (UNRANKED if not known), number and text.

    The first block is the TITLE if it is a heading without a number, higher than all others, of which there are some.
    A line such as ``Article 5`` stands one level below the heading that holds it, and as deep as the last such line.
    A heading without a number right after a line that is only a number is its title, and stands below it.
    """
    levels = [level for kind, level, *_ in blocks if kind in HEADINGS and level != UNRANKED]
    ranked = [(kind, level) for kind, level, *_ in blocks]
    if not any(kind in HEADINGS for kind, _ in ranked):
        return ranked
    first_kind, first_level, first_number, _ = blocks[0]
    is_headed = first_kind is UnitKind.HEADING and first_level != UNRANKED and not first_number
    others = sum(kind in HEADINGS for kind, _ in ranked) - 1
    if is_headed and others and all(level > first_level for level in levels[1:]):
        ranked[0] = (UnitKind.TITLE, first_level)
    has_title = ranked[0][0] is UnitKind.TITLE
    outermost = min(levels[1:] if has_title else levels, default=first_level + 1 if has_title else 1)
    above: list[tuple[float, int]] = []  # rank and level of the headings that are open
    as_before: dict[str, int] = {}
    for at, (kind, level) in enumerate(ranked):
        if kind not in HEADINGS:
            continue
        if level == UNRANKED:
            level = _find_level(kind, blocks[at][2], outermost, above, as_before)
            ranked[at] = (kind, level)
        elif at and _is_titled_by(blocks[at - 1], blocks[at]) and level <= ranked[at - 1][1]:
            level = ranked[at - 1][1] + 1
            ranked[at] = (kind, level)
        while above and above[-1][1] >= level:
            above.pop()
        above.append((_rank_of(kind, blocks[at][2]), level))
    return ranked


def _is_titled_by(block: tuple[UnitKind, int, str, str], following: tuple[UnitKind, int, str, str]) -> bool:
    is_number_alone = block[1] == UNRANKED and block[0] in HEADINGS and not block[3]
    return is_number_alone and following[0] is UnitKind.HEADING and not following[2]


def _rank_of(kind: UnitKind, number: str) -> float:
    return _WORD_RANK.get(_word_of(number), _RANK[kind])


def _word_of(number: str) -> str:
    """Return the word or sign in a number that says what is counted."""
    words = number.casefold().split()
    if not words:
        return ""
    return words[0] if words[0].isalpha() and words[0].isascii() else _COUNT.sub("", words[0])


def _find_level(
    kind: UnitKind, number: str, outermost: int, above: list[tuple[float, int]], as_before: dict[str, int]
) -> int:
    if kind is UnitKind.ANNEX:
        as_before.clear()
        return outermost
    word = _word_of(number)
    holders = [level for rank, level in above if rank < _rank_of(kind, number)]
    if word not in as_before or (holders and as_before[word] <= min(holders)):
        as_before[word] = max((level for level in holders), default=outermost - 1) + 1
    return as_before[word]
