"""Bind bodies, their mandates, memberships and functions, sittings and decisions; agendas and reports; and papers."""

from server.journal.bindings.kinds import NAME_KEYS, Binding, column_terms
from server.models.bodies import Body, Decision, Function, Mandate, Membership, Sitting
from server.models.papers import Paper
from server.models.sittings import (
    AgendaItem,
    LaidPaper,
    ReportingLine,
    ReportParagraph,
    Reservation,
    SittingStep,
    Transfer,
)

BINDINGS = (
    Binding(
        Body,
        ("work_plan.imported", "body.established"),
        ("body.corrected", "body.concluded", "successor.named", "mandate.extended", "documents.arranged"),
        subject="",
        is_register=True,
        left_out=NAME_KEYS,
    ),
    Binding(Mandate, ("body.established", "mandate.extended"), subject="", is_register=True),
    Binding(Membership, ("body.joined", "work_plan.imported"), ("body.left",), is_register=True),
    Binding(
        Function,
        ("function.appointed", "work_plan.imported", "nomination.agreed"),
        ("function.ended", "invitation.accepted", "body.concluded"),
        is_register=True,
    ),
    Binding(Sitting, ("sitting.recorded", "sitting.called"), ("sitting.moved", "sitting.cancelled"), is_register=True),
    Binding(SittingStep, ("sitting.moved", "sitting.cancelled"), subject="sitting_id"),
    Binding(AgendaItem, ("item.placed",), ("item.revised", "item.withdrawn")),
    Binding(LaidPaper, ("paper.laid",), ("paper.withdrawn",)),
    Binding(ReportParagraph, ("paragraph.written",)),
    Binding(Reservation, ("reservation.made",), ("reservation.withdrawn",)),
    Binding(ReportingLine, ("reporting_line.recorded",), ("reporting_line.ended",)),
    Binding(Transfer, ("items.transferred",), subject="body_id"),
    Binding(
        Decision,
        ("decision.recorded", "proposal.decided"),
        subject="",
        terms=column_terms("decision.recorded", sitting="sitting_id", subject="subject_id", outcome="outcome"),
        left_out=("agenda_key",),  # follows from the agenda item, and was added to decisions that are bound without it
    ),
    Binding(Paper, ("paper.issued",)),
)
