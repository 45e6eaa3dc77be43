"""Mend what was read from a paper before it is stored: join units, split one, set its kind, level or number.

Pure. A mend loses no word: a number that is taken away becomes words again, unless another number takes its place.
"""

from collections.abc import Sequence
from enum import StrEnum
from typing import NamedTuple

from server.documents.labels import read_label
from server.documents.nesting import HEADINGS, Place, parents_of
from server.documents.outline import MAX_DEPTH
from server.documents.units import Document, ReadingWarning, Unit, WarningKind
from server.documents.words import MarkedText, TextMark, join_words
from server.vocabulary.texts import UnitKind

DEEPEST_HEADING = 9
LONGEST_NUMBER = 40  # characters
_TABLES = (UnitKind.TABLE, UnitKind.TABLE_ROW)
_SETTLED = (WarningKind.UNCERTAIN_NUMBER,)


class MendAct(StrEnum):
    """What a mend does."""

    JOIN = "JOIN"
    """The next unit goes on with this one: its number and words follow those of this one."""
    SPLIT = "SPLIT"
    """From an offset on the words are a unit of their own, of the same kind and level."""
    SET = "SET"
    """The kind, the level or the number is another one."""


class Mend(NamedTuple):
    """One mend of the unit at an index from 0, counted after the mends before it.

    `offset` is for SPLIT, in code points of the text. `kind`, `level` and `number` are for SET; None leaves them.
    """

    act: MendAct
    unit: int
    offset: int | None = None
    kind: UnitKind | None = None
    level: int | None = None
    number: str | None = None


class UnfitMend(Exception):
    """Raised for a mend that does not fit what was read. `index` counts the mends from 0, `field` names its part."""

    def __init__(self, index: int, field: str, message: str) -> None:
        super().__init__(message)
        self.index = index
        self.field = field
        self.message = message


class _Unfit(Exception):
    def __init__(self, field: str, message: str) -> None:
        super().__init__(message)
        self.field = field
        self.message = message


def mend_document(document: Document, mends: Sequence[Mend]) -> Document:
    """Return the document once the mends are made in their order, with its tree and its doubts brought up to date.

    Raise ``UnfitMend`` for the first one that does not fit.
    """
    if not mends:
        return document
    units, warnings = list(document.units), list(document.warnings)
    for index, mend in enumerate(mends):
        try:
            units, warnings = _make(mend, units, warnings)
        except _Unfit as unfit:
            raise UnfitMend(index, unfit.field, unfit.message) from unfit
    parents = parents_of(Place(*unit[:4]) for unit in units)
    return Document(
        tuple(unit._replace(parent=parent) for unit, parent in zip(units, parents, strict=True)),
        tuple(sorted(warnings, key=lambda warning: warning.unit)),
    )


def _make(mend: Mend, units: list[Unit], warnings: list[ReadingWarning]) -> tuple[list[Unit], list[ReadingWarning]]:
    at = mend.unit
    if not 0 <= at < len(units):
        raise _Unfit("unit", f"there is no such unit: there are {len(units)}")
    if mend.act is MendAct.JOIN:
        joined = _join(units, at)
        moved = [_move(warning, at, -1) for warning in warnings if not _is_joined(warning, at)]
        return [*units[:at], joined, *units[at + 2 :]], moved
    if mend.act is MendAct.SPLIT:
        return [*units[:at], *_split(units[at], mend.offset), *units[at + 1 :]], [
            _move(warning, at, 1) for warning in warnings
        ]
    others = [warning for warning in warnings if warning.unit != at or warning.kind not in _SETTLED]
    return [*units[:at], _set(units[at], mend), *units[at + 1 :]], others


def _is_joined(warning: ReadingWarning, at: int) -> bool:
    return warning.unit == at and warning.kind is WarningKind.CONTINUED


def _move(warning: ReadingWarning, at: int, by: int) -> ReadingWarning:
    return warning._replace(unit=warning.unit + by) if warning.unit > at else warning


def _join(units: list[Unit], at: int) -> Unit:
    if at + 1 == len(units):
        raise _Unfit("unit", "there is no unit after it")
    unit, following = units[at : at + 2]
    if unit.kind in _TABLES or following.kind in _TABLES:
        raise _Unfit("unit", "a table and its rows cannot be joined with anything")
    label = MarkedText(f"{following.printed_number} " if following.printed_number and following.text else "")
    label = label if following.text else MarkedText(following.printed_number)
    is_code = UnitKind.CODE in (unit.kind, following.kind)
    is_cut_word = unit.text.endswith("-") and unit.text[-2:-1].isalnum() and not following.printed_number
    separator = "\n" if is_code else "" if is_cut_word or not unit.text else " "
    joined = join_words([MarkedText(unit.text, unit.marks), _after(label, following)], separator)
    return unit._replace(text=joined.text, marks=joined.marks)


def _after(label: MarkedText, unit: Unit) -> MarkedText:
    return (
        join_words([label, MarkedText(unit.text, unit.marks)], "") if label.text else MarkedText(unit.text, unit.marks)
    )


def _split(unit: Unit, offset: int | None) -> tuple[Unit, Unit]:
    if offset is None:
        raise _Unfit("offset", "say where the second unit begins")
    if unit.kind in _TABLES:
        raise _Unfit("unit", "a table and its rows cannot be split")
    words = MarkedText(unit.text, unit.marks)
    if not 0 < offset < len(unit.text) or not unit.text[:offset].strip() or not unit.text[offset:].strip():
        raise _Unfit("offset", f"there must be words before and after it; the text has {len(unit.text)} characters")
    head, tail = words.cut(0, len(unit.text[:offset].rstrip())), words.rest_from(offset)
    tail = tail.rest_from(len(tail.text) - len(tail.text.lstrip()))
    label = None if unit.kind is UnitKind.CODE else read_label(tail.text)
    number = label.printed if label and label.is_sure and label.text else ""
    if label and number:
        tail = tail.rest_from(len(tail.text) - len(label.text))
    return (
        unit._replace(text=head.text, marks=head.marks),
        unit._replace(printed_number=number, text=tail.text, marks=tail.marks),
    )


def _set(unit: Unit, mend: Mend) -> Unit:
    if mend.kind is None and mend.level is None and mend.number is None:
        raise _Unfit("act", "say which kind, level or number to set")
    if unit.kind in _TABLES and (mend.kind or mend.level is not None):
        raise _Unfit("kind", "a table and its rows stay what they are")
    if mend.kind in _TABLES:
        raise _Unfit("kind", "words cannot become a table")
    kind = mend.kind or unit.kind
    level = _find_level(kind, unit.level) if mend.level is None else mend.level
    if mend.kind is None and kind in (UnitKind.LIST_ITEM, UnitKind.SUB_ITEM):
        kind = UnitKind.LIST_ITEM if level == 1 else UnitKind.SUB_ITEM
    lowest, highest = _levels_of(kind)
    if not lowest <= level <= highest and unit.kind not in _TABLES:
        raise _Unfit("level", f"the level of {kind.value} is {lowest} to {highest}")
    unit = unit._replace(kind=kind, level=level)
    return unit if mend.number is None else _set_number(unit, mend.number.strip())


def _set_number(unit: Unit, number: str) -> Unit:
    """Return the unit with another number: one that begins its words is cut from them, a removed one becomes words."""
    if len(number) > LONGEST_NUMBER:
        raise _Unfit("number", f"at most {LONGEST_NUMBER} characters")
    if unit.kind in _TABLES or unit.kind is UnitKind.CODE:
        raise _Unfit("number", f"{unit.kind.value} has no number")
    before = MarkedText(f"{unit.printed_number} " if unit.printed_number else "")
    whole = join_words([before, MarkedText(unit.text, unit.marks)], "")
    if whole.text.startswith(number) and (not unit.printed_number or len(number) != len(unit.printed_number)):
        rest = whole.rest_from(len(number))
        rest = rest.rest_from(len(rest.text) - len(rest.text.lstrip()))
        return unit._replace(printed_number=number, text=rest.text.rstrip(), marks=_clip(rest))
    return unit._replace(printed_number=number)


def _clip(words: MarkedText) -> tuple[TextMark, ...]:
    return words.cut(0, len(words.text.rstrip())).marks


def _levels_of(kind: UnitKind) -> tuple[int, int]:
    if kind in HEADINGS:
        return 1, DEEPEST_HEADING
    bounds = {UnitKind.LIST_ITEM: (1, 1), UnitKind.SUB_ITEM: (2, MAX_DEPTH), UnitKind.FOOTNOTE: (1, 2)}
    return bounds.get(kind, (0, MAX_DEPTH))


def _find_level(kind: UnitKind, level: int) -> int:
    """Return the level that a unit has once it is of a kind: its own if that is possible, or else the nearest."""
    lowest, highest = _levels_of(kind)
    return min(max(level, lowest), highest)
