"""The coverage map of a round: who commented where."""

from typing import Annotated

import strawberry

from server.domain.triage.queries.coverage import MOST_PROVISIONS, Coverage, cover
from server.kernel.ids import prefix_of
from server.schema.context import Context
from server.schema.reads.pages import DEFAULT_PAGE, bad_input
from server.schema.reads.sealed import record_reading, witness_of
from server.schema.vocabulary import vocabulary
from server.vocabulary.triage import CoverageGrouping

vocabulary(CoverageGrouping)


@strawberry.type(description="A group of the parties that a round asks.")
class CoverageGroup:
    """The GraphQL form of `server.domain.triage.queries.coverage.CoveredGroup`."""

    value: str | None = strawberry.field(
        description="What they have in common, such as MEMBER; null for the parties of which nobody said it."
    )
    party_count: int = strawberry.field(description="Number of parties of the group that the round asks.")
    answered_count: int = strawberry.field(
        description="Number of them that filed or signed a comment, as far as the caller may know."
    )
    declared_none_count: int = strawberry.field(
        description="Number of them that declared to have no comment, as far as the caller may know."
    )


@strawberry.type(description="A provision, with the number of comments of each group on it.")
class CoverageRow:
    """The GraphQL form of `server.domain.triage.queries.coverage.CoveredProvision`."""

    provision_key: strawberry.ID = strawberry.field(description="Permanent key of the provision.")
    kind: str = strawberry.field(description="Kind of the provision, as in `UnitKind`.")
    printed_number: str | None = strawberry.field(description="Number as printed; null if it has none.")
    position: int = strawberry.field(description="Place in the text, from 1.")
    counts: list[int] = strawberry.field(
        description="Comments of each group that the caller sees, in the order of `groups`; 0 where it is silent."
    )


@strawberry.type(description="A page of the map of who commented where, in the order of the text.")
class CoverageMap:
    """The GraphQL form of `server.domain.triage.queries.coverage.Coverage`."""

    groups: list[CoverageGroup] = strawberry.field(description="The groups of parties, in a fixed order.")
    whole_text: list[int] = strawberry.field(
        description="Comments of each group on the whole text that the caller sees, in the order of `groups`."
    )
    rows: list[CoverageRow] = strawberry.field(description="Provisions in the order of the text.")
    end_position: int | None = strawberry.field(
        description="Send it as `after` for the next page; null on the last page."
    )


@strawberry.type
class CoverageQueries:
    """The root field of the coverage map."""

    @strawberry.field(
        description="Who commented where in a round, by provision and group of parties, withdrawn and revised comments "
        "left out; null if the round does not exist or is hidden from the caller. The counts hold what the caller sees."
    )
    async def coverage_map(
        self,
        info: strawberry.Info,
        round_id: Annotated[strawberry.ID, strawberry.argument(description="Id of the round.")],
        by: Annotated[CoverageGrouping, strawberry.argument(description="What the parties of a group have in common.")],
        first: Annotated[int, strawberry.argument(description="Provisions of the page, 1 to 100.")] = DEFAULT_PAGE,
        after: Annotated[
            int, strawberry.argument(description="Only provisions behind this position; 0 from the beginning.")
        ] = 0,
    ) -> CoverageMap | None:
        """Return a page of the map of a round. Raise a GraphQL error (BAD_REQUEST) for a page that is too large."""
        if not 0 < first <= MOST_PROVISIONS:
            raise bad_input(f"`first` is 1 to {MOST_PROVISIONS}.")
        if prefix_of(round_id) is None:
            return None
        context: Context = info.context
        async with context.database.reading() as connection:
            coverage = await cover(connection, context.actor, context.now, round_id, by, after, first)
        if coverage is None:
            return None
        if witness_of(context.actor):
            await record_reading(context.database, context.actor, context.now, [round_id])
        return _show(coverage)


def _show(coverage: Coverage) -> CoverageMap:
    """Return the GraphQL form of a page."""
    return CoverageMap(
        groups=[CoverageGroup(**(group._asdict() | {"value": group.value or None})) for group in coverage.groups],
        whole_text=coverage.whole_text,
        rows=[
            CoverageRow(
                provision_key=strawberry.ID(row.key),
                kind=row.kind,
                printed_number=row.printed_number or None,
                position=row.position,
                counts=row.counts,
            )
            for row in coverage.provisions
        ],
        end_position=coverage.end,
    )
