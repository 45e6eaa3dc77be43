"""Notices, watched objects and calendar feeds

Why: people are told once of what concerns them, in an inbox and by letters; they watch and mute objects, choose the
hour of their letter, and read deadlines in their calendars. A letter about notices is written anew when it goes out,
and may turn out to have nothing left to tell. What people chose by `notices` stays: everybody who chose letters gets
them from now on, one a day at seven in their zone. Going back loses notices, watched objects and calendar addresses.

Revision ID: 0040
Revises: 0039
Create Date: 2026-11-28
"""

import sqlalchemy as sa

from alembic import op

revision: str = "0040"
down_revision: str | None = "0039"

INSTANT = sa.DateTime(timezone=True).with_variant(sa.String(27), "sqlite")
PENDING = sa.text("settled_at IS NULL")


def chosen(name: str, *members: str) -> sa.Enum:
    return sa.Enum(*members, name=name, native_enum=False, create_constraint=True, length=40)


def refer(table: str, **parents: str) -> list[sa.ForeignKeyConstraint]:
    return [sa.ForeignKeyConstraint([key], [f"{of}.id"], op.f(f"fk_{table}_{key}_{of}")) for key, of in parents.items()]


def upgrade() -> None:
    op.add_column("letters", sa.Column("occasion", sa.String(20), nullable=True))
    op.add_column("letters", sa.Column("withdrawn_at", INSTANT, nullable=True))
    op.add_column("persons", sa.Column("digest_hour", sa.Integer(), nullable=False, server_default="7"))
    create_notices()
    op.create_table(
        "watches",
        sa.Column("id", sa.String(30), nullable=False),
        sa.Column("person_id", sa.String(30), nullable=False),
        sa.Column("object_id", sa.String(30), nullable=False),
        sa.Column("mode", chosen("watch_mode", "WATCHED", "MUTED", "USUAL"), nullable=False),
        sa.Column("set_at", INSTANT, nullable=False),
        *refer("watches", person_id="persons"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_watches")),
        sa.UniqueConstraint("person_id", "object_id", name=op.f("uq_watches_person_id_object_id")),
    )
    op.create_table(
        "notice_progress",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("secret", sa.String(64), nullable=False),
        sa.CheckConstraint("id = 1", name=op.f("ck_notice_progress_single_row")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notice_progress")),
    )
    op.create_table(
        "notice_moments",
        sa.Column("occurrence", sa.String(120), nullable=False),
        sa.Column("told_at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("occurrence", name=op.f("pk_notice_moments")),
    )
    op.create_table(
        "calendar_feeds",
        sa.Column("id", sa.String(30), nullable=False),
        sa.Column("person_id", sa.String(30), nullable=False),
        sa.Column("scope", sa.String(30), nullable=False),
        sa.Column("secret_digest", sa.String(64), nullable=False),
        sa.Column("given_at", INSTANT, nullable=False),
        *refer("calendar_feeds", person_id="persons"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_calendar_feeds")),
        sa.UniqueConstraint("person_id", "scope", name=op.f("uq_calendar_feeds_person_id_scope")),
        sa.UniqueConstraint("secret_digest", name=op.f("uq_calendar_feeds_secret_digest")),
    )


def create_notices() -> None:
    op.create_table(
        "notices",
        sa.Column("id", sa.String(30), nullable=False),
        sa.Column("person_id", sa.String(30), nullable=False),
        sa.Column("party_id", sa.String(30), nullable=False),
        sa.Column("name", sa.String(60), nullable=False),
        sa.Column("occurrence", sa.String(120), nullable=False),
        sa.Column("entry_id", sa.String(30), nullable=True),
        sa.Column("subject_id", sa.String(30), nullable=False),
        sa.Column("object_id", sa.String(30), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("due_kind", chosen("due_kind", "CLOSES", "DUE", "STARTS"), nullable=True),
        sa.Column("due_at", INSTANT, nullable=True),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("zone", sa.String(64), nullable=True),
        sa.Column("is_pressing", sa.Boolean(), nullable=False),
        sa.Column("happened_at", INSTANT, nullable=False),
        sa.Column("made_at", INSTANT, nullable=False),
        sa.Column("read_at", INSTANT, nullable=True),
        sa.Column("settled_at", INSTANT, nullable=True),
        sa.Column("letter_id", sa.String(30), nullable=True),
        *refer("notices", person_id="persons", party_id="parties", entry_id="journal", letter_id="letters"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notices")),
        sa.UniqueConstraint("person_id", "occurrence", name=op.f("uq_notices_person_id_occurrence")),
    )
    for key in ("party_id", "entry_id", "letter_id"):
        op.create_index(op.f(f"ix_notices_{key}"), "notices", [key])
    op.create_index("ix_notices_of_person", "notices", ["person_id", "happened_at", "id"])
    op.create_index("ix_notices_pending", "notices", ["person_id"], sqlite_where=PENDING, postgresql_where=PENDING)


def downgrade() -> None:
    for table in ("calendar_feeds", "notice_moments", "notice_progress", "watches", "notices"):
        op.drop_table(table)
    op.drop_column("persons", "digest_hour")
    op.drop_column("letters", "withdrawn_at")
    op.drop_column("letters", "occasion")
