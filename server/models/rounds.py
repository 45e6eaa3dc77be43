"""Define the tables of comment rounds: rounds, comments, which never change once submitted, and their handling."""

from datetime import datetime
from typing import TYPE_CHECKING, Any, ClassVar

from sqlalchemy import JSON, Boolean, CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column, relationship

from server.kernel.ids import LENGTH
from server.models.base import OPTIONAL, Base, Identified, OrNever, choice, lock, reference, to, unique_while
from server.models.bodies import Body
from server.models.parties import Delegate, Party, Representation
from server.models.texts import ProvisionText, TextVersion
from server.vocabulary.calling import RoundScope
from server.vocabulary.rounds import (
    CommentStatus,
    CommentType,
    DispositionStage,
    DispositionVerdict,
    PlaceState,
    RoundStatus,
    RoundVisibility,
)
from server.vocabulary.texts import UnitKind
from server.vocabulary.threads import ReplyMode

if TYPE_CHECKING:
    from server.models.delegations import DraftWork

LIST = JSON(none_as_null=True).with_variant(JSONB(none_as_null=True), "postgresql")
"""A list that is null where nothing is said, and not the JSON text "null"."""


class Round(Identified, Base):
    """A call for comments on one issued version, from `opens_at` until, and not including, `closes_at`.

    `zone` is the zone in which the deadline was announced; the instant decides. `code` is unique for ever and cites the
    round; null in a round from before there were codes. `group_id` narrows the audience to the members of a body.
    `scope` is null for the whole text, else `provision_keys` are the permanent keys of the provisions that it takes
    comments on. `types` are those taken, all if null. The two limits are for each party and for each comment.
    `announced_closes_at` is the instant that was announced before the round was closed early. `answers_began_at` is
    the instant of the first answer to a comment. `reported_version_id` is the version with which the report is out.
    """

    __tablename__ = "rounds"
    __table_args__ = (CheckConstraint("opens_at < closes_at", name="window"), Index(None, "code", unique=True))
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
    replies: Mapped[ReplyMode] = choice(
        ReplyMode, default=ReplyMode.FOCAL_POINTS, server_default=ReplyMode.FOCAL_POINTS.value
    )
    status: Mapped[RoundStatus] = choice(RoundStatus, default=RoundStatus.CALLED)
    called_by_id: Mapped[str] = reference("delegates")
    called_at: Mapped[datetime]
    revision: Mapped[int] = lock()
    code: Mapped[str | None] = mapped_column(String(12))
    group_id: Mapped[str | None] = reference("bodies")
    scope: Mapped[RoundScope | None] = choice(RoundScope)
    since_version_id: Mapped[str | None] = reference("text_versions")
    provision_keys: Mapped[list[str] | None] = mapped_column(LIST)
    is_without_general: Mapped[bool | None]
    types: Mapped[list[str] | None] = mapped_column(LIST)
    most_comments: Mapped[int | None]
    most_characters: Mapped[int | None]
    reminder_days: Mapped[list[int] | None] = mapped_column(LIST)
    announced_closes_at: Mapped[datetime | None]
    answers_began_at: Mapped[datetime | None]
    reported_version_id: Mapped[str | None] = reference("text_versions")
    text_version: Mapped[TextVersion] = to("Round.text_version_id")
    group: Mapped[Body | None] = to("Round.group_id")
    since_version: Mapped[TextVersion | None] = to("Round.since_version_id")
    reported_version: Mapped[TextVersion | None] = to("Round.reported_version_id")
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

    `number` counts the comments of one party in one round, so that a number tells nothing about the other parties. A
    filed comment is revised by another row with the same number, which `replaces` it; `filing` counts them from 1.
    The parties `co_signer_ids` joined it before it was filed, and `names_as_filed` holds what everybody was called
    then. `representation` is the mandate under which a delegate of another party filed it.
    The quotation is kept for ever; `quote_start` and `quote_end` are code points in the text of the provision.
    `proposed_wording` replaces the quoted words, or the whole provision if nothing is quoted. `covers_section` says
    that it is on the provision with everything inside it. `position` is that of the provision, 0 for a comment on the
    whole text: lists follow it. `cell` is the number of a cell of a row of a table, from 1. `addition_kind`,
    `addition_title` and `addition_words` are those of a new provision that shall stand after the provision, at the
    beginning without one. `content_digest` is the SHA-256 in the receipt. `reference`, given at filing, is how papers
    cite it; null for one from before, which is cited by party and number. `is_late` says that it was filed after the
    close, by admission; null if not.
    """

    __tablename__ = "comments"
    __table_args__ = (
        UniqueConstraint("round_id", "party_id", "number", "filing"),
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
    cell: Mapped[int | None]
    addition_kind: Mapped[UnitKind | None] = choice(UnitKind)
    addition_title: Mapped[str | None]
    addition_words: Mapped[str | None]
    language: Mapped[str | None] = mapped_column(String(12))
    filing: Mapped[int] = mapped_column(default=1, server_default="1")
    replaces_id: Mapped[str | None] = reference("comments")
    representation_id: Mapped[str | None] = reference("representations")
    co_signer_ids: Mapped[list[str]] = mapped_column(default=list, server_default="[]")
    names_as_filed: Mapped[dict[str, Any] | None]
    drafted_at: Mapped[datetime] = mapped_column(index=True)
    submitted_at: Mapped[datetime | None]
    submitted_by_id: Mapped[str | None] = reference("delegates")
    content_digest: Mapped[str | None] = mapped_column(String(64))
    reference: Mapped[str | None]
    is_late: Mapped[bool | None]
    round: Mapped[Round] = to("Comment.round_id")
    party: Mapped[Party] = to("Comment.party_id")
    author: Mapped[Delegate] = to("Comment.author_id")
    submitted_by: Mapped[Delegate | None] = to("Comment.submitted_by_id")
    provision_text: Mapped[ProvisionText | None] = to("Comment.provision_text_id")
    replaces: Mapped["Comment | None"] = to("Comment.replaces_id", remote="Comment.id")
    representation: Mapped[Representation | None] = to("Comment.representation_id")
    work: Mapped["CommentWork"] = relationship(
        back_populates="comment", foreign_keys="[CommentWork.comment_id]", lazy="raise", uselist=False
    )
    draft: Mapped["DraftWork | None"] = relationship(
        foreign_keys="[DraftWork.comment_id]", lazy="raise", viewonly=True, uselist=False, info={OPTIONAL: True}
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
    """What a party says of another party's comment; each kind has its table. It stands until it is taken back."""

    says: ClassVar[str]
    """What the party did, as in "Your party supports it already"."""
    comment_id: Mapped[str] = mapped_column(String(LENGTH), ForeignKey("comments.id"))
    party_id: Mapped[str] = reference("parties")
    delegate_id: Mapped[str] = reference("delegates")
    taken_back_at: Mapped[datetime | None]
    taken_back_by_id: Mapped[str | None] = reference("delegates")


class Support(Mark, Base):
    """A party's mark that it supports another party's comment."""

    __tablename__ = "comment_supports"
    __table_args__ = (unique_while("uq_standing_supports", "taken_back_at IS NULL", "comment_id", "party_id"),)
    prefix = "SUP"
    says = "supports it"
    supported_at: Mapped[datetime]
    party: Mapped[Party] = to("Support.party_id")
    comment: Mapped[Comment] = to("Support.comment_id")


class Opposition(Mark, Base):
    """A party's mark that it opposes another party's comment, with the reason."""

    __tablename__ = "comment_oppositions"
    __table_args__ = (unique_while("uq_standing_oppositions", "taken_back_at IS NULL", "comment_id", "party_id"),)
    prefix = "OPP"
    says = "opposes it"
    reason: Mapped[str]
    opposed_at: Mapped[datetime]
    party: Mapped[Party] = to("Opposition.party_id")
    comment: Mapped[Comment] = to("Opposition.comment_id")


class Tolerance(Mark, Base):
    """A party's mark that it can live with another party's comment, though it does not ask for it itself."""

    __tablename__ = "comment_tolerances"
    __table_args__ = (unique_while("uq_standing_tolerances", "taken_back_at IS NULL", "comment_id", "party_id"),)
    prefix = "TOL"
    says = "can live with it"
    tolerated_at: Mapped[datetime]
    party: Mapped[Party] = to("Tolerance.party_id")
    comment: Mapped[Comment] = to("Tolerance.comment_id")
