"""Signed heads of the journal

Why: heads of the journal are signed and handed out, so that a party can prove its filing against the operator. Heads,
public keys and subtrees are kept by triggers. Going back loses them, and with the key the means to sign for it.

Revision ID: 0020
Revises: 0019
Create Date: 2026-11-27
"""

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import JSONB

from alembic import op

revision: str = "0020"
down_revision: str | None = "0019"

INSTANT = sa.DateTime(timezone=True).with_variant(sa.String(27), "sqlite")
DOCUMENT = sa.JSON().with_variant(JSONB(), "postgresql")
OCCASIONS = ("ROUND_CLOSED", "ROUND_COMPLETED", "VERSION_ISSUED", "EDITION_PUBLISHED", "KEY_ADDED", "COMMAND")
MESSAGE = "what was issued, filed or recorded cannot change"
SAME = {
    "journal_subtrees": "k.place = NEW.place",
    "journal_keys": "k.kid = NEW.kid",
    "signed_heads": "k.id = NEW.id OR k.number = NEW.number OR k.digest = NEW.digest OR (k.occasion = NEW.occasion "
    "AND k.subject_id = NEW.subject_id AND k.occurred_at = NEW.occurred_at)",
}
"""For each table that only grows, when a row would take the place of another."""


def upgrade() -> None:
    op.create_table(
        "journal_subtrees",
        sa.Column("place", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("root", sa.String(64), nullable=False),
        sa.PrimaryKeyConstraint("place", name=op.f("pk_journal_subtrees")),
    )
    op.create_table(
        "journal_keys",
        sa.Column("kid", sa.String(64), nullable=False),
        sa.Column("jwk", DOCUMENT, nullable=False),
        sa.Column("added_at", INSTANT, nullable=False),
        sa.Column("endorsement", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("kid", name=op.f("pk_journal_keys")),
    )
    op.create_table(
        "journal_secrets",
        sa.Column("kid", sa.String(64), nullable=False),
        sa.Column("jwk", DOCUMENT, nullable=False),
        sa.PrimaryKeyConstraint("kid", name=op.f("pk_journal_secrets")),
    )
    create_heads()
    protect = protect_on_postgresql if op.get_bind().dialect.name == "postgresql" else protect_on_sqlite
    for table in SAME:
        protect(table)


def create_heads() -> None:
    table = "signed_heads"
    occasion = sa.Enum(*OCCASIONS, name="head_occasion", native_enum=False, create_constraint=True, length=40)
    digests = ("root", "chain_digest", "kid")
    op.create_table(
        table,
        sa.Column("id", sa.String(30), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("occasion", occasion, nullable=False),
        sa.Column("subject_id", sa.String(64), nullable=True),
        sa.Column("occurred_at", INSTANT, nullable=False),
        sa.Column("signed_at", INSTANT, nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        *(sa.Column(name, sa.String(64), nullable=False) for name in digests),
        sa.Column("signature", sa.Text(), nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_signed_heads")),
        sa.UniqueConstraint("number", name=op.f("uq_signed_heads_number")),
        sa.UniqueConstraint("digest", name=op.f("uq_signed_heads_digest")),
        sa.UniqueConstraint(
            "occasion", "subject_id", "occurred_at", name=op.f("uq_signed_heads_occasion_subject_id_occurred_at")
        ),
    )
    op.create_index(op.f("ix_signed_heads_subject_id"), table, ["subject_id"])


def protect_on_postgresql(table: str) -> None:
    for operation, each in (("UPDATE", "ROW"), ("DELETE", "ROW"), ("TRUNCATE", "STATEMENT")):
        name, body = f"{table}_no_{operation.lower()}", f"$$ BEGIN RAISE EXCEPTION '{MESSAGE}: {table}'; END $$"
        op.execute(f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS {body}")
        op.execute(f"CREATE TRIGGER {name} BEFORE {operation} ON {table} FOR EACH {each} EXECUTE FUNCTION {name}()")


def protect_on_sqlite(table: str) -> None:
    # SQLite's REPLACE removes the row that stands in the way without asking the trigger on DELETE.
    taken = f"EXISTS (SELECT 1 FROM {table} k WHERE {SAME[table]})", f"UNIQUE constraint failed: {table}"
    kept = ("TRUE", f"{MESSAGE}: {table}")
    for name, operation, (when, words) in (
        ("update", "UPDATE", kept),
        ("delete", "DELETE", kept),
        ("replace", "INSERT", taken),
    ):
        refuse = f"WHEN {when} BEGIN SELECT RAISE(ABORT, '{words}'); END"
        op.execute(f"CREATE TRIGGER {table}_no_{name} BEFORE {operation} ON {table} {refuse}")


def downgrade() -> None:
    postgresql = op.get_bind().dialect.name == "postgresql"
    for table in ("signed_heads", "journal_secrets", "journal_keys", "journal_subtrees"):
        op.drop_table(table)
        for operation in ("update", "delete", "truncate") if postgresql and table in SAME else ():
            op.execute(f"DROP FUNCTION {table}_no_{operation}()")
