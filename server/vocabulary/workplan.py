"""Vocabulary of the work plan: lifecycles of activities and milestones, what the calendar says, kinds of changes."""

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
    CARRIED_OVER = "CARRIED_OVER"
    """Taken over into the next plan of the body, where it goes on."""


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
        *(
            moves(act, A.NOT_STARTED, A.IN_PROGRESS, to=(A.NOT_STARTED, A.IN_PROGRESS))
            for act in ("correct_activity", "move_activity", "block_activity", "unblock_activity")
        ),
        moves("carry_over_work_plan", A.NOT_STARTED, A.IN_PROGRESS, to=A.CARRIED_OVER),
    ),
    finals=frozenset({A.DONE, A.DROPPED, A.CARRIED_OVER}),
)
OPEN_ACTIVITY = (ActivityStatus.NOT_STARTED, ActivityStatus.IN_PROGRESS)
"""The states of an activity that still has to be done."""


class MilestoneStatus(StrEnum):
    """What people reported about a milestone."""

    PLANNED = "PLANNED"
    """It is to come."""
    REACHED = "REACHED"
    """Declared reached, with evidence."""
    DROPPED = "DROPPED"
    """Given up, with a reason; it stays in the plan."""
    CARRIED_OVER = "CARRIED_OVER"
    """Taken over into the next plan of the body."""


class MilestoneChangeStatus(StrEnum):
    """How far a proposed change of a milestone has come."""

    PROPOSED = "PROPOSED"
    """It waits for those who approve changes of the milestone."""
    APPROVED = "APPROVED"
    """Approved: the milestone is as proposed."""
    DECLINED = "DECLINED"
    """Declined, with a reason: the milestone stayed as it was."""
    TAKEN_BACK = "TAKEN_BACK"
    """Taken back by those who proposed it."""


class MilestoneCause(StrEnum):
    """What moved a milestone that stands at a sitting or round, without an act on the milestone itself."""

    SITTING_MOVED = "SITTING_MOVED"
    """Its sitting was moved to other days."""
    SITTING_CALLED_OFF = "SITTING_CALLED_OFF"
    """Its sitting was called off: it needs a new date."""
    ROUND_MOVED = "ROUND_MOVED"
    """Its round closes at another time."""
    ROUND_CALLED_OFF = "ROUND_CALLED_OFF"
    """Its round was called off: it needs a new date."""


class PlanChangeKind(StrEnum):
    """What was done to a work plan or to one of its topics, activities and milestones."""

    ADDED = "ADDED"
    """It was added to the plan."""
    CORRECTED = "CORRECTED"
    """Its words or those responsible were corrected."""
    MOVED = "MOVED"
    """It has another place or another topic."""
    REDATED = "REDATED"
    """It has another period."""
    ASSIGNED = "ASSIGNED"
    """It was given to a group, or taken back."""
    STARTED = "STARTED"
    """It has begun."""
    BLOCKED = "BLOCKED"
    """It waits for something."""
    UNBLOCKED = "UNBLOCKED"
    """It no longer waits."""
    COMPLETED = "COMPLETED"
    """It was declared done or reached, with evidence."""
    DROPPED = "DROPPED"
    """It was given up."""
    CARRIED_OVER = "CARRIED_OVER"
    """It was taken over into the next plan."""
    LINKED = "LINKED"
    """It waits for another activity or milestone of the plan from now on."""
    UNLINKED = "UNLINKED"
    """It waits for that activity or milestone no longer."""
    BASELINED = "BASELINED"
    """The periods of the plan were kept under a name."""


class PlanField(StrEnum):
    """The part of a plan, topic, activity or milestone that a change is about."""

    TITLE = "TITLE"
    """The title, name or description."""
    NUMBER = "NUMBER"
    """The number of a topic."""
    REMARKS = "REMARKS"
    """The remarks."""
    RESPONSIBLE = "RESPONSIBLE"
    """Those responsible."""
    PERIOD = "PERIOD"
    """The period."""
    PLACE = "PLACE"
    """The topic and the place in it."""
    GROUP = "GROUP"
    """The group that a topic is given to."""
    ANCHOR = "ANCHOR"
    """The sitting or round that a milestone moves with."""
    APPROVER = "APPROVER"
    """Who approves changes of a milestone."""
    STATUS = "STATUS"
    """What people reported."""
    DEPENDENCY = "DEPENDENCY"
    """What it waits for."""
    WHOLE = "WHOLE"
    """All of it."""


class PlanAmendmentKind(StrEnum):
    """What a paper does to the record."""

    CHANGED = "CHANGED"
    """A row says something else than before."""
    VANISHED = "VANISHED"
    """What is on record is in the paper no longer."""


class PlanDoubtKind(StrEnum):
    """Why a person should look at a cell of a paper."""

    UNDATED = "UNDATED"
    """The period says on purpose that there is no day."""
    UNREAD = "UNREAD"
    """These words are no period; they are kept as the label."""
    UNLINKED = "UNLINKED"
    """Those responsible are no party, body or function on record; they are kept as printed."""
    UNJOINED = "UNJOINED"
    """A group has much the same title as the topic, or several have it: say to which it is given."""


M = MilestoneStatus
MILESTONE_LIFECYCLE = Lifecycle(
    "milestone",
    M.PLANNED,
    (
        *(
            moves(act, M.PLANNED, to=M.PLANNED)
            for act in ("correct_milestone", "redate_milestone", "propose_milestone_change", "approve_milestone_change")
        ),
        moves("reach_milestone", M.PLANNED, to=M.REACHED),
        moves("drop_milestone", M.PLANNED, to=M.DROPPED),
        moves("carry_over_work_plan", M.PLANNED, to=M.CARRIED_OVER),
    ),
    finals=frozenset({M.REACHED, M.DROPPED, M.CARRIED_OVER}),
)
C = MilestoneChangeStatus
MILESTONE_CHANGE_LIFECYCLE = Lifecycle(
    "milestone change",
    C.PROPOSED,
    (
        moves("approve_milestone_change", C.PROPOSED, to=C.APPROVED),
        moves("decline_milestone_change", C.PROPOSED, to=C.DECLINED),
        moves("take_back_milestone_change", C.PROPOSED, to=C.TAKEN_BACK),
    ),
    finals=frozenset({C.APPROVED, C.DECLINED, C.TAKEN_BACK}),
)
