"""The work plan: vocabulary, the life of an activity, and what the calendar says about it. Pure."""

from datetime import date
from enum import StrEnum
from typing import Annotated, NamedTuple

from server.lifecycle import Lifecycle, moves

DUE_SOON_DAYS = 14
"""An activity is due soon when its latest day is at most this many days away."""


class ActivityStatus(StrEnum):
    """What people said about an activity. Whether it is overdue is `ActivityTiming`."""

    NOT_STARTED = "NOT_STARTED"
    """Planned."""
    IN_PROGRESS = "IN_PROGRESS"
    """Begun."""
    DONE = "DONE"
    """Done, with evidence."""
    DROPPED = "DROPPED"
    """Given up, with a reason."""


class ActivityTiming(StrEnum):
    """What the calendar says of an activity; derived, never stored."""

    UNDATED = "UNDATED"
    """No latest day is planned."""
    ON_TIME = "ON_TIME"
    """The latest day is further away than two weeks."""
    DUE_SOON = "DUE_SOON"
    """The latest day is at most two weeks away."""
    OVERDUE = "OVERDUE"
    """The latest day has passed and the activity is not done."""
    SETTLED = "SETTLED"
    """Done or dropped: the calendar no longer matters."""


A = ActivityStatus
ACTIVITY_LIFECYCLE = Lifecycle(
    "activity",
    A.NOT_STARTED,
    (
        moves("start_activity", A.NOT_STARTED, to=A.IN_PROGRESS),
        moves("redate_activity", A.NOT_STARTED, A.IN_PROGRESS, to=(A.NOT_STARTED, A.IN_PROGRESS)),
        moves("complete_activity", A.NOT_STARTED, A.IN_PROGRESS, to=A.DONE),
        moves("drop_activity", A.NOT_STARTED, A.IN_PROGRESS, to=A.DROPPED),
    ),
    finals=frozenset({A.DONE, A.DROPPED}),
)


class ActivityFacts(NamedTuple):
    """What the rules and the policy of an activity look at; `group_id` is the group its work item was given to."""

    status: ActivityStatus
    latest: date | None
    baseline_latest: date | None
    body_id: Annotated[str, "work_item.plan.body_id"]
    group_id: Annotated[str | None, "work_item.body_id"]


def timing_of(facts: ActivityFacts, today: date) -> ActivityTiming:
    """What the calendar says today. The latest day itself is still in time."""
    if facts.status in (A.DONE, A.DROPPED):
        return ActivityTiming.SETTLED
    if facts.latest is None:
        return ActivityTiming.UNDATED
    days = (facts.latest - today).days
    if days < 0:
        return ActivityTiming.OVERDUE
    return ActivityTiming.DUE_SOON if days <= DUE_SOON_DAYS else ActivityTiming.ON_TIME


def slip_days_of(facts: ActivityFacts) -> int:
    """By how many days the latest day has moved from the baseline; 0 where either is not dated."""
    if facts.latest is None or facts.baseline_latest is None:
        return 0
    return (facts.latest - facts.baseline_latest).days
