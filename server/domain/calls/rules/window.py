"""When things are possible in a call for inputs. Its phase is derived from its window and the clock, never stored."""

from datetime import datetime

from server.domain.calls.rules.facts import CallFacts, CallReminderFacts
from server.domain.rounds.rules.window import accepts_at, has_closed
from server.kernel.acts import Obstacle, hinder
from server.kernel.reasons import Reason, ReasonCode
from server.kernel.refusals import RefusalCode
from server.kernel.zones import say_instant
from server.vocabulary.calls import CallPhase, CallStatus
from server.vocabulary.rounds import RoundVisibility

WINDOW_RULE = "A call takes answers from its opening instant until, and not including, its closing instant."
SEAL_RULE = "A sealed call ends at its closing instant."
RESULTS_RULE = "The results of a call are published once, after its closing instant, and its answers are final then."
REMINDER_RULE = "Parties that have not answered are reminded before the call closes."


def phase_of(facts: CallFacts, now: datetime) -> CallPhase:
    """Return the phase of a call at `now`; the calendar decides unless it was called off."""
    if facts.status == CallStatus.CANCELLED:
        return CallPhase.CANCELLED
    if accepts_at(facts.opens_at, facts.closes_at, now):
        return CallPhase.OPEN
    return CallPhase.CLOSED if has_closed(facts.closes_at, now) else CallPhase.PLANNED


def while_call_is_open(facts: CallFacts, now: datetime) -> Obstacle | None:
    """Refuse answers unless the call is open. `now` is the server's clock inside the transaction."""
    phase = phase_of(facts, now)
    if phase == CallPhase.OPEN:
        return None
    if phase == CallPhase.PLANNED:
        reason = Reason(ReasonCode.CALL_NOT_OPEN, facts.opens_at, facts.zone)
        return hinder(RefusalCode.ROUND_NOT_OPEN, reason, WINDOW_RULE, facts.opens_at)
    if phase == CallPhase.CANCELLED:
        return hinder(RefusalCode.ROUND_NOT_OPEN, Reason(ReasonCode.CALL_CANCELLED), WINDOW_RULE)
    return hinder(RefusalCode.ROUND_CLOSED, Reason(ReasonCode.CALL_CLOSED, facts.closes_at, facts.zone), WINDOW_RULE)


def while_seal_holds(facts: CallFacts, now: datetime) -> Obstacle | None:
    """Refuse to extend a sealed call that has closed: its answers can be read by then."""
    if facts.visibility != RoundVisibility.AFTER_CLOSE or not has_closed(facts.closes_at, now):
        return None
    words = "The call was sealed and has closed: its answers can be read."
    return Obstacle(RefusalCode.ROUND_CLOSED, words, SEAL_RULE, is_final=True)


def while_unpublished(facts: CallFacts, now: datetime) -> Obstacle | None:
    """Refuse what would change the answers of a call, or call it off, once its results are published."""
    if facts.published_at is None:
        return None
    words = f"Its results were published on {say_instant(facts.published_at, facts.zone)}."
    return Obstacle(RefusalCode.ALREADY_DONE, words, RESULTS_RULE, is_final=True)


def once_closed(facts: CallFacts, now: datetime) -> Obstacle | None:
    """Refuse to publish results before the call has closed, when answers can still come."""
    if has_closed(facts.closes_at, now):
        return None
    words = f"The call closes on {say_instant(facts.closes_at, facts.zone)}."
    return Obstacle(RefusalCode.ROUND_NOT_OPEN, words, RESULTS_RULE, facts.closes_at)


def before_closing(facts: CallFacts, now: datetime) -> Obstacle | None:
    """Refuse a reminder once the call has closed or was called off; it may still be planned."""
    if facts.status == CallStatus.CANCELLED:
        return hinder(RefusalCode.ROUND_NOT_OPEN, Reason(ReasonCode.CALL_CANCELLED), REMINDER_RULE)
    if not has_closed(facts.closes_at, now):
        return None
    reason = Reason(ReasonCode.CALL_CLOSED, facts.closes_at, facts.zone)
    return hinder(RefusalCode.ROUND_CLOSED, reason, REMINDER_RULE)


def shows_to_asked(facts: CallFacts | CallReminderFacts, now: datetime) -> bool:
    """Return whether the parties that are asked may read at `now` what others filed."""
    if facts.visibility == RoundVisibility.IMMEDIATE:
        return True
    closed = has_closed(facts.closes_at, now) and facts.status != CallStatus.CANCELLED
    return facts.visibility == RoundVisibility.AFTER_CLOSE and closed
