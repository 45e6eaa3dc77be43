"""Invitations between the proponents of proposals that meet: what they look like."""

from datetime import datetime

import strawberry

from server.domain.neighbours import policy
from server.domain.neighbours.queries.inviting import visible_invitations
from server.domain.neighbours.rules.inviting import NeighbourInvitationFacts
from server.models import neighbours as tables
from server.schema.acts import AvailableAct, acts_on
from server.schema.lists.neighbours import NEIGHBOUR_INVITATION_ORDERS, NeighbourInvitationFilter
from server.schema.parties.types import Delegate, Party
from server.schema.proposals.types import Proposal
from server.schema.reads.kinds import Node, column, noun, to_one
from server.schema.reads.pages import Connection
from server.schema.reads.roots import many, one
from server.schema.vocabulary import vocabulary
from server.vocabulary.neighbours import NeighbourInvitationKind, NeighbourInvitationStatus

vocabulary(NeighbourInvitationKind)
vocabulary(NeighbourInvitationStatus)


@noun(tables.NeighbourInvitation, visible_invitations)
class NeighbourInvitation(Node):
    """What the proponent of a proposal asks of the proponent of a neighbour, on record with the answer.

    The two parties see it, the Secretariat, and those who lead a group that considers one of the proposals; each only
    if it sees both proposals, and so does a party that took one of them over. The proposals stay as they are.
    """

    proposal: Proposal = to_one("The proposal whose proponent invites.", implied=True)
    neighbour: Proposal = to_one("The proposal whose proponent is invited.", implied=True)
    party: Party = to_one("The party that invites.", implied=True)
    neighbour_party: Party = to_one("The party that is invited.", implied=True)
    kind: NeighbourInvitationKind = column("What is asked.")
    message: str | None = column("What the party that invites says; null if nothing.", or_null=True)
    status: NeighbourInvitationStatus = column("Where it stands.")
    invited_by: Delegate = to_one("The delegate who invited for the party.", implied=True)
    invited_at: datetime = column("Instant of the invitation.")
    reply: str | None = column("What the party that is invited answered in words; null if nothing.", or_null=True)
    answered_by: Delegate | None = to_one("The delegate who answered for the party; null until then.", implied=True)
    answered_at: datetime | None = column("Instant of the answer; null until then.")
    revision: int = column("Counts changes from 1; send it back as `expectedRevision` with an act.")
    available_acts: list[AvailableAct] = acts_on("neighbour invitation", policy.ON_INVITATION, NeighbourInvitationFacts)


@strawberry.type
class NeighbourInvitationQueries:
    """Root fields about invitations between proponents."""

    neighbour_invitation: NeighbourInvitation | None = one(
        "An invitation between proponents by its id; null if it does not exist or the caller does not see it.",
        "NeighbourInvitation",
    )
    neighbour_invitations: Connection[NeighbourInvitation] = many(
        "Invitations between proponents that the caller sees, the earliest first.",
        order=NEIGHBOUR_INVITATION_ORDERS,
        filter_type=NeighbourInvitationFilter,
    )
