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

SUBJECT = Annotated[strawberry.ID | None, strawberry.argument(description="Only acts on the object with this id.")]
AFTER = Annotated[
    strawberry.ID | None,
    strawberry.argument(
        description="Id of the last entry that was received; the stream goes on after it. By default it begins now."
    ),
]


@strawberry.type(description="What can be followed as it happens. The caller gets only what they may see at that time.")
class Subscription:
    """The root of what is followed."""

    @strawberry.subscription(
        description="Every act as it enters the journal, in order and without gaps: all except acts on drafts for the "
        "Secretariat, those of the own party for others. After a lost connection go on with `after`."
    )
    async def journal_entry_added(
        self, info: strawberry.Info, subject_id: SUBJECT = strawberry.UNSET, after: AFTER = strawberry.UNSET
    ) -> AsyncGenerator[JournalEntry]:
        """Yield every entry that the caller sees as it enters the journal, after the entry `after` if one is given.

        Raise a GraphQL error for somebody without a standing, and for ids that name nothing the caller sees.
        """
        context: Context = info.context
        assert context.watching is not None
        async with context.watching() as watch:
            context = await watch.context()
            place = await _find_start(context, subject_id or None, after or None)
            while True:
                stretch = await _read_on(context, place, subject_id or "")
                # Read with the context of this delivery: the one of the subscription's beginning may be hours old.
                current_info = replace(info, _raw_info=info._raw_info._replace(context=context))
                entries = await rows_of(current_info, "JournalEntry", stretch.ids)
                for id_ in stretch.ids:
                    if id_ in entries:
                        yield Rendered(entries[id_])  # type: ignore[misc]
                place = stretch.place
                if not stretch.more:
                    await watch.changed()
                context = await watch.context()


async def _find_start(context: Context, subject_id: str | None, after: str | None) -> int:
    """Return the place in the journal from which the caller follows: that of `after`, by default the end.

    Raise a GraphQL error for a caller without a standing, for a `subject_id` that is no identifier, and for an entry
    that does not exist or that the caller does not see.
    """
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
    """Read the next entries after `place`, those on one subject only if `subject_id` is not empty."""
    async with context.database.reading() as connection:
        return await read_on(connection, context.actor.parameters(context.now), place, subject_id)
