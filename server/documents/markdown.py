"""Read a paper: markdown text in, units out. Every word is kept, in order.

Pure: no database, no clock, no network. A paper of two million bytes takes some seconds, so call it outside the event
loop.
"""

from collections.abc import Iterable

from server.documents.blocks import read_blocks
from server.documents.doubts import warnings_of
from server.documents.units import Document, ReadingWarning, Unit, UnreadableDocument, WarningKind
from server.vocabulary.texts import UnitKind

__all__ = [
    "Document",
    "ReadingWarning",
    "Unit",
    "UnitKind",
    "UnreadableDocument",
    "WarningKind",
    "print_document",
    "read_document",
]


def read_document(markdown: str) -> Document:
    """Read a paper into headings, paragraphs, list items and table rows, with warnings about doubtful places.

    The words of the units, printed numbers included, are the words of the paper in the same order, also page furniture,
    footnote markers (``[1]``), scanning mistakes and the targets of links. Only marks are removed: markdown, HTML tags
    and their other attributes, ruled lines, bullets. Only two things are inferred: a short paragraph with a roman or
    arabic number, or in capitals, is a heading (``labels.heading_level_of``), and a heading run together with the
    numbered paragraph after it is cut from it (``labels.pieces_of``).

    Raise ``UnreadableDocument`` for NUL or half characters, no words at all, more than two million bytes, 100,000
    lines, 200,000 marks, 10,000 units or 50,000 characters in one paragraph or row, and lists nested over ten deep.
    """
    blocks = read_blocks(markdown)
    units = tuple(Unit(block.kind, block.level, block.number, block.text) for block in blocks)
    return Document(units, warnings_of(blocks))


def print_document(units: Iterable[Unit]) -> str:
    """Return the words of the units, one unit on a line, each after its printed number."""
    return "\n".join(f"{unit.printed_number} {unit.text}".strip() for unit in units)
