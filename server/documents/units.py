"""Define the values that reading a paper gives: units in the order of the paper, and warnings about doubtful places."""

from enum import StrEnum
from typing import NamedTuple

from server.documents.words import TextMark
from server.vocabulary.texts import UnitKind


class UnreadableDocument(Exception):
    """Raised when a paper cannot be read at all. ``message`` says why, in words for the person who sent it."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


class Unit(NamedTuple):
    """The smallest piece of a paper that stands on its own: a heading, a paragraph, an item, a table or a row of it.

    ``level`` depends on the kind:

    - TITLE, PRINCIPLE, STANDARD, SECTION, ARTICLE, ANNEX, HEADING: from 1, the number of ``#`` if there are any;
    - PARAGRAPH, TABLE, CODE, BOX: 0, or the level of the item they stand in;
    - LIST_ITEM: 1; SUB_ITEM: depth of the list, from 2, bullets and numbers counted alike;
    - TABLE_ROW: 1 for the first row (the header, if there is one); 2 for other rows;
    - FOOTNOTE: 1, and 2 for its further paragraphs.

    ``printed_number`` is the label as printed (``"9."``, ``"(a)"``, ``"Article 5"``, ``"[1]"``), ``""`` if there is
    none; of CODE the language that the paper names. Rows have none: their first cell may hold one. ``text`` is plain
    text with single spaces (no-break spaces as printed), of CODE with its line ends; the cells of a row are joined by
    ``" | "``, empty cells included, a pipe inside a cell as ``\\|``. ``parent`` is the index of the unit around it.
    """

    kind: UnitKind
    level: int
    printed_number: str
    text: str
    parent: int | None = None
    marks: tuple[TextMark, ...] = ()


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

    TRACKED_CHANGE = "TRACKED_CHANGE"
    """MarkedText are marked as struck or inserted: the paper is a draft that nobody has agreed to yet."""

    FRONT_MATTER = "FRONT_MATTER"
    """Lines about the paper before its text. They were set aside and are in no unit."""

    UNCERTAIN_NUMBER = "UNCERTAIN_NUMBER"
    """A number is out of sequence, or something like a number was read as words."""

    UNTIED_NOTE = "UNTIED_NOTE"
    """A mark without its footnote, or a footnote without its mark."""


class ReadingWarning(NamedTuple):
    """One doubt: its kind, the index (from 0) of the unit in ``Document.units``, and the words in doubt as read.

    ``suggestion`` says in a sentence what the reader would do. Where that is clear, ``proposed_kind``,
    ``proposed_level`` and ``proposed_number`` are what the unit would then be.
    """

    kind: WarningKind
    unit: int
    words: str
    suggestion: str = ""
    proposed_kind: UnitKind | None = None
    proposed_level: int | None = None
    proposed_number: str | None = None


class Document(NamedTuple):
    """A paper as read: every word of it in ``units``, in order; ``warnings`` in the order of their units."""

    units: tuple[Unit, ...]
    warnings: tuple[ReadingWarning, ...]
