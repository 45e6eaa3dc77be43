"""Orders of returned filings

Why: the Secretariat lists what it returned by the instant. Going back loses nothing.

Revision ID: 0048
Revises: 0046
Create Date: 2026-11-29
"""

from alembic import op

revision: str = "0048"
down_revision: str | None = "0046"


def upgrade() -> None:
    op.create_index(op.f("ix_returned_filings_returned_at"), "returned_filings", ["returned_at"])


def downgrade() -> None:
    op.drop_index(op.f("ix_returned_filings_returned_at"), "returned_filings")
