"""Root fields about consolidations: the check, the redline, the history of a provision."""

from typing import Annotated

import strawberry

from server.schema.consolidation.candidates import ConsolidationCandidate, list_candidates
from server.schema.consolidation.histories import ProvisionBlame, ProvisionHistory, show_blame, show_history
from server.schema.consolidation.queues import ConsolidationQueue, show_queue
from server.schema.consolidation.reconciliations import Reconciliation, show_reconciliation
from server.schema.consolidation.redlines import Redline, find_comparison, find_redline
from server.schema.consolidation.renumberings import BY_HAND, Renumbering, show_renumbering
from server.schema.consolidation.types import Consolidation, TextCorrection
from server.schema.lists.consolidation import (
    CONSOLIDATION_ORDERS,
    TEXT_CORRECTION_ORDERS,
    ConsolidationFilter,
    TextCorrectionFilter,
)
from server.schema.reads.pages import Connection
from server.schema.reads.roots import IDENTIFIER, many, one

KEY = Annotated[
    strawberry.ID, strawberry.argument(description="Permanent key of the provision, the same in all versions.")
]
IN_VERSION = Annotated[strawberry.ID, strawberry.argument(description="Id of the version, issued or not.")]


@strawberry.type
class ConsolidationQueries:
    """Root fields about consolidations."""

    text_corrections: Connection[TextCorrection] = many(
        "Corrections of errors, the newest first.",
        order=TEXT_CORRECTION_ORDERS,
        filter_type=TextCorrectionFilter,
    )
    consolidations: Connection[Consolidation] = many(
        "Consolidations of all instruments.", order=CONSOLIDATION_ORDERS, filter_type=ConsolidationFilter
    )
    consolidation: Consolidation | None = one(
        "A consolidation by its id; null if it does not exist or the caller does not see it.", "Consolidation"
    )

    @strawberry.field(
        description="The check of a consolidation; null if that does not exist or the caller does not see it."
    )
    async def reconciliation(self, info: strawberry.Info, consolidation_id: IDENTIFIER) -> Reconciliation | None:
        """Return the check of a consolidation, computed now."""
        return await show_reconciliation(info, consolidation_id)

    @strawberry.field(
        description="The latest issued version of every original, with what waits on it and whether the next version "
        "can be made of it; by short title of the instrument. Empty for everybody but the Secretariat."
    )
    async def consolidation_candidates(self, info: strawberry.Info) -> list[ConsolidationCandidate]:
        """Return the versions of which the next one can be made, or will be."""
        return await list_candidates(info)

    @strawberry.field(
        description="What there is to do before a version can be issued, provision by provision; null if the "
        "consolidation does not exist or the caller does not see it."
    )
    async def consolidation_queue(
        self, info: strawberry.Info, consolidation_id: IDENTIFIER
    ) -> ConsolidationQueue | None:
        """Return the queue of a consolidation, computed now."""
        return await show_queue(info, consolidation_id)

    @strawberry.field(
        description="What changed in a consolidated version and who asked for it; null if the version does not "
        "exist, was not made by consolidation or is not visible to the caller."
    )
    async def redline(
        self,
        info: strawberry.Info,
        text_version_id: IDENTIFIER,
    ) -> Redline | None:
        """Return the redline of a version."""
        return await find_redline(info, text_version_id)

    @strawberry.field(
        description="What changed between any two versions of an instrument, editions included, matched by the "
        "permanent keys of their provisions; null if one of them does not exist or is not visible to the caller, or if "
        "they are of different instruments or languages. Sources are named only where the version was made from the "
        "base in one step."
    )
    async def comparison(
        self,
        info: strawberry.Info,
        base_id: Annotated[strawberry.ID, strawberry.argument(description="Id of the earlier version.")],
        text_version_id: IDENTIFIER,
    ) -> Redline | None:
        """Return the redline between two versions."""
        return await find_comparison(info, base_id, text_version_id)

    @strawberry.field(
        description="What renumbering a version would do; null if the version does not exist or the caller does not "
        "see it. `renumberVersion` does it."
    )
    async def renumbering(
        self,
        info: strawberry.Info,
        text_version_id: IN_VERSION,
        numbers: BY_HAND = (),  # type: ignore[assignment]
    ) -> Renumbering | None:
        """Return the preview of a renumbering, computed now."""
        return await show_renumbering(info, text_version_id, list(numbers))

    @strawberry.field(
        description="The drafting history of a provision over the issued versions of its instrument; null if the "
        "caller sees no issued version in which it stands."
    )
    async def provision_history(self, info: strawberry.Info, provision_key: KEY) -> ProvisionHistory | None:
        """Return the history of a provision, computed now."""
        return await show_history(info, provision_key)

    @strawberry.field(
        description="Who wrote the words of a provision in a version, and in which version they came in; null if the "
        "provision does not stand there or the caller does not see the version."
    )
    async def provision_blame(
        self, info: strawberry.Info, provision_key: KEY, text_version_id: IN_VERSION
    ) -> ProvisionBlame | None:
        """Return the origin of the words of a provision, computed now."""
        return await show_blame(info, provision_key, text_version_id)
