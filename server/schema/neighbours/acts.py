"""Acts between the proponents of proposals that meet."""

import strawberry

from server.domain.neighbours import policy
from server.domain.neighbours.actions import inviting
from server.schema.mutations import act_field
from server.schema.neighbours.types import NeighbourInvitation
from server.schema.reads.roots import fact

INVITATION_ID = "Id of the invitation."
REPLY = "What the party answers in words, if anything."


@strawberry.type
class NeighbourInvitationFact:
    """What every fact about an invitation shows."""

    subject_id: strawberry.Private[str]
    invitation: NeighbourInvitation = fact("The invitation as it stands now.")


@strawberry.type
class NeighbourMutations:
    """Acts between the proponents of proposals that meet."""

    invite_neighbour = act_field(
        policy.invite_neighbour,
        inviting.invite_neighbour,
        "Invite the proponent of a proposal that meets the own one to stand behind it, or to merge the two, on record.",
        about="An invitation to the proponent of a neighbour.",
        proposal_id="Id of the proposal of the own party.",
        neighbour_id="Id of the proposal that it meets, which the caller sees.",
        kind="What is asked.",
        message="What the own party says to it, if anything.",
        expected_revision="The `revision` of the proposal of the own party as the caller read it.",
        outcome="The proponent of a neighbour was invited.",
        answer=NeighbourInvitationFact,
    )
    accept_neighbour_invitation = act_field(
        policy.accept_neighbour_invitation,
        inviting.accept_neighbour_invitation,
        "Agree to an invitation to the own party, on record. The proposals stay as they are.",
        about="An invitation to accept.",
        neighbour_invitation_id=INVITATION_ID,
        reply=REPLY,
        answer=NeighbourInvitationFact,
        outcome="A party agreed to an invitation.",
    )
    decline_neighbour_invitation = act_field(
        policy.decline_neighbour_invitation,
        inviting.decline_neighbour_invitation,
        "Decline an invitation to the own party, on record.",
        about="An invitation to decline.",
        neighbour_invitation_id=INVITATION_ID,
        reply=REPLY,
        answer=NeighbourInvitationFact,
        outcome="A party declined an invitation.",
    )
