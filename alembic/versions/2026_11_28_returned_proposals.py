"""Proposals that are returned for formal defects

Why: the Secretariat gives a submitted proposal back with its defects, and the party mends it and submits it again under
the same id. What was filed is kept in a row of its own, which never changes; only then do the triggers let go of the
proposal and its parts, until it is filed again. Going back loses the returned filings and their defects, and makes
drafts of the proposals that are with their party.

Revision ID: 0045
Revises: 0044
Create Date: 2026-11-28
"""

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

from alembic import op

revision: str = "0045"
down_revision: str | None = "0044"

INSTANT = sa.DateTime(timezone=True).with_variant(sa.String(27), "sqlite")
DOCUMENT = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
TABLE, PROPOSALS = "returned_filings", "amendment_proposals"
KEYS = {"proposal_id": PROPOSALS, "filed_by_id": "delegates", "returned_by_id": "delegates"}
BEFORE = (
    *("DRAFT", "SUBMITTED", "REGISTERED", "UNDER_CONSIDERATION", "AGREED", "NOT_AGREED", "DEFERRED", "APPROVED"),
    *("IN_EDITION", "WITHDRAWN"),
)
AFTER = (*BEFORE[:2], "RETURNED", *BEFORE[2:])
KEPT = "what was issued, filed or recorded cannot change"
FILED = "OLD.submitted_at IS NOT NULL"
RETURNED = (
    f"EXISTS (SELECT 1 FROM {TABLE} r WHERE r.proposal_id = OLD.id AND r.filed_at = OLD.submitted_at "
    "AND r.content_digest = OLD.content_digest)"
)
RELEASED = f"{FILED} AND NOT (NEW.submitted_at IS NULL AND NEW.content_digest IS NULL AND {RETURNED})"
"""A filed proposal cannot change, except that it is filed no more once what was filed is kept."""


def is_sqlite() -> bool:
    return op.get_bind().dialect.name == "sqlite"


def upgrade() -> None:
    op.create_table(
        TABLE,
        sa.Column("id", sa.String(length=30), nullable=False),
        sa.Column("proposal_id", sa.String(length=30), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("content_digest", sa.String(length=64), nullable=False),
        sa.Column("filed_at", INSTANT, nullable=False),
        sa.Column("filed_by_id", sa.String(length=30), nullable=True),
        sa.Column("returned_at", INSTANT, nullable=False),
        sa.Column("returned_by_id", sa.String(length=30), nullable=False),
        sa.Column("defects", DOCUMENT, nullable=False),
        *(
            sa.ForeignKeyConstraint([column], [f"{table}.id"], name=op.f(f"fk_{TABLE}_{column}_{table}"))
            for column, table in KEYS.items()
        ),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{TABLE}")),
        sa.UniqueConstraint("proposal_id", "number", name=op.f(f"uq_{TABLE}_proposal_id_number")),
    )
    for column in ("filed_by_id", "returned_by_id"):
        op.create_index(op.f(f"ix_{TABLE}_{column}"), TABLE, [column])
    keep()
    guard_proposals(RELEASED)
    check_status(AFTER)


def downgrade() -> None:
    op.execute("UPDATE proposal_work SET status = 'DRAFT' WHERE status = 'RETURNED'")
    check_status(BEFORE)
    guard_proposals(FILED)
    op.drop_table(TABLE)
    if not is_sqlite():
        for operation in ("update", "delete", "truncate"):
            op.execute(f"DROP FUNCTION {TABLE}_no_{operation}()")


def keep() -> None:
    """Give the table of returned filings the triggers that keep its rows as they are."""
    kept = f"{KEPT}: {TABLE}"
    if not is_sqlite():
        for operation, each in (("UPDATE", "ROW"), ("DELETE", "ROW"), ("TRUNCATE", "STATEMENT")):
            name, body = f"{TABLE}_no_{operation.lower()}", f"$$ BEGIN RAISE EXCEPTION '{kept}'; END $$"
            op.execute(f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS {body}")
            op.execute(f"CREATE TRIGGER {name} BEFORE {operation} ON {TABLE} FOR EACH {each} EXECUTE FUNCTION {name}()")
        return
    # SQLite's REPLACE removes the row that stands in the way without asking the trigger on DELETE.
    same = "k.id = NEW.id OR k.proposal_id = NEW.proposal_id AND k.number = NEW.number"
    taken = f"EXISTS (SELECT 1 FROM {TABLE} k WHERE {same})", f"UNIQUE constraint failed: {TABLE}"
    for name, operation, (when, words) in (
        ("update", "UPDATE", ("TRUE", kept)),
        ("delete", "DELETE", ("TRUE", kept)),
        ("replace", "INSERT", taken),
    ):
        refuse = f"WHEN {when} BEGIN SELECT RAISE(ABORT, '{words}'); END"
        op.execute(f"CREATE TRIGGER {TABLE}_no_{name} BEFORE {operation} ON {TABLE} {refuse}")


def guard_proposals(when: str) -> None:
    """Refuse to change a proposal while a condition holds."""
    name, kept = f"{PROPOSALS}_no_update", f"{KEPT}: {PROPOSALS}"
    if is_sqlite():
        op.execute(f"DROP TRIGGER {name}")
        refuse = f"WHEN {when} BEGIN SELECT RAISE(ABORT, '{kept}'); END"
        op.execute(f"CREATE TRIGGER {name} BEFORE UPDATE ON {PROPOSALS} {refuse}")
        return
    body = f"BEGIN IF {when} THEN RAISE EXCEPTION '{kept}'; END IF; RETURN NEW; END"
    op.execute(f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ {body} $$")


def check_status(statuses: tuple[str, ...]) -> None:
    """Make the check of the status: the copy that SQLite makes of a table has none."""
    name = op.f("ck_proposal_work_proposal_status")
    with op.batch_alter_table("proposal_work") as batch:
        if not is_sqlite():
            batch.drop_constraint(name, type_="check")
        batch.create_check_constraint(name, f"status IN ({', '.join(map(repr, statuses))})")
