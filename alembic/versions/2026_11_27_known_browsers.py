"""Known browsers

Why: a browser in which a person has signed in has a count of guesses of its own, so that strangers lock nobody out.
Going back loses which browsers are known: people are then counted with strangers again.

Revision ID: 0014
Revises: 0013
Create Date: 2026-11-27
"""

import sqlalchemy as sa

from alembic import op

revision: str = "0014"
down_revision: str | None = "0013"

INSTANT = sa.DateTime(timezone=True).with_variant(sa.String(27), "sqlite")
TABLE = "known_browsers"


def upgrade() -> None:
    op.create_table(
        TABLE,
        sa.Column("secret_digest", sa.String(64), nullable=False),
        sa.Column("person_id", sa.String(30), nullable=False),
        sa.Column("expires_at", INSTANT, nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["persons.id"], op.f(f"fk_{TABLE}_person_id_persons")),
        sa.PrimaryKeyConstraint("secret_digest", "person_id", name=op.f(f"pk_{TABLE}")),
    )
    op.create_index(op.f(f"ix_{TABLE}_person_id"), TABLE, ["person_id"])


def downgrade() -> None:
    op.drop_table(TABLE)
