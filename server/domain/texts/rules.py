"""Texts: vocabulary, the life of a version, and what an edition needs."""

from enum import StrEnum
from typing import NamedTuple

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


class VersionFacts(NamedTuple):
    """What the rules and the policy of versions look at."""

    status: VersionStatus
