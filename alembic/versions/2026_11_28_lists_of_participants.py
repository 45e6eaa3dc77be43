"""Lists of participants

Why: a list of participants is imported from a sheet as a whole; the row says which sheet it was and what came of it,
and never changes, so triggers keep it. Going back loses the rows; the people stay, and the journal keeps the acts.

Revision ID: 0025
Revises: 0024
Create Date: 2026-11-28
"""

import sqlalchemy as sa

from alembic import op

revision: str = "0025"
down_revision: str | None = "0024"

TABLE = "participant_lists"
KEPT = f"what was issued, filed or recorded cannot change: {TABLE}"
COUNTS = ("invited_count", "accredited_count", "known_count")
INSTANT = sa.DateTime(timezone=True).with_variant(sa.String(27), "sqlite")


def upgrade() -> None:
    enrolment = sa.Enum("INVITE", "ACCREDIT", name="enrolment", native_enum=False, create_constraint=True, length=40)
    op.create_table(
        TABLE,
        sa.Column("id", sa.String(30), nullable=False),
        sa.Column("source_name", sa.String(200), nullable=False),
        sa.Column("source_digest", sa.String(64), nullable=False),
        sa.Column("enrolment", enrolment, nullable=False),
        *(sa.Column(name, sa.Integer(), nullable=False) for name in COUNTS),
        sa.Column("imported_at", INSTANT, nullable=False),
        sa.Column("imported_by_id", sa.String(30), nullable=False),
        sa.ForeignKeyConstraint(["imported_by_id"], ["delegates.id"], op.f(f"fk_{TABLE}_imported_by_id_delegates")),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{TABLE}")),
    )
    for key in ("source_digest", "imported_at", "imported_by_id"):
        op.create_index(op.f(f"ix_{TABLE}_{key}"), TABLE, [key])
    if op.get_bind().dialect.name == "postgresql":
        for operation, each in (("UPDATE", "ROW"), ("DELETE", "ROW"), ("TRUNCATE", "STATEMENT")):
            name, body = f"{TABLE}_no_{operation.lower()}", f"$$ BEGIN RAISE EXCEPTION '{KEPT}'; END $$"
            op.execute(f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS {body}")
            op.execute(f"CREATE TRIGGER {name} BEFORE {operation} ON {TABLE} FOR EACH {each} EXECUTE FUNCTION {name}()")
        return
    # SQLite's REPLACE removes the row that stands in the way without asking the trigger on DELETE.
    taken = f"EXISTS (SELECT 1 FROM {TABLE} k WHERE k.id = NEW.id)", f"UNIQUE constraint failed: {TABLE}"
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
