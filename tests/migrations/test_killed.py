"""A command that is killed leaves the database as it was, or as it would have been, and can be run again."""

import os
import random
import shutil
import subprocess
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import psycopg
import pytest
from sqlalchemy.engine import make_url

from server.storage.migrations import go_back, migrate
from server.storage.schema import SCRIPTS
from tests.factories.postgresql import create_database
from tests.factories.shapes import asked, state

OLD = "0003"
"""The revision of the last release."""
TELLING = """
import os, sys
from sqlalchemy import Engine, event
tell = int(os.environ["TELL"])
event.listen(Engine, "before_cursor_execute", lambda *_: os.write(tell, b"."))
event.listen(Engine, "commit", lambda *_: os.write(tell, b"."))
from server.cli import main
main()
"""
"""The console command, which tells of each statement before it is executed."""
Copy = Callable[[str], str]


@pytest.fixture
def copy(fresh_url: Callable[[], str]) -> Copy:
    """Gives a function that copies a database to which nobody is connected, and returns the URL of the copy."""

    def copy_database(url: str) -> str:
        if url.startswith("sqlite"):
            target = fresh_url()
            shutil.copy(str(make_url(url).database), str(make_url(target).database))
            return target
        name = f"{make_url(url).database}_{random.getrandbits(48):x}"
        end_connections(url)
        return create_database(url, name, str(make_url(url).database))

    return copy_database


def end_connections(url: str) -> None:
    """End whatever a killed command left behind on PostgreSQL."""
    parsed = make_url(url)
    with psycopg.connect(parsed.set(database="postgres").render_as_string(False), autocommit=True) as connection:
        connection.execute(
            "SELECT pg_terminate_backend(pid, 60000) FROM pg_stat_activity WHERE datname = %s", [parsed.database]
        )


def run_until(url: str, *words: str, point: int | None = None) -> int:
    """Run the console command, kill it when it has told of `point` statements, and return how many it told of."""
    read, tell = os.pipe()
    environment = os.environ | {"INTERSESSION_DATABASE": url, "TELL": str(tell)}
    command = [sys.executable, "-c", TELLING, *words]
    with open(read, "rb", buffering=0) as told, open(os.devnull, "w") as nowhere:
        process = subprocess.Popen(command, cwd=SCRIPTS.parent, env=environment, pass_fds=(tell,), stdout=nowhere)
        os.close(tell)
        count = 0
        while told.read(1):
            count += 1
            if count == point:
                process.kill()
                break
        status = process.wait()
    assert status == (0 if point is None else -9) or count == point
    return count


def kill_often(url: str, copy: Copy, *words: str, times: int, end: Callable[[str], Any]) -> int:
    """Kill a command at `times` random points, each on a copy, check each copy, and return how many were unchanged."""
    before, whole = asked(url, state), copy(url)
    statements = run_until(whole, *words)
    after = asked(whole, state)
    unchanged = 0
    for point in random.sample(range(1, statements + 1), times):
        killed = copy(url)
        run_until(killed, *words, point=point)
        left = asked(killed, state)
        assert left in (before, after), f"killed at statement {point} of {statements}"
        unchanged += left == before
        end(killed)
        assert asked(killed, state) == after, f"killed at statement {point} of {statements}, and run again"
    return unchanged


@pytest.fixture
def of_old_release(fresh_url: Callable[[], str]) -> str:
    """Gives a database with data at the revision of the last release."""
    url = fresh_url()
    migrate(url)
    run_until(url, "demonstration")
    go_back(url, OLD)
    return url


@pytest.mark.rest
@pytest.mark.long
@pytest.mark.parametrize(
    ("fresh_url", "times"),
    # forty on each: in parts, because one test with all of them takes longer than a loaded machine lets it
    [(kind, 8) for kind in ("sqlite", "postgresql") for _ in range(5)],
    indirect=["fresh_url"],
)
def test_upgrade_that_is_killed_is_done_wholly_or_not_at_all(of_old_release: str, copy: Copy, times: int) -> None:
    unchanged = kill_often(of_old_release, copy, "migrate", times=times, end=migrate)

    assert unchanged > 0


@pytest.mark.rest
@pytest.mark.long
def test_making_a_database_that_is_killed_can_be_done_again(fresh_url: Callable[[], str], copy: Copy) -> None:
    url = fresh_url()
    if url.startswith("sqlite"):
        Path(str(make_url(url).database)).parent.mkdir()
        Path(str(make_url(url).database)).touch()

    unchanged = kill_often(url, copy, "migrate", times=8, end=migrate)

    assert unchanged > 0


@pytest.mark.rest
@pytest.mark.long
def test_going_back_that_is_killed_is_done_wholly_or_not_at_all(of_old_release: str, copy: Copy) -> None:
    migrate(of_old_release)

    unchanged = kill_often(
        of_old_release, copy, "migrate", "--back-to", OLD, times=8, end=partial(go_back, revision=OLD)
    )

    assert unchanged > 0


@pytest.mark.rest
@pytest.mark.long
def test_loading_the_demonstration_that_is_killed_can_be_done_again(fresh_url: Callable[[], str], copy: Copy) -> None:
    url = fresh_url()
    migrate(url)
    shown, whole = copy(url), copy(url)
    statements = run_until(whole, "demonstration")
    for point in random.sample(range(1, statements + 1), 6):
        killed = copy(url)
        run_until(killed, "demonstration", point=point)
        entries = asked(killed, state)[2]["journal"]
        run_until(killed, "demonstration")

        assert entries in (0, asked(whole, state)[2]["journal"])
        assert asked(killed, state)[2]["journal"] == asked(whole, state)[2]["journal"]
    assert asked(shown, state)[2]["journal"] == 0
