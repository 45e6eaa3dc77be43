"""Who may do what in a call for inputs, and the acts that follow from it. Pure."""

from datetime import datetime

from server.domain.bodies.mandates import while_engaging
from server.domain.calls.rules.facts import CallFacts, CallingFacts, CallReminderFacts
from server.domain.calls.rules.window import (
    before_closing,
    once_closed,
    shows_to_asked,
    while_call_is_open,
    while_seal_holds,
    while_unpublished,
)
from server.kernel.actor import Actor
from server.kernel.acts import Act, Condition
from server.kernel.conditions import leads_body, the_secretariat
from server.kernel.scopes import Scope
from server.vocabulary.calls import CALL_LIFECYCLE
from server.vocabulary.rounds import RoundVisibility

MODEL = "Call for inputs on the AEO note of 2021, answered by 31 Members; roles as in comment rounds"

asked: Condition[CallFacts] = Condition(
    "a delegate of a party that the call addresses", lambda actor, facts: facts.addresses(actor.capacity)
)
filing: Condition[CallFacts] = Condition(
    "the focal point of a party that the call addresses; other delegates draft, and the focal point files",
    lambda actor, facts: actor.is_focal_point and facts.addresses(actor.capacity),
)


def shows_others(actor: Actor, facts: CallFacts | CallReminderFacts, now: datetime) -> bool:
    """Return whether a call shows the actor at `now` what other parties filed; `queries.visible_sheets` is its SQL."""
    if not actor.is_signed_in or actor.is_secretariat:
        return actor.is_secretariat
    leads = facts.body_id in actor.leads
    if facts.visibility is RoundVisibility.SECRETARIAT_AND_COORDINATORS:
        return leads
    return shows_to_asked(facts, now) and (leads or facts.addresses(actor.capacity))


open_call: Act[CallingFacts] = Act("open_call", "call.opened", leads_body | the_secretariat, (while_engaging,), MODEL)
extend_call = Act(
    "extend_call",
    "call.extended",
    leads_body | the_secretariat,
    (CALL_LIFECYCLE.allows("extend_call"), while_unpublished, while_seal_holds),
    MODEL,
)
close_call_early = Act(
    "close_call_early",
    "call.closed_early",
    leads_body | the_secretariat,
    (CALL_LIFECYCLE.allows("close_call_early"), while_call_is_open),
    MODEL,
)
cancel_call = Act(
    "cancel_call",
    "call.cancelled",
    the_secretariat,
    (CALL_LIFECYCLE.allows("cancel_call"), while_unpublished),
    MODEL,
)
publish_results = Act(
    "publish_results",
    "results.published",
    leads_body | the_secretariat,
    (CALL_LIFECYCLE.allows("publish_results"), once_closed, while_unpublished),
    MODEL,
)
remind_asked = Act("remind_asked", "asked.reminded", leads_body | the_secretariat, (before_closing,), MODEL)
answer_call = Act("answer_call", "answers.drafted", asked, (while_call_is_open,), MODEL, only=Scope.COMMENT)
file_answers = Act("file_answers", "answers.filed", filing, (while_call_is_open,), MODEL, only=Scope.COMMENT)

ON_CALL = (answer_call, file_answers, remind_asked, extend_call, close_call_early, cancel_call, publish_results)
"""The acts that a call offers."""
ACTS = (open_call, *ON_CALL)
