"""When a party can ask to comment after the close of a round, and be admitted."""

from datetime import datetime

from server.domain.rounds.rules.facts import AdmissionFacts, RoundFacts
from server.domain.rounds.rules.window import ANSWERED, has_closed, phase_of
from server.kernel.actor import Actor
from server.kernel.acts import Obstacle, hinder
from server.kernel.issue_codes import IssueCode
from server.kernel.issues import Issue
from server.kernel.reasons import Reason, ReasonCode
from server.kernel.refusals import RefusalCode
from server.vocabulary.calling import LateState, LateStatus
from server.vocabulary.rounds import RUNNING, RoundPhase, RoundVisibility

LATE_RULE = (
    "After the close a party files only if it was admitted, until the instant that it was admitted to; its comments "
    "are marked late for ever."
)
SEALED_RULE = (
    "Nobody is admitted to a round that was sealed: the comments of the others can be read since it closed, and a late "
    "one would be written with knowledge of them."
)


def state_of(_: Actor, facts: AdmissionFacts, __: datetime) -> LateState:
    """Return where a request stands now: one that nobody answered lapses as soon as its round is at an end."""
    if facts.status == LateStatus.ASKED and facts.round_status not in RUNNING:
        return LateState.LAPSED
    return LateState(facts.status)


def while_late_comments_are_possible(facts: RoundFacts | AdmissionFacts, now: datetime) -> Obstacle | None:
    """Refuse late comments before the close, after completion, and in a round that was sealed."""
    phase = phase_of(facts, now)
    if phase == RoundPhase.CANCELLED:
        return hinder(RefusalCode.ROUND_NOT_OPEN, Reason(ReasonCode.ROUND_CANCELLED), LATE_RULE)
    if phase in (RoundPhase.COMPLETED, RoundPhase.REPORTED):
        return hinder(RefusalCode.ROUND_CLOSED, Reason(ReasonCode.ROUND_COMPLETED), LATE_RULE)
    if facts.visibility == RoundVisibility.AFTER_CLOSE and has_closed(facts.closes_at, now):
        return Obstacle(RefusalCode.ROUND_CLOSED, "The round was sealed, and has closed.", SEALED_RULE, is_final=True)
    if phase in ANSWERED:
        return None
    reason = Reason(ReasonCode.ROUND_STILL_OPEN, facts.closes_at, facts.zone)
    return hinder(RefusalCode.ROUND_NOT_OPEN, reason, LATE_RULE, facts.closes_at)


def while_nothing_is_asked(facts: RoundFacts, now: datetime) -> Obstacle | None:
    """Refuse to ask again while a request waits, or while the party is admitted."""
    if facts.late_status == LateStatus.ASKED:
        words = "Your party has asked already, and the answer is still to come."
        return Obstacle(RefusalCode.ALREADY_DONE, words, LATE_RULE)
    if facts.admitted_until is not None and not has_closed(facts.admitted_until, now):
        reason = Reason(ReasonCode.ADMITTED_ALREADY, facts.admitted_until, facts.zone)
        return hinder(RefusalCode.ALREADY_DONE, reason, LATE_RULE)
    return None


def check_admission(ends_at: datetime, reason: str, now: datetime) -> list[Issue]:
    """Return every fault of an admission: it lasts until a later instant, and says why."""
    issues = [Issue("endsAt", IssueCode.CLOSES_IN_PAST)] if has_closed(ends_at, now) else []
    return issues + ([] if reason.strip() else [Issue("reason", IssueCode.REASON_MISSING)])
