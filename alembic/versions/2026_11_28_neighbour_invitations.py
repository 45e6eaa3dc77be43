"""Invitations between the proponents of proposals that meet

Why: proponents see which pending amendments meet theirs, and invite each other to co-sponsor or to merge, on record
with the answer. One is open between two proposals at a time. Going back loses the invitations; the journal keeps
the acts.

Revision ID: 0043
Revises: 0042
Create Date: 2026-11-28
"""

import sqlalchemy as sa

from alembic import op

revision: str = "0043"
down_revision: str | None = "0042"

INSTANT = sa.DateTime(timezone=True).with_variant(sa.String(27), "sqlite")
TABLE = "neighbour_invitations"
KEYS = {
    "proposal_id": "amendment_proposals",
    "neighbour_id": "amendment_proposals",
    "party_id": "parties",
    "neighbour_party_id": "parties",
    "invited_by_id": "delegates",
    "answered_by_id": "delegates",
}


def choice(name: str, *members: str) -> sa.Enum:
    return sa.Enum(*members, name=name, native_enum=False, create_constraint=True, length=40)


def upgrade() -> None:
    statuses = ("OPEN", "ACCEPTED", "DECLINED")
    op.create_table(
        TABLE,
        sa.Column("id", sa.String(length=30), nullable=False),
        sa.Column("proposal_id", sa.String(length=30), nullable=False),
        sa.Column("neighbour_id", sa.String(length=30), nullable=False),
        sa.Column("party_id", sa.String(length=30), nullable=False),
        sa.Column("neighbour_party_id", sa.String(length=30), nullable=False),
        sa.Column("kind", choice("neighbour_invitation_kind", "CO_SPONSOR", "MERGE"), nullable=False),
        sa.Column("message", sa.Text(), nullable=False),
        sa.Column("status", choice("neighbour_invitation_status", *statuses), nullable=False),
        sa.Column("invited_at", INSTANT, nullable=False),
        sa.Column("invited_by_id", sa.String(length=30), nullable=False),
        sa.Column("answered_at", INSTANT, nullable=True),
        sa.Column("answered_by_id", sa.String(length=30), nullable=True),
        sa.Column("reply", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        *(
            sa.ForeignKeyConstraint([column], [f"{table}.id"], name=op.f(f"fk_{TABLE}_{column}_{table}"))
            for column, table in KEYS.items()
        ),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{TABLE}")),
    )
    for column in (*KEYS, "invited_at"):
        op.create_index(op.f(f"ix_{TABLE}_{column}"), TABLE, [column])
    is_open = sa.text("status = 'OPEN'")
    op.create_index(
        f"uq_{TABLE}_open",
        TABLE,
        ["proposal_id", "neighbour_id"],
        unique=True,
        sqlite_where=is_open,
        postgresql_where=is_open,
    )


def downgrade() -> None:
    op.drop_table(TABLE)
