"""Who may do what when the comments of a closed round are answered. Pure."""

from datetime import datetime

from server.domain.rounds.rules.facts import PhaseFacts
from server.domain.rounds.rules.window import after_round_closed, has_closed
from server.domain.triage.rules.facts import AdviceFacts, BatchFacts
from server.domain.triage.rules.life import (
    while_advice_waits,
    while_recorded,
    while_settling,
    while_unanswered,
    while_undoable,
)
from server.kernel.actor import Actor
from server.kernel.acts import Act, Condition
from server.kernel.conditions import leads_body, own_focal_point, the_secretariat
from server.kernel.scopes import Scope
from server.vocabulary.rounds import RUNNING, DispositionStage, RoundStatus

MODEL = "Process model of comments and dispositions: handling and verdict are two fields; the received comment stays"

advising: Condition[AdviceFacts] = Condition(
    "those who lead the body that is asked, or the person who is asked",
    lambda actor, facts: facts.body_id in actor.leads or facts.delegate_id == actor.delegate_id,
)
proposing: Condition[BatchFacts] = Condition(
    "for proposed answers those who lead the body (chair, co-chair or coordinator)",
    lambda actor, facts: facts.body_id in actor.leads and facts.stage == DispositionStage.PROPOSED,
)


def shows_report(actor: Actor, facts: PhaseFacts, now: datetime) -> bool:
    """Return whether the report of a round is for an actor who sees the round.

    Those who answer read it from the closing instant on, everybody else when the round is complete.
    """
    if facts.status in (RoundStatus.COMPLETED, RoundStatus.REPORTED):
        return actor.is_signed_in
    answers = actor.is_secretariat or facts.body_id in actor.leads
    return facts.status in RUNNING and answers and has_closed(facts.closes_at, now)


TRIAGE = (after_round_closed, while_unanswered)

split_comment = Act("split_comment", "comment.split", leads_body | the_secretariat, TRIAGE, MODEL)
tag_comment = Act("tag_comment", "comment.tagged", leads_body | the_secretariat, (after_round_closed,), MODEL)
place_comment = Act("place_comment", "comment.placed", leads_body | the_secretariat, TRIAGE, MODEL)
forward_comment = Act("forward_comment", "comment.forwarded", leads_body | the_secretariat, TRIAGE, MODEL)
group_comments = Act("group_comments", "comments.grouped", leads_body | the_secretariat, (after_round_closed,), MODEL)
keep_answer = Act("keep_answer", "answer.kept", leads_body | the_secretariat, (after_round_closed,), MODEL)
propose_answers = Act("propose_answers", "answers.proposed", leads_body | the_secretariat, (after_round_closed,), MODEL)
record_answers = Act("record_answers", "answers.recorded", the_secretariat, (after_round_closed,), MODEL)
undo_answers = Act("undo_answers", "answers.undone", proposing | the_secretariat, (while_undoable,), MODEL)
give_advice = Act("give_advice", "advice.given", advising, (while_advice_waits,), MODEL)
settle_answer = Act("settle_answer", "answer.settled", leads_body | the_secretariat, (while_settling,), MODEL)
react_to_answer = Act(
    "react_to_answer", "answer.reacted", own_focal_point, (while_recorded,), MODEL, only=Scope.COMMENT
)

ON_COMMENT = (split_comment, tag_comment, place_comment, forward_comment)
"""The acts of triage on a comment."""
ON_ROUND = (group_comments, keep_answer, propose_answers, record_answers)
"""The acts of triage on a closed round."""
ON_BATCH = (undo_answers,)
ON_ADVICE = (give_advice,)
ON_ANSWER = (settle_answer, react_to_answer)
ACTS = (*ON_COMMENT, *ON_ROUND, *ON_BATCH, *ON_ADVICE, *ON_ANSWER)
