"""Vocabulary of what becomes of work plans: how groups stand, how a day is missed, the steps back from a Council."""

from enum import StrEnum


class GroupState(StrEnum):
    """How the work of a group stands. It describes the plan, and nobody who works on it."""

    NOTHING_OPEN = "NOTHING_OPEN"
    """All activities are done or given up, or there are none."""
    UNDATED = "UNDATED"
    """Nothing that is open has a last day, so that nothing can be said."""
    ON_COURSE = "ON_COURSE"
    """Nothing is overdue, and nothing that is open ends later than first planned."""
    MOVED = "MOVED"
    """Nothing is overdue, but something that is open ends later than first planned."""
    NEEDS_TIME = "NEEDS_TIME"
    """Something is overdue, or waits for something outside of the plan."""
    AT_RISK = "AT_RISK"
    """As things stand, something ends too late for the sitting that it is meant for."""


class MissKind(StrEnum):
    """How a step at a sitting or round misses its day."""

    DAY = "DAY"
    """What it waits for ends after its day."""
    PAPERS = "PAPERS"
    """What it waits for ends after the document deadline of its sitting."""
    FOLLOWS = "FOLLOWS"
    """It waits for a step that misses its day."""


class BackStep(StrEnum):
    """A step on the way back from a sitting of the Council."""

    ROUND_OPENS = "ROUND_OPENS"
    """The last round on the text opens."""
    ROUND_CLOSES = "ROUND_CLOSES"
    """The last round on the text closes, so that its comments can be answered and one text be made."""
    COMMITTEE_PAPERS = "COMMITTEE_PAPERS"
    """The papers for the committee are handed in."""
    COMMITTEE_ENDS = "COMMITTEE_ENDS"
    """The last sitting of the committee before the Council ends."""
    COUNCIL_PAPERS = "COUNCIL_PAPERS"
    """The papers for the Council are handed in."""
    COUNCIL_OPENS = "COUNCIL_OPENS"
    """The Council begins."""
