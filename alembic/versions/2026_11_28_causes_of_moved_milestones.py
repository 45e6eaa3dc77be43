"""Causes of moved milestones

Why: a milestone moves with its sitting or round, and its plan said why in an English sentence. What moved it is a code
with its parameters, so that each reader is told in their language. Rows from before keep their sentence as the reason.
The round is kept too: the milestone can be given another day, and only those who see the round may see its days.

Revision ID: 0042
Revises: 0041
Create Date: 2026-11-28
"""

import sqlalchemy as sa

from alembic import op

revision: str = "0042"
down_revision: str | None = "0041"

INDEX = "ix_plan_changes_cause_round_id"
CAUSES = "'SITTING_MOVED', 'SITTING_CALLED_OFF', 'ROUND_MOVED', 'ROUND_CALLED_OFF'"


def upgrade() -> None:
    # In words: Alembic leaves the CHECK of a column out on SQLite, and copying the table would be needed to add it.
    check = f"CONSTRAINT ck_plan_changes_milestone_cause CHECK (cause IN ({CAUSES}))"
    op.execute(f"ALTER TABLE plan_changes ADD COLUMN cause VARCHAR(40) {check}")
    op.add_column("plan_changes", sa.Column("cause_title", sa.Text(), nullable=False, server_default=""))
    op.add_column("plan_changes", sa.Column("cause_on", sa.Date(), nullable=True))
    key = "CONSTRAINT fk_plan_changes_cause_round_id_rounds REFERENCES rounds (id)"
    op.execute(f"ALTER TABLE plan_changes ADD COLUMN cause_round_id VARCHAR(30) {key}")
    op.create_index(op.f(INDEX), "plan_changes", ["cause_round_id"])


def downgrade() -> None:
    op.drop_index(op.f(INDEX), "plan_changes")
    for name in ("cause_round_id", "cause_on", "cause_title", "cause"):
        op.drop_column("plan_changes", name)
