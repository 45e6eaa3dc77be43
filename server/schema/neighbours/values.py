"""Pending amendments that meet, and the order in which they are taken: plain values, computed when they are asked."""

from collections.abc import Sequence
from typing import Annotated

import strawberry

from server.domain.neighbours.queries import meeting, ordering
from server.domain.neighbours.rules.budgets import MOST_CHARACTERS
from server.schema.context import Context
from server.schema.proposals.types import Amendment, Proposal
from server.schema.reads.kinds import edge, words_or_null
from server.schema.reads.pages import AFTER, BEFORE, DEFAULT_PAGE, FIRST, LAST, Connection
from server.schema.reads.roots import node_of
from server.schema.reads.values import page_values, render_value, show_page
from server.schema.texts.types import Provision, TextVersion
from server.schema.vocabulary import vocabulary
from server.vocabulary.neighbours import NeighbourClass

vocabulary(NeighbourClass)

RELATIONS = Annotated[
    list[NeighbourClass] | None,
    strawberry.argument(description="Only those that are one of these to each other; null for all."),
]
PROVISION_KEYS = Annotated[
    list[strawberry.ID] | None,
    strawberry.argument(description="Only provisions with one of these permanent keys; null for all."),
]


@strawberry.type(
    description="Words of a provision at which two amendments meet, and what each asks for instead; an ellipsis ends "
    f"those of more than {meeting.MOST_SHOWN:,} characters."
)
class MeetingPlace:
    """The GraphQL form of `server.domain.neighbours.rules.meeting.MeetingPoint`."""

    key: strawberry.ID | None = words_or_null("Permanent key of the provision; null for the beginning of the text.")
    words: str | None = words_or_null("The words as they stand; null where the two meet at a place and not in words.")
    own_words: str | None = words_or_null("Words that the amendment asks for there; null if it asks for none.")
    other_words: str | None = words_or_null("Words that the other one asks for there; null if it asks for none.")


@strawberry.type(description="A pending amendment of a proposal, and one of another proposal that it meets.")
class Neighbour:
    """The GraphQL form of `server.domain.neighbours.queries.meeting.Neighbour`."""

    relation: NeighbourClass = strawberry.field(description="What the amendment is to the other one.")
    amendment: Amendment | None = edge("The amendment of the proposal.", "amendment_id")
    other: Amendment | None = edge("The amendment of the other proposal.", "other_id")
    proposal: Proposal | None = edge("The other proposal.", "proposal_id")
    provision: Provision | None = edge(
        "The provision at which they meet first; null for the beginning of the text, and for one that is new.",
        "text_id",
    )
    places: list[MeetingPlace] = strawberry.field(description="Where they meet.")


@strawberry.type(
    description="What the pending amendments of a proposal meet, among those that the caller sees: by the rules of the "
    "merge, as if only the two were accepted. Drafts of other parties are left out."
)
class ProposalNeighbours:
    """The GraphQL form of `server.domain.neighbours.queries.meeting.Neighbours`; its pages are rendered when asked."""

    neighbours: strawberry.Private[meeting.Neighbours]

    @strawberry.field(
        description=f"Whether everything was compared; at most {meeting.MOST_COMPARED:,} pairs of amendments are, and "
        f"{MOST_CHARACTERS:,} characters of their words."
    )
    def is_complete(self) -> bool:
        """Return whether everything was compared."""
        return self.neighbours.is_complete

    @strawberry.field(description="Pairs that meet, by the position of the amendment, then as the others were filed.")
    async def pairs(
        self,
        info: strawberry.Info,
        relations: RELATIONS = None,
        first: FIRST = DEFAULT_PAGE,
        after: AFTER = strawberry.UNSET,
        last: LAST = strawberry.UNSET,
        before: BEFORE = strawberry.UNSET,
    ) -> Connection[Neighbour]:
        """Return a page of the pairs. Raise a GraphQL error (BAD_REQUEST) for arguments that make no sense."""
        of = f"ProposalNeighbours.pairs {self.neighbours.proposal_id}"
        return await show_pairs(info, self.neighbours.pairs, relations, of)


async def show_pairs(
    info: strawberry.Info, pairs: Sequence[meeting.Neighbour], relations: list[NeighbourClass] | None, of: str
) -> Connection[Neighbour]:
    """Return the page that the arguments of a field ask for, of the pairs that are one of these to each other."""
    chosen = [pair for pair in pairs if relations is None or pair.relation in relations]
    return await show_page(info, chosen, lambda pair: pair.key, f"{of} {relations}")  # type: ignore[no-any-return]


@strawberry.type(description="An amendment in the order in which it is taken.")
class TakenAmendment:
    """The GraphQL form of `server.domain.neighbours.rules.ordering.TakenTurn`."""

    amendment: Amendment | None = edge("The amendment.", "source")
    distance: int | None = strawberry.field(
        description="How far it is from the present text: tokens (words, figures and marks) that it strikes, and those "
        "that it adds. What moves counts once, with all that is in it. Null where it was not counted."
    )


@strawberry.type(
    description="A provision and the pending amendments that are about it, that furthest from the present text first; "
    "those at the same distance as they were filed. What is added is with the provision that it is to stand after."
)
class ProvisionTaking:
    """The GraphQL form of `server.domain.neighbours.queries.ordering.ProvisionTaking`."""

    key: strawberry.ID | None = words_or_null("Permanent key of the provision; null for the beginning of the text.")
    provision: Provision | None = edge("The provision; null for the beginning of the text.", "text_id")
    amendments: list[TakenAmendment] = strawberry.field(
        description="The amendments, the first to be taken first; those without a distance come last, as they were "
        "filed."
    )
    is_complete: bool = strawberry.field(
        description=f"Whether all distances were counted; at most {MOST_CHARACTERS:,} characters are compared for one "
        "version in an operation."
    )


@strawberry.type(
    description="The order in which the pending amendments on a version are taken, among those that the caller sees. "
    "It is a suggestion. Drafts of other parties are left out."
)
class TakingOrder:
    """The GraphQL form of `server.domain.neighbours.queries.ordering.TakingOrder`, with pages computed when asked."""

    order: strawberry.Private[ordering.TakingOrder]

    @strawberry.field(description="The version.")
    async def text_version(self, info: strawberry.Info) -> TextVersion | None:
        """Return the version, rendered."""
        return await node_of(info, self.order.version_id)  # type: ignore[no-any-return]

    @strawberry.field(description="Provisions that pending amendments are about, in reading order.")
    async def provisions(
        self,
        info: strawberry.Info,
        provision_keys: PROVISION_KEYS = None,
        first: FIRST = DEFAULT_PAGE,
        after: AFTER = strawberry.UNSET,
        last: LAST = strawberry.UNSET,
        before: BEFORE = strawberry.UNSET,
    ) -> Connection[ProvisionTaking]:
        """Return a page of the provisions. Raise a GraphQL error (BAD_REQUEST) for arguments that make no sense."""
        keys = self.order.list_keys(provision_keys)
        page = page_values(info, keys, f"TakingOrder.provisions {self.order.version_id} {provision_keys}")
        provisions = await self.order.take(keys[page.start : page.stop])
        return await render_value(info, page.connect(provisions))  # type: ignore[no-any-return]


async def show_neighbours(info: strawberry.Info, proposal_id: str) -> ProposalNeighbours | None:
    """Return what the amendments of a proposal meet; None unless the caller sees the proposal."""
    context: Context = info.context
    neighbours = await context.study(
        ("neighbours", proposal_id),
        lambda session: meeting.find_neighbours(session, context.actor, context.now, proposal_id),
    )
    return ProposalNeighbours(neighbours=neighbours) if neighbours else None


async def show_taking_order(info: strawberry.Info, version_id: str) -> TakingOrder | None:
    """Return the order in which the amendments on a version are taken; None unless the caller sees the version."""
    context: Context = info.context
    order = await context.study(
        ("taking order", version_id),
        lambda session: ordering.find_taking_order(session, context.actor, context.now, version_id),
    )
    return TakingOrder(order=order) if order else None
