"""Decide by the neighbours how an ambiguous label is read: `(i)` after `(h)`, or the first of `(i)`, `(ii)`."""

from collections import defaultdict
from collections.abc import Container, Sequence

from server.wording.outlines import Form, NumberReading, OutlineEntry, read_forms

_LESS_LIKELY = 0.01  # cost of each reading that is not the first, so that it only breaks a tie


def choose_labels(
    entries: Sequence[OutlineEntry],
    kinds: Sequence[str],
    nesting: Sequence[int],
    known: Container[tuple[str, int, Form]],
) -> list[NumberReading | None]:
    """Return how each entry is read, None for those without a number: the readings that follow each other best.

    Readings are compared among entries of one parent, kind and way of printing. `known` are the series of the text
    before, as kind, nesting and form; a reading that belongs to one of them is preferred.
    """
    groups: dict[tuple[object, ...], list[int]] = defaultdict(list)
    readings = [read_forms(entry.printed_number) for entry in entries]
    for index, (entry, ways) in enumerate(zip(entries, readings, strict=True)):
        if ways:
            label = ways[0].label
            groups[entry.parent, kinds[index], label.before, len(label.steps)].append(index)
    chosen: list[NumberReading | None] = [None] * len(entries)
    for members in groups.values():
        first = members[0]
        series = [
            [(way, (kinds[first], nesting[first], way.form) in known) for way in readings[index]] for index in members
        ]
        for index, reading in zip(members, _choose_best(series), strict=True):
            chosen[index] = reading
    return chosen


def _choose_best(series: Sequence[Sequence[tuple[NumberReading, bool]]]) -> list[NumberReading]:
    """Return one reading of each label so that the sum of the costs of all steps is least."""
    costs: list[list[tuple[float, int]]] = []
    for place, ways in enumerate(series):
        row = []
        for rank, (reading, is_known) in enumerate(ways):
            own = rank * _LESS_LIKELY + (0 if is_known else 2)
            if not place:
                row.append((own + (reading.label.steps[-1].value != 1), 0))
                continue
            before = zip(costs[-1], series[place - 1], strict=True)
            row.append(
                min((cost + own + _cost_of_step(left, reading), at) for at, ((cost, _), (left, _)) in enumerate(before))
            )
        costs.append(row)
    at = min(range(len(costs[-1])), key=lambda each: costs[-1][each])
    chosen = []
    for row, ways in zip(reversed(costs), reversed(series), strict=True):
        chosen.append(ways[at][0])
        at = row[at][1]
    return chosen[::-1]


def _cost_of_step(before: NumberReading, after: NumberReading) -> int:
    """Return how unlikely it is that a label follows another: 0 for the next number, 4 for another form amid."""
    earlier, later = before.label, after.label
    value = later.steps[-1].value
    if before.form != after.form:
        return 2 if value == 1 else 4
    if earlier.order >= later.order:
        return 3
    difference = value - earlier.steps[-1].value
    return 0 if difference == 0 or (difference == 1 and not later.suffixes) else 1
