"""A preview of the settlement of a conflict."""

from typing import Annotated

import strawberry

from server.domain.consolidation.actions import previewing
from server.kernel.ids import prefix_of
from server.schema.acts import RefusalType
from server.schema.consolidation.types import ConflictSide
from server.schema.context import Context
from server.schema.reads.roots import IDENTIFIER, row_of
from server.schema.texts.values import PreviewRun, show_runs
from server.schema.vocabulary import vocabulary
from server.vocabulary.consolidation import SideStanding

vocabulary(SideStanding)


@strawberry.input(one_of=True, description="What is to stand: words where words compete, changes where places compete.")
class SettlementOutcomeInput:
    """The argument `outcome` of `previewSettlement`."""

    words: str | None = strawberry.field(
        default=strawberry.UNSET, description="The words that would stand at the place of the conflict."
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


@strawberry.type(description="A side of a conflict, and how much of it would stand.")
class PreviewedSide:
    """The GraphQL form of `server.domain.consolidation.actions.previewing.PreviewedSide`."""

    side_id: strawberry.Private[str]
    standing: SideStanding = strawberry.field(description="How much of it would stand.")

    @strawberry.field(description="The side; null if it is gone by now.")
    async def side(self, info: strawberry.Info) -> ConflictSide | None:
        """Return the side."""
        return await row_of(info, "ConflictSide", self.side_id)  # type: ignore[no-any-return]


@strawberry.type(description="What a settlement would make of the text. Nothing was written.")
class SettlementPreview:
    """The GraphQL form of `server.domain.consolidation.actions.previewing.SettlementPreview`."""

    provisions: list[PreviewedProvision] = strawberry.field(
        description="Provisions that the settlement concerns, with what it lets stand besides, in their order."
    )
    sides: list[PreviewedSide] = strawberry.field(
        description="Sides of the conflict, as far as the caller sees the comments and amendments behind them."
    )


PreviewSettlementResult = Annotated[
    SettlementPreview | RefusalType,
    strawberry.union(
        "PreviewSettlementResult", description="What a settlement would make of the text. Or the refusal."
    ),
]
OUTCOME = Annotated[SettlementOutcomeInput, strawberry.argument(description="What is to stand.")]
REST_STANDS = Annotated[
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
        self, info: strawberry.Info, conflict_id: IDENTIFIER, outcome: OUTCOME, rest_stands: REST_STANDS = False
    ) -> PreviewSettlementResult | None:
        """Return the preview, or the refusal of what settling would refuse."""
        context: Context = info.context
        if prefix_of(conflict_id) is None:
            return None
        settling = previewing.Settling(
            None if outcome.words is strawberry.UNSET else outcome.words,
            None if outcome.standing_ids is strawberry.UNSET else outcome.standing_ids,
            rest_stands,
        )
        async with context.database.studying() as session:
            shown = await previewing.preview_settlement(session, context.actor, context.now, conflict_id, settling)
        if shown is None:
            return None
        return SettlementPreview(
            provisions=[_show_provision(each) for each in shown.provisions],
            sides=[PreviewedSide(side_id=each.id, standing=each.standing) for each in shown.sides],
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
