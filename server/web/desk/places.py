"""Where each object has its page."""

from collections.abc import Mapping
from typing import Any

PLACES: Mapping[str, str] = {
    "Activity": "/activities/{id}",
    "Amendment": "/proposals/{proposal[id]}",
    "AgendaItem": "/agenda-items/{id}",
    "BodyFunction": "/bodies/{body[id]}",
    "ClientApplication": "/applications/{id}",
    "Comment": "/comments/{id}",
    "Consolidation": "/consolidations/{id}",
    "Decision": "/sittings/{sitting[id]}",
    "Delegate": "/people/{person[id]}",
    "Edition": "/texts/{textVersion[id]}",
    "GroupReport": "/group-reports/{id}",
    "Instrument": "/texts",
    "Invitation": "/invitations#{id}",
    "Mechanism": "/mechanisms",
    "NeighbourInvitation": "/neighbour-invitations/{id}",
    "Nomination": "/nominations/{id}",
    "Milestone": "/milestones/{id}",
    "MilestoneChange": "/milestone-changes/{id}",
    "Paper": "/papers/{id}",
    "Party": "/parties/{id}",
    "Person": "/people/{id}",
    "GroupPromise": "/promises/{id}",
    "Proposal": "/proposals/{id}",
    "Representation": "/parties/{party[id]}",
    "ReviewCycle": "/cycles",
    "Round": "/rounds/{id}",
    "Call": "/calls/{id}",
    "SilenceProcedure": "/silence/{id}",
    "Sitting": "/sittings/{id}",
    "TextConflict": "/conflicts/{id}",
    "TextCorrection": "/texts/{textVersion[id]}",
    "TextVersion": "/texts/{id}",
    "WorkItem": "/plans/items/{id}",
    "WorkPlan": "/plans/{id}",
    "WorkingBody": "/bodies/{id}",
}
"""The address of the page of each type, filled from the fields that `SubjectFields` gives of an object."""


def place_of(thing: Mapping[str, Any] | None) -> str:
    """Return the address of the page of an object with the fields of `SubjectFields`, "" if it has none."""
    if thing is None:
        return ""
    return PLACES.get(thing["__typename"], "").format_map(thing)
