"""Instruments, versions, provisions and editions."""

from datetime import date, datetime
from typing import Annotated

import strawberry

from server.domain.rounds.queries import comments_per_provision
from server.domain.texts import policy, queries
from server.domain.texts.rules import VersionFacts
from server.models import texts as tables
from server.schema.acts import AvailableAct, acts_on
from server.schema.bodies.types import Decision
from server.schema.context import Context
from server.schema.parties.types import Delegate
from server.schema.reads.kinds import Node, batch, column, connection, noun, to_one
from server.schema.reads.pages import Connection
from server.schema.reads.roots import many, node_of, one
from server.schema.vocabulary import vocabulary
from server.vocabulary.texts import UnitKind, VersionStatus

vocabulary(UnitKind)
vocabulary(VersionStatus)


@noun(tables.Instrument, queries.visible_instruments)
class Instrument(Node):
    """A text that the organization owns and that has editions. Every delegate sees it."""

    title: str = column("Full title.")
    short_title: str = column("Short title, unique among instruments.")
    versions: Connection["TextVersion"] = connection(
        "Versions that the caller sees, by number.", on="instrument_id", order=("number",)
    )
    editions: Connection["Edition"] = connection(
        "Editions, the one adopted first at the front.", on="instrument_id", order=("adopted_on", "id")
    )


@noun(tables.TextVersion, queries.visible_versions)
class TextVersion(Node):
    """A numbered version of an instrument. Once issued it never changes.

    Every delegate sees an issued version; only the Secretariat and those who lead a body see one that is not issued.
    """

    instrument: Instrument = to_one("The instrument it is a version of.", implied=True)
    number: int = column("Number within the instrument, from 1.")
    label: str = column("Label, such as 'Draft of September 2018'.")
    language: str = column("Language tag of the text, such as 'en'.")
    status: VersionStatus = column("Where the version stands.")
    base: "TextVersion | None" = to_one(
        "The version it was made from; null for an imported one, or if the caller does not see it."
    )
    source_name: str = column(
        "Name of the document it was read from; empty if it was made by consolidation or no name was given."
    )
    source_digest: str = column("SHA-256 of that document, in hexadecimal; empty if it was made by consolidation.")
    created_at: datetime = column("Instant at which it was imported, or at which its consolidation was started.")
    issued_at: datetime | None = column("Instant of issue; null until then.")
    issued_by: Delegate | None = to_one("The delegate who issued it; null until then.", implied=True)
    version: int = column("Counts changes from 1; send it back as `expectedVersion` with an act.")
    provisions: Connection["Provision"] = connection(
        "Provisions of the version in reading order.", on="text_version_id", order=("position",)
    )
    available_acts: list[AvailableAct] = acts_on("version", policy.ON_VERSION, VersionFacts)


@noun(tables.ProvisionText, queries.visible_provisions)
class Provision(Node):
    """The words of one provision in one version. Everybody who sees the version sees it."""

    key: strawberry.ID = column(
        "Permanent key of the provision, the same in every version; `id` is that of its words in this version.",
        "provision_id",
    )
    text_version: TextVersion = to_one("The version it is in.", implied=True)
    position: int = column("Place in reading order, from 1.")
    kind: UnitKind = column("Sort of unit: a heading, a paragraph, a list item or a row of a table.")
    level: int = column(
        "Level of a heading or depth of a list item, from 1; for a table row 1 in the first row and 2 "
        "below; 0 for a paragraph."
    )
    printed_number: str = column("Number as printed in this version, such as '9.' or '(a)'; empty if it has none.")
    text: str = column("The words as plain text; the cells of a table row are joined by ' | '.")
    digest: str = column("SHA-256 of the text in UTF-8, in hexadecimal.")
    comment_count: int = batch(
        "Number of submitted comments on it that the caller sees, withdrawn ones included.", comments_per_provision, 0
    )


@noun(tables.Edition, queries.visible_editions)
class Edition(Node):
    """An adopted, dated version of an instrument, which never changes. Every delegate sees it."""

    instrument: Instrument = to_one("The instrument it is an edition of.", implied=True)
    text_version: TextVersion = to_one("The version that was adopted.", implied=True)
    label: str = column("Label, such as '2022 edition'.")
    adopted_on: date = column("Day on which it was adopted.")
    decision: Decision = to_one("The decision that adopted it.", implied=True)
    published_at: datetime = column("Instant at which it was published on this server.")


INSTRUMENT = Annotated[strawberry.ID, strawberry.argument(description="Id of the instrument.")]
INSTANT = Annotated[datetime, strawberry.argument(description="Instant as at which the text is read, itself included.")]
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
        self, info: strawberry.Info, instrument_id: INSTRUMENT, instant: INSTANT
    ) -> TextVersion | None:
        """Return the version of an instrument as at an instant."""
        context: Context = info.context
        async with context.database.studying() as session:
            version_id = await queries.find_version_at(session, context.actor, context.now, instrument_id, instant)
        return await node_of(info, version_id or "")  # type: ignore[no-any-return]

    @strawberry.field(
        description="The edition of an instrument in force on a day: the one adopted last on or before it; null if "
        "none was adopted by then or the caller does not see it."
    )
    async def edition_at(self, info: strawberry.Info, instrument_id: INSTRUMENT, day: DAY) -> Edition | None:
        """Return the edition of an instrument in force on a day."""
        context: Context = info.context
        async with context.database.studying() as session:
            edition_id = await queries.find_edition_at(session, context.actor, context.now, instrument_id, day)
        return await node_of(info, edition_id or "")  # type: ignore[no-any-return]
