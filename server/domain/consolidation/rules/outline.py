"""The tree of a text as a consolidation sees it: what is inside what, and where a provision is placed. Pure."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from typing import NamedTuple

from server.documents.nesting import HEADINGS, ITEMS, Place, parents_of
from server.domain.consolidation.rules.changes import Accepted, BaseText
from server.domain.texts.rules.provisions import UNNUMBERED, NumberedProvision, list_entries
from server.vocabulary.texts import UnitKind
from server.wording.numbering import number_additions
from server.wording.schemes import learn_scheme


class Slot(NamedTuple):
    """A place between provisions: before everything in `anchor`, or after all of it. No anchor: the whole text."""

    anchor: str | None
    is_inside: bool


class TextTree:
    """The provisions of a text as a tree, in reading order.

    `children` are what is inside a provision. `following` are what is printed in it, one after the other: not a
    footnote at the end of a text, which follows the heading before it.
    """

    def __init__(self, provisions: Sequence[BaseText]) -> None:
        self.provisions = {provision.key: provision for provision in provisions}
        self.children: dict[str | None, list[str]] = defaultdict(list)
        self.following: dict[str | None, list[str]] = defaultdict(list)
        path: list[str | None] = [None]
        for provision in provisions:
            self.children[provision.parent].append(provision.key)
            around = provision.parent if provision.parent in path else self._find_heading(path)
            del path[path.index(around) + 1 :]
            self.following[around].append(provision.key)
            path.append(provision.key)

    def _find_heading(self, path: Sequence[str | None]) -> str | None:
        """Return the innermost heading of a path, None if there is none."""
        return next((key for key in reversed(path) if key and self.provisions[key].kind in HEADINGS), None)

    def section_of(self, key: str) -> list[str]:
        """Return the provision and everything inside it, in reading order; only the key if the text has none such."""
        section, pending = [], [key]
        while pending:
            section.append(pending.pop())
            pending += reversed(self.children.get(section[-1], ()))
        return section

    def unit_of(self, change: Accepted) -> BaseText:
        """Return the provision that a change moves, or adds in the form that it gives or that its place suggests.

        After a heading that is a paragraph; after anything else it is another one of the same kind and level.
        """
        if provision := self.provisions.get(change.key):
            return provision
        anchor = self.provisions.get(change.after or "")
        like = BaseText("", "PARAGRAPH", 0, "", "") if anchor is None or anchor.kind in HEADINGS else anchor
        kind = change.form.kind or like.kind
        level = change.form.level
        if level is None:
            level = like.level if kind == like.kind else 0
        return BaseText(change.key, kind, level, change.form.printed_number or "", change.wording)

    def place_of(self, change: Accepted) -> Slot:
        """Return where an added or moved provision is to stand.

        After a heading of its own rank or a lower one it stands after the whole section; otherwise it is the first
        thing in it. After a paragraph or an item it stands after whatever is inside that. A place has one name: behind
        the last item of a list is behind the list, for what is no part of it.
        """
        if change.after is None:
            return Slot(None, is_inside=True)
        anchor, unit = self.provisions.get(change.after), self.unit_of(change)
        if anchor is None or _is_inside(anchor, unit):
            return Slot(change.after, is_inside=anchor is not None)
        while (around := self.provisions.get(anchor.parent or "")) and not _is_inside(around, unit):
            if self.following[around.key][-1:] != [anchor.key]:
                break
            anchor = around
        return Slot(anchor.key, is_inside=False)


def _is_inside(anchor: BaseText, unit: BaseText) -> bool:
    """Return whether a provision, put right after `anchor`, would stand in it."""
    places = (Place(UnitKind(each.kind), each.level, each.printed_number, each.text) for each in (anchor, unit))
    return parents_of(places)[1] == 0


def as_numbered(provisions: Iterable[BaseText]) -> list[NumberedProvision]:
    """Return provisions as numbering and references see them."""
    return [NumberedProvision(p.key, UnitKind(p.kind), *p[2:6]) for p in provisions]


def number_units(provisions: Sequence[BaseText], unnumbered: Collection[str], outline: TextTree) -> dict[str, BaseText]:
    """Return the provisions of a text that are `unnumbered`, by key, each with the number that its neighbours suggest.

    `provisions` are in order, those that are deleted among them: their numbers are not used again. The scheme is that
    of the text before.
    """
    if not unnumbered:
        return {}
    units = as_numbered(provisions)
    manners = _find_manners(units)
    parents = parents_of(
        Place(unit.kind, unit.level, unit.printed_number or manner, unit.text)
        for unit, manner in zip(units, manners, strict=True)
    )
    nested = [
        unit._replace(parent=None if parent is None else units[parent].key)
        for unit, parent in zip(units, parents, strict=True)
    ]
    before = as_numbered(outline.provisions.values())
    added = [place for place, unit in enumerate(units) if unit.key in unnumbered and unit.kind not in UNNUMBERED]
    numbers = number_additions(list_entries(nested), added, learn_scheme(list_entries(before)))
    return {
        provisions[place].key: provisions[place]._replace(printed_number=number) for place, number in numbers.items()
    }


def _find_manners(units: Sequence[NumberedProvision]) -> list[str]:
    """Return for each item the number of the item of its level before it in the same list, or else after it."""
    before, after = _find_beside(units), _find_beside(units[::-1])[::-1]
    return [left or right for left, right in zip(before, after, strict=True)]


def _find_beside(units: Sequence[NumberedProvision]) -> list[str]:
    """Return for each item the number of the last item of its level, with nothing but items between them."""
    numbers: list[str] = []
    last: dict[int, str] = {}
    for unit in units:
        if unit.kind not in ITEMS:
            last.clear()
        numbers.append(last.get(unit.level, ""))
        if unit.kind in ITEMS and unit.printed_number:
            last[unit.level] = unit.printed_number
    return numbers


def arrange(outline: TextTree, placements: Sequence[Accepted]) -> list[str]:
    """Return the keys of the text in order, with the added and moved provisions where they are to stand.

    A section moves with everything inside it. Several at one place stand in the order of `placements`. What is placed
    in a circle, or after nothing that the text has, comes last and is not lost.
    """
    moved = {change.key for change in placements if change.key in outline.provisions}
    placed: dict[Slot, list[str]] = defaultdict(list)
    first: dict[str, Accepted] = {}
    for change in placements:
        first.setdefault(change.key, change)
    for change in first.values():
        placed[outline.place_of(change)].append(change.key)
    order = _walk(outline, Slot(None, is_inside=True), moved, placed)
    standing = set(order)
    for change in placements:
        if change.key not in standing:
            lost = _walk(outline, change.key, moved, placed)
            order += lost
            standing.update(lost)
    return order


def _walk(outline: TextTree, start: Slot | str, moved: set[str], placed: dict[Slot, list[str]]) -> list[str]:
    """Return the keys from `start` on: a provision with all that is in and after it, or what is at a place."""
    order: list[str] = []
    pending: list[Slot | str] = [start]
    while pending:
        item = pending.pop()
        if isinstance(item, Slot):
            following = [*placed.pop(item, ())]
            if item.is_inside:
                following += [key for key in outline.following.get(item.anchor, ()) if key not in moved]
            pending += reversed(following)
        else:
            order.append(item)
            pending += (Slot(item, is_inside=False), Slot(item, is_inside=True))
    return order


def parents_in(provisions: Sequence[BaseText]) -> list[str | None]:
    """Return for each provision of a text the key of the provision that it is inside of, None at the top."""
    parents = parents_of(Place(UnitKind(p.kind), p.level, p.printed_number, p.text) for p in provisions)
    return [None if parent is None else provisions[parent].key for parent in parents]
