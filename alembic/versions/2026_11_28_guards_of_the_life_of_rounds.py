"""Guards of the life of rounds

Why: the triggers of 0019 let a round change by an extension only. Now its terms may also be corrected, and it may be
closed early, each with a step that says so; a party that was admitted files after the close; a comment that was closed
with its round stays closed. Steps never change. Going back makes the triggers of before again.

Revision ID: 0027
Revises: 0026
Create Date: 2026-11-28
"""

from alembic import op

revision: str = "0027"
down_revision: str | None = "0026"

FOR_EVER = ("id", "text_version_id", "body_id", "called_by_id", "called_at")
"""Columns of a round that never change."""
AT_FIRST = ("opens_at", "zone", "visibility", "open_to_members", "open_to_observers", "open_to_private_sector")
AT_FIRST_OR_EMPTY = ("group_id", "scope", "since_version_id", "provision_keys", "is_without_general")
"""Columns that are corrected before the round opens only; the second ones may be empty."""
LATER = ("types", "most_comments", "most_characters", "reminder_days")
"""Columns that are corrected later as well, as is the title."""
DIFFERS = {"postgresql": "IS DISTINCT FROM", "sqlite": "IS NOT"}
SINCE = {
    "postgresql": "(SELECT max(at) FROM journal) - r.closes_at > interval '1 minute'",
    "sqlite": "julianday((SELECT max(at) FROM journal)) - julianday(r.closes_at) > 1.0 / 1440",
}
STEP = "EXISTS (SELECT 1 FROM round_steps s WHERE s.round_id = NEW.id AND s.round_revision = NEW.version AND s.kind "
UNEXTENDED = (
    "NEW.closes_at <> OLD.closes_at AND NOT EXISTS (SELECT 1 FROM round_extensions e WHERE e.round_id = NEW.id "
    "AND e.closed_at_before = OLD.closes_at AND e.closes_at_after = NEW.closes_at)"
)
MOVED = f"{UNEXTENDED} AND NOT {STEP} IN ('REVISED', 'CLOSED_EARLY') AND s.closes_after = NEW.closes_at)"
ADMITTED = (
    "NOT EXISTS (SELECT 1 FROM late_admissions l WHERE l.round_id = NEW.round_id AND l.party_id = NEW.party_id "
    "AND NEW.submitted_at < l.admitted_until)"
)
LATE = (
    "NEW.submitted_at IS NOT NULL AND {unfiled} EXISTS (SELECT 1 FROM rounds r WHERE r.id = NEW.round_id "
    "AND (NEW.submitted_at < r.opens_at OR NEW.submitted_at >= r.closes_at OR {since}))"
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
CLOSED = "OR (OLD.status = 'CLOSED_WITH_ROUND' AND NEW.status <> 'CLOSED_WITH_ROUND')"
WINDOW = "a round takes comments in its window only"
ROUND = "the terms of a round change by an extension only"
STATE = "the handling of a comment goes forward, and a recorded answer stands"
UNFILED = "OLD.submitted_at IS NULL AND"
KEPT = "what was issued, filed or recorded cannot change: round_steps"
ASKED = "a request to comment after the close stays"


def terms_before() -> str:
    fixed = (*FOR_EVER, "title", *AT_FIRST)
    changed = " OR ".join(f"NEW.{column} <> OLD.{column}" for column in fixed)
    return f"{changed} OR NEW.closes_at < OLD.closes_at OR (OLD.status <> 'CALLED' AND NEW.status <> OLD.status)"


def terms_now(dialect: str) -> str:
    """The terms change with a step that says so, most of them before the round opens only."""

    def changed(*columns: str) -> str:
        return " OR ".join(f"NEW.{column} {DIFFERS[dialect]} OLD.{column}" for column in columns)

    at_first = (*AT_FIRST, *AT_FIRST_OR_EMPTY)
    has_opened = "(SELECT max(at) FROM journal) >= OLD.opens_at"
    return " OR ".join(
        (
            changed(*FOR_EVER),
            f"(OLD.code IS NOT NULL AND NEW.code {DIFFERS[dialect]} OLD.code)",
            f"(({changed('title', *at_first, *LATER)}) AND NOT {STEP} = 'REVISED'))",
            f"(({changed(*at_first)}) AND {has_opened})",
            f"(NEW.closes_at < OLD.closes_at AND {MOVED})",
            "(OLD.status IN ('CANCELLED', 'REPORTED') AND NEW.status <> OLD.status)",
            "(OLD.status = 'COMPLETED' AND NEW.status NOT IN ('COMPLETED', 'REPORTED'))",
        )
    )


def guards(dialect: str, *, now: bool) -> list[tuple[str, str, str, str, str]]:
    """(name, table, when, condition under which it is refused, message) of the triggers that are made anew."""
    late = LATE.replace("{since}", SINCE[dialect])
    if now:
        late += f" AND {ADMITTED}"
    handling = f"{HANDLING} {CLOSED}" if now else HANDLING
    moved = MOVED if now else UNEXTENDED
    every = [
        ("rounds_keep_terms", "rounds", "BEFORE UPDATE", terms_now(dialect) if now else terms_before(), ROUND),
        ("comments_keep_window", "comments", "BEFORE INSERT", late.replace("{unfiled}", ""), WINDOW),
        ("comments_keep_filing", "comments", "BEFORE UPDATE", late.replace("{unfiled}", UNFILED), WINDOW),
        ("comment_work_keep_state", "comment_work", "BEFORE UPDATE", handling, STATE),
    ]
    if dialect == "sqlite":
        moved += " AND NEW.version <> OLD.version + 1"
        every.append(("rounds_keep_extension", "rounds", "BEFORE UPDATE", moved, ROUND))
    return every


def make_anew(*, now: bool) -> None:
    """Give the triggers their conditions: on PostgreSQL it is the function of a trigger that holds them."""
    dialect = op.get_bind().dialect.name
    for name, table, when, refused, message in guards(dialect, now=now):
        if dialect == "sqlite":
            op.execute(f"DROP TRIGGER {name}")
            make_on_sqlite(name, table, when, refused, message)
        else:
            make_function(name, f"IF {refused} THEN RAISE EXCEPTION '{message}'; END IF; RETURN NEW;")
    if dialect == "postgresql":
        moved = MOVED if now else UNEXTENDED
        make_function("rounds_keep_extension", f"IF {moved} THEN RAISE EXCEPTION '{ROUND}'; END IF; RETURN NULL;")


def make_function(name: str, body: str) -> None:
    words = f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {body} END $$"
    op.get_bind().exec_driver_sql(words.replace("%", "%%"))


def make_on_sqlite(name: str, table: str, when: str, refused: str, message: str) -> None:
    op.execute(f"CREATE TRIGGER {name} {when} ON {table} WHEN {refused} BEGIN SELECT RAISE(ABORT, '{message}'); END")


def keep(table: str, operations: tuple[str, ...], message: str, how: str = "no") -> None:
    """Refuse operations on a table, and on SQLite also the replacing of a row, which asks no other trigger."""
    if op.get_bind().dialect.name == "sqlite":
        for operation in operations:
            make_on_sqlite(f"{table}_{how}_{operation.lower()}", table, f"BEFORE {operation}", "TRUE", message)
        taken = f"EXISTS (SELECT 1 FROM {table} k WHERE k.id = NEW.id)"
        if table == "late_admissions":
            taken = (
                f"EXISTS (SELECT 1 FROM {table} k WHERE k.id = NEW.id OR k.round_id = NEW.round_id "
                "AND k.party_id = NEW.party_id)"
            )
        make_on_sqlite(f"{table}_{how}_replace", table, "BEFORE INSERT", taken, f"UNIQUE constraint failed: {table}")
        return
    for operation in (*operations, "TRUNCATE"):
        name, each = f"{table}_{how}_{operation.lower()}", "STATEMENT" if operation == "TRUNCATE" else "ROW"
        make_function(name, f"RAISE EXCEPTION '{message}';")
        op.execute(f"CREATE TRIGGER {name} BEFORE {operation} ON {table} FOR EACH {each} EXECUTE FUNCTION {name}()")


def let_go(table: str, operations: tuple[str, ...], how: str = "no") -> None:
    """Take the triggers of `keep` away."""
    is_sqlite = op.get_bind().dialect.name == "sqlite"
    for operation in (*operations, "REPLACE" if is_sqlite else "TRUNCATE"):
        name = f"{table}_{how}_{operation.lower()}"
        op.execute(f"DROP TRIGGER {name}" if is_sqlite else f"DROP TRIGGER {name} ON {table}")
        if not is_sqlite:
            op.execute(f"DROP FUNCTION {name}()")


def upgrade() -> None:
    make_anew(now=True)
    keep("round_steps", ("UPDATE", "DELETE"), KEPT)
    keep("late_admissions", ("DELETE",), ASKED, "keep")


def downgrade() -> None:
    let_go("late_admissions", ("DELETE",), "keep")
    let_go("round_steps", ("UPDATE", "DELETE"))
    make_anew(now=False)
