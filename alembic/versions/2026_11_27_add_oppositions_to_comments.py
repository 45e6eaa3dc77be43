"""Oppositions to comments

Why: a party says for good that it opposes another party's comment, and why; the rows are filed, so triggers keep them.
Going back loses the oppositions; the journal keeps the acts.

Revision ID: 0004
Revises: 0003
Create Date: 2026-11-27
"""

import sqlalchemy as sa

from alembic import op

revision: str = "0004"
down_revision: str | None = "0003"

TABLE = "comment_oppositions"
KEPT = f"what was issued, filed or recorded cannot change: {TABLE}"
SAME = "k.id = NEW.id OR k.comment_id = NEW.comment_id AND k.party_id = NEW.party_id"


def upgrade() -> None:
    parents = {"comment_id": "comments", "party_id": "parties", "delegate_id": "delegates"}
    op.create_table(
        TABLE,
        sa.Column("id", sa.String(30), nullable=False),
        *(sa.Column(key, sa.String(30), nullable=False) for key in parents),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("opposed_at", sa.DateTime(True).with_variant(sa.String(27), "sqlite"), nullable=False),
        *(sa.ForeignKeyConstraint([key], [f"{of}.id"], op.f(f"fk_{TABLE}_{key}_{of}")) for key, of in parents.items()),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{TABLE}")),
        sa.UniqueConstraint("comment_id", "party_id", name=op.f(f"uq_{TABLE}_comment_id_party_id")),
    )
    for key in ("party_id", "delegate_id"):
        op.create_index(op.f(f"ix_{TABLE}_{key}"), TABLE, [key])
    if op.get_bind().dialect.name == "postgresql":
        for operation, each in (("UPDATE", "ROW"), ("DELETE", "ROW"), ("TRUNCATE", "STATEMENT")):
            name, body = f"{TABLE}_no_{operation.lower()}", f"$$ BEGIN RAISE EXCEPTION '{KEPT}'; END $$"
            op.execute(f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS {body}")
            op.execute(f"CREATE TRIGGER {name} BEFORE {operation} ON {TABLE} FOR EACH {each} EXECUTE FUNCTION {name}()")
        return
    # SQLite's REPLACE removes the row that stands in the way without asking the trigger on DELETE.
    taken = f"EXISTS (SELECT 1 FROM {TABLE} k WHERE {SAME})", f"UNIQUE constraint failed: {TABLE}"
    for name, operation, (when, words) in (
        ("update", "UPDATE", ("TRUE", KEPT)),
        ("delete", "DELETE", ("TRUE", KEPT)),
        ("replace", "INSERT", taken),
    ):
        refuse = f"WHEN {when} BEGIN SELECT RAISE(ABORT, '{words}'); END"
        op.execute(f"CREATE TRIGGER {TABLE}_no_{name} BEFORE {operation} ON {TABLE} {refuse}")


def downgrade() -> None:
    op.drop_table(TABLE)
    if op.get_bind().dialect.name == "postgresql":
        for operation in ("update", "delete", "truncate"):
            op.execute(f"DROP FUNCTION {TABLE}_no_{operation}()")
