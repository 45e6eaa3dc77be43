"""Bind bodies, their mandates, memberships and functions, sittings and decisions; and papers."""

from server.journal.bindings.kinds import Binding, column_terms
from server.models.bodies import Body, Decision, Function, Mandate, Membership, Sitting
from server.models.papers import Paper

BINDINGS = (
    Binding(Body, ("work_plan.imported",), subject="", is_register=True),
    Binding(Mandate, (), is_register=True),
    Binding(Membership, ("body.joined", "work_plan.imported"), ("body.left",), is_register=True),
    Binding(
        Function,
        ("function.appointed", "work_plan.imported"),
        ("function.ended", "invitation.accepted"),
        is_register=True,
    ),
    Binding(Sitting, ("sitting.recorded",), is_register=True),
    Binding(
        Decision,
        ("decision.recorded", "proposal.decided"),
        subject="",
        terms=column_terms("decision.recorded", sitting="sitting_id", subject="subject_id", outcome="outcome"),
    ),
    Binding(Paper, ("paper.issued",)),
)
