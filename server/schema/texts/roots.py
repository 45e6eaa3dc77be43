"""Root fields about texts."""

from datetime import date, datetime
from typing import Annotated

import strawberry

from server.domain.texts.queries import reading
from server.schema.context import Context
from server.schema.reads.pages import Connection
from server.schema.reads.roots import many, node_of, one
from server.schema.texts.types import Edition, Instrument, Provision, TextVersion

INSTRUMENT = Annotated[strawberry.ID, strawberry.argument(description="Id of the instrument.")]
INSTANT = Annotated[datetime, strawberry.argument(description="Instant as at which the text is read, itself included.")]
LANGUAGE = Annotated[str | None, strawberry.argument(description="Language tag; null for the original.")]
DAY = Annotated[date, strawberry.argument(description="Day on which the edition is in force, itself included.")]


@strawberry.type
class TextQueries:
    """Root fields about texts."""

    instrument: Instrument | None = one(
        "An instrument by its id; null if it does not exist or the caller does not see it.", "Instrument"
    )
    instruments: Connection[Instrument] = many(
        "Instruments in alphabetical order of their short titles.", order=("short_title", "id")
    )
    text_version: TextVersion | None = one(
        "A version by its id; null if it does not exist or the caller does not see it.", "TextVersion"
    )
    provision: Provision | None = one(
        "A provision of one version by its id (not its permanent key); null if it does not exist or "
        "the caller does not see it.",
        "Provision",
    )
    edition: Edition | None = one(
        "An edition by its id; null if it does not exist or the caller does not see it.", "Edition"
    )

    @strawberry.field(
        description="The text of an instrument as at an instant: the version issued last at or before it; null if none "
        "was issued by then or the caller does not see it."
    )
    async def text_version_at(
        self, info: strawberry.Info, instrument_id: INSTRUMENT, instant: INSTANT, language: LANGUAGE = None
    ) -> TextVersion | None:
        """Return the version of an instrument as at an instant."""
        context: Context = info.context
        async with context.database.studying() as session:
            of = (instrument_id, instant, language)
            version_id = await reading.find_version_at(session, context.actor, context.now, *of)
        return await node_of(info, version_id or "")  # type: ignore[no-any-return]

    @strawberry.field(
        description="The edition of an instrument in force on a day: the one adopted last on or before it; null if "
        "none was adopted by then or the caller does not see it."
    )
    async def edition_at(self, info: strawberry.Info, instrument_id: INSTRUMENT, day: DAY) -> Edition | None:
        """Return the edition of an instrument in force on a day."""
        context: Context = info.context
        async with context.database.studying() as session:
            edition_id = await reading.find_edition_at(session, context.actor, context.now, instrument_id, day)
        return await node_of(info, edition_id or "")  # type: ignore[no-any-return]
