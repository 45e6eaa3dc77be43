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
    """The same words in another place among the provisions of both versions."""
    RENUMBERED = "RENUMBERED"
    """The same words in the same place, under another printed number."""


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

    HEADING = "HEADING"
    """A heading; level 1 is the highest."""
    PARAGRAPH = "PARAGRAPH"
    """A paragraph; its level is 0."""
    LIST_ITEM = "LIST_ITEM"
    """An item of a list; its level is the depth, from 1."""
    TABLE_ROW = "TABLE_ROW"
    """A row of a table; its cells are joined by ' | '. Its level is 1 in the first row and 2 below."""
