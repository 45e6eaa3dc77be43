"""What can be followed as it happens."""

from collections.abc import AsyncGenerator
from typing import Annotated

import strawberry
from graphql import GraphQLError

from server.delivery.live.tail import find_place
from server.kernel.acts import ensure_accredited
from server.kernel.ids import prefix_of
from server.kernel.refusals import Refusal
from server.schema.context import Context
from server.schema.journal.types import JournalEntry
from server.schema.reads.news import feed_of
from server.schema.reads.pages import bad_input

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
        """Begin to tell every entry that the caller sees as it enters the journal, after `after` if that is given.

        Raise a GraphQL error for somebody without a standing, and for ids that name nothing the caller sees.
        """
        place = await _find_start(info.context, subject_id or None, after or None)
        return feed_of(info, "JournalEntry", subject_id=subject_id or "", after=place)  # type: ignore[no-any-return]


async def _find_start(context: Context, subject_id: str | None, after: str | None) -> int | None:
    """Return the place in the journal after which the caller follows: that of `after`, None for now.

    Raise a GraphQL error for a caller without a standing, for a `subject_id` that is no identifier, and for an entry
    that does not exist or that the caller does not see.
    """
    try:
        ensure_accredited(context.actor)
    except Refusal as refusal:
        raise GraphQLError(refusal.message, extensions={"code": refusal.code}) from refusal
    if subject_id is not None and prefix_of(subject_id) is None:
        raise bad_input("This subjectId is not an identifier.")
    if after is None:
        return None
    place = None
    if prefix_of(after):
        async with context.database.reading() as connection:
            place = await find_place(connection, context.actor.parameters(context.now), after)
    if place is None:
        raise bad_input("You see no journal entry with the id given as after.")
    return place
