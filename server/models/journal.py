"""Define the tables of the journal: the record of every act, as a hash chain."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, Index, Integer, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from server.kernel.actor import Capacity
from server.models.base import Base, Identified, choice, reference, to
from server.models.parties import Delegate, Party


class JournalEntry(Identified, Base):
    """One act: who did it, for which party, in what capacity, what, when, under which rule. Never changed or removed.

    `sequence` counts without gaps from 1. `digest` is the SHA-256 of the entry's canonical JSON, which contains the
    digest of the entry before it. The idempotency key of the request makes the entry its receipt as well.
    """

    __tablename__ = "journal"
    __table_args__ = (
        UniqueConstraint("sequence"),
        UniqueConstraint("delegate_id", "idempotency_key"),
        Index(None, "act", "at"),
    )
    prefix = "JRN"
    sequence: Mapped[int] = mapped_column(Integer)
    at: Mapped[datetime] = mapped_column(index=True)
    act: Mapped[str] = mapped_column(String(60))
    delegate_id: Mapped[str] = reference("delegates")
    party_id: Mapped[str] = reference("parties")
    capacity: Mapped[Capacity] = choice(Capacity)
    subject_id: Mapped[str] = mapped_column(String(30), index=True)
    rule: Mapped[str]
    details: Mapped[dict[str, Any]]
    idempotency_key: Mapped[str | None] = mapped_column(String(80))
    request_digest: Mapped[str | None] = mapped_column(String(64))
    previous_digest: Mapped[str] = mapped_column(String(64))
    digest: Mapped[str] = mapped_column(String(64))
    delegate: Mapped[Delegate] = to("JournalEntry.delegate_id")
    party: Mapped[Party] = to("JournalEntry.party_id")


class JournalHead(Base):
    """The end of the chain: one row. Every append locks it, so that entries follow each other without gaps."""

    __tablename__ = "journal_head"
    __table_args__ = (CheckConstraint("id = 1", name="single_row"),)
    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    sequence: Mapped[int]
    digest: Mapped[str] = mapped_column(String(64))
