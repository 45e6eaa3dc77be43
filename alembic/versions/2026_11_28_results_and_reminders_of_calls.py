"""Published results of calls for inputs, reminders before they close, and the order of titles

Why: the statistics of a call are given to everybody whom it asks by an act, once and for good; and those who ask remind
the parties that have not answered, as they do in rounds. Lists of texts, work plans and applications are ordered by a
key beside their title or name, as those of parties are. Going back loses the instants at which results were published
and the reminders; the journal keeps the acts.

Revision ID: 0041
Revises: 0040
Create Date: 2026-11-28
"""

import unicodedata

import sqlalchemy as sa

from alembic import op

revision: str = "0041"
down_revision: str | None = "0040"

INSTANT = sa.DateTime(timezone=True).with_variant(sa.String(27), "sqlite")
GUARD = "calls_keep_results"
REFUSED = "OLD.published_at IS NOT NULL AND (NEW.published_at IS NULL OR NEW.published_at <> OLD.published_at)"
MESSAGE = "results of a call are published once"
TITLES = {"instruments": "short_title", "work_plans": "title", "applications": "name"}
"""The column by which lists are ordered, by table."""
LONGEST = 200
PLAIN = str.maketrans(
    {
        **{"æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "ł": "l", "ħ": "h", "ŋ": "n", "ŧ": "t"},
        **{"\u0131": "i", "ĸ": "k"},
        **dict.fromkeys("'`\u00b4\u02bb\u02bc\u2018\u2019", ""),
    }
)


def key_of(name: str) -> str:
    letters = [each for each in unicodedata.normalize("NFKD", name.casefold()) if not unicodedata.combining(each)]
    plain = "".join(letters).translate(PLAIN)
    spaced = "".join(" " if unicodedata.category(each).startswith("P") else each for each in plain)
    return " ".join(spaced.split())[:LONGEST]


def upgrade() -> None:
    op.add_column("calls", sa.Column("published_at", INSTANT, nullable=True))
    op.create_table(
        "call_reminders",
        sa.Column("id", sa.String(30), nullable=False),
        sa.Column("call_id", sa.String(30), nullable=False),
        sa.Column("due_at", INSTANT, nullable=False),
        sa.Column("asked_by_id", sa.String(30), nullable=False),
        sa.Column("asked_at", INSTANT, nullable=False),
        sa.Column("sent_at", INSTANT, nullable=True),
        sa.Column("letter_count", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["call_id"], ["calls.id"], op.f("fk_call_reminders_call_id_calls")),
        sa.ForeignKeyConstraint(["asked_by_id"], ["delegates.id"], op.f("fk_call_reminders_asked_by_id_delegates")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_call_reminders")),
        sa.UniqueConstraint("call_id", "due_at", name=op.f("uq_call_reminders_call_id_due_at")),
    )
    op.create_index(op.f("ix_call_reminders_asked_by_id"), "call_reminders", ["asked_by_id"])
    op.create_index("ix_call_reminders_due", "call_reminders", ["sent_at", "due_at"])
    add_keys()
    if op.get_bind().dialect.name == "sqlite":
        refuse = f"BEGIN SELECT RAISE(ABORT, '{MESSAGE}'); END"
        op.execute(f"CREATE TRIGGER {GUARD} BEFORE UPDATE ON calls WHEN {REFUSED} {refuse}")
        return
    body = f"IF {REFUSED} THEN RAISE EXCEPTION '{MESSAGE}'; END IF; RETURN NEW;"
    op.execute(f"CREATE FUNCTION {GUARD}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {body} END $$")
    op.execute(f"CREATE TRIGGER {GUARD} BEFORE UPDATE ON calls FOR EACH ROW EXECUTE FUNCTION {GUARD}()")


def add_keys() -> None:
    connection = op.get_bind()
    kind = sa.String(LONGEST, collation="C" if connection.dialect.name == "postgresql" else None)
    for table, column in TITLES.items():
        key = f"{column}_key"
        op.add_column(table, sa.Column(key, kind, nullable=False, server_default=""))
        known = sa.table(table, sa.column("id"), sa.column(column), sa.column(key))
        for id_, title in connection.execute(sa.select(known.c.id, known.c[column])).all():
            connection.execute(sa.update(known).where(known.c.id == id_).values({key: key_of(title)}))
        op.create_index(f"ix_{table}_{key}", table, [key])


def downgrade() -> None:
    for table, column in TITLES.items():
        op.drop_index(f"ix_{table}_{column}_key", table_name=table)
        op.drop_column(table, f"{column}_key")
    is_postgresql = op.get_bind().dialect.name == "postgresql"
    op.execute(f"DROP TRIGGER {GUARD}" + (" ON calls" if is_postgresql else ""))
    if is_postgresql:
        op.execute(f"DROP FUNCTION {GUARD}()")
    op.drop_table("call_reminders")
    op.drop_column("calls", "published_at")
