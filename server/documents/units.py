"""Define the values that reading a paper gives: units in the order of the paper, and warnings about doubtful places."""

from enum import StrEnum
from typing import NamedTuple

from server.vocabulary.texts import UnitKind


class UnreadableDocument(Exception):
    """Raised when a paper cannot be read at all. ``message`` says why, in words for the person who sent it."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


class Unit(NamedTuple):
    """The smallest piece of a paper that stands on its own: a heading, a paragraph, a list item or a table row.

    ``level`` depends on the kind:

    - HEADING: 1 to 6, the number of ``#``; a paragraph read as a heading: 1 (roman number or capitals) or 2 (arabic);
    - PARAGRAPH: 0, also inside a list item or a quotation;
    - LIST_ITEM: depth of the list, 1 for the outermost, bullets and numbers counted alike;
    - TABLE_ROW: 1 for the first row (the header, if there is one), so that every 1 begins a table; 2 for other rows.

    ``printed_number`` is the label as printed (``"9."``, ``"II."``, ``"(a)"``, ``"[1]"``), ``""`` if there is none.
    Table rows have none: their first cell may hold one. ``text`` is plain text with single spaces, without markdown or
    HTML; the cells of a row are joined by ``" | "``, empty cells included.
    """

    kind: UnitKind
    level: int
    printed_number: str
    text: str


class WarningKind(StrEnum):
    """What the reader was not sure of."""

    CONTINUED = "CONTINUED"
    """The unit seems to go on in a later one, over the end of a page."""

    OCR_NOISE = "OCR_NOISE"
    """The words look misread by a scanner."""

    TABLE_CONTINUED = "TABLE_CONTINUED"
    """The table that begins here seems to be the rest of the table before it."""

    FURNITURE = "FURNITURE"
    """A page number, a footnote at the foot of a page or an ornament: of the page, not of the text."""


class ReadingWarning(NamedTuple):
    """One doubt: its kind, the index (from 0) of the unit in ``Document.units``, and the words in doubt as read."""

    kind: WarningKind
    unit: int
    words: str


class Document(NamedTuple):
    """A paper as read: every word of it in ``units``, in order; ``warnings`` in the order of their units."""

    units: tuple[Unit, ...]
    warnings: tuple[ReadingWarning, ...]
