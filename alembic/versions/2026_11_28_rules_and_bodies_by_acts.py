"""Rules and bodies by acts

Why: an empty installation enters the mechanism, its bodies and their mandates by acts. A version of the mechanism gets
its scope, its periods in days and the paper it comes from; a body the day on which it was concluded and why, and a
number against a race; a mandate the reason for which it was extended.
All columns are empty at first, so that a server of the release before works with them. Going back loses what was
entered in them; the journal keeps the acts.

Revision ID: 0024
Revises: 0023
Create Date: 2026-11-28
"""

import sqlalchemy as sa

from alembic import op

revision: str = "0024"
down_revision: str | None = "0023"

INSTANT = sa.DateTime(timezone=True).with_variant(sa.String(27), "sqlite")
DOCUMENT = sa.JSON().with_variant(sa.dialects.postgresql.JSONB(), "postgresql")
DAYS = ("window_days", "submission_days", "consideration_days", "decision_days")


def upgrade() -> None:
    op.add_column("mechanisms", sa.Column("instrument_ids", DOCUMENT, nullable=False, server_default="[]"))
    for name in DAYS:
        op.add_column("mechanisms", sa.Column(name, sa.Integer(), nullable=True))
    op.add_column("mechanisms", sa.Column("evidence", sa.String(400), nullable=True))
    op.add_column("mechanisms", sa.Column("recorded_at", INSTANT, nullable=True))
    op.add_column("bodies", sa.Column("concluded_on", sa.Date(), nullable=True))
    op.add_column("bodies", sa.Column("conclusion", sa.Text(), nullable=True))
    op.add_column("bodies", sa.Column("version", sa.Integer(), nullable=False, server_default="1"))
    op.add_column("mandates", sa.Column("reason", sa.Text(), nullable=True))
    op.add_column("mandates", sa.Column("recorded_at", INSTANT, nullable=True))


def downgrade() -> None:
    for name in ("recorded_at", "reason"):
        op.drop_column("mandates", name)
    for name in ("version", "conclusion", "concluded_on"):
        op.drop_column("bodies", name)
    for name in ("recorded_at", "evidence", *reversed(DAYS), "instrument_ids"):
        op.drop_column("mechanisms", name)
