"""Comments on sections

Why: a comment can be on a provision with everything inside it. Going back forgets which ones are; their words stay.

Revision ID: 0010
Revises: 0009
Create Date: 2026-11-27
"""

import sqlalchemy as sa

from alembic import op

revision: str = "0010"
down_revision: str | None = "0009"

COLUMN = "covers_section"


def upgrade() -> None:
    # Not in batch mode, which would lose the triggers on SQLite.
    op.add_column("comments", sa.Column(COLUMN, sa.Boolean(), nullable=False, server_default=sa.false()))


def downgrade() -> None:
    op.drop_column("comments", COLUMN)
