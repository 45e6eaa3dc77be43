"""Define the tables of the mechanism as data, of review cycles, and of amendment proposals with their amendments."""

from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import ForeignKey, String, UniqueConstraint, and_, func, select
from sqlalchemy.orm import Mapped, foreign, mapped_column, relationship, remote

from server.kernel.ids import LENGTH
from server.models.base import OPTIONAL, Base, Identified, choice, lock, reference, to
from server.models.bodies import Body
from server.models.parties import Delegate, Party
from server.models.texts import Provision, ProvisionText, TextVersion
from server.vocabulary.proposals import AmendmentKind, CarriedState, CycleKind, GroupView, ProposalStatus
from server.vocabulary.texts import UnitKind


class Mechanism(Identified, Base):
    """A version of the update and maintenance mechanism: rules as data, valid from a date.

    `approval_path` lists the kinds of bodies that decide, in order; `cycle_kinds` lists the kinds of reviews;
    `instrument_ids` the texts that it covers, none for all. The five numbers are days, null where the mechanism sets
    none. `evidence` names the paper or the decision that it comes from. Versions never overlap: one that is recorded
    ends the one before, which is the only change of a row.
    """

    __tablename__ = "mechanisms"
    prefix = "MEC"
    title: Mapped[str]
    valid_from: Mapped[date] = mapped_column(index=True)
    valid_until: Mapped[date | None]
    approval_path: Mapped[list[str]]
    cycle_kinds: Mapped[list[str]]
    instrument_ids: Mapped[list[str]] = mapped_column(default=list)
    window_days: Mapped[int | None]
    submission_days: Mapped[int | None]
    consideration_days: Mapped[int | None]
    decision_days: Mapped[int | None]
    take_over_days: Mapped[int | None]
    evidence: Mapped[str | None] = mapped_column(String(400))
    recorded_at: Mapped[datetime | None]


class ReviewCycle(Identified, Base):
    """One review under a mechanism; it takes proposals from `opens_on` until and including `closes_on`."""

    __tablename__ = "review_cycles"
    prefix = "CYC"
    mechanism_id: Mapped[str] = reference("mechanisms")
    kind: Mapped[CycleKind] = choice(CycleKind)
    title: Mapped[str]
    opens_on: Mapped[date] = mapped_column(index=True)
    closes_on: Mapped[date | None]
    mechanism: Mapped[Mechanism] = to("ReviewCycle.mechanism_id")


class AmendmentProposal(Identified, Base):
    """A formal request to change a text, on one version of it. Once `submitted_at` is set the row cannot change.

    `party_id` is the party in whose name it was written and filed; its `proponent` is another one once that withdrew it
    and a co-sponsor took it over (`server/models/taking_over.py`).
    Its amendments stand or wait together, unless its proponent said that they may be taken apart (`is_severable`).
    """

    __tablename__ = "amendment_proposals"
    prefix = "PRP"
    cycle_id: Mapped[str] = reference("review_cycles")
    text_version_id: Mapped[str] = reference("text_versions")
    party_id: Mapped[str] = reference("parties")
    author_id: Mapped[str] = reference("delegates")
    title: Mapped[str]
    rationale: Mapped[str]
    drafted_at: Mapped[datetime] = mapped_column(index=True)
    submitted_at: Mapped[datetime | None]
    submitted_by_id: Mapped[str | None] = reference("delegates")
    content_digest: Mapped[str | None] = mapped_column(String(64))
    is_severable: Mapped[bool] = mapped_column(default=False)
    cycle: Mapped[ReviewCycle] = to("AmendmentProposal.cycle_id")
    text_version: Mapped[TextVersion] = to("AmendmentProposal.text_version_id")
    current_version: Mapped[TextVersion] = relationship(
        primaryjoin=lambda: _join_current(), lazy="raise", viewonly=True, uselist=False
    )
    party: Mapped[Party] = to("AmendmentProposal.party_id")
    proponent: Mapped[Party] = relationship(
        primaryjoin=lambda: _join_proponent(), lazy="raise", viewonly=True, uselist=False
    )
    author: Mapped[Delegate] = to("AmendmentProposal.author_id")
    submitted_by: Mapped[Delegate | None] = to("AmendmentProposal.submitted_by_id")
    work: Mapped["ProposalWork"] = relationship(
        back_populates="proposal", foreign_keys="[ProposalWork.proposal_id]", lazy="raise", uselist=False
    )
    amendments: Mapped[list["Amendment"]] = relationship(
        back_populates="proposal",
        foreign_keys="[Amendment.proposal_id]",
        lazy="raise",
        order_by="Amendment.position",
        cascade="all, delete-orphan",
    )
    co_sponsors: Mapped[list["CoSponsor"]] = relationship(
        back_populates="proposal",
        foreign_keys="[CoSponsor.proposal_id]",
        lazy="raise",
        order_by="CoSponsor.id",
        cascade="all, delete-orphan",
    )


class ProposalWork(Base):
    """The state of a proposal, with the number given at registration.

    It is a row of its own because it changes and the proposal does not. `carried_by` lists the kinds of bodies that
    have carried the proposal since its group last concluded: a proposal that comes back from a body goes the whole
    approval path again. `text_version_id` is the version to which it was carried last, null while it is on the one it
    was filed on. `party_id` is the party that took it over, null while it is with the one that filed it. Until
    `take_over_until` a co-sponsor can take over what its proponent withdrew. `deferral_id` says what it was put off
    until, null once it moves on. While that has not come, `standing` is DEFERRED, and `status` where it stands
    afterwards (`server/models/deferring.py`).
    """

    __tablename__ = "proposal_work"
    __table_args__ = (UniqueConstraint("number"),)
    proposal_id: Mapped[str] = mapped_column(String(LENGTH), ForeignKey("amendment_proposals.id"), primary_key=True)
    status: Mapped[ProposalStatus] = choice(ProposalStatus)
    number: Mapped[int | None]
    body_id: Mapped[str | None] = reference("bodies")
    carried_by: Mapped[list[str]] = mapped_column(default=list)
    text_version_id: Mapped[str | None] = reference("text_versions")
    party_id: Mapped[str | None] = reference("parties")
    take_over_until: Mapped[datetime | None]
    deferral_id: Mapped[str | None] = reference("proposal_deferrals")
    revision: Mapped[int] = lock()
    if TYPE_CHECKING:  # added beside the table of deferrals, from which they are read
        standing: Mapped[ProposalStatus]
        deferral: Mapped[Any]
    proposal: Mapped[AmendmentProposal] = relationship(
        back_populates="work", foreign_keys="[ProposalWork.proposal_id]", lazy="raise"
    )
    body: Mapped[Body | None] = to("ProposalWork.body_id")
    text_version: Mapped[TextVersion | None] = to("ProposalWork.text_version_id")


class CoSponsor(Identified, Base):
    """A party that joins a proposal; `confirmed_at` is set by its own focal point, on the words as they stand then.

    `words_digest` is the SHA-256 of the words that it confirmed or declined: a draft that says other words asks again.
    """

    __tablename__ = "co_sponsors"
    __table_args__ = (UniqueConstraint("proposal_id", "party_id"),)
    prefix = "COS"
    proposal_id: Mapped[str] = reference("amendment_proposals")
    party_id: Mapped[str] = reference("parties")
    confirmed_at: Mapped[datetime | None]
    confirmed_by_id: Mapped[str | None] = reference("delegates")
    declined_at: Mapped[datetime | None]
    declined_by_id: Mapped[str | None] = reference("delegates")
    decline_reason: Mapped[str | None]
    words_digest: Mapped[str | None] = mapped_column(String(64))
    party: Mapped[Party] = to("CoSponsor.party_id")
    declined_by: Mapped[Delegate | None] = to("CoSponsor.declined_by_id")
    confirmed_by: Mapped[Delegate | None] = to("CoSponsor.confirmed_by_id")
    proposal: Mapped[AmendmentProposal] = relationship(
        back_populates="co_sponsors", foreign_keys="[CoSponsor.proposal_id]", lazy="raise"
    )


def _join_current() -> Any:
    """Return the join from a proposal to the version that it is on now, with or without having been carried."""
    carried_to = (
        select(ProposalWork.text_version_id)
        .where(ProposalWork.proposal_id == AmendmentProposal.id)
        .correlate_except(ProposalWork)
        .scalar_subquery()
    )
    return remote(TextVersion.id) == func.coalesce(carried_to, foreign(AmendmentProposal.text_version_id))


def _join_proponent() -> Any:
    """Return the join from a proposal to the party that stands for it now, whether or not it filed it."""
    taken_over_by = (
        select(ProposalWork.party_id)
        .where(ProposalWork.proposal_id == AmendmentProposal.id)
        .correlate_except(ProposalWork)
        .scalar_subquery()
    )
    return remote(Party.id) == func.coalesce(taken_over_by, foreign(AmendmentProposal.party_id))


def _join_words(key: Any) -> Any:
    """Return the join from a provision of an amendment to its words in the text version that the proposal is on."""
    # correlate_except: all tables but the proposals belong to the outer query, also under an alias
    version_id = (
        select(AmendmentProposal.text_version_id)
        .where(AmendmentProposal.id == Amendment.proposal_id)
        .correlate_except(AmendmentProposal)
        .scalar_subquery()
    )
    return and_(foreign(key) == remote(ProvisionText.provision_id), ProvisionText.text_version_id == version_id)


def _join_carried() -> Any:
    """Return the join from an amendment to what became of it in the version that its proposal is on now."""
    version_id = (
        select(ProposalWork.text_version_id)
        .where(ProposalWork.proposal_id == Amendment.proposal_id)
        .correlate_except(ProposalWork)
        .scalar_subquery()
    )
    return and_(
        remote(foreign(CarriedAmendment.amendment_id)) == Amendment.id, CarriedAmendment.text_version_id == version_id
    )


class Amendment(Identified, Base):
    """The smallest part of a proposal, decided separately. It cannot change once its proposal is submitted.

    `provision_id` is the provision concerned; for ADD the provision before the new one (null: at the beginning).
    `after_id` is the provision before the new place for MOVE. `wording` is the full new text for ADD and MODIFY.
    For ADD, `unit_kind`, `level` and `printed_number` say what the new provision is; null: as its place suggests.
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
    unit_kind: Mapped[UnitKind | None] = choice(UnitKind)
    level: Mapped[int | None]
    printed_number: Mapped[str | None]
    proposal: Mapped[AmendmentProposal] = relationship(
        back_populates="amendments", foreign_keys="[Amendment.proposal_id]", lazy="raise"
    )
    provision: Mapped[Provision | None] = to("Amendment.provision_id")
    provision_text: Mapped[ProvisionText | None] = relationship(
        primaryjoin=lambda: _join_words(Amendment.provision_id), lazy="raise", viewonly=True, uselist=False
    )
    after_text: Mapped[ProvisionText | None] = relationship(
        primaryjoin=lambda: _join_words(Amendment.after_id), lazy="raise", viewonly=True, uselist=False
    )
    view: Mapped["AmendmentView | None"] = relationship(
        back_populates="amendment", foreign_keys="[AmendmentView.amendment_id]", lazy="raise", uselist=False
    )
    carried: Mapped["CarriedAmendment | None"] = relationship(
        primaryjoin=_join_carried, lazy="raise", viewonly=True, uselist=False
    )


class AmendmentView(Identified, Base):
    """The view of the group on one amendment, as last recorded; the journal keeps the earlier views."""

    __tablename__ = "amendment_views"
    prefix = "VIE"
    amendment_id: Mapped[str] = mapped_column(String(LENGTH), ForeignKey("amendments.id"), unique=True)
    view: Mapped[GroupView] = choice(GroupView)
    reason: Mapped[str] = mapped_column(default="")
    recorded_by_id: Mapped[str] = reference("delegates")
    recorded_at: Mapped[datetime]
    recorded_by: Mapped[Delegate] = to("AmendmentView.recorded_by_id")
    amendment: Mapped[Amendment] = relationship(
        back_populates="view", foreign_keys="[AmendmentView.amendment_id]", lazy="raise"
    )


class CarriedAmendment(Identified, Base):
    """What became of an amendment in a later version than the one it was filed on. Once restated it cannot change.

    `provision_id`, `after_id` and `wording` say what it asks for on that version, as those of `Amendment` do; the
    wording of a stale one is what the hunks make that are not stale. `reason` is that of a proponent who dropped it.
    """

    __tablename__ = "carried_amendments"
    __table_args__ = (UniqueConstraint("amendment_id", "text_version_id"),)
    prefix = "CAM"
    amendment_id: Mapped[str] = mapped_column(String(LENGTH), ForeignKey("amendments.id"))
    text_version_id: Mapped[str] = reference("text_versions")
    state: Mapped[CarriedState] = choice(CarriedState)
    provision_id: Mapped[str | None] = reference("provisions")
    after_id: Mapped[str | None] = reference("provisions")
    wording: Mapped[str | None]
    reason: Mapped[str] = mapped_column(default="")
    decided_by_id: Mapped[str | None] = reference("delegates")
    decided_at: Mapped[datetime | None]
    amendment: Mapped[Amendment] = to("CarriedAmendment.amendment_id")
    provision_text: Mapped[ProvisionText | None] = relationship(
        primaryjoin=lambda: (
            (foreign(CarriedAmendment.provision_id) == remote(ProvisionText.provision_id))
            & (CarriedAmendment.text_version_id == remote(ProvisionText.text_version_id))
        ),
        lazy="raise",
        viewonly=True,
        uselist=False,
        info={OPTIONAL: True},
    )
    text_version: Mapped[TextVersion] = to("CarriedAmendment.text_version_id")
    decided_by: Mapped[Delegate | None] = to("CarriedAmendment.decided_by_id")
