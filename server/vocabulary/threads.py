"""Vocabulary of what others say of a comment: who joins it, and who may reply."""

from enum import StrEnum


class CoSignatureState(StrEnum):
    """Where the co-signature of a party on a comment stands."""

    ASKED = "ASKED"
    """Asked by the party that writes the comment; its focal point has not answered for the words as they stand."""
    CONFIRMED = "CONFIRMED"
    """Confirmed by its focal point, for the words as they stand."""
    DECLINED = "DECLINED"
    """Declined by its focal point."""
    LEFT_OUT = "LEFT_OUT"
    """Left out when the comment was filed, because it had not confirmed."""


class ReplyMode(StrEnum):
    """Who may reply in the name of a party to the comments of a round."""

    FOCAL_POINTS = "FOCAL_POINTS"
    """The focal point of a party that sees the comment."""
    DELEGATES = "DELEGATES"
    """Every delegate of a party that sees the comment."""
    LEADERS = "LEADERS"
    """Nobody but those who lead the body and the Secretariat."""


JOINING = frozenset({CoSignatureState.ASKED, CoSignatureState.CONFIRMED})
"""States in which a party has a part in a comment, and sees its draft."""
