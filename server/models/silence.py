"""Define the tables of silence procedures: the frozen text, the objection that breaks it, statements, extensions."""

from datetime import datetime

from sqlalchemy import Boolean, CheckConstraint, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from server.models.base import Base, Identified, choice, lock, reference, to
from server.models.bodies import Body, Sitting
from server.models.parties import Delegate, Party
from server.models.texts import ProvisionText
from server.vocabulary.silence import SilenceStatus


class SilenceProcedure(Identified, Base):
    """A decision that exists from `expires_at` on unless a Member objects before that instant.

    `text` is what is decided, word for word; `subject_id` names the issued version or the submitted proposal that it is
    about, if any, and `text_digest` is the SHA-256 of both. Neither changes. `zone` is that of the announcement.
    """

    __tablename__ = "silence_procedures"
    __table_args__ = (CheckConstraint("opened_at < expires_at", name="window"),)
    prefix = "SIL"
    body_id: Mapped[str] = reference("bodies")
    title: Mapped[str]
    text: Mapped[str]
    subject_id: Mapped[str | None] = mapped_column(String(30), index=True)
    text_digest: Mapped[str] = mapped_column(String(64))
    open_to_observers: Mapped[bool] = mapped_column(Boolean)
    open_to_private_sector: Mapped[bool] = mapped_column(Boolean)
    opened_by_id: Mapped[str] = reference("delegates")
    opened_at: Mapped[datetime]
    expires_at: Mapped[datetime] = mapped_column(index=True)
    zone: Mapped[str] = mapped_column(String(64))
    status: Mapped[SilenceStatus] = choice(SilenceStatus, default=SilenceStatus.OPENED)
    settled_at: Mapped[datetime | None]
    settled_by_id: Mapped[str | None] = reference("delegates")
    settlement: Mapped[str] = mapped_column(default="")
    sitting_id: Mapped[str | None] = reference("sittings")
    restarts_id: Mapped[str | None] = reference("silence_procedures")
    revision: Mapped[int] = lock()
    body: Mapped[Body] = to("SilenceProcedure.body_id")
    opened_by: Mapped[Delegate] = to("SilenceProcedure.opened_by_id")
    settled_by: Mapped[Delegate | None] = to("SilenceProcedure.settled_by_id")
    sitting: Mapped[Sitting | None] = to("SilenceProcedure.sitting_id")
    restarts: Mapped["SilenceProcedure | None"] = to("SilenceProcedure.restarts_id", remote="SilenceProcedure.id")


class SilenceObjection(Identified, Base):
    """The objection of a Member, with its reason, which broke a silence procedure: one at most. Never changed.

    It names the provision of the version, or else quotes the words of the frozen text, that it is about.
    """

    __tablename__ = "silence_objections"
    __table_args__ = (UniqueConstraint("procedure_id"),)
    prefix = "SOB"
    procedure_id: Mapped[str] = reference("silence_procedures", index=False)
    party_id: Mapped[str] = reference("parties")
    provision_id: Mapped[str | None] = reference("provision_texts")
    passage: Mapped[str] = mapped_column(default="")
    reason: Mapped[str]
    objected_by_id: Mapped[str] = reference("delegates")
    objected_at: Mapped[datetime]
    procedure: Mapped[SilenceProcedure] = to("SilenceObjection.procedure_id")
    party: Mapped[Party] = to("SilenceObjection.party_id")
    provision: Mapped[ProvisionText | None] = to("SilenceObjection.provision_id")
    objected_by: Mapped[Delegate] = to("SilenceObjection.objected_by_id")


class SilenceStatement(Identified, Base):
    """What a party said in a silence procedure without breaking it. Never changed."""

    __tablename__ = "silence_statements"
    prefix = "SSM"
    procedure_id: Mapped[str] = reference("silence_procedures")
    party_id: Mapped[str] = reference("parties")
    text: Mapped[str]
    stated_by_id: Mapped[str] = reference("delegates")
    stated_at: Mapped[datetime]
    procedure: Mapped[SilenceProcedure] = to("SilenceStatement.procedure_id")
    party: Mapped[Party] = to("SilenceStatement.party_id")
    stated_by: Mapped[Delegate] = to("SilenceStatement.stated_by_id")


class SilenceExtension(Identified, Base):
    """One move of the last instant of a silence procedure to a later one, and why. Never changed."""

    __tablename__ = "silence_extensions"
    prefix = "SEX"
    procedure_id: Mapped[str] = reference("silence_procedures")
    expires_before: Mapped[datetime]
    expires_after: Mapped[datetime]
    reason: Mapped[str]
    extended_by_id: Mapped[str] = reference("delegates")
    extended_at: Mapped[datetime]
    procedure: Mapped[SilenceProcedure] = to("SilenceExtension.procedure_id")
    extended_by: Mapped[Delegate] = to("SilenceExtension.extended_by_id")
