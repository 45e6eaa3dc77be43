"""Calls for inputs

Why: a body asks parties questions without a text. Questions, changes of the closing instant and filed answers are kept
by triggers, and so are the terms of a call and its window. Going back loses the calls; the journal keeps the acts.

Revision ID: 0034
Revises: 0033
Create Date: 2026-11-28
"""

from collections.abc import Iterator

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

from alembic import op

revision: str = "0034"
down_revision: str | None = "0033"

INSTANT = sa.DateTime(timezone=True).with_variant(sa.String(27), "sqlite")
DOCUMENT = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
KEPT = "what was issued, filed or recorded cannot change"
TERMS = "the terms of a call change by an act that says why only"
WINDOW = "a call takes answers in its window only"
SAME = {
    "call_questions": "k.id = NEW.id OR k.call_id = NEW.call_id AND k.position = NEW.position",
    "call_redatings": "k.id = NEW.id",
    "answer_sheets": "k.id = NEW.id OR k.call_id = NEW.call_id AND k.party_id = NEW.party_id AND k.number = NEW.number",
}
"""Tables whose rows never change, with the condition that a row stands in the way of a new one."""
FIXED = (
    *("id", "body_id", "title", "introduction", "opens_at", "zone", "visibility", "called_by_id", "called_at"),
    *("open_to_members", "open_to_observers", "open_to_private_sector"),
)
MOVED = (
    "NEW.closes_at <> OLD.closes_at AND NOT EXISTS (SELECT 1 FROM call_redatings e WHERE e.call_id = NEW.id "
    "AND e.closed_at_before = OLD.closes_at AND e.closes_at_after = NEW.closes_at)"
)
CHANGED = " OR ".join(f"NEW.{column} <> OLD.{column}" for column in FIXED)
TERMS_CHANGED = f"{CHANGED} OR {MOVED} OR (OLD.status <> 'CALLED' AND NEW.status <> OLD.status)"
LATE = (
    "EXISTS (SELECT 1 FROM calls c WHERE c.id = NEW.call_id AND (NEW.filed_at < c.opens_at "
    "OR NEW.filed_at >= c.closes_at OR c.status <> 'CALLED'))"
)
KINDS = ("TEXT", "ONE_CHOICE", "SEVERAL_CHOICES", "YES_NO", "NUMBER", "DATE", "FILE")
VISIBILITIES = ("IMMEDIATE", "AFTER_CLOSE", "SECRETARIAT_AND_COORDINATORS")


def guards(dialect: str) -> Iterator[tuple[str, str, str, str, str]]:
    """(name, table, when, condition under which it is refused, message)."""
    is_postgresql = dialect == "postgresql"
    for table, same in SAME.items():
        words = f"{KEPT}: {table}"
        yield f"{table}_no_update", table, "BEFORE UPDATE", "TRUE", words
        yield f"{table}_no_delete", table, "BEFORE DELETE", "TRUE", words
        if is_postgresql:
            yield f"{table}_no_truncate", table, "BEFORE TRUNCATE", "TRUE", words
        else:
            # SQLite's REPLACE removes the row that stands in the way without asking the trigger on DELETE.
            taken = f"EXISTS (SELECT 1 FROM {table} k WHERE {same})"
            yield f"{table}_no_replace", table, "BEFORE INSERT", taken, f"UNIQUE constraint failed: {table}"
    yield "answer_sheets_keep_window", "answer_sheets", "BEFORE INSERT", LATE, WINDOW
    yield "calls_keep_terms", "calls", "BEFORE UPDATE", TERMS_CHANGED, TERMS
    yield "calls_keep_delete", "calls", "BEFORE DELETE", "TRUE", TERMS
    if is_postgresql:
        yield "calls_keep_truncate", "calls", "BEFORE TRUNCATE", "TRUE", TERMS
    else:
        taken = "EXISTS (SELECT 1 FROM calls k WHERE k.id = NEW.id)"
        yield "calls_keep_replace", "calls", "BEFORE INSERT", taken, "UNIQUE constraint failed: calls"


def create(table: str, references: dict[str, str], *parts: sa.schema.SchemaItem, indexed: tuple[str, ...]) -> None:
    op.create_table(
        table,
        sa.Column("id", sa.String(30), nullable=False),
        *(sa.Column(key, sa.String(30), nullable=False) for key in references),
        *parts,
        *(
            sa.ForeignKeyConstraint([key], [f"{of}.id"], op.f(f"fk_{table}_{key}_{of}"))
            for key, of in references.items()
        ),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
    )
    for key in indexed:
        op.create_index(op.f(f"ix_{table}_{key}"), table, [key])


def chosen(name: str, *members: str) -> sa.Enum:
    return sa.Enum(*members, name=name, native_enum=False, create_constraint=True, length=40)


def create_tables() -> None:
    create(
        "calls",
        {"body_id": "bodies", "called_by_id": "delegates"},
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("title", "introduction")),
        *(sa.Column(name, INSTANT, nullable=False) for name in ("opens_at", "closes_at", "called_at")),
        sa.Column("zone", sa.String(64), nullable=False),
        sa.Column("visibility", chosen("round_visibility", *VISIBILITIES), nullable=False),
        *(
            sa.Column(f"open_to_{name}", sa.Boolean(), nullable=False)
            for name in ("members", "observers", "private_sector")
        ),
        sa.Column("status", chosen("call_status", "CALLED", "CANCELLED"), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("opens_at < closes_at", name=op.f("ck_calls_window")),
        indexed=("body_id", "called_by_id", "opens_at", "closes_at"),
    )
    create(
        "call_questions",
        {"call_id": "calls"},
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("kind", chosen("question_kind", *KINDS), nullable=False),
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("text", "hint")),
        sa.Column("is_required", sa.Boolean(), nullable=False),
        sa.Column("choices", DOCUMENT, nullable=False),
        sa.Column("unit", sa.String(40), nullable=False),
        *(sa.Column(name, sa.Double(), nullable=True) for name in ("least", "most")),
        sa.UniqueConstraint("call_id", "position", name=op.f("uq_call_questions_call_id_position")),
        indexed=(),
    )
    create(
        "call_redatings",
        {"call_id": "calls", "redated_by_id": "delegates"},
        *(sa.Column(name, INSTANT, nullable=False) for name in ("closed_at_before", "closes_at_after", "redated_at")),
        sa.Column("reason", sa.Text(), nullable=False),
        indexed=("call_id", "redated_by_id"),
    )
    create(
        "answer_drafts",
        {"call_id": "calls", "party_id": "parties", "revised_by_id": "delegates"},
        sa.Column("answers", DOCUMENT, nullable=False),
        sa.Column("revised_at", INSTANT, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.UniqueConstraint("call_id", "party_id", name=op.f("uq_answer_drafts_call_id_party_id")),
        indexed=("party_id", "revised_by_id"),
    )
    create(
        "answer_sheets",
        {"call_id": "calls", "party_id": "parties", "filed_by_id": "delegates"},
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("answers", DOCUMENT, nullable=False),
        sa.Column("filed_at", INSTANT, nullable=False),
        sa.Column("content_digest", sa.String(64), nullable=False),
        sa.UniqueConstraint("call_id", "party_id", "number", name=op.f("uq_answer_sheets_call_id_party_id_number")),
        indexed=("party_id", "filed_by_id"),
    )
    op.create_index("ix_answer_sheets_of_call", "answer_sheets", ["call_id", "filed_at", "id"])
    op.create_index("ix_answer_sheets_filed_at", "answer_sheets", ["filed_at", "id"])


def upgrade() -> None:
    create_tables()
    dialect = op.get_bind().dialect.name
    for name, table, when, refused, message in guards(dialect):
        if dialect == "sqlite":
            refuse = f"BEGIN SELECT RAISE(ABORT, '{message}'); END"
            op.execute(f"CREATE TRIGGER {name} {when} ON {table} WHEN {refused} {refuse}")
            continue
        back = "NULL" if "TRUNCATE" in when else "OLD" if "DELETE" in when else "NEW"
        body = f"IF {refused} THEN RAISE EXCEPTION '{message}'; END IF; RETURN {back};"
        op.execute(f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {body} END $$")
        each = "STATEMENT" if "TRUNCATE" in when else "ROW"
        op.execute(f"CREATE TRIGGER {name} {when} ON {table} FOR EACH {each} EXECUTE FUNCTION {name}()")


def downgrade() -> None:
    for table in ("answer_sheets", "answer_drafts", "call_redatings", "call_questions", "calls"):
        op.drop_table(table)
    if op.get_bind().dialect.name == "postgresql":
        for name, *_ in guards("postgresql"):
            op.execute(f"DROP FUNCTION {name}()")
