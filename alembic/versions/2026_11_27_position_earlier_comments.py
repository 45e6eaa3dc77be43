"""Position earlier comments

Why: comments that were drafted or filed before have no position yet. It follows from their provision. What was filed
stays as it is. Going back leaves the positions, which the revision before takes away with their column.

Revision ID: 0017
Revises: 0016
Create Date: 2026-11-27
"""

import sqlalchemy as sa

from alembic import op

revision: str = "0017"
down_revision: str | None = "0016"

TRIGGER = "comments_no_update"
POSITION = sa.text(
    "UPDATE comments SET position = (SELECT position FROM provision_texts WHERE id = comments.provision_text_id) "
    "WHERE provision_text_id IS NOT NULL"
)


def upgrade() -> None:
    connection = op.get_bind()
    if connection.dialect.name == "postgresql":
        op.execute(f"ALTER TABLE comments DISABLE TRIGGER {TRIGGER}")
        connection.execute(POSITION)
        op.execute(f"ALTER TABLE comments ENABLE TRIGGER {TRIGGER}")
        return
    kept = connection.scalar(sa.text("SELECT sql FROM sqlite_master WHERE name = :name"), {"name": TRIGGER})
    op.execute(f"DROP TRIGGER {TRIGGER}")
    connection.execute(POSITION)
    connection.exec_driver_sql(kept)


def downgrade() -> None:
    pass
