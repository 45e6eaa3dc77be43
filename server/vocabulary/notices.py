"""Vocabulary of notices: what a person wants to hear of an object, and what the instant of a notice means."""

from enum import StrEnum


class WatchMode(StrEnum):
    """What a person wants to hear of one object."""

    WATCHED = "WATCHED"
    """Everything that happens to it, as far as the person may see it."""
    MUTED = "MUTED"
    """Nothing, not even what concerns the person."""
    USUAL = "USUAL"
    """What concerns the person, as of any object that they said nothing about."""


class DueKind(StrEnum):
    """What the instant or the day of a notice is."""

    CLOSES = "CLOSES"
    """When it closes."""
    DUE = "DUE"
    """Until when something is expected."""
    STARTS = "STARTS"
    """When it begins."""


MORNING = 7
"""The hour at which a letter with the notices of a day goes out to those who have chosen no other."""
HOURS = 24
"""Hours of a day, from 0."""
