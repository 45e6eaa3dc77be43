"""Root fields about rounds and comments."""

import strawberry

from server.schema.lists.rounds import COMMENT_ORDERS, ROUND_ORDERS, CommentFilter, RoundFilter
from server.schema.reads.pages import Connection
from server.schema.reads.roots import many, one
from server.schema.rounds.types import Comment, Round


@strawberry.type
class RoundQueries:
    """Root fields about rounds and comments."""

    round: Round | None = one("A round by its id; null if it does not exist or the caller does not see it.", "Round")
    rounds: Connection[Round] = many(
        "Rounds; by default the one that closes first at the front.",
        order=ROUND_ORDERS,
        filter_type=RoundFilter,
    )
    comment: Comment | None = one(
        "A comment by its id; null if it does not exist or the caller does not see it.", "Comment"
    )
    comments: Connection[Comment] = many(
        "Comments; by default in the order of the text, those on the whole text first.",
        order=COMMENT_ORDERS,
        filter_type=CommentFilter,
    )
