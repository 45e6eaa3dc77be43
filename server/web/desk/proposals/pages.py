"""The pages of proposals, review cycles and the mechanism."""

from typing import Any

from server.web.desk.pages import Page
from server.web.desk.proposals.detail import show_proposal, show_restatement
from server.web.desk.proposals.drafting import show_new, show_revision
from server.web.desk.proposals.lists import show_cycles, show_proposals
from server.web.desk.proposals.mechanisms import show_mechanisms
from server.web.desk.visits import Visit


def lead_to_proposal(_visit: Visit, _act: str, fact: dict[str, Any]) -> str:
    """Return the address of the proposal that an act was on."""
    return f"/proposals/{fact['proposal']['id']}"


PROPOSAL_PAGES = (
    Page("/proposals", show_proposals),
    Page("/proposals/new", show_new, acts=frozenset({"draftProposal"}), onward=lead_to_proposal),
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
                "recordView",
                "concludeConsideration",
                "decideProposal",
            }
        ),
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
