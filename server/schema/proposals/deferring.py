"""What a proposal was put off until: what it looks like."""

from datetime import datetime
from typing import TYPE_CHECKING, Annotated

import strawberry

from server.domain.proposals import queries
from server.models import deferring as tables
from server.schema.bodies.meetings import Sitting
from server.schema.parties.types import Delegate
from server.schema.reads.kinds import Node, column, noun, to_one
from server.schema.vocabulary import vocabulary
from server.vocabulary.proposals import DeferralKind

if TYPE_CHECKING:
    from server.schema.proposals.types import Proposal

vocabulary(DeferralKind)


@noun(tables.ProposalDeferral, queries.visible_deferrals)
class ProposalDeferral(Node):
    """Until when a registered proposal was put off, and why. Everybody who sees the proposal sees it.

    When what it waits for comes, the proposal is where it was before, by itself.
    """

    proposal: Annotated["Proposal", strawberry.lazy("server.schema.proposals.types")] = to_one(
        "The proposal that was put off.", implied=True
    )
    kind: DeferralKind = column("What it waits for.")
    sitting: Sitting | None = to_one("The sitting that has to begin; null for other kinds.")
    awaited: Annotated["Proposal", strawberry.lazy("server.schema.proposals.types")] | None = to_one(
        "The proposal that has to be decided; null for other kinds."
    )
    reason: str = column("Why it was put off.")
    deferred_at: datetime = column("Instant at which it was put off.")
    deferred_by: Delegate = to_one("The delegate who put it off.", implied=True)
    resumed_at: datetime | None = column("Instant at which it was taken up again before that came; null otherwise.")
    resumed_by: Delegate | None = to_one("The delegate who took it up again; null otherwise.", implied=True)
    resume_reason: str | None = column("Why it was taken up again; null otherwise.")
