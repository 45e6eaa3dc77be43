"""Texts: what the policy of versions looks at. Pure."""

from typing import NamedTuple

from server.vocabulary.texts import VersionStatus


class VersionFacts(NamedTuple):
    """What the rules and the policy of versions look at."""

    status: VersionStatus
