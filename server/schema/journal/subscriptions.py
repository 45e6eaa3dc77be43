"""What can be followed as it happens."""

from collections.abc import AsyncGenerator
from dataclasses import replace
from typing import Annotated

import strawberry
from graphql import GraphQLError

from server.delivery.live.tail import Stretch, end_of_journal, find_place, read_on
from server.kernel.acts import ensure_accredited
from server.kernel.ids import prefix_of
from server.kernel.refusals import Refusal
from server.schema.context import Context
from server.schema.journal.types import JournalEntry
from server.schema.reads.executor import Rendered
from server.schema.reads.pages import bad_input
from server.schema.reads.roots import rows_of

SUBJECT = Annotated[
    strawberry.ID | None, strawberry.argument(description="Only acts on the object with this identifier.")
]
AFTER = Annotated[
    strawberry.ID | None,
    strawberry.argument(
        description="Begin after this entry, the last one that was received; without it, with what happens next."
    ),
]


@strawberry.type(description="What can be followed as it happens. It tells only what the caller may see at that time.")
class Subscription:
    """The root of what is followed."""

    @strawberry.subscription(
        description="Every act as it enters the journal, in order and without gaps: all of them for the Secretariat, "
        "those of the own party for others. After a lost connection go on with `after`."
    )
    async def journal_entry_added(
        self, info: strawberry.Info, subject_id: SUBJECT = strawberry.UNSET, after: AFTER = strawberry.UNSET
    ) -> AsyncGenerator[JournalEntry]:
        """Follow the journal."""
        context: Context = info.context
        assert context.watching is not None
        async with context.watching() as watch:
            context = await watch.context()
            place = await _beginning(context, subject_id or None, after or None)
            while True:
                stretch = await _read_on(context, place, subject_id or "")
                anew = replace(info, _raw_info=info._raw_info._replace(context=context))
                found = await rows_of(anew, "JournalEntry", stretch.ids)
                for id_ in stretch.ids:
                    if id_ in found:
                        yield Rendered(found[id_])  # type: ignore[misc]
                place = stretch.place
                if not stretch.more:
                    await watch.changed()
                context = await watch.context()


async def _beginning(context: Context, subject_id: str | None, after: str | None) -> int:
    """The place from which somebody follows. Raises a GraphQL error for somebody who has no standing, and for an entry
    that does not exist or that they may not see."""
    try:
        ensure_accredited(context.actor)
    except Refusal as refusal:
        raise GraphQLError(refusal.message, extensions={"code": refusal.code}) from refusal
    if subject_id is not None and prefix_of(subject_id) is None:
        raise bad_input("This subjectId is not an identifier.")
    async with context.database.reading() as connection:
        if after is None:
            return await end_of_journal(connection)
        reader = context.actor.parameters(context.now)
        place = await find_place(connection, reader, after) if prefix_of(after) else None
    if place is None:
        raise bad_input("You see no journal entry with the id given as after.")
    return place


async def _read_on(context: Context, place: int, subject_id: str) -> Stretch:
    async with context.database.reading() as connection:
        return await read_on(connection, context.actor.parameters(context.now), place, subject_id)
