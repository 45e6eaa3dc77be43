"""Carry over comments and proposals

Why: when a version is issued, open comments and pending proposals are carried to it. Where a comment now stands, and
what became of an amendment, are rows of their own; once a party has confirmed or restated one, triggers keep it.
Going back loses these rows; the comments and proposals are on the versions they were filed on again.

Revision ID: 0009
Revises: 0008
Create Date: 2026-11-27
"""

import sqlalchemy as sa

from alembic import op

revision: str = "0009"
down_revision: str | None = "0008"

INSTANT = sa.DateTime(timezone=True).with_variant(sa.String(27), "sqlite")
COMMENTS, AMENDMENTS = "carried_comments", "carried_amendments"
SUBJECT = {COMMENTS: "comment_id", AMENDMENTS: "amendment_id"}
PARENTS = {
    COMMENTS: {
        "comment_id": "comments",
        "text_version_id": "text_versions",
        "provision_text_id": "provision_texts",
        "decided_by_id": "delegates",
    },
    AMENDMENTS: {
        "amendment_id": "amendments",
        "text_version_id": "text_versions",
        "provision_id": "provisions",
        "after_id": "provisions",
        "decided_by_id": "delegates",
    },
}
OWN = {
    COMMENTS: (
        ("start", sa.Integer(), True),
        ("end", sa.Integer(), True),
        ("state", ("place_state", "EXACT", "CARRIED", "CONFIRMED", "ORPHAN"), False),
        ("score", sa.Integer(), False),
        ("decided_at", INSTANT, True),
    ),
    AMENDMENTS: (
        ("state", ("carried_state", "EXACT", "STALE", "DONE", "RESTATED", "DROPPED"), False),
        ("wording", sa.Text(), True),
        ("reason", sa.Text(), False),
        ("decided_at", INSTANT, True),
    ),
}
LINKS = (("comment_work", "carried_id", COMMENTS), ("proposal_work", "text_version_id", "text_versions"))


def kind_of(kind: object) -> object:
    if not isinstance(kind, tuple):
        return kind
    name, *members = kind
    return sa.Enum(*members, name=name, native_enum=False, create_constraint=True, length=40)


def upgrade() -> None:
    for table, parents in PARENTS.items():
        required = (SUBJECT[table], "text_version_id")
        unique = op.f(f"uq_{table}_{'_'.join(required)}")
        op.create_table(
            table,
            sa.Column("id", sa.String(30), nullable=False),
            *(sa.Column(key, sa.String(30), nullable=key not in required) for key in parents),
            *(sa.Column(name, kind_of(kind), nullable=nullable) for name, kind, nullable in OWN[table]),
            *(
                sa.ForeignKeyConstraint([key], [f"{of}.id"], op.f(f"fk_{table}_{key}_{of}"))
                for key, of in parents.items()
            ),
            sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
            sa.UniqueConstraint(*required, name=unique),
        )
        for key in parents:
            if key != SUBJECT[table]:
                op.create_index(op.f(f"ix_{table}_{key}"), table, [key])
        keep(table)
    for table, column, of in LINKS:
        with op.batch_alter_table(table) as batch:
            batch.add_column(sa.Column(column, sa.String(30), nullable=True))
            batch.create_index(op.f(f"ix_{table}_{column}"), [column])
            batch.create_foreign_key(op.f(f"fk_{table}_{column}_{of}"), of, [column], ["id"])


def keep(table: str) -> None:
    """Give a table the triggers that keep a row once a party has decided about it."""
    kept = f"what was issued, filed or recorded cannot change: {table}"
    if op.get_bind().dialect.name == "postgresql":
        decided = f"IF OLD.decided_at IS NOT NULL THEN RAISE EXCEPTION '{kept}'; END IF;"
        for operation, each, body in (
            ("UPDATE", "ROW", f"{decided} RETURN NEW;"),
            ("DELETE", "ROW", f"{decided} RETURN OLD;"),
            ("TRUNCATE", "STATEMENT", f"RAISE EXCEPTION '{kept}';"),
        ):
            name = f"{table}_no_{operation.lower()}"
            op.execute(f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {body} END $$")
            op.execute(f"CREATE TRIGGER {name} BEFORE {operation} ON {table} FOR EACH {each} EXECUTE FUNCTION {name}()")
        return
    # SQLite's REPLACE removes the row that stands in the way without asking the trigger on DELETE.
    subject = SUBJECT[table]
    same = f"k.id = NEW.id OR k.{subject} = NEW.{subject} AND k.text_version_id = NEW.text_version_id"
    taken = f"EXISTS (SELECT 1 FROM {table} k WHERE ({same}) AND k.decided_at IS NOT NULL)"
    for name, operation, when, words in (
        ("update", "UPDATE", "OLD.decided_at IS NOT NULL", kept),
        ("delete", "DELETE", "OLD.decided_at IS NOT NULL", kept),
        ("replace", "INSERT", taken, f"UNIQUE constraint failed: {table}"),
    ):
        refuse = f"WHEN {when} BEGIN SELECT RAISE(ABORT, '{words}'); END"
        op.execute(f"CREATE TRIGGER {table}_no_{name} BEFORE {operation} ON {table} {refuse}")


def downgrade() -> None:
    for table, column, of in LINKS:
        with op.batch_alter_table(table) as batch:
            batch.drop_constraint(op.f(f"fk_{table}_{column}_{of}"), type_="foreignkey")
            batch.drop_index(op.f(f"ix_{table}_{column}"))
            batch.drop_column(column)
    for table in PARENTS:
        op.drop_table(table)
        if op.get_bind().dialect.name == "postgresql":
            for operation in ("update", "delete", "truncate"):
                op.execute(f"DROP FUNCTION {table}_no_{operation}()")
