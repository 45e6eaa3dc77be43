"""Work inside delegations

Why: a delegation clears its drafts by its own practice, keeps notes and a deadline of its own, declares that it has no
comment, and is reminded while it is silent; the register says the region of a party and the language in which it works.
Going back loses all of this; comments and drafts stay.

Revision ID: 0028
Revises: 0027
Create Date: 2026-11-28
"""

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import JSONB

from alembic import op

revision: str = "0028"
down_revision: str | None = "0027"

INSTANT = sa.DateTime(timezone=True).with_variant(sa.String(27), "sqlite")
STAGES = ("DRAFT", "READY", "RETURNED", "CLEARED_ONCE", "CLEARED", "MERGED", "DISCARDED", "FILED")
STEPS = ("REVISED", "PRESENTED", "CLEARED", "RETURNED", "MERGED", "DISCARDED")
REGIONS = (
    *("EUROPE", "NORTH_AFRICA_NEAR_AND_MIDDLE_EAST", "WEST_AND_CENTRAL_AFRICA"),
    *("EAST_AND_SOUTHERN_AFRICA", "AMERICAS_AND_CARIBBEAN", "ASIA_PACIFIC"),
)


def choice(name: str, *members: str) -> sa.Enum:
    return sa.Enum(*members, name=name, native_enum=False, create_constraint=True, length=40)


TABLES = {
    "clearance_practices": (
        ("party_id", "parties", False),
        ("levels", choice("clearance_levels", "NONE", "ONE", "TWO"), False),
        ("can_file_at_once", sa.Boolean(), False),
        ("arranged_by_id", "delegates", False),
        ("arranged_at", INSTANT, False),
        ("version", sa.Integer(), False),
    ),
    "draft_work": (
        ("comment_id", "comments", False),
        ("stage", choice("draft_stage", *STAGES), False),
        ("cleared_by_id", "delegates", True),
        ("merged_into_id", "comments", True),
    ),
    "draft_steps": (
        ("id", sa.String(30), False),
        ("comment_id", "comments", False),
        ("kind", choice("draft_step_kind", *STEPS), False),
        ("taken_by_id", "delegates", False),
        ("taken_at", INSTANT, False),
        ("reason", sa.Text(), False),
        ("other_id", "comments", True),
        ("words", sa.JSON().with_variant(JSONB(), "postgresql"), True),
    ),
    "internal_notes": (
        ("id", sa.String(30), False),
        ("party_id", "parties", False),
        ("round_id", "rounds", False),
        ("comment_id", "comments", True),
        ("provision_text_id", "provision_texts", True),
        ("author_id", "delegates", False),
        ("text", sa.Text(), False),
        ("noted_at", INSTANT, False),
        ("discarded_at", INSTANT, True),
    ),
    "internal_deadlines": (
        ("id", sa.String(30), False),
        ("round_id", "rounds", False),
        ("party_id", "parties", False),
        ("due_at", INSTANT, True),
        ("arranged_by_id", "delegates", False),
        ("arranged_at", INSTANT, False),
        ("version", sa.Integer(), False),
    ),
    "no_comments": (
        ("id", sa.String(30), False),
        ("round_id", "rounds", False),
        ("party_id", "parties", False),
        ("declared_by_id", "delegates", False),
        ("declared_at", INSTANT, False),
        ("taken_back_at", INSTANT, True),
        ("version", sa.Integer(), False),
    ),
    "reminders": (
        ("id", sa.String(30), False),
        ("round_id", "rounds", False),
        ("due_at", INSTANT, False),
        ("asked_by_id", "delegates", False),
        ("asked_at", INSTANT, False),
        ("sent_at", INSTANT, True),
        ("letter_count", sa.Integer(), True),
    ),
}
"""The columns of each table: name, type or the table that it refers to, whether it may be null."""
UNIQUE = {
    "internal_deadlines": ("round_id", "party_id"),
    "no_comments": ("round_id", "party_id"),
    "reminders": ("round_id", "due_at"),
}
INDEXES = {
    "ix_internal_notes_of_party": ("internal_notes", "party_id", "round_id"),
    "ix_reminders_due": ("reminders", "sent_at", "due_at"),
}
LED = {("internal_notes", "party_id")} | {(table, "round_id") for table in UNIQUE}
"""References with which another index begins."""


def upgrade() -> None:
    for table, columns in TABLES.items():
        parents = {name: kind for name, kind, _ in columns if isinstance(kind, str)}
        key = columns[0][0]
        op.create_table(
            table,
            *(
                sa.Column(name, sa.String(30) if isinstance(kind, str) else kind, nullable=nullable)
                for name, kind, nullable in columns
            ),
            *(
                sa.ForeignKeyConstraint([name], [f"{of}.id"], op.f(f"fk_{table}_{name}_{of}"))
                for name, of in parents.items()
            ),
            sa.PrimaryKeyConstraint(key, name=op.f(f"pk_{table}")),
            *(
                [sa.UniqueConstraint(*UNIQUE[table], name=op.f(f"uq_{table}_{'_'.join(UNIQUE[table])}"))]
                if table in UNIQUE
                else []
            ),
        )
        for name in parents:
            if name != key and (table, name) not in LED:
                op.create_index(op.f(f"ix_{table}_{name}"), table, [name])
    for name, (table, *columns) in INDEXES.items():
        op.create_index(op.f(name), table, columns)
    # Written out, because on SQLite Alembic adds a column without its check, and batch mode would lose triggers.
    allowed = ", ".join(f"'{region}'" for region in REGIONS)
    check = f"CONSTRAINT ck_parties_region CHECK (region IN ({allowed}))"
    op.execute(f"ALTER TABLE parties ADD COLUMN region VARCHAR(40) {check}")
    op.add_column("parties", sa.Column("language", sa.String(35), nullable=True))


def downgrade() -> None:
    for column in ("region", "language"):
        op.drop_column("parties", column)
    for table in reversed(TABLES):
        op.drop_table(table)
