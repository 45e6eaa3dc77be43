"""Letters refused and persons corrected

Why: an invitation says how far its letter got, and a letter whose address was refused for good is not tried again. A
person's name and address can be corrected: receipts go on naming them as they were called, and letters that sign
somebody in wait until the owner of the address before had time to object.
All columns are empty at first, so that a server of the release before works with them. Going back loses the former
names, why letters were given up, and which letter belongs to which invitation.

Revision ID: 0022
Revises: 0021
Create Date: 2026-11-27
"""

import sqlalchemy as sa

from alembic import op

revision: str = "0022"
down_revision: str | None = "0021"

INSTANT = sa.DateTime(timezone=True).with_variant(sa.String(27), "sqlite")
DOCUMENT = sa.JSON().with_variant(sa.dialects.postgresql.JSONB(), "postgresql")
KEY, INDEX = "fk_invitations_letter_id_letters", "ix_invitations_letter_id"


def upgrade() -> None:
    op.add_column("letters", sa.Column("refused_with", sa.Integer(), nullable=True))
    op.add_column("persons", sa.Column("former_names", DOCUMENT, nullable=True))
    op.add_column("persons", sa.Column("email_corrected_at", INSTANT, nullable=True))
    with op.batch_alter_table("invitations") as batch_op:
        batch_op.add_column(sa.Column("letter_id", sa.String(30), nullable=True))
        batch_op.create_foreign_key(op.f(KEY), "letters", ["letter_id"], ["id"])
        batch_op.create_index(op.f(INDEX), ["letter_id"])


def downgrade() -> None:
    with op.batch_alter_table("invitations") as batch_op:
        batch_op.drop_index(op.f(INDEX))
        batch_op.drop_constraint(op.f(KEY), type_="foreignkey")
        batch_op.drop_column("letter_id")
    op.drop_column("persons", "email_corrected_at")
    op.drop_column("persons", "former_names")
    op.drop_column("letters", "refused_with")
