"""When acts inside a delegation are possible, and what is well-formed in them. Pure."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from server.domain.delegations.rules.facts import DraftFacts, ParticipationFacts
from server.domain.rounds.rules.window import accepts_at, has_closed
from server.kernel.actor import Actor
from server.kernel.acts import Obstacle, hinder
from server.kernel.issue_codes import IssueCode
from server.kernel.issues import Issue
from server.kernel.reasons import Reason, ReasonCode
from server.kernel.refusals import RefusalCode
from server.kernel.saying import say_state
from server.vocabulary.delegations import DRAFT_LIFECYCLE, NOTE_LIMIT, ClearanceLevels, DraftStage
from server.vocabulary.parties import REASON_LIMIT
from server.vocabulary.rounds import RUNNING, CommentStatus, RoundStatus

DRAFT_RULE = "What a delegation does with its drafts ends when a comment is filed or closed."
PRACTICE_RULE = "A draft is cleared as the party's own practice says."
DECLARED_RULE = "A party declares that it has no comment, or files; a filing takes the declaration back."
ENDED_RULE = "A deadline inside a delegation lies before the closing instant of the round."
BETWEEN_REMINDERS = timedelta(hours=24)
"""The least time between two reminders in one round."""


def stage_of(facts: DraftFacts) -> DraftStage:
    """Return the stage that the facts of a draft hold, for its lifecycle."""
    return facts.stage


def may_clear(actor: Actor, facts: DraftFacts) -> bool:
    """Return whether an actor gives the clearance for which a draft waits.

    With two clearances, the first is for a delegate who did not write it, and the second for the focal point if they
    did not give the first.
    """
    if actor.party_id != facts.party_id:
        return False
    if facts.levels is not ClearanceLevels.TWO:
        return actor.is_focal_point
    if facts.stage is DraftStage.CLEARED_ONCE:
        return actor.is_focal_point and actor.delegate_id != facts.cleared_by_id
    return actor.delegate_id != facts.author_id


def may_return(actor: Actor, facts: DraftFacts) -> bool:
    """Return whether an actor gives a draft back: who clears it next, or the focal point."""
    return actor.party_id == facts.party_id and (actor.is_focal_point or may_clear(actor, facts))


def can_be_given(levels: ClearanceLevels, focal_points: int, delegates: int) -> bool:
    """Return whether so many people of a delegation can give its clearances to a draft of any of them.

    `focal_points` are counted among the `delegates`. Of two clearances the second is for a focal point; the first is
    for somebody who is neither that focal point nor the writer.
    """
    if levels is not ClearanceLevels.TWO:
        return True
    return focal_points >= 2 or (focal_points == 1 and delegates >= 3)


def check_levels(levels: ClearanceLevels, focal_points: int, delegates: int) -> list[Issue]:
    """Return the fault of more clearances than the people of a delegation can give."""
    return [] if can_be_given(levels, focal_points, delegates) else [Issue("levels", IssueCode.CLEARERS_MISSING)]


def while_comment_is_draft(facts: DraftFacts, now: datetime) -> Obstacle | None:
    """Refuse what is done with drafts on a comment that is filed or closed: one filed in one step has no stage."""
    if facts.comment_status is CommentStatus.DRAFT:
        return None
    words = f"This comment is {say_state(facts.comment_status)}; it would have to be a draft."
    return Obstacle(RefusalCode.WRONG_STATE, words, DRAFT_RULE, is_final=True)


def while_party_clears(facts: DraftFacts, now: datetime) -> Obstacle | None:
    """Refuse to clear where the party's practice asks for no clearance."""
    if (facts.levels or ClearanceLevels.NONE) is not ClearanceLevels.NONE:
        return None
    words = "Your party asks for no clearance: the focal point files drafts as they stand."
    return Obstacle(RefusalCode.WRONG_STATE, words, PRACTICE_RULE)


def stage_after_clearance(facts: DraftFacts) -> DraftStage:
    """Return the stage of a draft that gets the clearance for which it waits."""
    is_first = facts.levels is ClearanceLevels.TWO and facts.stage is DraftStage.READY
    towards = DraftStage.CLEARED_ONCE if is_first else DraftStage.CLEARED
    return DRAFT_LIFECYCLE.target("clear_draft", facts.stage, None if facts.stage != DraftStage.READY else towards)


def while_nothing_is_filed(facts: ParticipationFacts, now: datetime) -> Obstacle | None:
    """Refuse the declaration of a party that has filed a comment, or has declared already that it has none."""
    if facts.has_filed:
        words = "Your party has filed a comment in this round; withdraw it before you declare that it has none."
        return Obstacle(RefusalCode.WRONG_STATE, words, DECLARED_RULE)
    if facts.declared_at is not None:
        reason = Reason(ReasonCode.NO_COMMENT_DECLARED, facts.declared_at, facts.zone)
        return hinder(RefusalCode.ALREADY_DONE, reason, DECLARED_RULE)
    return None


def while_declared(facts: ParticipationFacts, now: datetime) -> Obstacle | None:
    """Refuse to take back a declaration that does not stand."""
    if facts.declared_at is not None:
        return None
    words = "No declaration of your party stands in this round that it has no comment."
    return Obstacle(RefusalCode.WRONG_STATE, words, DECLARED_RULE)


def before_closing(facts: ParticipationFacts, now: datetime) -> Obstacle | None:
    """Refuse what only makes sense before the closing instant of a round, which may still be planned."""
    if facts.status in RUNNING and not has_closed(facts.closes_at, now):
        return None
    if facts.status == RoundStatus.CANCELLED:
        return hinder(RefusalCode.ROUND_NOT_OPEN, Reason(ReasonCode.ROUND_CANCELLED), ENDED_RULE)
    return hinder(RefusalCode.ROUND_CLOSED, Reason(ReasonCode.ROUND_OVER, facts.closes_at, facts.zone), ENDED_RULE)


def check_due(path: str, due_at: datetime, earliest: datetime, latest: datetime) -> list[Issue]:
    """Return the fault of an instant that does not lie between `earliest` and `latest`, which is not included."""
    if accepts_at(earliest, latest, due_at):
        return []
    limits = {"since": earliest.isoformat(), "until": latest.isoformat()}
    return [Issue(path, IssueCode.INSTANT_OUT_OF_RANGE, **limits)]


def check_reason(reason: str) -> list[Issue]:
    """Return the fault of a reason to return a draft."""
    if not reason.strip():
        return [Issue("reason", IssueCode.REASON_MISSING)]
    return [Issue("reason", IssueCode.TOO_LONG, limit=REASON_LIMIT)] if len(reason) > REASON_LIMIT else []


def check_note(text: str) -> list[Issue]:
    """Return the fault of the words of a note."""
    return [] if 1 <= len(text.strip()) <= NOTE_LIMIT else [Issue("text", IssueCode.LENGTH, limit=NOTE_LIMIT)]


def find_next_reminder(due_at: datetime, others: Sequence[datetime]) -> datetime | None:
    """Return from when a reminder is possible that is too near to others in the round; None if none is too near."""
    near = [other for other in others if abs(other - due_at) < BETWEEN_REMINDERS]
    return max(near) + BETWEEN_REMINDERS if near else None
