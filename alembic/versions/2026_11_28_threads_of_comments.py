"""Threads of comments

Why: a comment is signed by several parties, is filed under a mandate, is revised while its round is open, stands on a
cell or proposes a new provision, and says its language; other parties can live with it, take their marks back, and
reply. A revised comment keeps its number, so that a number is unique together with the filing; a mark that was taken
back can be made anew, so that it is unique while it stands.
Going back loses replies, co-signatures, marks that were taken back and what comments say beyond what they said before;
comments that were revised stand under the highest numbers of their party.

Revision ID: 0030
Revises: 0029
Create Date: 2026-11-28
"""

import re
from collections.abc import Callable

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

from alembic import op

revision: str = "0030"
down_revision: str | None = "0029"

INSTANT = sa.DateTime(timezone=True).with_variant(sa.String(27), "sqlite")
DOCUMENT = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
KEPT = "what was issued, filed or recorded cannot change: {}"
KINDS = (
    *("TITLE", "PRINCIPLE", "STANDARD", "SECTION", "ARTICLE", "ANNEX", "HEADING", "PARAGRAPH", "LIST_ITEM"),
    *("SUB_ITEM", "TABLE", "TABLE_ROW", "FOOTNOTE", "CODE", "BOX"),
)
NUMBERED = "uq_comments_round_id_party_id_number"
FILED_ONCE = f"{NUMBERED}_filing"
COLUMNS = (
    *(("cell", sa.Integer()), ("addition_kind", sa.String(40)), ("addition_title", sa.Text())),
    *(("addition_words", sa.Text()), ("language", sa.String(12)), ("names_as_filed", DOCUMENT)),
)
PARENTS = {"replaces_id": "comments", "representation_id": "representations"}
MARKS = {"comment_supports": "uq_standing_supports", "comment_oppositions": "uq_standing_oppositions"}
TOLERANCES = "comment_tolerances"
REPLIES = "comment_replies"
SIGNATURES = "co_signatures"
STATUS, ENDED = "ck_comment_work_comment_status", "'REPLACED'"
REPLACED = "comment_work_keep_replaced"
SOURCE = "coalesce((SELECT position FROM provision_texts WHERE id = NEW.provision_text_id), 0)"
STANDING = sa.text("taken_back_at IS NULL")
MODES = ("FOCAL_POINTS", "DELEGATES", "LEADERS")
BACK = ("taken_back_at", "taken_back_by_id")


def upgrade() -> None:
    modes = f"CONSTRAINT ck_rounds_reply_mode CHECK (replies IN ({quoted(MODES)}))"
    op.execute(f"ALTER TABLE rounds ADD COLUMN replies VARCHAR(40) DEFAULT 'FOCAL_POINTS' NOT NULL {modes}")
    extend_comments()
    change_status(add=True)
    for table in MARKS:
        let_marks_be_taken_back(table)
    create_tolerances()
    create_replies()
    create_signatures()


def downgrade() -> None:
    for table in (SIGNATURES, REPLIES, TOLERANCES):
        op.drop_table(table)
    if is_postgresql():
        for table in (REPLIES, TOLERANCES):
            for operation in ("update", "delete", "truncate"):
                op.execute(f"DROP FUNCTION {table}_no_{operation}()")
    for table in MARKS:
        keep_marks_for_good(table)
    change_status(add=False)
    shorten_comments()
    op.drop_column("rounds", "replies")


def is_postgresql() -> bool:
    return op.get_bind().dialect.name == "postgresql"


def quoted(words: tuple[str, ...]) -> str:
    return ", ".join(f"'{word}'" for word in words)


def rebuild(table: str, pattern: str, replacement: str) -> None:
    """Make a table of SQLite anew from its own words with a part changed, with its rows, indexes and all triggers.

    Batch mode of Alembic would lose the triggers, and the indexes over expressions.
    """
    bind = op.get_bind()
    triggers = bind.execute(sa.text("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")).all()
    kept = sa.text("SELECT type, sql FROM sqlite_master WHERE tbl_name = :table AND type <> 'trigger' AND sql <> ''")
    rows = bind.execute(kept, {"table": table}).all()
    words, count = re.subn(pattern, replacement, next(sql for kind, sql in rows if kind == "table"), flags=re.DOTALL)
    assert count == 1, f"{pattern} is in the table {count} times"
    for name, _ in triggers:
        op.execute(f"DROP TRIGGER {name}")
    bind.exec_driver_sql(re.sub(rf'(?<=CREATE TABLE )"?{table}"?', f"new_{table}", words, count=1))
    op.execute(f"INSERT INTO new_{table} SELECT * FROM {table}")
    op.execute(f"DROP TABLE {table}")
    op.execute(f"ALTER TABLE new_{table} RENAME TO {table}")
    for sql in (*(sql for kind, sql in rows if kind == "index"), *(sql for _, sql in triggers)):
        bind.exec_driver_sql(sql)


def extend_comments() -> None:
    for name, kind in COLUMNS:
        op.add_column("comments", sa.Column(name, kind, nullable=True))
    for name in PARENTS:
        op.add_column("comments", sa.Column(name, sa.String(30), nullable=True))
    op.add_column("comments", sa.Column("filing", sa.Integer(), nullable=False, server_default="1"))
    op.add_column("comments", sa.Column("co_signer_ids", DOCUMENT, nullable=False, server_default=sa.text("'[]'")))
    kinds = f"CONSTRAINT ck_comments_unit_kind CHECK (addition_kind IN ({quoted(KINDS)}))"
    keys = [
        f"CONSTRAINT fk_comments_{name}_{of} FOREIGN KEY({name}) REFERENCES {of} (id)" for name, of in PARENTS.items()
    ]
    unique = f"CONSTRAINT {FILED_ONCE} UNIQUE (round_id, party_id, number, filing)"
    if is_postgresql():
        op.drop_constraint(NUMBERED, "comments")
        for each in (unique, kinds, *keys):
            op.execute(f"ALTER TABLE comments ADD {each}")
    else:
        rebuild("comments", unique_of(NUMBERED), ", ".join((unique, kinds, *keys)))
        guard_comments(("round_id", "party_id", "number", "filing"))
    for name in PARENTS:
        op.create_index(op.f(f"ix_comments_{name}"), "comments", [name])


def unique_of(name: str) -> str:
    return rf"CONSTRAINT {name} UNIQUE \([^)]*\)"


def guard_comments(key: tuple[str, ...], unguarded: tuple[str, ...] = ()) -> None:
    """Make the triggers of SQLite anew that name the columns of a comment, or its unique key."""
    columns = [column["name"] for column in sa.inspect(op.get_bind()).get_columns("comments")]
    same = " AND ".join(f'OLD."{name}" IS NEW."{name}"' for name in columns if name not in ("position", *unguarded))
    refused = f"OLD.submitted_at IS NOT NULL AND NOT (NOT NEW.position <> {SOURCE} AND {same})"
    taken = f"kept.id = NEW.id OR {' AND '.join(f'kept.{name} = NEW.{name}' for name in key)}"
    taken = f"EXISTS (SELECT 1 FROM comments kept WHERE ({taken}) AND kept.submitted_at IS NOT NULL)"
    for name, operation, when, words in (
        ("comments_no_update", "UPDATE", refused, KEPT.format("comments")),
        ("comments_no_replace", "INSERT", taken, "UNIQUE constraint failed: comments"),
    ):
        op.execute(f"DROP TRIGGER IF EXISTS {name}")
        refuse_on_sqlite(name, operation, "comments", when, words)


def refuse_on_sqlite(name: str, operation: str, table: str, when: str, words: str) -> None:
    refuse = f"WHEN {when} BEGIN SELECT RAISE(ABORT, '{words}'); END"
    op.execute(f"CREATE TRIGGER {name} BEFORE {operation} ON {table} {refuse}")


def shorten_comments() -> None:
    if is_postgresql():
        op.execute("ALTER TABLE comments DISABLE TRIGGER USER")
    else:
        op.execute("DROP TRIGGER comments_no_update")
    highest = "(SELECT max(o.number) FROM comments o WHERE o.round_id = c.round_id AND o.party_id = c.party_id)"
    revised = sa.text(f"SELECT c.id, {highest} AS highest, c.round_id, c.party_id FROM comments c WHERE c.filing > 1")
    given: dict[tuple[str, str], int] = {}
    for row in op.get_bind().execute(revised).all():
        number = given[row.round_id, row.party_id] = given.get((row.round_id, row.party_id), row.highest) + 1
        renumber = sa.text("UPDATE comments SET number = :number WHERE id = :id")
        op.get_bind().execute(renumber, {"number": number, "id": row.id})
    for name in PARENTS:
        op.drop_index(op.f(f"ix_comments_{name}"), "comments")
    names = [*(name for name, _ in COLUMNS), *PARENTS, "filing", "co_signer_ids"]
    if is_postgresql():
        op.execute("ALTER TABLE comments ENABLE TRIGGER USER")
        for name in names:
            op.drop_column("comments", name)
        op.create_unique_constraint(NUMBERED, "comments", ["round_id", "party_id", "number"])
        return
    op.execute("DROP TRIGGER comments_no_replace")
    parts = rf"{unique_of(FILED_ONCE)}, CONSTRAINT ck_comments_unit_kind .*?\)\)(, CONSTRAINT fk_comments_re\w+ "
    parts += r"FOREIGN KEY\(\w+\) REFERENCES \w+ \(id\)){2}"
    rebuild("comments", parts, f"CONSTRAINT {NUMBERED} UNIQUE (round_id, party_id, number)")
    for name in names:
        op.drop_column("comments", name)
    # What the revisions before this one added was not guarded, and is taken away by them.
    guard_comments(("round_id", "party_id", "number"), unguarded=("reference", "is_late"))


def change_status(*, add: bool) -> None:
    """Let comments be REPLACED, or no longer; other statuses stay as they are."""
    if add:
        alter_status(lambda words: f"{words}, {ENDED}")
        when = "OLD.status = 'REPLACED' AND NEW.status <> 'REPLACED'"
        words = "the handling of a comment goes forward, and a recorded answer stands"
        if is_postgresql():
            guard_on_postgresql(REPLACED, "comment_work", "UPDATE", when, words)
        else:
            refuse_on_sqlite(REPLACED, "UPDATE", "comment_work", when, words)
        return
    op.execute(f"DROP TRIGGER {REPLACED}{' ON comment_work' if is_postgresql() else ''}")
    if is_postgresql():
        op.execute(f"DROP FUNCTION {REPLACED}()")
    op.execute("UPDATE comment_work SET status = 'WITHDRAWN' WHERE status = 'REPLACED'")
    alter_status(lambda words: words.replace(f", {ENDED}", ""))


def alter_status(change: Callable[[str], str]) -> None:
    """Make the check of the statuses anew, with the list of them changed."""
    bind = op.get_bind()
    if not is_postgresql():
        words = bind.scalar(sa.text("SELECT sql FROM sqlite_master WHERE name = 'comment_work' AND type = 'table'"))
        found = re.search(rf"CONSTRAINT {STATUS} CHECK \(status IN \(([^)]*)\)\)", words)
        assert found, words
        rebuild("comment_work", re.escape(found[1]), change(found[1]))
        return
    query = sa.text("SELECT pg_get_constraintdef(oid) FROM pg_constraint WHERE conname = :name")
    statuses = re.findall(r"'(\w+)'", bind.scalar(query, {"name": STATUS}))
    op.drop_constraint(op.f(STATUS), "comment_work")
    op.create_check_constraint(op.f(STATUS), "comment_work", f"status IN ({change(quoted(tuple(statuses)))})")


def let_marks_be_taken_back(table: str) -> None:
    op.add_column(table, sa.Column("taken_back_at", INSTANT, nullable=True))
    op.add_column(table, sa.Column("taken_back_by_id", sa.String(30), nullable=True))
    name = f"uq_{table}_comment_id_party_id"
    key = f"CONSTRAINT fk_{table}_taken_back_by_id_delegates FOREIGN KEY(taken_back_by_id) REFERENCES delegates (id)"
    if is_postgresql():
        op.drop_constraint(name, table)
        op.execute(f"ALTER TABLE {table} ADD {key}")
    else:
        rebuild(table, unique_of(name), key)
    op.create_index(MARKS[table], table, ["comment_id", "party_id"], unique=True, **where(STANDING))
    op.create_index(op.f(f"ix_{table}_taken_back_by_id"), table, ["taken_back_by_id"])
    replace_guards(table, standing=True)


def where(condition: object) -> dict[str, object]:
    return {"sqlite_where": condition, "postgresql_where": condition}


def keep_marks_for_good(table: str) -> None:
    back = f"DELETE FROM {table} WHERE taken_back_at IS NOT NULL"
    name = f"uq_{table}_comment_id_party_id"
    if is_postgresql():
        op.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        op.execute(back)
        op.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")
    else:
        op.execute(f"DROP TRIGGER {table}_no_delete")
        op.execute(back)
        refuse_on_sqlite(f"{table}_no_delete", "DELETE", table, "TRUE", KEPT.format(table))
    op.drop_index(MARKS[table], table)
    op.drop_index(op.f(f"ix_{table}_taken_back_by_id"), table)
    replace_guards(table, standing=False)
    if is_postgresql():
        op.create_unique_constraint(name, table, ["comment_id", "party_id"])
    else:
        key = rf"CONSTRAINT fk_{table}_taken_back_by_id_delegates FOREIGN KEY\(\w+\) REFERENCES delegates \(id\)"
        rebuild(table, key, f"CONSTRAINT {name} UNIQUE (comment_id, party_id)")
    for column in BACK:
        op.drop_column(table, column)


def replace_guards(table: str, *, standing: bool) -> None:
    """Let a row of a table become one that was taken back, and nothing else; or keep it as it is for good."""
    refused = changed_otherwise(table) if standing else "TRUE"
    if is_postgresql():
        body = f"IF {refused} THEN RAISE EXCEPTION '{KEPT.format(table)}'; END IF; RETURN NEW;"
        body = f"$$ BEGIN {body} END $$"
        op.execute(f"CREATE OR REPLACE FUNCTION {table}_no_update() RETURNS trigger LANGUAGE plpgsql AS {body}")
        return
    for operation in ("update", "replace"):
        op.execute(f"DROP TRIGGER {table}_no_{operation}")
    refuse_on_sqlite(f"{table}_no_update", "UPDATE", table, refused, KEPT.format(table))
    standing_too = " AND kept.taken_back_at IS NULL" if standing else ""
    same = f"kept.id = NEW.id OR kept.comment_id = NEW.comment_id AND kept.party_id = NEW.party_id{standing_too}"
    taken = f"EXISTS (SELECT 1 FROM {table} kept WHERE {same})"
    refuse_on_sqlite(f"{table}_no_replace", "INSERT", table, taken, f"UNIQUE constraint failed: {table}")


def changed_otherwise(table: str) -> str:
    """Return the condition that an update does more than to take back a row that stands."""
    names = [column["name"] for column in sa.inspect(op.get_bind()).get_columns(table)]
    same = " AND ".join(f'OLD."{name}" = NEW."{name}"' for name in names if name not in (*BACK, *NULLABLE))
    same += "".join(
        f" AND coalesce(OLD.\"{name}\", '') = coalesce(NEW.\"{name}\", '')" for name in NULLABLE if name in names
    )
    return f"NOT (OLD.taken_back_at IS NULL AND NEW.taken_back_at IS NOT NULL AND {same})"


NULLABLE = ("representation_id", "answers_id")


def create_tolerances() -> None:
    parents = {"comment_id": "comments", "party_id": "parties", "delegate_id": "delegates"}
    create_said(TOLERANCES, parents, {}, sa.Column("tolerated_at", INSTANT, nullable=False))
    op.create_index("uq_standing_tolerances", TOLERANCES, ["comment_id", "party_id"], unique=True, **where(STANDING))
    for key in ("party_id", "delegate_id", "taken_back_by_id"):
        op.create_index(op.f(f"ix_{TOLERANCES}_{key}"), TOLERANCES, [key])
    same = "kept.comment_id = NEW.comment_id AND kept.party_id = NEW.party_id AND kept.taken_back_at IS NULL"
    guard(TOLERANCES, same)


def create_replies() -> None:
    parents = {"comment_id": "comments", "party_id": "parties", "delegate_id": "delegates"}
    create_said(
        REPLIES,
        parents,
        {"representation_id": "representations", "answers_id": REPLIES},
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("language", sa.String(12), nullable=False),
        sa.Column("as_leader", sa.Boolean(), nullable=False),
        sa.Column("replied_at", INSTANT, nullable=False),
        sa.UniqueConstraint("comment_id", "number", name=op.f(f"uq_{REPLIES}_comment_id_number")),
    )
    for key in ("party_id", "delegate_id", "representation_id", "answers_id", "taken_back_by_id"):
        op.create_index(op.f(f"ix_{REPLIES}_{key}"), REPLIES, [key])
    guard(REPLIES, "kept.comment_id = NEW.comment_id AND kept.number = NEW.number")


def create_said(table: str, parents: dict[str, str], optional: dict[str, str], *rest: object) -> None:
    """Create a table of what a delegate says of a comment, which can be taken back."""
    references = parents | optional | {"taken_back_by_id": "delegates"}
    op.create_table(
        table,
        sa.Column("id", sa.String(30), nullable=False),
        *(sa.Column(key, sa.String(30), nullable=key not in parents) for key in references),
        *rest,
        sa.Column("taken_back_at", INSTANT, nullable=True),
        *(
            sa.ForeignKeyConstraint([key], [f"{of}.id"], op.f(f"fk_{table}_{key}_{of}"))
            for key, of in references.items()
        ),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
    )


def guard(table: str, same: str) -> None:
    """Let a row of a new table be taken back, and nothing else."""
    refused, words = changed_otherwise(table), KEPT.format(table)
    if is_postgresql():
        guard_on_postgresql(f"{table}_no_update", table, "UPDATE", refused, words)
        guard_on_postgresql(f"{table}_no_delete", table, "DELETE", "TRUE", words)
        guard_on_postgresql(f"{table}_no_truncate", table, "TRUNCATE", "TRUE", words)
        return
    taken = f"EXISTS (SELECT 1 FROM {table} kept WHERE kept.id = NEW.id OR {same})"
    refuse_on_sqlite(f"{table}_no_update", "UPDATE", table, refused, words)
    refuse_on_sqlite(f"{table}_no_delete", "DELETE", table, "TRUE", words)
    refuse_on_sqlite(f"{table}_no_replace", "INSERT", table, taken, f"UNIQUE constraint failed: {table}")


def guard_on_postgresql(name: str, table: str, operation: str, refused: str, words: str) -> None:
    back = "NULL" if operation == "TRUNCATE" else "OLD" if operation == "DELETE" else "NEW"
    body = f"$$ BEGIN IF {refused} THEN RAISE EXCEPTION '{words}'; END IF; RETURN {back}; END $$"
    op.execute(f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS {body}")
    each = "STATEMENT" if operation == "TRUNCATE" else "ROW"
    op.execute(f"CREATE TRIGGER {name} BEFORE {operation} ON {table} FOR EACH {each} EXECUTE FUNCTION {name}()")


def create_signatures() -> None:
    states = ("ASKED", "CONFIRMED", "DECLINED", "LEFT_OUT")
    parents = {"comment_id": "comments", "party_id": "parties", "answered_by_id": "delegates"}
    state = sa.Enum(*states, name="co_signature_state", native_enum=False, create_constraint=True, length=40)
    op.create_table(
        SIGNATURES,
        sa.Column("id", sa.String(30), nullable=False),
        *(sa.Column(key, sa.String(30), nullable=key == "answered_by_id") for key in parents),
        sa.Column("state", state, nullable=False),
        sa.Column("asked_at", INSTANT, nullable=False),
        sa.Column("answered_at", INSTANT, nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("words_digest", sa.String(64), nullable=True),
        *(
            sa.ForeignKeyConstraint([key], [f"{of}.id"], op.f(f"fk_{SIGNATURES}_{key}_{of}"))
            for key, of in parents.items()
        ),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{SIGNATURES}")),
        sa.UniqueConstraint("comment_id", "party_id", name=op.f(f"uq_{SIGNATURES}_comment_id_party_id")),
    )
    for key in ("party_id", "answered_by_id"):
        op.create_index(op.f(f"ix_{SIGNATURES}_{key}"), SIGNATURES, [key])
