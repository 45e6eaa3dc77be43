"""File without a position

Why: on SQLite a server of the release before, which knows no position of comments, could file none: the trigger refused
its 0. Now what leaves the position alone is taken, and a trigger writes that of the provision, as PostgreSQL does; the
position of a filed comment may become that, and nothing else. Going back makes the triggers refuse again.

Revision ID: 0021
Revises: 0020
Create Date: 2026-11-27
"""

import sqlalchemy as sa

from alembic import op

revision: str = "0021"
down_revision: str | None = "0020"

KEPT = "what was issued, filed or recorded cannot change: comments"
MESSAGE = "the position of a comment is that of its provision"
SOURCE = "coalesce((SELECT position FROM provision_texts WHERE id = NEW.provision_text_id), 0)"
OTHER, FILED = f"NEW.position <> {SOURCE}", "OLD.submitted_at IS NOT NULL"


def upgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":
        return
    columns = [column["name"] for column in sa.inspect(op.get_bind()).get_columns("comments")]
    same = " AND ".join(f'OLD."{name}" IS NEW."{name}"' for name in columns if name != "position")
    replace("comments_no_update", "UPDATE", f"{FILED} AND NOT (NOT {OTHER} AND {same})", KEPT)
    for operation, changed in (("INSERT", "NEW.position <> 0"), ("UPDATE", "NEW.position <> OLD.position")):
        trigger = f"comments_keep_position_on_{operation.lower()}"
        replace(trigger, operation, f"{changed} AND {OTHER}", MESSAGE)
        write = f"UPDATE comments SET position = {SOURCE} WHERE id = NEW.id"
        op.execute(f"CREATE TRIGGER {trigger}_after AFTER {operation} ON comments WHEN {OTHER} BEGIN {write}; END")


def downgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":
        return
    for operation in ("INSERT", "UPDATE"):
        trigger = f"comments_keep_position_on_{operation.lower()}"
        op.execute(f"DROP TRIGGER {trigger}_after")
        replace(trigger, operation, OTHER, MESSAGE)
    replace("comments_no_update", "UPDATE", FILED, KEPT)


def replace(name: str, operation: str, when: str, words: str) -> None:
    refuse = f"SELECT RAISE(ABORT, '{words}');"
    op.execute(f"DROP TRIGGER {name}")
    op.execute(f"CREATE TRIGGER {name} BEFORE {operation} ON comments WHEN {when} BEGIN {refuse} END")
