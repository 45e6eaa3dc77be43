"""Find the provision that a reference points to, and the hunks that let references follow new numbers."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Container, Mapping, Sequence
from enum import Enum

from server.wording.hunks import Hunk
from server.wording.labels import NumberLabel, key_of, parse_label
from server.wording.outlines import OutlineEntry
from server.wording.references import Reference, find_references, rewrite_label


class Unresolved(Enum):
    """Why a reference leads to no provision of the text."""

    NOWHERE = "NOWHERE"
    """No provision has that number."""
    AMBIGUOUS = "AMBIGUOUS"
    """Several have it, equally near."""
    ELSEWHERE = "ELSEWHERE"
    """It points to another instrument."""


Target = int | Unresolved


class _Position(Enum):
    """Where a numbered provision stands, as far as references tell it: a heading, in no other number, or in one."""

    HEADING = "HEADING"
    TOP = "TOP"
    INNER = "INNER"


_HEADING = "HEADING"
_LOOKED_FOR = {
    **dict.fromkeys(
        ("annex", "part", "title", "chapter", "section", "principle"),
        (_Position.HEADING, _Position.TOP, _Position.INNER),
    ),
    **dict.fromkeys(("subparagraph", "point", ""), (_Position.INNER, _Position.TOP, _Position.HEADING)),
    "paragraph": (_Position.TOP, _Position.INNER, _Position.HEADING),
}
"""Where provisions without a word are looked for, by the word of the reference."""
_OTHERWISE = (_Position.TOP, _Position.HEADING, _Position.INNER)


_Number = tuple[str, _Position | None, str]
"""What a number is filed under: its word, without one its position, and its key."""


def _cut(members: Sequence[int], sides: range) -> Sequence[int]:
    """Return the first two of the sorted `members` that lie inside `sides`: two are as ambiguous as many."""
    low = bisect_left(members, sides.start)
    return [index for index in members[low : low + 2] if index < sides.stop]


class Places:
    """The provisions of a text, found by number, sort and place. Built once for all references of the text."""

    def __init__(self, entries: Sequence[OutlineEntry]) -> None:
        self.entries = entries
        self.labels = [parse_label(entry.printed_number) for entry in entries]
        self.words = {label.word for label in self.labels if label and label.word}
        self.positions: list[_Position] = []
        self.ends = list(range(1, len(entries) + 1))
        self._by_number: dict[_Number, list[int]] = defaultdict(list)
        self._by_parent: dict[tuple[str, _Position | None, str, int | None], list[int]] = defaultdict(list)
        self._siblings: dict[tuple[int | None, str, str], list[int]] = defaultdict(list)
        for index, (entry, label) in enumerate(zip(entries, self.labels, strict=True)):
            self.positions.append(self._position_of(entry))
            self._siblings[self._sort_of(index)].append(index)
            if label:
                # an annex or an article is found by its word, wherever it stands
                number = (label.word, None if label.word else self.positions[index], key_of(label))
                self._by_number[number].append(index)
                self._by_parent[*number, entry.parent].append(index)
        for index in reversed(range(len(entries))):
            parent = entries[index].parent
            if parent is not None:
                self.ends[parent] = max(self.ends[parent], self.ends[index])

    def _position_of(self, entry: OutlineEntry) -> _Position:
        if entry.kind == _HEADING:
            return _Position.HEADING
        parent = entry.parent
        while parent is not None:
            label = self.labels[parent]
            if label and not label.word and self.entries[parent].kind != _HEADING:
                return _Position.INNER
            parent = self.entries[parent].parent
        return _Position.TOP

    def _sort_of(self, index: int) -> tuple[int | None, str, str]:
        label = self.labels[index]
        return self.entries[index].parent, self.entries[index].kind, label.word if label else ""

    def line_of(self, index: int) -> list[int]:
        """Return an entry and its ancestors, the outermost last."""
        line = [index]
        while (parent := self.entries[line[-1]].parent) is not None:
            line.append(parent)
        return line

    def find(self, numbers: Sequence[_Number], scope: int | None, sides: range) -> Target:
        """Return the provision with one of the numbers inside `scope` (None for the whole text) and inside `sides`.

        The only one that stands directly in the scope is meant before all others; then the earlier number comes first.
        """
        inside = range(0, len(self.entries)) if scope is None else range(scope + 1, self.ends[scope])
        sides = range(max(inside.start, sides.start), min(inside.stop, sides.stop))
        direct = [index for number in numbers for index in _cut(self._by_parent.get((*number, scope), []), sides)]
        if len(direct) == 1:
            return direct[0]
        for number in numbers:
            members = _cut(self._by_number.get(number, []), sides)
            if members:
                return members[0] if len(members) == 1 else Unresolved.AMBIGUOUS
        return Unresolved.NOWHERE

    def numbers_of(self, kind: str, key: str) -> list[_Number]:
        """Return under what a number is filed that is referred to as `kind`, the likeliest first."""
        if kind in self.words:
            return [(kind, None, key)]
        return [("", position, key) for position in _LOOKED_FOR.get(kind, _OTHERWISE)]

    def find_relative(self, reference: Reference, at: int, scope: int | None) -> Target:
        """Return the provision that `this Article` or `the preceding paragraph` means at an entry."""
        own = next((index for index in self.line_of(at) if self._is_sort(index, reference.kind)), None)
        if own is None:
            return Unresolved.NOWHERE
        siblings = self._siblings[self._sort_of(own)]
        place = bisect_left(siblings, own) + {"preceding": -1, "following": 1}.get(reference.relative, 0)
        return siblings[place] if 0 <= place < len(siblings) else Unresolved.NOWHERE

    def _is_sort(self, index: int, kind: str) -> bool:
        label = self.labels[index]
        if kind in self.words or (label and label.word):
            return label is not None and label.word == kind
        return self.positions[index] == _LOOKED_FOR.get(kind, _OTHERWISE)[0]


def resolve(
    references: Sequence[Reference], places: Places, at: int, own_names: Container[str] = ()
) -> tuple[Target, ...]:
    """Return the target of each reference in the words of the entry `at`, an index of an entry or why there is none.

    The nearest scope comes first: `paragraph 2` is one of the same article before any other. `own_names` are the names
    under which the text speaks of itself, such as `Framework`. `references` are all of the entry, since one can lie
    within another.
    """
    targets: dict[int, Target] = {}
    for start in range(len(references)):
        pending = [start]
        while (within := references[pending[-1]].within) is not None and within not in targets:
            pending.append(within)
        for place in reversed(pending):
            reference = references[place]
            if reference.instrument and reference.instrument not in own_names:
                targets[place] = Unresolved.ELSEWHERE
            elif reference.within is None:
                targets[place] = _find_near(reference, places, at)
            else:
                container = targets[reference.within]
                targets[place] = (
                    _find_in(reference, places, at, [container]) if isinstance(container, int) else container
                )
    return tuple(targets[place] for place in range(len(references)))


def _find_near(reference: Reference, places: Places, at: int) -> Target:
    return _find_in(reference, places, at, [*places.line_of(at), None])


def _find_in(reference: Reference, places: Places, at: int, scopes: Sequence[int | None]) -> Target:
    """Return the target in the first of the scopes that has one."""
    if reference.label is None:
        return places.find_relative(reference, at, scopes[0])
    sides = {"above": range(0, at), "below": range(at + 1, len(places.entries))}
    allowed = sides.get(reference.relative, range(0, len(places.entries)))
    # as it is printed, anywhere, before it is taken apart: 2.1 is not 1.2.1, however near that is
    for way in (_whole_path, _parted_path, _joined_path):
        # a paragraph is looked for outside lists in the whole text, and then in lists
        rounds = len(_OTHERWISE) if reference.kind == "paragraph" and None in scopes else 1
        for turn in range(rounds):
            for scope in scopes:
                path = way(reference.label, places.labels[scope] if scope is not None else None)
                chosen = slice(turn, turn + 1) if rounds > 1 else slice(None)
                target = _follow_path(reference.kind, path, places, scope, allowed, chosen)
                if target is not Unresolved.NOWHERE:
                    return target
    return Unresolved.NOWHERE


def _follow_path(
    kind: str, path: Sequence[str], places: Places, scope: int | None, allowed: range, chosen: slice
) -> Target:
    target: Target = Unresolved.NOWHERE
    for key in path:
        target = places.find(places.numbers_of(kind, key)[chosen], scope, allowed)
        if isinstance(target, Unresolved):
            return target
        kind, scope, chosen = "", target, slice(None)
    return target


def _whole_path(label: NumberLabel, scope: NumberLabel | None) -> list[str]:
    """Return a number as one provision prints it."""
    return [key_of(label)]


def _parted_path(label: NumberLabel, scope: NumberLabel | None) -> list[str]:
    """Return 5.2 as 5 and 2 in it; nothing for a number without a path."""
    if len(label.steps) == 1:
        return []
    return [key_of(label._replace(steps=label.steps[:-1], suffixes=())), key_of(label._replace(steps=label.steps[-1:]))]


def _joined_path(label: NumberLabel, scope: NumberLabel | None) -> list[str]:
    """Return 2 in Article 5 as 5.2; nothing outside a number."""
    return [key_of(label._replace(steps=(*scope.steps, *label.steps)))] if scope and len(label.steps) == 1 else []


def rewrite_references(
    text: str, at: int, places: Places, numbers: Mapping[int, str], own_names: Container[str] = ()
) -> tuple[Hunk, ...]:
    """Return the hunks on the words of entry `at` that let its references follow new numbers.

    `numbers` gives the new printed number by index, for the entries that get one. References that lead nowhere, or to
    several provisions, stay as they are.
    """
    references = find_references(text)
    hunks = []
    for reference, target in zip(references, resolve(references, places, at, own_names), strict=True):
        hunk = follow(text, reference, target, places, numbers) if isinstance(target, int) else None
        if hunk:
            hunks.append(hunk)
    return tuple(hunks)


def follow(
    text: str, reference: Reference, target: int, places: Places, numbers: Mapping[int, str], *, always: bool = False
) -> Hunk | None:
    """Return the hunk that lets one reference of a text follow its target; None if it is right, or prints no number.

    `always` compares the numbers also where that of the target has not changed, as for a reference left behind before.
    """
    label = _new_label(reference.label, places, target, numbers, always=always) if reference.label else None
    hunk = rewrite_label(reference, label) if label else None
    return hunk if hunk and hunk.replacement and text[hunk.start : hunk.end] != hunk.replacement else None


def _new_label(
    printed: NumberLabel, places: Places, target: int, numbers: Mapping[int, str], *, always: bool
) -> NumberLabel | None:
    """Return the new number of a target with as many numerals as the reference prints; None if none has changed."""
    changed = False
    label = None
    for index in places.line_of(target):
        own = parse_label(numbers[index]) if index in numbers else places.labels[index]
        if own is None and index == target:
            return None
        if own is None:
            continue
        changed |= index in numbers
        label = own if label is None else label._replace(steps=(*own.steps, *label.steps))
        if len(label.steps) >= len(printed.steps):
            break
    if label is None or not (changed or always):
        return None
    return label._replace(steps=label.steps[-len(printed.steps) :])
