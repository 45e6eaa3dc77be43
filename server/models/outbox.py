"""Define the table of the outbox: letters on their way out."""

from datetime import datetime

from sqlalchemy import Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from server.models.base import Base, Identified

WAITING = text("sent_at IS NULL AND withdrawn_at IS NULL")


class Letter(Identified, Base):
    """A letter to one address, written in the transaction of the act that it tells of.

    `text` is emptied when the letter was sent, because it may hold a link that signs somebody in. `claimed_until` keeps
    two processes from sending the letter twice. `refused_with` is the code with which the mail server refused it for
    good; its attempts count as used up then. A letter with an `occasion` is written anew when it goes out, so that it
    tells nobody what they do not see any more; `withdrawn_at` says that then there was nothing left to tell.
    """

    __tablename__ = "letters"
    __table_args__ = (Index("ix_letters_waiting", "written_at", "id", sqlite_where=WAITING, postgresql_where=WAITING),)
    prefix = "LET"
    address: Mapped[str] = mapped_column(String(254))
    subject: Mapped[str] = mapped_column(String(200))
    text: Mapped[str]
    written_at: Mapped[datetime]
    claimed_until: Mapped[datetime | None]
    attempts: Mapped[int] = mapped_column(default=0)
    sent_at: Mapped[datetime | None]
    refused_with: Mapped[int | None]
    occasion: Mapped[str | None] = mapped_column(String(20))
    withdrawn_at: Mapped[datetime | None]
