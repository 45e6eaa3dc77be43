"""Every policy, by the name of its area."""

from types import ModuleType
from typing import Any

from server.domain.bodies import policy as bodies
from server.domain.consolidation import policy as consolidation
from server.domain.papers import policy as papers
from server.domain.parties import policy as parties
from server.domain.proposals import policy as proposals
from server.domain.rounds import policy as rounds
from server.domain.texts import policy as texts
from server.domain.workplan import policy as workplan
from server.identity.applications import policy as applications
from server.kernel.acts import Act

POLICIES: dict[str, ModuleType] = {
    "Parties": parties,
    "Applications": applications,
    "Bodies": bodies,
    "Texts": texts,
    "Rounds": rounds,
    "Proposals": proposals,
    "Work plan": workplan,
    "Consolidation": consolidation,
    "Papers": papers,
}


def all_acts() -> list[Act[Any]]:
    """Return every act of every concept, in the order of the concepts."""
    return [act for policy in POLICIES.values() for act in policy.ACTS]
