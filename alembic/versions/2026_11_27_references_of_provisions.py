"""References of provisions

Why: references are data, so that they follow what they point to. Those of earlier versions are read when the next
version is made from them. Going back loses the table, which follows from the words.

Revision ID: 0011
Revises: 0010
Create Date: 2026-11-27
"""

import sqlalchemy as sa

from alembic import op

revision: str = "0011"
down_revision: str | None = "0010"

TABLE = "provision_references"
PARENTS = {"text_version_id": "text_versions", "provision_id": "provisions", "target_id": "provisions"}
STATUSES = ("RESOLVED", "DANGLING", "AMBIGUOUS", "EXTERNAL")


def upgrade() -> None:
    status = sa.Enum(*STATUSES, name="reference_status", native_enum=False, create_constraint=True, length=40)
    op.create_table(
        TABLE,
        sa.Column("id", sa.String(30), nullable=False),
        *(sa.Column(key, sa.String(30), nullable=key == "target_id") for key in PARENTS),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("status", status, nullable=False),
        sa.Column("instrument", sa.Text(), nullable=False),
        *(sa.ForeignKeyConstraint([key], [f"{of}.id"], op.f(f"fk_{TABLE}_{key}_{of}")) for key, of in PARENTS.items()),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{TABLE}")),
    )
    for key in PARENTS:
        op.create_index(op.f(f"ix_{TABLE}_{key}"), TABLE, [key])


def downgrade() -> None:
    op.drop_table(TABLE)
