"""Define the table of papers: numbered meeting documents with lettered versions."""

from datetime import datetime

from sqlalchemy import String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from server.models.base import Base, Identified, reference, to
from server.models.bodies import Sitting
from server.models.texts import TextVersion


class Paper(Identified, Base):
    """One lettered version of a meeting document: PC0618 a, PC0618 b. The number without the letter is the document."""

    __tablename__ = "papers"
    __table_args__ = (UniqueConstraint("series", "serial", "letter"),)
    prefix = "PAP"
    series: Mapped[str] = mapped_column(String(2))
    serial: Mapped[int]
    letter: Mapped[str] = mapped_column(String(1))
    language: Mapped[str] = mapped_column(String(2), default="E")
    title: Mapped[str]
    sitting_id: Mapped[str | None] = reference("sittings")
    text_version_id: Mapped[str | None] = reference("text_versions")
    issued_at: Mapped[datetime] = mapped_column(index=True)
    sitting: Mapped[Sitting | None] = to("Paper.sitting_id")
    text_version: Mapped[TextVersion | None] = to("Paper.text_version_id")
