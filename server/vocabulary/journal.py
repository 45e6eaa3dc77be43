"""Vocabulary of the journal."""

from enum import StrEnum


class HeadOccasion(StrEnum):
    """Why a head of the journal was signed."""

    ROUND_CLOSED = "ROUND_CLOSED"
    """The closing instant of a comment round or of a call for inputs came."""
    ROUND_COMPLETED = "ROUND_COMPLETED"
    """A round was declared complete: every comment is answered."""
    VERSION_ISSUED = "VERSION_ISSUED"
    """A version of a text was issued."""
    EDITION_PUBLISHED = "EDITION_PUBLISHED"
    """An edition was published."""
    KEY_ADDED = "KEY_ADDED"
    """A new key signs from this head on."""
    COMMAND = "COMMAND"
    """The operator asked for a head."""
