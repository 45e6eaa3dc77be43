"""Filter and order of the list of invitations between proponents."""

import strawberry

from server.schema.reads.filters import conditions, one_of
from server.schema.reads.orders import EARLIEST, Order, declare_orders
from server.vocabulary.neighbours import NeighbourInvitationStatus

NEIGHBOUR_INVITATION_ORDERS = declare_orders(
    "NeighbourInvitationOrder",
    "invitations between proponents",
    {"INVITED_AT": Order("instant of the invitation", EARLIEST, ("invited_at", "id"))},
)


@conditions("invitations between proponents")
class NeighbourInvitationFilter:
    """Filter of `neighbourInvitations`."""

    status: list[NeighbourInvitationStatus] | None = one_of("Only those in one of these statuses.", "status")
    proposal_id: list[strawberry.ID] | None = one_of(
        "Only those by the proponents of the proposals with these ids.", "proposal_id"
    )
    neighbour_id: list[strawberry.ID] | None = one_of(
        "Only those to the proponents of the proposals with these ids.", "neighbour_id"
    )
