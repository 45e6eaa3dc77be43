"""What is told of proposals that are put off: that they are, and that they are back."""

from datetime import timedelta
from typing import Any

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import aliased

from server.domain.notices.queries.kinds import Moment, tell
from server.domain.notices.queries.objects import DEFERRAL, PROPOSAL, has_come_back
from server.domain.notices.queries.proposals import PROPOSAL_PAGE, stands_behind
from server.domain.notices.rules.words import Sentence
from server.kernel.predicates import is_secretariat
from server.models.proposals import ProposalWork


def _hears_of_its_return(_deferral: Any, proposal: Any) -> ColumnElement[bool]:
    """Return the condition that the caller handles a proposal that is back, or that its party stands behind it."""
    work = aliased(ProposalWork)
    behind = select(work.proposal_id).where(work.proposal_id == proposal.id, stands_behind(proposal, work)).exists()
    return or_(is_secretariat, behind)


DEFERRALS = (
    tell(
        "proposal.deferred",
        PROPOSAL,
        stands_behind,
        Sentence(
            "The proposal “{title}” was put off until something comes.",
            "La proposition « {title} » est reportée jusqu’à une échéance.",
        ),
        PROPOSAL_PAGE,
    ),
    tell(
        "proposal.resumed",
        PROPOSAL,
        stands_behind,
        Sentence("The proposal “{title}” was taken up again.", "La proposition « {title} » est reprise."),
        PROPOSAL_PAGE,
    ),
)

BACK = Moment(
    "proposal.back",
    DEFERRAL,
    timedelta(0),
    has_come_back,
    _hears_of_its_return,
    Sentence(
        "What the proposal “{title}” was put off until has come: it goes on.",
        "Ce qu’attendait la proposition « {title} » est arrivé : elle suit son cours.",
    ),
    "/proposals/{object}",
    is_personal=False,
    shows_due=False,
    reach=timedelta(days=36_500),
)
"""What is told when a proposal is back, with what stands behind it and to those who handle it."""
