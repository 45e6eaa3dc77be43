"""Immutable rows

Why: what was issued, submitted or recorded can never change, whoever asks and by whatever path. The server's own code
keeps to that; these triggers hold a hurried script to it as well. The head of the journal's chain is laid here too. Going back removes the triggers and keeps every row.

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

APPEND_ONLY = ("journal", "decisions", "dispositions", "editions", "round_extensions", "redatings")
"""Tables whose rows never change and are never removed."""

FROZEN = {
    "text_versions": "OLD.status = 'ISSUED'",
    "comments": "OLD.submitted_at IS NOT NULL",
    "amendment_proposals": "OLD.submitted_at IS NOT NULL",
    "text_conflicts": "OLD.status = 'SETTLED'",
}
"""Tables whose rows can change until the condition holds."""

ISSUED = "(SELECT status FROM text_versions WHERE id = {row}.text_version_id) = 'ISSUED'"
MADE = (
    "(SELECT v.status FROM consolidations c JOIN text_versions v ON v.id = c.target_id "
    "WHERE c.id = {row}.consolidation_id) = 'ISSUED'"
)
FILED = "(SELECT submitted_at FROM amendment_proposals WHERE id = {row}.proposal_id) IS NOT NULL"
PARTS = {"provision_texts": ISSUED, "applied_changes": MADE, "amendments": FILED}
"""Parts of something larger: none may be added, changed or removed once the whole is issued or filed."""


def rules() -> list[tuple[str, str, str]]:
    """(table, operation, condition under which the operation is refused)."""
    every = [(table, operation, "TRUE") for table in APPEND_ONLY for operation in ("UPDATE", "DELETE")]
    every += [(table, operation, when) for table, when in FROZEN.items() for operation in ("UPDATE", "DELETE")]
    for table, when in PARTS.items():
        every += [(table, "INSERT", when.format(row="NEW"))]
        every += [(table, operation, when.format(row="OLD")) for operation in ("UPDATE", "DELETE")]
    return every


def upgrade() -> None:
    postgresql = op.get_bind().dialect.name == "postgresql"
    op.execute(sa.text(f"INSERT INTO journal_head (id, sequence, digest) VALUES (1, 0, '{'0' * 64}')"))
    for table, operation, when in rules():
        name = f"{table}_no_{operation.lower()}"
        message = f"{table}: what was issued, filed or recorded cannot change"
        if postgresql:
            body = f"IF {when} THEN RAISE EXCEPTION '{message}'; END IF; RETURN {'OLD' if operation == 'DELETE' else 'NEW'};"
            op.execute(sa.text(f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {body} END $$"))
            op.execute(
                sa.text(f"CREATE TRIGGER {name} BEFORE {operation} ON {table} FOR EACH ROW EXECUTE FUNCTION {name}()")
            )
        else:
            op.execute(
                sa.text(
                    f"CREATE TRIGGER {name} BEFORE {operation} ON {table} WHEN {when} "
                    f"BEGIN SELECT RAISE(ABORT, '{message}'); END"
                )
            )


def downgrade() -> None:
    op.execute(sa.text("DELETE FROM journal_head"))
    postgresql = op.get_bind().dialect.name == "postgresql"
    for table, operation, _ in rules():
        name = f"{table}_no_{operation.lower()}"
        op.execute(sa.text(f"DROP TRIGGER {name} ON {table}" if postgresql else f"DROP TRIGGER {name}"))
        if postgresql:
            op.execute(sa.text(f"DROP FUNCTION {name}()"))
