"""Vocabulary of what a round asks for, of the steps that people take with it, and of late admissions."""

from enum import StrEnum

from server.kernel.lifecycle import Lifecycle, moves


class RoundScope(StrEnum):
    """The part of the text on which a round takes comments."""

    WHOLE = "WHOLE"
    """The whole text."""
    CHANGED = "CHANGED"
    """The provisions that are new or say something else than in a named earlier version."""
    NAMED = "NAMED"
    """Named provisions, each with everything inside it."""


class RoundStepKind(StrEnum):
    """A step that people took with a round, beside its extensions."""

    REVISED = "REVISED"
    """Its terms were corrected."""
    PAUSED = "PAUSED"
    """It was paused."""
    RESUMED = "RESUMED"
    """It was taken up again."""
    CLOSED_EARLY = "CLOSED_EARLY"
    """It was closed before the announced instant."""
    REPORTED = "REPORTED"
    """Its report went out."""
    CANCELLED = "CANCELLED"
    """It was called off."""


class LateStatus(StrEnum):
    """What became of a party's request to comment after the close."""

    ASKED = "ASKED"
    """Nobody has answered it yet."""
    ADMITTED = "ADMITTED"
    """The party may file until an instant."""
    REFUSED = "REFUSED"
    """The party may not file; it can ask again."""


class LateState(StrEnum):
    """Where a party's request to comment after the close stands now, by what was decided and by its round."""

    ASKED = "ASKED"
    """Nobody has answered it yet."""
    ADMITTED = "ADMITTED"
    """The party may file until an instant."""
    REFUSED = "REFUSED"
    """The party may not file; it can ask again."""
    LAPSED = "LAPSED"
    """The round was completed or called off before anybody answered it."""


LATE_LIFECYCLE = Lifecycle(
    "request",
    LateStatus.ASKED,
    (
        moves("ask_late_admission", LateStatus.REFUSED, LateStatus.ADMITTED, to=LateStatus.ASKED),
        moves(
            "admit_late_comments",
            LateStatus.ASKED,
            LateStatus.REFUSED,
            LateStatus.ADMITTED,
            to=LateStatus.ADMITTED,
        ),
        moves("refuse_late_admission", LateStatus.ASKED, to=LateStatus.REFUSED),
    ),
)
