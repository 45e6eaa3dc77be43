"""When things are possible in a round. Its phase is derived from its window and the clock, never stored."""

from datetime import datetime

from server.domain.rounds.rules.facts import CommentFacts, OpeningFacts, RoundFacts
from server.kernel.acts import Obstacle
from server.kernel.refusals import RefusalCode
from server.vocabulary.rounds import CERTAIN, CommentStatus, RoundPhase, RoundStatus, RoundVisibility
from server.vocabulary.texts import VersionStatus

WINDOW_RULE = "A round accepts comments from its opening instant until, and not including, its closing instant."
CLOSED_RULE = "Comments are answered after the closing instant of their round."


def accepts_at(opens_at: datetime, closes_at: datetime, now: datetime) -> bool:
    """Return whether `now` lies in the window of a round: the opening instant is inside, the closing one is not.

    No other function in Python compares an instant with a window; `queries.is_accepting` is the same in SQL.
    """
    return opens_at <= now and not has_closed(closes_at, now)


def has_closed(closes_at: datetime, now: datetime) -> bool:
    """Return whether `now` is the closing instant of a round or later; `queries.is_closed` is the same in SQL."""
    return closes_at <= now


def phase_of(facts: RoundFacts | CommentFacts, now: datetime) -> RoundPhase:
    """Return the phase of a round at `now`; the calendar decides unless people completed or cancelled it."""
    status = _status_of(facts)
    if status != RoundStatus.CALLED:
        return RoundPhase(status)
    if accepts_at(facts.opens_at, facts.closes_at, now):
        return RoundPhase.OPEN
    return RoundPhase.CLOSED if has_closed(facts.closes_at, now) else RoundPhase.PLANNED


def _find_obstacle(facts: RoundFacts | CommentFacts, now: datetime) -> Obstacle | None:
    """Return why the round accepts no comments at `now`, or None when it does."""
    opens_at, closes_at, phase = facts.opens_at, facts.closes_at, phase_of(facts, now)
    if phase == RoundPhase.OPEN:
        return None
    if phase == RoundPhase.PLANNED:
        words = f"The round opens at {opens_at:%Y-%m-%d %H:%M} UTC."
        return Obstacle(RefusalCode.ROUND_NOT_OPEN, words, WINDOW_RULE, opens_at)
    if phase == RoundPhase.CANCELLED:
        return Obstacle(RefusalCode.ROUND_NOT_OPEN, "The round was cancelled.", WINDOW_RULE)
    if phase == RoundPhase.COMPLETED:
        return Obstacle(RefusalCode.ROUND_CLOSED, "The round was declared complete.", WINDOW_RULE)
    sealed = facts.visibility == RoundVisibility.AFTER_CLOSE
    help_left = (
        "It was sealed and is open to read now, so nobody can reopen it."
        if sealed
        else "Only the coordinators of the group or the Secretariat can still help, by extending it."
    )
    return Obstacle(
        RefusalCode.ROUND_CLOSED, f"The round closed at {closes_at:%Y-%m-%d %H:%M} UTC. {help_left}", WINDOW_RULE
    )


def _status_of(facts: RoundFacts | CommentFacts) -> RoundStatus:
    """Return what people decided about the round, from its own facts or from those of a comment in it."""
    return facts.round_status if isinstance(facts, CommentFacts) else facts.status


def while_seal_holds(facts: RoundFacts, now: datetime) -> Obstacle | None:
    """Refuse to extend a sealed round that has closed: its comments can be read and answered by then."""
    if facts.visibility != RoundVisibility.AFTER_CLOSE or not has_closed(facts.closes_at, now):
        return None
    rule = "A sealed round ends at its closing instant."
    return Obstacle(
        RefusalCode.ROUND_CLOSED, "The round was sealed and has closed: its comments can be read now.", rule
    )


def while_round_is_open(facts: RoundFacts | CommentFacts, now: datetime) -> Obstacle | None:
    """Refuse comments unless the round is open. `now` is the server's clock inside the transaction."""
    return _find_obstacle(facts, now)


def after_round_closed(facts: RoundFacts | CommentFacts, now: datetime) -> Obstacle | None:
    """Refuse answers until the closing instant, so that no comment is judged before all have been heard."""
    if _status_of(facts) == RoundStatus.CANCELLED:
        return Obstacle(RefusalCode.ROUND_NOT_OPEN, "The round was cancelled.", CLOSED_RULE)
    if has_closed(facts.closes_at, now):
        return None
    words = f"The round is open until {facts.closes_at:%Y-%m-%d %H:%M} UTC."
    return Obstacle(RefusalCode.ROUND_NOT_OPEN, words, CLOSED_RULE, facts.closes_at)


def while_submitted(facts: CommentFacts, now: datetime) -> Obstacle | None:
    """Refuse a mark of another party unless the comment is submitted and neither withdrawn nor answered."""
    if facts.status == CommentStatus.SUBMITTED:
        return None
    words = f"This comment is {facts.status}; it would have to be {CommentStatus.SUBMITTED}."
    return Obstacle(RefusalCode.WRONG_STATE, words, "Other parties mark a comment while it is SUBMITTED.")


def while_place_is_doubtful(facts: CommentFacts, now: datetime) -> Obstacle | None:
    """Refuse to confirm the place of a comment that was not carried, or the place of which is certain."""
    if facts.place_state is not None and facts.place_state not in CERTAIN:
        return None
    rule = "A place is confirmed where the words changed between the version of the comment and a later one."
    if facts.place_state is None:
        return Obstacle(RefusalCode.WRONG_STATE, "This comment was not carried to a later version.", rule)
    return Obstacle(RefusalCode.WRONG_STATE, f"The place of this comment is {facts.place_state} already.", rule)


def version_is_issued(facts: OpeningFacts, now: datetime) -> Obstacle | None:
    """Refuse to ask for comments on a version that is not issued: an anchor needs words that stand still."""
    if facts.version_status == VersionStatus.ISSUED:
        return None
    rule = "A round is opened on an issued version."
    return Obstacle(RefusalCode.WRONG_STATE, f"This version is {facts.version_status}; issue it first.", rule)
