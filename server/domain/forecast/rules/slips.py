"""Delays of a network: what is late today or moved, which steps that moves, and what it makes miss its day. Pure."""

from collections.abc import Mapping
from typing import NamedTuple

from server.domain.forecast.rules.network import Network


class Forecast(NamedTuple):
    """What becomes of each step of a network, by its place.

    `delays` are days by which it is expected to end later than planned, negative if it was moved forward. `causes` are
    the places of the steps that its delay comes from, -1 where it is its own. `late` are the days by which what a step
    at a sitting or round waits for comes too late for it, `papers` those by which it misses the document deadline, and
    `blamed` the place of the latest one. `at_risk` says that the step misses its day, or waits for one that does.
    """

    delays: list[int]
    causes: list[int]
    late: list[int]
    papers: list[int]
    blamed: list[int]
    at_risk: list[bool]


def foresee(network: Network, shifts: Mapping[int, int], today: int | None) -> Forecast:
    """Return what becomes of the steps if those in `shifts` move by so many days.

    A step that is not settled and ought to have ended before `today` ends today at the earliest; None asks no calendar.
    A delay is handed on to each step that waits, less the slack between the two; so are the days by which a step has
    been moved already behind the beginning of what waits for it. A step at a sitting or round does not
    move for what it waits for: that is late instead. One walk, linear in steps and links.
    """
    count = len(network.steps)
    delays, causes, blamed = [0] * count, [-1] * count, [-1] * count
    late, papers, at_risk = [0] * count, [0] * count, [False] * count
    steps, before, ends = network.steps, network.before, network.ends
    for place in network.order:
        step, end = steps[place], ends[place]
        if step.is_settled:
            continue
        delay = shifts.get(place, 0)
        if today is not None and end is not None and (step.ends_on or step.begins_on) and end + delay < today:
            delay = today - end
        if step.anchor_id:
            delays[place] = delay
            _judge(network, place, delays, late, papers, blamed)
            at_risk[place] = late[place] > 0 or papers[place] > 0
        else:
            for first, lag in before[place]:
                pushed = delays[first] - network.slack(first, place, lag)
                if pushed > delay:
                    delay, causes[place] = pushed, first
            delays[place] = delay
        at_risk[place] = at_risk[place] or any(at_risk[first] for first, _ in before[place])
    return Forecast(delays, causes, late, papers, blamed, at_risk)


def _judge(
    network: Network, place: int, delays: list[int], late: list[int], papers: list[int], blamed: list[int]
) -> None:
    """Write down by how many days what a step at a sitting or round waits for is too late for it."""
    begins, limit = network.begins[place], network.limits[place]
    if begins is None:
        return
    worst = None
    for first, lag in network.before[place]:
        end = network.ends[first]
        if end is not None and (worst is None or end + delays[first] + lag > worst):
            worst, blamed[place] = end + delays[first] + lag, first
    if worst is None:
        return
    late[place] = max(0, worst - begins - delays[place])
    if limit is not None:
        papers[place] = max(0, worst - limit - delays[place])
    if not (late[place] or papers[place]):
        blamed[place] = -1


class KnockOn(NamedTuple):
    """What a move changes, by places: days for each step that moves, and the steps that newly miss their day.

    `missed` and `missed_papers` hold the days, `blamed` the step that is late. `at_risk` are further steps that wait
    for one that misses its day now.
    """

    moved: dict[int, int]
    missed: dict[int, int]
    missed_papers: dict[int, int]
    blamed: dict[int, int]
    at_risk: list[int]


def compare(network: Network, before: Forecast, after: Forecast) -> KnockOn:
    """Return what is otherwise in the forecast after a move than in the one before it."""
    moved, missed, missed_papers, blamed, at_risk = {}, {}, {}, {}, []
    for place in network.order:
        if after.delays[place] != before.delays[place]:
            moved[place] = after.delays[place] - before.delays[place]
        if after.late[place] > before.late[place]:
            missed[place], blamed[place] = after.late[place], after.blamed[place]
        elif after.papers[place] > before.papers[place]:
            missed_papers[place], blamed[place] = after.papers[place], after.blamed[place]
        elif after.at_risk[place] and not before.at_risk[place]:
            at_risk.append(place)
    return KnockOn(moved, missed, missed_papers, blamed, at_risk)
