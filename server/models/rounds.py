"""Define the tables of comment rounds: rounds, comments, which never change once submitted, and their handling."""

from datetime import datetime
from typing import ClassVar

from sqlalchemy import Boolean, CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from server.kernel.ids import LENGTH
from server.models.base import Base, Identified, OrNever, choice, lock, reference, to
from server.models.bodies import Body
from server.models.parties import Delegate, Party
from server.models.texts import ProvisionText, TextVersion
from server.vocabulary.rounds import (
    CommentStatus,
    CommentType,
    DispositionStage,
    DispositionVerdict,
    PlaceState,
    RoundStatus,
    RoundVisibility,
)


class Round(Identified, Base):
    """A call for comments on one issued version, from `opens_at` until, and not including, `closes_at`.

    `zone` is the zone in which the deadline was announced; the instant decides.
    """

    __tablename__ = "rounds"
    __table_args__ = (CheckConstraint("opens_at < closes_at", name="window"),)
    prefix = "RND"
    text_version_id: Mapped[str] = reference("text_versions")
    body_id: Mapped[str] = reference("bodies")
    title: Mapped[str]
    opens_at: Mapped[datetime] = mapped_column(index=True)
    closes_at: Mapped[datetime] = mapped_column(index=True)
    zone: Mapped[str] = mapped_column(String(64))
    visibility: Mapped[RoundVisibility] = choice(RoundVisibility)
    open_to_members: Mapped[bool] = mapped_column(Boolean)
    open_to_observers: Mapped[bool] = mapped_column(Boolean)
    open_to_private_sector: Mapped[bool] = mapped_column(Boolean)
    status: Mapped[RoundStatus] = choice(RoundStatus, default=RoundStatus.CALLED)
    called_by_id: Mapped[str] = reference("delegates")
    called_at: Mapped[datetime]
    revision: Mapped[int] = lock()
    text_version: Mapped[TextVersion] = to("Round.text_version_id")
    body: Mapped[Body] = to("Round.body_id")
    called_by: Mapped[Delegate] = to("Round.called_by_id")


class RoundExtension(Identified, Base):
    """One extension of a round: the closing instant before and after, and why. Never changed."""

    __tablename__ = "round_extensions"
    prefix = "EXT"
    round_id: Mapped[str] = reference("rounds")
    closed_at_before: Mapped[datetime]
    closes_at_after: Mapped[datetime]
    reason: Mapped[str]
    extended_by_id: Mapped[str] = reference("delegates")
    extended_at: Mapped[datetime]


class Comment(Identified, Base):
    """One point on one provision, in the name of a party. Once `submitted_at` is set the row cannot change.

    `number` counts the comments of one party in one round, so that a number tells nothing about the other parties.
    The quotation is kept for ever; `quote_start` and `quote_end` are code points in the text of the provision.
    `proposed_wording` replaces the quoted words, or the whole provision if nothing is quoted. `covers_section` says
    that it is on the provision with everything inside it. `position` is that of the provision, 0 for a comment on the
    whole text: lists follow it. `content_digest` is the SHA-256 in the receipt.
    """

    __tablename__ = "comments"
    __table_args__ = (
        UniqueConstraint("round_id", "party_id", "number"),
        Index(None, "round_id", "position"),
        Index(None, "round_id", "drafted_at"),
        Index("ix_comments_of_party", "round_id", "party_id", "position"),
        Index("ix_comments_of_provision", "provision_text_id", "round_id", "position"),
    )
    prefix = "CMT"
    round_id: Mapped[str] = mapped_column(String(LENGTH), ForeignKey("rounds.id"))
    party_id: Mapped[str] = reference("parties")
    author_id: Mapped[str] = reference("delegates")
    provision_text_id: Mapped[str | None] = reference("provision_texts", index=False)
    position: Mapped[int] = mapped_column(index=True, default=0, server_default="0")
    number: Mapped[int | None]
    type: Mapped[CommentType] = choice(CommentType)
    text: Mapped[str]
    reason: Mapped[str] = mapped_column(default="")
    quote_exact: Mapped[str | None]
    quote_prefix: Mapped[str] = mapped_column(default="")
    quote_suffix: Mapped[str] = mapped_column(default="")
    quote_start: Mapped[int | None]
    quote_end: Mapped[int | None]
    proposed_wording: Mapped[str | None]
    covers_section: Mapped[bool] = mapped_column(default=False)
    drafted_at: Mapped[datetime] = mapped_column(index=True)
    submitted_at: Mapped[datetime | None]
    submitted_by_id: Mapped[str | None] = reference("delegates")
    content_digest: Mapped[str | None] = mapped_column(String(64))
    round: Mapped[Round] = to("Comment.round_id")
    party: Mapped[Party] = to("Comment.party_id")
    author: Mapped[Delegate] = to("Comment.author_id")
    submitted_by: Mapped[Delegate | None] = to("Comment.submitted_by_id")
    provision_text: Mapped[ProvisionText | None] = to("Comment.provision_text_id")
    work: Mapped["CommentWork"] = relationship(
        back_populates="comment", foreign_keys="[CommentWork.comment_id]", lazy="raise", uselist=False
    )


Index("ix_comments_submission", OrNever(Comment.submitted_at), Comment.id)
Index("ix_comments_of_round_by_submission", Comment.round_id, OrNever(Comment.submitted_at), Comment.id)


class CommentWork(Base):
    """The state of handling a comment. It is a row of its own because it changes and the comment does not.

    `carried_id` is the place of the comment in the newest version to which it was carried, null if it never was.
    """

    __tablename__ = "comment_work"
    comment_id: Mapped[str] = mapped_column(String(LENGTH), ForeignKey("comments.id"), primary_key=True)
    status: Mapped[CommentStatus] = choice(CommentStatus)
    disposition_id: Mapped[str | None] = reference("dispositions")
    carried_id: Mapped[str | None] = reference("carried_comments")
    revision: Mapped[int] = lock()
    comment: Mapped[Comment] = relationship(
        back_populates="work", foreign_keys="[CommentWork.comment_id]", lazy="raise"
    )
    disposition: Mapped["Disposition | None"] = to("CommentWork.disposition_id")
    carried: Mapped["CarriedComment | None"] = to("CommentWork.carried_id")


class CarriedComment(Identified, Base):
    """The place of an open comment in a later version than the one it was filed on. Once confirmed it cannot change.

    `provision_text_id` is the provision in that version, null where it is gone or the comment is on the whole text.
    `start` and `end` are code points in its text, null for the whole provision and for an orphan. `score` is the
    likeness of the words there to the quoted ones, 0 to 100.
    """

    __tablename__ = "carried_comments"
    __table_args__ = (UniqueConstraint("comment_id", "text_version_id"),)
    prefix = "CCM"
    comment_id: Mapped[str] = mapped_column(String(LENGTH), ForeignKey("comments.id"))
    text_version_id: Mapped[str] = reference("text_versions")
    provision_text_id: Mapped[str | None] = reference("provision_texts")
    start: Mapped[int | None]
    end: Mapped[int | None]
    state: Mapped[PlaceState] = choice(PlaceState)
    score: Mapped[int]
    decided_by_id: Mapped[str | None] = reference("delegates")
    decided_at: Mapped[datetime | None]
    comment: Mapped[Comment] = to("CarriedComment.comment_id")
    text_version: Mapped[TextVersion] = to("CarriedComment.text_version_id")
    provision_text: Mapped[ProvisionText | None] = to("CarriedComment.provision_text_id")
    decided_by: Mapped[Delegate | None] = to("CarriedComment.decided_by_id")


class Disposition(Identified, Base):
    """A proposed or recorded answer to a comment. Every step is a row of its own and never changes."""

    __tablename__ = "dispositions"
    prefix = "DSP"
    comment_id: Mapped[str] = reference("comments")
    stage: Mapped[DispositionStage] = choice(DispositionStage)
    verdict: Mapped[DispositionVerdict] = choice(DispositionVerdict)
    reason: Mapped[str] = mapped_column(default="")
    wording: Mapped[str | None]
    decided_by_id: Mapped[str] = reference("delegates")
    decided_at: Mapped[datetime]
    decided_by: Mapped[Delegate] = to("Disposition.decided_by_id")


class Mark(Identified):
    """What a party says for good of another party's comment, of all kinds together once; each kind has its table."""

    says: ClassVar[str]
    """What the party did, as in "Your party supports this comment"."""
    comment_id: Mapped[str] = mapped_column(String(LENGTH), ForeignKey("comments.id"))
    party_id: Mapped[str] = reference("parties")
    delegate_id: Mapped[str] = reference("delegates")


class Support(Mark, Base):
    """A party's mark that it supports another party's comment."""

    __tablename__ = "comment_supports"
    __table_args__ = (UniqueConstraint("comment_id", "party_id"),)
    prefix = "SUP"
    says = "supports"
    supported_at: Mapped[datetime]
    party: Mapped[Party] = to("Support.party_id")
    comment: Mapped[Comment] = to("Support.comment_id")


class Opposition(Mark, Base):
    """A party's mark that it opposes another party's comment, with the reason."""

    __tablename__ = "comment_oppositions"
    __table_args__ = (UniqueConstraint("comment_id", "party_id"),)
    prefix = "OPP"
    says = "opposes"
    reason: Mapped[str]
    opposed_at: Mapped[datetime]
    party: Mapped[Party] = to("Opposition.party_id")
