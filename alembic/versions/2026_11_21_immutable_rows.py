"""Immutable rows

Why: what was issued, submitted or recorded can never change, whoever asks and by whatever path. The server's own code
keeps to that; these triggers hold a hurried script to it as well. The head of the journal's chain is laid here too.
Going back removes the triggers and keeps every row.

Revision ID: 0002
Revises: 0001
Create Date: 2026-11-21
"""

import sqlalchemy as sa

from alembic import op

revision: str = "0002"
down_revision: str | None = "0001"
branch_labels = None
depends_on = None

MESSAGE = "what was issued, filed or recorded cannot change"
TAKEN = "UNIQUE constraint failed"
"""SQLite's own words for a key that is taken, because the trigger speaks before the constraint can."""

APPEND_ONLY = (
    "journal",
    "decisions",
    "dispositions",
    "editions",
    "round_extensions",
    "redatings",
    "comment_supports",
    "consolidations",
    "conflict_sides",
    "papers",
)
"""Tables whose rows never change and are never removed."""

FROZEN = {
    "text_versions": "{row}.status = 'ISSUED'",
    "comments": "{row}.submitted_at IS NOT NULL",
    "amendment_proposals": "{row}.submitted_at IS NOT NULL",
    "text_conflicts": "{row}.status = 'SETTLED'",
}
"""Tables whose rows can change until the condition holds."""

ISSUED = "(SELECT status FROM text_versions WHERE id = {row}.text_version_id) = 'ISSUED'"
MADE = (
    "(SELECT v.status FROM consolidations c JOIN text_versions v ON v.id = c.target_id "
    "WHERE c.id = {row}.consolidation_id) = 'ISSUED'"
)
FILED = "(SELECT submitted_at FROM amendment_proposals WHERE id = {row}.proposal_id) IS NOT NULL"
PARTS = {"provision_texts": ISSUED, "applied_changes": MADE, "amendments": FILED, "co_sponsors": FILED}
"""Parts of something larger: none may be added, changed, moved in or removed once the whole is issued or filed."""

KEPT = {**dict.fromkeys(APPEND_ONLY, "TRUE"), **FROZEN, **PARTS}
"""Every protected table with the condition under which a row of it is protected."""

UNIQUE = {
    "journal": ("sequence", "delegate_id, idempotency_key"),
    "editions": ("text_version_id",),
    "consolidations": ("target_id",),
    "text_versions": ("instrument_id, number",),
    "comments": ("round_id, party_id, number",),
    "comment_supports": ("comment_id, party_id",),
    "papers": ("series, serial, letter",),
    "provision_texts": ("text_version_id, position", "text_version_id, provision_id"),
    "amendments": ("proposal_id, position",),
    "co_sponsors": ("proposal_id, party_id",),
}
"""Other unique keys than the id: SQLite's REPLACE removes the row that stands in the way of any of them."""


def rules() -> list[tuple[str, str, str]]:
    """(table, operation, condition under which the operation is refused)."""
    every = []
    for table, when in KEPT.items():
        old, new = when.format(row="OLD"), when.format(row="NEW")
        moved_in = f"({old}) OR ({new})" if table in PARTS else old
        every += [(table, "UPDATE", moved_in), (table, "DELETE", old)]
        if table in PARTS:
            every += [(table, "INSERT", new)]
    return every


def replaced(table: str) -> str:
    """The condition under which SQLite would remove a protected row to make room for a new one."""
    same = [
        " AND ".join(f"kept.{column} = NEW.{column}" for column in key.split(", "))
        for key in ("id", *UNIQUE.get(table, ()))
    ]
    protected = KEPT[table].format(row="kept")
    return f"EXISTS (SELECT 1 FROM {table} kept WHERE ({' OR '.join(same)}) AND {protected})"


def upgrade() -> None:
    op.execute(sa.text(f"INSERT INTO journal_head (id, sequence, digest) VALUES (1, 0, '{'0' * 64}')"))
    postgresql = op.get_bind().dialect.name == "postgresql"
    for table, operation, when in rules():
        protect = protect_on_postgresql if postgresql else protect_on_sqlite
        protect(f"{table}_no_{operation.lower()}", table, operation, when)
    for table in KEPT:
        if postgresql:
            protect_on_postgresql(f"{table}_no_truncate", table, "TRUNCATE", "TRUE")
        else:
            protect_on_sqlite(f"{table}_no_replace", table, "INSERT", replaced(table), TAKEN)


def protect_on_postgresql(name: str, table: str, operation: str, when: str) -> None:
    back = "NULL" if operation == "TRUNCATE" else "OLD" if operation == "DELETE" else "NEW"
    body = f"IF {when} THEN RAISE EXCEPTION '{MESSAGE}: {table}'; END IF; RETURN {back};"
    op.execute(sa.text(f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {body} END $$"))
    each = "STATEMENT" if operation == "TRUNCATE" else "ROW"
    op.execute(
        sa.text(f"CREATE TRIGGER {name} BEFORE {operation} ON {table} FOR EACH {each} EXECUTE FUNCTION {name}()")
    )


def protect_on_sqlite(name: str, table: str, operation: str, when: str, message: str = MESSAGE) -> None:
    refuse = f"SELECT RAISE(ABORT, '{message}: {table}');"
    op.execute(sa.text(f"CREATE TRIGGER {name} BEFORE {operation} ON {table} WHEN {when} BEGIN {refuse} END"))


def downgrade() -> None:
    op.execute(sa.text("DELETE FROM journal_head"))
    postgresql = op.get_bind().dialect.name == "postgresql"
    names = [(table, f"{table}_no_{operation.lower()}") for table, operation, _ in rules()]
    names += [(table, f"{table}_no_{'truncate' if postgresql else 'replace'}") for table in KEPT]
    for table, name in names:
        op.execute(sa.text(f"DROP TRIGGER {name} ON {table}" if postgresql else f"DROP TRIGGER {name}"))
        if postgresql:
            op.execute(sa.text(f"DROP FUNCTION {name}()"))
