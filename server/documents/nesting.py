"""Derive the tree of a text from its provisions in reading order: which provision stands inside which.

Pure and in one pass. Importing uses it, and so does every version that a consolidation makes.
"""

import re
from collections.abc import Iterable
from typing import NamedTuple

from server.vocabulary.texts import UnitKind

HEADINGS = frozenset(
    {
        UnitKind.TITLE,
        UnitKind.PRINCIPLE,
        UnitKind.STANDARD,
        UnitKind.SECTION,
        UnitKind.ARTICLE,
        UnitKind.ANNEX,
        UnitKind.HEADING,
    }
)
"""The kinds that hold what follows them, down to the next one of the same or a higher level."""

ITEMS = frozenset({UnitKind.LIST_ITEM, UnitKind.SUB_ITEM})
_NOTE_MARK = re.compile(r"\[[^\s\[\]]{1,20}\]")
_CLOSING = " \u00a0\u202f\"'\u201d\u2019\u00bb*_)"


class Place(NamedTuple):
    """What the tree depends on: the kind, level, printed number and text of a provision."""

    kind: UnitKind
    level: int
    printed_number: str
    text: str


def introduces(text: str) -> bool:
    """Return whether a text announces what follows it, by a colon at its end."""
    return text.rstrip(_CLOSING).endswith((":", "：", "؛", ":-", ": -", ":–", ":—"))


def parents_of(places: Iterable[Place]) -> list[int | None]:
    """Return for each provision, in reading order, the index of the provision it stands in; None at the outermost.

    - A heading stands in the last heading of a higher level, everything else in the last heading, if in nothing nearer.
    - An item stands in the last item of a lower level; an outermost item in the paragraph before the list, if that ends
      in a colon, as long as the numbers are printed in the same manner.
    - Anything else of level n > 0 stands in the last item of at most that level. A row stands in its table.
    - A footnote stands in the first provision that carries its mark; its further paragraphs stand in it.
    """
    units = list(places)
    carriers = _find_carriers(units)
    parents: list[int | None] = []
    headings: list[tuple[int, int]] = []  # level and index of those open
    items: list[tuple[int, int]] = []
    introduction = table = note = None
    introduced: tuple[bool, bool, str] | None = None  # the manner of the numbers of the list that is introduced
    for at, (kind, level, number, text) in enumerate(units):
        heading = headings[-1][1] if headings else None
        if kind in HEADINGS:
            while headings and headings[-1][0] >= level:
                headings.pop()
            parents.append(headings[-1][1] if headings else None)
            headings.append((level, at))
            items.clear()
            introduction = table = note = None
            continue
        if kind in ITEMS:
            while items and items[-1][0] >= level:
                items.pop()
            if introduction is not None and not items:
                manner = _manner_of(number) if introduced is None else introduced
                introduction, introduced = (introduction, manner) if manner == _manner_of(number) else (None, None)
            parents.append(items[-1][1] if items else heading if introduction is None else introduction)
            items.append((level, at))
        elif kind is UnitKind.TABLE_ROW and table is not None:
            parents.append(table)
            continue
        elif kind is UnitKind.FOOTNOTE:
            is_first = level <= 1 or note is None
            parents.append(carriers.get(number, heading) if is_first else note)
            note = at if is_first else note
            continue
        elif level > 0 and kind is not UnitKind.TABLE_ROW:
            inside = next((index for depth, index in reversed(items) if depth <= level), None)
            parents.append(heading if inside is None else inside)
        else:
            parents.append(heading)
            introduction = at if kind in (UnitKind.PARAGRAPH, UnitKind.BOX) and introduces(text) else None
            introduced = None
            if introduction is not None:
                items.clear()
        table = at if kind is UnitKind.TABLE else None
        note = None
    return parents


def _manner_of(number: str) -> tuple[bool, bool, str]:
    """Return how a number is printed: whether in brackets, whether in digits, and its last sign."""
    return number.startswith(("(", "（")), any(sign.isdigit() for sign in number), number[-1:]


def _find_carriers(units: list[Place]) -> dict[str, int]:
    """Return for the number of each footnote the index of the first other provision that carries it as a mark."""
    numbers = {unit.printed_number for unit in units if unit.kind is UnitKind.FOOTNOTE and unit.printed_number}
    carriers: dict[str, int] = {}
    if numbers:
        for at, unit in enumerate(units):
            if unit.kind is not UnitKind.FOOTNOTE and "[" in unit.text:
                for mark in _NOTE_MARK.findall(unit.text):
                    if mark in numbers:
                        carriers.setdefault(mark, at)
    return carriers
