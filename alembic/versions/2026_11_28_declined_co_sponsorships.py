"""Declined co-sponsorships

Why: a party that is named as a co-sponsor declines, and one that is silent is left out; a revised draft asks again only
those whose words changed, so that a confirmation says for which words it was given. Confirmations of before name none,
so that the next revision of their draft asks again. Going back loses who declined, and why.

Revision ID: 0031
Revises: 0030
Create Date: 2026-11-28
"""

import sqlalchemy as sa

from alembic import op

revision: str = "0031"
down_revision: str | None = "0030"

INSTANT = sa.DateTime(timezone=True).with_variant(sa.String(27), "sqlite")
TABLE = "co_sponsors"
INDEX = "ix_co_sponsors_declined_by_id"


def upgrade() -> None:
    # Not in batch mode, which would lose the triggers on SQLite.
    op.add_column(TABLE, sa.Column("declined_at", INSTANT, nullable=True))
    key = "CONSTRAINT fk_co_sponsors_declined_by_id_delegates REFERENCES delegates (id)"
    op.execute(f"ALTER TABLE {TABLE} ADD COLUMN declined_by_id VARCHAR(30) {key}")
    op.add_column(TABLE, sa.Column("decline_reason", sa.Text(), nullable=True))
    op.add_column(TABLE, sa.Column("words_digest", sa.String(64), nullable=True))
    op.create_index(op.f(INDEX), TABLE, ["declined_by_id"])


def downgrade() -> None:
    op.drop_index(op.f(INDEX), TABLE)
    for column in ("words_digest", "decline_reason", "declined_by_id", "declined_at"):
        op.drop_column(TABLE, column)
