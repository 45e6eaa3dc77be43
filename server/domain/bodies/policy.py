"""Who may join and leave groups, record functions, sittings and decisions, and take a seat. Pure."""

from server.domain.bodies.rules import after_sitting_began, body_is_open, while_held
from server.domain.parties.rules.accrediting import not_accredited
from server.domain.parties.rules.facts import AppointmentFacts
from server.kernel.acts import Act, Condition
from server.kernel.conditions import a_focal_point, a_party, an_officer, the_secretariat
from server.kernel.scopes import Scope

RECORDING = "Bodies decide and the Secretariat records it, as in the reports of the PTC and the Policy Commission"
JOINING = "Intersessional groups are open to join at any time (chart of WGEC groups of September 2018)"
SEATS = "Whoever holds the link of an invitation takes up the accreditation, and with a seat its functions"

holder_of_the_link: Condition[AppointmentFacts] = Condition(
    "whoever holds the link of the invitation",
    lambda actor, _: bool(actor.delegate_id),
    frozenset({Scope.WRITE, Scope.ADMINISTER}),
)
"""The actor is the delegate who is being accredited."""

join_body = Act("join_body", "body.joined", a_focal_point & a_party, (body_is_open,), JOINING)
leave_body = Act("leave_body", "body.left", a_focal_point & a_party, (body_is_open,), JOINING)
record_sitting = Act("record_sitting", "sitting.recorded", the_secretariat, (), RECORDING)
record_decision = Act("record_decision", "decision.recorded", the_secretariat, (after_sitting_began,), RECORDING)
appoint_function = Act("appoint_function", "function.appointed", an_officer, (), RECORDING)
end_function = Act("end_function", "function.ended", an_officer, (while_held,), RECORDING)
accept_invitation = Act("accept_invitation", "invitation.accepted", holder_of_the_link, (not_accredited,), SEATS)

ON_BODY = (join_body, leave_body, appoint_function, record_sitting)
"""The acts that a body offers."""
ON_SITTING = (record_decision,)
"""The acts that a sitting offers."""
ON_FUNCTION = (end_function,)
"""The acts that a function offers."""
ACTS = (*ON_BODY, *ON_FUNCTION, *ON_SITTING)
INTERNAL = (accept_invitation,)
"""Acts that no mutation exposes."""
