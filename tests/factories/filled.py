"""A database with `size` rows in every table, made from the tables themselves: what statement counts are measured on.

The first row of each table is the parent of all rows of its children, so that lists and nested lists both have `size`
items; where a foreign key must differ from row to row, the rows are paired instead.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from typing import Any

from joserfc.jwk import OKPKey
from sqlalchemy import JSON, Boolean, Column, Date, Enum, Float, Integer, Table, UniqueConstraint, event, text
from sqlalchemy.ext.asyncio import AsyncSession

from server.journal.keys import ALGORITHM
from server.kernel.instants import Instant
from server.models.base import Base
from server.storage.database import Database
from server.storage.texts import DriverStatement
from tests.factories.world import World

START = datetime(2018, 9, 1, tzinfo=UTC)
CHOSEN = {
    ("parties", "capacity"): "SECRETARIAT",
    ("text_versions", "status"): "ISSUED",
    ("text_versions", "follows_id"): None,
    ("comment_work", "status"): "DISPOSED",
    ("proposal_work", "status"): "REGISTERED",
    ("dispositions", "stage"): "RECORDED",
    ("dispositions", "verdict"): "NOTED",
    ("applied_changes", "end"): 0,
    ("applied_changes", "start"): 0,
    ("comments", "quote_start"): 0,
    ("comments", "quote_end"): 1,
    ("journal", "details"): {},
    ("journal_secrets", "jwk"): OKPKey.generate_key(ALGORITHM).as_dict(private=True),
    ("mechanisms", "approval_path"): ["COUNCIL"],
    ("rounds", "zone"): "Europe/Brussels",
    ("rounds", "group_id"): None,
    ("comment_supports", "taken_back_at"): None,
    ("comment_oppositions", "taken_back_at"): None,
    ("comment_tolerances", "taken_back_at"): None,
    ("text_conflicts", "start"): 0,
    ("text_corrections", "start"): 0,
    ("text_corrections", "end"): 0,
    ("text_corrections", "replacement"): "x",
    ("text_conflicts", "end"): 0,
    ("provision_texts", "level"): 0,
    ("provision_texts", "text"): "“Word” means a word.",
    ("provision_references", "start"): 0,
    ("provision_references", "end"): 0,
    ("applied_changes", "replacement"): "x",
    ("answer_drafts", "answers"): {},
    ("answer_sheets", "answers"): {},
    ("proposal_work", "deferral_id"): None,
    ("returned_filings", "defects"): {"defects": [{"kind": "PLACE", "reason": "Which one?", "position": 1}]},
    ("returned_filings", "content"): '{"title": "Filed"}',
    ("calls", "zone"): "Europe/Brussels",
    ("sittings", "zone"): "Europe/Brussels",
    ("promises", "zone"): "Europe/Brussels",
    ("silence_procedures", "zone"): "Europe/Brussels",
    ("silence_procedures", "restarts_id"): None,
    ("silence_procedures", "expires_at"): START + timedelta(days=40),
    ("sittings", "cancelled_at"): None,
    ("agenda_items", "withdrawn_at"): None,
    ("laid_papers", "removed_at"): None,
    ("reservations", "withdrawn_at"): None,
    ("reporting_lines", "ended_on"): None,
    ("draft_steps", "words"): None,
    ("draft_work", "cleared_by_id"): None,
    ("internal_notes", "discarded_at"): None,
    ("group_reports", "status"): "CIRCULATED",
    ("rounds", "replies"): "DELEGATES",
    ("notices", "subject_id"): f"RND_{0:026d}",
    ("notices", "object_id"): f"RND_{0:026d}",
    ("notices", "zone"): "Europe/Brussels",
    ("calendar_feeds", "scope"): "",
    ("milestones", "round_id"): None,
    ("milestone_changes", "round_id"): None,
    ("plan_changes", "cause_round_id"): None,
    ("plan_changes", "round_before_id"): None,
    ("plan_changes", "round_after_id"): None,
    ("milestones", "baseline_round_id"): None,
    ("baseline_rows", "round_id"): None,
    ("work_plans", "closed_at"): None,
    ("work_items", "dropped_at"): None,
}
"""Values that matter: the first vocabulary entry and the row's number serve everywhere else."""
IN_FORCE = dict.fromkeys(("suspended_at", "ended_at", "revoked_at", "retired_at"))
IN_FORCE |= dict.fromkeys(("is_administrator", "is_service"), False)
"""Values of columns, in any table, by which a person would be locked out."""
PAIRED = {
    *(("delegates", "person_id"), ("work_plans", "body_id"), ("answer_settlings", "disposition_id")),
    *(("laid_papers", "paper_id"), ("reservations", "party_id"), ("reporting_lines", "superior_id")),
    *(("calendar_feeds", "person_id"), ("nominations", "party_id")),
    *((table, "party_id") for table in ("comment_supports", "comment_oppositions", "comment_tolerances")),
}
"""Further foreign keys that differ from row to row: each person is accredited once."""
STEPS_OF_PLANS = {"predecessor_id": "activities", "successor_id": "milestones", "item_id": "activities"}
"""Columns with the id of an activity or milestone, by the table that it is of."""
DIGESTS = {"content_digest", "digest", "root"}
"""Columns that hold a digest, which a server that signs the journal reads as hexadecimal."""
PREFIXES = {mapper.local_table.name: getattr(mapper.class_, "prefix", "") for mapper in Base.registry.mappers}


def identifier(table: str, number: int) -> str:
    """Return the id of a row, the same in every run."""
    return f"{PREFIXES[table]}_{number:026d}"


async def lift_guards(session: AsyncSession, *, is_sqlite: bool) -> None:
    """Let rows be written that no act would write: without triggers, and in any order of foreign keys.

    On SQLite for good, except that entries still move the head of the journal; on PostgreSQL until the commit.
    """
    if is_sqlite:
        for name in await session.scalars(
            text("SELECT name FROM sqlite_master WHERE type = 'trigger' AND name <> 'journal_move_head'")
        ):
            await session.execute(text(f"DROP TRIGGER {name}"))
        await session.execute(text("PRAGMA defer_foreign_keys = ON"))
    else:
        await session.execute(text("SET LOCAL session_replication_role = replica"))


async def end_journal(session: AsyncSession) -> None:
    """Let the head of the journal stand at its last entry, so that acts can append to the entries that are there."""
    last = "FROM journal ORDER BY sequence DESC LIMIT 1"
    await session.execute(
        text(f"UPDATE journal_head SET sequence = (SELECT sequence {last}), digest = (SELECT digest {last})")
    )


async def filled(database: Database, size: int) -> World:
    """Fill an empty database, and return a world in which "secretariat" can sign in."""
    async with database.writing() as session:
        await lift_guards(session, is_sqlite=database.is_sqlite)
        for table in Base.metadata.sorted_tables:
            if table.name not in ("journal_head", "signing_keys", "notice_progress"):
                await session.execute(table.insert(), [_row(table, number) for number in range(size)])
        await end_journal(session)
    world = World(database)
    world.clock.now = START + timedelta(days=30)
    world.persons["secretariat"] = identifier("persons", 0)
    return world


def _row(table: Table, number: int) -> dict[str, Any]:
    return {column.name: _value(table, column, number) for column in table.columns}


def _value(table: Table, column: Column[Any], number: int) -> Any:
    if (table.name, column.name) in CHOSEN:
        return CHOSEN[table.name, column.name]
    if column.name in IN_FORCE:
        return IN_FORCE[column.name]
    if column.name == "id":
        return identifier(table.name, number)
    for key in column.foreign_keys:
        return identifier(key.column.table.name, number if _must_differ(table, column) else 0)
    if column.name == "sealed_in" or (table.name, column.name) == ("watches", "object_id"):
        return identifier("rounds", number)
    if column.name in STEPS_OF_PLANS:
        return identifier(STEPS_OF_PLANS[column.name], number)
    if column.name == "subject_id":
        return identifier("amendment_proposals", 0)
    if column.name in DIGESTS:
        return f"{number:064x}"
    if isinstance(column.type, Enum):
        return column.type.enums[0]
    if isinstance(column.type, Boolean):
        return True
    if isinstance(column.type, Integer | Float):
        return number + 1
    if isinstance(column.type, Instant):
        return START + timedelta(days=40 if column.name == "closes_at" else 0, seconds=number)
    if isinstance(column.type, Date):
        ends = column.name in ("ends_on", "focal_point_until", "left_on", "valid_until", "closes_on")
        return date(2038, 1, 1) if ends else date(2018, 1, 1) + timedelta(number)
    if isinstance(column.type, JSON):
        return []
    return f"{number} {column.name}"[: getattr(column.type, "length", None)]


def _must_differ(table: Table, column: Column[Any]) -> bool:
    if column.primary_key or column.unique or (table.name, column.name) in PAIRED:
        return True
    unique = [constraint for constraint in table.constraints if isinstance(constraint, UniqueConstraint)]
    for each in (*unique, *(index for index in table.indexes if index.unique)):
        if column.name in each.columns:
            plain = [other for other in each.columns if not other.foreign_keys]
            return not plain and column is list(each.columns)[-1]
    return False


@contextmanager
def statements(database: Database) -> Iterator[list[str]]:
    """Collect every SQL statement that is executed while the block runs, on both engines and by declared reads."""
    seen: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        seen.append(statement)

    engines = (database._readers.sync_engine, database._writers.sync_engine)
    for engine in engines:
        event.listen(engine, "before_cursor_execute", note)
    try:
        with declared_reads(seen):
            yield seen
    finally:
        for engine in engines:
            event.remove(engine, "before_cursor_execute", note)


@contextmanager
def declared_reads(seen: list[str]) -> Iterator[None]:
    """Add the texts of declared reads that are executed while the block runs: SQLAlchemy does not notice them."""
    arguments = DriverStatement.arguments

    def note(statement: DriverStatement, values: Any) -> list[Any]:
        seen.append(statement.text)
        return arguments(statement, values)

    DriverStatement.arguments = note  # type: ignore[method-assign]
    try:
        yield
    finally:
        DriverStatement.arguments = arguments  # type: ignore[method-assign]
