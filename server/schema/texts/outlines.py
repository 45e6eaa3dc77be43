"""The outline of a text: plain values, found at each request."""

from typing import Annotated

import strawberry

from server.domain.texts.queries import outlines
from server.schema.context import Context
from server.schema.reads.kinds import words_or_null
from server.schema.reads.values import render_value
from server.vocabulary.texts import UnitKind

VERSION = Annotated[strawberry.ID, strawberry.argument(description="Id of the version, issued or not.")]


@strawberry.type(description="A heading of a text, with its place in reading order.")
class OutlineHeading:
    """The GraphQL form of `server.domain.texts.queries.outlines.OutlineHeading`."""

    key: strawberry.ID = strawberry.field(description="Permanent key of the heading.")
    position: int = strawberry.field(description="Place in reading order, from 1.")
    kind: UnitKind = strawberry.field(description="Sort of heading.")
    level: int = strawberry.field(description="Level of the heading, from 1.")
    printed_number: str | None = words_or_null("Its number as printed; null if it has none.")
    text: str = strawberry.field(description="Its words.")


@strawberry.type(description="What a text consists of, for a table of contents and to read it part by part.")
class TextOutline:
    """The GraphQL form of `server.domain.texts.queries.outlines.TextOutline`."""

    provision_count: int = strawberry.field(description="Number of provisions of the version.")
    headings: list[OutlineHeading] = strawberry.field(description="Its headings in reading order.")


@strawberry.type
class OutlineQueries:
    """The root field about outlines."""

    @strawberry.field(
        description="The headings of a version, all of them, and how many provisions it has; null if it does not exist "
        "or the caller does not see it."
    )
    async def text_outline(self, info: strawberry.Info, text_version_id: VERSION) -> TextOutline | None:
        """Return the outline of a version."""
        context: Context = info.context
        async with context.database.studying() as session:
            outline = await outlines.find_outline(session, context.actor, context.now, text_version_id)
        return await render_value(info, outline)  # type: ignore[no-any-return]
