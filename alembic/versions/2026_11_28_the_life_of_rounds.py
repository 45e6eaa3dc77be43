"""The life of rounds

Why: a round has a code that papers cite, a scope, a group, types and limits; it can be paused, closed early, corrected
and reported; a party is admitted to comment after the close. Every column is empty in the rows that are there, so that
their digests in the journal stay, and a server of the release before works with them.
Going back loses all of this; what was closed with its round is submitted again, and a paused round is called.

Revision ID: 0026
Revises: 0025
Create Date: 2026-11-28
"""

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

from alembic import op

revision: str = "0026"
down_revision: str | None = "0025"

INSTANT = sa.DateTime(timezone=True).with_variant(sa.String(27), "sqlite")
DOCUMENT = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")

OLD_ROUND = ("CALLED", "COMPLETED", "CANCELLED")
NEW_ROUND = ("CALLED", "PAUSED", "COMPLETED", "REPORTED", "CANCELLED")
OLD_COMMENT = ("DRAFT", "SUBMITTED", "DISPOSITION_PROPOSED", "DISPOSED", "WITHDRAWN")
NEW_COMMENT = (*OLD_COMMENT, "CLOSED_WITH_ROUND")
VISIBILITY = ("IMMEDIATE", "AFTER_CLOSE", "SECRETARIAT_AND_COORDINATORS")
SCOPE = ("WHOLE", "CHANGED", "NAMED")
STEPS = ("REVISED", "PAUSED", "RESUMED", "CLOSED_EARLY", "REPORTED", "CANCELLED")
LATE = ("ASKED", "ADMITTED", "REFUSED")
PLAIN = (
    ("code", sa.String(12)),
    ("provision_keys", DOCUMENT),
    ("is_without_general", sa.Boolean()),
    ("types", DOCUMENT),
    ("most_comments", sa.Integer()),
    ("most_characters", sa.Integer()),
    ("reminder_days", DOCUMENT),
    ("announced_closes_at", INSTANT),
    ("answers_began_at", INSTANT),
)
LINKS = (("group_id", "bodies"), ("since_version_id", "text_versions"), ("reported_version_id", "text_versions"))


def one_of(column: str, members: tuple[str, ...]) -> str:
    return f"{column} IN ({', '.join(map(repr, members))})"


def choice(name: str, members: tuple[str, ...]) -> sa.Enum:
    return sa.Enum(*members, name=name, native_enum=False, create_constraint=True, length=40)


def is_sqlite() -> bool:
    return op.get_bind().dialect.name == "sqlite"


def take_triggers() -> list[str]:
    """Drop the triggers on SQLite, where changing a table copies it without them, and return how they were made."""
    if not is_sqlite():
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
    if not is_sqlite():
        for table in ("rounds", "comment_work"):
            op.execute(f"ALTER TABLE {table} {how} TRIGGER USER")


def check_rounds(batch: object, statuses: tuple[str, ...]) -> None:
    """Make the checks of the rounds: the copy that SQLite makes of a table has none."""
    if is_sqlite():
        batch.create_check_constraint(op.f("ck_rounds_window"), "opens_at < closes_at")
        batch.create_check_constraint(op.f("ck_rounds_round_visibility"), one_of("visibility", VISIBILITY))
    else:
        batch.drop_constraint(op.f("ck_rounds_round_status"), type_="check")
    batch.create_check_constraint(op.f("ck_rounds_round_status"), one_of("status", statuses))


def check_work(statuses: tuple[str, ...]) -> None:
    with op.batch_alter_table("comment_work") as batch:
        if not is_sqlite():
            batch.drop_constraint(op.f("ck_comment_work_comment_status"), type_="check")
        batch.create_check_constraint(op.f("ck_comment_work_comment_status"), one_of("status", statuses))


def upgrade() -> None:
    triggers = take_triggers()
    with op.batch_alter_table("rounds") as batch:
        for name, kind in PLAIN:
            batch.add_column(sa.Column(name, kind, nullable=True))
        batch.add_column(sa.Column("scope", choice("round_scope", SCOPE), nullable=True))
        for name, of in LINKS:
            batch.add_column(sa.Column(name, sa.String(30), nullable=True))
            batch.create_index(op.f(f"ix_rounds_{name}"), [name])
            batch.create_foreign_key(op.f(f"fk_rounds_{name}_{of}"), of, [name], ["id"])
        batch.create_index(op.f("ix_rounds_code"), ["code"], unique=True)
        check_rounds(batch, NEW_ROUND)
    check_work(NEW_COMMENT)
    op.add_column("comments", sa.Column("reference", sa.Text(), nullable=True))
    op.add_column("comments", sa.Column("is_late", sa.Boolean(), nullable=True))
    create_steps()
    create_admissions()
    give_triggers(triggers)


def create_steps() -> None:
    table, links = "round_steps", {"round_id": "rounds", "taken_by_id": "delegates"}
    op.create_table(
        table,
        sa.Column("id", sa.String(30), nullable=False),
        *(sa.Column(key, sa.String(30), nullable=False) for key in links),
        sa.Column("kind", choice("round_step_kind", STEPS), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("taken_at", INSTANT, nullable=False),
        sa.Column("round_revision", sa.Integer(), nullable=False),
        sa.Column("closes_before", INSTANT, nullable=True),
        sa.Column("closes_after", INSTANT, nullable=True),
        sa.Column("changed", DOCUMENT, nullable=False, server_default="[]"),
        *(sa.ForeignKeyConstraint([key], [f"{of}.id"], op.f(f"fk_{table}_{key}_{of}")) for key, of in links.items()),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
    )
    for key in links:
        op.create_index(op.f(f"ix_{table}_{key}"), table, [key])


def create_admissions() -> None:
    table = "late_admissions"
    links = {"round_id": "rounds", "party_id": "parties", "asked_by_id": "delegates", "decided_by_id": "delegates"}
    op.create_table(
        table,
        sa.Column("id", sa.String(30), nullable=False),
        *(sa.Column(key, sa.String(30), nullable=key == "decided_by_id") for key in links),
        sa.Column("status", choice("late_status", LATE), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("asked_at", INSTANT, nullable=False),
        sa.Column("admitted_until", INSTANT, nullable=True),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("decided_at", INSTANT, nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        *(sa.ForeignKeyConstraint([key], [f"{of}.id"], op.f(f"fk_{table}_{key}_{of}")) for key, of in links.items()),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
        sa.UniqueConstraint("round_id", "party_id", name=op.f(f"uq_{table}_round_id_party_id")),
    )
    for key in (*links, "asked_at"):
        if key != "round_id":
            op.create_index(op.f(f"ix_{table}_{key}"), table, [key])


def downgrade() -> None:
    triggers = take_triggers()
    op.drop_table("late_admissions")
    op.drop_table("round_steps")
    switch_triggers("DISABLE")
    op.execute("UPDATE rounds SET status = 'CALLED' WHERE status = 'PAUSED'")
    op.execute("UPDATE rounds SET status = 'COMPLETED' WHERE status = 'REPORTED'")
    drafts = "comment_id IN (SELECT id FROM comments WHERE submitted_at IS NULL)"
    op.execute(f"UPDATE comment_work SET status = 'DRAFT' WHERE status = 'CLOSED_WITH_ROUND' AND {drafts}")
    op.execute("UPDATE comment_work SET status = 'SUBMITTED' WHERE status = 'CLOSED_WITH_ROUND'")
    switch_triggers("ENABLE")
    op.drop_column("comments", "is_late")
    op.drop_column("comments", "reference")
    check_work(OLD_COMMENT)
    with op.batch_alter_table("rounds") as batch:
        batch.drop_index(op.f("ix_rounds_code"))
        for name, of in LINKS:
            batch.drop_constraint(op.f(f"fk_rounds_{name}_{of}"), type_="foreignkey")
            batch.drop_index(op.f(f"ix_rounds_{name}"))
            batch.drop_column(name)
        for name, _ in PLAIN:
            batch.drop_column(name)
        batch.drop_constraint(op.f("ck_rounds_round_scope"), type_="check")
        batch.drop_column("scope")
        check_rounds(batch, OLD_ROUND)
    give_triggers(triggers)
