"""When things are possible in a round. Its phase is derived from its window and the clock, never stored."""

from datetime import datetime
from typing import TypeAlias

from server.domain.rounds.rules.facts import (
    AdmissionFacts,
    CommentFacts,
    CoSignatureFacts,
    OpeningFacts,
    PhaseFacts,
    RoundFacts,
)
from server.kernel.acts import Obstacle, hinder
from server.kernel.reasons import Reason, ReasonCode
from server.kernel.refusals import RefusalCode
from server.kernel.saying import say_state
from server.vocabulary.rounds import CERTAIN, RUNNING, CommentStatus, RoundPhase, RoundStatus, RoundVisibility
from server.vocabulary.texts import VersionStatus

WINDOW_RULE = "A round accepts comments from its opening instant until, and not including, its closing instant."
CLOSED_RULE = "Comments are answered after the closing instant of their round."
CANCELLED = Reason(ReasonCode.ROUND_CANCELLED)
PAUSED_RULE = "A paused round takes no comments, and its closing instant stays."
AnyFacts: TypeAlias = PhaseFacts | RoundFacts | CommentFacts | AdmissionFacts | CoSignatureFacts
"""The facts of a round, or of something in it that carries those of its round."""
PREPARED = frozenset({RoundPhase.PLANNED, RoundPhase.OPEN, RoundPhase.PAUSED})
"""Phases in which drafts can be prepared: before the opening and in a pause only the filing waits."""
ANSWERED = frozenset({RoundPhase.CLOSED, RoundPhase.IN_DISPOSITION})
"""Phases in which comments are being answered."""


def accepts_at(opens_at: datetime, closes_at: datetime, now: datetime) -> bool:
    """Return whether `now` lies in the window of a round: the opening instant is inside, the closing one is not.

    No other function in Python compares an instant with a window; `queries.is_accepting` is the same in SQL.
    """
    return opens_at <= now and not has_closed(closes_at, now)


def has_closed(closes_at: datetime, now: datetime) -> bool:
    """Return whether `now` is the closing instant of a round or later; `queries.is_closed` is the same in SQL."""
    return closes_at <= now


def phase_of(facts: AnyFacts, now: datetime) -> RoundPhase:
    """Return the phase of a round at `now`: what people ended stays so, else the calendar decides.

    A paused round closes at its instant as well. `policy.phase_for` is what an actor may know of it.
    """
    status = status_of(facts)
    if status not in RUNNING:
        return RoundPhase(status)
    if has_closed(facts.closes_at, now):
        answered = isinstance(facts, PhaseFacts | RoundFacts) and facts.answers_began_at is not None
        return RoundPhase.IN_DISPOSITION if answered else RoundPhase.CLOSED
    if not accepts_at(facts.opens_at, facts.closes_at, now):
        return RoundPhase.PLANNED
    return RoundPhase.PAUSED if status == RoundStatus.PAUSED else RoundPhase.OPEN


def status_of(facts: AnyFacts) -> RoundStatus:
    """Return what people decided about the round, from its own facts or from those of something in it."""
    return facts.round_status if isinstance(facts, CommentFacts | AdmissionFacts) else facts.status


def while_round_is_open(facts: AnyFacts, now: datetime) -> Obstacle | None:
    """Refuse comments unless the round is open. `now` is the server's clock inside the transaction."""
    phase = phase_of(facts, now)
    if phase == RoundPhase.OPEN:
        return None
    if phase == RoundPhase.PLANNED:
        reason = Reason(ReasonCode.ROUND_NOT_OPEN, facts.opens_at, facts.zone)
        return hinder(RefusalCode.ROUND_NOT_OPEN, reason, WINDOW_RULE, facts.opens_at)
    if phase == RoundPhase.PAUSED:
        reason = Reason(ReasonCode.ROUND_PAUSED, facts.closes_at, facts.zone)
        return hinder(RefusalCode.ROUND_NOT_OPEN, reason, PAUSED_RULE)
    if phase == RoundPhase.CANCELLED:
        return hinder(RefusalCode.ROUND_NOT_OPEN, CANCELLED, WINDOW_RULE)
    if phase not in ANSWERED:
        return hinder(RefusalCode.ROUND_CLOSED, Reason(ReasonCode.ROUND_COMPLETED), WINDOW_RULE)
    sealed = facts.visibility == RoundVisibility.AFTER_CLOSE
    closed = ReasonCode.SEALED_ROUND_CLOSED if sealed else ReasonCode.ROUND_CLOSED
    return hinder(RefusalCode.ROUND_CLOSED, Reason(closed, facts.closes_at, facts.zone), WINDOW_RULE)


def while_comments_are_taken(facts: RoundFacts | CommentFacts, now: datetime) -> Obstacle | None:
    """Refuse comments unless the round is open, or it closed and the caller's party is admitted until later."""
    is_admitted = facts.admitted_until is not None and not has_closed(facts.admitted_until, now)
    return None if is_admitted and phase_of(facts, now) in ANSWERED else while_round_is_open(facts, now)


def while_comments_are_prepared(facts: AnyFacts, now: datetime) -> Obstacle | None:
    """Refuse to prepare what can never be filed; before the opening and in a pause a draft only waits."""
    return None if phase_of(facts, now) in PREPARED else while_round_is_open(facts, now)


def while_drafts_are_written(facts: RoundFacts | CommentFacts, now: datetime) -> Obstacle | None:
    """Refuse to write a draft once it can never be filed: the round has closed, and the party is not admitted."""
    return None if phase_of(facts, now) in PREPARED else while_comments_are_taken(facts, now)


def while_seal_holds(facts: RoundFacts, now: datetime) -> Obstacle | None:
    """Refuse to extend a sealed round that has closed: its comments can be read and answered by then."""
    if facts.visibility != RoundVisibility.AFTER_CLOSE or not has_closed(facts.closes_at, now):
        return None
    rule = "A sealed round ends at its closing instant."
    return Obstacle(
        RefusalCode.ROUND_CLOSED,
        "The round was sealed and has closed: its comments can be read now.",
        rule,
        is_final=True,
    )


def while_unanswered(facts: RoundFacts, now: datetime) -> Obstacle | None:
    """Refuse to reopen a round or to call it off once its comments are being answered."""
    if phase_of(facts, now) != RoundPhase.IN_DISPOSITION:
        return None
    rule = "A round that is being answered is brought to its end: every comment is answered, and it is completed."
    return Obstacle(RefusalCode.WRONG_STATE, "Comments of this round are being answered already.", rule, is_final=True)


def before_round_closed(facts: RoundFacts, now: datetime) -> Obstacle | None:
    """Refuse to correct the terms of a round, or to take it up again, once it has closed."""
    if not has_closed(facts.closes_at, now):
        return None
    rule = "The terms of a round are corrected, and it is paused and resumed, before its closing instant."
    return hinder(RefusalCode.ROUND_CLOSED, Reason(ReasonCode.ROUND_OVER, facts.closes_at, facts.zone), rule)


def while_round_runs(facts: RoundFacts, now: datetime) -> Obstacle | None:
    """Refuse to close a round early unless it is open, or paused while it would be."""
    return None if phase_of(facts, now) == RoundPhase.PAUSED else while_round_is_open(facts, now)


def after_round_closed(facts: RoundFacts | CommentFacts | CoSignatureFacts, now: datetime) -> Obstacle | None:
    """Refuse answers until the closing instant, so that no comment is judged before all have been heard."""
    if status_of(facts) == RoundStatus.CANCELLED:
        return hinder(RefusalCode.ROUND_NOT_OPEN, CANCELLED, CLOSED_RULE)
    if has_closed(facts.closes_at, now):
        return None
    reason = Reason(ReasonCode.ROUND_STILL_OPEN, facts.closes_at, facts.zone)
    return hinder(RefusalCode.ROUND_NOT_OPEN, reason, CLOSED_RULE, facts.closes_at)


def while_submitted(facts: CommentFacts, now: datetime) -> Obstacle | None:
    """Refuse a mark of another party unless the comment is submitted and neither withdrawn nor answered."""
    if facts.status == CommentStatus.SUBMITTED:
        return None
    words = f"This comment is {say_state(facts.status)}; it would have to be {say_state(CommentStatus.SUBMITTED)}."
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
    return Obstacle(
        RefusalCode.WRONG_STATE, f"This version is {say_state(facts.version_status)}; issue it first.", rule
    )
