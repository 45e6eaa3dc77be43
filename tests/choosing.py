"""Which tests a run consists of, on which database, and in which order.

`make test` samples, `make test-rest` runs exactly what that left out, `make test-all` runs both. tests/README.md says
the rule to people; here it is for pytest.
"""

import zlib
from collections.abc import Iterable
from typing import Any, Literal

import pytest

Portion = Literal["quick", "rest", "all"]
DATABASES = ("sqlite", "postgresql")
ALWAYS = DATABASES
"""Whose turn it is in `make test`, by a digest of a test's name, where SQL itself is the subject: a database."""
SELDOM = (*DATABASES, *[None] * 62)
"""Whose turn it is elsewhere: a database, or none and the test is in the rest. With a turn for a quarter of them the
quick portion took longer than the two and a half minutes on two idle cores that it is to take."""
STARTING = {"tests/cli": "every command is a process of its own, which imports the server"}
"""Folders of which `make test` runs one test in four, and why they are slow. What they command has tests of its own."""
WHERE_SQL_DIFFERS = {
    "tests/storage": "transactions, locks, snapshots, triggers and constraints",
    "tests/migrations": "the tables themselves",
    "tests/journal": "the head of the chain is locked, entries cannot change",
    "tests/outbox": "letters are claimed by several senders at once",
    "tests/house/test_tables.py": "the triggers of every table that is filed",
    "tests/rounds/test_window.py": "the deadline, compared in SQL",
    "tests/proposals/test_cycle_days.py": "the days of a cycle, compared in SQL",
    "tests/identity/test_guesses.py": "counters that several write at once",
}
"""Folders and modules whose tests `make test` runs all, on one database in turn, and what differs there."""


def add_option(parser: pytest.Parser) -> None:
    """Add `--portion` to the options of pytest."""
    told = "quick: what `make test` runs; rest: exactly what quick leaves out; all (unless said otherwise): both"
    parser.addoption("--portion", choices=("quick", "rest", "all"), default="all", help=told)


def choose(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Keep the tests of the portion that was asked for, the longest first, so that no worker ends long after the
    others."""
    portion: Portion = config.getoption("--portion")
    chosen = [item for item in items if portion == "all" or is_left_out(item) == (portion == "rest")]
    kept = set(chosen)
    config.hook.pytest_deselected(items=[item for item in items if item not in kept])
    items[:] = sorted(chosen, key=lambda item: item.get_closest_marker("long") is None)


def is_left_out(item: pytest.Item) -> bool:
    """Return whether `make test` leaves a test to `make test-rest`: marked so, or it is the turn of another."""
    if item.get_closest_marker("rest") is not None:
        return True
    database = database_of(item)
    if database is None:
        return _stands_in(item, STARTING) and _digest_of(item) % 4 > 0
    return database != turn_of(item)


def database_of(item: pytest.Item) -> str | None:
    """Return the database that a test was collected for, None if it runs once only."""
    parameters: dict[str, Any] = item.callspec.params if hasattr(item, "callspec") else {}
    named = [parameters[name] for name in ("databases", "fresh_url") if name in parameters]
    return str(named[0]) if named else None


def asks_its_own_sql(item: pytest.Item) -> bool:
    """Return whether a test asks SQL that can differ: its place or its marker says so."""
    return _stands_in(item, WHERE_SQL_DIFFERS) or item.get_closest_marker("own_sql") is not None


def _stands_in(item: pytest.Item, places: Iterable[str]) -> bool:
    """Return whether a test stands in one of some folders and modules."""
    place = item.nodeid.partition("::")[0]
    return any(place == where or place.startswith(f"{where}/") for where in places)


def turn_of(item: pytest.Item) -> str | None:
    """Return the database on which `make test` tries a test, None for none of them: the same in every run.

    Where SQL can differ half of all is tried on each database. Elsewhere a sixty-fourth is, and the others in the rest
    only.
    """
    turns = ALWAYS if asks_its_own_sql(item) else SELDOM
    return turns[_digest_of(item) % len(turns)]


def _digest_of(item: pytest.Item) -> int:
    """Return a number for the name of a test and of its case, whatever the database."""
    name, _, case = item.nodeid.partition("[")
    for database in DATABASES:
        case = case.replace(database, "", 1)
    return zlib.crc32(f"{name}[{case}".encode())
