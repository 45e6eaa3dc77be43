"""Root fields that try pending amendments on a version."""

import strawberry

from server.domain.whatif.queries import trying
from server.schema.context import Context
from server.schema.reads.roots import IDENTIFIER
from server.schema.whatif.comparisons import WhatIfComparison, WhatIfComparisonResult
from server.schema.whatif.values import PENDING_IDS, WhatIf, WhatIfResult


@strawberry.type
class WhatIfQueries:
    """Root fields that try pending amendments on a version."""

    @strawberry.field(
        description="What a version would be if pending proposals and amendments were accepted, or the refusal. "
        "Nothing is written. Null if the version does not exist or the caller does not see it."
    )
    async def what_if(
        self, info: strawberry.Info, text_version_id: IDENTIFIER, pending_ids: PENDING_IDS
    ) -> WhatIfResult | None:
        """Return the what-if, computed now, or the refusal."""
        context: Context = info.context
        what_if = await context.study(
            ("what-if", text_version_id, tuple(pending_ids)),
            lambda session: trying.find_what_if(session, context.actor, context.now, text_version_id, pending_ids),
        )
        return WhatIf(what_if=what_if) if what_if else None

    @strawberry.field(
        description="What two what-ifs of one version make different, or the refusal. Nothing is written. Null if the "
        "version does not exist or the caller does not see it."
    )
    async def what_if_comparison(
        self,
        info: strawberry.Info,
        text_version_id: IDENTIFIER,
        pending_ids: PENDING_IDS,
        other_pending_ids: PENDING_IDS,
    ) -> WhatIfComparisonResult | None:
        """Return the comparison, computed now, or the refusal."""
        context: Context = info.context
        comparison = await context.study(
            ("what-ifs", text_version_id, tuple(pending_ids), tuple(other_pending_ids)),
            lambda session: trying.compare_what_ifs(
                session, context.actor, context.now, text_version_id, pending_ids, other_pending_ids
            ),
        )
        return WhatIfComparison(comparison=comparison) if comparison else None
