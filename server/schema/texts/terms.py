"""Defined terms: plain values, found in the words of a version at each request."""

from typing import Annotated

import strawberry

from server.domain.texts.queries import referring
from server.schema.context import Context
from server.schema.reads.values import render_value

VERSION = Annotated[strawberry.ID, strawberry.argument(description="Id of the version, issued or not.")]


@strawberry.type(description="A place where a defined term is used.")
class TermUse:
    """The GraphQL form of `server.domain.texts.rules.provisions.TermUse`."""

    key: strawberry.ID = strawberry.field(description="Permanent key of the provision.")
    start: int = strawberry.field(description="Where the term begins in its text, in Unicode code points from 0.")
    end: int = strawberry.field(description="Where it ends, exclusive.")


@strawberry.type(description="A term that a text defines, with the places where the text uses it.")
class DefinedTerm:
    """The GraphQL form of `server.domain.texts.rules.provisions.DefinedTerm`."""

    term: str = strawberry.field(description="The term, without quotation marks.")
    key: strawberry.ID = strawberry.field(description="Permanent key of the provision that defines it.")
    uses: list[TermUse] = strawberry.field(
        description="Places where it is used, in reading order; the definition itself is none."
    )


@strawberry.type
class TermQueries:
    """Root fields about defined terms."""

    @strawberry.field(
        description="The terms that a version defines, in reading order; null if it does not exist or the caller does "
        "not see it."
    )
    async def defined_terms(self, info: strawberry.Info, text_version_id: VERSION) -> list[DefinedTerm] | None:
        """Return the defined terms of a version, computed now."""
        context: Context = info.context
        async with context.database.studying() as session:
            terms = await referring.find_terms(session, context.actor, context.now, text_version_id)
        return await render_value(info, terms)  # type: ignore[no-any-return]
