"""Vocabulary of the work plan: the lifecycle of an activity, and what the calendar says of it."""

from enum import StrEnum

from server.kernel.lifecycle import Lifecycle, moves


class ActivityStatus(StrEnum):
    """What people reported about an activity. `ActivityTiming` says whether it is overdue."""

    NOT_STARTED = "NOT_STARTED"
    """Nobody has reported that it has begun."""
    IN_PROGRESS = "IN_PROGRESS"
    """Reported to have begun."""
    DONE = "DONE"
    """Declared done, with evidence."""
    DROPPED = "DROPPED"
    """Given up, with a reason; it stays in the plan."""


class ActivityTiming(StrEnum):
    """Where an activity stands today by the calendar (UTC)."""

    UNDATED = "UNDATED"
    """Its period has no last day."""
    ON_TIME = "ON_TIME"
    """The last day is more than two weeks away."""
    DUE_SOON = "DUE_SOON"
    """The last day is today or at most two weeks away."""
    OVERDUE = "OVERDUE"
    """The last day has passed, and the activity is neither done nor dropped."""
    SETTLED = "SETTLED"
    """Done or dropped, whatever the calendar says."""


A = ActivityStatus
ACTIVITY_LIFECYCLE = Lifecycle(
    "activity",
    A.NOT_STARTED,
    (
        moves("start_activity", A.NOT_STARTED, to=A.IN_PROGRESS),
        moves(
            "redate_activity",
            A.NOT_STARTED,
            A.IN_PROGRESS,
            to=(A.NOT_STARTED, A.IN_PROGRESS),
        ),
        moves("complete_activity", A.NOT_STARTED, A.IN_PROGRESS, to=A.DONE),
        moves("drop_activity", A.NOT_STARTED, A.IN_PROGRESS, to=A.DROPPED),
    ),
    finals=frozenset({A.DONE, A.DROPPED}),
)
