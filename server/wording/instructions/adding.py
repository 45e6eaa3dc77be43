"""Find where a new or a moved provision goes: after one, before one, at the beginning or the end of one."""

import re
from collections.abc import Sequence

from server.wording.instructions.copied_numbers import read_announced, take_numbers
from server.wording.instructions.edits import Insertion, QuestionCode, Unclear
from server.wording.instructions.phrases import (
    PARAGRAPH_NOUNS,
    PLAIN_NOUNS,
    POINT_NOUNS,
    SORTS,
)
from server.wording.instructions.quotes import Skeleton
from server.wording.instructions.resolving import PlaceStep, resolve_steps
from server.wording.instructions.scopes import Leaning, PlaceScope, Scope
from server.wording.instructions.spots import WHOLE, AmendedText, TextSpot
from server.wording.instructions.vocabulary import HEADINGS
from server.wording.labels import NumberLabel, parse_label

ITEMS = frozenset({"LIST_ITEM", "SUB_ITEM"})


class _Form:
    """What an instruction says about the new provision."""

    def __init__(self, match: re.Match[str], skeleton: Skeleton) -> None:
        groups = match.groupdict()
        self.noun = (groups.get("sort") or groups.get("noun") or "").lower()
        self.kind = SORTS.get(self.noun)
        self.level = int(groups["level"]) if groups.get("level") else None
        self.is_unstated = bool(groups.get("unstated"))
        self.number = skeleton.cut(*match.span("number")).quoted[0] if groups.get("number") else None
        numeral = groups.get("numeral") or groups.get("figure") or ""
        self.label = parse_label(numeral + "." if numeral and numeral[-1] != ")" else numeral) if numeral else None
        if numeral and self.label is None:
            raise Unclear(QuestionCode.OUTSIDE_GRAMMAR, numeral)


def add_provisions(
    match: re.Match[str], skeleton: Skeleton, spots: Sequence[TextSpot], scope: Scope, text: AmendedText
) -> list[Insertion]:
    """Return the insertions that an instruction asks for. Raise `Unclear` where it is not clear where they go."""
    groups = match.groupdict()
    form = _Form(match, skeleton)
    where = (groups.get("where") or "").lower()
    quoted = skeleton.cut(*match.span("words")).quoted
    if len(spots) > 1 or (spots and spots[0].is_own) or (form.number and len(quoted) > 1):
        raise Unclear(QuestionCode.PLACE_AMBIGUOUS, places=len(spots))
    if where in ("to", "in"):
        spots, scope = [], PlaceScope(tuple(spots))
    if not spots:
        anchor, kind, level = _place_by_number(form, scope.only, text)
        if isinstance(scope, Leaning) and anchor is not None:
            scope.check(anchor)
    else:
        anchor, kind, level = _place(form, where, spots[0], text)
    beside = None if form.number else number_beside(anchor, kind, level, text)
    return [Insertion(anchor, words, kind, level, form.number) for words in take_numbers(quoted, beside, form.label)]


def number_beside(anchor: int | None, kind: str | None, level: int | None, text: AmendedText) -> NumberLabel | None:
    """Return the number of the provision that a new one is of a list with, None if it begins one or has no number."""
    if anchor is None or (text.is_heading(anchor) and kind is None):
        return None
    unit = text.units[anchor]
    is_alike = kind in (None, unit.kind) and level in (None, unit.level)
    return text.places.labels[anchor] if is_alike else None


Position = tuple[int | None, str | None, int | None]
"""The provision after which the new one stands, its sort and its level."""


def _place(form: _Form, where: str, spot: TextSpot, text: AmendedText) -> Position:
    if form.label is not None and not re.search("after|following|après", where):
        raise Unclear(QuestionCode.NUMBER_FOLLOWS)
    if spot == WHOLE:
        if re.search("beginning|start|début", where):
            return None, form.kind, form.level
        raise Unclear(QuestionCode.SORT_UNCLEAR)
    if re.search("beginning|start|début", where):
        if not text.is_heading(spot.at):
            raise Unclear(QuestionCode.SORT_UNCLEAR)
        return spot.at, form.kind, form.level
    if re.search(r"\bend\b|\bfin\b", where):
        return _place_last(form, spot.at, text)
    if re.search("before|avant", where):
        return _place_before(form, spot.at, text)
    return _place_after(form, spot.at, text)


def _place_after(form: _Form, at: int, text: AmendedText) -> Position:
    """Return the position after a provision and all that is in it."""
    unit, label = text.units[at], text.places.labels[at]
    if form.label and label and not read_announced(form.label, label):
        raise Unclear(QuestionCode.NUMBER_FOLLOWS)
    if text.is_heading(at):
        if form.kind not in HEADINGS:
            raise Unclear(QuestionCode.SORT_UNCLEAR)
        level = form.level
        if level is None and not form.is_unstated:
            if form.kind != unit.kind:
                raise Unclear(QuestionCode.SORT_UNCLEAR)
            level = unit.level
        if level is not None and level > unit.level:
            raise Unclear(QuestionCode.SORT_UNCLEAR)
        return at, form.kind, level
    _check_noun(form, at, text)
    return at, form.kind, form.level


def _check_noun(form: _Form, at: int, text: AmendedText) -> None:
    """Check that a noun that says no more than the place fits what stands there already."""
    if form.kind or not form.noun or form.noun in PLAIN_NOUNS:
        return
    is_point = _is_point(at, text)
    if form.noun in (PARAGRAPH_NOUNS if is_point else POINT_NOUNS):
        raise Unclear(QuestionCode.SORT_UNCLEAR, form.noun)


def _is_point(at: int, text: AmendedText) -> bool:
    """Return whether a provision is one of a list, and not a numbered paragraph."""
    unit, label = text.units[at], text.places.labels[at]
    if unit.kind not in ITEMS:
        return False
    is_top = str(text.places.positions[at].value) == "TOP"
    return not (
        unit.kind == "LIST_ITEM" and is_top and label and "arabic" in label.steps[-1].style.value and not label.before
    )


def _place_last(form: _Form, at: int, text: AmendedText) -> Position:
    """Return the position after the last of what stands directly in a provision."""
    inside = text.children.get(at, [])
    if not inside:
        if text.is_heading(at):
            return at, form.kind, form.level
        raise Unclear(QuestionCode.SORT_UNCLEAR)
    last = inside[-1]
    if text.is_heading(last) and form.kind not in HEADINGS:
        raise Unclear(QuestionCode.SORT_UNCLEAR)
    return _place_after(form, last, text)


def _place_before(form: _Form, at: int, text: AmendedText) -> Position:
    """Return the position before a provision: after what stands beside it, or at the beginning of what it is in."""
    parent = text.places.entries[at].parent
    siblings = text.children[parent]
    place = siblings.index(at)
    unit = text.units[at]
    if not text.is_heading(at):
        _check_noun(form, at, text)
    elif form.kind != unit.kind:
        raise Unclear(QuestionCode.SORT_UNCLEAR)
    kind = form.kind or unit.kind
    level = form.level if form.level is not None else unit.level
    if kind != unit.kind:
        raise Unclear(QuestionCode.SORT_UNCLEAR)
    if place == 0:
        if parent is not None and not text.is_heading(parent):
            raise Unclear(QuestionCode.SORT_UNCLEAR)
        is_plain = form.kind is None and unit.kind == "PARAGRAPH"
        return (parent, None, None) if is_plain else (parent, kind, level)
    before = siblings[place - 1]
    if text.units[before][:2] == unit[:2]:
        return (before, kind, level) if text.is_heading(at) or form.kind else (before, None, None)
    if text.is_heading(before):
        raise Unclear(QuestionCode.SORT_UNCLEAR)
    return before, kind, level


def _place_by_number(form: _Form, scope: TextSpot | None, text: AmendedText) -> Position:
    """Return the position that the number of a new provision says: 4a comes after 4, the next number at the end.

    Without a number it is the end of the place that is named.
    """
    if form.label is None:
        if scope is None:
            raise Unclear(QuestionCode.PLACE_MISSING)
        return _place_last(form, scope.at, text)
    noun = "paragraph" if form.noun in PARAGRAPH_NOUNS else "point" if form.noun in POINT_NOUNS else form.noun
    before = _number_before(form.label)
    if before is None or not noun:
        raise Unclear(QuestionCode.PLACE_MISSING)
    at = resolve_steps([PlaceStep(noun, before)], text, scope).at
    if not form.label.suffixes:
        siblings = text.children[text.places.entries[at].parent]
        if siblings[-1] != at:
            raise Unclear(QuestionCode.PLACE_AMBIGUOUS)
    return _place_after(form, at, text)


def _number_before(label: NumberLabel) -> NumberLabel | None:
    """Return the number after which another one stands: 4 before 4a, 4a before 4b, (c) before (d)."""
    if label.suffixes:
        *others, last = label.suffixes
        return label._replace(
            suffixes=(*others, last._replace(value=last.value - 1)) if last.value > 1 else tuple(others)
        )
    step = label.steps[-1]
    if step.value < 2:
        return None
    return label._replace(steps=(*label.steps[:-1], step._replace(value=step.value - 1)))


def place_of_move(where: str, spot: TextSpot, goal: TextSpot, text: AmendedText) -> int:
    """Return the provision after which a moved one is to stand. Raise `Unclear` where that is not clear."""
    if spot.span or goal.span or spot.is_own or goal.is_own:
        raise Unclear(QuestionCode.SECTION_MEANT)
    side = where.lower()
    at, unit = goal.at, text.units[spot.at]
    if re.search("beginning|start|début", side):
        if not text.is_heading(at) or (text.is_heading(spot.at) and unit.level <= text.units[at].level):
            raise Unclear(QuestionCode.SORT_UNCLEAR)
    elif re.search(r"\bend\b|\bfin\b", side):
        inside = [each for each in text.children.get(at, []) if each != spot.at]
        if not inside or text.units[inside[-1]].kind != unit.kind:
            raise Unclear(QuestionCode.SORT_UNCLEAR)
        at = inside[-1]
    elif re.search("before|avant", side):
        siblings = [each for each in text.children[text.places.entries[at].parent] if each != spot.at]
        place = siblings.index(at) if at in siblings else 0
        if not place or text.units[siblings[place - 1]].kind != unit.kind:
            raise Unclear(QuestionCode.SORT_UNCLEAR)
        at = siblings[place - 1]
    elif text.is_heading(at) and not (text.is_heading(spot.at) and unit.level <= text.units[at].level):
        raise Unclear(QuestionCode.SORT_UNCLEAR)
    if at in text.inside(spot.at):
        raise Unclear(QuestionCode.NOTHING_CHANGES)
    return at
