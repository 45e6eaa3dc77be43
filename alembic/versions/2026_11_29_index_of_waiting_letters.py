"""An index of the letters that wait

Why: letters stay after they were sent, and the letters that are due were looked for among all of them, again for each
letter: sending grew with everything that was ever sent. The index holds those that wait, in the order in which they go
out. Going back loses no row.

Revision ID: 0049
Revises: 0048
Create Date: 2026-11-29
"""

import sqlalchemy as sa

from alembic import op

revision: str = "0049"
down_revision: str | None = "0048"

WAITING = sa.text("sent_at IS NULL AND withdrawn_at IS NULL")


def upgrade() -> None:
    op.create_index(
        "ix_letters_waiting", "letters", ["written_at", "id"], sqlite_where=WAITING, postgresql_where=WAITING
    )


def downgrade() -> None:
    op.drop_index("ix_letters_waiting", table_name="letters")
