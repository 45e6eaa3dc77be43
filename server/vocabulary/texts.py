"""Vocabulary of texts: kinds of units, the lifecycle of a version and the lineage of a provision."""

from enum import StrEnum

from server.kernel.lifecycle import Lifecycle, moves


class VersionStatus(StrEnum):
    """Where a version of a text stands."""

    WORKING = "WORKING"
    """Being made by the Secretariat; visible to it and to those who lead a body."""
    ISSUED = "ISSUED"
    """Given out. It can never change again."""
    ABANDONED = "ABANDONED"
    """Given up before it was issued."""


class ProvisionChange(StrEnum):
    """The lineage of a provision between two versions."""

    UNCHANGED = "UNCHANGED"
    """The same words."""
    REWORDED = "REWORDED"
    """Other words under the same permanent key."""
    INSERTED = "INSERTED"
    """New in the later version."""
    DELETED = "DELETED"
    """No longer in the later version."""


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
    """What a unit is on the page."""

    HEADING = "HEADING"
    """A title; level 1 is the highest."""
    PARAGRAPH = "PARAGRAPH"
    """A paragraph; its level is 0."""
    LIST_ITEM = "LIST_ITEM"
    """An item of a list; its level is the depth, beginning with 1."""
    TABLE_ROW = "TABLE_ROW"
    """A row of a table; its cells are joined by " | "."""
