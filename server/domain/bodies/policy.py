"""Who may join and leave groups, record functions, sittings and decisions, and take a seat. Pure."""

from server.domain.bodies.mandates import while_engaging
from server.domain.bodies.rules import (
    BodyFacts,
    after_sitting_began,
    body_is_open,
    is_a_group,
    not_concluded,
    while_held,
)
from server.domain.parties.rules.accrediting import not_accredited
from server.domain.parties.rules.facts import AppointmentFacts
from server.kernel.actor import Actor
from server.kernel.acts import Act, Condition, Obstacle
from server.kernel.conditions import a_focal_point, a_party, an_officer, the_secretariat
from server.kernel.refusals import RefusalCode
from server.kernel.scopes import Scope

RECORDING = "Bodies decide and the Secretariat records it, as in the reports of the PTC and the Policy Commission"
JOINING = "Intersessional groups are open to join at any time (chart of WGEC groups of September 2018)"
SEATS = "Whoever holds the link of an invitation takes up the accreditation, and with a seat its functions"

MANDATES = (
    "Bodies are set up, extended and ended by the body above them, as in the decisions of June 2018 and June 2019"
)

holder_of_the_link: Condition[AppointmentFacts] = Condition(
    "whoever holds the link of the invitation",
    lambda actor, _: bool(actor.delegate_id),
    frozenset({Scope.WRITE, Scope.ADMINISTER}),
)
"""The actor is the delegate who is being accredited."""


def unless_taking_part(actor: Actor, facts: BodyFacts) -> Obstacle | None:
    """Refuse to join a group of which the party is a member already."""
    if facts.body_id not in actor.bodies:
        return None
    return Obstacle(RefusalCode.ALREADY_DONE, "Your party takes part in this group already.")


def while_taking_part(actor: Actor, facts: BodyFacts) -> Obstacle | None:
    """Refuse to leave a group of which the party is no member."""
    if facts.body_id in actor.bodies:
        return None
    return Obstacle(RefusalCode.WRONG_STATE, "Your party does not take part in this group.")


establish_body = Act("establish_body", "body.established", an_officer, (), MANDATES)
correct_body = Act("correct_body", "body.corrected", an_officer, (), RECORDING)
extend_mandate = Act("extend_mandate", "mandate.extended", an_officer, (is_a_group, not_concluded), MANDATES)
conclude_body = Act("conclude_body", "body.concluded", an_officer, (is_a_group, not_concluded), MANDATES)
name_successor = Act("name_successor", "successor.named", an_officer, (), MANDATES)
join_body = Act(
    "join_body",
    "body.joined",
    a_focal_point & a_party,
    (body_is_open, while_engaging),
    JOINING,
    personally=(unless_taking_part,),
)
leave_body = Act(
    "leave_body", "body.left", a_focal_point & a_party, (body_is_open,), JOINING, personally=(while_taking_part,)
)
record_sitting = Act("record_sitting", "sitting.recorded", the_secretariat, (), RECORDING)
record_decision = Act("record_decision", "decision.recorded", the_secretariat, (after_sitting_began,), RECORDING)
appoint_function = Act("appoint_function", "function.appointed", an_officer, (), RECORDING)
end_function = Act("end_function", "function.ended", an_officer, (while_held,), RECORDING)
accept_invitation = Act("accept_invitation", "invitation.accepted", holder_of_the_link, (not_accredited,), SEATS)

ON_BODY = (
    join_body,
    leave_body,
    appoint_function,
    record_sitting,
    extend_mandate,
    conclude_body,
    name_successor,
    correct_body,
)
"""The acts that a body offers."""
ON_SITTING = (record_decision,)
"""The acts that a sitting offers."""
ON_FUNCTION = (end_function,)
"""The acts that a function offers."""
ACTS = (establish_body, *ON_BODY, *ON_FUNCTION, *ON_SITTING)
INTERNAL = (accept_invitation,)
"""Acts that no mutation exposes."""
