"""Who invites the proponent of a neighbour, and who answers. Pure."""

from server.domain.neighbours.rules.inviting import NeighbourInvitationFacts, while_both_pend, while_inviter_stands
from server.domain.proposals.rules.life import ProposalFacts
from server.kernel.acts import Act
from server.kernel.conditions import own_focal_point
from server.vocabulary.neighbours import INVITATION_LIFECYCLE
from server.vocabulary.proposals import PROPOSAL_LIFECYCLE

TALKING = "The 38 formal proposals of 2022/23 were discussed first, and only then drafted: proponents talk before"

invite_neighbour: Act[ProposalFacts] = Act(
    "invite_neighbour",
    "neighbour.invited",
    own_focal_point,
    (PROPOSAL_LIFECYCLE.allows("invite_neighbour"),),
    TALKING,
)
accept_neighbour_invitation: Act[NeighbourInvitationFacts] = Act(
    "accept_neighbour_invitation",
    "neighbour_invitation.accepted",
    own_focal_point,
    (INVITATION_LIFECYCLE.allows("accept_neighbour_invitation"), while_both_pend, while_inviter_stands),
    TALKING,
)
decline_neighbour_invitation: Act[NeighbourInvitationFacts] = Act(
    "decline_neighbour_invitation",
    "neighbour_invitation.declined",
    own_focal_point,
    (INVITATION_LIFECYCLE.allows("decline_neighbour_invitation"),),
    TALKING,
)

ON_PROPOSAL = (invite_neighbour,)
"""The acts that a proposal offers."""
ON_INVITATION = (accept_neighbour_invitation, decline_neighbour_invitation)
"""The acts that an invitation offers."""
ACTS = (*ON_PROPOSAL, *ON_INVITATION)
