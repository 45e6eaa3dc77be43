"""Define the tables of notices: what people were told, what they watch and mute, and how far the journal was told."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from server.models.base import Base, Identified, choice, reference, to
from server.models.parties import Party, Person
from server.vocabulary.notices import DueKind, WatchMode

PENDING = text("settled_at IS NULL")


class Notice(Identified, Base):
    """That something happened, or is about to, which concerns a person as a delegate of a party.

    `name` is that of its row in the table of notices; `occurrence` is what happened, of which a person is told once.
    `subject_id` is the object whose visibility decides, `object_id` the one that is watched, muted and grouped by.
    `entry_id` is the entry of the journal that it comes from, null where the clock is the cause. The title and the
    instant are those of when it was made. `settled_at` says that it was decided whether a letter tells of it: the
    letter `letter_id`, or none.
    """

    __tablename__ = "notices"
    __table_args__ = (
        UniqueConstraint("person_id", "occurrence"),
        Index("ix_notices_of_person", "person_id", "happened_at", "id"),
        Index("ix_notices_pending", "person_id", sqlite_where=PENDING, postgresql_where=PENDING),
    )
    prefix = "NTC"
    person_id: Mapped[str] = reference("persons", index=False)
    party_id: Mapped[str] = reference("parties")
    name: Mapped[str] = mapped_column(String(60))
    occurrence: Mapped[str] = mapped_column(String(120))
    entry_id: Mapped[str | None] = reference("journal")
    subject_id: Mapped[str] = mapped_column(String(30))
    object_id: Mapped[str] = mapped_column(String(30))
    title: Mapped[str]
    due_kind: Mapped[DueKind | None] = choice(DueKind)
    due_at: Mapped[datetime | None]
    due_on: Mapped[date | None]
    zone: Mapped[str | None] = mapped_column(String(64))
    is_pressing: Mapped[bool] = mapped_column(default=False)
    happened_at: Mapped[datetime]
    made_at: Mapped[datetime]
    read_at: Mapped[datetime | None]
    settled_at: Mapped[datetime | None]
    letter_id: Mapped[str | None] = reference("letters")
    person: Mapped[Person] = to("Notice.person_id")
    party: Mapped[Party] = to("Notice.party_id")


class Watch(Identified, Base):
    """What a person wants to hear of an object: that they watch it, have muted it, or want neither any more."""

    __tablename__ = "watches"
    __table_args__ = (UniqueConstraint("person_id", "object_id"),)
    prefix = "WAT"
    person_id: Mapped[str] = reference("persons", index=False)
    object_id: Mapped[str] = mapped_column(String(30))
    mode: Mapped[WatchMode] = choice(WatchMode)
    set_at: Mapped[datetime]


class NoticeProgress(Base):
    """How far the journal was told: one row, which the first turn makes, so that nothing of before is told.

    `secret` signs the links by which people unsubscribe without signing in.
    """

    __tablename__ = "notice_progress"
    __table_args__ = (CheckConstraint("id = 1", name="single_row"),)
    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    sequence: Mapped[int]
    secret: Mapped[str] = mapped_column(String(64))


class NoticeMoment(Base):
    """A moment before a deadline of which everybody was told whom it concerned then. Made once, never changed."""

    __tablename__ = "notice_moments"
    occurrence: Mapped[str] = mapped_column(String(120), primary_key=True)
    told_at: Mapped[datetime]


class CalendarFeed(Identified, Base):
    """A secret address at which a person's calendar program reads deadlines: all that they see, or those of a body.

    Only the digest of the secret is stored. `scope` is the id of the body, "" for all bodies. Renewing it gives the row
    another secret, so that the address before ends.
    """

    __tablename__ = "calendar_feeds"
    __table_args__ = (UniqueConstraint("person_id", "scope"), UniqueConstraint("secret_digest"))
    prefix = "FED"
    person_id: Mapped[str] = reference("persons", index=False)
    scope: Mapped[str] = mapped_column(String(30), default="")
    secret_digest: Mapped[str] = mapped_column(String(64))
    given_at: Mapped[datetime]
