"""Vocabulary of letters: how far one got."""

from enum import StrEnum

MOST_ATTEMPTS = 10
"""Attempts after which a letter is given up."""


class LetterState(StrEnum):
    """How far a letter got on its way to a mailbox."""

    WAITING = "WAITING"
    """Not sent yet, or to be tried again."""
    SENT = "SENT"
    """Handed to the mail server. That does not say that anybody has read it."""
    REFUSED = "REFUSED"
    """Given up, because the mail server refused it for good. Most often the address is wrong."""
    GIVEN_UP = "GIVEN_UP"
    """Given up, because ten attempts within hours failed."""
