"""Read a paper: markdown text in, units out. Every word is kept, in order.

Pure: no database, no clock, no network. A paper of two million bytes takes some seconds, so call it outside the event
loop.
"""

from collections.abc import Iterable

from server.documents.blocks import front_matter_warning, read_paper
from server.documents.doubts import warnings_of
from server.documents.nesting import Place, parents_of
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
    """Read a paper into a tree of units, with warnings about doubtful places.

    The words of the units, printed numbers included, are the words of the paper in the same order, also page furniture,
    footnote markers (``[1]``), scanning mistakes and the targets of links; front matter is set aside in a warning. Only
    marks are removed: markdown, HTML tags and their other attributes, ruled lines, bullets; emphasis stays beside the
    text. A superscript number that is no footnote prints as ``^3``; struck words stay in ``~~``, inserted ones in
    ``++``. Inferred are headings (``labels.heading_level_of``), items inside items (``outline``) and the tree.

    Raise ``UnreadableDocument`` for other files than text, NUL or half characters, no words at all, more than two
    million bytes, 100,000 lines, 200,000 marks, 10,000 units or 50,000 characters in one of them, lists over ten deep.
    """
    paper = read_paper(markdown)
    blocks = paper.blocks
    parents = parents_of(Place(block.kind, block.level, block.number, block.text) for block in blocks)
    units = tuple(
        Unit(block.kind, block.level, block.number, block.text, parent, block.marks)
        for block, parent in zip(blocks, parents, strict=True)
    )
    return Document(units, (*front_matter_warning(paper.front_matter), *warnings_of(blocks)))


def print_document(units: Iterable[Unit]) -> str:
    """Return the words of the units, one unit on a line, each after its printed number."""
    return "\n".join(f"{unit.printed_number} {unit.text}".strip() for unit in units)
