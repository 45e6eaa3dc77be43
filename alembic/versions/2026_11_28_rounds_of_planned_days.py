"""Rounds of planned days

Why: a milestone that moved with a round which not everybody sees can be given another day, and the change, its first
day and a kept baseline still told those who do not see the round when it ended. Each says now which round its days are
of. Rows from before name none, so that their digests in the journal stay; no release wrote any, as these tables are
younger than 0.2.0. Going back loses which rounds these were.

Revision ID: 0044
Revises: 0043
Create Date: 2026-11-28
"""

from alembic import op

revision: str = "0044"
down_revision: str | None = "0043"

COLUMNS = (
    ("milestones", "baseline_round_id"),
    ("baseline_rows", "round_id"),
    ("plan_changes", "round_before_id"),
    ("plan_changes", "round_after_id"),
)


def upgrade() -> None:
    for table, column in COLUMNS:
        # In words: SQLite adds a foreign key with a column only so, without copying the table.
        key = f"CONSTRAINT fk_{table}_{column}_rounds REFERENCES rounds (id)"
        op.execute(f"ALTER TABLE {table} ADD COLUMN {column} VARCHAR(30) {key}")
        op.create_index(op.f(f"ix_{table}_{column}"), table, [column])


def downgrade() -> None:
    for table, column in reversed(COLUMNS):
        op.drop_index(op.f(f"ix_{table}_{column}"), table)
        op.drop_column(table, column)
