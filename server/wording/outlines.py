"""Find which provision stands inside which, from kinds, levels and printed numbers."""

from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import NamedTuple

from server.wording.labels import NumberLabel, readings_of

_HEADING, _LIST_ITEM = "HEADING", "LIST_ITEM"


Form = tuple[object, ...]
"""What the labels of one series have in common, as `form_of` gives it."""


class NumberReading(NamedTuple):
    """One way to read a printed number: its label and the form of it."""

    label: NumberLabel
    form: Form


class OutlineEntry(NamedTuple):
    """A provision as numbering sees it, in reading order.

    `parent` is the index of the entry that it stands in, always an earlier one, or None. `kind` is compared only.
    """

    parent: int | None
    kind: str
    printed_number: str


def outline(units: Iterable[tuple[str, int, str]]) -> tuple[OutlineEntry, ...]:
    """Return the entries of units given as kind, level and printed number in reading order.

    A heading stands in the last heading of a lower level, a list item in the last unit of a lower depth, all else in
    the last heading. The next number of a list stands where the number before it does, whatever stands between them.
    Where units of one level are numbered in turns (1., (a), (b), 2.), those that begin anew stand in the one
    before them; so does 1.1 after 1.
    """
    entries: list[OutlineEntry] = []
    headings: list[_OpenUnit] = []
    items: list[_OpenUnit] = []
    unnumbered: int | None = None
    chains: dict[tuple[int | None, str, int], list[_OpenUnit]] = {}
    for index, (kind, level, printed) in enumerate(units):
        unit = _OpenUnit(level, index, read_forms(printed))
        if kind == _HEADING:
            headings = [heading for heading in headings if heading.level < level]
            items, unnumbered = [], None
        elif kind == _LIST_ITEM:
            beside = next((item for item in reversed(items) if _is_beside(item, unit)), None)
            if beside is not None:
                items = items[: items.index(beside)]
            elif unnumbered is not None:
                items = [_OpenUnit(0, unnumbered, ())]
            unnumbered = None
            items = [item for item in items if item.level < level]
        inside = items if kind == _LIST_ITEM and items else headings
        above = inside[-1].place if inside else None
        chain = chains.setdefault((above, kind, level), [])
        entries.append(OutlineEntry(_place_in(chain, unit, above), kind, printed))
        if kind == _HEADING:
            headings.append(unit)
        elif kind == _LIST_ITEM or unit.readings:
            items, unnumbered = [*items, unit] if kind == _LIST_ITEM else [unit], None
        else:
            unnumbered = index
    return tuple(entries)


class _OpenUnit(NamedTuple):
    """A unit in which later ones may stand: its level, its place and the readings of its number."""

    level: int
    place: int
    readings: tuple[NumberReading, ...]


def _is_beside(earlier: _OpenUnit, later: _OpenUnit) -> bool:
    """Return whether a list item goes on with the list or the paragraphs before it: (a), some words, (b)."""
    if not earlier.readings or not later.readings or earlier.level not in (0, later.level):
        return False
    is_alike = earlier.level == later.level or earlier.readings[0].form == later.readings[0].form
    return is_alike and _follow(earlier, later)


def _place_in(chain: list[_OpenUnit], unit: _OpenUnit, above: int | None) -> int | None:
    """Return the entry that a unit stands in, and put the unit at its place in the chain of open ones."""
    if not unit.readings:
        return above
    del chain[_count_open(chain, unit) :]
    parent = chain[-1].place if chain else above
    chain.append(unit)
    return parent


def _count_open(chain: Sequence[_OpenUnit], unit: _OpenUnit) -> int:
    """Return how many of the open units stay open: those that `unit` stands in."""
    for place in reversed(range(len(chain))):
        if _follow(chain[place], unit):
            return place
    if chain and any(_is_below(left.label, right.label) for left in chain[-1].readings for right in unit.readings):
        return len(chain)
    alike = [place for place, each in enumerate(chain) if each.readings[0].form == unit.readings[0].form]
    if alike:
        return alike[-1]
    begins = any(reading.label.steps[-1].value == 1 for reading in unit.readings)
    return len(chain) if begins else max(len(chain) - 1, 0)


def _follow(earlier: _OpenUnit, later: _OpenUnit) -> bool:
    """Return whether the number of a unit is the next one after that of another, in any reading."""
    return any(_is_next(before, after) for before in earlier.readings for after in later.readings)


def _is_next(before: NumberReading, after: NumberReading) -> bool:
    earlier, later = before.label, after.label
    if before.form != after.form or earlier.steps[:-1] != later.steps[:-1]:
        return False
    return earlier.order < later.order and later.steps[-1].value - earlier.steps[-1].value <= 1


def _is_below(earlier: NumberLabel, later: NumberLabel) -> bool:
    """Return whether a path begins with another: 1.1 stands in 1."""
    values = tuple(step.value for step in earlier.steps)
    return tuple(step.value for step in later.steps[:-1]) == values


def form_of(label: NumberLabel) -> Form:
    """Return what the labels of one series have in common: word, style, number of steps, brackets.

    A full stop more or less makes no other form.
    """
    opening = label.before[-1:] if label.before[-1:] in ("(", "[", "（") else ""
    closing = any(mark in label.middle + label.after for mark in ")]）")
    last = label.steps[-1].style.value.replace("french", "arabic").replace("sheet", "letter")
    return label.word, last, len(label.steps), opening, closing


@lru_cache(maxsize=4096)
def read_forms(printed: str) -> tuple[NumberReading, ...]:
    """Return the readings of a printed number with their forms, the likeliest first."""
    return tuple(NumberReading(label, form_of(label)) for label in readings_of(printed))
