"""Instruments, versions, provisions and editions."""

from datetime import date, datetime
from typing import Annotated

import strawberry

from server.documents import tables as paper_tables
from server.documents import words
from server.domain.rounds.queries import comments_per_provision
from server.domain.texts import policy, queries
from server.domain.texts.rules import MarkFacts, RowFacts, VersionFacts
from server.kernel.actor import Actor
from server.models import texts as tables
from server.schema.acts import AvailableAct, acts_on
from server.schema.bodies.types import Decision
from server.schema.context import Context
from server.schema.parties.types import Delegate
from server.schema.reads.kinds import Node, batch, column, computed, connection, noun, to_one
from server.schema.reads.pages import Connection
from server.schema.reads.roots import many, node_of, one, render_value
from server.schema.vocabulary import vocabulary
from server.vocabulary.texts import MarkKind, ReferenceStatus, UnitKind, VersionStatus

vocabulary(MarkKind)
vocabulary(ReferenceStatus)
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


@strawberry.type(description="A cell of a row of a table.")
class Cell:
    """The GraphQL form of `server.documents.tables.Cell`."""

    number: int = strawberry.field(description="Number of its column, from 1.")
    text: str = strawberry.field(description="MarkedText of the cell; empty if it is blank or covered by another cell.")
    start: int = strawberry.field(
        description="Where the cell begins in the text of the row, in Unicode code points from 0."
    )
    end: int = strawberry.field(
        description="Where it ends there, exclusive. A pipe in its words takes two code points in the row: '\\|'."
    )


@strawberry.type(description="MarkedText that the paper sets off from the others.")
class Mark:
    """The GraphQL form of `server.documents.words.TextMark`."""

    start: int = strawberry.field(description="Where the words begin in the text, in Unicode code points from 0.")
    end: int = strawberry.field(description="Where they end, exclusive.")
    kind: MarkKind = strawberry.field(description="How they are set off.")


@strawberry.type(description="A heading that a provision stands under, as it reads in the same version.")
class HeadingAbove:
    """The GraphQL form of `server.domain.texts.queries.HeadingAbove`."""

    key: strawberry.ID = strawberry.field(description="Permanent key of the heading.")
    kind: UnitKind = strawberry.field(description="Sort of heading.")
    printed_number: str = strawberry.field(description="Its number as printed; empty if it has none.")
    text: str = strawberry.field(description="Its words.")


def cells_in(_: Actor, facts: RowFacts, __: datetime) -> list[paper_tables.Cell]:
    """Return the cells of a row of a table, none for other provisions."""
    return paper_tables.cells_of(facts.text) if facts.kind is UnitKind.TABLE_ROW else []


def marks_in(_: Actor, facts: MarkFacts, __: datetime) -> list[words.TextMark]:
    """Return the marks of a provision."""
    return words.marks_of(facts.marks)


@noun(tables.ProvisionText, queries.visible_provisions)
class Provision(Node):
    """The words of one provision in one version. Everybody who sees the version sees it."""

    key: strawberry.ID = column(
        "Permanent key of the provision, the same in every version; `id` is that of its words in this version.",
        "provision_id",
    )
    text_version: TextVersion = to_one("The version it is in.", implied=True)
    position: int = column("Place in reading order, from 1.")
    kind: UnitKind = column("Sort of unit, such as a heading, an article, a paragraph, an item or a row of a table.")
    level: int = column(
        "Level of a heading or depth of an item, from 1; for a table row 1 in the first row and 2 below; for a "
        "footnote 1, and 2 for its further paragraphs; for anything else 0, or the level of the item it stands in."
    )
    printed_number: str = column(
        "Number as printed in this version, such as '9.', '(a)' or 'Article 5'; of code the language that is named; "
        "empty if it has none."
    )
    text: str = column(
        "The words as plain text; the cells of a table row are joined by ' | ', and a pipe inside a cell is '\\|'."
    )
    marks: list[Mark] = computed("MarkedText that are set off, such as bold, by their beginnings.", marks_in, MarkFacts)
    cells: list[Cell] = computed("The cells of a table row; empty for other provisions.", cells_in, RowFacts)
    parent: "Provision | None" = to_one(
        "The provision it stands in, in the same version; null at the outermost level.", implied=True
    )
    children: Connection["Provision"] = connection(
        "The provisions that stand directly in it, in reading order.", on="parent.id", order=("position",)
    )
    path: list[HeadingAbove] = batch(
        "The headings it stands under, the outermost first; empty if there are none.", queries.paths_per_provision, []
    )
    references: Connection["ProvisionReference"] = connection(
        "References in its words, to provisions of the text and to other instruments, in text order.",
        on="provision_text.id",
        order=("start", "id"),
    )
    referred_to_by: Connection["ProvisionReference"] = connection(
        "References of the same version that point to it, grouped by provision (not in reading order), then by place.",
        on="target_text.id",
        order=("provision_id", "start", "id"),
    )
    digest: str = column("SHA-256 of the text in UTF-8, in hexadecimal.")
    comment_count: int = batch(
        "Number of submitted comments on it that the caller sees, withdrawn ones included.", comments_per_provision, 0
    )


@noun(tables.ProvisionReference, queries.visible_references)
class ProvisionReference(Node):
    """A reference in the words of a provision, such as 'paragraph 2' or 'Article 7.4 of the TFA'.

    It keeps what it points to when numbers change. Everybody who sees the version sees it.
    """

    provision: Provision = to_one("The provision in whose words it stands.", "provision_text", implied=True)
    start: int = column("Where it begins in the text of the provision, in Unicode code points from 0.")
    end: int = column("Where it ends, exclusive.")
    words: str = column("Its words; of 'paragraphs 2 and 3' the second is '3'.")
    status: ReferenceStatus = column("Where it leads.")
    target: Provision | None = to_one(
        "The provision that it points to, in the same version; of a dangling one, the provision that it pointed to "
        "before, if that still stands. Null if there is none.",
        "target_text",
        implied=True,
    )
    target_key: strawberry.ID | None = column("Permanent key of that provision; null if it led nowhere.", "target_id")
    instrument: str = column("Name of the other instrument, as printed; empty unless the status is EXTERNAL.")


@noun(tables.Edition, queries.visible_editions)
class Edition(Node):
    """An adopted, dated version of an instrument, which never changes. Every delegate sees it."""

    instrument: Instrument = to_one("The instrument it is an edition of.", implied=True)
    text_version: TextVersion = to_one("The version that was adopted.", implied=True)
    label: str = column("Label, such as '2022 edition'.")
    adopted_on: date = column("Day on which it was adopted.")
    decision: Decision = to_one("The decision that adopted it.", implied=True)
    published_at: datetime = column("Instant at which it was published on this server.")


@strawberry.type(description="A place where a defined term is used.")
class TermUse:
    """The GraphQL form of `server.domain.texts.rules.TermUse`."""

    key: strawberry.ID = strawberry.field(description="Permanent key of the provision.")
    start: int = strawberry.field(description="Where the term begins in its text, in Unicode code points from 0.")
    end: int = strawberry.field(description="Where it ends, exclusive.")


@strawberry.type(description="A term that a text defines, with the places where the text uses it.")
class DefinedTerm:
    """The GraphQL form of `server.domain.texts.rules.DefinedTerm`."""

    term: str = strawberry.field(description="The term, without quotation marks.")
    key: strawberry.ID = strawberry.field(description="Permanent key of the provision that defines it.")
    uses: list[TermUse] = strawberry.field(
        description="Places where it is used, in reading order; the definition itself is none."
    )


INSTRUMENT = Annotated[strawberry.ID, strawberry.argument(description="Id of the instrument.")]
VERSION = Annotated[strawberry.ID, strawberry.argument(description="Id of the version, issued or not.")]
INSTANT = Annotated[datetime, strawberry.argument(description="Instant as at which the text is read, itself included.")]
DAY = Annotated[date, strawberry.argument(description="Day on which the edition is in force, itself included.")]


@strawberry.type(description="A provision with everything inside it, to be quoted or read as a whole.")
class TextSection:
    """The GraphQL form of `server.domain.texts.queries.Section`."""

    provision_ids: list[strawberry.ID] = strawberry.field(
        description="Ids of the provision and of everything inside it, in reading order; read one with `provision`."
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
        description="The terms that a version defines, in reading order; null if it does not exist or the caller does "
        "not see it."
    )
    async def defined_terms(self, info: strawberry.Info, text_version_id: VERSION) -> list[DefinedTerm] | None:
        """Return the defined terms of a version, computed now."""
        context: Context = info.context
        async with context.database.studying() as session:
            terms = await queries.find_terms(session, context.actor, context.now, text_version_id)
        return render_value(info, terms)  # type: ignore[no-any-return]

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
            section = await queries.find_section(session, context.actor, context.now, provision_id)
        return section and render_value(info, section)

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
