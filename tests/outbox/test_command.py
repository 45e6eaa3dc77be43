"""The command `intersession letters`."""

import asyncio
import shutil
import threading
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from server.cli import app
from server.delivery.outbox.letters import write_letter
from server.storage.database import Database


@pytest.fixture
def url(tmp_path: Path, sqlite_template: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """A migrated database, which the command uses."""
    path = tmp_path / "letters.db"
    shutil.copy(sqlite_template, path)
    monkeypatch.setenv("INTERSESSION_DATABASE", f"sqlite:///{path}")
    return f"sqlite:///{path}"


def in_a_thread(work: Any) -> Any:
    """What a function gives that begins an event loop of its own."""
    given: list[Any] = []
    thread = threading.Thread(target=lambda: given.append(work()))
    thread.start()
    thread.join()
    return given[0]


def run(*words: str) -> Result:
    """Run the command."""
    result: Result = in_a_thread(lambda: CliRunner().invoke(app, ["letters", *words]))
    return result


def write(url: str) -> None:
    """Put a letter into the outbox."""

    async def work() -> None:
        database = Database(url)
        async with database.writing() as session:
            now = datetime(2018, 9, 24, tzinfo=UTC)
            await write_letter(session, address="a@example.org", subject="One", text="Words.\n", now=now)
        await database.close()

    in_a_thread(lambda: asyncio.run(work()))


def test_letters_counts_and_sends(url: str) -> None:
    write(url)

    outputs = [run(*words).output for words in ((), ("--send",), ("--send",))]

    assert outputs[0] == "Waiting: 1. Given up: 0.\n"
    assert "To: a@example.org\nSubject: One\n\nWords.\n" in outputs[1]
    assert outputs[1].endswith("Sent: 1.\nWaiting: 0. Given up: 0.\n")
    assert outputs[2] == "Sent: 0.\nWaiting: 0. Given up: 0.\n"


def test_letters_in_production_are_not_printed(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("INTERSESSION_PRODUCTION", "true")
    write(url)

    refused, counted = run("--send"), run()

    assert refused.exit_code == 2
    assert "Words." not in refused.output
    assert counted.output == "Waiting: 1. Given up: 0.\n"
