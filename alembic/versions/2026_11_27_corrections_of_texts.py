"""Corrections of texts

Why: an error of typing is corrected by an act of its own, listed with its reason, and undone by an objection.
Going back loses the corrections; the corrected words and the journal stay.

Revision ID: 0006
Revises: 0005
Create Date: 2026-11-27
"""

import sqlalchemy as sa

from alembic import op

revision: str = "0006"
down_revision: str | None = "0005"

INSTANT = sa.DateTime(timezone=True).with_variant(sa.String(27), "sqlite")
TABLE = "text_corrections"
PARENTS = {
    "text_version_id": "text_versions",
    "provision_id": "provisions",
    "made_by_id": "delegates",
    "objecting_party_id": "parties",
    "objected_by_id": "delegates",
}
OPTIONAL = ("objecting_party_id", "objected_by_id")


def choice(name: str, *members: str) -> sa.Enum:
    return sa.Enum(*members, name=name, native_enum=False, create_constraint=True, length=40)


def upgrade() -> None:
    op.create_table(
        TABLE,
        sa.Column("id", sa.String(30), nullable=False),
        *(sa.Column(key, sa.String(30), nullable=key in OPTIONAL) for key in PARENTS),
        sa.Column("kind", choice("correction_kind", "EDITORIAL", "REFERENCE", "LINGUISTIC"), nullable=False),
        sa.Column("status", choice("correction_status", "STANDS", "OBJECTED", "LAPSED"), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("before", "replacement", "reason", "objection")),
        sa.Column("made_at", INSTANT, nullable=False),
        sa.Column("objected_at", INSTANT, nullable=True),
        *(sa.ForeignKeyConstraint([key], [f"{of}.id"], op.f(f"fk_{TABLE}_{key}_{of}")) for key, of in PARENTS.items()),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{TABLE}")),
    )
    for key in PARENTS:
        op.create_index(op.f(f"ix_{TABLE}_{key}"), TABLE, [key])


def downgrade() -> None:
    op.drop_table(TABLE)
