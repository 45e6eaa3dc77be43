"""What was asked for before of a provision, and what became of it: plain values, computed when they are asked."""

from datetime import datetime

import strawberry

from server.domain.neighbours.queries import precedents
from server.domain.neighbours.rules.budgets import MOST_CHARACTERS
from server.schema.bodies.meetings import Decision
from server.schema.context import Context
from server.schema.proposals.types import Amendment
from server.schema.reads.kinds import edge, words_or_null
from server.schema.reads.pages import AFTER, BEFORE, DEFAULT_PAGE, FIRST, LAST, Connection
from server.schema.reads.values import show_page
from server.schema.vocabulary import vocabulary
from server.vocabulary.neighbours import PrecedentOutcome

vocabulary(PrecedentOutcome)


@strawberry.type(
    description="An earlier amendment of a provision, or of one that the provision comes from, on which nobody has to "
    "decide any more, with what became of it."
)
class Precedent:
    """The GraphQL form of `server.domain.neighbours.queries.precedents.Precedent`."""

    amendment: Amendment | None = edge("The earlier amendment.", "amendment_id")
    key: strawberry.ID = strawberry.field(description="Permanent key of the provision that it is about.")
    similarity: int | None = strawberry.field(
        description="How like the words that it changes are to those that an amendment of now changes, from 0 (none is "
        "the same) to 100; null where it was compared with none."
    )
    like: Amendment | None = edge(
        "The amendment of now that it is most like; null where it was compared with none.", "like_id"
    )
    outcome: PrecedentOutcome = strawberry.field(description="What became of it.")
    reason: str | None = words_or_null(
        "Reason of the group for its view, or of the proponent for dropping it; null if none was given."
    )
    decision: Decision | None = edge(
        "The last decision of a body on its proposal; null if there is none.", "decision_id"
    )
    settled_at: datetime | None = strawberry.field(
        description="Instant of the last conclusion, decision or withdrawal of its proposal; null if the journal has "
        "none."
    )


@strawberry.type(
    description="Earlier amendments of the provisions that the amendments of a proposal are about, among those that "
    "the caller sees. What was never submitted is left out."
)
class ProposalPrecedents:
    """The GraphQL form of `server.domain.neighbours.queries.precedents.Precedents`, with pages when asked."""

    proposal_id: strawberry.Private[str]
    known: strawberry.Private[precedents.Precedents]

    @strawberry.field(
        description=f"Whether everything was compared; the {precedents.MOST_EARLIER} that were settled last are, and "
        f"at most {MOST_CHARACTERS:,} characters of their words."
    )
    def is_complete(self) -> bool:
        """Return whether everything was compared."""
        return self.known.is_complete

    @strawberry.field(
        description="The earlier amendments, those whose changes of words are most like those of the proposal first, "
        "then those settled last."
    )
    async def precedents(
        self,
        info: strawberry.Info,
        first: FIRST = DEFAULT_PAGE,
        after: AFTER = strawberry.UNSET,
        last: LAST = strawberry.UNSET,
        before: BEFORE = strawberry.UNSET,
    ) -> Connection[Precedent]:
        """Return a page of the precedents. Raise a GraphQL error (BAD_REQUEST) for arguments that make no sense."""
        return await show_precedents(info, self.known, f"ProposalPrecedents.precedents {self.proposal_id}")


async def show_precedents(info: strawberry.Info, known: precedents.Precedents, of: str) -> Connection[Precedent]:
    """Return the page of precedents that the arguments of a field ask for, rendered."""
    return await show_page(info, known.precedents, lambda each: each.amendment_id, of)  # type: ignore[no-any-return]


async def find_precedents(info: strawberry.Info, proposal_id: str) -> ProposalPrecedents | None:
    """Return the precedents of a proposal; None unless the caller sees the proposal."""
    context: Context = info.context
    known = await context.study(
        ("precedents", proposal_id),
        lambda session: precedents.find_precedents(session, context.actor, context.now, proposal_id),
    )
    return ProposalPrecedents(proposal_id=proposal_id, known=known) if known else None
