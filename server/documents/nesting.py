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
    walk = _Walk(_find_carriers(units))
    return [walk.find_parent(at, unit) for at, unit in enumerate(units)]


class _Walk:
    """What is open at a place in a text, each as its index."""

    def __init__(self, carriers: dict[str, int]) -> None:
        self.carriers = carriers
        self.headings: list[tuple[int, int]] = []
        """The level and index of each heading that is open."""
        self.items: list[tuple[int, int]] = []
        self.introduction: int | None = None
        """The paragraph that announces the list that follows."""
        self.manner: tuple[bool, bool, str] | None = None
        """How the numbers of the announced list are printed; None before its first item."""
        self.table: int | None = None
        self.note: int | None = None

    def find_parent(self, at: int, unit: Place) -> int | None:
        """Return the index of what the unit at an index stands in, and open the unit."""
        if unit.kind in HEADINGS:
            return self._open_heading(at, unit.level)
        heading = self.headings[-1][1] if self.headings else None
        if unit.kind is UnitKind.TABLE_ROW and self.table is not None:
            return self.table
        if unit.kind is UnitKind.FOOTNOTE:
            if unit.level > 1 and self.note is not None:
                return self.note
            self.note = at
            return self.carriers.get(unit.printed_number, heading)
        self.table = at if unit.kind is UnitKind.TABLE else None
        self.note = None
        if unit.kind in ITEMS:
            return self._open_item(at, unit, heading)
        if unit.level > 0 and unit.kind is not UnitKind.TABLE_ROW:
            return next((index for depth, index in reversed(self.items) if depth <= unit.level), heading)
        announces = unit.kind in (UnitKind.PARAGRAPH, UnitKind.BOX) and introduces(unit.text)
        self.introduction, self.manner = (at if announces else None), None
        if announces:
            self.items.clear()
        return heading

    def _open_heading(self, at: int, level: int) -> int | None:
        while self.headings and self.headings[-1][0] >= level:
            self.headings.pop()
        parent = self.headings[-1][1] if self.headings else None
        self.headings.append((level, at))
        self.items.clear()
        self.introduction = self.table = self.note = None
        return parent

    def _open_item(self, at: int, unit: Place, heading: int | None) -> int | None:
        while self.items and self.items[-1][0] >= unit.level:
            self.items.pop()
        parent = self.items[-1][1] if self.items else None
        if parent is None:
            manner = _manner_of(unit.printed_number)
            if self.manner not in (None, manner):
                self.introduction = None  # a list of another manner goes on with the text
            self.manner = manner
            parent = heading if self.introduction is None else self.introduction
        self.items.append((unit.level, at))
        return parent


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
