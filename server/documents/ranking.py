"""Give headings their final kinds and levels: the title, and the levels of lines such as ``Article 5``."""

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


def rank_headings(blocks: Sequence[tuple[UnitKind, int, str]]) -> list[tuple[UnitKind, int]]:
    """Return the kind and level of each block, given its kind, level (UNRANKED if not known) and number.

    The first block is the TITLE if it is a heading without a number, higher than all others, of which there are some.
    A line such as ``Article 5`` stands one level below the heading that holds it, and as deep as the last such line.
    """
    levels = [level for kind, level, _ in blocks if kind in HEADINGS and level != UNRANKED]
    ranked = [(kind, level) for kind, level, _ in blocks]
    if not any(kind in HEADINGS for kind, _ in ranked):
        return ranked
    first_kind, first_level, first_number = blocks[0]
    is_headed = first_kind is UnitKind.HEADING and first_level != UNRANKED and not first_number
    others = sum(kind in HEADINGS for kind, _ in ranked) - 1
    if is_headed and others and all(level > first_level for level in levels[1:]):
        ranked[0] = (UnitKind.TITLE, first_level)
    has_title = ranked[0][0] is UnitKind.TITLE
    outermost = min(levels[1:] if has_title else levels, default=first_level + 1 if has_title else 1)
    above: list[tuple[int, int]] = []  # rank and level of the headings that are open
    as_before: dict[str, int] = {}
    for at, (kind, level) in enumerate(ranked):
        if kind not in HEADINGS:
            continue
        if level == UNRANKED:
            level = _find_level(kind, blocks[at][2], outermost, above, as_before)
            ranked[at] = (kind, level)
        while above and above[-1][1] >= level:
            above.pop()
        above.append((_RANK[kind], level))
    return ranked


def _find_level(
    kind: UnitKind, number: str, outermost: int, above: list[tuple[int, int]], as_before: dict[str, int]
) -> int:
    if kind is UnitKind.ANNEX:
        as_before.clear()
        return outermost
    word = number.split()[0].casefold() if number.split() else ""
    holders = [level for rank, level in above if rank < _RANK[kind]]
    if word not in as_before or (holders and as_before[word] <= min(holders)):
        as_before[word] = max((level for level in holders), default=outermost - 1) + 1
    return as_before[word]
