"""Define the tables of triage: the working copies of received comments, and what was done to answer them.

A received comment never changes; everything here stands beside it.
"""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from server.kernel.ids import LENGTH
from server.models.base import Base, Identified, choice, lock, reference, to
from server.models.bodies import Body, Function
from server.models.parties import Delegate, Party
from server.models.rounds import Comment, Disposition, Round
from server.vocabulary.rounds import CommentType, DispositionStage, DispositionVerdict
from server.vocabulary.triage import Reaction, SettlingSide


class CommentTriage(Identified, Base):
    """Where a comment is in triage: the lead of its group, and the desk that it lies on.

    The lead of a group is its own lead. The desk is that of a person or of a function, never of both; null is none.
    """

    __tablename__ = "comment_triage"
    prefix = "TRG"
    comment_id: Mapped[str] = mapped_column(String(LENGTH), ForeignKey("comments.id"), unique=True)
    lead_id: Mapped[str | None] = reference("comments")
    delegate_id: Mapped[str | None] = reference("delegates")
    function_id: Mapped[str | None] = reference("functions")
    placed_at: Mapped[datetime | None]
    revision: Mapped[int] = lock()
    comment: Mapped[Comment] = to("CommentTriage.comment_id")
    lead: Mapped[Comment | None] = to("CommentTriage.lead_id")
    delegate: Mapped[Delegate | None] = to("CommentTriage.delegate_id")
    function: Mapped[Function | None] = to("CommentTriage.function_id")


class CommentPoint(Identified, Base):
    """One point of a comment that was split, which is answered by itself.

    `has_wording` says that it is the one point that asks for the wording of its comment.
    """

    __tablename__ = "comment_points"
    __table_args__ = (UniqueConstraint("comment_id", "number"),)
    prefix = "PNT"
    comment_id: Mapped[str] = mapped_column(String(LENGTH), ForeignKey("comments.id"))
    number: Mapped[int]
    type: Mapped[CommentType] = choice(CommentType)
    text: Mapped[str]
    has_wording: Mapped[bool] = mapped_column(default=False)
    disposition_id: Mapped[str | None] = reference("dispositions")
    comment: Mapped[Comment] = to("CommentPoint.comment_id")
    disposition: Mapped[Disposition | None] = to("CommentPoint.disposition_id")


class RoundTag(Identified, Base):
    """A tag by which the comments of one round are sorted. `folded` is its name in small letters."""

    __tablename__ = "round_tags"
    __table_args__ = (UniqueConstraint("round_id", "folded"),)
    prefix = "TAG"
    round_id: Mapped[str] = mapped_column(String(LENGTH), ForeignKey("rounds.id"))
    name: Mapped[str] = mapped_column(String(60))
    folded: Mapped[str] = mapped_column(String(60))
    round: Mapped[Round] = to("RoundTag.round_id")


class CommentTag(Identified, Base):
    """That a comment has a tag. The row goes when the tag is taken off."""

    __tablename__ = "comment_tags"
    __table_args__ = (UniqueConstraint("comment_id", "tag_id"),)
    prefix = "TGD"
    comment_id: Mapped[str] = mapped_column(String(LENGTH), ForeignKey("comments.id"))
    tag_id: Mapped[str] = reference("round_tags")


class DeskMove(Identified, Base):
    """One move of a comment to a desk, or off it where both ends are null, with a working note. Never changed."""

    __tablename__ = "desk_moves"
    __table_args__ = (Index(None, "comment_id", "moved_at"),)
    prefix = "DSK"
    comment_id: Mapped[str] = mapped_column(String(LENGTH), ForeignKey("comments.id"))
    delegate_id: Mapped[str | None] = reference("delegates")
    function_id: Mapped[str | None] = reference("functions")
    note: Mapped[str] = mapped_column(default="")
    moved_by_id: Mapped[str] = reference("delegates")
    moved_at: Mapped[datetime]
    delegate: Mapped[Delegate | None] = to("DeskMove.delegate_id")
    function: Mapped[Function | None] = to("DeskMove.function_id")
    moved_by: Mapped[Delegate] = to("DeskMove.moved_by_id")


class AdviceRequest(Identified, Base):
    """A comment that was forwarded to a body or a person for advice until a day, and the advice once it is given."""

    __tablename__ = "advice_requests"
    __table_args__ = (Index(None, "comment_id", "asked_at"), Index(None, "due_on", "id"))
    prefix = "ADV"
    comment_id: Mapped[str] = mapped_column(String(LENGTH), ForeignKey("comments.id"))
    body_id: Mapped[str | None] = reference("bodies")
    delegate_id: Mapped[str | None] = reference("delegates")
    question: Mapped[str]
    due_on: Mapped[date]
    asked_by_id: Mapped[str] = reference("delegates")
    asked_at: Mapped[datetime]
    advice: Mapped[str | None]
    given_by_id: Mapped[str | None] = reference("delegates")
    given_at: Mapped[datetime | None]
    revision: Mapped[int] = lock()
    comment: Mapped[Comment] = to("AdviceRequest.comment_id")
    body: Mapped[Body | None] = to("AdviceRequest.body_id")
    delegate: Mapped[Delegate | None] = to("AdviceRequest.delegate_id")
    asked_by: Mapped[Delegate] = to("AdviceRequest.asked_by_id")
    given_by: Mapped[Delegate | None] = to("AdviceRequest.given_by_id")


class ReusableAnswer(Identified, Base):
    """An answer that is kept to be given to several comments of a round. Never changed: another one is kept instead."""

    __tablename__ = "reusable_answers"
    __table_args__ = (UniqueConstraint("round_id", "title"),)
    prefix = "RAN"
    round_id: Mapped[str] = mapped_column(String(LENGTH), ForeignKey("rounds.id"))
    title: Mapped[str] = mapped_column(String(120))
    verdict: Mapped[DispositionVerdict] = choice(DispositionVerdict)
    reason: Mapped[str]
    kept_by_id: Mapped[str] = reference("delegates")
    kept_at: Mapped[datetime]
    round: Mapped[Round] = to("ReusableAnswer.round_id")
    kept_by: Mapped[Delegate] = to("ReusableAnswer.kept_by_id")


class AnswerBatch(Identified, Base):
    """Answers that were given by one act, and that stand or fall together. They can be undone once, with a reason."""

    __tablename__ = "answer_batches"
    __table_args__ = (Index(None, "round_id", "made_at"),)
    prefix = "BAT"
    round_id: Mapped[str] = mapped_column(String(LENGTH), ForeignKey("rounds.id"))
    stage: Mapped[DispositionStage] = choice(DispositionStage)
    answer_count: Mapped[int]
    made_by_id: Mapped[str] = reference("delegates")
    made_at: Mapped[datetime]
    undone_by_id: Mapped[str | None] = reference("delegates")
    undone_at: Mapped[datetime | None]
    undo_reason: Mapped[str] = mapped_column(default="")
    revision: Mapped[int] = lock()
    round: Mapped[Round] = to("AnswerBatch.round_id")
    made_by: Mapped[Delegate] = to("AnswerBatch.made_by_id")
    undone_by: Mapped[Delegate | None] = to("AnswerBatch.undone_by_id")


class DispositionOrigin(Identified, Base):
    """Where a disposition comes from: a batch, a reusable answer, a point, the lead of a group. Never changed.

    A disposition without such a row was given to one comment as a whole, by itself.
    """

    __tablename__ = "disposition_origins"
    prefix = "DOR"
    disposition_id: Mapped[str] = mapped_column(String(LENGTH), ForeignKey("dispositions.id"), unique=True)
    batch_id: Mapped[str | None] = reference("answer_batches")
    answer_id: Mapped[str | None] = reference("reusable_answers")
    point_id: Mapped[str | None] = reference("comment_points")
    lead_id: Mapped[str | None] = reference("comments")
    disposition: Mapped[Disposition] = to("DispositionOrigin.disposition_id")
    batch: Mapped[AnswerBatch | None] = to("DispositionOrigin.batch_id")
    answer: Mapped[ReusableAnswer | None] = to("DispositionOrigin.answer_id")
    point: Mapped[CommentPoint | None] = to("DispositionOrigin.point_id")
    lead: Mapped[Comment | None] = to("DispositionOrigin.lead_id")


class AnswerReaction(Identified, Base):
    """What the party of a comment says, once, of the recorded answer. Never changed."""

    __tablename__ = "answer_reactions"
    __table_args__ = (Index(None, "round_id", "reacted_at"),)
    prefix = "REA"
    comment_id: Mapped[str] = reference("comments")
    round_id: Mapped[str] = mapped_column(String(LENGTH), ForeignKey("rounds.id"))
    disposition_id: Mapped[str] = mapped_column(String(LENGTH), ForeignKey("dispositions.id"), unique=True)
    party_id: Mapped[str] = reference("parties")
    delegate_id: Mapped[str] = reference("delegates")
    reaction: Mapped[Reaction] = choice(Reaction)
    reason: Mapped[str] = mapped_column(default="")
    reacted_at: Mapped[datetime]
    comment: Mapped[Comment] = to("AnswerReaction.comment_id")
    round: Mapped[Round] = to("AnswerReaction.round_id")
    disposition: Mapped[Disposition] = to("AnswerReaction.disposition_id")
    party: Mapped[Party] = to("AnswerReaction.party_id")
    delegate: Mapped[Delegate] = to("AnswerReaction.delegate_id")


class AnswerSettling(Identified, Base):
    """That one side agrees to a proposed answer; when both have, it is recorded. Never changed."""

    __tablename__ = "answer_settlings"
    __table_args__ = (UniqueConstraint("disposition_id", "side"),)
    prefix = "STL"
    disposition_id: Mapped[str] = mapped_column(String(LENGTH), ForeignKey("dispositions.id"))
    side: Mapped[SettlingSide] = choice(SettlingSide)
    delegate_id: Mapped[str] = reference("delegates")
    settled_at: Mapped[datetime]
    delegate: Mapped[Delegate] = to("AnswerSettling.delegate_id")
