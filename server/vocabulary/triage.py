"""Vocabulary of triage: how a party takes the answer to its comment, and who settles an answer together."""

from enum import StrEnum

from server.vocabulary.rounds import CommentType


class Reaction(StrEnum):
    """What a party says, once, of the answer to its comment."""

    CONTENT = "CONTENT"
    """It is content with the answer."""
    MAINTAINS = "MAINTAINS"
    """It maintains its comment, with a reason."""


class SettlingSide(StrEnum):
    """A side of two that settle an answer together."""

    COORDINATORS = "COORDINATORS"
    """Those who lead the body of the round."""
    SECRETARIAT = "SECRETARIAT"
    """The Secretariat."""


class CommentGrouping(StrEnum):
    """By what comments are counted."""

    TYPE = "TYPE"
    """By the type of the comment."""
    STATUS = "STATUS"
    """By where its handling stands."""
    VERDICT = "VERDICT"
    """By the verdict of its answer, as far as the caller sees it."""
    REACTION = "REACTION"
    """By how its party takes the answers: MAINTAINS where it maintains one, CONTENT where it is content with all."""
    CAPACITY = "CAPACITY"
    """By the capacity of its party."""
    PARTY_KIND = "PARTY_KIND"
    """By the kind of its party."""
    REGION = "REGION"
    """By the region of its party; null where nobody said it."""
    LANGUAGE = "LANGUAGE"
    """By the language in which its party works; null where nobody said it."""
    PARTY = "PARTY"
    """By the short name of its party."""
    PROVISION = "PROVISION"
    """By the permanent key of the provision that it is on; null for the whole text."""


class CoverageGrouping(StrEnum):
    """By what the parties are grouped in a map of who commented where."""

    CAPACITY = "CAPACITY"
    """By their capacity."""
    PARTY_KIND = "PARTY_KIND"
    """By their kind."""
    REGION = "REGION"
    """By their region; empty where nobody said it."""
    LANGUAGE = "LANGUAGE"
    """By the language in which they work; empty where nobody said it."""


SETTLED_TOGETHER = frozenset({CommentType.EDITORIAL, CommentType.LINGUISTIC})
"""Types of comments and points that both sides settle without the group."""
