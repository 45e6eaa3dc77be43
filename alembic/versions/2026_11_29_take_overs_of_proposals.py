"""Withdrawn proposals that a co-sponsor takes over

Why: a proponent that withdraws a proposal does not end it for the parties that confirmed to co-sponsor it. Each of them
can take it over until an instant, and becomes its proponent; what was filed stays as it is. The mechanism says for how
many days. Going back loses who took which proposal over: it is with the party that filed it again.

Revision ID: 0047
Revises: 0046
Create Date: 2026-11-29
"""

import sqlalchemy as sa

from alembic import op

revision: str = "0047"
down_revision: str | None = "0046"

INSTANT = sa.DateTime(timezone=True).with_variant(sa.String(27), "sqlite")
TABLE, WORK = "proposal_take_overs", "proposal_work"
KEYS = {
    "proposal_id": "amendment_proposals",
    "party_id": "parties",
    "withdrawn_by_id": "delegates",
    "new_party_id": "parties",
    "taken_by_id": "delegates",
}
STATUSES = (
    *("DRAFT", "SUBMITTED", "RETURNED", "REGISTERED", "UNDER_CONSIDERATION", "AGREED", "NOT_AGREED", "DEFERRED"),
    *("APPROVED", "IN_EDITION", "WITHDRAWN"),
)
KEPT = f"what was issued, filed or recorded cannot change: {TABLE}"
FIXED = (*("id", "proposal_id", "number", "party_id", "status_before", "withdrawn_at", "withdrawn_by_id", "closes_at"),)
CHANGED = " OR ".join(f"NEW.{column} <> OLD.{column}" for column in FIXED)
TAKEN = f"OLD.taken_at IS NOT NULL OR {CHANGED}"
"""A row changes once: when a party takes the proposal over."""


def is_sqlite() -> bool:
    return op.get_bind().dialect.name == "sqlite"


def upgrade() -> None:
    op.add_column("mechanisms", sa.Column("take_over_days", sa.Integer(), nullable=True))
    with op.batch_alter_table(WORK) as batch:
        batch.add_column(sa.Column("party_id", sa.String(30), nullable=True))
        batch.add_column(sa.Column("take_over_until", INSTANT, nullable=True))
        batch.create_index(op.f(f"ix_{WORK}_party_id"), ["party_id"])
        batch.create_foreign_key(op.f(f"fk_{WORK}_party_id_parties"), "parties", ["party_id"], ["id"])
    status = sa.Enum(*STATUSES, name="proposal_status", native_enum=False, create_constraint=True, length=40)
    op.create_table(
        TABLE,
        sa.Column("id", sa.String(length=30), nullable=False),
        sa.Column("proposal_id", sa.String(length=30), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("party_id", sa.String(length=30), nullable=False),
        sa.Column("status_before", status, nullable=False),
        sa.Column("withdrawn_at", INSTANT, nullable=False),
        sa.Column("withdrawn_by_id", sa.String(length=30), nullable=False),
        sa.Column("closes_at", INSTANT, nullable=False),
        sa.Column("new_party_id", sa.String(length=30), nullable=True),
        sa.Column("taken_at", INSTANT, nullable=True),
        sa.Column("taken_by_id", sa.String(length=30), nullable=True),
        *(
            sa.ForeignKeyConstraint([column], [f"{table}.id"], name=op.f(f"fk_{TABLE}_{column}_{table}"))
            for column, table in KEYS.items()
        ),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{TABLE}")),
        sa.UniqueConstraint("proposal_id", "number", name=op.f(f"uq_{TABLE}_proposal_id_number")),
    )
    for column in ("party_id", "withdrawn_by_id", "new_party_id", "taken_by_id"):
        op.create_index(op.f(f"ix_{TABLE}_{column}"), TABLE, [column])
    if is_sqlite():
        keep_on_sqlite()
    else:
        keep_on_postgresql()


def downgrade() -> None:
    op.drop_table(TABLE)
    if not is_sqlite():
        for operation in ("update", "delete", "truncate"):
            op.execute(f"DROP FUNCTION {TABLE}_no_{operation}()")
    with op.batch_alter_table(WORK) as batch:
        batch.drop_constraint(op.f(f"fk_{WORK}_party_id_parties"), type_="foreignkey")
        batch.drop_index(op.f(f"ix_{WORK}_party_id"))
        batch.drop_column("take_over_until")
        batch.drop_column("party_id")
    op.drop_column("mechanisms", "take_over_days")


def keep_on_postgresql() -> None:
    """Give the table the triggers that keep its rows, with functions that look in the schema first."""
    schema = op.get_bind().exec_driver_sql("SELECT quote_ident(current_schema())").scalar_one()
    refuse = f"RAISE EXCEPTION '{KEPT}'"
    for operation, each, body in (
        ("UPDATE", "ROW", f"IF {TAKEN} THEN {refuse}; END IF; RETURN NEW"),
        ("DELETE", "ROW", refuse),
        ("TRUNCATE", "STATEMENT", refuse),
    ):
        name = f"{TABLE}_no_{operation.lower()}"
        function = f"FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql SET search_path = {schema}, pg_temp"
        op.execute(f"CREATE {function} AS $$ BEGIN {body}; END $$")
        op.execute(f"CREATE TRIGGER {name} BEFORE {operation} ON {TABLE} FOR EACH {each} EXECUTE FUNCTION {name}()")


def keep_on_sqlite() -> None:
    """Give the table the triggers that keep its rows, also from REPLACE, which asks no trigger on DELETE."""
    same = "k.id = NEW.id OR k.proposal_id = NEW.proposal_id AND k.number = NEW.number"
    taken = f"EXISTS (SELECT 1 FROM {TABLE} k WHERE {same})", f"UNIQUE constraint failed: {TABLE}"
    for name, operation, (when, words) in (
        ("update", "UPDATE", (TAKEN, KEPT)),
        ("delete", "DELETE", ("TRUE", KEPT)),
        ("replace", "INSERT", taken),
    ):
        refuse = f"WHEN {when} BEGIN SELECT RAISE(ABORT, '{words}'); END"
        op.execute(f"CREATE TRIGGER {TABLE}_no_{name} BEFORE {operation} ON {TABLE} {refuse}")
