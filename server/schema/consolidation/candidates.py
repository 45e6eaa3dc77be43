"""Versions of which the next one can be made: plain values, computed from what is in the database now."""

import strawberry

from server.domain.consolidation.queries import candidates
from server.schema.acts import AvailableAct
from server.schema.context import Context
from server.schema.reads.kinds import edge
from server.schema.reads.values import render_value
from server.schema.texts.types import TextVersion


@strawberry.type(description="The latest issued version of an original, and whether the next one can be made of it.")
class ConsolidationCandidate:
    """The GraphQL form of `server.domain.consolidation.queries.candidates.Candidate`."""

    text_version: TextVersion | None = edge("The version.", "version_id")
    open_round_count: int = strawberry.field(description="Number of rounds on it that take comments, or will.")
    undisposed_count: int = strawberry.field(
        description="Number of comments on it, carried ones included, that have no recorded disposition."
    )
    accepted_count: int = strawberry.field(
        description="Number of wordings of comments that were accepted, and of amendments that were agreed."
    )
    available_acts: list[AvailableAct] = strawberry.field(
        description="Whether it can be consolidated now; if not, why not."
    )


async def list_candidates(info: strawberry.Info) -> list[ConsolidationCandidate]:
    """Return the candidates, computed now."""
    context: Context = info.context
    async with context.database.studying() as session:
        listed = await candidates.list_candidates(session, context.actor, context.now)
    return await render_value(info, listed)  # type: ignore[no-any-return]
