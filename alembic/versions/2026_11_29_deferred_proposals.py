"""Deferred proposals and lists of returned filings

Why: a proposal is put off until a sitting, the next review cycle or another proposal, and is back by itself when that
comes; the Secretariat lists what it returned by the instant. Going back loses what proposals wait for.

Revision ID: 0048
Revises: 0047
Create Date: 2026-11-29
"""

import sqlalchemy as sa

from alembic import op

revision: str = "0048"
down_revision: str | None = "0047"

INSTANT = sa.DateTime(timezone=True).with_variant(sa.String(27), "sqlite")
TABLE, PROPOSALS, WORK = "proposal_deferrals", "amendment_proposals", "proposal_work"
KEYS = {
    "proposal_id": PROPOSALS,
    "sitting_id": "sittings",
    "awaited_id": PROPOSALS,
    "deferred_by_id": "delegates",
    "resumed_by_id": "delegates",
}
POINTER = f"fk_{WORK}_deferral_id_{TABLE}"
STATUSES = (
    *("DRAFT", "SUBMITTED", "RETURNED", "REGISTERED", "UNDER_CONSIDERATION", "AGREED", "NOT_AGREED", "DEFERRED"),
    *("APPROVED", "IN_EDITION", "WITHDRAWN"),
)


def upgrade() -> None:
    op.create_index(op.f("ix_returned_filings_returned_at"), "returned_filings", ["returned_at"])
    op.create_table(
        TABLE,
        sa.Column("id", sa.String(length=30), nullable=False),
        sa.Column("proposal_id", sa.String(length=30), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("sitting_id", sa.String(length=30), nullable=True),
        sa.Column("awaited_id", sa.String(length=30), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("deferred_on", sa.Date(), nullable=False),
        sa.Column("deferred_at", INSTANT, nullable=False),
        sa.Column("deferred_by_id", sa.String(length=30), nullable=False),
        sa.Column("resumed_at", INSTANT, nullable=True),
        sa.Column("resumed_by_id", sa.String(length=30), nullable=True),
        sa.Column("resume_reason", sa.Text(), nullable=True),
        sa.CheckConstraint("kind IN ('SITTING', 'CYCLE', 'PROPOSAL')", name=op.f(f"ck_{TABLE}_deferral_kind")),
        *(
            sa.ForeignKeyConstraint([column], [f"{table}.id"], name=op.f(f"fk_{TABLE}_{column}_{table}"))
            for column, table in KEYS.items()
        ),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{TABLE}")),
    )
    for column in (*KEYS, "deferred_on"):
        op.create_index(op.f(f"ix_{TABLE}_{column}"), TABLE, [column])
    # Both databases add a column that refers to another table, SQLite without a copy of the table.
    op.execute(f"ALTER TABLE {WORK} ADD COLUMN deferral_id VARCHAR(30) CONSTRAINT {POINTER} REFERENCES {TABLE} (id)")
    op.create_index(op.f(f"ix_{WORK}_deferral_id"), WORK, ["deferral_id"])


def downgrade() -> None:
    with op.batch_alter_table(WORK) as batch:
        batch.drop_index(op.f(f"ix_{WORK}_deferral_id"))
        batch.drop_column("deferral_id")
        if op.get_bind().dialect.name == "sqlite":  # the copy that SQLite makes of a table has no checks
            name = op.f("ck_proposal_work_proposal_status")
            batch.create_check_constraint(name, f"status IN ({', '.join(map(repr, STATUSES))})")
    op.drop_table(TABLE)
    op.drop_index(op.f("ix_returned_filings_returned_at"), "returned_filings")
