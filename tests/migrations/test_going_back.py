"""Going back with rows in every table: each revision keeps what it did not add, or refuses before it loses anything."""

import asyncio
from collections.abc import Callable

import pytest
from sqlalchemy import Connection, text

from alembic import command
from server.storage.database import Database
from server.storage.migrations import configuration, migrate
from tests.factories.filled import filled, identifier
from tests.factories.shapes import asked, revision, shape

BEFORE = "0035"
"""The revision before those of meetings, groups, plans and notices."""
OF_FOLLOWING_PLANS = ("work_plans", "work_items", "activities", "responsibles", "redatings")
"""A body had one plan before. Going back removes the one that follows it, with these rows of it, as 0039 says."""
TRIGGERS = text("SELECT sql FROM sqlite_master WHERE type = 'trigger' AND name <> 'journal_move_head'")


async def fill(url: str) -> None:
    """Write rows into every table, past the triggers, which are there again afterwards."""
    database = Database(url)
    async with database.reading() as connection:
        triggers = [*await connection.scalars(TRIGGERS)] if database.is_sqlite else []
    await filled(database, 2)
    async with database.writing() as session:
        if not database.is_sqlite:
            await session.execute(text("SET LOCAL session_replication_role = replica"))
        # The second plan follows the first one, with a topic of its own.
        await session.execute(text("UPDATE work_plans SET follows_id = NULL WHERE id LIKE '%0'"))
        await session.execute(text("UPDATE work_plans SET closed_at = NULL WHERE id LIKE '%1'"))
        await session.execute(text("UPDATE work_items SET carried_from_id = NULL WHERE id LIKE '%0'"))
        await session.execute(
            text(f"UPDATE work_items SET plan_id = '{identifier('work_plans', 1)}' WHERE id LIKE '%1'")
        )
        for table, column, parent in (
            ("activities", "work_item_id", "work_items"),
            ("responsibles", "activity_id", "activities"),
            ("redatings", "activity_id", "activities"),
        ):
            second = f"UPDATE {table} SET {column} = '{identifier(parent, 1)}' WHERE id LIKE '%1'"
            await session.execute(text(second))
        await session.execute(text("UPDATE activities SET status = 'CARRIED_OVER' WHERE id LIKE '%0'"))
        await session.execute(text("UPDATE activities SET carried_from_id = NULL WHERE id LIKE '%0'"))
        for sql in triggers:
            await session.execute(text(sql))
    await database.close()


def rows_of(connection: Connection) -> dict[str, int]:
    """Return how many rows each table has."""
    tables = shape(connection)["tables"]
    return {name: connection.scalar(text(f"SELECT count(*) FROM {name}")) or 0 for name in tables}


@pytest.mark.rest
def test_going_back_with_rows_in_every_table_and_forth_again(fresh_url: Callable[[], str]) -> None:
    url = fresh_url()
    migrate(url, BEFORE)
    before = asked(url, shape)
    migrate(url)
    newest = asked(url, shape)
    asyncio.run(fill(url))
    counts = asked(url, rows_of)

    command.downgrade(configuration(url), BEFORE)
    left = asked(url, rows_of)
    back = asked(url, shape)
    statuses = asked(url, lambda connection: [*connection.scalars(text("SELECT status FROM activities"))])
    migrate(url)
    again = asked(url, lambda connection: (revision(connection), shape(connection), rows_of(connection)))

    lost = {name: counts[name] - left[name] for name in left if left[name] != counts[name]}
    assert lost == dict.fromkeys(OF_FOLLOWING_PLANS, 1)
    assert statuses == ["DROPPED"]
    assert back["triggers"] == before["triggers"]
    assert {name: table["columns"] for name, table in back["tables"].items()} == {
        name: table["columns"] for name, table in before["tables"].items()
    }
    assert again[1]["triggers"] == newest["triggers"]
    assert {name: again[2][name] for name in left} == left
