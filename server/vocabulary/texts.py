"""Vocabulary of texts: kinds of units, the lifecycle of a version and the lineage of a provision."""

from enum import StrEnum

from server.kernel.lifecycle import Lifecycle, moves


class VersionStatus(StrEnum):
    """Where a version of a text stands."""

    WORKING = "WORKING"
    """Being made by the Secretariat; seen by it and by those who lead a body."""
    ISSUED = "ISSUED"
    """Given out to every delegate. It never changes again."""
    ABANDONED = "ABANDONED"
    """Given up before it was issued."""


class ProvisionChange(StrEnum):
    """What became of a provision from one version to the next."""

    UNCHANGED = "UNCHANGED"
    """The same words, place and number in both versions."""
    REWORDED = "REWORDED"
    """Other words in the later version; it may be moved and renumbered as well."""
    INSERTED = "INSERTED"
    """New in the later version."""
    DELETED = "DELETED"
    """Not in the later version any more."""
    MOVED = "MOVED"
    """At another place among the provisions of both versions; in a redline with the same words, in a history or not."""
    RENUMBERED = "RENUMBERED"
    """The same words in the same place, under another printed number."""


class LineageKind(StrEnum):
    """Where a provision of an imported version comes from, or what became of one of the version before."""

    UNCHANGED = "UNCHANGED"
    """The same words in the same order; in a translation, certainly the same provision by its place and number."""
    REWORDED = "REWORDED"
    """The same provision in other words, in the same order; in a translation, as far as its place and kind tell."""
    MOVED = "MOVED"
    """The same provision at another place, reworded or not."""
    SPLIT_FROM = "SPLIT_FROM"
    """Cut out of a provision that goes on beside it; it has a key of its own."""
    MERGED_INTO = "MERGED_INTO"
    """Of the version before: its words went into another provision, and its key ends."""
    INSERTED = "INSERTED"
    """New: it has a key of its own."""
    DELETED = "DELETED"
    """Of the version before: it does not stand any more."""


class ReferenceStatus(StrEnum):
    """Where a reference in a text leads."""

    RESOLVED = "RESOLVED"
    """To a provision of the same version."""
    DANGLING = "DANGLING"
    """Nowhere: no provision has that number, or no longer the one that it pointed to."""
    AMBIGUOUS = "AMBIGUOUS"
    """To one of several provisions that have that number, and nothing tells which."""
    EXTERNAL = "EXTERNAL"
    """To another instrument."""


VERSION_LIFECYCLE = Lifecycle(
    "version",
    VersionStatus.WORKING,
    (
        moves("issue_version", VersionStatus.WORKING, to=VersionStatus.ISSUED),
        moves("abandon_version", VersionStatus.WORKING, to=VersionStatus.ABANDONED),
    ),
    finals=frozenset({VersionStatus.ISSUED, VersionStatus.ABANDONED}),
)


class UnitKind(StrEnum):
    """The sort of unit that a provision is."""

    TITLE = "TITLE"
    """The title of the text: the one heading of the highest level, at the beginning, with headings below it."""
    PRINCIPLE = "PRINCIPLE"
    """A heading that is numbered as a principle."""
    STANDARD = "STANDARD"
    """A heading that is numbered as a standard."""
    SECTION = "SECTION"
    """A heading that is numbered as a section, also by the sign §."""
    ARTICLE = "ARTICLE"
    """A heading, or a paragraph, that is numbered as an article."""
    ANNEX = "ANNEX"
    """A heading that is numbered as an annex or an appendix."""
    HEADING = "HEADING"
    """Any other heading; level 1 is the highest."""
    PARAGRAPH = "PARAGRAPH"
    """A paragraph; its level is 0, or that of the item it stands in."""
    LIST_ITEM = "LIST_ITEM"
    """An item of a list, or a numbered paragraph; its level is 1."""
    SUB_ITEM = "SUB_ITEM"
    """An item inside an item; its level is the depth, from 2."""
    TABLE = "TABLE"
    """A table as a whole, above its rows; its text is the caption, empty if none is printed."""
    TABLE_ROW = "TABLE_ROW"
    """A row of a table; its cells are joined by ' | '. Its level is 1 in the first row and 2 below."""
    FOOTNOTE = "FOOTNOTE"
    """A footnote, inside the provision that carries its mark. Level 1, and 2 for its further paragraphs."""
    CODE = "CODE"
    """Lines kept exactly as written, line ends included."""
    BOX = "BOX"
    """A paragraph set apart from the text: a box or a block quotation."""


class MarkKind(StrEnum):
    """How words of a paper are set off from the others."""

    BOLD = "BOLD"
    """Bold, or strong emphasis."""
    ITALIC = "ITALIC"
    """Italics, or emphasis."""
    UNDERLINE = "UNDERLINE"
    """Underlined."""
    CODE = "CODE"
    """Set as code, inside a line."""
