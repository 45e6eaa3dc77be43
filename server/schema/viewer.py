"""Who is asking, and what is asked of them."""

from datetime import datetime

import strawberry

from server.rounds.queries import asks_for
from server.schema.bodies import Body
from server.schema.context import Context
from server.schema.parties import Delegate
from server.schema.reads import Rendered, many, rows_of
from server.schema.reads.pages import Connection
from server.schema.rounds import Round


@strawberry.type(description="The person who asks, and what is asked of them.")
class Viewer:
    """Resolved from the database at each request, never from the token."""

    @strawberry.field(description="The accreditation under which the caller speaks.")
    async def delegate(self, info: strawberry.Info) -> Delegate:
        """The caller's accreditation."""
        context: Context = info.context
        found = await rows_of(info, "Delegate", [context.actor.delegate_id])
        return Rendered(found[context.actor.delegate_id])  # type: ignore[return-value]

    @strawberry.field(description="Bodies that the caller leads today as chair, co-chair or coordinator.")
    async def leads(self, info: strawberry.Info) -> list[Body]:
        """The bodies led."""
        context: Context = info.context
        found = await rows_of(info, "Body", sorted(context.actor.leads))
        return Rendered(list(found.values()))  # type: ignore[return-value]

    asked: Connection[Round] = many(
        "Rounds that are open now and ask the caller's party for comments, those that close first at the front.",
        order=("closes_at", "id"),
        where=asks_for,
    )


@strawberry.type
class ViewerQueries:
    """Root fields about the caller."""

    @strawberry.field(description="The caller; null when nobody is signed in.")
    def viewer(self, info: strawberry.Info) -> Viewer | None:
        """Who asks."""
        context: Context = info.context
        return Viewer() if context.actor.is_signed_in else None

    @strawberry.field(description="The server's clock, which decides what is in time.")
    def server_time(self, info: strawberry.Info) -> datetime:
        """The present instant."""
        context: Context = info.context
        return context.now
