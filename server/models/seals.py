"""Define the tables by which a sealed round binds the server: commitments to filings, and seals over all of them."""

from datetime import datetime

from sqlalchemy import Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from server.kernel.ids import LENGTH
from server.models.base import Base, Identified


class FilingCommitment(Base):
    """The salted commitment to one filing in a sealed round or call. Never changed or removed.

    `filing_id` is the comment, or the answers that were filed; `sealed_in` the round or the call. `digest` is the
    SHA-256 over `salt`, the filing, its instant and its content: it tells nothing to those who do not know the salt.
    """

    __tablename__ = "filing_commitments"
    __table_args__ = (Index(None, "sealed_in", "filed_at"),)
    filing_id: Mapped[str] = mapped_column(String(LENGTH), primary_key=True)
    sealed_in: Mapped[str] = mapped_column(String(LENGTH))
    filed_at: Mapped[datetime]
    salt: Mapped[str] = mapped_column(String(64))
    digest: Mapped[str] = mapped_column(String(64))


class Seal(Identified, Base):
    """A signed commitment to everything that was filed in a sealed round or call before an instant. Never changed.

    `number` counts the seals of one round or call from 1. `until` is an instant of the calendar, not of any filing.
    `digest` is the SHA-256 over `salt` and the digests of all commitments to filings before it, however many; it is in
    `signature`, the statement that is published at once. `salt` is revealed at the close.
    """

    __tablename__ = "seals"
    __table_args__ = (UniqueConstraint("sealed_in", "number"), UniqueConstraint("sealed_in", "until"))
    prefix = "SEA"
    sealed_in: Mapped[str] = mapped_column(String(LENGTH))
    number: Mapped[int]
    until: Mapped[datetime]
    salt: Mapped[str] = mapped_column(String(64))
    digest: Mapped[str] = mapped_column(String(64))
    signature: Mapped[str]
