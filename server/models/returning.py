"""Define the table of filings that the Secretariat gave back for formal defects."""

from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, String, UniqueConstraint, or_, select
from sqlalchemy.orm import Mapped, aliased, mapped_column

from server.models.base import Base, Identified, reference, to
from server.models.parties import Delegate
from server.models.proposals import AmendmentProposal


class ReturnedFiling(Identified, Base):
    """What a party had filed when the Secretariat gave its proposal back, and why. Never changed or removed.

    `content` is the canonical JSON that was certified, and `content_digest` the SHA-256 of it. `number` counts the
    returns of one proposal from 1. `defects` has them as a list under `defects`: the place of the amendment or null,
    the kind, the words.
    """

    __tablename__ = "returned_filings"
    __table_args__ = (UniqueConstraint("proposal_id", "number"),)
    prefix = "RFI"
    proposal_id: Mapped[str] = reference("amendment_proposals", index=False)
    number: Mapped[int]
    content: Mapped[str]
    content_digest: Mapped[str] = mapped_column(String(64))
    filed_at: Mapped[datetime]
    filed_by_id: Mapped[str | None] = reference("delegates")
    returned_at: Mapped[datetime] = mapped_column(index=True)
    returned_by_id: Mapped[str] = reference("delegates")
    defects: Mapped[dict[str, Any]]
    proposal: Mapped[AmendmentProposal] = to("ReturnedFiling.proposal_id")
    filed_by: Mapped[Delegate | None] = to("ReturnedFiling.filed_by_id")
    returned_by: Mapped[Delegate] = to("ReturnedFiling.returned_by_id")


def was_submitted(proposal: Any) -> ColumnElement[bool]:
    """Return the condition that a proposal is filed, or was filed and returned."""
    filing = aliased(ReturnedFiling)
    is_returned = select(filing.id).where(filing.proposal_id == proposal.id).exists()
    return or_(proposal.submitted_at.is_not(None), is_returned)
