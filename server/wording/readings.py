"""Decide by the neighbours how an ambiguous label is read: `(i)` after `(h)`, or the first of `(i)`, `(ii)`."""

from collections import defaultdict
from collections.abc import Container, Sequence

from server.wording.labels import Label, readings_of
from server.wording.outlines import Entry, form_of

_LESS_LIKELY = 0.01  # cost of each reading that is not the first, so that it only breaks a tie


def choose_labels(
    entries: Sequence[Entry], nesting: Sequence[int], known: Container[tuple[str, int, tuple[object, ...]]]
) -> list[Label | None]:
    """Return the label of each entry, None for those without: of all readings those that follow each other best.

    Readings are compared among entries of one parent, kind and way of printing. `known` are the series of the text
    before, as kind, nesting and form; a reading that belongs to one of them is preferred.
    """
    groups: dict[tuple[object, ...], list[int]] = defaultdict(list)
    readings = [readings_of(entry.printed_number) for entry in entries]
    for index, (entry, labels) in enumerate(zip(entries, readings, strict=True)):
        if labels:
            groups[entry.parent, entry.kind, labels[0].before, len(labels[0].steps)].append(index)
    chosen: list[Label | None] = [None] * len(entries)
    for members in groups.values():
        first = members[0]
        series = [
            [(label, (entries[first].kind, nesting[first], form_of(label)) in known) for label in readings[index]]
            for index in members
        ]
        for index, label in zip(members, _choose_best(series), strict=True):
            chosen[index] = label
    return chosen


def _choose_best(series: Sequence[Sequence[tuple[Label, bool]]]) -> list[Label]:
    """Return one reading of each label so that the sum of the costs of all steps is least."""
    costs: list[list[tuple[float, int]]] = []
    for place, labels in enumerate(series):
        row = []
        for rank, (label, is_known) in enumerate(labels):
            own = rank * _LESS_LIKELY + (0 if is_known else 2)
            if not place:
                row.append((own + (label.steps[-1].value != 1), 0))
                continue
            before = zip(costs[-1], series[place - 1], strict=True)
            row.append(
                min((cost + own + _cost_of_step(left, label), at) for at, ((cost, _), (left, _)) in enumerate(before))
            )
        costs.append(row)
    at = min(range(len(costs[-1])), key=lambda each: costs[-1][each])
    chosen = []
    for row, labels in zip(reversed(costs), reversed(series), strict=True):
        chosen.append(labels[at][0])
        at = row[at][1]
    return chosen[::-1]


def _cost_of_step(earlier: Label, later: Label) -> int:
    """Return how unlikely it is that a label follows another: 0 for the next number, 4 for another form amid."""
    value = later.steps[-1].value
    if form_of(earlier) != form_of(later):
        return 2 if value == 1 else 4
    if earlier.order >= later.order:
        return 3
    difference = value - earlier.steps[-1].value
    return 0 if difference == 0 or (difference == 1 and not later.suffixes) else 1
