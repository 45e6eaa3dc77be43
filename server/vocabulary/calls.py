"""Vocabulary of calls for inputs: rounds without a text, which ask questions."""

from enum import StrEnum

from server.kernel.lifecycle import Lifecycle, moves


class CallStatus(StrEnum):
    """What people decided about a call for inputs. `CallPhase` says where it stands now."""

    CALLED = "CALLED"
    """Called by those who lead the body or by the Secretariat."""
    CANCELLED = "CANCELLED"
    """Called off by the Secretariat, with a reason."""


class CallPhase(StrEnum):
    """Where a call for inputs stands now, by its status and the server's clock."""

    PLANNED = "PLANNED"
    """The opening instant is still to come."""
    OPEN = "OPEN"
    """The call takes answers."""
    CLOSED = "CLOSED"
    """The closing instant has passed."""
    CANCELLED = "CANCELLED"
    """The call was called off."""


class QuestionKind(StrEnum):
    """How a question is answered."""

    TEXT = "TEXT"
    """In words."""
    ONE_CHOICE = "ONE_CHOICE"
    """By one of its choices."""
    SEVERAL_CHOICES = "SEVERAL_CHOICES"
    """By one or more of its choices."""
    YES_NO = "YES_NO"
    """By yes or no."""
    NUMBER = "NUMBER"
    """By a number, in its unit and within its bounds."""
    DATE = "DATE"
    """By a day."""
    FILE = "FILE"
    """By a reference to a file: its address, or the number of a paper."""


CALL_LIFECYCLE = Lifecycle(
    "call",
    CallStatus.CALLED,
    (
        moves("extend_call", CallStatus.CALLED, to=CallStatus.CALLED),
        moves("close_call_early", CallStatus.CALLED, to=CallStatus.CALLED),
        moves("cancel_call", CallStatus.CALLED, to=CallStatus.CANCELLED),
        moves("publish_results", CallStatus.CALLED, to=CallStatus.CALLED),
    ),
    finals=frozenset({CallStatus.CANCELLED}),
)
