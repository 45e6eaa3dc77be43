"""Texts: what the policy of versions looks at. Pure."""

from typing import NamedTuple

from server.vocabulary.texts import VersionStatus


class VersionFacts(NamedTuple):
    """The facts of a version that the rules and the policy look at."""

    status: VersionStatus
