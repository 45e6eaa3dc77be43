"""Number an addition, and say how the numbers of a text would run without gaps.

Nothing here changes a number: the results are derived, and people decide.
"""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Container, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from server.wording.labels import BEFORE_FIRST, FAMILIES, NumberLabel, NumberStep, Suffix, print_label
from server.wording.numerals import Style
from server.wording.outlines import OutlineEntry
from server.wording.schemes import (
    NumberedText,
    Scheme,
    ScopeKey,
    Series,
    SeriesKey,
    are_moved,
    begins_with_first,
    kind_of_series,
    learn_from,
    learn_scheme,
    order_of,
    scopes_of,
)

_IN_ORDER = 0.5  # least share in order of numbers that are otherwise all different: some were moved


class Renumbering(NamedTuple):
    """One line of a preview: the position of the entry, its printed number, and the one it would get."""

    position: int
    before: str
    after: str


def renumber(
    entries: Sequence[OutlineEntry], scheme: Scheme | None = None, by_hand: Mapping[int, str] | None = None
) -> tuple[Renumbering, ...]:
    """Return the numbers that change if each series runs from its first number without gap, addition or double.

    Paths follow the new number of their parent. The scheme is learnt from the entries unless given, as from the version
    before: then what was moved or left out misleads nobody. Where the numbers do not rise they follow no scheme, and
    where they do not begin with the first one, part of them stands elsewhere: both stay as they are. `by_hand` are
    numbers that are set, by position ("" for none): those after them go on from there, so that 3 follows `2 bis`.
    """
    fixed = by_hand or {}
    text = NumberedText([_set_number(entry, fixed.get(index)) for index, entry in enumerate(entries)], scheme)
    known = learn_from(text, scheme or learn_scheme(entries)).series
    scope_of, regular = _judge_scopes(text, known, fixed)
    counts: dict[ScopeKey, int] = defaultdict(int)
    new: dict[int, NumberLabel] = {}
    for index, label in enumerate(text.labels):
        key = text.keys[index]
        if label is None or key is None or not regular[scope_of[index]]:
            continue
        scope = scope_of[index]
        if index in fixed:
            counts[scope] = label.steps[-1].value
            continue
        counts[scope] += 1
        prefix = text.path_above(entries[index].parent, label.steps[:-1], known[key], new)
        last = NumberStep(counts[scope], known[key].style)
        changed = label._replace(steps=(*prefix, last), suffixes=())
        if print_label(changed):
            new[index] = changed
    numbers = {index: print_label(label) for index, label in new.items()} | dict(fixed)
    lines = (Renumbering(index, entries[index].printed_number, after) for index, after in sorted(numbers.items()))
    return tuple(line for line in lines if line.before != line.after)


def _set_number(entry: OutlineEntry, number: str | None) -> OutlineEntry:
    return entry if number is None else entry._replace(printed_number=number)


def find_doubts(entries: Sequence[OutlineEntry], scheme: Scheme | None = None) -> tuple[int, ...]:
    """Return the positions of the numbers that `renumber` leaves as they are because they follow no scheme."""
    text = NumberedText(entries, scheme)
    scope_of, regular = _judge_scopes(text, learn_from(text, scheme).series)
    return tuple(index for index, scope in sorted(scope_of.items()) if not regular[scope])


def _judge_scopes(
    text: NumberedText, known: Mapping[SeriesKey, Series], fixed: Container[int] = ()
) -> tuple[dict[int, ScopeKey], dict[ScopeKey, bool]]:
    """Return the scope of each numbered entry, and whether the numbers of each scope follow the scheme.

    Those that are fixed are not judged.
    """
    scopes = scopes_of(text, known)
    regular = {
        scope: _is_regular([order_of(text.labels[index]) for index in inside if index not in fixed], known[scope[0]])
        for scope, inside in scopes.items()
    }
    return {index: scope for scope, inside in scopes.items() for index in inside}, regular


def _is_regular(orders: Sequence[tuple[int, ...]], series: Series) -> bool:
    """Return whether the numbers of a scope rise, or were moved; in a doubtful series also begin with the first."""
    if not orders:
        return True
    if not series.is_complete and not begins_with_first(orders):
        return False
    rises = all(before <= after for before, after in pairwise(orders))
    return rises or are_moved(orders, _IN_ORDER)


def number_addition(
    entries: Sequence[OutlineEntry], after: int | None, parent: int | None, kind: str, scheme: Scheme | None = None
) -> str:
    """Return the printed number of a provision of `kind` added in `parent` after the entry `after`, None for the start.

    At the end of its series it is the next number. Between two it is `2 bis`, or `2a` where the text writes so, and the
    number of a deleted provision is never used again. Before the first it is `1 ante`. It is "" where the neighbours
    have no numbers. Every number is free, and in order with its neighbours.
    """
    proposed = _Numberer(entries, scheme).number(-1 if after is None else after, parent, kind)
    return print_label(proposed.label) if proposed else ""


def number_additions(
    entries: Sequence[OutlineEntry], added: Sequence[int], scheme: Scheme | None = None
) -> dict[int, str]:
    """Return the printed numbers of additions that stand among the entries without a number, by position.

    Each is numbered as `number_addition` does it, those before it counted. The time grows with the entries and not with
    the additions.
    """
    numberer = _Numberer(entries, scheme, frozenset(added))
    numbers = {}
    for index in sorted(added):
        entry = entries[index]
        proposed = numberer.number(index - 1, entry.parent, entry.kind)
        numberer.admit(index, proposed)
        numbers[index] = print_label(proposed.label) if proposed else ""
    return numbers


class _Proposed(NamedTuple):
    """The label of an addition, and the series and scope that it is counted in."""

    label: NumberLabel
    key: SeriesKey
    scope: ScopeKey


class _Neighbours:
    """Provisions of one sort and place: the positions of those with a number, in order, and how many there are."""

    def __init__(self) -> None:
        self.numbered: list[int] = []
        self.count = 0


class _Counted:
    """The numbers of one scope in reading order, with what is asked of them for each addition."""

    def __init__(self) -> None:
        self.positions: list[int] = []
        self.labels: list[NumberLabel] = []
        self.used: set[tuple[int, ...]] = set()
        self.greatest = 0
        self.suffix: Suffix | None = None
        self.outside: NumberLabel | None = None

    def insert(self, position: int, label: NumberLabel) -> None:
        """Add a number at its position."""
        place = bisect_right(self.positions, position)
        self.positions.insert(place, position)
        self.labels.insert(place, label)
        self.used.add(order_of(label))
        self.greatest = max(self.greatest, label.steps[-1].value)
        self.suffix = self.suffix or next((suffix for suffix in label.suffixes if suffix.value > 0), None)
        if self.outside is None and label.suffixes and label.middle in (")", "]", "）"):
            self.outside = label


class _Numberer:
    """A text that additions are numbered in, one after the other."""

    def __init__(
        self, entries: Sequence[OutlineEntry], scheme: Scheme | None, pending: Container[int] = frozenset()
    ) -> None:
        self.text = NumberedText(entries, scheme)
        self.known = learn_from(self.text, scheme)
        self._siblings: dict[tuple[str, int | None], _Neighbours] = defaultdict(_Neighbours)
        self._cousins: dict[tuple[str, int, bool], _Neighbours] = defaultdict(_Neighbours)
        self._scopes: dict[ScopeKey, _Counted] = defaultdict(_Counted)
        for index in range(len(entries)):
            if index not in pending:
                self._admit_neighbour(index)
        for scope, inside in scopes_of(self.text, self.known.series).items():
            for index in inside:
                if label := self.text.labels[index]:
                    self._scopes[scope].insert(index, label)

    def _admit_neighbour(self, index: int) -> None:
        entry = self.text.entries[index]
        for neighbours in self._list_neighbours(entry.parent, entry.kind):
            neighbours.count += 1
            if self.text.labels[index]:
                neighbours.numbered.append(index)
                if len(neighbours.numbered) > 1 and neighbours.numbered[-2] > index:
                    neighbours.numbered.sort()

    def _list_neighbours(self, parent: int | None, kind: str) -> tuple[_Neighbours, _Neighbours]:
        """Return the siblings of a provision, and its cousins."""
        sort = kind_of_series(kind)
        cousins = self._cousins[sort, self.text.nesting_in(parent, kind), parent is None]
        return self._siblings[sort, parent], cousins

    def admit(self, index: int, proposed: _Proposed | None) -> None:
        """Count an addition among the others, with the number that it gets, if any."""
        if proposed:
            self.text.labels[index], self.text.keys[index] = proposed.label, proposed.key
            self._scopes[proposed.scope].insert(index, proposed.label)
        self._admit_neighbour(index)

    def number(self, after: int, parent: int | None, kind: str) -> _Proposed | None:
        """Return the number of a provision added after a position, None where its neighbours have none."""
        model = self._find_model(after, parent, kind)
        key = self.text.keys[model] if model is not None else None
        label = self.text.labels[model] if model is not None else None
        if key is None or label is None:
            return None
        series = self.known.series[key]
        prefix = self.text.path_above(parent, label.steps[:-1], series, {})
        scope = (key, self.text.scope_in(series, parent, prefix))
        counted = self._scopes[scope]
        place = bisect_right(counted.positions, after)
        base = label._replace(steps=(*prefix, NumberStep(label.steps[-1].value, series.style)))
        number = _number_between(base, counted, place, _choose_suffix(counted, self.known, series))
        outside = counted.outside
        if outside and number.suffixes and not number.middle:  # the text writes (b) bis, and not (b bis)
            number = number._replace(middle=outside.middle, after=outside.after)
        return _Proposed(number, key, scope)

    def _find_model(self, after: int, parent: int | None, kind: str) -> int | None:
        """Return the numbered entry after which an addition is modelled: a sibling, or else a cousin."""
        siblings, cousins = self._list_neighbours(parent, kind)
        nearby = siblings if siblings.count else cousins
        if not nearby.numbered or len(nearby.numbered) * 2 < nearby.count:
            return None
        place = bisect_right(nearby.numbered, after)
        return nearby.numbered[max(place - 1, 0)]


def _choose_suffix(counted: _Counted, scheme: Scheme, series: Series) -> Suffix:
    """Return the first suffix of the family that the series uses, else the text, else the script."""
    if suffix := counted.suffix or scheme.suffix:
        return suffix._replace(value=1)
    if series.style == Style.CHINESE:
        return Suffix(1, "chinese", "")
    is_cyrillic = series.style in (Style.CYRILLIC_LOWER, Style.CYRILLIC_UPPER)
    return Suffix(1, "cyrillic" if is_cyrillic else "latin", " ")


def _number_between(base: NumberLabel, counted: _Counted, place: int, first: Suffix) -> NumberLabel:
    """Return the label that comes after `place` labels of its scope and before the others."""
    if place == len(counted.labels):
        last = base.steps[-1]._replace(value=counted.greatest + 1)
        return base._replace(steps=(*base.steps[:-1], last), suffixes=())
    family = first.family if first.family in BEFORE_FIRST else "latin"
    ante = Suffix(-1, family, first.gap or ("" if family == "chinese" else " "))
    following = counted.labels[place]
    earlier = counted.labels[place - 1] if place else None
    candidates = [following._replace(suffixes=(*following.suffixes, ante))]
    if earlier:
        candidates = [*_list_later(earlier, first), *candidates]
    low, high = order_of(earlier), order_of(following)
    for candidate in candidates:
        if low < order_of(candidate) < high and print_label(candidate):
            return candidate
    # The neighbours are out of order: the first number after the earlier one that is free.
    label = candidates[0]
    while order_of(label) in counted.used or not print_label(label):
        label = _list_later(label, first)[0]
    return label


def _list_later(label: NumberLabel, first: Suffix) -> list[NumberLabel]:
    """Return the next additions after a label: `2 ter` after `2 bis`, then `2 bis bis`; `2 bis` after `2`."""
    deeper = label._replace(suffixes=(*label.suffixes, first))
    last = label.suffixes[-1] if label.suffixes else None
    if last is None or last.value < 0 or last.value >= len(FAMILIES[last.family]):
        return [deeper]
    return [label._replace(suffixes=(*label.suffixes[:-1], last._replace(value=last.value + 1))), deeper]
