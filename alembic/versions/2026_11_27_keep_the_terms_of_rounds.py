"""Keep the terms of rounds

Why: the server keeps the window and the seal of a round, files nothing after it closed and never takes an answer back.
These triggers hold everybody else to it who writes to the database. They hold for what is written from now on; no row
that is there is examined. Going back removes the triggers and keeps every row.

Revision ID: 0019
Revises: 0018
Create Date: 2026-11-27
"""

from alembic import op

revision: str = "0019"
down_revision: str | None = "0018"

FIXED = (
    *("id", "text_version_id", "body_id", "title", "opens_at", "zone", "visibility", "called_by_id", "called_at"),
    *("open_to_members", "open_to_observers", "open_to_private_sector"),
)
"""Columns of a round that never change."""
CHANGED = " OR ".join(f"NEW.{column} <> OLD.{column}" for column in FIXED)
TERMS = f"{CHANGED} OR NEW.closes_at < OLD.closes_at OR (OLD.status <> 'CALLED' AND NEW.status <> OLD.status)"
UNEXTENDED = (
    "NEW.closes_at <> OLD.closes_at AND NOT EXISTS (SELECT 1 FROM round_extensions e WHERE e.round_id = NEW.id "
    "AND e.closed_at_before = OLD.closes_at AND e.closes_at_after = NEW.closes_at)"
)
"""The release before moves the instant first and files the extension then. PostgreSQL looks at the commit; SQLite can
only look at once, and lets pass what counts as one more revision of the round, which `verify-journal` looks after."""
EXTENSION = "rounds_keep_extension"
SINCE = {
    "postgresql": "(SELECT max(at) FROM journal) - r.closes_at > interval '1 minute'",
    "sqlite": "julianday((SELECT max(at) FROM journal)) - julianday(r.closes_at) > 1.0 / 1440",
}
"""That something happened a minute after a round closed. A filing that began in time can be written a moment later."""
LATE = (
    "NEW.submitted_at IS NOT NULL AND {unfiled} EXISTS (SELECT 1 FROM rounds r WHERE r.id = NEW.round_id "
    "AND (NEW.submitted_at < r.opens_at OR NEW.submitted_at >= r.closes_at OR {since}))"
)
ANSWERED = (
    "EXISTS (SELECT 1 FROM comment_work w WHERE w.comment_id = NEW.comment_id "
    "AND w.status NOT IN ('SUBMITTED', 'DISPOSITION_PROPOSED')) OR EXISTS (SELECT 1 FROM comments c "
    "JOIN rounds r ON r.id = c.round_id WHERE c.id = NEW.comment_id AND NEW.decided_at < r.closes_at)"
)
RECORDED = (
    "EXISTS (SELECT 1 FROM dispositions d WHERE d.id = NEW.disposition_id AND d.comment_id = NEW.comment_id "
    "AND d.stage = 'RECORDED')"
)
HANDLING = (
    "NEW.comment_id <> OLD.comment_id OR (OLD.status <> 'DRAFT' AND NEW.status = 'DRAFT') "
    "OR (OLD.status = 'WITHDRAWN' AND NEW.status <> 'WITHDRAWN') "
    "OR (OLD.status = 'DISPOSED' AND NEW.status NOT IN ('DISPOSED', 'SUBMITTED')) "
    "OR (OLD.disposition_id IS NOT NULL AND NEW.disposition_id IS NULL) "
    f"OR (NEW.status = 'DISPOSED' AND NOT {RECORDED})"
)
WINDOW = "a round takes comments in its window only"
ANSWER = "an answer is given once, after the round has closed"
ROUND = "the terms of a round change by an extension only"
STATE = "the handling of a comment goes forward, and a recorded answer stands"


def guards(dialect: str) -> list[tuple[str, str, str, str, str]]:
    """(name, table, when, condition under which it is refused, message)."""
    since, postgresql = SINCE[dialect], dialect == "postgresql"
    every = [
        ("rounds_keep_terms", "rounds", "BEFORE UPDATE", TERMS, ROUND),
        ("rounds_keep_delete", "rounds", "BEFORE DELETE", "TRUE", ROUND),
        ("comments_keep_window", "comments", "BEFORE INSERT", LATE.format(unfiled="", since=since), WINDOW),
        (
            "comments_keep_filing",
            "comments",
            "BEFORE UPDATE",
            LATE.format(unfiled="OLD.submitted_at IS NULL AND", since=since),
            WINDOW,
        ),
        ("dispositions_keep_order", "dispositions", "BEFORE INSERT", ANSWERED, ANSWER),
        ("comment_work_keep_state", "comment_work", "BEFORE UPDATE", HANDLING, STATE),
        ("comment_work_keep_delete", "comment_work", "BEFORE DELETE", "OLD.status <> 'DRAFT'", STATE),
    ]
    if postgresql:
        tables = {"rounds": ROUND, "comment_work": STATE}
        return every + [(f"{t}_keep_truncate", t, "BEFORE TRUNCATE", "TRUE", m) for t, m in tables.items()]
    every.append((EXTENSION, "rounds", "BEFORE UPDATE", f"{UNEXTENDED} AND NEW.version <> OLD.version + 1", ROUND))
    taken = {"rounds": "id", "comment_work": "comment_id"}
    return every + [
        (
            f"{table}_keep_replace",
            table,
            "BEFORE INSERT",
            f"EXISTS (SELECT 1 FROM {table} kept WHERE kept.{key} = NEW.{key})",
            f"UNIQUE constraint failed: {table}",
        )
        for table, key in taken.items()
    ]


def upgrade() -> None:
    dialect = op.get_bind().dialect.name
    for name, table, when, refused, message in guards(dialect):
        if dialect == "sqlite":
            refuse = f"BEGIN SELECT RAISE(ABORT, '{message}'); END"
            op.execute(f"CREATE TRIGGER {name} {when} ON {table} WHEN {refused} {refuse}")
            continue
        back = "NULL" if "TRUNCATE" in when else "OLD" if "DELETE" in when else "NEW"
        body = f"IF {refused} THEN RAISE EXCEPTION '{message}'; END IF; RETURN {back};"
        op.execute(f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {body} END $$")
        each = "STATEMENT" if "TRUNCATE" in when else "ROW"
        op.execute(f"CREATE TRIGGER {name} {when} ON {table} FOR EACH {each} EXECUTE FUNCTION {name}()")
    if dialect == "postgresql":
        body = f"IF {UNEXTENDED} THEN RAISE EXCEPTION '{ROUND}'; END IF; RETURN NULL;"
        op.execute(f"CREATE FUNCTION {EXTENSION}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {body} END $$")
        op.execute(
            f"CREATE CONSTRAINT TRIGGER {EXTENSION} AFTER UPDATE ON rounds DEFERRABLE INITIALLY DEFERRED "
            f"FOR EACH ROW EXECUTE FUNCTION {EXTENSION}()"
        )


def downgrade() -> None:
    dialect = op.get_bind().dialect.name
    deferred = [(EXTENSION, "rounds")] if dialect == "postgresql" else []
    for name, table in [*(guard[:2] for guard in guards(dialect)), *deferred]:
        op.execute(f"DROP TRIGGER {name} ON {table}" if dialect == "postgresql" else f"DROP TRIGGER {name}")
        if dialect == "postgresql":
            op.execute(f"DROP FUNCTION {name}()")
