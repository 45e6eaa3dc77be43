"""What can be followed as it happens."""

from collections.abc import AsyncGenerator
from typing import Annotated

import strawberry
from graphql import GraphQLError

from server.delivery.live.tail import Wanted, find_place
from server.kernel.acts import ensure_accredited
from server.kernel.ids import prefix_of
from server.kernel.refusals import Refusal
from server.models.journal import JournalEntry as JournalEntryRow
from server.schema.act_names import ActName
from server.schema.context import Context
from server.schema.journal.types import JournalEntry
from server.schema.reads.cursors import decode_cursor
from server.schema.reads.news import feed_of
from server.schema.reads.pages import MOST_VALUES, bad_input

FILTER = Annotated[
    "JournalEntryAddedFilter | None",
    strawberry.argument(description="Conditions that the acts must meet; by default all acts."),
]
AFTER = Annotated[
    str | None,
    strawberry.argument(
        description="Cursor after which to begin: `cursor` of the last entry that was received, or `endCursor` of a "
        "page of `journalEntries`. By default it begins now."
    ),
]


@strawberry.input(
    description="Conditions on the acts to follow. All that are given must hold; of a list of values one must be "
    "equal, and an empty list matches nothing."
)
class JournalEntryAddedFilter:
    """Filter of `journalEntryAdded`."""

    subject_id: list[strawberry.ID] | None = strawberry.field(
        default=strawberry.UNSET, description="Only acts on one of the objects with these ids."
    )
    round_id: list[strawberry.ID] | None = strawberry.field(
        default=strawberry.UNSET,
        description="Only acts on one of the rounds with these ids, and on the comments in them.",
    )
    party_id: list[strawberry.ID] | None = strawberry.field(
        default=strawberry.UNSET, description="Only acts done for one of the parties with these ids."
    )
    act: list[ActName] | None = strawberry.field(
        default=strawberry.UNSET, description="Only entries of one of these acts."
    )


@strawberry.type(description="What can be followed as it happens. The caller gets only what they may see at that time.")
class Subscription:
    """The root of what is followed."""

    @strawberry.subscription(
        description="Every act as it enters the journal, in order and without gaps: all except acts on drafts for the "
        "Secretariat, those of the own party for others. To keep a page fresh, ask in one request for its data and "
        "for `journalEntries(last: 1) { pageInfo { endCursor } }`, follow from that cursor, read again what an act is "
        "about by the id of its subject, and after a lost connection go on after the `cursor` of the last entry. What "
        "changes without an act is the time: a round opens, closes and shows its comments at its instants, a day "
        "begins at 00:00 UTC."
    )
    async def journal_entry_added(
        self, info: strawberry.Info, filter: FILTER = strawberry.UNSET, after: AFTER = strawberry.UNSET
    ) -> AsyncGenerator[JournalEntry]:
        """Begin to tell every entry that the caller sees as it enters the journal, after `after` if that is given.

        Raise a GraphQL error for somebody without a standing, and for a cursor that names nothing the caller sees.
        """
        place = await _find_start(info.context, after or None)
        return feed_of(info, "JournalEntry", wanted=_read_filter(filter or JournalEntryAddedFilter()), after=place)  # type: ignore[no-any-return]


def _read_filter(filter_: JournalEntryAddedFilter) -> Wanted:
    """Return which entries a filter asks for. Raise a GraphQL error (BAD_REQUEST) for ids that are none."""
    for name, ids in (("subjectId", filter_.subject_id), ("roundId", filter_.round_id), ("partyId", filter_.party_id)):
        if any(prefix_of(id_) is None for id_ in ids or ()):
            raise bad_input(f"The filter {name} holds something that is no identifier.")
    lists = (filter_.subject_id, filter_.round_id, filter_.party_id, filter_.act)
    if any(len(values or ()) > MOST_VALUES for values in lists):
        raise bad_input(f"A list of the filter takes {MOST_VALUES} values at most.")
    return Wanted(*(frozenset(map(str, values)) if isinstance(values, list) else None for values in lists))


async def _find_start(context: Context, after: str | None) -> int | None:
    """Return the place in the journal after which the caller follows: that of `after`, None for now.

    Raise a GraphQL error for a caller without a standing, and for a cursor of no entry that the caller sees.
    """
    try:
        ensure_accredited(context.actor)
    except Refusal as refusal:
        raise GraphQLError(refusal.message, extensions={"code": refusal.code}) from refusal
    if after is None:
        return None
    place = None
    if entry_id := _entry_in(after):
        async with context.database.reading() as connection:
            place = await find_place(connection, context.actor.parameters(context.now), entry_id)
    if place is None:
        raise bad_input("This is not the cursor of a journal entry that you see.")
    return place


def _entry_in(cursor: str) -> str | None:
    """Return the id of the entry that a cursor names, of the journal or of an entry itself; None if it names none."""
    try:
        _, values = decode_cursor(cursor)
    except ValueError:
        return None
    last = values[-1] if values else None
    return last if isinstance(last, str) and prefix_of(last) == JournalEntryRow.prefix else None
