"""Lineages of provisions

Why: a second paper of a known instrument is aligned with the version before, and a person confirms where its provisions
come from. The lines are part of the version: triggers keep them once it is issued. Going back loses the lines; the
provisions keep their keys.

Revision ID: 0012
Revises: 0011
Create Date: 2026-11-27
"""

import sqlalchemy as sa

from alembic import op

revision: str = "0012"
down_revision: str | None = "0011"

INSTANT = sa.DateTime(timezone=True).with_variant(sa.String(27), "sqlite")
TABLE = "lineages"
KINDS = ("UNCHANGED", "REWORDED", "MOVED", "SPLIT_FROM", "MERGED_INTO", "INSERTED", "DELETED")
PARENTS = {
    "text_version_id": "text_versions",
    "from_version_id": "text_versions",
    "provision_id": "provisions",
    "from_id": "provisions",
    "into_id": "provisions",
    "confirmed_by_id": "delegates",
}
OPTIONAL = ("from_id", "into_id", "confirmed_by_id")
KEPT = f"what was issued, filed or recorded cannot change: {TABLE}"
ISSUED = "(SELECT status FROM text_versions WHERE id = {row}.text_version_id) = 'ISSUED'"
OLD, NEW = ISSUED.format(row="OLD"), ISSUED.format(row="NEW")
REFUSED = {"UPDATE": f"({OLD}) OR ({NEW})", "DELETE": OLD, "INSERT": NEW}
SAME = "kept.id = NEW.id OR kept.text_version_id = NEW.text_version_id AND kept.provision_id = NEW.provision_id"


def upgrade() -> None:
    kind = sa.Enum(*KINDS, name="lineage_kind", native_enum=False, create_constraint=True, length=40)
    op.create_table(
        TABLE,
        sa.Column("id", sa.String(30), nullable=False),
        *(sa.Column(key, sa.String(30), nullable=key in OPTIONAL) for key in PARENTS),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("kind", kind, nullable=False),
        sa.Column("score", sa.Double(), nullable=False),
        sa.Column("confirmed_at", INSTANT, nullable=True),
        *(sa.ForeignKeyConstraint([key], [f"{of}.id"], op.f(f"fk_{TABLE}_{key}_{of}")) for key, of in PARENTS.items()),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{TABLE}")),
        sa.UniqueConstraint("text_version_id", "provision_id", name=op.f(f"uq_{TABLE}_text_version_id_provision_id")),
    )
    for key in PARENTS:
        if key != "text_version_id":
            op.create_index(op.f(f"ix_{TABLE}_{key}"), TABLE, [key])
    if op.get_bind().dialect.name == "postgresql":
        for operation, when in (*REFUSED.items(), ("TRUNCATE", "TRUE")):
            protect_on_postgresql(operation, when)
        return
    for operation, when in REFUSED.items():
        protect_on_sqlite(operation.lower(), operation, when, KEPT)
    # SQLite's REPLACE removes the row that stands in the way without asking the trigger on DELETE.
    taken = f"EXISTS (SELECT 1 FROM {TABLE} kept WHERE ({SAME}) AND {ISSUED.format(row='kept')})"
    protect_on_sqlite("replace", "INSERT", taken, f"UNIQUE constraint failed: {TABLE}")


def protect_on_postgresql(operation: str, when: str) -> None:
    name = f"{TABLE}_no_{operation.lower()}"
    back = "NULL" if operation == "TRUNCATE" else "OLD" if operation == "DELETE" else "NEW"
    body = f"IF {when} THEN RAISE EXCEPTION '{KEPT}'; END IF; RETURN {back};"
    op.execute(f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {body} END $$")
    each = "STATEMENT" if operation == "TRUNCATE" else "ROW"
    op.execute(f"CREATE TRIGGER {name} BEFORE {operation} ON {TABLE} FOR EACH {each} EXECUTE FUNCTION {name}()")


def protect_on_sqlite(name: str, operation: str, when: str, message: str) -> None:
    refuse = f"WHEN {when} BEGIN SELECT RAISE(ABORT, '{message}'); END"
    op.execute(f"CREATE TRIGGER {TABLE}_no_{name} BEFORE {operation} ON {TABLE} {refuse}")


def downgrade() -> None:
    op.drop_table(TABLE)
    if op.get_bind().dialect.name == "postgresql":
        for operation in (*REFUSED, "TRUNCATE"):
            op.execute(f"DROP FUNCTION {TABLE}_no_{operation.lower()}()")
