"""Follow the lists of a paper: find how deep an item stands, by its number, its column and what stands before it.

A number that goes on with an open list says more than the column, because converted papers lose their indentation.
"""

import re
from dataclasses import dataclass
from enum import Enum
from typing import NamedTuple

from server.documents.nesting import introduces
from server.documents.numerals import Label, Reading
from server.documents.units import UnreadableDocument

MAX_DEPTH = 10
"""Lists inside lists."""

_INDENT = 2  # columns further to the right that make a list a list inside
_MOST_SKIPPED = 9  # numbers from one item of a list to the next
_MOST_SKIPPED_UNSURE = 2  # the same for what may be an initial, such as D. after B.
_SENTENCE_END = re.compile(r"[.!?。][\"'\u201d\u2019\u00bb)*_]*$")


class Relation(Enum):
    """How a label stands to the lists that are open."""

    NEXT = "NEXT"
    """It goes on with one of them."""
    INSIDE = "INSIDE"
    """It counts the parts of one of their items, such as 1.1 in 1."""
    SKIPPING = "SKIPPING"
    """It goes on with one of them in the same column, but leaves a few numbers out, or repeats one."""
    FIRST = "FIRST"
    """It is the first of its kind: a list begins."""
    OTHER = "OTHER"
    """It is a number out of sequence."""


class Spot(NamedTuple):
    """Where an item stands: how its label was read, its relation to what is open, and its depth from 1."""

    reading: Reading
    relation: Relation
    level: int


@dataclass(slots=True)
class _OpenItem:
    reading: Reading
    printed: str
    column: int
    ending: str = ""


class Outline:
    """The items that are open at a place in a paper, from the outermost to the innermost."""

    def __init__(self) -> None:
        self._levels: list[dict[str, _OpenItem]] = []  # the last item of each manner of counting, level by level
        self._current: list[_OpenItem] = []  # the last item of each level
        self._is_suspended = False

    def reset(self) -> None:
        """Close everything, as at a heading."""
        self._levels.clear()
        self._current.clear()
        self._is_suspended = False

    def suspend(self) -> None:
        """Leave the lists for a paragraph of the text; a number that goes on with one of them takes it up again."""
        self._is_suspended = True

    def note(self, line: str) -> None:
        """Note a line of the innermost item: its end says whether it introduces what follows."""
        if self._current and not self._is_suspended:
            self._current[-1].ending = line.rstrip()

    def level_at(self, column: int) -> int:
        """Return the level of the item inside which a paragraph at a column stands, 0 for none."""
        levels = [level for level, item in enumerate(self._current, start=1) if item.column + _INDENT <= column]
        return max(levels, default=0)

    def is_after(self, spot: Spot) -> bool:
        """Return whether a number follows another of the same manner, which it does not go on with."""
        return len(self._levels) >= spot.level and spot.reading.style in self._levels[spot.level - 1]

    def find(self, label: Label, column: int) -> Spot:
        """Return where an item with this label stands, if it begins in this column."""
        return (
            self._find_next(label, column)
            or self._find_skipping(label, column)
            or self._find_inside(label)
            or self._find_new(label, column)
        )

    def open(self, spot: Spot, label: Label, column: int) -> None:
        """Open an item. Raise ``UnreadableDocument`` if it nests too deep."""
        if spot.level > MAX_DEPTH:
            raise UnreadableDocument("Lists and quotations are nested too deep to be a paper.")
        del self._levels[spot.level :], self._current[spot.level - 1 :]
        if len(self._levels) < spot.level:
            self._levels.append({})
        item = _OpenItem(spot.reading, label.printed, column)
        self._levels[spot.level - 1][spot.reading.style] = item
        self._current.append(item)
        self._is_suspended = False

    def _find_next(self, label: Label, column: int) -> Spot | None:
        best: tuple[int, Spot] | None = None
        for level in range(len(self._levels), 0, -1):
            for reading in label.readings:
                item = self._levels[level - 1].get(reading.style)
                if item is None or not reading.path or not _follows(item, reading, label.printed):
                    continue
                begins = any(other.path == (1,) for other in label.readings)
                if begins and introduces(item.ending) and column >= item.column:
                    continue  # (i) inside (h), and not after it
                distance = abs(column - item.column)
                if best is None or distance < best[0]:
                    best = (distance, Spot(reading, Relation.NEXT, level))
        return best[1] if best else None

    def _find_skipping(self, label: Label, column: int) -> Spot | None:
        if self._is_suspended or any(map(_is_first, label.readings)):
            return None
        most = _MOST_SKIPPED if label.is_sure else _MOST_SKIPPED_UNSURE
        best: tuple[int, Spot] | None = None
        for level in range(len(self._levels), 0, -1):
            for reading in label.readings:
                item = self._levels[level - 1].get(reading.style)
                if item is None or not item.reading.path or item.reading.path[:-1] != reading.path[:-1]:
                    continue
                skipped = reading.path[-1] - item.reading.path[-1]
                if 0 <= skipped <= most and abs(column - item.column) < _INDENT and (best is None or skipped < best[0]):
                    best = (skipped, Spot(reading, Relation.SKIPPING, level))
        return best[1] if best else None

    def _find_inside(self, label: Label) -> Spot | None:
        for reading in label.readings:
            if reading.style != "1.1":
                continue
            for level in range(len(self._levels), 0, -1):
                for item in self._levels[level - 1].values():
                    path = item.reading.path
                    if path and path == reading.path[: len(path)] and len(path) < len(reading.path):
                        return Spot(reading, Relation.INSIDE, level + 1)
                    if item.reading.style == "1.1" and path[:-1] == reading.path[:-1] and path < reading.path:
                        return Spot(reading, Relation.OTHER, level)
        return None

    def _find_new(self, label: Label, column: int) -> Spot:
        first = next((reading for reading in label.readings if _is_first(reading)), None)
        reading = first or label.readings[0]
        relation = Relation.FIRST if first else Relation.OTHER
        if self._is_suspended:
            depth = self.level_at(column)
        else:
            depth = max(
                (level for level, item in enumerate(self._current, start=1) if item.column <= column + 1), default=0
            )
        if not depth:
            return Spot(reading, relation, 1)
        top = self._current[depth - 1]
        if top.reading.style == reading.style or reading.style in self._levels[depth - 1]:
            is_inside = column >= top.column + _INDENT
            return Spot(reading, relation, depth + 1 if is_inside else depth)
        if column >= top.column + _INDENT:
            return Spot(reading, relation, depth + 1)
        for level in range(depth - 1, 0, -1):
            item = self._levels[level - 1].get(reading.style)
            if item and abs(item.column - column) < _INDENT:
                return Spot(reading, relation, level)
        return Spot(reading, relation, depth + 1 if _holds(top, reading, is_first=first is not None) else depth)


def _is_first(reading: Reading) -> bool:
    return not reading.path or (reading.path[-1] == 1 and (len(reading.path) == 1 or reading.style == "1.1"))


def _follows(item: _OpenItem, reading: Reading, printed: str) -> bool:
    before, after = item.reading.path, reading.path
    if not before or before[:-1] != after[:-1]:
        return False
    return after[-1] == before[-1] + 1 or (after == before and printed != item.printed)


def _holds(item: _OpenItem, reading: Reading, *, is_first: bool) -> bool:
    """Return whether a list that begins in the column of an item stands inside it."""
    if introduces(item.ending):
        return True
    if not is_first:
        return False
    if not reading.path:  # a bullet
        return item.reading.path != () and not _SENTENCE_END.search(item.ending)
    counts = not any(sign.isdigit() for sign in reading.style)
    return counts and bool(item.reading.path)
