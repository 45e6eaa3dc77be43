"""Direct reads of a database: their connections, what becomes of them, and that they cannot write."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator, Generator
from typing import Any

import psycopg
import pytest
from sqlalchemy import Integer, bindparam, column, func, literal, literal_column, select, table, text

from server.models.parties import Party
from server.storage.database import Database
from server.storage.snapshots import Snapshot
from server.storage.texts import KeptStatement
from tests.factories.world import World

NAMES = KeptStatement(select(Party.short_name).order_by(Party.short_name))
FEW = 3


class Pause:
    """Something to await that is not there yet."""

    def __await__(self) -> Generator[None, None, None]:
        """Wait once."""
        yield


async def names(snapshot: Snapshot) -> list[str]:
    """Return the short name of every party."""
    return [row[0] for row in await snapshot.fetch(NAMES, {})]


@pytest.fixture
async def few(database_url: str, world: World) -> AsyncIterator[Database]:
    """Give a database with few connections and little patience."""
    kept = Database(database_url, pool=FEW, seconds=0.3)
    yield kept
    await kept.close()


@pytest.mark.parametrize("single", [True, False])
async def test_a_direct_read_cannot_write(world: World, single: bool) -> None:
    written = KeptStatement(text("DELETE FROM parties").columns(column("id", Integer)))  # type: ignore[arg-type]

    async def write(snapshot: Snapshot) -> Any:
        return await snapshot.fetch(written, {})

    with pytest.raises((psycopg.errors.ReadOnlySqlTransaction, sqlite3.OperationalError)):
        await world.database.direct.read(write, single=single)
    assert len(await world.database.direct.read(names)) == len(world.parties)


async def test_a_direct_read_is_on_one_snapshot(world: World) -> None:
    entered, go_on = asyncio.Event(), asyncio.Event()
    database = world.database
    loop = asyncio.get_running_loop()

    async def twice(snapshot: Snapshot) -> tuple[list[str], list[str]]:
        before = await names(snapshot)
        if database.is_sqlite:
            loop.call_soon_threadsafe(entered.set)
            asyncio.run_coroutine_threadsafe(go_on.wait(), loop).result()
        else:
            entered.set()
            await go_on.wait()
        return before, await names(snapshot)

    reading = asyncio.create_task(database.direct.read(twice))
    await entered.wait()
    await world.add(Party(name="Kenya Customs", short_name="Kenya", kind="MEMBER_ADMINISTRATION", capacity="MEMBER"))
    go_on.set()
    before, after = await reading

    assert before == after
    assert "Kenya" in await database.direct.read(names)


async def test_many_direct_reads_share_few_connections(few: Database, world: World) -> None:
    answers = await asyncio.gather(*(few.direct.read(names, single=number % 2 == 0) for number in range(10 * FEW)))

    assert all(len(answer) == len(world.parties) for answer in answers)


async def test_a_direct_read_that_takes_too_long_is_stopped(few: Database, world: World) -> None:
    """The server stops it, or the thread stops itself once nobody waits; the connection stays of use."""
    numbers = select(literal(1).label("n")).cte("numbers", recursive=True)
    numbers = numbers.union_all(select(numbers.c.n + 1).where(numbers.c.n < 10**12))
    endless = KeptStatement(select(func.count()).select_from(numbers))

    async def count(snapshot: Snapshot) -> Any:
        return await snapshot.fetch(endless, {})

    with pytest.raises((psycopg.errors.QueryCanceled, TimeoutError)):
        async with asyncio.timeout(0.5 if few.is_sqlite else 20):
            await few.direct.read(count, single=True)
    async with asyncio.timeout(20):
        await asyncio.gather(*(few.direct.read(names) for _ in range(2 * FEW)))


async def test_a_direct_read_that_waits_for_something_else_is_a_mistake(world: World) -> None:
    if not world.database.is_sqlite:
        pytest.skip("the event loop of PostgreSQL's reads waits for anything")

    async def wait(_: Snapshot) -> None:
        await Pause()

    with pytest.raises(RuntimeError, match="nothing but its snapshot"):
        await world.database.direct.read(wait)


async def test_direct_reads_go_on_after_the_database_was_closed(few: Database) -> None:
    before = await few.direct.read(names)
    await few.close()

    assert await few.direct.read(names) == before


async def test_connections_that_the_server_has_closed_are_replaced(few: Database, world: World) -> None:
    """As after a restart of the database: no read fails."""
    if few.is_sqlite:
        pytest.skip("SQLite has no server")
    await asyncio.gather(*(few.direct.read(names) for _ in range(4 * FEW)))
    async with world.database.writing() as session:
        others = "pid <> pg_backend_pid() AND datname = current_database() AND query LIKE '%parties.short_name%'"
        await session.execute(text(f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE {others}"))

    answers = await asyncio.gather(*(few.direct.read(names, single=True) for _ in range(4 * FEW)))

    assert {len(answer) for answer in answers} == {len(world.parties)}


@pytest.mark.parametrize("single", [True, False])
async def test_a_connection_that_is_lost_while_it_reads_is_replaced_once(few: Database, single: bool) -> None:
    if few.is_sqlite:
        pytest.skip("SQLite has no server")
    end = KeptStatement(select(func.pg_terminate_backend(func.pg_backend_pid())))
    tries = 0

    async def lose_once(snapshot: Snapshot) -> list[str]:
        nonlocal tries
        tries += 1
        if tries == 1:
            await snapshot.fetch(end, {})
        return await names(snapshot)

    assert await few.direct.read(lose_once, single=single)
    assert tries == 2


async def test_statements_prepared_before_a_migration_are_prepared_anew(few: Database, world: World) -> None:
    whole = KeptStatement(select(literal_column("*")).select_from(table("migrated")))

    async def everything(snapshot: Snapshot) -> Any:
        return [tuple(row) for row in await snapshot.fetch(whole, {})]

    async def migrate(*statements: str) -> None:
        async with world.database.writing() as session:
            for statement in statements:
                await session.execute(text(statement))

    await migrate("CREATE TABLE migrated (n INTEGER)", "INSERT INTO migrated VALUES (1)")
    try:
        before = [await few.direct.read(everything, single=True) for _ in range(3)]
        await migrate("ALTER TABLE migrated ADD COLUMN m INTEGER")
        after = [await few.direct.read(everything, single=single) for single in (True, False, True)]
    finally:
        await migrate("DROP TABLE migrated")

    assert (before, after) == ([[(1,)]] * 3, [[(1, None)]] * 3)


async def test_lists_of_any_length_are_one_parameter(world: World) -> None:
    wanted: Any = bindparam("wanted", expanding=True)
    inside = KeptStatement(select(Party.short_name).where(Party.short_name.in_(wanted)))
    outside = KeptStatement(select(func.count()).select_from(Party).where(Party.short_name.not_in(wanted)))

    async def count(snapshot: Snapshot) -> list[int]:
        counts = []
        for short_names in ([], ["Japan"], ["Japan", "Canada", 'it\'s \\ "nobody"']):
            counts.append(len(await snapshot.fetch(inside, {"wanted": short_names})))
            counts.append((await snapshot.fetch(outside, {"wanted": short_names}))[0][0])
        return counts

    every = len(world.parties)
    assert await world.database.direct.read(count) == [0, every, 1, every - 1, 2, every - 2]
