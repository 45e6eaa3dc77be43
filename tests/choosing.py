"""Which tests a run consists of, on which database, and in which order.

`make test` samples, `make test-rest` runs exactly what that left out, `make test-all` runs both. tests/README.md says
the rule to people; here it is for pytest.
"""

import zlib
from typing import Any, Literal

import pytest

Portion = Literal["quick", "rest", "all"]
DATABASES = ("sqlite", "postgresql")
ALWAYS = DATABASES
"""Whose turn it is in `make test`, by a digest of a test's name, where SQL itself is the subject: a database."""
SELDOM = (*DATABASES, *[None] * 30)
"""Whose turn it is elsewhere: a database, or none and the test is in the rest. With a turn for a quarter of them the
quick portion took longer than the two and a half minutes on two idle cores that it is to take."""
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
    """Return whether `make test` leaves a test to `make test-rest`: marked so, or it is another one's turn."""
    database = database_of(item)
    is_turn_of_another = database is not None and database != turn_of(item)
    return item.get_closest_marker("rest") is not None or is_turn_of_another


def database_of(item: pytest.Item) -> str | None:
    """Return the database that a test was collected for, None if it runs once only."""
    parameters: dict[str, Any] = item.callspec.params if hasattr(item, "callspec") else {}
    named = [parameters[name] for name in ("databases", "fresh_url") if name in parameters]
    return str(named[0]) if named else None


def asks_its_own_sql(item: pytest.Item) -> bool:
    """Return whether a test asks SQL that can differ: its place or its marker says so."""
    place = item.nodeid.partition("::")[0]
    differs = any(place == where or place.startswith(f"{where}/") for where in WHERE_SQL_DIFFERS)
    return differs or item.get_closest_marker("own_sql") is not None


def turn_of(item: pytest.Item) -> str | None:
    """Return the database on which `make test` tries a test, None for none of them: the same in every run.

    Where SQL can differ half of all is tried on each database. Elsewhere a thirty-second is, and the others in the rest
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
