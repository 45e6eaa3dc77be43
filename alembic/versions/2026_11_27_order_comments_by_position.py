"""Order comments by position

Why: a list of comments follows the text, so a comment holds the position of its provision, and an index gives the
order. A trigger keeps the two equal: PostgreSQL writes the position, so that a server of the release before can go on
filing; SQLite, whose triggers cannot change a row that is being inserted, refuses another one. The indexes at the end
give other lists their order. Going back loses nothing: a position follows from the provision.

Revision ID: 0016
Revises: 0015
Create Date: 2026-11-27
"""

import sqlalchemy as sa

from alembic import op

revision: str = "0016"
down_revision: str | None = "0015"

COLUMN = "position"
TRIGGER = "comments_keep_position"
SOURCE = "coalesce((SELECT position FROM provision_texts WHERE id = NEW.provision_text_id), 0)"
MESSAGE = "the position of a comment is that of its provision"
INDEXES = {
    "ix_comments_round_id_comments_position": ("comments", "round_id", "position"),
    "ix_comments_of_party": ("comments", "round_id", "party_id", "position"),
    "ix_comments_of_provision": ("comments", "provision_text_id", "round_id", "position"),
    "ix_comments_position": ("comments", "position"),
    "ix_applications_name": ("applications", "name"),
    "ix_invitations_invited_at": ("invitations", "invited_at"),
    "ix_journal_at": ("journal", "at"),
    "ix_journal_act_journal_at": ("journal", "act", "at"),
    "ix_mechanisms_valid_from": ("mechanisms", "valid_from"),
    "ix_parties_name": ("parties", "name"),
    "ix_persons_name": ("persons", "name"),
    "ix_representations_starts_on": ("representations", "starts_on"),
    "ix_review_cycles_opens_on": ("review_cycles", "opens_on"),
    "ix_rounds_closes_at": ("rounds", "closes_at"),
    "ix_sittings_starts_on": ("sittings", "starts_on"),
    "ix_text_corrections_made_at": ("text_corrections", "made_at"),
}
SHORTER = "ix_comments_provision_text_id"
"""The index that one of the new ones begins with."""


def upgrade() -> None:
    # Not in batch mode, which would lose the triggers on SQLite.
    op.add_column("comments", sa.Column(COLUMN, sa.Integer(), nullable=False, server_default="0"))
    for name, (table, *columns) in INDEXES.items():
        op.create_index(op.f(name), table, columns)
    op.drop_index(op.f(SHORTER), "comments")
    if op.get_bind().dialect.name == "postgresql":
        body = f"NEW.position := {SOURCE}; RETURN NEW;"
        op.execute(f"CREATE FUNCTION {TRIGGER}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {body} END $$")
        op.execute(
            f"CREATE TRIGGER {TRIGGER} BEFORE INSERT OR UPDATE ON comments FOR EACH ROW EXECUTE FUNCTION {TRIGGER}()"
        )
        return
    for operation in ("INSERT", "UPDATE"):
        refuse = f"WHEN NEW.position <> {SOURCE} BEGIN SELECT RAISE(ABORT, '{MESSAGE}'); END"
        op.execute(f"CREATE TRIGGER {TRIGGER}_on_{operation.lower()} BEFORE {operation} ON comments {refuse}")


def downgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.execute(f"DROP TRIGGER {TRIGGER} ON comments")
        op.execute(f"DROP FUNCTION {TRIGGER}()")
    else:
        for operation in ("insert", "update"):
            op.execute(f"DROP TRIGGER {TRIGGER}_on_{operation}")
    op.create_index(op.f(SHORTER), "comments", ["provision_text_id"])
    for name, (table, *_) in INDEXES.items():
        op.drop_index(op.f(name), table)
    op.drop_column("comments", COLUMN)
