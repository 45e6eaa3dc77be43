"""When triage, settling, undoing and reacting are possible."""

from datetime import datetime

from server.domain.rounds.rules.facts import CommentFacts
from server.domain.triage.rules.facts import AdviceFacts, AnswerFacts, BatchFacts
from server.kernel.acts import Obstacle
from server.kernel.refusals import RefusalCode
from server.kernel.saying import say_state
from server.vocabulary.rounds import RUNNING, UNDISPOSED, CommentStatus, DispositionStage, RoundStatus
from server.vocabulary.triage import SETTLED_TOGETHER

TRIAGE_RULE = "A comment is triaged while it waits for its recorded answer."
SETTLING_RULE = (
    "An EDITORIAL or LINGUISTIC answer is settled by those who lead the body and the Secretariat: it is recorded when "
    "both have settled the same proposed answer, in either order."
)
UNDO_RULE = "Answers that were given together are undone together, before a version or the report is published."
REACTION_RULE = (
    "The party of a comment says once whether it is content with the recorded answer, and with that to each point of "
    "one that was split."
)


def while_unanswered(facts: CommentFacts, now: datetime) -> Obstacle | None:
    """Refuse triage of a comment that waits for no answer any more, or was never filed."""
    if facts.status in UNDISPOSED:
        return None
    return Obstacle(RefusalCode.WRONG_STATE, f"This comment is {say_state(facts.status)}.", TRIAGE_RULE)


def while_settling(facts: AnswerFacts, now: datetime) -> Obstacle | None:
    """Refuse to settle an answer unless it stands proposed, on a point of language."""
    kind = facts.point_type or facts.type
    if kind not in SETTLED_TOGETHER:
        words = f"This is {kind}: the Secretariat records the answer after the group has agreed to it."
        return Obstacle(RefusalCode.WRONG_STATE, words, SETTLING_RULE)
    if facts.lead_id is not None:
        return Obstacle(RefusalCode.WRONG_STATE, "This comment is answered with its group.", SETTLING_RULE)
    standing = facts.standing_id if facts.point_id is None else facts.point_standing_id
    if facts.round_status == RoundStatus.CANCELLED or facts.comment_status not in UNDISPOSED:
        return Obstacle(RefusalCode.WRONG_STATE, f"This comment is {say_state(facts.comment_status)}.", SETTLING_RULE)
    if facts.stage == DispositionStage.PROPOSED and standing == facts.id:
        return None
    return Obstacle(RefusalCode.WRONG_STATE, "This answer is not the one that stands proposed now.", SETTLING_RULE)


def while_recorded(facts: AnswerFacts, now: datetime) -> Obstacle | None:
    """Refuse a reaction unless the answer is recorded, stands for the comment or its point, and had none yet."""
    if facts.reaction_id is not None:
        return Obstacle(RefusalCode.ALREADY_DONE, "Your party has reacted to this answer.", REACTION_RULE)
    standing = facts.standing_id if facts.point_id is None else facts.point_standing_id
    is_standing = standing == facts.id and facts.comment_status == CommentStatus.DISPOSED
    if facts.stage == DispositionStage.RECORDED and is_standing and facts.round_status != RoundStatus.CANCELLED:
        return None
    return Obstacle(RefusalCode.WRONG_STATE, "No recorded answer stands that could be reacted to.", REACTION_RULE)


def while_undoable(facts: BatchFacts, now: datetime) -> Obstacle | None:
    """Refuse to undo answers a second time, or once the round was ended."""
    if facts.undone_at is not None:
        return Obstacle(RefusalCode.ALREADY_DONE, "These answers were undone already.", UNDO_RULE)
    if facts.round_status not in RUNNING:
        return Obstacle(
            RefusalCode.WRONG_STATE, f"The round is {say_state(facts.round_status)}: its answers stand.", UNDO_RULE
        )
    return None


def while_advice_waits(facts: AdviceFacts, now: datetime) -> Obstacle | None:
    """Refuse advice that was given already."""
    if facts.given_at is None:
        return None
    rule = "Advice is given once."
    return Obstacle(RefusalCode.ALREADY_DONE, "The advice was given already.", rule)
