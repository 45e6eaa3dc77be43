"""Define the tables of the work inside a delegation, of declarations that a party has no comment, and of reminders."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, synonym

from server.kernel.ids import LENGTH
from server.models.base import Base, Identified, choice, lock, reference, to
from server.models.parties import Delegate, Party
from server.models.rounds import Comment, Round
from server.models.texts import ProvisionText
from server.vocabulary.delegations import ClearanceLevels, DraftStage, DraftStepKind


class ClearancePractice(Base):
    """How a party clears what is filed in its name. A party without a row asks for nothing and files in one step."""

    __tablename__ = "clearance_practices"
    party_id: Mapped[str] = mapped_column(String(LENGTH), ForeignKey("parties.id"), primary_key=True)
    levels: Mapped[ClearanceLevels] = choice(ClearanceLevels)
    can_file_at_once: Mapped[bool]
    arranged_by_id: Mapped[str] = reference("delegates")
    arranged_at: Mapped[datetime]
    revision: Mapped[int] = lock()
    arranged_by: Mapped[Delegate] = to("ClearancePractice.arranged_by_id")


class DraftWork(Base):
    """How far a draft has come inside its delegation. A comment that was filed in one step has none.

    `cleared_by_id` is the delegate who gave the first of two clearances. `merged_into_id` is the draft that goes on.
    """

    __tablename__ = "draft_work"
    comment_id: Mapped[str] = mapped_column(String(LENGTH), ForeignKey("comments.id"), primary_key=True)
    id: Mapped[str] = synonym("comment_id")
    stage: Mapped[DraftStage] = choice(DraftStage)
    cleared_by_id: Mapped[str | None] = reference("delegates")
    merged_into_id: Mapped[str | None] = reference("comments")
    comment: Mapped[Comment] = to("DraftWork.comment_id")
    cleared_by: Mapped[Delegate | None] = to("DraftWork.cleared_by_id")
    merged_into: Mapped[Comment | None] = to("DraftWork.merged_into_id")


class DraftStep(Identified, Base):
    """One step of a draft inside its delegation. `words` are those that it had before, where they changed."""

    __tablename__ = "draft_steps"
    prefix = "DST"
    comment_id: Mapped[str] = reference("comments")
    kind: Mapped[DraftStepKind] = choice(DraftStepKind)
    taken_by_id: Mapped[str] = reference("delegates")
    taken_at: Mapped[datetime]
    reason: Mapped[str] = mapped_column(default="")
    other_id: Mapped[str | None] = reference("comments")
    words: Mapped[dict[str, Any] | None]
    comment: Mapped[Comment] = to("DraftStep.comment_id")
    other: Mapped[Comment | None] = to("DraftStep.other_id")
    taken_by: Mapped[Delegate] = to("DraftStep.taken_by_id")


class InternalNote(Identified, Base):
    """What a delegation notes for itself on a comment or on a provision of a round; emptied when it is discarded."""

    __tablename__ = "internal_notes"
    __table_args__ = (Index("ix_internal_notes_of_party", "party_id", "round_id"),)
    prefix = "NTE"
    party_id: Mapped[str] = reference("parties", index=False)
    round_id: Mapped[str] = reference("rounds")
    comment_id: Mapped[str | None] = reference("comments")
    provision_text_id: Mapped[str | None] = reference("provision_texts")
    author_id: Mapped[str] = reference("delegates")
    text: Mapped[str]
    noted_at: Mapped[datetime]
    discarded_at: Mapped[datetime | None]
    round: Mapped[Round] = to("InternalNote.round_id")
    comment: Mapped[Comment | None] = to("InternalNote.comment_id")
    provision_text: Mapped[ProvisionText | None] = to("InternalNote.provision_text_id")
    author: Mapped[Delegate] = to("InternalNote.author_id")


class InternalDeadline(Identified, Base):
    """The instant until which a party wants its own drafts in a round; null when it was taken away."""

    __tablename__ = "internal_deadlines"
    __table_args__ = (UniqueConstraint("round_id", "party_id"),)
    prefix = "IDL"
    round_id: Mapped[str] = reference("rounds", index=False)
    party_id: Mapped[str] = reference("parties")
    due_at: Mapped[datetime | None]
    arranged_by_id: Mapped[str] = reference("delegates")
    arranged_at: Mapped[datetime]
    revision: Mapped[int] = lock()


class NoComment(Identified, Base):
    """The declaration of a party that it has no comment in a round.

    It stands until it is taken back, or until the party files a comment after `declared_at`.
    """

    __tablename__ = "no_comments"
    __table_args__ = (UniqueConstraint("round_id", "party_id"),)
    prefix = "NOC"
    round_id: Mapped[str] = reference("rounds", index=False)
    party_id: Mapped[str] = reference("parties")
    declared_by_id: Mapped[str] = reference("delegates")
    declared_at: Mapped[datetime]
    taken_back_at: Mapped[datetime | None]
    revision: Mapped[int] = lock()
    round: Mapped[Round] = to("NoComment.round_id")
    party: Mapped[Party] = to("NoComment.party_id")
    declared_by: Mapped[Delegate] = to("NoComment.declared_by_id")


class Reminder(Identified, Base):
    """One reminder to the parties that are silent in a round at `due_at`.

    `sent_at` is set when they were told. `letter_count` is how many people that were, null where the round was not open
    any more.
    """

    __tablename__ = "reminders"
    __table_args__ = (UniqueConstraint("round_id", "due_at"), Index("ix_reminders_due", "sent_at", "due_at"))
    prefix = "RMD"
    round_id: Mapped[str] = reference("rounds", index=False)
    due_at: Mapped[datetime]
    asked_by_id: Mapped[str] = reference("delegates")
    asked_at: Mapped[datetime]
    sent_at: Mapped[datetime | None]
    letter_count: Mapped[int | None]
    round: Mapped[Round] = to("Reminder.round_id")
    asked_by: Mapped[Delegate] = to("Reminder.asked_by_id")
