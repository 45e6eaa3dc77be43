"""Orders of lists

Why: a client chooses the order of a list, and each order has an index that it begins with. The index on the sources of
conflicts leads from a comment or an amendment to its conflicts. Going back loses nothing.

Revision ID: 0023
Revises: 0022
Create Date: 2026-11-27
"""

from alembic import op

revision: str = "0023"
down_revision: str | None = "0022"

INDEXES = {
    "ix_amendment_proposals_drafted_at": ("amendment_proposals", "drafted_at"),
    "ix_bodies_name": ("bodies", "name"),
    "ix_comments_drafted_at": ("comments", "drafted_at"),
    "ix_comments_round_id_comments_drafted_at": ("comments", "round_id", "drafted_at"),
    "ix_conflict_sides_source_id": ("conflict_sides", "source_id"),
    "ix_consolidations_started_at": ("consolidations", "started_at"),
    "ix_decisions_recorded_at": ("decisions", "recorded_at"),
    "ix_delegates_starts_on": ("delegates", "starts_on"),
    "ix_editions_adopted_on": ("editions", "adopted_on"),
    "ix_functions_starts_on": ("functions", "starts_on"),
    "ix_papers_issued_at": ("papers", "issued_at"),
    "ix_rounds_opens_at": ("rounds", "opens_at"),
}


BY_SUBMISSION = {
    "ix_comments_submission": "",
    "ix_comments_of_round_by_submission": "round_id, ",
}
"""Indexes of comments by their instant of submission, drafts before all, each behind other columns."""
NEVER = {
    "postgresql": "'1000-01-01 00:00:00+00'::timestamptz",
    "sqlite": "'1000-01-01T00:00:00.000000Z'",
}


def upgrade() -> None:
    submitted = f"coalesce(submitted_at, {NEVER[op.get_bind().dialect.name]})"
    for name, before in BY_SUBMISSION.items():
        op.execute(f"CREATE INDEX {name} ON comments ({before}{submitted}, id)")
    for name, (table, *columns) in INDEXES.items():
        op.create_index(op.f(name), table, columns)


def downgrade() -> None:
    for name in BY_SUBMISSION:
        op.execute(f"DROP INDEX {name}")
    for name, (table, *_) in INDEXES.items():
        op.drop_index(op.f(name), table)
