"""The critical path of a network to a sitting: the days each step has left, and the chain with the fewest. Pure."""

from collections.abc import Collection
from typing import NamedTuple

from server.domain.forecast.rules.network import Network
from server.domain.forecast.rules.slips import Forecast

FREE = 10**9
"""The float of a step at the target, which nothing of its own can make late."""


class Floats(NamedTuple):
    """How many days each step can still end later before the target is missed, by place; negative if it is too late.

    None for a step that is settled, has no day, or does not lead to the target. `via` is the place of the step that
    says so, -1 at the target itself.
    """

    days: list[int | None]
    via: list[int]


def find_floats(network: Network, forecast: Forecast, targets: Collection[int], day: int) -> Floats:
    """Return the float of each step that leads to one of `targets`, with the delays of a forecast.

    What a step at a sitting waits for has to end by its document deadline, or by the day itself where it has none.
    A target that is at no sitting has to end by `day`. One walk, linear in steps and links.
    """
    count = len(network.steps)
    days: list[int | None] = [None] * count
    via = [-1] * count
    wanted = set(targets)
    for place in reversed(network.order):
        end, step = network.ends[place], network.steps[place]
        if step.is_settled or end is None:
            continue
        end += forecast.delays[place]
        least = None
        if place in wanted:
            least = FREE if step.anchor_id else day - end
        for successor, lag in network.after[place]:
            left = days[successor]
            if left is None:
                continue
            if network.steps[successor].anchor_id:
                left = _limit(network, forecast, successor) - lag - end
            else:
                spare = network.slack(place, successor, lag)
                left += spare + forecast.delays[successor] - forecast.delays[place]
            if least is None or left < least:
                least, via[place] = left, successor
        days[place] = least
    return Floats(days, via)


def _limit(network: Network, forecast: Forecast, place: int) -> int:
    """Return the day by which what a step at a sitting or round waits for has to have ended."""
    days = [day for day in (network.limits[place], network.begins[place]) if day is not None]
    return min(days) + forecast.delays[place]


def find_critical_path(network: Network, floats: Floats) -> list[int]:
    """Return the places of the chain with the least float, from its first step to the target; empty without any.

    It goes through the step that has the fewest days left, a movable one if any leads to the target: before it through
    whatever has the fewest of those that it waits for, behind it to the target.
    """
    leading = [place for place in network.order if floats.days[place] is not None]
    movable = [place for place in leading if not network.steps[place].anchor_id]
    if not leading:
        return []
    path = [min(movable or leading, key=lambda place: _float(floats, place))]
    while waited := [first for first, _ in network.before[path[0]] if floats.days[first] is not None]:
        path.insert(0, min(waited, key=lambda place: _float(floats, place)))
    while floats.via[path[-1]] >= 0:
        path.append(floats.via[path[-1]])
    return path


def _float(floats: Floats, place: int) -> int:
    """Return the float of a step that has one."""
    return FREE if (days := floats.days[place]) is None else days
