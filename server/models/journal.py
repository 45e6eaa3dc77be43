"""Define the tables of the journal: the record of every act as a hash chain, and the signed heads of it."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, Index, Integer, PrimaryKeyConstraint, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from server.kernel.actor import Capacity
from server.models.base import Base, Identified, choice, reference, to
from server.models.parties import Delegate, Party
from server.vocabulary.journal import HeadOccasion


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


class JournalSubtree(Base):
    """The root of the Merkle tree over 256 entries that follow each other, the first of them `256 * place + 1`.

    It is derived from the digests of the entries, which never change, so that signing and proving need not read them
    all. Never changed or removed.
    """

    __tablename__ = "journal_subtrees"
    place: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    root: Mapped[str] = mapped_column(String(64))


class JournalKey(Base):
    """A public key by which signed heads and receipts are verified, for ever. Never changed or removed.

    `kid` is its thumbprint (RFC 7638). `endorsement` is a signature on it by the key before it; null for the first.
    """

    __tablename__ = "journal_keys"
    kid: Mapped[str] = mapped_column(String(64), primary_key=True)
    jwk: Mapped[dict[str, Any]]
    added_at: Mapped[datetime]
    endorsement: Mapped[str | None]


class JournalSecret(Base):
    """The private half of the newest journal key, as a JSON Web Key. Rotating the key deletes it."""

    __tablename__ = "journal_secrets"
    kid: Mapped[str] = mapped_column(String(64), primary_key=True)
    jwk: Mapped[dict[str, Any]]


class SignedHead(Identified, Base):
    """A signed statement of how long the journal was and what it held at an instant. Never changed or removed.

    `number` counts from 1. `size` is the number of entries, `root` the root of the Merkle tree over their digests,
    `chain_digest` the digest of the last of them. `signature` is the whole statement as a compact JWS, and `digest` its
    SHA-256. `subject_id` names the object of the occasion, or the key; it is not in the statement.
    """

    __tablename__ = "signed_heads"
    __table_args__ = (
        UniqueConstraint("number"),
        UniqueConstraint("digest"),
        UniqueConstraint("occasion", "subject_id", "occurred_at"),
    )
    prefix = "HED"
    number: Mapped[int]
    occasion: Mapped[HeadOccasion] = choice(HeadOccasion)
    subject_id: Mapped[str | None] = mapped_column(String(64), index=True)
    occurred_at: Mapped[datetime]
    signed_at: Mapped[datetime]
    size: Mapped[int]
    root: Mapped[str] = mapped_column(String(64))
    chain_digest: Mapped[str] = mapped_column(String(64))
    kid: Mapped[str] = mapped_column(String(64))
    signature: Mapped[str]
    digest: Mapped[str] = mapped_column(String(64))


class JournalRow(Base):
    """The digest of one row, or of the rows of one whole, as the act of an entry left it. Never changed or removed.

    `key` is the table and the key of the row, or the table and the key of the whole that its rows are part of, such as
    `comments/CMT_...` and `amendments/PRP_...`. `digest` is null where the act removed the row. The entry holds a
    digest of all of them, so that they are part of the chain. `sequence` is the number of the entry.
    """

    __tablename__ = "journal_rows"
    __table_args__ = (PrimaryKeyConstraint("key", "sequence"),)
    key: Mapped[str] = mapped_column(String(80))
    sequence: Mapped[int] = mapped_column(Integer, index=True)
    digest: Mapped[str | None] = mapped_column(String(64))
