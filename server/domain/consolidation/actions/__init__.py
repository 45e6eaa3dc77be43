"""Making the next version: merge, settle, revise, check, issue, publish."""

from server.domain.consolidation.actions.checking import disagreements_of
from server.domain.consolidation.actions.issuing import abandon_version, issue_version, publish_edition
from server.domain.consolidation.actions.making import consolidate
from server.domain.consolidation.actions.settling import revise_provision, settle_conflict

__all__ = [
    "abandon_version",
    "consolidate",
    "disagreements_of",
    "issue_version",
    "publish_edition",
    "revise_provision",
    "settle_conflict",
]
