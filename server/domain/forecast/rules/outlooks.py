"""What is said of the steps of plans: how each stands, what misses its day, what a move changes. Pure."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import NamedTuple

from server.domain.forecast.rules.backwards import Meeting
from server.domain.forecast.rules.critical import FREE, Floats, find_critical_path, find_floats
from server.domain.forecast.rules.health import Tally, count_steps
from server.domain.forecast.rules.network import Link, Network, PlanStep, build_network
from server.domain.forecast.rules.planned import describe_open
from server.domain.forecast.rules.slips import Forecast, KnockOn, compare, foresee
from server.kernel.days import find_day
from server.vocabulary.forecast import MissKind


class StepOutlook(NamedTuple):
    """How a step stands. `delay` is in days against the plan, `slip` against the first one.

    `left` are the days that it can end later before the target is missed, None if it does not lead there. `cause_id` is
    the step that its delay comes from, empty if it is its own.
    """

    step_id: str
    plan_id: str
    planned_on: date | None
    expected_on: date | None
    delay: int
    slip: int | None
    left: int | None
    is_at_risk: bool
    cause_id: str = ""


class Miss(NamedTuple):
    """A step that misses its day: `days` too late for `due_on`, because of the step `cause_id`.

    `sitting_id` is the sitting that it is meant for, empty where it is none; `group_id` has the topic of the step.
    """

    kind: MissKind
    step_id: str
    due_on: date
    days: int
    cause_id: str
    sitting_id: str
    group_id: str = ""


class Overview(NamedTuple):
    """How all plans stand: the counts of all steps and of each group, and what misses its day, by that day."""

    whole: Tally
    groups: list[tuple[str, Tally]]
    misses: list[Miss]


class Path(NamedTuple):
    """The way to a target: the chain with the fewest days left, and every step that leads there by days left.

    `is_assumed` says that no step of the plan stands at any sitting, so that its last steps are held against the day.
    `is_cut` says that steps wait for each other in a circle, so that some links are left out.
    """

    left: int | None
    chain: list[StepOutlook]
    steps: list[StepOutlook]
    is_assumed: bool
    is_cut: bool


class Shift(NamedTuple):
    """What a move changes: the steps that move with their new days, and what newly misses its day."""

    moved: list[StepOutlook]
    misses: list[Miss]


class PlanReading(NamedTuple):
    """A network with its forecast, and what its last steps aim at."""

    steps: Sequence[PlanStep]
    network: Network
    forecast: Forecast
    floats: Floats
    target: Meeting | None
    today: date


def _read(steps: Sequence[PlanStep], links: Sequence[Link], today: date, target: Meeting | None) -> PlanReading:
    """Return the network of all plans with its forecast: each step is held against the sitting that it leads to.

    The last steps of a plan without any step at a sitting are held against the target.
    """
    network = build_network(steps, links)
    forecast = foresee(network, {}, today.toordinal())
    targets = [place for place, step in enumerate(network.steps) if step.anchor_id] + _loose_ends(
        steps, network, target
    )
    floats = find_floats(network, forecast, targets, target.starts_on.toordinal() if target else 0)
    return PlanReading(steps, network, forecast, floats, target, today)


def _loose_ends(steps: Sequence[PlanStep], network: Network, target: Meeting | None) -> list[int]:
    """Return the places of the last open steps of plans of which no step stands at a sitting."""
    if target is None:
        return []
    anchored = {step.plan_id for step in steps if step.sitting_id}
    return [
        place
        for place, step in enumerate(steps)
        if step.plan_id not in anchored and not step.is_settled and step.ends_on and not network.after[place]
    ]


def oversee(steps: Sequence[PlanStep], links: Sequence[Link], today: date, target: Meeting | None) -> Overview:
    """Return how all plans stand today."""
    reading = _read(steps, links, today, target)
    floats, forecast = reading.floats.days, reading.forecast
    risks = [
        forecast.at_risk[place] or ((left := floats[place]) is not None and left < 0) for place in range(len(steps))
    ]
    opened = [describe_open(step, today, risk) for step, risk in zip(steps, risks, strict=True)]
    groups = count_steps(opened)
    whole = Tally(*map(sum, zip(*groups.values(), strict=True))) if groups else Tally()
    return Overview(whole, list(groups.items()), _find_misses(reading))


def _find_misses(reading: PlanReading) -> list[Miss]:
    """Return what misses its day as things stand, by that day."""
    forecast, network = reading.forecast, reading.network
    misses = [
        miss
        for place in range(len(network.steps))
        if forecast.at_risk[place] and network.steps[place].anchor_id
        for miss in (_miss_of(reading.steps, network, forecast, place),)
        if miss
    ]
    if reading.target:
        misses += [
            _miss_of_target(reading.steps[place], -(reading.floats.days[place] or 0), reading.target)
            for place in _loose_ends(reading.steps, network, reading.target)
            if (reading.floats.days[place] or 0) < 0
        ]
    return sorted(misses, key=lambda miss: (miss.due_on, miss.step_id))


def _miss_of_target(step: PlanStep, days: int, target: Meeting) -> Miss:
    """Return that the last step of a plan ends so many days after the target begins."""
    return Miss(MissKind.DAY, step.id, target.starts_on, days, step.id, target.id, step.group_id)


def _miss_of(steps: Sequence[PlanStep], network: Network, forecast: Forecast, place: int) -> Miss | None:
    """Return how a step at a sitting or round misses its day; None if it has none."""
    step, delay = steps[place], forecast.delays[place]
    begins, limit = network.begins[place], network.limits[place]
    if begins is None:
        return None
    blamed = forecast.blamed[place]
    cause_id = steps[blamed].id if blamed >= 0 else ""
    if forecast.late[place]:
        due_on = find_day(begins + delay)
        return Miss(MissKind.DAY, step.id, due_on, forecast.late[place], cause_id, step.sitting_id, step.group_id)
    if forecast.papers[place] and limit is not None:
        due_on = find_day(limit + delay)
        return Miss(MissKind.PAPERS, step.id, due_on, forecast.papers[place], cause_id, step.sitting_id, step.group_id)
    risky = next((first for first, _ in network.before[place] if forecast.at_risk[first]), -1)
    cause_id = steps[risky].id if risky >= 0 else ""
    return Miss(MissKind.FOLLOWS, step.id, find_day(begins + delay), 0, cause_id, step.sitting_id, step.group_id)


def lead_to(steps: Sequence[PlanStep], links: Sequence[Link], today: date, target: Meeting) -> Path:
    """Return the critical path of a plan to a target, and how many days every step that leads there has left."""
    network = build_network(steps, links)
    forecast = foresee(network, {}, today.toordinal())
    there = [place for place, step in enumerate(steps) if step.sitting_id == target.id and not step.is_settled]
    is_assumed = not there
    if is_assumed:
        there = _loose_ends(steps, network, target)
    floats = find_floats(network, forecast, there, target.starts_on.toordinal())
    reading = PlanReading(steps, network, forecast, floats, target, today)
    chain = [_outlook(reading, place) for place in find_critical_path(network, floats)]
    listed = [_outlook(reading, place) for place, left in enumerate(floats.days) if left is not None and left < FREE]
    listed.sort(key=lambda each: (each.left, each.planned_on or date.max, each.step_id))
    return Path(listed[0].left if listed else None, chain, listed, is_assumed, bool(network.ignored))


def _outlook(reading: PlanReading, place: int, forecast: Forecast | None = None) -> StepOutlook:
    """Return how a step stands, by a forecast that is not the one of today if it is given."""
    step, seen = reading.steps[place], forecast or reading.forecast
    end, left, cause = reading.network.ends[place], reading.floats.days[place], seen.causes[place]
    return StepOutlook(
        step.id,
        step.plan_id,
        step.ends_on,
        None if end is None else find_day(end + seen.delays[place]),
        seen.delays[place],
        step.slip(reading.today),
        None if left is None or left >= FREE else left,
        seen.at_risk[place] or (left is not None and left < 0),
        reading.steps[cause].id if cause >= 0 else "",
    )


def move(
    steps: Sequence[PlanStep],
    links: Sequence[Link],
    today: date,
    target: Meeting | None,
    subject_id: str,
    days: int,
) -> Shift:
    """Return what changes if a step, or everything that moves with a sitting or round, moves by so many days."""
    reading = _read(steps, links, today, target)
    network = reading.network
    shifts = {place: days for place, step in enumerate(steps) if subject_id in (step.id, step.anchor_id)}
    after = foresee(network, shifts, today.toordinal())
    change = compare(network, reading.forecast, after)
    moved = [_outlook(reading, place, after) for place in change.moved]
    moved.sort(key=lambda each: (each.expected_on or date.max, each.step_id))
    return Shift(moved, _new_misses(reading, after, change))


def _new_misses(reading: PlanReading, after: Forecast, change: KnockOn) -> list[Miss]:
    """Return what misses its day by a move, and did not before, or misses it by more."""
    network, steps, target = reading.network, reading.steps, reading.target
    places = [*change.missed, *change.missed_papers, *(at for at in change.at_risk if network.steps[at].anchor_id)]
    misses = [miss for place in places if (miss := _miss_of(steps, network, after, place))]
    if target:
        for place in _loose_ends(steps, network, target):
            left = reading.floats.days[place]
            grown = change.moved.get(place, 0)
            if left is not None and grown > 0 and grown > left:
                misses.append(_miss_of_target(steps[place], grown - left, target))
    return sorted(misses, key=lambda miss: (miss.due_on, miss.step_id))


def sittings_at_risk(misses: Sequence[Miss]) -> Mapping[str, Miss]:
    """Return the first miss of each sitting by its id, in the order of the misses."""
    risks: dict[str, Miss] = {}
    for miss in misses:
        if miss.sitting_id:
            risks.setdefault(miss.sitting_id, miss)
    return risks
