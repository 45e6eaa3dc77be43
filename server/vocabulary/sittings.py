"""Vocabulary of sittings: their formats, what happens to them, and the items of their agendas."""

from enum import StrEnum


class SittingFormat(StrEnum):
    """How a body meets."""

    IN_PERSON = "IN_PERSON"
    """In one room."""
    VIRTUAL = "VIRTUAL"
    """By conference, with interpretation."""
    HYBRID = "HYBRID"
    """In a room and by conference at once."""
    DOCUMENT_BASED = "DOCUMENT_BASED"
    """In writing, with a deadline for each class of items."""
    TWO_PHASE = "TWO_PHASE"
    """In writing first, then by conference."""


class SittingStepKind(StrEnum):
    """What was done to a sitting that had been announced."""

    MOVED = "MOVED"
    """It got other days, another place or another format."""
    CANCELLED = "CANCELLED"
    """It was called off."""


class ItemClass(StrEnum):
    """How much an item of an agenda needs to be talked about."""

    A = "A"
    """For information, or agreed below: taken without discussion."""
    B = "B"
    """Needs discussion or orientation."""
    C = "C"
    """Needs discussion, and a text that is not agreed yet."""


class ItemPurpose(StrEnum):
    """What a body is asked to do with an item. Purposes are combined: "for guidance and decision"."""

    TAKE_NOTE = "TAKE_NOTE"
    """To take note."""
    DISCUSSION = "DISCUSSION"
    """For discussion."""
    GUIDANCE = "GUIDANCE"
    """For guidance."""
    DECISION = "DECISION"
    """For decision."""
