"""The schema: every concept's root fields joined, and the scalars."""

from datetime import datetime

import strawberry
from strawberry.schema.config import StrawberryConfig
from strawberry.schema.types.scalar import DEFAULT_SCALAR_REGISTRY

from server.schema.acts import Refusing
from server.schema.bodies import BodyQueries
from server.schema.parties import PartyQueries
from server.schema.reads import NOUNS, Node, node_of, nodes_of
from server.schema.reads.roots import IDENTIFIER
from server.schema.round_acts import RoundMutations
from server.schema.rounds import RoundQueries
from server.schema.texts import TextMutations, TextQueries


def instant(value: str) -> datetime:
    """An instant as it is sent: ISO 8601 with an offset from UTC. A time without a zone is nobody's deadline."""
    read = datetime.fromisoformat(value)
    if read.tzinfo is None:
        raise ValueError("give the offset from UTC, such as 2026-03-27T17:00:00+01:00")
    return read


@strawberry.type(description="Everything that can be asked. Lists hold only what the caller may see.")
class Query(PartyQueries, BodyQueries, TextQueries, RoundQueries):
    """The root of reads."""

    @strawberry.field(description="Any object by its id; null when it does not exist or is hidden.")
    async def node(self, info: strawberry.Info, id: IDENTIFIER) -> Node | None:  # noqa: A002
        """One object."""
        return await node_of(info, id)  # type: ignore[no-any-return]


@strawberry.type(description="Everything that can be done. Each act is one transaction and one journal entry.")
class Mutation(TextMutations, RoundMutations):
    """The root of acts."""


schema = strawberry.Schema(
    Query,
    Mutation,
    types=[noun.type for noun in NOUNS.values()],
    exception_handlers=[Refusing()],
    config=StrawberryConfig(disable_field_suggestions=True),
)
