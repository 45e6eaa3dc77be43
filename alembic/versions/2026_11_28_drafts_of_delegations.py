"""Drafts of delegations

Why: every draft that is there gets a row that says how far it has come inside its delegation: it is being written.
Going back loses these rows; the drafts stay.

Revision ID: 0029
Revises: 0028
Create Date: 2026-11-28
"""

from alembic import op

revision: str = "0029"
down_revision: str | None = "0028"

LIVE = "SELECT comment_id FROM comment_work WHERE status = 'DRAFT'"


def upgrade() -> None:
    op.execute(f"INSERT INTO draft_work (comment_id, stage) SELECT comment_id, 'DRAFT' FROM ({LIVE}) AS live")


def downgrade() -> None:
    op.execute("DELETE FROM draft_work")
