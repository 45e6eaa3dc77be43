"""The release before goes on with the new schema: its own tests pass on it, and nothing that it uses is taken away."""

import io
import os
import re
import shutil
import subprocess
import sys
import tarfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from server.storage.migrations import migrate
from server.storage.schema import SCRIPTS
from tests.factories.shapes import asked, shape

ROOT = SCRIPTS.parent
RELEASES = {"0.2.0": "0003", "0.1.0": "0002"}
"""The newest revision of every release, the newest release first."""
CONTRACTING: dict[str, str] = {}
"""Revisions that take something away, with the release that used it last. Each says `contracts = True`, so that servers
which do not know it refuse the schema."""
ITS_TESTS = ("tests/rounds/test_api.py", "tests/proposals/test_api.py", "tests/workplan/test_api.py")
"""Tests of the release before that read and act through its API."""
HEADING = re.compile(r"^## (.+)$", re.MULTILINE)


def newest_release() -> str:
    """Return the version of the newest release that the changelog tells of."""
    headings = HEADING.findall((ROOT / "CHANGELOG.md").read_text())
    return next(heading for heading in headings if heading != "Unreleased")


def git(*words: str) -> bytes:
    """Return what git answers. Skip the test where the history is not there."""
    if shutil.which("git") is None or not (ROOT / ".git").exists():
        pytest.skip("no history here: the release before cannot be had")
    return subprocess.run(("git", *words), cwd=ROOT, capture_output=True, check=True).stdout


def unpack_release(version: str, folder: Path) -> None:
    """Write the files of a release into a folder: those of the last commit whose changelog begins with it."""
    for commit in git("log", "--format=%H", "--", "CHANGELOG.md").decode().split():
        if HEADING.findall(git("show", f"{commit}:CHANGELOG.md").decode())[0] == version:
            with tarfile.open(fileobj=io.BytesIO(git("archive", commit))) as archive:
                archive.extractall(folder, filter="data")
            return
    pytest.skip(f"the history here does not reach back to {version}")


def taken_away(before: dict[str, Any], after: dict[str, Any]) -> list[str]:
    """Return what a schema lost, or asks of every row, that a server of the schema before does not know."""
    faults = []
    for table, old in before.items():
        if table not in after:
            faults.append(f"{table} is gone")
            continue
        columns = {name: (kind, nullable) for name, kind, nullable in after[table]["columns"]}
        for name, kind, nullable in old["columns"]:
            if name not in columns:
                faults.append(f"{table}.{name} is gone")
            elif columns[name] != (kind, nullable) and columns[name] != (kind, True):
                faults.append(f"{table}.{name} is {columns[name]} and was {(kind, nullable)}")
        known = {name for name, _, _ in old["columns"]}
        needed = {name for name, (_, nullable) in columns.items() if not nullable} - known - after[table]["defaults"]
        faults += [f"{table}.{name} is needed and has no default" for name in sorted(needed)]
        checks = dict(after[table]["checks"])
        faults += [
            f"{table}.{name} refuses {sorted(lost)}"
            for name, words in old["checks"]
            if (lost := set(re.findall(r"'(\w+)'", words)) - set(re.findall(r"'(\w+)'", checks.get(name, words))))
        ]
    return faults


def test_releases_name_the_newest_revision_of_the_newest_release() -> None:
    assert next(iter(RELEASES)) == newest_release(), "name the newest revision of the release in RELEASES"


@pytest.mark.long
@pytest.mark.parametrize("fresh_url", ["sqlite"], indirect=True)
@pytest.mark.rest
def test_nothing_that_the_release_before_uses_is_taken_away(fresh_url: Callable[[], str]) -> None:
    url = fresh_url()
    migrate(url, RELEASES[newest_release()])
    before = asked(url, shape)["tables"]
    migrate(url)
    after = asked(url, shape)["tables"]

    faults = taken_away(before, after)

    assert (faults == []) == (CONTRACTING == {}), faults
    sources = {path.name: path.read_text() for path in (SCRIPTS / "versions").glob("*.py")}
    contracting = {
        re.findall(r"Revision ID: (\w+)", words)[0] for words in sources.values() if "contracts = True" in words
    }
    assert contracting == CONTRACTING.keys()
    assert not [name for name, words in sources.items() if "autocommit_block" in words], "it ends the transaction"


@pytest.mark.parametrize("fresh_url", ["sqlite"], indirect=True)
def test_no_release_has_planned_days_of_rounds_that_name_no_round(fresh_url: Callable[[], str]) -> None:
    """Revision 0044 leaves the rows from before as they are: it may, as no release before it has their tables."""
    earlier = [revision for revision in RELEASES.values() if revision < "0044"]

    for revision in earlier:
        url = fresh_url()
        migrate(url, revision)
        assert {"milestones", "baseline_rows", "plan_changes"}.isdisjoint(asked(url, shape)["tables"]), revision


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"columns": [("id", "TEXT", False)]}, "t.name is gone"),
        (
            {"columns": [("id", "TEXT", False), ("name", "TEXT", False)]},
            "t.name is ('TEXT', False) and was ('TEXT', True)",
        ),
        (
            {"columns": [("id", "TEXT", False), ("name", "TEXT", True), ("n", "INTEGER", False)]},
            "t.n is needed and has no default",
        ),
        ({"checks": [("kind", "kind IN ('A')")]}, "t.kind refuses ['B']"),
    ],
)
def test_what_is_taken_away_is_named(change: dict[str, Any], fault: str) -> None:
    table = {
        "columns": [("id", "TEXT", False), ("name", "TEXT", True)],
        "checks": [("kind", "kind IN ('A', 'B')")],
        "defaults": set(),
    }

    assert taken_away({"t": table}, {"t": table, "u": table}) == []
    assert taken_away({"t": table}, {"t": table | change}) == [fault]
    assert taken_away({"t": table}, {}) == ["t is gone"]


@pytest.mark.rest
@pytest.mark.long
def test_release_before_reads_and_acts_on_the_schema_of_today(tmp_path: Path) -> None:
    unpack_release(newest_release(), tmp_path)
    for revision in (SCRIPTS / "versions").glob("*.py"):
        shutil.copy(revision, tmp_path / "alembic" / "versions")
    # Its suite takes a warning for a fault, and SQLAlchemy warns of an index that it cannot reflect.
    quiet = ("-W", "ignore:Skipped unsupported reflection of expression-based index")
    command = [sys.executable, "-m", "pytest", "-q", "-m", "database", "-p", "no:cacheprovider", *quiet, *ITS_TESTS]
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PYTEST_")}

    ended = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)

    assert ended.returncode == 0, ended.stdout[-5000:]
    assert int(re.findall(r"(\d+) passed", ended.stdout)[0]) > 80
