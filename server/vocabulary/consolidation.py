"""Vocabulary of consolidation: conflicts between accepted wordings, and disagreements of text and decisions."""

from enum import StrEnum

from server.kernel.lifecycle import Lifecycle, moves


class ConflictStatus(StrEnum):
    """Where a conflict between accepted wordings stands."""

    OPEN = "OPEN"
    """Nobody has settled which wording stands; the words of the base stand meanwhile."""
    SETTLED = "SETTLED"
    """The Secretariat has recorded the words that stand, and why."""


class ConflictKind(StrEnum):
    """What accepted changes compete for."""

    WORDS = "WORDS"
    """Different words for one place of a provision, with no unchanged word between them."""
    CELLS = "CELLS"
    """Words that would take a cell from a row of a table, or give it another one."""
    ORDER = "ORDER"
    """Several provisions at one place: which of them stand there, and in which order."""
    PLACE = "PLACE"
    """Different places for one provision, or a place after a provision that moves as well."""
    REMOVAL = "REMOVAL"
    """A provision or a section that one side deletes, and another side changes or moves."""


STRUCTURAL = frozenset({ConflictKind.ORDER, ConflictKind.PLACE, ConflictKind.REMOVAL})
"""Conflicts that are settled by saying which changes stand, not by words."""


class ExceptionKind(StrEnum):
    """How the text and the decisions disagree."""

    ACCEPTED_BUT_UNCHANGED = "ACCEPTED_BUT_UNCHANGED"
    """A wording was accepted and does not stand in the text."""
    CHANGED_WITHOUT_DECISION = "CHANGED_WITHOUT_DECISION"
    """Words changed without a decision behind them."""
    REFUSED_YET_CHANGED = "REFUSED_YET_CHANGED"
    """A wording was refused and stands in the text all the same."""
    PROPOSAL_IN_PART = "PROPOSAL_IN_PART"
    """Some amendments of a proposal stand and others do not, and its proponent did not say that it may be parted."""
    CORRECTED = "CORRECTED"
    """Words were corrected as an error, other than by an accepted change."""
    MISPLACED = "MISPLACED"
    """A provision does not stand where an accepted amendment put it."""
    DANGLING_REFERENCE = "DANGLING_REFERENCE"
    """A reference leads nowhere, or no longer to the provision that it pointed to."""
    DEFINITION_CHANGED = "DEFINITION_CHANGED"
    """A term is defined in other words, or no longer, and the text uses it."""


class QueueState(StrEnum):
    """What a provision waits for before the version that is being made can be issued."""

    CONFLICT = "CONFLICT"
    """Accepted changes collide in it, and nobody has settled which stand."""
    WAITING = "WAITING"
    """What was accepted in it waits until a conflict elsewhere is settled."""
    UNEXPLAINED = "UNEXPLAINED"
    """Its text and the decisions disagree, and nothing explains it."""
    UNREAD = "UNREAD"
    """Changes of several parties made a sentence together, and nobody has confirmed reading it."""
    READY = "READY"
    """It waits for nothing."""


class CorrectionKind(StrEnum):
    """Why words of a version were corrected, other than by an accepted change."""

    EDITORIAL = "EDITORIAL"
    """An error of typing or printing, which changes nothing of what was agreed."""
    REFERENCE = "REFERENCE"
    """The number in a reference, which follows the provision that it points to."""
    LINGUISTIC = "LINGUISTIC"
    """An error of one language version, which the others do not share."""


class CorrectionStatus(StrEnum):
    """Where a correction stands."""

    STANDS = "STANDS"
    """The corrected words stand in the version."""
    OBJECTED = "OBJECTED"
    """A party objected, and the words that were corrected stand again, in this version or in the next one."""
    LAPSED = "LAPSED"
    """The words of the provision were settled or revised since, without it."""


CORRECTION_LIFECYCLE = Lifecycle(
    "correction",
    CorrectionStatus.STANDS,
    (moves("object_to_correction", CorrectionStatus.STANDS, to=CorrectionStatus.OBJECTED),),
    finals=frozenset({CorrectionStatus.OBJECTED, CorrectionStatus.LAPSED}),
)

CONFLICT_LIFECYCLE = Lifecycle(
    "conflict",
    ConflictStatus.OPEN,
    (
        moves("settle_conflict", ConflictStatus.OPEN, to=ConflictStatus.SETTLED),
        moves("settle_structure", ConflictStatus.OPEN, to=ConflictStatus.SETTLED),
    ),
    finals=frozenset({ConflictStatus.SETTLED}),
)
