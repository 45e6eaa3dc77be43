"""Seals

Why: while a round is sealed, the server commits to what was filed in it, and publishes seals that tell nothing. Rows
are kept by triggers. Rounds that were sealed before have no commitments and get no seals. Going back loses them, and
with that what binds the server to sealed rounds that are open.

Revision ID: 0035
Revises: 0034
Create Date: 2026-11-28
"""

import sqlalchemy as sa

from alembic import op

revision: str = "0035"
down_revision: str | None = "0034"

INSTANT = sa.DateTime(timezone=True).with_variant(sa.String(27), "sqlite")
KEPT = "what was issued, filed or recorded cannot change"
SAME = {
    "filing_commitments": "k.filing_id = NEW.filing_id",
    "seals": ("k.id = NEW.id OR k.sealed_in = NEW.sealed_in AND (k.number = NEW.number OR k.until = NEW.until)"),
}


def upgrade() -> None:
    op.create_table(
        "filing_commitments",
        sa.Column("filing_id", sa.String(30), nullable=False),
        sa.Column("sealed_in", sa.String(30), nullable=False),
        sa.Column("filed_at", INSTANT, nullable=False),
        *(sa.Column(name, sa.String(64), nullable=False) for name in ("salt", "digest")),
        sa.PrimaryKeyConstraint("filing_id", name=op.f("pk_filing_commitments")),
    )
    op.create_index(
        op.f("ix_filing_commitments_sealed_in_filing_commitments_filed_at"),
        "filing_commitments",
        ["sealed_in", "filed_at"],
    )
    op.create_table(
        "seals",
        *(sa.Column(name, sa.String(30), nullable=False) for name in ("id", "sealed_in")),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("until", INSTANT, nullable=False),
        *(sa.Column(name, sa.String(64), nullable=False) for name in ("salt", "digest")),
        sa.Column("signature", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_seals")),
        sa.UniqueConstraint("sealed_in", "number", name=op.f("uq_seals_sealed_in_number")),
        sa.UniqueConstraint("sealed_in", "until", name=op.f("uq_seals_sealed_in_until")),
    )
    for table, same in SAME.items():
        protect(table, same)


def protect(table: str, same: str) -> None:
    if op.get_bind().dialect.name == "postgresql":
        for operation, each in (("UPDATE", "ROW"), ("DELETE", "ROW"), ("TRUNCATE", "STATEMENT")):
            name, body = f"{table}_no_{operation.lower()}", f"$$ BEGIN RAISE EXCEPTION '{KEPT}: {table}'; END $$"
            op.execute(f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS {body}")
            op.execute(f"CREATE TRIGGER {name} BEFORE {operation} ON {table} FOR EACH {each} EXECUTE FUNCTION {name}()")
        return
    # SQLite's REPLACE removes the row that stands in the way without asking the trigger on DELETE.
    taken = f"EXISTS (SELECT 1 FROM {table} k WHERE {same})", f"UNIQUE constraint failed: {table}"
    kept = ("TRUE", f"{KEPT}: {table}")
    for name, operation, (when, words) in (
        ("update", "UPDATE", kept),
        ("delete", "DELETE", kept),
        ("replace", "INSERT", taken),
    ):
        refuse = f"WHEN {when} BEGIN SELECT RAISE(ABORT, '{words}'); END"
        op.execute(f"CREATE TRIGGER {table}_no_{name} BEFORE {operation} ON {table} {refuse}")


def downgrade() -> None:
    for table in SAME:
        op.drop_table(table)
        if op.get_bind().dialect.name == "postgresql":
            for operation in ("update", "delete", "truncate"):
                op.execute(f"DROP FUNCTION {table}_no_{operation}()")
