"""The network of a work plan: its steps, what waits for what, and an order in which to walk them. Pure.

Days are ordinals (`date.toordinal`), because thousands of them are subtracted for one answer.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from heapq import heapify, heappop, heappush
from typing import NamedTuple

UNKNOWN = date.max.toordinal()
"""The day by which a step without one is ordered: behind all others."""


class PlanStep(NamedTuple):
    """An activity or a milestone with the period that is planned now; None is an open end.

    A step with an `anchor_id` stands on the days of a sitting or round, and waits for nothing: what comes later than it
    misses it. What it waits for has to be handed in by `papers_on`, the document deadline of its sitting, if it has
    one. A settled step is done or given up, so that nothing waits for it any more. `group_id` is the group that has its
    topic, else the body of the plan; `baseline_on` is the last day that was planned first, `baseline_begins_on` the
    first one.
    """

    id: str
    begins_on: date | None
    ends_on: date | None
    is_settled: bool = False
    anchor_id: str = ""
    papers_on: date | None = None
    plan_id: str = ""
    group_id: str = ""
    baseline_on: date | None = None
    is_blocked: bool = False
    is_at_sitting: bool = False
    baseline_begins_on: date | None = None

    @property
    def sitting_id(self) -> str:
        """The sitting with which it moves, empty for none."""
        return self.anchor_id if self.is_at_sitting else ""

    def slip(self, today: date) -> int | None:
        """Return by how many days the step ends later than first planned, None where either is not dated.

        What is open and overdue ends today at the earliest.
        """
        if self.ends_on is None or self.baseline_on is None:
            return None
        return (max(self.ends_on, today) - self.baseline_on).days


class Link(NamedTuple):
    """Says that the step `after` begins when the step `before` has ended, `lag` days later."""

    before: str
    after: str
    lag: int = 0


@dataclass(frozen=True, slots=True)
class Network:
    """The steps of one or several plans by their places in `steps`, with what waits for what.

    `before` and `after` hold, for each step, the neighbours with the lag. `order` has each place once, a step behind
    all that it waits for. `ignored` are links that are not followed, because steps
    wait for each other in a circle. `begins` and `ends` are the planned days;
    a step without any stands where what it waits for has ended, None if that is unknown too.
    """

    steps: tuple[PlanStep, ...]
    places: dict[str, int]
    before: list[list[tuple[int, int]]]
    after: list[list[tuple[int, int]]]
    order: list[int]
    ignored: tuple[tuple[int, int], ...]
    begins: list[int | None]
    ends: list[int | None]
    limits: list[int | None]
    """The document deadlines of the steps at sittings."""
    first_begins: list[int | None]
    first_ends: list[int | None]
    """The days that were planned first, those planned now where there were none."""

    def slack(self, before: int, after: int, lag: int) -> int:
        """Return for how many days the step `before` can end later and `after` still begins as planned.

        Negative where `before` was moved behind the beginning of `after`, by the days that `after` has to wait. Printed
        periods often overlap, such as a month with the same month: so far as they did when they were planned first,
        such a plan has no slack, and is no fault.
        """
        ends, begins = self.ends[before], self.begins[after]
        if ends is None or begins is None:
            return 0
        gap = begins - ends - lag
        if gap >= 0:
            return gap
        behind = (self.ends[after] or begins) - ends - lag
        return min(0, behind, gap - self._overlap(before, after, lag, gap))

    def _overlap(self, before: int, after: int, lag: int, gap: int) -> int:
        """Return the gap between two steps, negative for an overlap, that is as planned: at most 0."""
        ends, begins = self.first_ends[before], self.first_begins[after]
        if ends is None or begins is None or self._share_new_period(before, after):
            return gap
        return min(0, begins - ends - lag)

    def _share_new_period(self, before: int, after: int) -> bool:
        """Return whether a step was given other days than at first, which are those of the step that it waits for."""
        days = self.begins[after], self.ends[after]
        is_new = days != (self.first_begins[after], self.first_ends[after])
        return is_new and days == (self.begins[before], self.ends[before])


def build_network(steps: Sequence[PlanStep], links: Iterable[Link]) -> Network:
    """Return the network of steps and links, in time linear in their number but for one sorting.

    Links of steps that are settled or not among `steps` are left out.
    """
    places = {step.id: place for place, step in enumerate(steps)}
    before: list[list[tuple[int, int]]] = [[] for _ in steps]
    after: list[list[tuple[int, int]]] = [[] for _ in steps]
    for link in links:
        first, second = places.get(link.before, -1), places.get(link.after, -1)
        if first >= 0 and second >= 0 and not (steps[first].is_settled or steps[second].is_settled):
            before[second].append((first, link.lag))
            after[first].append((second, link.lag))
    begins = [_ordinal(step.begins_on or step.ends_on) for step in steps]
    ends = [_ordinal(step.ends_on or step.begins_on) for step in steps]
    limits = [_ordinal(step.papers_on) for step in steps]
    first_begins = [_ordinal(step.baseline_begins_on or step.baseline_on) for step in steps]
    first_ends = [_ordinal(step.baseline_on or step.baseline_begins_on) for step in steps]
    order, ignored = _order(before, after, begins)
    if ignored:
        left_out = set(ignored)
        for place in range(len(steps)):
            before[place] = [pair for pair in before[place] if (pair[0], place) not in left_out]
            after[place] = [pair for pair in after[place] if (place, pair[0]) not in left_out]
    for place, end in enumerate(first_ends):
        if end is None:
            first_begins[place], first_ends[place] = begins[place], ends[place]
    _fill(order, before, begins, ends)
    _fill(order, before, first_begins, first_ends)
    return Network(tuple(steps), places, before, after, order, ignored, begins, ends, limits, first_begins, first_ends)


def _ordinal(day: date | None) -> int | None:
    """Return the ordinal of a day, None for none."""
    return None if day is None else day.toordinal()


def _order(
    before: list[list[tuple[int, int]]], after: list[list[tuple[int, int]]], begins: list[int | None]
) -> tuple[list[int], tuple[tuple[int, int], ...]]:
    """Return an order of all places, each behind what it waits for, and the links that are against it.

    Where only circles are left, the step among them that begins first goes on, so that the walk always ends.
    """
    waits = [len(pairs) for pairs in before]
    days = [UNKNOWN if day is None else day for day in begins]
    stuck = sorted((place for place, count in enumerate(waits) if count), key=lambda place: (days[place], place))
    ready = [(days[place], place) for place, count in enumerate(waits) if not count]
    heapify(ready)
    rank = [-1] * len(waits)
    order: list[int] = []
    next_stuck = 0
    while len(order) < len(waits):
        if not ready:
            while rank[stuck[next_stuck]] >= 0:
                next_stuck += 1
            heappush(ready, (days[stuck[next_stuck]], stuck[next_stuck]))
        place = heappop(ready)[1]
        if rank[place] >= 0:
            continue
        rank[place] = len(order)
        order.append(place)
        for successor, _ in after[place]:
            waits[successor] -= 1
            if not waits[successor] and rank[successor] < 0:
                heappush(ready, (days[successor], successor))
    against = ((place, successor) for place in order for successor, _ in after[place] if rank[successor] <= rank[place])
    return order, tuple(dict.fromkeys(against))


def _fill(
    order: list[int], before: list[list[tuple[int, int]]], begins: list[int | None], ends: list[int | None]
) -> None:
    """Place each step without a day where the last of what it waits for has ended."""
    for place in order:
        if ends[place] is None:
            days = [end + lag for first, lag in before[place] if (end := ends[first]) is not None]
            begins[place] = ends[place] = max(days, default=None)
