"""Comments that say much the same: before one is filed, and for those who answer them."""

from typing import Annotated, NamedTuple

import strawberry

from server.domain.threads import queries
from server.kernel.ids import prefix_of
from server.schema.acts import RefusalType
from server.schema.context import Context
from server.schema.reads.kinds import edge
from server.schema.reads.pages import AFTER, BEFORE, DEFAULT_PAGE, FIRST, LAST, Connection
from server.schema.reads.roots import IDENTIFIER, list_of
from server.schema.reads.values import show_page
from server.schema.rounds.types import Comment

SHOWN = 10
"""Comments of one group that are shown, the first that were filed."""
TEXT = Annotated[str, strawberry.argument(description="What the comment is to say; at most 20,000 characters.")]
WORDING = Annotated[str | None, strawberry.argument(description="The words that it is to propose; null without any.")]
PROVISION = Annotated[
    strawberry.ID | None, strawberry.argument(description="The provision that it is on; null for the whole text.")
]


@strawberry.type(description="Comments that say much the same as one that is not filed yet. Nothing was written.")
class AlikeComments:
    """What `alikeComments` answers."""

    ids: strawberry.Private[list[str]]
    likeness: list[int] = strawberry.field(
        description="How much alike the words of each are, 80 to 100, in the order of `comments`."
    )

    @strawberry.field(
        description="The comments in the same round and on the same provision that the caller sees, the likest first, "
        f"at most {queries.MOST_ALIKE}. In a sealed round, before it closes, those of the own party."
    )
    async def comments(self, info: strawberry.Info) -> list[Comment]:
        """Return the comments that are alike."""
        return await list_of(info, "Comment", self.ids)  # type: ignore[no-any-return]


class Cluster(NamedTuple):
    """Comments that say much the same, the first of them by id."""

    size: int
    comment_ids: list[str]


@strawberry.type(description="Comments on one provision that say much the same.")
class CommentGroup:
    """The GraphQL form of `Cluster`."""

    size: int = strawberry.field(description="Number of comments in the group.")
    comments: list[Comment] = edge(
        f"The first {SHOWN} of them that the caller sees, in the order in which they were filed.", "comment_ids"
    )


AlikeCommentsResult = Annotated[
    AlikeComments | RefusalType,
    strawberry.union("AlikeCommentsResult", description="What is alike. Or the refusal."),
]


@strawberry.type
class AlikeQueries:
    """Root fields about comments that say much the same."""

    @strawberry.field(
        description="Comments that say much the same as one that is about to be filed, so that a party can support one "
        "of them. Null if the round does not exist or the caller does not see it."
    )
    async def alike_comments(
        self,
        info: strawberry.Info,
        round_id: IDENTIFIER,
        text: TEXT,
        provision_id: PROVISION = None,
        proposed_wording: WORDING = None,
    ) -> AlikeCommentsResult | None:
        """Return the comments that are alike, or the refusal of words that are too long."""
        context: Context = info.context
        if any(prefix_of(each) is None for each in (round_id, provision_id) if each is not None):
            return None
        async with context.database.studying() as session:
            alike = await queries.find_alike(
                session, context.actor, context.now, round_id, provision_id, text, proposed_wording
            )
        if alike is None:
            return None
        return AlikeComments(ids=[each for each, _ in alike], likeness=[score for _, score in alike])

    @strawberry.field(
        description="Groups of filed comments in a round that say much the same and are not answered yet, in the order "
        "of the text, for those who lead its body and the Secretariat; null for others."
    )
    async def comment_groups(
        self,
        info: strawberry.Info,
        round_id: IDENTIFIER,
        first: FIRST = DEFAULT_PAGE,
        after: AFTER = strawberry.UNSET,
        last: LAST = strawberry.UNSET,
        before: BEFORE = strawberry.UNSET,
    ) -> Connection[CommentGroup] | None:
        """Return a page of the groups, in the order of the text."""
        context: Context = info.context
        if prefix_of(round_id) is None:
            return None
        async with context.database.studying() as session:
            groups = await queries.find_clusters(session, context.actor, context.now, round_id)
        if groups is None:
            return None
        clusters = [Cluster(len(ids), list(ids[:SHOWN])) for ids in groups]
        name = f"Query.commentGroups {round_id}"
        return await show_page(info, clusters, lambda cluster: cluster.comment_ids[0], name)  # type: ignore[no-any-return]
