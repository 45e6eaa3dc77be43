"""How far the letter of an invitation got."""

from datetime import datetime
from typing import Annotated, NamedTuple

from server.vocabulary.letters import MOST_ATTEMPTS, LetterState


class LetterFacts(NamedTuple):
    """The facts of the letter of an invitation. All are None for an invitation whose letter is not known."""

    letter_id: str | None
    sent_at: Annotated[datetime | None, "letter.sent_at"]
    attempts: Annotated[int | None, "letter.attempts"]
    refused_with: Annotated[int | None, "letter.refused_with"]


def state_of_letter(facts: LetterFacts) -> LetterState | None:
    """Return how far the letter got, None if that is not known."""
    if facts.letter_id is None or facts.attempts is None:
        return None
    if facts.sent_at is not None:
        return LetterState.SENT
    if facts.refused_with is not None:
        return LetterState.REFUSED
    return LetterState.WAITING if facts.attempts < MOST_ATTEMPTS else LetterState.GIVEN_UP
