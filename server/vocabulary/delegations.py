"""Vocabulary of the work inside a delegation, of who has answered a round, and the lifecycle of a draft."""

from enum import StrEnum

from server.kernel.lifecycle import Lifecycle, moves


class DraftStage(StrEnum):
    """How far a draft has come inside its delegation. Nobody else ever learns of it."""

    DRAFT = "DRAFT"
    """Being written."""
    READY = "READY"
    """Given to those who clear it."""
    RETURNED = "RETURNED"
    """Given back to its writer, with a reason."""
    CLEARED_ONCE = "CLEARED_ONCE"
    """Cleared once, where the party asks for two clearances."""
    CLEARED = "CLEARED"
    """Has every clearance that the party asks for."""
    MERGED = "MERGED"
    """Went into another draft of the party; its words stay on record inside the delegation."""
    DISCARDED = "DISCARDED"
    """Given up before it was filed; its words stay on record inside the delegation."""
    FILED = "FILED"
    """Filed in the name of the party."""


LIVE = frozenset({DraftStage.DRAFT, DraftStage.READY, DraftStage.RETURNED, DraftStage.CLEARED_ONCE, DraftStage.CLEARED})
"""Stages of a draft that can still be filed."""


class DraftStepKind(StrEnum):
    """What was done with a draft inside its delegation."""

    REVISED = "REVISED"
    """It was rewritten."""
    PRESENTED = "PRESENTED"
    """It was given to those who clear it."""
    CLEARED = "CLEARED"
    """It got a clearance."""
    RETURNED = "RETURNED"
    """It was given back to its writer."""
    MERGED = "MERGED"
    """Two drafts became one."""
    DISCARDED = "DISCARDED"
    """It was given up."""


class ClearanceLevels(StrEnum):
    """How many clearances a party asks for before a comment is filed in its name."""

    NONE = "NONE"
    """The focal point files what they like."""
    ONE = "ONE"
    """The focal point clears what a delegate gave to them."""
    TWO = "TWO"
    """A delegate who did not write it clears it first, then the focal point, who is somebody else."""


class TurnoutState(StrEnum):
    """Whether a party has answered a round."""

    ANSWERED = "ANSWERED"
    """It has filed a comment; it may have been withdrawn since."""
    DECLARED_NONE = "DECLARED_NONE"
    """It has declared that it has no comment."""
    DRAFTING = "DRAFTING"
    """It is writing; only the party itself is told so, for everybody else it is silent."""
    SILENT = "SILENT"
    """It is asked and has neither filed nor declared anything."""


NOTE_LIMIT = 4_000
"""Longest internal note, in characters."""

DRAFT_LIFECYCLE = Lifecycle(
    "draft",
    DraftStage.DRAFT,
    (
        moves("revise_comment", *LIVE, to=(DraftStage.DRAFT, DraftStage.READY)),
        moves("present_draft", DraftStage.DRAFT, DraftStage.RETURNED, to=DraftStage.READY),
        moves("clear_draft", DraftStage.READY, to=(DraftStage.CLEARED_ONCE, DraftStage.CLEARED)),
        moves("clear_draft", DraftStage.CLEARED_ONCE, to=DraftStage.CLEARED),
        moves("return_draft", DraftStage.READY, DraftStage.CLEARED_ONCE, DraftStage.CLEARED, to=DraftStage.RETURNED),
        moves("merge_drafts", *LIVE, to=(DraftStage.DRAFT, DraftStage.MERGED)),
        moves("discard_draft", *LIVE, to=DraftStage.DISCARDED),
        moves("clear_comment", *LIVE, to=DraftStage.FILED),
    ),
    finals=frozenset({DraftStage.MERGED, DraftStage.DISCARDED, DraftStage.FILED}),
)
