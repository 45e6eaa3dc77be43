"""Nest provisions

Why: a provision stands inside another one, words can be set off by marks, and there are more kinds of provisions.
SQLite copies the table for it and forgets its triggers, so they are kept aside and made again. Going back turns
headings of a kind of their own into HEADING, sub-items into LIST_ITEM and everything else that is new into PARAGRAPH;
it loses the tree and the marks.

Revision ID: 0007
Revises: 0006
Create Date: 2026-11-27
"""

from collections.abc import Iterator
from contextlib import contextmanager

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

from alembic import op

revision: str = "0007"
down_revision: str | None = "0006"

DOCUMENT = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
TABLE = "provision_texts"
CHECK = "ck_provision_texts_unit_kind"
PARENT = "fk_provision_texts_parent_id_provisions"
HEADINGS = ("TITLE", "PRINCIPLE", "STANDARD", "SECTION", "ARTICLE", "ANNEX")
OLD = ("HEADING", "PARAGRAPH", "LIST_ITEM", "TABLE_ROW")
NEW = (*HEADINGS, "HEADING", "PARAGRAPH", "LIST_ITEM", "SUB_ITEM", "TABLE", "TABLE_ROW", "FOOTNOTE", "CODE", "BOX")


def one_of(kinds: tuple[str, ...]) -> str:
    return f"kind IN ({', '.join(map(repr, kinds))})"


@contextmanager
def triggers_aside() -> Iterator[None]:
    """Take the triggers of the table away, and make them again as they were."""
    if op.get_bind().dialect.name == "postgresql":
        op.execute(f"ALTER TABLE {TABLE} DISABLE TRIGGER USER")
        yield
        op.execute(f"ALTER TABLE {TABLE} ENABLE TRIGGER USER")
        return
    kept = sa.text("SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = :table ORDER BY name")
    triggers = [tuple(row) for row in op.get_bind().execute(kept, {"table": TABLE})]
    for name, _ in triggers:
        op.execute(f"DROP TRIGGER {name}")
    yield
    for _, statement in triggers:
        op.get_bind().exec_driver_sql(statement)


def upgrade() -> None:
    with triggers_aside(), op.batch_alter_table(TABLE, schema=None) as batch_op:
        batch_op.add_column(sa.Column("parent_id", sa.String(30), nullable=True))
        batch_op.add_column(sa.Column("marks", DOCUMENT, nullable=False, server_default=sa.text("'[]'")))
        batch_op.create_foreign_key(op.f(PARENT), "provisions", ["parent_id"], ["id"])
        batch_op.create_index(op.f("ix_provision_texts_parent_id"), ["parent_id"], unique=False)
        if op.get_bind().dialect.name == "postgresql":
            batch_op.drop_constraint(op.f(CHECK), type_="check")
        batch_op.create_check_constraint(op.f(CHECK), one_of(NEW))


def downgrade() -> None:
    with triggers_aside():
        op.execute(f"UPDATE {TABLE} SET kind = 'HEADING' WHERE {one_of(HEADINGS)}")
        op.execute(f"UPDATE {TABLE} SET kind = 'LIST_ITEM' WHERE kind = 'SUB_ITEM'")
        op.execute(f"UPDATE {TABLE} SET kind = 'PARAGRAPH' WHERE NOT ({one_of(OLD)})")
        with op.batch_alter_table(TABLE, schema=None) as batch_op:
            batch_op.drop_index(op.f("ix_provision_texts_parent_id"))
            batch_op.drop_constraint(op.f(PARENT), type_="foreignkey")
            batch_op.drop_column("marks")
            batch_op.drop_column("parent_id")
            if op.get_bind().dialect.name == "postgresql":
                batch_op.drop_constraint(op.f(CHECK), type_="check")
            batch_op.create_check_constraint(op.f(CHECK), one_of(OLD))
