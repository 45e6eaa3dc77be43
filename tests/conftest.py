"""Databases for tests, of both kinds; and which tests a run consists of."""

import gc
import logging
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import psycopg
import pytest
from argon2 import PasswordHasher

from server.storage.database import Database
from server.web.logs import configure_logs
from server.web.settings import LogFormat
from tests.choosing import add_option, choose
from tests.factories.api import Api
from tests.factories.hashing import hash_cheaply, hashing_as_served
from tests.factories.postgresql import stop_postgresql
from tests.factories.refusing import Seen, WatchedDatabase, check_refusal_was_seen
from tests.factories.templates import (
    PLACES,
    Databases,
    PostgresqlRefilled,
    SqliteFiles,
    copy_small_database,
    known_of,
    make_postgresql_server,
    make_sqlite_templates,
)
from tests.factories.world import World, world_of


@pytest.fixture
def argon2_as_served() -> Iterator[PasswordHasher]:
    """Hash passwords with the parameters of production, for a test of hashing itself."""
    with hashing_as_served() as hasher:
        yield hasher


@pytest.fixture(scope="session")
def sqlite_templates(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make the SQLite files that tests copy: `empty.db`, migrated, and `small.db`, with the small world."""
    return make_sqlite_templates(tmp_path_factory.mktemp("sqlite"))


@pytest.fixture(scope="session")
def sqlite_template(sqlite_templates: Path) -> Path:
    """Give the migrated, empty SQLite file."""
    return sqlite_templates / "empty.db"


@pytest.fixture(scope="session")
def postgresql_folder(request: pytest.FixtureRequest) -> Path:
    """Give the folder of the one PostgreSQL server of this run, started by the worker that first asks for it."""
    folder = folder_of_server(request.config)
    make_postgresql_server(folder)
    return folder


@pytest.fixture(scope="session")
def postgresql_server(postgresql_folder: Path, worker: str) -> str:
    """Give the URL of this worker's own database on a real PostgreSQL server. It holds the small world."""
    return copy_small_database(postgresql_folder, worker)


@pytest.fixture(scope="session")
def worker(request: pytest.FixtureRequest) -> str:
    """Give the name of the process that runs this test, unlike that of any other in this run."""
    return str(getattr(request.config, "workerinput", {}).get("workerid", "alone"))


@pytest.fixture(scope="session")
def postgresql_databases(postgresql_folder: Path, postgresql_server: str) -> Iterator[PostgresqlRefilled]:
    """Empty and refill this worker's database on PostgreSQL."""
    with psycopg.connect(postgresql_server, autocommit=True) as connection:
        yield PostgresqlRefilled(postgresql_server, connection, known_of(postgresql_folder))


@pytest.fixture(scope="session")
def sqlite_databases(sqlite_templates: Path, tmp_path_factory: pytest.TempPathFactory) -> SqliteFiles:
    """Copy the templates of SQLite to this worker's own folder."""
    return SqliteFiles(sqlite_templates, tmp_path_factory.mktemp("sqlite"))


@pytest.fixture(params=["sqlite", "postgresql"])
def databases(request: pytest.FixtureRequest) -> Databases:
    """Give databases of either kind; every test that asks for one is collected for both kinds."""
    if request.param == "postgresql":
        refilled: Databases = request.getfixturevalue("postgresql_databases")
        return refilled
    files: SqliteFiles = request.getfixturevalue("sqlite_databases")
    return files.begin()


@pytest.fixture(scope="session")
async def opened() -> AsyncIterator[dict[str, WatchedDatabase]]:
    """Keep one `Database` for each URL of this worker, with what SQLAlchemy compiled: a third of a test's time."""
    kept: dict[str, WatchedDatabase] = {}
    yield kept
    for each in kept.values():
        await each.close()


@pytest.fixture
def database_url(request: pytest.FixtureRequest, databases: Databases) -> str:
    """Give the URL of a migrated database: empty, or with the small world for a test that asks for `world` as well."""
    return databases.small() if "world" in request.fixturenames else databases.empty()


@pytest.fixture
async def database(database_url: str, opened: dict[str, WatchedDatabase]) -> AsyncIterator[Database]:
    """Give a database: empty, or with the small world for a test that asks for `world` as well."""
    if database_url not in opened:
        opened[database_url] = WatchedDatabase(database_url, pool=20)
    kept = opened[database_url]
    yield kept
    await kept.stop_writers()
    if kept.is_sqlite:  # the next test has another file there
        await kept.close()


@pytest.fixture
def world(database: Database, databases: Databases) -> World:
    """Give the small world most tests begin with: bodies, parties, delegates and an issued text."""
    return world_of(database, databases.known)


@pytest.fixture
async def api(world: World) -> AsyncIterator[Api]:
    """Give the application over HTTP, with the operations of `frontend-contracts/`."""
    async with Api(world) as connected:
        yield connected


def pytest_addoption(parser: pytest.Parser) -> None:
    """Let a run say which portion of the tests it wants."""
    add_option(parser)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Mark every test that touches a database, so that `-m 'not database'` runs the rest in seconds, and choose."""
    for item in items:
        if "databases" in getattr(item, "fixturenames", ()):
            item.add_marker("database")
    choose(config, items)


def pytest_configure() -> None:
    """Make hashing cheap before any test imports the hasher, and log no more than what went wrong."""
    hash_cheaply()
    configure_logs(LogFormat.TEXT, least=logging.WARNING)


def pytest_collection_finish() -> None:
    """Leave what was imported and collected out of garbage collection: half a million objects that stay anyway."""
    gc.collect()
    gc.freeze()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Item) -> Iterator[None]:
    """Let no test of a refusal pass unless something watched that nothing was written."""
    Seen.refusals = 0
    yield
    check_refusal_was_seen(item)


def folder_of_server(config: pytest.Config) -> Path:
    """Return the folder in which the processes of this run share a PostgreSQL server."""
    own: Path = config._tmp_path_factory.getbasetemp()  # type: ignore[attr-defined]
    return (own.parent if hasattr(config, "workerinput") else own) / "postgresql"


def pytest_unconfigure(config: pytest.Config) -> None:
    """Stop the PostgreSQL server when the process that started all others ends, also if one of these crashed."""
    if not hasattr(config, "workerinput"):
        stop_postgresql(folder_of_server(config) / PLACES)
