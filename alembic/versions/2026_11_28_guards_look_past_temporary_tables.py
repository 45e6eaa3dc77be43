"""Guards read the tables of the schema and never a temporary table of the same name

Why: the function of a trigger looks a table up as whoever runs the statement would, and PostgreSQL looks among
temporary tables first. A role that serves may make those, so it could show a guard an extension that nobody recorded.
Each function now names where it looks: in the schema, and among temporary tables last. There is nothing of it on
SQLite, where a trigger reads the database that it is in. Going back loses this and no row.

Revision ID: 0046
Revises: 0045
Create Date: 2026-11-28
"""

from alembic import op

revision: str = "0046"
down_revision: str | None = "0045"

FUNCTIONS = """
    SELECT p.oid::regprocedure::text, p.prosecdef
    FROM pg_proc p
    WHERE p.pronamespace = current_schema()::regnamespace AND p.prorettype = 'trigger'::regtype
"""
"""The functions of triggers, and whether one runs as its owner."""


def upgrade() -> None:
    bind = op.get_bind()
    if bind.dialect.name == "postgresql":
        schema = bind.exec_driver_sql("SELECT quote_ident(current_schema())").scalar_one()
        for function, _ in bind.exec_driver_sql(FUNCTIONS).all():
            op.execute(f"ALTER FUNCTION {function} SET search_path = {schema}, pg_temp")


def downgrade() -> None:
    bind = op.get_bind()
    if bind.dialect.name == "postgresql":
        for function, runs_as_owner in bind.exec_driver_sql(FUNCTIONS).all():
            path = "SET search_path FROM CURRENT" if runs_as_owner else "RESET search_path"
            op.execute(f"ALTER FUNCTION {function} {path}")
