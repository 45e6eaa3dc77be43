"""Conflicts of structure, proposals that stand as a whole, and readings

Why: accepted changes compete for places and sections as well as for words, and those that wait are on record; the
amendments of a proposal stand or wait together unless its proponent said otherwise; a person confirms that they have
read a sentence which several parties wrote together.
Going back loses the conflicts about places and sections, the changes that wait, what proponents said of their
proposals, and the readings; the journal keeps the acts.

Revision ID: 0005
Revises: 0004
Create Date: 2026-11-27
"""

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

from alembic import op

revision: str = "0005"
down_revision: str | None = "0004"

INSTANT = sa.DateTime(timezone=True).with_variant(sa.String(27), "sqlite")
DOCUMENT = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")

KINDS = (
    "TITLE",
    "PRINCIPLE",
    "STANDARD",
    "SECTION",
    "ARTICLE",
    "ANNEX",
    "HEADING",
    "PARAGRAPH",
    "LIST_ITEM",
    "SUB_ITEM",
)
KINDS += ("TABLE", "TABLE_ROW", "FOOTNOTE", "CODE", "BOX")
TABLE = "sentence_readings"
KEPT = f"what was issued, filed or recorded cannot change: {TABLE}"
SAME = "k.id = NEW.id OR k.consolidation_id = NEW.consolidation_id AND k.digest = NEW.digest"


def choice(name: str, *members: str) -> sa.Enum:
    return sa.Enum(*members, name=name, native_enum=False, create_constraint=True, length=40)


def upgrade() -> None:
    triggers = take_triggers()
    with op.batch_alter_table("amendment_proposals") as table:
        table.add_column(sa.Column("is_severable", sa.Boolean(), nullable=False, server_default=sa.false()))
    with op.batch_alter_table("amendments") as table:
        kinds = choice("unit_kind", *KINDS)
        table.add_column(sa.Column("unit_kind", kinds, nullable=True))
        table.add_column(sa.Column("level", sa.Integer(), nullable=True))
        table.add_column(sa.Column("printed_number", sa.Text(), nullable=True))
    with op.batch_alter_table("applied_changes") as table:
        table.add_column(sa.Column("stands", sa.Boolean(), nullable=False, server_default=sa.true()))
        refer(table, "applied_changes", "after_id")
    with op.batch_alter_table("conflict_sides") as table:
        kinds = choice("amendment_kind", "ADD", "MODIFY", "DELETE", "MOVE")
        table.add_column(sa.Column("kind", kinds, nullable=False, server_default="MODIFY"))
        refer(table, "conflict_sides", "placed_id")
        refer(table, "conflict_sides", "after_id")
    with op.batch_alter_table("text_conflicts") as table:
        kinds = choice("conflict_kind", "WORDS", "CELLS", "ORDER", "PLACE", "REMOVAL")
        table.add_column(sa.Column("kind", kinds, nullable=False, server_default="WORDS"))
        table.add_column(sa.Column("standing_ids", DOCUMENT, nullable=False, server_default="[]"))
        table.add_column(sa.Column("rest_stands", sa.Boolean(), nullable=False, server_default=sa.false()))
    create_readings()
    give_triggers(triggers)


def refer(table: object, name: str, column: str) -> None:
    """Add a column that refers to a provision, with its index."""
    table.add_column(sa.Column(column, sa.String(length=30), nullable=True))
    table.create_index(op.f(f"ix_{name}_{column}"), [column])
    table.create_foreign_key(op.f(f"fk_{name}_{column}_provisions"), "provisions", [column], ["id"])


def create_readings() -> None:
    parents = {"consolidation_id": "consolidations", "provision_id": "provisions", "read_by_id": "delegates"}
    op.create_table(
        TABLE,
        sa.Column("id", sa.String(30), nullable=False),
        *(sa.Column(key, sa.String(30), nullable=False) for key in parents),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("read_at", INSTANT, nullable=False),
        *(sa.ForeignKeyConstraint([key], [f"{of}.id"], op.f(f"fk_{TABLE}_{key}_{of}")) for key, of in parents.items()),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{TABLE}")),
        sa.UniqueConstraint("consolidation_id", "digest", name=op.f(f"uq_{TABLE}_consolidation_id_digest")),
    )
    for key in parents:
        op.create_index(op.f(f"ix_{TABLE}_{key}"), TABLE, [key])
    if op.get_bind().dialect.name == "postgresql":
        for operation, each in (("UPDATE", "ROW"), ("DELETE", "ROW"), ("TRUNCATE", "STATEMENT")):
            name, body = f"{TABLE}_no_{operation.lower()}", f"$$ BEGIN RAISE EXCEPTION '{KEPT}'; END $$"
            op.execute(f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS {body}")
            op.execute(f"CREATE TRIGGER {name} BEFORE {operation} ON {TABLE} FOR EACH {each} EXECUTE FUNCTION {name}()")
        return
    # SQLite's REPLACE removes the row that stands in the way without asking the trigger on DELETE.
    taken = f"EXISTS (SELECT 1 FROM {TABLE} k WHERE {SAME})", f"UNIQUE constraint failed: {TABLE}"
    for name, operation, (when, words) in (
        ("update", "UPDATE", ("TRUE", KEPT)),
        ("delete", "DELETE", ("TRUE", KEPT)),
        ("replace", "INSERT", taken),
    ):
        refuse = f"WHEN {when} BEGIN SELECT RAISE(ABORT, '{words}'); END"
        op.execute(f"CREATE TRIGGER {TABLE}_no_{name} BEFORE {operation} ON {TABLE} {refuse}")


def take_triggers() -> list[str]:
    """Drop the triggers on SQLite, where changing a table copies it without them, and return how they were made."""
    if op.get_bind().dialect.name == "postgresql":
        return []
    rows = op.get_bind().execute(sa.text("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")).all()
    for name, _ in rows:
        op.execute(f"DROP TRIGGER {name}")
    return [sql for _, sql in rows]


def give_triggers(triggers: list[str]) -> None:
    for sql in triggers:
        op.get_bind().exec_driver_sql(sql)


def switch_triggers(how: str) -> None:
    """Let rows that are kept go on PostgreSQL, or keep them again."""
    if op.get_bind().dialect.name == "postgresql":
        for table in ("applied_changes", "conflict_sides", "text_conflicts"):
            op.execute(f"ALTER TABLE {table} {how} TRIGGER USER")


def downgrade() -> None:
    op.drop_table(TABLE)
    if op.get_bind().dialect.name == "postgresql":
        for operation in ("update", "delete", "truncate"):
            op.execute(f"DROP FUNCTION {TABLE}_no_{operation}()")
    triggers = take_triggers()
    switch_triggers("DISABLE")
    op.execute("DELETE FROM applied_changes WHERE NOT stands")
    op.execute(
        "DELETE FROM conflict_sides WHERE conflict_id IN "
        "(SELECT id FROM text_conflicts WHERE kind IN ('ORDER', 'PLACE', 'REMOVAL'))"
    )
    op.execute("DELETE FROM text_conflicts WHERE kind IN ('ORDER', 'PLACE', 'REMOVAL')")
    switch_triggers("ENABLE")
    for name, columns in (
        ("text_conflicts", ("rest_stands", "standing_ids", "kind")),
        ("conflict_sides", ("after_id", "placed_id", "kind")),
        ("applied_changes", ("after_id", "stands")),
        ("amendments", ("printed_number", "level", "unit_kind")),
        ("amendment_proposals", ("is_severable",)),
    ):
        with op.batch_alter_table(name) as table:
            for column in columns:
                if column in ("after_id", "placed_id"):
                    table.drop_constraint(op.f(f"fk_{name}_{column}_provisions"), type_="foreignkey")
                    table.drop_index(op.f(f"ix_{name}_{column}"))
                checks = {"text_conflicts": "conflict_kind", "conflict_sides": "amendment_kind"}
                if column in ("kind", "unit_kind"):
                    check = checks.get(name, column)
                    table.drop_constraint(op.f(f"ck_{name}_{check}"), type_="check")
                table.drop_column(column)
    give_triggers(triggers)
