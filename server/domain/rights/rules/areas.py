"""Every policy, by the name of its area."""

from types import ModuleType
from typing import Any

from server.domain.bodies import policy as bodies
from server.domain.calendars import policy as calendars
from server.domain.calls import policy as calls
from server.domain.consolidation import policy as consolidation
from server.domain.delegations import policy as delegations
from server.domain.groups import policy as groups
from server.domain.neighbours import policy as neighbours
from server.domain.notices import policy as notices
from server.domain.papers import policy as papers
from server.domain.parties import policy as parties
from server.domain.planning import policy as planning
from server.domain.proposals import policy as proposals
from server.domain.rounds import policy as rounds
from server.domain.silence import policy as silence
from server.domain.sittings import policy as sittings
from server.domain.texts import policy as texts
from server.domain.threads import policy as threads
from server.domain.triage import policy as triage
from server.domain.workplan import policy as workplan
from server.identity.applications import policy as applications
from server.kernel.acts import Act

POLICIES: dict[str, ModuleType] = {
    "Parties": parties,
    "Applications": applications,
    "Bodies": bodies,
    "Texts": texts,
    "Rounds": rounds,
    "Delegations": delegations,
    "Calls": calls,
    "Triage": triage,
    "Threads": threads,
    "Proposals": proposals,
    "Work plan": workplan,
    "Milestones": planning,
    "Consolidation": consolidation,
    "Neighbours": neighbours,
    "Papers": papers,
    "Sittings": sittings,
    "Silence procedures": silence,
    "Groups": groups,
    "Notices": notices,
    "Calendars": calendars,
}


def all_acts() -> list[Act[Any]]:
    """Return every act of every concept, in the order of the concepts."""
    return [act for policy in POLICIES.values() for act in policy.ACTS]
