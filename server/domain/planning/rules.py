"""Milestones, dependencies and baselines: their facts, and checks of what people send. Pure."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Annotated, NamedTuple

from server.domain.workplan.periods import Period
from server.domain.workplan.rules import check_name, check_period
from server.kernel.issue_codes import IssueCode
from server.kernel.issues import Issue
from server.vocabulary.workplan import MilestoneChangeStatus, MilestoneStatus

FURTHEST_OFFSET = 1_000
"""Most days between a milestone and its sitting or round, and most days of lag between two steps."""
LONGEST_BASELINE_NAME = 120


class MilestoneFacts(NamedTuple):
    """The facts of a milestone that its policy looks at. `group_id` is the group that its topic was given to."""

    status: MilestoneStatus
    body_id: Annotated[str, "plan.body_id"]
    group_id: Annotated[str | None, "work_item.body_id"]
    approver_body_id: str


class FirstDueFacts(NamedTuple):
    """When a milestone was due at first, and the round that this was the day of: that it had, and that is shown."""

    earliest: Annotated[date | None, "baseline_earliest"]
    latest: Annotated[date | None, "baseline_latest"]
    label: Annotated[str, "baseline_label"]
    round_id: Annotated[str | None, "baseline_round_id"]
    seen_round_id: Annotated[str | None, "baseline_round.id"]


class ChangeFacts(NamedTuple):
    """The facts of a proposed change of a milestone that its policy looks at."""

    status: MilestoneChangeStatus
    milestone_status: Annotated[MilestoneStatus, "milestone.status"]
    approver_body_id: Annotated[str, "milestone.approver_body_id"]
    proposed_by_id: str


class DependencyFacts(NamedTuple):
    """The facts of a dependency that its policy looks at."""

    body_id: Annotated[str, "plan.body_id"]
    closed_at: Annotated[datetime | None, "plan.closed_at"]
    ended_at: datetime | None


class When(NamedTuple):
    """What somebody says of when a milestone is due: one of a printed period, a sitting and a round.

    With `can_keep_words` words that are no period are one without days.
    """

    period: str = ""
    sitting_id: str | None = None
    round_id: str | None = None
    offset_days: int = 0
    can_keep_words: bool = False


def check_when(when: When) -> tuple[Period, list[Issue]]:
    """Return the period of its own that a milestone gets, and every fault of what was said of when it is due."""
    names = [name for name, value in zip(("period", "sittingId", "roundId"), when[:3], strict=True) if value]
    if len(names) != 1:
        return Period(None, None, ""), [Issue("period", IssueCode.ANCHOR_UNFIT)]
    issues = check_days("offsetDays", when.offset_days)
    if when.period and when.offset_days:
        issues.append(Issue("offsetDays", IssueCode.ANCHOR_UNFIT))
    period, faults = check_period(when.period, can_keep_words=when.can_keep_words)
    return period, [*issues, *faults]


def check_days(path: str, days: int) -> list[Issue]:
    """Return the fault of a number of days that is out of range."""
    if abs(days) <= FURTHEST_OFFSET:
        return []
    return [Issue(path, IssueCode.NUMBER_OUT_OF_RANGE, least=-FURTHEST_OFFSET, most=FURTHEST_OFFSET)]


def check_baseline(name: str, taken: Iterable[str]) -> list[Issue]:
    """Return the fault of the name of a baseline, which is unique in its plan."""
    if name.strip() in set(taken):
        return [Issue("name", IssueCode.TAKEN, taken=name.strip())]
    return check_name("name", name, LONGEST_BASELINE_NAME)


def find_circle(successors: Mapping[str, Iterable[str]], first: str, last: str) -> list[str]:
    """Return the steps from `last` on to `first` if there is a way, so that a link from `first` to `last` closes it.

    Empty if there is none.
    """
    came_from: dict[str, str] = {last: ""}
    waiting = [last]
    while waiting:
        step = waiting.pop()
        if step == first:
            path = [step]
            while came_from[path[-1]]:
                path.append(came_from[path[-1]])
            return path[::-1]
        for following in successors.get(step, ()):
            if following not in came_from:
                came_from[following] = step
                waiting.append(following)
    return []
