"""Define the table of withdrawn proposals that co-sponsors can take over, and did."""

from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, UniqueConstraint, and_, func, select
from sqlalchemy.orm import Mapped, aliased

from server.kernel.predicates import actor_party
from server.models.base import Base, Identified, choice, reference, to
from server.models.parties import Delegate, Party
from server.models.proposals import AmendmentProposal
from server.vocabulary.proposals import ProposalStatus


class ProposalTakeOver(Identified, Base):
    """A proposal that its proponent withdrew and that its co-sponsors can take over until `closes_at`.

    `party_id` is the proponent that withdrew it, `new_party_id` the one that took it over, null while none did. The row
    changes once, when that happens. `number` counts the withdrawals of one proposal from 1.
    """

    __tablename__ = "proposal_take_overs"
    __table_args__ = (UniqueConstraint("proposal_id", "number"),)
    prefix = "PTO"
    proposal_id: Mapped[str] = reference("amendment_proposals", index=False)
    number: Mapped[int]
    party_id: Mapped[str] = reference("parties")
    status_before: Mapped[ProposalStatus] = choice(ProposalStatus)
    withdrawn_at: Mapped[datetime]
    withdrawn_by_id: Mapped[str] = reference("delegates")
    closes_at: Mapped[datetime]
    new_party_id: Mapped[str | None] = reference("parties")
    taken_at: Mapped[datetime | None]
    taken_by_id: Mapped[str | None] = reference("delegates")
    proposal: Mapped[AmendmentProposal] = to("ProposalTakeOver.proposal_id")
    party: Mapped[Party] = to("ProposalTakeOver.party_id")
    withdrawn_by: Mapped[Delegate] = to("ProposalTakeOver.withdrawn_by_id")
    new_party: Mapped[Party | None] = to("ProposalTakeOver.new_party_id")
    taken_by: Mapped[Delegate | None] = to("ProposalTakeOver.taken_by_id")


def was_proponent(proposal_id: Any) -> ColumnElement[bool]:
    """Return the condition that the caller's party withdrew the proposal with an id, and others could take it over."""
    take_over = aliased(ProposalTakeOver)
    left = (take_over.proposal_id == proposal_id, take_over.party_id == actor_party)
    return select(take_over.id).where(*left).exists()


def is_proponent(proposal: Any, work: Any) -> ColumnElement[bool]:
    """Return the condition that the caller's party stands for a proposal now, from its row and that of its work."""
    # Not an OR of the two columns: that would be null, and so would be its contrary, where nobody took it over.
    is_own: ColumnElement[bool] = func.coalesce(work.party_id, proposal.party_id) == actor_party
    return is_own


def is_left(work: Any, now: Any) -> ColumnElement[bool]:
    """Return the condition on the work on a proposal that it was withdrawn and can be taken over at `now`."""
    until = work.take_over_until
    return and_(work.status == ProposalStatus.WITHDRAWN, until.is_not(None), until > now)


def can_go_on(proposal: Any, work: Any, now: Any) -> ColumnElement[bool]:
    """Return the condition that a proposal was filed and withdrawn, and can be taken over at `now`."""
    return and_(proposal.submitted_at.is_not(None), is_left(work, now))
