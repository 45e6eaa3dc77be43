"""Define the tables of calls for inputs: the call, its questions, and what parties answer."""

from datetime import datetime
from typing import Any

from sqlalchemy import Boolean, CheckConstraint, Double, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from server.models.base import Base, Identified, choice, lock, reference, to
from server.models.bodies import Body
from server.models.parties import Delegate, Party
from server.vocabulary.calls import CallStatus, QuestionKind
from server.vocabulary.rounds import RoundVisibility


class Call(Identified, Base):
    """A call for inputs: questions to parties, from `opens_at` until, and not including, `closes_at`.

    `zone` is the zone in which the deadline was announced; the instant decides. `published_at` is the instant at which
    its results were given to everybody whom it asks.
    """

    __tablename__ = "calls"
    __table_args__ = (CheckConstraint("opens_at < closes_at", name="window"),)
    prefix = "CAL"
    body_id: Mapped[str] = reference("bodies")
    title: Mapped[str]
    introduction: Mapped[str] = mapped_column(default="")
    opens_at: Mapped[datetime] = mapped_column(index=True)
    closes_at: Mapped[datetime] = mapped_column(index=True)
    zone: Mapped[str] = mapped_column(String(64))
    visibility: Mapped[RoundVisibility] = choice(RoundVisibility)
    open_to_members: Mapped[bool] = mapped_column(Boolean)
    open_to_observers: Mapped[bool] = mapped_column(Boolean)
    open_to_private_sector: Mapped[bool] = mapped_column(Boolean)
    status: Mapped[CallStatus] = choice(CallStatus, default=CallStatus.CALLED)
    called_by_id: Mapped[str] = reference("delegates")
    called_at: Mapped[datetime]
    published_at: Mapped[datetime | None]
    revision: Mapped[int] = lock()
    body: Mapped[Body] = to("Call.body_id")
    called_by: Mapped[Delegate] = to("Call.called_by_id")


class CallQuestion(Identified, Base):
    """One question of a call. Never changed.

    `choices` are the possible answers in words, in their order; `unit`, `least` and `most` belong to a number.
    """

    __tablename__ = "call_questions"
    __table_args__ = (UniqueConstraint("call_id", "position"),)
    prefix = "QUE"
    call_id: Mapped[str] = reference("calls", index=False)
    position: Mapped[int]
    kind: Mapped[QuestionKind] = choice(QuestionKind)
    text: Mapped[str]
    hint: Mapped[str] = mapped_column(default="")
    is_required: Mapped[bool] = mapped_column(Boolean)
    choices: Mapped[list[str]]
    unit: Mapped[str] = mapped_column(String(40), default="")
    least: Mapped[float | None] = mapped_column(Double)
    most: Mapped[float | None] = mapped_column(Double)
    call: Mapped[Call] = to("CallQuestion.call_id")


class CallRedating(Identified, Base):
    """One change of the closing instant of a call, later or earlier, and why. Never changed."""

    __tablename__ = "call_redatings"
    prefix = "CRD"
    call_id: Mapped[str] = reference("calls")
    closed_at_before: Mapped[datetime]
    closes_at_after: Mapped[datetime]
    reason: Mapped[str]
    redated_by_id: Mapped[str] = reference("delegates")
    redated_at: Mapped[datetime]


class CallReminder(Identified, Base):
    """One reminder to the parties that have not answered a call at `due_at`.

    `sent_at` is set when they were told. `letter_count` is how many people that were, null where the call was not open
    any more.
    """

    __tablename__ = "call_reminders"
    __table_args__ = (UniqueConstraint("call_id", "due_at"), Index("ix_call_reminders_due", "sent_at", "due_at"))
    prefix = "CRM"
    call_id: Mapped[str] = reference("calls", index=False)
    due_at: Mapped[datetime]
    asked_by_id: Mapped[str] = reference("delegates")
    asked_at: Mapped[datetime]
    sent_at: Mapped[datetime | None]
    letter_count: Mapped[int | None]
    call: Mapped[Call] = to("CallReminder.call_id")
    asked_by: Mapped[Delegate] = to("CallReminder.asked_by_id")


class AnswerDraft(Identified, Base):
    """The answers that the delegates of a party prepare together. `answers` are values by the id of their question."""

    __tablename__ = "answer_drafts"
    __table_args__ = (UniqueConstraint("call_id", "party_id"),)
    prefix = "ADR"
    call_id: Mapped[str] = reference("calls", index=False)
    party_id: Mapped[str] = reference("parties")
    answers: Mapped[dict[str, Any]]
    revised_by_id: Mapped[str] = reference("delegates")
    revised_at: Mapped[datetime]
    revision: Mapped[int] = lock()
    call: Mapped[Call] = to("AnswerDraft.call_id")
    party: Mapped[Party] = to("AnswerDraft.party_id")
    revised_by: Mapped[Delegate] = to("AnswerDraft.revised_by_id")


class AnswerSheet(Identified, Base):
    """The answers that a party filed. Never changed; the sheet with the highest `number` of a party counts.

    `answers` are values by the id of their question. `content_digest` is the SHA-256 in the receipt.
    """

    __tablename__ = "answer_sheets"
    __table_args__ = (
        UniqueConstraint("call_id", "party_id", "number"),
        Index("ix_answer_sheets_of_call", "call_id", "filed_at", "id"),
        Index("ix_answer_sheets_filed_at", "filed_at", "id"),
    )
    prefix = "ANS"
    call_id: Mapped[str] = reference("calls", index=False)
    party_id: Mapped[str] = reference("parties")
    number: Mapped[int]
    answers: Mapped[dict[str, Any]]
    filed_by_id: Mapped[str] = reference("delegates")
    filed_at: Mapped[datetime]
    content_digest: Mapped[str] = mapped_column(String(64))
    call: Mapped[Call] = to("AnswerSheet.call_id")
    party: Mapped[Party] = to("AnswerSheet.party_id")
    filed_by: Mapped[Delegate] = to("AnswerSheet.filed_by_id")
