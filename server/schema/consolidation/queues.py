"""The queue of a consolidation: plain values, computed from what is in the database now."""

import strawberry

from server.domain.consolidation.queries import queueing
from server.schema.consolidation.reconciliations import Reconciliation
from server.schema.context import Context
from server.schema.parties.types import Party
from server.schema.reads.kinds import edge, words_or_null
from server.schema.reads.values import render_value
from server.schema.vocabulary import vocabulary
from server.vocabulary.consolidation import QueueState
from server.vocabulary.texts import ProvisionChange, UnitKind

vocabulary(QueueState)


@strawberry.type(description="A provision that a consolidation concerns, and what it waits for.")
class QueuedProvision:
    """The GraphQL form of `server.domain.consolidation.rules.queueing.Queued`."""

    key: strawberry.ID = strawberry.field(description="Permanent key of the provision.")
    state: QueueState = strawberry.field(description="What it waits for first.")
    change: ProvisionChange = strawberry.field(
        description="What became of it so far; UNCHANGED while what was accepted waits."
    )
    kind: UnitKind = strawberry.field(description="Sort of unit.")
    printed_number: str | None = words_or_null("Number as printed, null if it has none.")
    words: str | None = words_or_null(
        "Its first 120 characters; null for a new provision that waits, if the caller does not see what asks for it."
    )
    open_conflict_count: int = strawberry.field(description="Number of conflicts in it that are not settled.")
    unexplained_count: int = strawberry.field(
        description="Number of disagreements of text and decisions in it that nothing explains."
    )
    unread_count: int = strawberry.field(description="Number of woven sentences in it that nobody has read.")
    parties: list[Party] = edge(
        "The parties that asked for its changes, as far as the caller sees what they filed.", "party_ids"
    )


@strawberry.type(
    description="The provisions of a version that is being made for which there is something to do or to look at, and "
    "the check of the whole text. Computed at each request."
)
class ConsolidationQueue:
    """The GraphQL form of `server.domain.consolidation.queries.queueing.ConsolidationQueue`."""

    provisions: list[QueuedProvision] = strawberry.field(
        description="Provisions that changed, that conflicts are in, or that wait for something, in reading order. "
        "Those that only got another number are left out."
    )
    reconciliation: Reconciliation = strawberry.field(description="The check of the whole text.")


async def show_queue(info: strawberry.Info, consolidation_id: str) -> ConsolidationQueue | None:
    """Return the queue of a consolidation, computed now; None unless the caller sees the consolidation."""
    context: Context = info.context
    async with context.database.studying() as session:
        queue = await queueing.find_queue(session, context.actor, context.now, consolidation_id)
    return await render_value(info, queue)  # type: ignore[no-any-return]
