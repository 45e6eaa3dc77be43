"""Root fields about mechanisms, review cycles and proposals."""

import strawberry

from server.schema.lists.proposals import (
    MECHANISM_ORDERS,
    PROPOSAL_ORDERS,
    REVIEW_CYCLE_ORDERS,
    MechanismFilter,
    ProposalFilter,
    ReviewCycleFilter,
)
from server.schema.proposals.mechanism import Mechanism
from server.schema.proposals.types import Proposal, ReviewCycle
from server.schema.reads.pages import Connection
from server.schema.reads.roots import many, one


@strawberry.type
class ProposalQueries:
    """Root fields about mechanisms, review cycles and proposals."""

    mechanisms: Connection[Mechanism] = many(
        "Versions of the mechanism, the earliest first.",
        order=MECHANISM_ORDERS,
        filter_type=MechanismFilter,
    )
    review_cycle: ReviewCycle | None = one(
        "A review cycle by its id; null if it does not exist or the caller does not see it.", "ReviewCycle"
    )
    review_cycles: Connection[ReviewCycle] = many(
        "Review cycles, the one that opens first at the front.",
        order=REVIEW_CYCLE_ORDERS,
        filter_type=ReviewCycleFilter,
    )
    proposal: Proposal | None = one(
        "A proposal by its id; null if it does not exist or the caller does not see it.", "Proposal"
    )
    proposals: Connection[Proposal] = many(
        "Proposals by their number in the register, those without a number first.",
        order=PROPOSAL_ORDERS,
        filter_type=ProposalFilter,
    )
