"""Who may join and leave groups, and record sittings and decisions. Pure."""

from server.access.conditions import a_focal_point, a_party, the_secretariat
from server.acts import Act
from server.bodies.rules import after_sitting_began, body_is_open

RECORDING = "Bodies decide and the Secretariat records it, as in the reports of the PTC and the Policy Commission"
JOINING = "Intersessional groups are open to join at any time (chart of WGEC groups of September 2018)"

join_body = Act("join_body", "body.joined", a_focal_point & a_party, (body_is_open,), JOINING)
leave_body = Act("leave_body", "body.left", a_focal_point & a_party, (body_is_open,), JOINING)
record_sitting = Act("record_sitting", "sitting.recorded", the_secretariat, (), RECORDING)
record_decision = Act("record_decision", "decision.recorded", the_secretariat, (after_sitting_began,), RECORDING)

ON_BODY = (join_body, leave_body, record_sitting)
"""The acts that a body offers."""
ON_SITTING = (record_decision,)
"""The acts that a sitting offers."""
ACTS = (*ON_BODY, *ON_SITTING)
