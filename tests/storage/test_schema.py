"""Which schemas a server serves: its own, and a newer one that took nothing away."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import closing
from pathlib import Path

import pytest
from httpx2 import AsyncClient
from sqlalchemy import select, text

from server.app import create_app
from server.delivery.repeating import repeating
from server.models.parties import Party
from server.settings import Settings
from server.storage.database import Database
from server.storage.faults import is_passing
from server.storage.migrations import migrate
from server.storage.schema import SchemaState, UnknownSchema, check_schema, newest_revision
from server.storage.watch import SchemaWatch
from tests.factories.refusing import Watched, WatchedDatabase
from tests.factories.world import World

TABLES = frozenset({"alembic_version", "parties"})
Move = Callable[[str, str], Awaitable[None]]


@pytest.fixture
async def move(database_url: str, database: Database) -> AsyncIterator[Move]:
    """Write another revision and another oldest server into the database, and put both back at the end."""
    own = Database(database_url)

    async def write(revision: str, oldest: str) -> None:
        async with own.writing() as session:
            values = {"revision": revision, "oldest": oldest}
            await session.execute(
                text("UPDATE alembic_version SET version_num = :revision, oldest_server = :oldest"), values
            )

    yield write
    await write(newest_revision(), "")
    await own.close()
    database._unknown = ""


@pytest.mark.parametrize(
    ("state", "words"),
    [
        (SchemaState(frozenset(), None, None), "The database is empty. Run `intersession migrate` first."),
        (
            SchemaState(frozenset({"alembic_version"}), None, ""),
            "The database is empty. Run `intersession migrate` first.",
        ),
        (
            SchemaState(frozenset({"orders", "films"}), None, None),
            "not one of Intersession (its tables: films, orders ...)",
        ),
        (SchemaState(TABLES, "3f2a9c", None), "The database is not one of Intersession"),
        (
            SchemaState(TABLES, "0006", ""),
            "at revision 0006, older than this program (0007). Run `intersession migrate`",
        ),
        (SchemaState(TABLES, "0008", None), "Install the newer release"),
        (
            SchemaState(TABLES, "0009", "0008"),
            "at revision 0009, which this program (0007) cannot serve. Install the newer",
        ),
    ],
)
def test_schema_that_cannot_be_served_names_the_command(state: SchemaState, words: str) -> None:
    with pytest.raises(UnknownSchema) as raised:
        check_schema(state, "0007")

    assert words in str(raised.value)
    assert "\n" not in str(raised.value)


@pytest.mark.parametrize(("revision", "oldest"), [("0007", None), ("0007", "0007"), ("0009", ""), ("0009", "0007")])
def test_schema_that_only_adds_to_a_known_one_is_served(revision: str, oldest: str | None) -> None:
    check_schema(SchemaState(TABLES, revision, oldest), "0007")


def test_newest_revision_is_read_from_the_names_in_the_files(tmp_path: Path) -> None:
    (tmp_path / "versions").mkdir()
    for number in ("0009", "0010", "0002"):
        (tmp_path / "versions" / f"{number[::-1]}.py").write_text(f'"""Why."""\n\nrevision: str = "{number}"\n')

    assert newest_revision(tmp_path) == "0010"


async def test_server_refuses_every_use_while_the_schema_is_unknown_and_is_back_by_itself(
    world: World, move: Move
) -> None:
    database = world.database
    parties = select(Party)
    await database.check_schema()
    await move("9999", "9998")
    with pytest.raises(UnknownSchema):
        await database.check_schema()

    errors = []
    for use in (database.reading, database.studying, database.writing):
        with pytest.raises(UnknownSchema) as raised:
            async with use() as connection:
                await connection.execute(parties)
        errors.append(raised.value)
    with pytest.raises(UnknownSchema):
        _ = database.direct
    await move("9999", "")
    await database.check_schema()
    async with database.reading() as connection:
        rows = (await connection.execute(parties)).all()

    assert [is_passing(error) for error in errors] == [True] * 3
    assert rows


async def test_server_on_a_schema_that_moved_is_not_ready_and_answers_503(database: Database, move: Move) -> None:
    app = create_app(Settings(issuer="http://127.0.0.1:8000"), database)
    query = {"query": "{ workingBodies(first: 1) { nodes { id } } }"}
    async with AsyncClient(transport=Watched(app=app), base_url="http://127.0.0.1:8000") as client:
        before = await client.post("/graphql", json=query)
        await move("9999", "9998")
        ready = await client.get("/readyz")
        after = await client.post("/graphql", json=query)

    assert (before.status_code, ready.status_code, after.status_code) == (200, 503, 503)
    assert (ready.json()["ready"], ready.json()["reason"]) == (False, "schema")
    assert ready.json()["advice"].endswith("Install the newer release of Intersession that migrated it.")
    assert after.json()["errors"][0]["extensions"]["code"] == "UNAVAILABLE"


class Looked(WatchedDatabase):
    """A database that tells when its schema was looked at."""

    def __init__(self, url: str) -> None:
        super().__init__(url)
        self.looked = asyncio.Event()

    async def check_schema(self) -> None:
        """Look, as `Database` does, and tell."""
        try:
            await super().check_schema()
        finally:
            self.looked.set()

    async def look_again(self) -> bool:
        """Return whether the schema is known, after a look that begins from now on."""
        for _ in range(2):
            self.looked.clear()
            await self.looked.wait()
        return not self._unknown


async def test_watch_notices_a_schema_that_moved_and_that_is_back(database_url: str, move: Move) -> None:
    database = Looked(database_url)
    async with repeating(SchemaWatch(database).look, "schema not read", every=0):
        known = [await database.look_again()]
        await move("9999", "9998")
        known.append(await database.look_again())
        await move(newest_revision(), "")
        known.append(await database.look_again())
    await database.close()

    assert known == [True, False, True]


@pytest.mark.parametrize("content", ["text", "table"])
def test_migrate_does_not_touch_what_is_of_another_program(tmp_path: Path, content: str) -> None:
    file = tmp_path / "films.db"
    if content == "text":
        file.write_text("Not a database, but long enough to be taken for one." * 10)
    else:
        with closing(sqlite3.connect(file)) as connection:
            connection.execute("CREATE TABLE persons (id TEXT)")
    file.chmod(0o644)
    before = file.read_bytes()

    with pytest.raises(UnknownSchema, match=r"not (one of Intersession|a database).*Name another"):
        migrate(f"sqlite:///{file}")

    assert file.read_bytes() == before
    assert file.stat().st_mode & 0o777 == 0o644


def test_migrate_leaves_a_newer_schema_that_it_can_serve(tmp_path: Path, sqlite_template: Path) -> None:
    file = tmp_path / "newer.db"
    file.write_bytes(sqlite_template.read_bytes())
    url = f"sqlite:///{file}"
    asyncio.run(_write(url, "9999", ""))
    migrate(url)

    asyncio.run(_write(url, "9999", "9998"))
    with pytest.raises(UnknownSchema, match="Install the newer release"):
        migrate(url)


async def _write(url: str, revision: str, oldest: str) -> None:
    database = Database(url)
    async with database.writing() as session:
        values = {"revision": revision, "oldest": oldest}
        await session.execute(
            text("UPDATE alembic_version SET version_num = :revision, oldest_server = :oldest"), values
        )
    await database.close()
