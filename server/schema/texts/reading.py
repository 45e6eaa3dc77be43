"""Reading a document without storing it: its units, and the doubts about them."""

from typing import Annotated

import strawberry

from server.documents.units import Document, WarningKind
from server.domain.texts.actions import importing
from server.schema.acts import RefusalType
from server.schema.context import Context
from server.schema.texts.acts import MendInput
from server.schema.texts.values import Mark
from server.schema.vocabulary import vocabulary
from server.vocabulary.texts import UnitKind

vocabulary(WarningKind)


@strawberry.type(description="A unit of a document as it was read: a provision, once it is imported.")
class ReadUnit:
    """The GraphQL form of `server.documents.units.Unit`."""

    position: int = strawberry.field(description="Place in reading order, from 1.")
    kind: UnitKind = strawberry.field(description="Sort of unit.")
    level: int = strawberry.field(description="Level, as `level` of a provision.")
    printed_number: str | None = strawberry.field(description="Number as printed; null if it has none.")
    text: str = strawberry.field(description="The words as plain text, as `text` of a provision.")
    parent_position: int | None = strawberry.field(
        description="Place of the unit it stands in; null at the outermost level."
    )
    marks: list[Mark] = strawberry.field(description="Words that are set off, such as bold.")


@strawberry.type(description="A place where the document may have been read wrongly.")
class ReadingDoubt:
    """The GraphQL form of `server.documents.units.ReadingWarning`."""

    kind: WarningKind = strawberry.field(description="What the reader was not sure of.")
    position: int = strawberry.field(description="Place of the unit in reading order, from 1.")
    words: str = strawberry.field(description="The words in doubt, as read.")
    suggestion: str = strawberry.field(description="What the reader would do, in a sentence.")
    proposed_kind: UnitKind | None = strawberry.field(
        description="The kind that the unit would have; null if it is not clear."
    )
    proposed_level: int | None = strawberry.field(description="The level that it would have; null if it is not clear.")
    proposed_number: str | None = strawberry.field(
        description="The number that it would have; null if it is not clear."
    )


@strawberry.type(description="A document as it was read. Nothing was stored.")
class DocumentRead:
    """The GraphQL form of `server.documents.units.Document`."""

    units: list[ReadUnit] = strawberry.field(description="Units in reading order.")
    doubts: list[ReadingDoubt] = strawberry.field(description="Doubts in the order of their units.")


@strawberry.input(description="A document to be read without storing it.")
class ReadDocumentInput:
    """Input of `readDocument`."""

    markdown: str = strawberry.field(description="The document in Markdown, at most 2,000,000 bytes.")
    mends: list[MendInput] = strawberry.field(
        default_factory=list, description="Mends to make of what is read, in their order."
    )


ReadDocumentResult = Annotated[
    DocumentRead | RefusalType,
    strawberry.union("ReadDocumentResult", description="A document as it was read. Or the refusal."),
]
INPUT = Annotated[ReadDocumentInput, strawberry.argument(description="The document and the mends.")]


async def read_document(info: strawberry.Info, input: INPUT) -> ReadDocumentResult | None:
    """Read a document for the caller; None unless the caller is of the Secretariat."""
    context: Context = info.context
    if not (context.actor.is_secretariat and context.actor.reads):
        return None
    mends = [each.mend() for each in input.mends]
    document = await importing.read_paper(input.markdown, mends)
    return as_read(document)


def as_read(document: Document) -> DocumentRead:
    """Return the GraphQL form of a document."""
    units = [
        ReadUnit(
            position=position,
            kind=unit.kind,
            level=unit.level,
            printed_number=unit.printed_number or None,
            text=unit.text,
            parent_position=None if unit.parent is None else unit.parent + 1,
            marks=[Mark(start=mark.start, end=mark.end, kind=mark.kind) for mark in unit.marks],
        )
        for position, unit in enumerate(document.units, start=1)
    ]
    doubts = [
        ReadingDoubt(
            kind=doubt.kind,
            position=doubt.unit + 1,
            words=doubt.words,
            suggestion=doubt.suggestion,
            proposed_kind=doubt.proposed_kind,
            proposed_level=doubt.proposed_level,
            proposed_number=doubt.proposed_number,
        )
        for doubt in document.warnings
    ]
    return DocumentRead(units=units, doubts=doubts)


@strawberry.type
class ReadingQueries:
    """The root field that reads a document."""

    read_document: ReadDocumentResult | None = strawberry.field(
        resolver=read_document,
        description="Read a document as `importText` would, and store nothing: units, their tree, and doubts; or the "
        "refusal of what cannot be read. Null unless the caller is of the Secretariat.",
    )
