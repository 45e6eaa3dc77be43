"""The pages of proposals, review cycles and the mechanism."""

from typing import Any

from server.web.desk.pages import Page
from server.web.desk.proposals.detail import show_proposal, show_restatement
from server.web.desk.proposals.drafting import show_new, show_revision
from server.web.desk.proposals.lists import show_cycles, show_proposals, show_returned
from server.web.desk.proposals.mechanisms import show_mechanisms
from server.web.desk.visits import Visit


def lead_to_proposal(_visit: Visit, _act: str, fact: dict[str, Any]) -> str:
    """Return the address of the proposal that an act was on."""
    return f"/proposals/{fact['proposal']['id']}"


def lead_on(_visit: Visit, act: str, _fact: dict[str, Any]) -> str:
    """Return to the proposal, or to what was returned: a returned proposal is its party's own again."""
    return "/proposals/returned" if act == "returnProposal" else ""


PROPOSAL_PAGES = (
    Page("/proposals", show_proposals),
    Page("/proposals/new", show_new, acts=frozenset({"draftProposal"}), onward=lead_to_proposal),
    Page("/proposals/returned", show_returned),
    Page(
        "/proposals/{id}",
        show_proposal,
        acts=frozenset(
            {
                "submitProposal",
                "withdrawProposal",
                "takeOverProposal",
                "confirmCoSponsorship",
                "declineCoSponsorship",
                "registerProposal",
                "returnProposal",
                "assignProposal",
                "deferProposal",
                "resumeProposal",
                "recordView",
                "concludeConsideration",
                "decideProposal",
            }
        ),
        onward=lead_on,
    ),
    Page("/proposals/{id}/revise", show_revision, acts=frozenset({"reviseProposal"}), onward=lead_to_proposal),
    Page(
        "/proposals/{id}/amendments/{amendment}",
        show_restatement,
        acts=frozenset({"restateAmendment"}),
        onward=lead_to_proposal,
    ),
    Page("/cycles", show_cycles, acts=frozenset({"openCycle"})),
    Page("/mechanisms", show_mechanisms, acts=frozenset({"recordMechanism"})),
)
