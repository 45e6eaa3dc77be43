"""Vocabulary of the work plan: the lifecycle of an activity, and what the calendar says of it."""

from enum import StrEnum

from server.kernel.lifecycle import Lifecycle, moves


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
