"""Language versions

Why: a translation is a version in another language that follows a version of the original; versions are numbered in
each language, and each translated provision tells by a digest which original words it renders. SQLite copies the table
for it and forgets its triggers, so they are kept aside and made again. Going back gives the translations numbers after
those of the originals, and loses what they follow and render.

Revision ID: 0013
Revises: 0012
Create Date: 2026-11-27
"""

from collections.abc import Iterator
from contextlib import contextmanager

import sqlalchemy as sa

from alembic import op

revision: str = "0013"
down_revision: str | None = "0012"

TABLE = "text_versions"
FOLLOWS = "fk_text_versions_follows_id_text_versions"
BEFORE, AFTER = "uq_text_versions_instrument_id_number", "uq_text_versions_instrument_id_language_number"
SAME_BEFORE = "kept.instrument_id = NEW.instrument_id AND kept.number = NEW.number"
SAME_AFTER = "kept.instrument_id = NEW.instrument_id AND kept.language = NEW.language AND kept.number = NEW.number"
TRANSLATIONS = sa.text(
    "SELECT id, instrument_id FROM text_versions WHERE follows_id IS NOT NULL ORDER BY instrument_id, language, number"
)
NEXT = "(SELECT MAX(number) + 1 FROM text_versions WHERE instrument_id = :instrument)"


@contextmanager
def triggers_aside(before: str, after: str) -> Iterator[None]:
    """Take the triggers away, and make them again with another unique key in that of SQLite's REPLACE."""
    if op.get_bind().dialect.name == "postgresql":
        op.execute(f"ALTER TABLE {TABLE} DISABLE TRIGGER USER")
        yield
        op.execute(f"ALTER TABLE {TABLE} ENABLE TRIGGER USER")
        return
    # All of them: those of other tables ask the table that is copied.
    kept = sa.text("SELECT name, sql FROM sqlite_master WHERE type = 'trigger' ORDER BY name")
    triggers = [tuple(row) for row in op.get_bind().execute(kept)]
    for name, _ in triggers:
        op.execute(f"DROP TRIGGER {name}")
    yield
    for name, statement in triggers:
        is_replace = name == f"{TABLE}_no_replace"
        op.get_bind().exec_driver_sql(statement.replace(before, after) if is_replace else statement)


def upgrade() -> None:
    with triggers_aside(SAME_BEFORE, SAME_AFTER):
        with op.batch_alter_table(TABLE) as table:
            table.add_column(sa.Column("follows_id", sa.String(30), nullable=True))
            table.create_foreign_key(op.f(FOLLOWS), TABLE, ["follows_id"], ["id"])
            table.create_index(op.f("ix_text_versions_follows_id"), ["follows_id"])
            table.drop_constraint(op.f(BEFORE), type_="unique")
            table.create_unique_constraint(op.f(AFTER), ["instrument_id", "language", "number"])
        op.add_column("provision_texts", sa.Column("original_digest", sa.String(64), nullable=True))


def downgrade() -> None:
    with triggers_aside(SAME_AFTER, SAME_BEFORE):
        for row in op.get_bind().execute(TRANSLATIONS).all():
            moved = sa.text(f"UPDATE text_versions SET number = {NEXT} WHERE id = :id")
            op.get_bind().execute(moved, {"instrument": row.instrument_id, "id": row.id})
        op.drop_column("provision_texts", "original_digest")
        with op.batch_alter_table(TABLE) as table:
            table.drop_constraint(op.f(AFTER), type_="unique")
            table.create_unique_constraint(op.f(BEFORE), ["instrument_id", "number"])
            table.drop_constraint(op.f(FOLLOWS), type_="foreignkey")
            table.drop_index(op.f("ix_text_versions_follows_id"))
            table.drop_column("follows_id")
