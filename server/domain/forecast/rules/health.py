"""How the work of groups stands, in counts and one word for each, without naming anybody. Pure."""

from collections.abc import Iterable
from typing import NamedTuple

from server.vocabulary.forecast import GroupState


class OpenStep(NamedTuple):
    """What counts of one activity or milestone for the group that has it: `slip` is in days against the baseline."""

    group_id: str
    is_settled: bool
    is_dated: bool = False
    is_overdue: bool = False
    is_due_soon: bool = False
    is_blocked: bool = False
    is_at_risk: bool = False
    slip: int = 0


class Tally(NamedTuple):
    """How many steps a group has, and how many of those that are open stand in which way."""

    settled: int = 0
    open: int = 0
    undated: int = 0
    overdue: int = 0
    due_soon: int = 0
    blocked: int = 0
    slipped: int = 0
    at_risk: int = 0

    @property
    def state(self) -> GroupState:
        """How the work stands, by the worst thing that is open."""
        if not self.open:
            return GroupState.NOTHING_OPEN
        if self.at_risk:
            return GroupState.AT_RISK
        if self.overdue or self.blocked:
            return GroupState.NEEDS_TIME
        if self.undated == self.open:
            return GroupState.UNDATED
        return GroupState.MOVED if self.slipped else GroupState.ON_COURSE


def count_steps(steps: Iterable[OpenStep]) -> dict[str, Tally]:
    """Return the counts of each group that has a step, by its id; an empty id stands for steps of no group."""
    counts: dict[str, list[int]] = {}
    for step in steps:
        tally = counts.setdefault(step.group_id, [0] * len(Tally._fields))
        if step.is_settled:
            tally[0] += 1
            continue
        flags = (True, not step.is_dated, step.is_overdue, step.is_due_soon, step.is_blocked, step.slip > 0)
        for place, flag in enumerate((*flags, step.is_at_risk), start=1):
            tally[place] += flag
    return {group_id: Tally(*tally) for group_id, tally in counts.items()}
