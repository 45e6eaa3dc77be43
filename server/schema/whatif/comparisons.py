"""Two what-ifs side by side: plain values, computed when they are asked."""

from typing import Annotated

import strawberry

from server.domain.whatif.rules import comparing
from server.schema.acts import RefusalType
from server.schema.reads.kinds import edge, words_or_null
from server.schema.reads.pages import AFTER, BEFORE, DEFAULT_PAGE, FIRST, LAST, Connection
from server.schema.reads.values import show_page
from server.schema.scalars import Digest
from server.schema.texts.types import Provision
from server.schema.texts.values import PreviewRun
from server.schema.whatif.values import IN_VERSION, KEY


@strawberry.type(description="A provision that one of two what-ifs changes, with its words in both.")
class WhatIfDifference:
    """The GraphQL form of `server.domain.whatif.rules.comparing.ComparedOutcome`."""

    key: strawberry.ID = strawberry.field(description=KEY)
    provision: Provision | None = edge(IN_VERSION, "text_id")
    printed_number: str | None = words_or_null("Its number as it would be printed; null if it has none.")
    before: str | None = strawberry.field(description="Words as they stand in the version; null if it is new.")
    first: str | None = strawberry.field(description="Words in the first what-if; null if it does not stand there.")
    second: str | None = strawberry.field(description="Words in the second what-if; null if it does not stand there.")
    is_same: bool = strawberry.field(description="Whether it stands in both in the same words at the same place.")
    runs: list[PreviewRun] = strawberry.field(description="From the first to the second, in runs.")


@strawberry.type(description="Two what-ifs of one version, and what they make different. Nothing was written.")
class WhatIfComparison:
    """The GraphQL form of `server.domain.whatif.rules.comparing.WhatIfComparison`, with pages when asked."""

    comparison: strawberry.Private[comparing.WhatIfComparison]

    @strawberry.field(description="Whether both give the same text.")
    def is_same_text(self) -> bool:
        """Return whether both give the same text."""
        return self.comparison.is_same_text

    @strawberry.field(description="`WhatIf.digest` of the first.")
    def first_digest(self) -> Digest:
        """Return the digest of the first outcome."""
        return Digest(self.comparison.first.digest)

    @strawberry.field(description="`WhatIf.digest` of the second.")
    def second_digest(self) -> Digest:
        """Return the digest of the second outcome."""
        return Digest(self.comparison.second.digest)

    @strawberry.field(description="Number of places at which amendments of the first collide.")
    def first_collision_count(self) -> int:
        """Return the number of collisions of the first."""
        return len(self.comparison.first.collisions)

    @strawberry.field(description="Number of places at which amendments of the second collide.")
    def second_collision_count(self) -> int:
        """Return the number of collisions of the second."""
        return len(self.comparison.second.collisions)

    @strawberry.field(description="Provisions that either changes, in reading order; new ones that only one has, last.")
    async def provisions(
        self,
        info: strawberry.Info,
        first: FIRST = DEFAULT_PAGE,
        after: AFTER = strawberry.UNSET,
        last: LAST = strawberry.UNSET,
        before: BEFORE = strawberry.UNSET,
    ) -> Connection[WhatIfDifference]:
        """Return a page of the provisions. Raise a GraphQL error (BAD_REQUEST) for arguments that make no sense."""
        compared = self.comparison
        name = f"WhatIfComparison.provisions {compared.first.digest} {compared.second.digest}"
        return await show_page(info, compared.provisions, lambda each: each.key, name)  # type: ignore[no-any-return]


WhatIfComparisonResult = Annotated[
    WhatIfComparison | RefusalType,
    strawberry.union("WhatIfComparisonResult", description="What two what-ifs make different. Or the refusal."),
]
