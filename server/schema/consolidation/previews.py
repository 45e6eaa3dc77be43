"""A preview of the settlement of a conflict."""

from typing import Annotated

import strawberry

from server.domain.consolidation.actions import previewing
from server.domain.consolidation.actions.previewing import SideStanding
from server.kernel.ids import prefix_of
from server.schema.acts import RefusalType
from server.schema.consolidation.types import ConflictSide
from server.schema.context import Context
from server.schema.reads.roots import IDENTIFIER, list_of
from server.schema.texts.values import PreviewRun, show_runs

SEEN_SIDES = "Only those whose comments and amendments the caller sees."


@strawberry.input(one_of=True, description="What is to stand: words where words compete, changes where places compete.")
class SettlementOutcomeInput:
    """The argument `outcome` of `previewSettlement`."""

    words: str | None = strawberry.field(
        default=strawberry.UNSET,
        description="The words that would stand at the place of the conflict, at most 50,000 characters.",
    )
    standing_ids: list[strawberry.ID] | None = strawberry.field(
        default=strawberry.UNSET,
        description="Ids of the comments and amendments that would stand, in their order; none for the base.",
    )


@strawberry.type(description="A provision that a settlement would change.")
class PreviewedProvision:
    """The GraphQL form of `server.domain.consolidation.actions.previewing.PreviewedProvision`."""

    key: strawberry.ID = strawberry.field(description="Permanent key of the provision.")
    before: str | None = strawberry.field(
        description="Words as they stand in the version being made; null if the provision is new."
    )
    after: str | None = strawberry.field(description="Words as they would stand; null if the provision goes.")
    after_key: strawberry.ID | None = strawberry.field(
        description="Permanent key of the provision that it would stand after; null for the beginning or if it goes."
    )
    runs: list[PreviewRun] = strawberry.field(description="Both in reading order, in runs.")
    sentences: list[str] = strawberry.field(description="Each sentence that would read otherwise, as it would read.")


@strawberry.type(description="What a settlement would make of the text. Nothing was written.")
class SettlementPreview:
    """The GraphQL form of `server.domain.consolidation.actions.previewing.SettlementPreview`."""

    provisions: list[PreviewedProvision] = strawberry.field(
        description="Provisions that the settlement concerns, with what it lets stand besides, in their order."
    )
    standing: strawberry.Private[dict[str, SideStanding]]

    @strawberry.field(description=f"Sides that would stand as a whole. {SEEN_SIDES}")
    async def whole_sides(self, info: strawberry.Info) -> list[ConflictSide]:
        """Return the sides of which everything stands."""
        return await self.list_sides(info, SideStanding.WHOLE)

    @strawberry.field(description=f"Sides that would stand in part: some of their changes of the base. {SEEN_SIDES}")
    async def part_sides(self, info: strawberry.Info) -> list[ConflictSide]:
        """Return the sides of which something stands and something does not."""
        return await self.list_sides(info, SideStanding.PART)

    @strawberry.field(description=f"Sides of which nothing would stand. {SEEN_SIDES}")
    async def lost_sides(self, info: strawberry.Info) -> list[ConflictSide]:
        """Return the sides of which nothing stands."""
        return await self.list_sides(info, SideStanding.NONE)

    async def list_sides(self, info: strawberry.Info, standing: SideStanding) -> list[ConflictSide]:
        """Return the sides of which so much stands, in one statement."""
        ids = [side for side, how in self.standing.items() if how == standing]
        return await list_of(info, "ConflictSide", ids)  # type: ignore[no-any-return]


PreviewSettlementResult = Annotated[
    SettlementPreview | RefusalType,
    strawberry.union(
        "PreviewSettlementResult", description="What a settlement would make of the text. Or the refusal."
    ),
]
OUTCOME = Annotated[SettlementOutcomeInput, strawberry.argument(description="What is to stand.")]
STANDS_IN_PART = Annotated[
    bool, strawberry.argument(description="Whether proposals whose change here does not stand may stand in part.")
]


@strawberry.type
class SettlementQueries:
    """The root field that previews a settlement."""

    @strawberry.field(
        description="What a settlement would make of the text, and how much of each side would stand. Nothing is "
        "written. Null if the conflict does not exist or the caller does not see it."
    )
    async def preview_settlement(
        self,
        info: strawberry.Info,
        conflict_id: IDENTIFIER,
        outcome: OUTCOME,
        can_stand_in_part: STANDS_IN_PART = False,
    ) -> PreviewSettlementResult | None:
        """Return the preview, or the refusal of what settling would refuse."""
        context: Context = info.context
        if prefix_of(conflict_id) is None:
            return None
        settling = previewing.Settling(
            None if outcome.words is strawberry.UNSET else outcome.words,
            None if outcome.standing_ids is strawberry.UNSET else outcome.standing_ids,
            can_stand_in_part,
        )
        async with context.database.studying() as session:
            preview = await previewing.preview_settlement(session, context.actor, context.now, conflict_id, settling)
        if preview is None:
            return None
        return SettlementPreview(
            provisions=[_show_provision(each) for each in preview.provisions],
            standing={each.id: each.standing for each in preview.sides},
        )


def _show_provision(provision: previewing.PreviewedProvision) -> PreviewedProvision:
    return PreviewedProvision(
        key=strawberry.ID(provision.key),
        before=provision.before,
        after=provision.after,
        after_key=strawberry.ID(provision.after_key) if provision.after_key else None,
        runs=show_runs(provision.preview.runs),
        sentences=list(provision.preview.sentences),
    )
