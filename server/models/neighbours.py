"""Define the table of invitations between the proponents of proposals that meet."""

from datetime import datetime

from sqlalchemy.orm import Mapped, mapped_column

from server.models.base import Base, Identified, choice, lock, reference, to, unique_while
from server.models.parties import Delegate, Party
from server.models.proposals import AmendmentProposal
from server.vocabulary.neighbours import NeighbourInvitationKind, NeighbourInvitationStatus


class NeighbourInvitation(Identified, Base):
    """What the proponent of a proposal asks of the proponent of a neighbour, and the answer of its focal point.

    `party_id` and `neighbour_party_id` are the proponents of the two. One is open between two proposals at a time.
    """

    __tablename__ = "neighbour_invitations"
    __table_args__ = (unique_while("uq_neighbour_invitations_open", "status = 'OPEN'", "proposal_id", "neighbour_id"),)
    prefix = "NBI"
    proposal_id: Mapped[str] = reference("amendment_proposals")
    neighbour_id: Mapped[str] = reference("amendment_proposals")
    party_id: Mapped[str] = reference("parties")
    neighbour_party_id: Mapped[str] = reference("parties")
    kind: Mapped[NeighbourInvitationKind] = choice(NeighbourInvitationKind)
    message: Mapped[str] = mapped_column(default="")
    status: Mapped[NeighbourInvitationStatus] = choice(
        NeighbourInvitationStatus, default=NeighbourInvitationStatus.OPEN
    )
    invited_at: Mapped[datetime] = mapped_column(index=True)
    invited_by_id: Mapped[str] = reference("delegates")
    answered_at: Mapped[datetime | None]
    answered_by_id: Mapped[str | None] = reference("delegates")
    reply: Mapped[str] = mapped_column(default="")
    revision: Mapped[int] = lock()
    proposal: Mapped[AmendmentProposal] = to("NeighbourInvitation.proposal_id")
    neighbour: Mapped[AmendmentProposal] = to("NeighbourInvitation.neighbour_id")
    party: Mapped[Party] = to("NeighbourInvitation.party_id")
    neighbour_party: Mapped[Party] = to("NeighbourInvitation.neighbour_party_id")
    invited_by: Mapped[Delegate] = to("NeighbourInvitation.invited_by_id")
    answered_by: Mapped[Delegate | None] = to("NeighbourInvitation.answered_by_id")
