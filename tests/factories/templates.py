"""Databases that are made once and copied for every test: migrated and empty, or with the small world in them."""

import asyncio
import json
import shutil
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Any, Protocol

import psycopg
import pytest

from server.storage.database import Database
from server.storage.migrations import migrate
from tests.factories.contents import TABLES
from tests.factories.postgresql import create_database, start_postgresql
from tests.factories.world import fill_small_world

EMPTY = (
    "SET lock_timeout = '60s'; SET session_replication_role = replica; "
    + "".join(f"DELETE FROM {name}; " for name in TABLES)
    + f"INSERT INTO journal_head (id, sequence, digest) VALUES (1, 0, '{'0' * 64}'); "
)
"""Empties a PostgreSQL database in one round trip, past the triggers that keep issued rows. It does not wait for ever
for a transaction that was left open: that fails the test, and the worker goes on."""
PLACES = "places"
"""The file that names the folders of PostgreSQL servers that were started."""
COPIED = "small_world"
"""The schema of PostgreSQL that keeps the rows of the small world, table by table, while `public` is used."""

Known = dict[str, Any]
"""The ids of the small world by field of `World`, as `fill_small_world` gives them."""


class Databases(Protocol):
    """Where the tests of one process get their databases from."""

    known: Known

    def empty(self) -> str:
        """Return the URL of a migrated database without rows. What was returned before may be emptied by this."""

    def small(self) -> str:
        """Return the URL of a database that holds the small world. What was returned before may be emptied by this."""


class SqliteFiles:
    """Copies of two template files. The first of a test is at the same place as that of any other test, so that what
    SQLAlchemy compiled for its URL serves all of them."""

    def __init__(self, templates: Path, folder: Path) -> None:
        self._templates, self._folder, self._numbers = templates, folder, count(1)
        self.known: Known = json.loads((templates / "small.json").read_text())

    def empty(self) -> str:
        """Return the URL of a new copy of the empty template."""
        return self._copy("empty.db")

    def small(self) -> str:
        """Return the URL of a new copy of the template with the small world."""
        return self._copy("small.db")

    def begin(self) -> "SqliteFiles":
        """Remove the copies of the test before, and begin with the first place again."""
        for file in self._folder.glob("test-*.db*"):
            file.unlink()
        self._numbers = count(1)
        return self

    def _copy(self, template: str) -> str:
        return f"sqlite:///{shutil.copy(self._templates / template, self._folder / f'test-{next(self._numbers)}.db')}"


@dataclass
class PostgresqlRefilled:
    """One database, emptied and filled again in a single round trip: a tenth of what creating one takes."""

    url: str
    connection: psycopg.Connection[Any]
    known: Known

    def __post_init__(self) -> None:
        names = self.connection.execute("SELECT tablename FROM pg_tables WHERE schemaname = %s", [COPIED]).fetchall()
        self._refill = "".join(f"INSERT INTO {name} TABLE {COPIED}.{name}; " for (name,) in names)

    def empty(self) -> str:
        """Empty the database and return its URL."""
        return self._execute(EMPTY)

    def small(self) -> str:
        """Empty the database, copy the small world into it, and return its URL."""
        return self._execute(EMPTY + self._refill)

    def _execute(self, statements: str) -> str:
        try:
            self.connection.execute(statements)  # type: ignore[arg-type]
        except psycopg.OperationalError:
            # The server was started anew: one test was lost by that, and no more of them should be.
            self.connection = psycopg.connect(self.url, autocommit=True)
            self.connection.execute(statements)  # type: ignore[arg-type]
        return self.url


def make_sqlite_templates(folder: Path) -> Path:
    """Make `empty.db`, `small.db` and `small.json`, what is known of the small world, in `folder`, and return it."""
    migrate(f"sqlite:///{folder / 'empty.db'}")
    shutil.copy(folder / "empty.db", folder / "small.db")
    (folder / "small.json").write_text(json.dumps(_fill(f"sqlite:///{folder / 'small.db'}")))
    return folder


def make_postgresql_server(folder: Path) -> str:
    """Start the server of this run, or find in `folder` what another process noted of it, and return its URL.

    It has two databases to copy: `migrated` without rows, and `small`. The lock is held from the start to the end of
    making them, so that nobody copies one that somebody is connected to.
    """
    locks = pytest.importorskip("fasteners", reason="no embedded PostgreSQL for this platform")
    folder.mkdir(exist_ok=True)
    with locks.InterProcessLock(folder / "lock"):
        if not (folder / "url").exists():
            url = start_postgresql(folder / PLACES)
            migrated = create_database(url, "migrated")
            migrate(migrated)
            small = create_database(url, "small", "migrated")
            (folder / "small.json").write_text(json.dumps(_fill(small)))
            _keep_rows(small)
            (folder / "url").write_text(url)
    return (folder / "url").read_text()


def copy_small_database(folder: Path, name: str) -> str:
    """Copy the database with the small world, under a name of its own, and return its URL."""
    locks = pytest.importorskip("fasteners")
    with locks.InterProcessLock(folder / "lock"):
        return create_database((folder / "url").read_text(), name, "small")


def known_of(folder: Path) -> Known:
    """Return what is known of the small world that the databases in `folder` hold."""
    return dict(json.loads((folder / "small.json").read_text()))


def _keep_rows(url: str) -> None:
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(f"CREATE SCHEMA {COPIED}")  # type: ignore[arg-type]
        for name in set(TABLES) - {"journal_head"}:
            if connection.execute(f"SELECT 1 FROM {name} LIMIT 1").fetchone():  # type: ignore[arg-type]
                connection.execute(f"CREATE TABLE {COPIED}.{name} AS TABLE {name}")  # type: ignore[arg-type]


def _fill(url: str) -> Known:
    async def make() -> Known:
        database = Database(url)
        known = await fill_small_world(database)
        await database.close()
        return known

    # A loop of its own, which is not set as that of the thread: the tests have theirs.
    with asyncio.Runner(loop_factory=asyncio.new_event_loop) as runner:
        return runner.run(make())
