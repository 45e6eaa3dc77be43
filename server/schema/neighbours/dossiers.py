"""The dossier of a provision: what is asked for of it, now and before, computed when it is asked."""

import strawberry

from server.domain.neighbours.queries import dossiers
from server.domain.neighbours.rules.budgets import MOST_CHARACTERS
from server.schema.context import Context
from server.schema.neighbours.precedents import Precedent, show_precedents
from server.schema.neighbours.values import RELATIONS, Neighbour, TakenAmendment, show_pairs
from server.schema.reads.kinds import edge
from server.schema.reads.pages import AFTER, BEFORE, DEFAULT_PAGE, FIRST, LAST, Connection
from server.schema.reads.values import render_value, show_page
from server.schema.texts.types import Lineage, Provision


@strawberry.type(description="Where a provision of a version comes from.")
class ProvisionOrigin:
    """The words of a provision over all versions, with the lineage that says how they hang together."""

    numbers: list[Provision] = edge(
        "The provision, and those that it comes from, in every version in its language that the caller sees, by number "
        f"of the version; the {dossiers.MOST_NUMBERS} newest. They say which version called it what.",
        "number_ids",
    )
    lineage: list[Lineage] = edge(
        "What became of them where a version was imported, the newest version first, without what stayed the same; at "
        f"most {dossiers.MOST_LINES}.",
        "lineage_ids",
    )


@strawberry.type(
    description="A provision of a version with what is asked for of it: pending amendments and precedents, among those "
    "that the caller sees. Drafts of other parties are left out. `provision` tells its words, comments and references."
)
class ProvisionDossier:
    """The GraphQL form of `server.domain.neighbours.queries.dossiers.ProvisionDossier`, with pages when asked."""

    dossier: strawberry.Private[dossiers.ProvisionDossier]

    @strawberry.field(description="Where the provision comes from, and which version called it what.")
    async def origin(self, info: strawberry.Info) -> ProvisionOrigin:
        """Return where the provision comes from, rendered."""
        return await render_value(info, self.dossier)  # type: ignore[no-any-return]

    @strawberry.field(
        description="Whether all pending amendments and precedents were compared; at most "
        f"{MOST_CHARACTERS:,} characters are for the pairs, for the order and for the precedents each."
    )
    def is_complete(self) -> bool:
        """Return whether everything was compared."""
        return self.dossier.are_compared and self.dossier.precedents.is_complete

    @strawberry.field(
        description="Pending amendments about the provision, also those about a section that it is in and those that "
        "put something behind it: that furthest from the present text first, as they would be taken."
    )
    async def amendments(
        self,
        info: strawberry.Info,
        first: FIRST = DEFAULT_PAGE,
        after: AFTER = strawberry.UNSET,
        last: LAST = strawberry.UNSET,
        before: BEFORE = strawberry.UNSET,
    ) -> Connection[TakenAmendment]:
        """Return a page of the amendments. Raise a GraphQL error (BAD_REQUEST) for arguments that make no sense."""
        of = f"ProvisionDossier.amendments {self.dossier.text_id}"
        return await show_page(info, self.dossier.turns, lambda each: each.source, of)  # type: ignore[no-any-return]

    @strawberry.field(
        description="What those of different proposals are to each other: each pair once, by the one that was filed "
        "first, as `amendment` of it."
    )
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
        of = f"ProvisionDossier.pairs {self.dossier.text_id}"
        return await show_pairs(info, self.dossier.pairs, relations, of)

    @strawberry.field(
        description="Earlier amendments of the provision and of those that it comes from: those most like a pending "
        "one first, then those settled last."
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
        of = f"ProvisionDossier.precedents {self.dossier.text_id}"
        return await show_precedents(info, self.dossier.precedents, of)


async def show_dossier(info: strawberry.Info, text_id: str) -> ProvisionDossier | None:
    """Return the dossier of a provision of a version; None unless the caller sees it and is signed in."""
    context: Context = info.context
    dossier = await context.study(
        ("dossier", text_id),
        lambda session: dossiers.find_dossier(session, context.actor, context.now, text_id),
    )
    return ProvisionDossier(dossier=dossier) if dossier else None
