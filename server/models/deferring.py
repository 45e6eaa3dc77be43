"""Define the table of what put-off proposals wait for, and the one expression of where a proposal stands."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, String, and_, case, exists, inspect, literal, not_, or_, type_coerce
from sqlalchemy.orm import Mapped, aliased, column_property, mapped_column, relationship

from server.kernel.predicates import present, today
from server.models.base import Base, Identified, choice, reference, to
from server.models.bodies import Sitting
from server.models.parties import Delegate
from server.models.proposals import AmendmentProposal, ProposalWork, ReviewCycle
from server.models.taking_over import is_left
from server.vocabulary.proposals import CONCLUDED, DeferralKind, ProposalStatus


class ProposalDeferral(Identified, Base):
    """Until when a registered proposal was put off, and why. Only that it was taken up again earlier changes it.

    `kind` says which of `sitting_id` and `awaited_id` is set: the sitting that has to begin, or the proposal that has
    to be decided; neither for the next review cycle, which opens after `deferred_on`.
    """

    __tablename__ = "proposal_deferrals"
    prefix = "DFR"
    proposal_id: Mapped[str] = reference("amendment_proposals")
    kind: Mapped[DeferralKind] = choice(DeferralKind)
    sitting_id: Mapped[str | None] = reference("sittings")
    awaited_id: Mapped[str | None] = reference("amendment_proposals")
    reason: Mapped[str]
    deferred_on: Mapped[date] = mapped_column(index=True)
    deferred_at: Mapped[datetime]
    deferred_by_id: Mapped[str] = reference("delegates")
    resumed_at: Mapped[datetime | None]
    resumed_by_id: Mapped[str | None] = reference("delegates")
    resume_reason: Mapped[str | None]
    proposal: Mapped[AmendmentProposal] = to("ProposalDeferral.proposal_id")
    sitting: Mapped[Sitting | None] = to("ProposalDeferral.sitting_id")
    awaited: Mapped[AmendmentProposal | None] = to("ProposalDeferral.awaited_id")
    deferred_by: Mapped[Delegate] = to("ProposalDeferral.deferred_by_id")
    resumed_by: Mapped[Delegate | None] = to("ProposalDeferral.resumed_by_id")


def has_opened(cycle: Any, deferral: Any, day: Any) -> ColumnElement[bool]:
    """Return the condition that a review cycle has opened on a day, and opened after something was put off."""
    return and_(cycle.opens_on > deferral.deferred_on, cycle.opens_on <= day)


def has_come(deferral: Any, day: Any, now: Any) -> ColumnElement[bool]:
    """Return the condition that what a deferral waits for has come at `now`, on this `day`.

    A sitting that was called off and a proposal that was withdrawn will not come any more: nothing waits for them. Only
    what a co-sponsor can still take over is waited for.
    """
    sitting, cycle, work = aliased(Sitting), aliased(ReviewCycle), aliased(ProposalWork)
    begun = or_(sitting.starts_on <= day, sitting.cancelled_at.is_not(None))
    held = exists().where(sitting.id == deferral.sitting_id, begun).correlate_except(sitting)
    opened = exists().where(has_opened(cycle, deferral, day)).correlate_except(cycle)
    concluded = (work.status.in_(CONCLUDED), not_(is_left(work, now)))
    decided = exists().where(work.proposal_id == deferral.awaited_id, *concluded).correlate_except(work)
    return or_(held, and_(deferral.kind == DeferralKind.CYCLE, opened), decided)


def is_put_off(work: Any, day: Any, now: Any, since: Any = None) -> ColumnElement[bool]:
    """Return the condition that a proposal waits at `now`, on this `day`, for what it was put off until, by its work.

    With `since` only what was put off by that instant counts. What was withdrawn does not wait; it does again when a
    co-sponsor takes it over.
    """
    deferral = aliased(ProposalDeferral)
    conditions = [
        deferral.id == work.deferral_id,
        work.status != ProposalStatus.WITHDRAWN,
        not_(has_come(deferral, day, now)),
    ]
    if since is not None:
        conditions.append(deferral.deferred_at <= since)
    return exists().where(*conditions).correlate_except(deferral)


_STATUS = ProposalWork.__table__.c.status
inspect(ProposalWork).add_property(
    "standing",
    column_property(
        type_coerce(
            case(
                (is_put_off(ProposalWork, today, present), literal(ProposalStatus.DEFERRED.value, String)),
                else_=type_coerce(_STATUS, String),
            ),
            _STATUS.type,
        ),
        deferred=True,
        raiseload=True,
    ),
)
inspect(ProposalWork).add_property(
    "deferral", relationship(ProposalDeferral, foreign_keys=[ProposalWork.__table__.c.deferral_id], lazy="raise")
)
