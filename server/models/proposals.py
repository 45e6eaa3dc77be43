"""The mechanism as data, review cycles, and amendment proposals with their amendments."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from server.ids import LENGTH
from server.models.base import Base, Identified, choice, reference, to
from server.models.bodies import Body
from server.models.parties import Delegate, Party
from server.models.texts import Provision, TextVersion
from server.proposals.rules import AmendmentKind, CycleKind, GroupView, ProposalStatus


class Mechanism(Identified, Base):
    """A version of the update and maintenance mechanism: rules as data, valid from a date.

    `approval_path` lists the kinds of bodies that decide, in order; `cycle_kinds` the reviews it knows.
    """

    __tablename__ = "mechanisms"
    prefix = "MEC"
    title: Mapped[str]
    valid_from: Mapped[date]
    valid_until: Mapped[date | None]
    approval_path: Mapped[list[str]]
    cycle_kinds: Mapped[list[str]]


class ReviewCycle(Identified, Base):
    """One review under a mechanism; it takes proposals from `opens_on` until and including `closes_on`."""

    __tablename__ = "review_cycles"
    prefix = "CYC"
    mechanism_id: Mapped[str] = reference("mechanisms")
    kind: Mapped[CycleKind] = choice(CycleKind)
    title: Mapped[str]
    opens_on: Mapped[date]
    closes_on: Mapped[date | None]
    mechanism: Mapped[Mechanism] = to("ReviewCycle.mechanism_id")


class AmendmentProposal(Identified, Base):
    """A formal request to change a text, on one version of it. Once `submitted_at` is set the row cannot change."""

    __tablename__ = "amendment_proposals"
    prefix = "PRP"
    cycle_id: Mapped[str] = reference("review_cycles")
    text_version_id: Mapped[str] = reference("text_versions")
    party_id: Mapped[str] = reference("parties")
    author_id: Mapped[str] = reference("delegates")
    title: Mapped[str]
    rationale: Mapped[str]
    drafted_at: Mapped[datetime]
    submitted_at: Mapped[datetime | None]
    submitted_by_id: Mapped[str | None] = reference("delegates")
    content_digest: Mapped[str | None] = mapped_column(String(64))
    cycle: Mapped[ReviewCycle] = to("AmendmentProposal.cycle_id")
    text_version: Mapped[TextVersion] = to("AmendmentProposal.text_version_id")
    party: Mapped[Party] = to("AmendmentProposal.party_id")
    author: Mapped[Delegate] = to("AmendmentProposal.author_id")
    work: Mapped["ProposalWork"] = relationship(
        back_populates="proposal", foreign_keys="[ProposalWork.proposal_id]", lazy="raise", uselist=False
    )
    amendments: Mapped[list["Amendment"]] = relationship(
        back_populates="proposal",
        foreign_keys="[Amendment.proposal_id]",
        lazy="raise",
        order_by="Amendment.position",
    )


class ProposalWork(Base):
    """Where a proposal stands: the row that changes while the proposal does not. `number` is given at registration."""

    __tablename__ = "proposal_work"
    __table_args__ = (UniqueConstraint("number"),)
    proposal_id: Mapped[str] = mapped_column(String(LENGTH), ForeignKey("amendment_proposals.id"), primary_key=True)
    status: Mapped[ProposalStatus] = choice(ProposalStatus)
    number: Mapped[int | None]
    body_id: Mapped[str | None] = reference("bodies")
    version: Mapped[int] = mapped_column(default=1)
    proposal: Mapped[AmendmentProposal] = relationship(
        back_populates="work", foreign_keys="[ProposalWork.proposal_id]", lazy="raise"
    )
    body: Mapped[Body | None] = to("ProposalWork.body_id")


class CoSponsor(Identified, Base):
    """A party that joins a proposal; `confirmed_at` is set by its own focal point."""

    __tablename__ = "co_sponsors"
    __table_args__ = (UniqueConstraint("proposal_id", "party_id"),)
    prefix = "COS"
    proposal_id: Mapped[str] = reference("amendment_proposals")
    party_id: Mapped[str] = reference("parties")
    confirmed_at: Mapped[datetime | None]
    confirmed_by_id: Mapped[str | None] = reference("delegates")
    party: Mapped[Party] = to("CoSponsor.party_id")


class Amendment(Identified, Base):
    """The smallest part of a proposal, decided separately. It cannot change once its proposal is submitted.

    `provision_id` is the provision concerned; for ADD the one after which the new provision stands (null: at the
    beginning). `after_id` is the new place for MOVE. `wording` is the full new text for ADD and MODIFY.
    """

    __tablename__ = "amendments"
    __table_args__ = (UniqueConstraint("proposal_id", "position"),)
    prefix = "AMD"
    proposal_id: Mapped[str] = reference("amendment_proposals")
    position: Mapped[int]
    kind: Mapped[AmendmentKind] = choice(AmendmentKind)
    provision_id: Mapped[str | None] = reference("provisions")
    after_id: Mapped[str | None] = reference("provisions")
    wording: Mapped[str | None]
    proposal: Mapped[AmendmentProposal] = relationship(
        back_populates="amendments", foreign_keys="[Amendment.proposal_id]", lazy="raise"
    )
    provision: Mapped[Provision | None] = to("Amendment.provision_id")
    view: Mapped["AmendmentView | None"] = relationship(
        foreign_keys="[AmendmentView.amendment_id]", lazy="raise", viewonly=True, uselist=False
    )


class AmendmentView(Identified, Base):
    """What the group makes of one amendment, as last recorded; the journal keeps the earlier views."""

    __tablename__ = "amendment_views"
    prefix = "VIE"
    amendment_id: Mapped[str] = mapped_column(String(LENGTH), ForeignKey("amendments.id"), unique=True)
    view: Mapped[GroupView] = choice(GroupView)
    reason: Mapped[str] = mapped_column(default="")
    recorded_by_id: Mapped[str] = reference("delegates")
    recorded_at: Mapped[datetime]
    recorded_by: Mapped[Delegate] = to("AmendmentView.recorded_by_id")
