"""Vocabulary of consolidation: conflicts between accepted wordings, and disagreements of text and decisions."""

from enum import StrEnum

from server.kernel.lifecycle import Lifecycle, moves


class ConflictStatus(StrEnum):
    """Where a conflict between accepted wordings stands."""

    OPEN = "OPEN"
    """Nobody has settled which wording stands; the words of the base stand meanwhile."""
    SETTLED = "SETTLED"
    """The Secretariat has recorded the words that stand, and why."""


class ExceptionKind(StrEnum):
    """How the text and the decisions disagree."""

    ACCEPTED_BUT_UNCHANGED = "ACCEPTED_BUT_UNCHANGED"
    """A wording was accepted and does not stand in the text."""
    CHANGED_WITHOUT_DECISION = "CHANGED_WITHOUT_DECISION"
    """Words changed without a decision behind them."""
    REFUSED_YET_CHANGED = "REFUSED_YET_CHANGED"
    """A wording was refused and stands in the text all the same."""


CONFLICT_LIFECYCLE = Lifecycle(
    "conflict",
    ConflictStatus.OPEN,
    (moves("settle_conflict", ConflictStatus.OPEN, to=ConflictStatus.SETTLED),),
    finals=frozenset({ConflictStatus.SETTLED}),
)
