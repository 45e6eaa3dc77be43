"""Root fields about texts."""

from datetime import date, datetime
from typing import Annotated

import strawberry

from server.domain.texts.queries import reading, sections
from server.schema.context import Context
from server.schema.lists.texts import EDITION_ORDERS, INSTRUMENT_ORDERS, EditionFilter, InstrumentFilter
from server.schema.reads.kinds import edge
from server.schema.reads.pages import Connection
from server.schema.reads.roots import many, node_of, one
from server.schema.reads.values import render_value
from server.schema.scalars import Locale
from server.schema.texts.types import Edition, Instrument, Provision, TextVersion

INSTRUMENT = Annotated[strawberry.ID, strawberry.argument(description="Id of the instrument.")]
AT = Annotated[datetime, strawberry.argument(description="Instant as at which the text is read, itself included.")]
LANGUAGE = Annotated[Locale | None, strawberry.argument(description="Language; null for the original.")]
ON = Annotated[date, strawberry.argument(description="Day on which the edition is in force, itself included.")]


@strawberry.type(description="A provision with everything inside it, to be quoted or read as a whole.")
class TextSection:
    """The GraphQL form of `server.domain.texts.queries.sections.Section`."""

    provisions: list[Provision] = edge(
        "The provision and everything inside it, in reading order, those that the caller sees.", "provision_ids"
    )
    text: str = strawberry.field(
        description="Number and words of each of them on a line of its own, without those that have neither."
    )


@strawberry.type
class TextQueries:
    """Root fields about texts."""

    instrument: Instrument | None = one(
        "An instrument by its id; null if it does not exist or the caller does not see it.", "Instrument"
    )
    instruments: Connection[Instrument] = many(
        "Instruments in alphabetical order of their short titles.",
        order=INSTRUMENT_ORDERS,
        filter_type=InstrumentFilter,
    )
    text_version: TextVersion | None = one(
        "A version by its id; null if it does not exist or the caller does not see it.", "TextVersion"
    )
    provision: Provision | None = one(
        "A provision of one version by its id (not its permanent key); null if it does not exist or "
        "the caller does not see it.",
        "Provision",
    )
    editions: Connection[Edition] = many(
        "Editions of all instruments.", order=EDITION_ORDERS, filter_type=EditionFilter
    )
    edition: Edition | None = one(
        "An edition by its id; null if it does not exist or the caller does not see it.", "Edition"
    )

    @strawberry.field(
        description="A provision of one version with everything inside it; null if it does not exist or the caller "
        "does not see it."
    )
    async def section(
        self,
        info: strawberry.Info,
        provision_id: Annotated[
            strawberry.ID, strawberry.argument(description="Id of the provision in one version, not its key.")
        ],
    ) -> TextSection | None:
        """Return the whole section."""
        context: Context = info.context
        async with context.database.studying() as session:
            section = await sections.find_section(session, context.actor, context.now, provision_id)
        return section and await render_value(info, section)

    @strawberry.field(
        description="The text of an instrument as at an instant: the version issued last at or before it; null if none "
        "was issued by then or the caller does not see it."
    )
    async def text_version_at(
        self, info: strawberry.Info, instrument_id: INSTRUMENT, at: AT, language: LANGUAGE = None
    ) -> TextVersion | None:
        """Return the version of an instrument as at an instant."""
        context: Context = info.context
        async with context.database.studying() as session:
            of = (instrument_id, at, language)
            version_id = await reading.find_version_at(session, context.actor, context.now, *of)
        return await node_of(info, version_id or "")  # type: ignore[no-any-return]

    @strawberry.field(
        description="The edition of an instrument in force on a day: the one adopted last on or before it; null if "
        "none was adopted by then or the caller does not see it."
    )
    async def edition_on(self, info: strawberry.Info, instrument_id: INSTRUMENT, on: ON) -> Edition | None:
        """Return the edition of an instrument in force on a day."""
        context: Context = info.context
        async with context.database.studying() as session:
            edition_id = await reading.find_edition_at(session, context.actor, context.now, instrument_id, on)
        return await node_of(info, edition_id or "")  # type: ignore[no-any-return]
