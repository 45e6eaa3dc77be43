"""Rows of the journal

Why: an entry holds the digests of the rows that its act wrote, so that a row that was altered, added or taken away past
the server is noticed. The table holds them one by one; the entry holds a digest of them. An entry moves the head of the
chain by itself from now on. A server of the release before moves it once more, to where it is, and goes on serving.
Going back loses the digests; the chain stays.

Revision ID: 0018
Revises: 0017
Create Date: 2026-11-27
"""

import sqlalchemy as sa

from alembic import op

revision: str = "0018"
down_revision: str | None = "0017"

TABLE = "journal_rows"
KEPT = f"what was issued, filed or recorded cannot change: {TABLE}"
FOLLOWS = "an entry follows the last one of the journal"
FORWARD = "the head of the journal moves by an entry, and by nothing else"
NEWEST = "the rows of an entry are written with it"
HEAD = "SELECT 1 FROM journal_head h WHERE h.id = 1 AND h.sequence = {sequence}"
MATCHES = HEAD.format(sequence="NEW.sequence - 1") + " AND h.digest = NEW.previous_digest"
MOVED = (
    "NEW.id = OLD.id AND (NEW.sequence = OLD.sequence AND NEW.digest = OLD.digest OR NEW.sequence = OLD.sequence + 1 "
    "AND EXISTS (SELECT 1 FROM journal j WHERE j.sequence = NEW.sequence AND j.digest = NEW.digest "
    "AND j.previous_digest = OLD.digest))"
)
MOVE = "UPDATE journal_head SET sequence = NEW.sequence, digest = NEW.digest WHERE id = 1"
GUARDS = (
    ("journal_keep_order", "journal", "BEFORE INSERT", f"NOT EXISTS ({MATCHES})", FOLLOWS),
    ("journal_head_keep_forward", "journal_head", "BEFORE UPDATE", f"NOT ({MOVED})", FORWARD),
    ("journal_head_keep_delete", "journal_head", "BEFORE DELETE", "TRUE", FORWARD),
    (f"{TABLE}_no_update", TABLE, "BEFORE UPDATE", "TRUE", KEPT),
    (f"{TABLE}_no_delete", TABLE, "BEFORE DELETE", "TRUE", KEPT),
    (f"{TABLE}_no_insert", TABLE, "BEFORE INSERT", f"NOT EXISTS ({HEAD.format(sequence='NEW.sequence')})", NEWEST),
)
"""(name, table, when, condition under which it is refused, message)."""
TAKEN = f"EXISTS (SELECT 1 FROM {TABLE} kept WHERE kept.key = NEW.key AND kept.sequence = NEW.sequence)"
ON_SQLITE = (
    (f"{TABLE}_no_replace", TABLE, "BEFORE INSERT", TAKEN, f"UNIQUE constraint failed: {TABLE}"),
    (
        "journal_head_keep_replace",
        "journal_head",
        "BEFORE INSERT",
        "EXISTS (SELECT 1 FROM journal_head)",
        "UNIQUE constraint failed: journal_head",
    ),
)
"""SQLite's REPLACE removes the row that stands in the way without asking the trigger on DELETE."""
ON_POSTGRESQL = tuple(
    (f"{table}_{kind}_truncate", table, "BEFORE TRUNCATE", "TRUE", message)
    for table, kind, message in ((TABLE, "no", KEPT), ("journal_head", "keep", FORWARD))
)


def upgrade() -> None:
    op.create_table(
        TABLE,
        sa.Column("key", sa.String(80), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(64), nullable=True),
        sa.PrimaryKeyConstraint("key", "sequence", name=op.f(f"pk_{TABLE}")),
    )
    op.create_index(op.f(f"ix_{TABLE}_sequence"), TABLE, ["sequence"])
    if op.get_bind().dialect.name == "postgresql":
        for guard in (*GUARDS, *ON_POSTGRESQL):
            guard_on_postgresql(*guard)
        # Of the owner of the tables: a server that may not write the head moves it by appending.
        function("journal_move_head", f"{MOVE}; RETURN NULL;", "SECURITY DEFINER SET search_path FROM CURRENT")
        trigger("journal_move_head", "journal", "AFTER INSERT")
        return
    for guard in (*GUARDS, *ON_SQLITE):
        guard_on_sqlite(*guard)
    op.execute(f"CREATE TRIGGER journal_move_head AFTER INSERT ON journal BEGIN {MOVE}; END")


def guard_on_postgresql(name: str, table: str, when: str, refused: str, message: str) -> None:
    back = "NULL" if "TRUNCATE" in when else "OLD" if "DELETE" in when else "NEW"
    function(name, f"IF {refused} THEN RAISE EXCEPTION '{message}'; END IF; RETURN {back};")
    trigger(name, table, when)


def function(name: str, body: str, terms: str = "") -> None:
    op.execute(f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql {terms} AS $$ BEGIN {body} END $$")


def trigger(name: str, table: str, when: str) -> None:
    each = "STATEMENT" if "TRUNCATE" in when else "ROW"
    op.execute(f"CREATE TRIGGER {name} {when} ON {table} FOR EACH {each} EXECUTE FUNCTION {name}()")


def guard_on_sqlite(name: str, table: str, when: str, refused: str, message: str) -> None:
    op.execute(f"CREATE TRIGGER {name} {when} ON {table} WHEN {refused} BEGIN SELECT RAISE(ABORT, '{message}'); END")


def downgrade() -> None:
    postgresql = op.get_bind().dialect.name == "postgresql"
    guards = (*GUARDS, *(ON_POSTGRESQL if postgresql else ON_SQLITE))
    for name, table in (*((name, table) for name, table, *_ in guards), ("journal_move_head", "journal")):
        op.execute(f"DROP TRIGGER {name} ON {table}" if postgresql else f"DROP TRIGGER {name}")
        if postgresql:
            op.execute(f"DROP FUNCTION {name}()")
    op.drop_table(TABLE)
