"""The commands for keys and applications, on a SQLite file."""

import shutil
import sqlite3
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result
from typer.testing import CliRunner

from server.cli import app
from server.identity.secrets import digest_of

Run = Callable[..., Result]


@pytest.fixture
def file(tmp_path: Path, sqlite_template: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A migrated database file, used by the commands."""
    path = tmp_path / "intersession.db"
    shutil.copy(sqlite_template, path)
    monkeypatch.setenv("INTERSESSION_DATABASE", f"sqlite:///{path}")
    return path


@pytest.fixture
def run(file: Path) -> Run:
    """Runs a command in a thread of its own, because it begins an event loop."""

    def running(*words: str) -> Result:
        ended: list[Any] = []
        thread = threading.Thread(target=lambda: ended.append(CliRunner().invoke(app, words)))
        thread.start()
        thread.join()
        result: Result = ended[0]
        return result

    return running


def rows(file: Path, statement: str) -> list[Any]:
    """The rows of a statement."""
    connection = sqlite3.connect(file)
    try:
        return connection.execute(statement).fetchall()
    finally:
        connection.close()


def test_keys_rotate_prints_the_key_that_signs_and_the_one_before(file: Path, run: Run) -> None:
    before = run("keys", "list")
    first, second, third = (run("keys", "rotate").stdout.splitlines() for _ in range(3))
    listed = run("keys", "list")

    assert before.stdout == "There is no key yet: the first start of the server makes one.\n"
    assert [len(lines) for lines in (first, second, third)] == [1, 2, 2]
    assert [line.split("  ")[1] for line in third] == ["signs and verifies", "verifies"]
    signing = [lines[0].split("  ")[0] for lines in (first, second, third)]
    assert [line.split("  ")[0] for line in third] == [signing[2], signing[1]]
    assert listed.stdout.splitlines() == third
    assert sorted(kid for (kid,) in rows(file, "SELECT kid FROM signing_keys")) == sorted(signing[1:])
    assert '"d"' not in first[0] + listed.stdout


def test_register_application_prints_the_secret_once(file: Path, run: Run) -> None:
    assert run("appoint-officer", "officer@example.org", "--name", "Officer").exit_code == 0
    address = ("--redirect-uri", "https://editor.example/back")

    words = ("--purpose", "Comments in a margin.", "--kind", "WEB", "--scope", "read", "--scope", "openid", *address)
    ended = run("register-application", "Editor", *words)

    lines = dict(line.split(" ") for line in ended.stdout.splitlines())
    kept = rows(file, "SELECT id, kind, secret_digest, scopes FROM applications")
    assert ended.exit_code == 0
    assert kept == [(lines["client_id"], "WEB", digest_of(lines["client_secret"]), '["read", "openid"]')]
    acts = rows(file, "SELECT act, details FROM journal ORDER BY sequence")
    assert [act for act, _ in acts] == ["officer.appointed", "application.registered"]
    assert lines["client_secret"] not in acts[1][1]


def test_register_application_of_the_own_device_has_no_secret(file: Path, run: Run) -> None:
    assert run("appoint-officer", "officer@example.org", "--name", "Officer").exit_code == 0

    address = ("--redirect-uri", "http://127.0.0.1/callback")
    ended = run("register-application", "Scripts", "--purpose", "Tries the API out.", *address)

    ((identifier, digest),) = rows(file, "SELECT id, secret_digest FROM applications")
    assert (ended.stdout, digest) == (f"client_id {identifier}\n", None)


def test_register_application_without_an_officer_is_refused(file: Path, run: Run) -> None:
    ended = run("register-application", "Scripts", "--purpose", "Tries the API out.")

    assert ended.exit_code == 2
    assert rows(file, "SELECT id FROM applications") == []
