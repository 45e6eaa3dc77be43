"""Texts: what the policy of versions and the fields of provisions look at. Pure."""

from typing import Any, NamedTuple

from server.vocabulary.texts import UnitKind, VersionStatus


class VersionFacts(NamedTuple):
    """The facts of a version that the rules and the policy look at."""

    status: VersionStatus


class RowFacts(NamedTuple):
    """The facts of a provision that its cells follow from."""

    kind: UnitKind
    text: str


class MarkFacts(NamedTuple):
    """The facts of a provision that its marks follow from: lists of start, end and kind."""

    marks: list[Any]
