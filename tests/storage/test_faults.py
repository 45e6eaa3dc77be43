"""Faults of the machine: which of them pass, and that the database is back by itself afterwards."""

import sqlite3
from collections.abc import AsyncIterator
from contextlib import closing

import pytest
from sqlalchemy import insert, text
from sqlalchemy.exc import DBAPIError

from server.models.parties import PartyName
from server.storage.database import Database
from server.storage.faults import is_passing

LARGER = "PRAGMA max_page_count = 4294967294"


@pytest.fixture
async def single(database_url: str) -> AsyncIterator[Database]:
    """Give a database with one connection of each kind, so that a test can spoil it."""
    database = Database(database_url, pool=1)
    yield database
    await database.close()


async def run(database: Database, *statements: str) -> None:
    """Run statements in a transaction of their own."""
    async with database.writing() as session:
        for statement in statements:
            await session.execute(text(statement))


async def fault_of(database: Database, *statements: str) -> BaseException:
    """Return what statements raise; the probe of readiness if there are none."""
    with pytest.raises(Exception) as raised:  # noqa: PT011
        await (run(database, *statements) if statements else database.check_writable())
    return raised.value


async def test_check_writable_leaves_nothing_and_can_be_repeated(single: Database) -> None:
    for _ in range(3):
        await single.check_writable()

    async with single.reading() as connection:
        names = "SELECT name FROM sqlite_master" if single.is_sqlite else "SELECT relname FROM pg_class"
        assert "probe" not in set((await connection.scalars(text(names))).all())


async def test_database_that_takes_no_writes_is_a_passing_fault(single: Database) -> None:
    only_read = "PRAGMA query_only = ON" if single.is_sqlite else "SET SESSION CHARACTERISTICS AS TRANSACTION READ ONLY"
    await run(single, only_read)

    assert is_passing(await fault_of(single))
    assert is_passing(await fault_of(single, "DELETE FROM parties"))

    await single.close()  # what was set is of the connection
    await single.check_writable()


async def test_disk_that_is_full_is_a_passing_fault(single: Database) -> None:
    if not single.is_sqlite:
        pytest.skip("a disk of PostgreSQL cannot be filled here: its SQLSTATE is tried below")
    await run(single, "PRAGMA max_page_count = 1")  # SQLite takes the present size for it

    assert is_passing(await fault_of(single))
    assert is_passing(await fault_of(single, "CREATE TABLE more AS SELECT zeroblob(1000000) AS room"))

    await run(single, LARGER)
    await single.check_writable()


async def test_lock_that_another_process_holds_is_a_passing_fault(single: Database) -> None:
    async with single.reading() as connection:
        await connection.execute(text("SELECT count(*) FROM parties"))
    if single.is_sqlite:
        await run(single, "PRAGMA busy_timeout = 0")
        path = single._writers.url.database
        assert path is not None
        with closing(sqlite3.connect(path, isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            assert is_passing(await fault_of(single))
            other.execute("ROLLBACK")
    else:
        other = Database(single._writers.url.render_as_string(hide_password=False), pool=1)
        async with other.writing() as session:
            await session.execute(text("LOCK TABLE parties"))
            assert is_passing(await fault_of(single, "SET LOCAL lock_timeout = 1", "LOCK TABLE parties"))
        await other.close()

    await single.check_writable()


async def test_connection_that_the_server_cuts_is_a_passing_fault_and_replaced(single: Database) -> None:
    if single.is_sqlite:
        pytest.skip("there is no server")

    assert is_passing(await fault_of(single, "SELECT pg_terminate_backend(pg_backend_pid())"))

    await single.check_writable()


async def test_statement_prepared_before_a_migration_is_a_passing_fault(single: Database) -> None:
    if single.is_sqlite:
        pytest.skip("SQLite prepares its statements anew by itself")
    # A table of its own: the tests after this one keep connections to the same database, with plans of its tables.
    await run(single, "CREATE TABLE planned (name varchar(900))")
    read = "SELECT name FROM planned"
    for _ in range(3):
        async with single.reading() as connection:
            await connection.execute(text(read))
    await run(single, "ALTER TABLE planned ALTER COLUMN name TYPE varchar(901)")

    with pytest.raises(DBAPIError) as caught:
        async with single.reading() as connection:
            await connection.execute(text(read))

    assert is_passing(caught.value)
    async with single.reading() as connection:
        await connection.execute(text(read))
    await run(single, "DROP TABLE planned")


async def test_pool_without_a_free_connection_is_a_passing_fault(single: Database) -> None:
    single._writers.pool._timeout = 0.001  # type: ignore[attr-defined]
    async with single.writing() as session:
        await session.execute(text("SELECT 1"))
        assert is_passing(await fault_of(single))

    await single.check_writable()


@pytest.mark.parametrize("statement", ["SELECT * FROM nowhere", "SELEKT", "SELECT nothing FROM parties"])
async def test_faulty_statement_is_a_defect(single: Database, statement: str) -> None:
    assert not is_passing(await fault_of(single, statement))


async def test_violated_constraint_is_a_defect(single: Database) -> None:
    async def name_a_party_that_is_not_there() -> None:
        async with single.writing() as session:
            await session.execute(insert(PartyName).values(name="nobody", party_id="PTY_nowhere"))

    with pytest.raises(Exception) as raised:  # noqa: PT011
        await name_a_party_that_is_not_there()

    assert not is_passing(raised.value)


async def test_acts_of_sqlite_survive_a_power_cut(single: Database) -> None:
    if not single.is_sqlite:
        pytest.skip("PostgreSQL waits for the disk by itself")
    async with single.writing() as session:
        assert (await session.scalar(text("PRAGMA synchronous"))) == 2, "FULL"
