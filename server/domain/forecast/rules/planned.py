"""The document deadlines of steps at sittings, and what counts of a step for its group. Pure."""

from datetime import date

from server.domain.forecast.rules.health import OpenStep
from server.domain.forecast.rules.network import PlanStep
from server.domain.sittings.rules.meeting import DocumentFacts, documents_due_on
from server.domain.workplan.rules import DUE_SOON_DAYS


def papers_day(facts: DocumentFacts, usual_days: int) -> date | None:
    """Return the document deadline of a sitting: as its body has set it, else so many days before as usual."""
    days = usual_days if facts.document_days is None else facts.document_days
    return documents_due_on(facts._replace(document_days=days))


def papers_day_of_step(facts: DocumentFacts, offset: int, usual_days: int) -> date | None:
    """Return the document deadline for a milestone so many days from a sitting.

    What is due before the sitting is a deadline of its own, and has no other.
    """
    return None if offset < 0 else papers_day(facts, usual_days)


def describe_open(step: PlanStep, today: date, is_at_risk: bool) -> OpenStep:
    """Return what counts of a step for its group. The last day itself is still in time."""
    last = step.ends_on
    left = None if last is None else (last - today).days
    return OpenStep(
        step.group_id,
        step.is_settled,
        is_dated=left is not None,
        is_overdue=left is not None and left < 0,
        is_due_soon=left is not None and 0 <= left <= DUE_SOON_DAYS,
        is_blocked=step.is_blocked,
        is_at_risk=is_at_risk,
        slip=step.slip(today) or 0,
    )
