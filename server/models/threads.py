"""Define the tables of what others do with a comment: parties that sign it too, and replies under it."""

from datetime import datetime

from sqlalchemy import String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from server.models.base import Base, Identified, choice, reference, to
from server.models.parties import Delegate, Party, Representation
from server.models.rounds import Comment
from server.vocabulary.threads import CoSignatureState


class CoSignature(Identified, Base):
    """A party that is asked to sign a comment of another party, and what its focal point answered.

    `words_digest` is the SHA-256 of the words that were confirmed: a draft that says other words asks again.
    """

    __tablename__ = "co_signatures"
    __table_args__ = (UniqueConstraint("comment_id", "party_id"),)
    prefix = "CSG"
    comment_id: Mapped[str] = reference("comments", index=False)
    party_id: Mapped[str] = reference("parties")
    state: Mapped[CoSignatureState] = choice(CoSignatureState, default=CoSignatureState.ASKED)
    asked_at: Mapped[datetime]
    answered_at: Mapped[datetime | None]
    answered_by_id: Mapped[str | None] = reference("delegates")
    reason: Mapped[str] = mapped_column(default="")
    words_digest: Mapped[str | None] = mapped_column(String(64))
    comment: Mapped[Comment] = to("CoSignature.comment_id")
    party: Mapped[Party] = to("CoSignature.party_id")
    answered_by: Mapped[Delegate | None] = to("CoSignature.answered_by_id")


class Reply(Identified, Base):
    """A reply under a filed comment, in the name of a party. Its words never change; it may be taken back.

    `number` counts the replies under one comment from 1. `answers` is the reply that it answers, if any. `as_leader`
    says that the delegate led the body of the round, or spoke for the Secretariat, when they wrote it.
    """

    __tablename__ = "comment_replies"
    __table_args__ = (UniqueConstraint("comment_id", "number"),)
    prefix = "RPL"
    comment_id: Mapped[str] = reference("comments", index=False)
    party_id: Mapped[str] = reference("parties")
    delegate_id: Mapped[str] = reference("delegates")
    representation_id: Mapped[str | None] = reference("representations")
    number: Mapped[int]
    answers_id: Mapped[str | None] = reference("comment_replies")
    text: Mapped[str]
    language: Mapped[str] = mapped_column(String(12))
    as_leader: Mapped[bool]
    replied_at: Mapped[datetime]
    taken_back_at: Mapped[datetime | None]
    taken_back_by_id: Mapped[str | None] = reference("delegates")
    comment: Mapped[Comment] = to("Reply.comment_id")
    party: Mapped[Party] = to("Reply.party_id")
    delegate: Mapped[Delegate] = to("Reply.delegate_id")
    representation: Mapped[Representation | None] = to("Reply.representation_id")
    answers: Mapped["Reply | None"] = to("Reply.answers_id", remote="Reply.id")
