"""Learn how a text numbers its provisions, from the numbers that are printed."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from server.wording.labels import NumberLabel, NumberStep, Suffix
from server.wording.numerals import Style
from server.wording.outlines import Form, OutlineEntry
from server.wording.readings import choose_labels

SeriesKey = tuple[str, int, Form]
"""What the provisions of one series share: kind, how deep in provisions of that kind, and form of the label."""

_MOST_MISSING = 2  # numbers count at most twice as far as there are provisions, or part of them stands elsewhere
_IN_ORDER_THROUGH = 0.75  # least share in order of numbers that run on from one parent to the next: some were moved


ScopeKey = tuple[SeriesKey, tuple[object, ...]]
"""A series, and what its numbers are counted in."""


class Series(NamedTuple):
    """How the labels of one form run.

    `scope` counts the ancestors, from the outermost, under which it begins anew: 0 runs through the text, 1 begins anew
    in each annex or part, None in each parent. `follows` tells a path that begins with its parent's (1.1 in 1.).
    `is_complete` is whether each scope begins with its first number and lacks few; if not, parts may stand elsewhere.
    """

    scope: int | None
    follows: bool
    style: Style
    is_complete: bool = True


class Scheme(NamedTuple):
    """How a text numbers: its series, and what tells an addition from the number before it."""

    series: Mapping[SeriesKey, Series]
    suffix: Suffix | None


class NumberedText:
    """The entries of a text with their labels, ancestors and series. Read once, asked often."""

    def __init__(self, entries: Sequence[OutlineEntry], known: Scheme | None = None) -> None:
        self.entries = entries
        self.ancestors: list[tuple[int, ...]] = []
        for entry in entries:
            self.ancestors.append(self.ancestors_in(entry.parent))
        nesting = [self.nesting_in(entry.parent, entry.kind) for entry in entries]
        forms = {(kind, deep, form) for kind, deep, form in known.series} if known else set()
        kinds = [kind_of_series(entry.kind) for entry in entries]
        readings = choose_labels(entries, kinds, nesting, forms)
        self.labels = [reading.label if reading else None for reading in readings]
        self.keys: list[SeriesKey | None] = [
            (kind, deep, reading.form) if reading else None
            for kind, deep, reading in zip(kinds, nesting, readings, strict=True)
        ]
        self.members: dict[SeriesKey, list[int]] = defaultdict(list)
        for index, key in enumerate(self.keys):
            if key:
                self.members[key].append(index)

    def ancestors_in(self, parent: int | None) -> tuple[int, ...]:
        """Return the ancestors of what stands in `parent`, the outermost first."""
        return () if parent is None else (*self.ancestors[parent], parent)

    def nesting_in(self, parent: int | None, kind: str) -> int:
        """Return how many ancestors of the same kind has what stands in `parent`."""
        return sum(
            kind_of_series(self.entries[ancestor].kind) == kind_of_series(kind)
            for ancestor in self.ancestors_in(parent)
        )

    def numbered_above(self, parent: int | None, length: int) -> int | None:
        """Return the nearest of `parent` and its ancestors that has a path of `length` numerals."""
        for ancestor in reversed(self.ancestors_in(parent)):
            label = self.labels[ancestor]
            if label and len(label.steps) == length:
                return ancestor
        return None

    def path_above(
        self, parent: int | None, prefix: tuple[NumberStep, ...], series: Series, new: Mapping[int, NumberLabel]
    ) -> tuple[NumberStep, ...]:
        """Return the path that numbers under `parent` begin with, after the `new` numbers; else `prefix`."""
        above = self.numbered_above(parent, len(prefix)) if prefix and series.follows else None
        label = new.get(above) or self.labels[above] if above is not None else None
        if label is None:
            return prefix
        return tuple(NumberStep(step.value, own.style) for step, own in zip(label.steps, prefix, strict=True))

    def scope_in(self, series: Series, parent: int | None, prefix: tuple[NumberStep, ...]) -> tuple[object, ...]:
        """Return what a number under `parent` is counted in: numbers of one series and scope follow each other."""
        if prefix:
            above = self.numbered_above(parent, len(prefix)) if series.follows else None
            return ("path", above) if above is not None else ("prefix", parent, prefix)
        ancestors = self.ancestors_in(parent)
        if series.scope is None or len(ancestors) < series.scope:
            return ("parent", parent)
        return ("within", ancestors[: series.scope])


def learn_scheme(entries: Sequence[OutlineEntry]) -> Scheme:
    """Return how the entries are numbered, learnt from their printed numbers.

    A series runs through the text, or through each part of it, if its numbers go on from one parent to the next. With
    one parent only nothing tells: then a label with a word (Article, Standard) runs through, any other begins anew.
    """
    return learn_from(NumberedText(entries))


def kind_of_series(kind: str) -> str:
    """Return the kind by which series are told apart. Readers of papers mix paragraphs and list items: they are one."""
    return "PARAGRAPH" if kind == "LIST_ITEM" else kind


def learn_from(text: NumberedText, known: Scheme | None = None) -> Scheme:
    """Return the scheme of a text; what is known of it from elsewhere comes before what is learnt."""
    series = {key: _learn_series(text, members) for key, members in text.members.items()}
    for (key, _), inside in scopes_of(text, series).items():
        if not begins_with_first([order_of(text.labels[index]) for index in inside]):
            series[key] = series[key]._replace(is_complete=False)
    suffixes = (suffix for label in text.labels if label for suffix in label.suffixes if suffix.value > 0)
    suffix = (known.suffix if known else None) or next(suffixes, None)
    return Scheme({**series, **(known.series if known else {})}, suffix)


def _learn_series(text: NumberedText, members: Sequence[int]) -> Series:
    labels = [label for index in members if (label := text.labels[index])]
    styles = {label.steps[-1].style for label in labels}
    special = styles & {Style.FRENCH, Style.SHEET_LOWER, Style.SHEET_UPPER}
    style = next(iter(special), labels[0].steps[-1].style)
    length = len(labels[0].steps) - 1
    if length:
        linked = 0
        for index, label in zip(members, labels, strict=True):
            above = text.numbered_above(text.entries[index].parent, length)
            parent = text.labels[above] if above is not None else None
            linked += parent is not None and _values_of(parent.steps) == _values_of(label.steps[:-1])
        return Series(None, linked * 2 >= len(members), style)
    parents = {text.entries[index].parent for index in members}
    if len(parents) == 1:
        return Series(0 if labels[0].word else None, False, style)
    deepest = max(len(text.ancestors[index]) for index in members)
    for scope in range(deepest):
        if _runs_through(text, members, Series(scope, False, style)):
            return Series(scope, False, style)
    return Series(None, False, style)


def _runs_through(text: NumberedText, members: Sequence[int], series: Series) -> bool:
    """Return whether the numbers follow each other in every scope, and in one of them from parent to parent."""
    scopes: dict[tuple[object, ...], list[int]] = defaultdict(list)
    for index in members:
        scopes[text.scope_in(series, text.entries[index].parent, ())].append(index)
    goes_on = False
    for inside in scopes.values():
        parents = [text.entries[index].parent for index in inside]
        orders = [order_of(text.labels[index]) for index in inside]
        steps = zip(parents, parents[1:], orders, orders[1:], strict=False)
        rises = all(before < after if left != right else before <= after for left, right, before, after in steps)
        if not rises and not are_moved(orders, _IN_ORDER_THROUGH):
            return False
        goes_on |= len(set(parents)) > 1
    return goes_on


def begins_with_first(orders: Sequence[tuple[int, ...]]) -> bool:
    """Return whether the numbers of a scope begin with the first one and few are missing."""
    return orders[0][0] <= 1 and orders[-1][0] <= _MOST_MISSING * len(orders)


def scopes_of(text: NumberedText, known: Mapping[SeriesKey, Series]) -> dict[ScopeKey, list[int]]:
    """Return the members of every series and scope, in reading order."""
    scopes: dict[ScopeKey, list[int]] = defaultdict(list)
    for key, members in text.members.items():
        for index in members:
            label = text.labels[index]
            prefix = label.steps[:-1] if label else ()
            scopes[key, text.scope_in(known[key], text.entries[index].parent, prefix)].append(index)
    return scopes


def order_of(label: NumberLabel | None) -> tuple[int, ...]:
    """Return the key by which a label is compared in its scope: the last numeral and the suffixes."""
    return label.order[len(label.steps) - 1 :] if label else ()


def _values_of(steps: Sequence[NumberStep]) -> tuple[int, ...]:
    return tuple(step.value for step in steps)


def are_moved(orders: Sequence[tuple[int, ...]], least: float) -> bool:
    """Return whether numbers out of order are all different and most of them in order, as after a move."""
    if len(set(orders)) < len(orders):
        return False
    tails: list[tuple[int, ...]] = []
    for order in orders:
        place = bisect_right(tails, order)
        tails[place : place + 1] = [order]
    return len(tails) >= least * len(orders)
