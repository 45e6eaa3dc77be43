"""Who opens a silence procedure, breaks it, speaks in it, and settles what becomes of it. Pure."""

from server.domain.bodies.mandates import while_engaging
from server.domain.silence.rules import SilenceFacts, SilenceOpening, after_silence, while_silence_runs
from server.kernel.actor import Capacity
from server.kernel.acts import Act, Condition
from server.kernel.conditions import leads_body, the_secretariat
from server.vocabulary.silence import SILENCE_LIFECYCLE

SILENCE = (
    "Last chance to raise final concerns in the document-based PTC of 2020; the text is circulated, the instant is "
    "announced, and an objection before it breaks the silence. Observers speak and do not stop it"
)

a_member: Condition[SilenceFacts] = Condition(
    "the focal point of a Member; observers and the private sector make a statement",
    lambda actor, _: actor.capacity == Capacity.MEMBER and actor.is_focal_point,
)
heard: Condition[SilenceFacts] = Condition(
    "the focal point of a party that the procedure addresses",
    lambda actor, facts: actor.is_focal_point and facts.addresses(actor.capacity),
)

open_silence: Act[SilenceOpening] = Act(
    "open_silence", "silence.opened", leads_body | the_secretariat, (while_engaging,), SILENCE
)
extend_silence: Act[SilenceFacts] = Act(
    "extend_silence",
    "silence.extended",
    leads_body | the_secretariat,
    (SILENCE_LIFECYCLE.allows("extend_silence"), while_silence_runs),
    SILENCE,
)
break_silence: Act[SilenceFacts] = Act(
    "break_silence",
    "silence.broken",
    a_member,
    (SILENCE_LIFECYCLE.allows("break_silence"), while_silence_runs),
    SILENCE,
)
make_statement: Act[SilenceFacts] = Act(
    "make_statement",
    "statement.made",
    heard,
    (SILENCE_LIFECYCLE.allows("make_statement"), while_silence_runs),
    SILENCE,
)
cancel_silence: Act[SilenceFacts] = Act(
    "cancel_silence",
    "silence.cancelled",
    leads_body | the_secretariat,
    (SILENCE_LIFECYCLE.allows("cancel_silence"), while_silence_runs),
    SILENCE,
)
record_silence: Act[SilenceFacts] = Act(
    "record_silence",
    "silence.recorded",
    the_secretariat,
    (SILENCE_LIFECYCLE.allows("record_silence"), after_silence),
    SILENCE,
)
restart_silence: Act[SilenceFacts] = Act(
    "restart_silence",
    "silence.restarted",
    leads_body | the_secretariat,
    (SILENCE_LIFECYCLE.allows("restart_silence"),),
    SILENCE,
)
refer_silence: Act[SilenceFacts] = Act(
    "refer_silence",
    "silence.referred",
    leads_body | the_secretariat,
    (SILENCE_LIFECYCLE.allows("refer_silence"),),
    SILENCE,
)

ON_BODY = (open_silence,)
"""The acts that a body offers."""
ON_SILENCE = (
    break_silence,
    make_statement,
    extend_silence,
    cancel_silence,
    record_silence,
    restart_silence,
    refer_silence,
)
"""The acts that a silence procedure offers."""
ACTS = (*ON_BODY, *ON_SILENCE)
