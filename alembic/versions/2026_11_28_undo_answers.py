"""Undo answers

Why: answers that were given together can be undone together. A recorded answer stands unless its batch was undone, and
the trigger that keeps the handling of a comment going forward says so. Going back puts the trigger of before; nothing
is lost.

Revision ID: 0033
Revises: 0032
Create Date: 2026-11-28
"""

from alembic import op

revision: str = "0033"
down_revision: str | None = "0032"

NAME = "comment_work_keep_state"
MESSAGE = "the handling of a comment goes forward, and a recorded answer stands"
RECORDED = (
    "EXISTS (SELECT 1 FROM dispositions d WHERE d.id = NEW.disposition_id AND d.comment_id = NEW.comment_id "
    "AND d.stage = 'RECORDED')"
)
STANDING = (
    "NOT EXISTS (SELECT 1 FROM disposition_origins o JOIN answer_batches b ON b.id = o.batch_id "
    "WHERE o.disposition_id = OLD.disposition_id AND b.undone_at IS NOT NULL)"
)
"""That the answer which stood was not undone."""


def handling(standing: str) -> str:
    """Return the condition under which a change of the handling of a comment is refused."""
    return (
        "NEW.comment_id <> OLD.comment_id OR (OLD.status <> 'DRAFT' AND NEW.status = 'DRAFT') "
        "OR (OLD.status = 'WITHDRAWN' AND NEW.status <> 'WITHDRAWN') "
        f"OR (OLD.status = 'DISPOSED' AND NEW.status NOT IN ('DISPOSED', 'SUBMITTED'){standing}) "
        f"OR (OLD.disposition_id IS NOT NULL AND NEW.disposition_id IS NULL{standing}) "
        f"OR (NEW.status = 'DISPOSED' AND NOT {RECORDED}) "
        "OR (OLD.status = 'CLOSED_WITH_ROUND' AND NEW.status <> 'CLOSED_WITH_ROUND')"
    )


def upgrade() -> None:
    replace(handling(f" AND {STANDING}"))


def downgrade() -> None:
    replace(handling(""))


def replace(refused: str) -> None:
    """Write the trigger anew with another condition."""
    if op.get_bind().dialect.name == "postgresql":
        body = f"IF {refused} THEN RAISE EXCEPTION '{MESSAGE}'; END IF; RETURN NEW;"
        op.execute(f"CREATE OR REPLACE FUNCTION {NAME}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {body} END $$")
        return
    op.execute(f"DROP TRIGGER {NAME}")
    refuse = f"BEGIN SELECT RAISE(ABORT, '{MESSAGE}'); END"
    op.execute(f"CREATE TRIGGER {NAME} BEFORE UPDATE ON comment_work WHEN {refused} {refuse}")
