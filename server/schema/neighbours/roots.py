"""Root fields about pending amendments that meet, and about what was asked for before."""

import strawberry

from server.schema.neighbours.dossiers import ProvisionDossier, show_dossier
from server.schema.neighbours.precedents import ProposalPrecedents, find_precedents
from server.schema.neighbours.values import ProposalNeighbours, TakingOrder, show_neighbours, show_taking_order
from server.schema.reads.roots import IDENTIFIER


@strawberry.type
class NeighbourQueries:
    """Root fields about pending amendments that meet, and about what was asked for before."""

    @strawberry.field(
        description="What the pending amendments of a proposal meet on the version that it asks to change now; null if "
        "the proposal does not exist or the caller does not see it."
    )
    async def neighbours(self, info: strawberry.Info, proposal_id: IDENTIFIER) -> ProposalNeighbours | None:
        """Return the neighbours of a proposal, computed now."""
        return await show_neighbours(info, proposal_id)

    @strawberry.field(
        description="What was asked for before of the provisions that the pending amendments of a proposal are about, "
        "and what became of it; null if the proposal does not exist or the caller does not see it."
    )
    async def precedents(self, info: strawberry.Info, proposal_id: IDENTIFIER) -> ProposalPrecedents | None:
        """Return the precedents of a proposal, computed now."""
        return await find_precedents(info, proposal_id)

    @strawberry.field(
        description="What is asked for of a provision of one version, now and before, and where it comes from; null if "
        "it does not exist or the caller does not see it, and for the public."
    )
    async def provision_dossier(self, info: strawberry.Info, provision_id: IDENTIFIER) -> ProvisionDossier | None:
        """Return the dossier of a provision, computed now."""
        return await show_dossier(info, provision_id)

    @strawberry.field(
        description="In which order the pending amendments on a version are taken: for each provision that furthest "
        "from the present text first; null if the version does not exist or the caller does not see it."
    )
    async def taking_order(self, info: strawberry.Info, text_version_id: IDENTIFIER) -> TakingOrder | None:
        """Return the order in which amendments are taken, computed now."""
        return await show_taking_order(info, text_version_id)
