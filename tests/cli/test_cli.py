"""The console command, as an officer or an administrator meets it, on a SQLite file."""

import errno
import json
import os
import shutil
import signal
import socket
import sqlite3
import stat
import subprocess
import sys
import threading
from collections.abc import Callable
from contextlib import closing
from importlib.resources import files
from pathlib import Path
from typing import Any, NamedTuple

import httpx2
import pytest
import uvicorn
from alembic.script import ScriptDirectory
from joserfc import jwt
from joserfc.jwk import ECKey

from server.cli import main
from server.storage.migrations import configuration
from server.storage.schema import newest_revision
from server.tools.contracts import __main__ as generated
from tests.factories.api import CONTRACTS
from tests.factories.serving import free_port

OFFICER = "officer@example.org"
ELSEWHERE = "Set INTERSESSION_DATABASE to a file that can be written: sqlite:////absolute/path/intersession.db"
DECIDED = ("--decided-on", "2018-06-21")
DRAFT = "# Aims\n\n1. Parcels should move fast.\n\n2. Operators may send data early.\n"


class Ended(NamedTuple):
    """How a command ended: its status, what it printed, and what it printed as an error with the frame taken off."""

    status: int
    out: str
    err: str


Shell = Callable[..., Ended]


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The database file that commands use; it does not exist yet."""
    path = tmp_path / "new" / "intersession.db"
    monkeypatch.setenv("INTERSESSION_DATABASE", f"sqlite:///{path}")
    return path


@pytest.fixture
def shell(file: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Shell:
    """Runs a command as the console script does, in a thread of its own: it begins an event loop."""

    def run(*words: str | Path) -> Ended:
        monkeypatch.setattr(sys, "argv", ["intersession", *map(str, words)])
        status: list[Any] = []

        def command() -> None:
            try:
                main()
            except SystemExit as ended:
                status.append(ended.code or 0)

        thread = threading.Thread(target=command)
        thread.start()
        thread.join()
        out, err = capsys.readouterr()
        return Ended(*(status or [0]), out, " ".join(err.translate(dict.fromkeys(map(ord, "│╭╮╰╯─"), " ")).split()))

    return run


@pytest.fixture
def migrated(file: Path, sqlite_template: Path) -> Path:
    """The database file, migrated and empty."""
    file.parent.mkdir()
    shutil.copy(sqlite_template, file)
    return file


@pytest.fixture
def officer(migrated: Path, shell: Shell) -> Path:
    """The database file with an officer."""
    assert shell("appoint-officer", OFFICER, "--name", "Officer").status == 0
    return migrated


@pytest.fixture
def draft(tmp_path: Path) -> Path:
    """A small document."""
    path = tmp_path / "draft.md"
    path.write_text(DRAFT, encoding="utf-8")
    return path


@pytest.fixture
def work_plan(tmp_path: Path) -> Path:
    """The demonstration's work plan."""
    path = tmp_path / "work_plan.md"
    text = files("server.tools.demonstration").joinpath("work_plan.md").read_text(encoding="utf-8")
    path.write_text(text, encoding="utf-8")
    return path


def select(file: Path, statement: str) -> list[Any]:
    """The rows of a statement."""
    connection = sqlite3.connect(file)
    try:
        return connection.execute(statement).fetchall()
    finally:
        connection.close()


def acts(file: Path) -> list[str]:
    """The acts in the journal, in order."""
    return [act for (act,) in select(file, "SELECT act FROM journal ORDER BY sequence")]


@pytest.mark.parametrize("revision", ["base", "-1", "head", "0001; drop"])
def test_migrate_goes_back_only_to_a_revision_that_is_named(migrated: Path, shell: Shell, revision: str) -> None:
    before = migrated.read_bytes()

    ended = shell("migrate", f"--back-to={revision}")

    assert ended.status == 2
    assert "four digits" in ended.err
    assert migrated.read_bytes() == before


def test_migrate_makes_the_database_and_is_harmless_twice(file: Path, shell: Shell) -> None:
    assert shell("migrate").status == 0
    assert shell("migrate").status == 0

    newest = ScriptDirectory.from_config(configuration("sqlite://")).get_current_head()
    assert select(file, "SELECT version_num FROM alembic_version") == [(newest,)]
    assert acts(file) == []


@pytest.mark.parametrize(
    "words",
    [
        ("token", OFFICER),
        ("verify-journal",),
        ("demonstration",),
        ("appoint-officer", OFFICER, "--name", "Officer"),
        ("import-text", "DRAFT"),
        ("import-work-plan", "DRAFT", *DECIDED),
    ],
    ids=lambda words: words[0],
)
def test_database_that_was_not_migrated_is_said_in_words(shell: Shell, draft: Path, words: tuple[str, ...]) -> None:
    ended = shell(*(draft if word == "DRAFT" else word for word in words))

    assert ended.status == 1
    assert ended.err == "The database is empty. Run `intersession migrate` first."


@pytest.mark.parametrize(
    ("revision", "oldest", "words"),
    [
        ("0001", "", "older than this program ({newest}). Run `intersession migrate` first."),
        ("9999", "9998", "cannot serve. Install the newer release of Intersession that migrated it."),
        ("3f2a9c", "", "Name another by INTERSESSION_DATABASE."),
    ],
)
def test_serve_refuses_a_schema_that_it_does_not_know(
    migrated: Path, shell: Shell, revision: str, oldest: str, words: str
) -> None:
    with closing(sqlite3.connect(migrated)) as connection:
        connection.execute("UPDATE alembic_version SET version_num = ?, oldest_server = ?", (revision, oldest))
        connection.commit()

    ended = shell("serve")

    assert (ended.status, ended.out) == (1, "")
    assert ended.err.endswith(words.format(newest=newest_revision()))


def test_migrate_keeps_the_database_from_others(file: Path, shell: Shell) -> None:
    before = shell("migrate")
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("BEGIN IMMEDIATE")
        rights = {path.name: f"{stat.S_IMODE(path.stat().st_mode):o}" for path in file.parent.iterdir()}
    file.chmod(0o644)
    after = shell("migrate")

    assert rights == dict.fromkeys((file.name, f"{file.name}-wal", f"{file.name}-shm"), "600")
    assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert before.out == ""
    assert after.err.count("others could read the database: mended") == 1


def test_migrate_goes_back_and_says_what_is_no_revision(migrated: Path, shell: Shell) -> None:
    back, wrong = shell("migrate", "--back-to", "0003"), shell("migrate", "--back-to", "0099")

    assert back.status == 0
    assert select(migrated, "SELECT version_num FROM alembic_version") == [("0003",)]
    assert (wrong.status, wrong.err) == (1, "Cannot go back to 0099: Can't locate revision identified by '0099'")


@pytest.mark.rest
def test_console_script_ends_by_itself_and_without_a_traceback(file: Path) -> None:
    script = Path(sys.executable).parent / "intersession"

    ended = subprocess.run([script, "token", OFFICER], capture_output=True, text=True, check=False, timeout=60)

    assert (ended.returncode, ended.stdout) == (1, "")
    assert "Traceback" not in ended.stderr
    assert ended.stderr == "The database is empty. Run `intersession migrate` first.\n"


def test_a_database_without_the_demonstration_takes_the_papers_in(
    file: Path, shell: Shell, draft: Path, work_plan: Path
) -> None:
    ended = [
        shell(*words)
        for words in (
            ("migrate",),
            ("appoint-officer", OFFICER, "--name", "Officer"),
            ("import-text", draft, "--title", "T"),
            ("import-work-plan", work_plan, *DECIDED),
            ("verify-journal",),
        )
    ]

    assert [each.status for each in ended] == [0] * 5
    assert ended[-1].out == "The journal holds: 3 entries, unbroken.\n"
    assert acts(file) == ["officer.appointed", "text.imported", "work_plan.imported"]
    assert select(file, "SELECT DISTINCT delegate_id = (SELECT id FROM delegates) FROM journal") == [(1,)]


def test_appoint_officer_says_who_is_accredited(migrated: Path, shell: Shell) -> None:
    ended = shell("appoint-officer", f" {OFFICER} ", "--name", " Officer")

    assert ended == (0, f"{OFFICER} is accredited for the Secretariat from today on.\n", "")
    assert select(migrated, "SELECT name, email FROM persons") == [("Officer", OFFICER)]


def test_appoint_officer_twice_is_refused_politely(officer: Path, shell: Shell) -> None:
    ended = shell("appoint-officer", OFFICER.upper(), "--name", "Officer")

    words = "ALREADY_DONE: This person is accredited for Secretariat already."
    assert ended == (1, "", words)
    assert acts(officer) == ["officer.appointed"]


def test_appoint_officer_without_an_address_names_the_field(migrated: Path, shell: Shell) -> None:
    ended = shell("appoint-officer", "officer", "--name", "Officer")

    assert ended.status == 1
    assert ended.err.endswith("email: an e-mail address of at most 254 characters")
    assert select(migrated, "SELECT * FROM parties") == []


def test_import_text_reports_what_it_read_and_gives_the_version(officer: Path, shell: Shell, draft: Path) -> None:
    ended = shell("import-text", draft, "--title", "T", "--label", "Draft 1")

    ((version, label),) = select(officer, "SELECT id, label FROM text_versions")
    assert ended == (0, f"3 provisions (1 HEADING, 2 LIST_ITEM), 12 words\nversion {version}\n", "")
    assert label == "Draft 1"
    assert select(officer, "SELECT title, short_title FROM instruments") == [("T", "T")]


def test_import_text_twice_is_the_same_version(officer: Path, shell: Shell, draft: Path) -> None:
    first = shell("import-text", draft)
    second = shell("import-text", draft)

    assert first == second
    assert first.status == 0
    assert acts(officer) == ["officer.appointed", "text.imported"]


def test_import_text_of_other_words_while_a_version_is_being_made_is_refused(
    officer: Path, shell: Shell, draft: Path
) -> None:
    shell("import-text", draft)
    draft.write_text(DRAFT + "\n3. More.\n", encoding="utf-8")

    ended = shell("import-text", draft)

    assert ended.status == 1
    assert ended.err == "WRONG_STATE: Version 1, Version 1, is being made: issue it or give it up first."
    assert acts(officer) == ["officer.appointed", "text.imported"]


def test_import_text_in_another_language_says_which_version_it_translates(
    officer: Path, shell: Shell, draft: Path
) -> None:
    shell("import-text", draft, "--short-title", "T")
    with closing(sqlite3.connect(officer)) as file, file:
        file.execute("UPDATE text_versions SET status = 'ISSUED', issued_at = created_at")
    ((original,),) = select(officer, "SELECT id FROM text_versions")
    draft.write_text(DRAFT.replace("# ", "# Le "), encoding="utf-8")

    alone = shell("import-text", draft, "--short-title", "T", "--language", "fr")
    ended = shell("import-text", draft, "--short-title", "T", "--language", "fr", "--translates", original)

    assert (alone.status, alone.err.splitlines()[0].split(":")[0]) == (1, "INVALID")
    assert ended.status == 0
    assert select(officer, "SELECT language, follows_id FROM text_versions ORDER BY language") == [
        ("en", None),
        ("fr", original),
    ]


def test_import_text_as_a_dry_run_writes_nothing(officer: Path, shell: Shell, draft: Path) -> None:
    ended = shell("import-text", draft, "--dry-run")

    assert ended == (0, "3 provisions (1 HEADING, 2 LIST_ITEM), 12 words\n", "")
    assert select(officer, "SELECT * FROM text_versions") == []
    assert acts(officer) == ["officer.appointed"]


def test_import_text_as_a_dry_run_needs_no_database(file: Path, shell: Shell, draft: Path) -> None:
    assert shell("import-text", draft, "--dry-run").status == 0
    assert not file.exists()


def test_provision_history_prints_the_history_of_an_issued_provision(officer: Path, shell: Shell, draft: Path) -> None:
    shell("import-text", draft, "--title", "T", "--label", "Draft 1")
    (key,) = (key for key, text in select(officer, "SELECT provision_id, text FROM provision_texts") if "fast" in text)
    unissued = shell("provision-history", key)
    with closing(sqlite3.connect(officer)) as connection, connection:
        connection.execute("UPDATE text_versions SET status = 'ISSUED', issued_at = '2018-09-22 09:00:00.000000'")

    ended = shell("provision-history", key)

    assert ended == (
        0,
        f"# T, provision {key}\n\n## Version 1, Draft 1, issued on 2018-09-22\n\nInserted.\n\n"
        "> 1. Parcels should move fast.\n",
        "",
    )
    assert unissued.status == 2
    assert f"No provision with the key {key} stands in an issued version." in unissued.err


@pytest.mark.parametrize("command", [("import-text",), ("import-work-plan", *DECIDED)], ids=lambda command: command[0])
@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"caf\xe9 and more", "Invalid value: draft.md is not text in UTF-8."),
        (b"a" * 1_001, "Invalid value: draft.md is larger than 1000 bytes."),
        (None, "does not exist."),
    ],
    ids=["not UTF-8", "too large", "missing"],
)
def test_import_of_a_file_that_cannot_be_read_is_refused(
    officer: Path,
    shell: Shell,
    draft: Path,
    monkeypatch: pytest.MonkeyPatch,
    command: tuple[str, ...],
    content: bytes | None,
    message: str,
) -> None:
    monkeypatch.setenv("INTERSESSION_IMPORT_BYTES", "1000")
    draft.unlink()
    if content is not None:
        draft.write_bytes(content)

    ended = shell(*command, draft)

    assert (ended.status, ended.out) == (2, "")
    assert ended.err.endswith(message)
    assert acts(officer) == ["officer.appointed"]


def test_import_text_that_is_empty_is_refused(officer: Path, shell: Shell, draft: Path) -> None:
    draft.write_text("\n", encoding="utf-8")

    ended = shell("import-text", draft)

    assert (ended.status, ended.out) == (2, "")
    assert ended.err.endswith("The document is empty.")
    assert acts(officer) == ["officer.appointed"]


def test_import_without_an_officer_asks_for_one(migrated: Path, shell: Shell, draft: Path) -> None:
    alone = shell("import-text", draft)
    stranger = shell("import-text", draft, "--as", "nobody@example.org")

    assert (alone.status, stranger.status) == (2, 2)
    assert "Name the officer with --as EMAIL" in alone.err
    assert stranger.err.endswith("nobody@example.org is not accredited.")
    assert acts(migrated) == []


def test_import_work_plan_twice_gives_the_same_counts_and_changes_nothing(
    officer: Path, shell: Shell, work_plan: Path
) -> None:
    first = shell("import-work-plan", work_plan, *DECIDED)
    second = shell("import-work-plan", work_plan, *DECIDED)

    counts = json.loads(first.out)
    assert (first.status, second) == (0, Ended(0, first.out, ""))
    assert first.err.startswith("UNJOINED: row 1, Topic: 'Technical Specifications'")
    assert (counts["topics"], counts["activities"], counts["groups"]) == (7, 26, 5)
    assert acts(officer) == ["officer.appointed", "work_plan.imported"]


def test_import_work_plan_asks_for_the_day_on_which_it_was_decided(
    officer: Path, shell: Shell, work_plan: Path
) -> None:
    ended = shell("import-work-plan", work_plan)

    assert (ended.status, ended.out) == (2, "")
    assert ended.err.endswith("Missing option '--decided-on'.")
    assert acts(officer) == ["officer.appointed"]


def test_import_work_plan_as_a_dry_run_counts_and_writes_nothing(officer: Path, shell: Shell, work_plan: Path) -> None:
    ended = shell("import-work-plan", work_plan, *DECIDED, "--dry-run")

    added = json.loads(ended.out)["added"]
    assert (ended.status, added["activities"], added["work_plans"]) == (0, 26, 1)
    assert select(officer, "SELECT * FROM work_plans") == []
    assert acts(officer) == ["officer.appointed"]


def test_import_work_plan_that_differs_is_refused_and_changed_when_confirmed(
    officer: Path, shell: Shell, work_plan: Path
) -> None:
    shell("import-work-plan", work_plan, *DECIDED)
    text = work_plan.read_text(encoding="utf-8")
    work_plan.write_text(text.replace("| 1. | Technical Specifications |", "| 1. | Other |"), encoding="utf-8")

    ended = shell("import-work-plan", work_plan, *DECIDED)
    elsewhere = shell("import-work-plan", work_plan, *DECIDED, "--body", "WGX")
    before = select(officer, "SELECT count(*) FROM work_items WHERE title = 'Other'")
    confirmed = shell("import-work-plan", work_plan, *DECIDED, "--confirm")

    named = "If this is the plan of another body, name that body (bodyShortName; on the command line --body NAME)."
    assert ended.status == 1
    assert named in ended.err
    assert "'Technical Specifications' -> 'Other'" in ended.err
    assert (elsewhere.status, json.loads(elsewhere.out)["activities"]) == (0, 26)
    assert (before, confirmed.status) == ([(1,)], 0)
    assert select(officer, "SELECT count(*) FROM work_items WHERE title = 'Other'") == [(2,)]
    assert acts(officer) == ["officer.appointed", *["work_plan.imported"] * 3]


def test_token_of_an_officer_is_signed_for_that_person(officer: Path, shell: Shell) -> None:
    ended = shell("token", OFFICER.upper())

    ((person,),) = select(officer, "SELECT id FROM persons")
    ((key,),) = select(officer, "SELECT jwk FROM signing_keys")
    claims = jwt.decode(ended.out.strip(), ECKey.import_key(json.loads(key)), algorithms=["ES256"]).claims
    assert (ended.status, claims["sub"]) == (0, person)


def test_token_of_nobody_is_refused_in_words(officer: Path, shell: Shell) -> None:
    ended = shell("token", "nobody@example.org")

    assert (ended.status, ended.out) == (2, "")
    assert ended.err.endswith("Invalid value: There is no person with the e-mail nobody@example.org.")


def test_token_of_somebody_suspended_is_refused_in_words(officer: Path, shell: Shell) -> None:
    connection = sqlite3.connect(officer)
    connection.execute("UPDATE persons SET suspended_at = '2026-01-01 00:00:00.000000'")
    connection.commit()
    connection.close()

    ended = shell("token", OFFICER)

    assert (ended.status, ended.out) == (2, "")
    assert f"{OFFICER} is suspended." in ended.err


@pytest.mark.parametrize(
    ("issuer", "is_warned"),
    [
        ("http://127.0.0.1:8000", False),
        ("http://localhost:8000", False),
        ("https://intersession.example", False),
        ("http://intersession.example", True),
    ],
)
def test_serve_warns_where_browsers_would_not_keep_the_cookie(
    migrated: Path, shell: Shell, monkeypatch: pytest.MonkeyPatch, issuer: str, is_warned: bool
) -> None:
    async def stop_at_once(_: uvicorn.Server) -> None:
        pass

    monkeypatch.setenv("INTERSESSION_ISSUER", issuer)
    monkeypatch.setattr(uvicorn.Server, "main_loop", stop_at_once)
    with free_port() as (_, port):
        pass

    ended = shell("serve", "--port", str(port))

    assert ended.out == f"Serving on http://127.0.0.1:{port}/graphql\nSign in at {issuer}/sign-in\n"
    assert (f"sign-in will not work at {issuer}" in ended.err) == is_warned


@pytest.mark.parametrize(
    ("issuer", "fault"),
    [
        ("https://standards.example/intersession", "is more than an origin: leave path and capitals out"),
        ("https://standards.example/", "is more than an origin: leave path and capitals out"),
        ("https://standards.example?a", "is more than an origin: leave path and capitals out"),
        ("https://Standards.example", "is more than an origin: leave path and capitals out"),
        ("https://standards.example:443", "is not an origin such as https://app.example.org"),
        ("standards.example", "is not an origin such as https://app.example.org"),
    ],
)
def test_serve_under_an_address_that_is_not_a_host_of_its_own_says_so_in_one_line(
    migrated: Path, shell: Shell, monkeypatch: pytest.MonkeyPatch, issuer: str, fault: str
) -> None:
    monkeypatch.setenv("INTERSESSION_ISSUER", issuer)

    ended = shell("serve")

    assert ended == (1, "", f"INTERSESSION_ISSUER: {issuer} {fault}")


def test_serve_says_where_when_it_answers_and_ends_by_an_interrupt(migrated: Path) -> None:
    script = Path(sys.executable).parent / "intersession"
    with free_port() as (_, port):
        pass

    with subprocess.Popen([script, "serve", "--port", str(port)], stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout is not None
        said = server.stdout.readline()
        with httpx2.Client(trust_env=False) as client:
            answer = client.get(f"http://127.0.0.1:{port}/readyz")
        server.send_signal(signal.SIGINT)

    assert said == f"Serving on http://127.0.0.1:{port}/graphql\n"
    assert (answer.status_code, server.returncode) == (200, 0)


def test_serve_with_several_workers_on_sqlite_says_so_in_one_line(migrated: Path, shell: Shell) -> None:
    ended = shell("serve", "--workers", "2")

    advice = "leave --workers out, or name another database by INTERSESSION_DATABASE."
    assert ended == (1, "", f"2 workers need PostgreSQL, because SQLite has one writer: {advice}")


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        (None, "cannot be read: No such file or directory."),
        ("{", "is not JSON: unexpected end of data."),
        ('{"format": "other", "operations": []}', "is not to be trusted: it must have the format"),
    ],
)
def test_serve_with_a_manifest_that_cannot_be_trusted_says_so_in_one_line(
    migrated: Path, shell: Shell, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, content: str | None, fault: str
) -> None:
    manifest = tmp_path / "partner.json"
    if content is not None:
        manifest.write_text(content, encoding="utf-8")
    monkeypatch.setenv("INTERSESSION_MANIFEST", str(manifest))

    ended = shell("serve")

    assert (ended.status, ended.out) == (1, "")
    assert ended.err.startswith(f"The manifest {manifest} {fault}")
    assert "\n" not in ended.err.strip()


@pytest.mark.rest
@pytest.mark.long
def test_serve_with_several_workers_says_where_when_all_answer(
    postgresql_server: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    script = Path(__file__).parents[2] / "intersession"
    monkeypatch.setenv("INTERSESSION_DATABASE", postgresql_server)
    with free_port() as (_, port):
        pass

    command = [script, "serve", "--port", str(port), "--workers", "2"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout is not None
        said = server.stdout.readline()
        children = Path(f"/proc/{server.pid}/task/{server.pid}/children").read_text(encoding="ascii").split()
        with httpx2.Client(trust_env=False) as client:
            answers = {client.get(f"http://127.0.0.1:{port}/readyz").status_code for _ in range(20)}
        server.send_signal(signal.SIGINT)

    assert said == f"Serving on http://127.0.0.1:{port}/graphql\n"
    assert len(children) >= 2
    assert (answers, server.returncode) == ({200}, 0)


def test_serve_on_a_taken_port_says_so_in_one_line(migrated: Path, shell: Shell) -> None:
    with free_port() as (listener, port):
        listener.listen()

        ended = shell("serve", "--port", str(port))

    advice = "Name another by --port (make run PORT=8100) or --host."
    assert ended == (1, "", f"Cannot listen on 127.0.0.1:{port}: {os.strerror(errno.EADDRINUSE)}. {advice}")


def test_serve_on_an_address_that_this_machine_does_not_have_says_so_in_one_line(migrated: Path, shell: Shell) -> None:
    ended = shell("serve", "--host", "2001:db8::1")

    assert (ended.status, ended.out) == (1, "")
    assert ended.err.startswith("Cannot listen on [2001:db8::1]:8000: ")


@pytest.mark.parametrize("command", ["migrate", "demonstration", "serve", "verify-journal"])
def test_database_in_a_folder_that_cannot_be_made_names_the_folder(file: Path, shell: Shell, command: str) -> None:
    file.parent.write_text("a file where the folder should be")

    ended = shell(command)

    assert ended == (1, "", f"No place for the database: {file.parent} cannot be made: File exists. {ELSEWHERE}")


@pytest.mark.parametrize("ending", ["", "-wal"])
def test_database_file_that_cannot_be_written_is_named(
    migrated: Path, shell: Shell, monkeypatch: pytest.MonkeyPatch, ending: str
) -> None:
    # The tests may run as root, who may write everywhere: the answer of the system is replaced, not the permissions.
    closed = migrated.with_name(migrated.name + ending)
    closed.touch()
    monkeypatch.setattr(os, "access", lambda path, _: path != closed)

    ended = shell("migrate")

    assert ended == (1, "", f"No place for the database: {closed} cannot be written. {ELSEWHERE}")


def test_database_in_a_folder_that_cannot_be_written_names_the_folder(
    migrated: Path, shell: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "access", lambda path, _: path != migrated.parent)

    ended = shell("verify-journal")

    assert ended == (1, "", f"No place for the database: {migrated.parent} cannot be written. {ELSEWHERE}")


def test_verify_journal_of_an_empty_journal_holds(migrated: Path, shell: Shell) -> None:
    assert shell("verify-journal") == (0, "The journal holds: 0 entries, unbroken.\n", "")


@pytest.mark.parametrize(
    ("statement", "broken"),
    [
        (
            "UPDATE journal SET details = '{}' WHERE sequence = 2",
            "entry 2 was altered after it was written (since entry 1",
        ),
        ("DELETE FROM journal WHERE sequence = 1", "entry 1 is missing: 2 follows 0 (since entry 0)"),
        ("UPDATE journal SET sequence = 3 WHERE sequence = 2", "entry 2 is missing: 3 follows 1 (since entry 1"),
        ("DELETE FROM journal WHERE sequence = 2", "the head says 2, and the journal ends with entry 1: 1 are missing"),
        ("DELETE FROM journal", "the head says 2, and the journal is empty: 2 are missing"),
        ("UPDATE persons SET email = 'x@example.org'", "was altered (since entry 1 of"),
    ],
)
def test_verify_journal_says_what_was_tampered_with(
    officer: Path, shell: Shell, draft: Path, statement: str, broken: str
) -> None:
    shell("import-text", draft)
    assert shell("verify-journal") == (0, "The journal holds: 2 entries, unbroken.\n", "")
    connection = sqlite3.connect(officer)
    for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
        connection.execute(f"DROP TRIGGER {name}")
    assert connection.execute(statement).rowcount >= 1
    connection.commit()
    connection.close()

    code, _, told = shell("verify-journal")
    assert (code, [line for line in told.splitlines() if broken in line] != []) == (1, True)

    code, printed, _ = shell("verify-journal", "--json")
    report = json.loads(printed)
    assert (code, report["holds"]) == (1, False)
    assert any(broken.partition(" (since")[0] in fault["what"] for fault in report["faults"])


@pytest.mark.rest
def test_contracts_check_of_the_folder_holds_and_names_what_is_stale(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "contracts"
    shutil.copytree(CONTRACTS, folder)
    monkeypatch.setattr(generated, "FOLDER", folder)
    monkeypatch.setattr(sys, "argv", ["server.tools.contracts"])
    generated.main()
    capsys.readouterr()
    monkeypatch.setattr(sys, "argv", ["server.tools.contracts", "--check"])

    fresh = generated.main(), capsys.readouterr().out
    (folder / "refusals.md").write_text("old", encoding="utf-8")
    stale = generated.main(), capsys.readouterr().out

    assert fresh == (0, "")
    assert stale == (1, "stale refusals.md\n")
    assert (folder / "refusals.md").read_text(encoding="utf-8") == "old"


def test_a_subject_is_linked_once_and_never_becomes_another_person(
    shell: Shell, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("INTERSESSION_OIDC_ISSUER", "https://idp.example.org")
    monkeypatch.setenv("INTERSESSION_OIDC_CLIENT_ID", "intersession")
    shell("migrate")
    shell("demonstration")

    first = shell("link", "japan@wco.example", "j-1")
    again = shell("link", "japan@wco.example", "j-1")
    other = shell("link", "canada@wco.example", "j-1")
    empty, long = shell("link", "canada@wco.example", ""), shell("link", "canada@wco.example", "x" * 256)

    assert (first.status, again.status) == (0, 0)
    assert "j-1 at https://idp.example.org is japan@wco.example here." in first.out
    assert "was japan@wco.example here already" in again.out
    assert [ended.status for ended in (other, empty, long)] == [2, 2, 2]
    assert "does not become another person" in " ".join(other.err.split())
    assert "at most 255" in empty.err + long.err
    assert "Traceback" not in other.err
    with closing(sqlite3.connect(file)) as connection:
        assert connection.execute("SELECT count(*) FROM identities").fetchone() == (1,)


def test_the_demonstration_keeps_its_password_where_the_port_is_taken(shell: Shell, file: Path) -> None:
    shell("migrate")
    shell("demonstration")

    def passwords() -> list[Any]:
        with closing(sqlite3.connect(file)) as connection:
            return connection.execute("SELECT person_id, hash FROM passwords ORDER BY 1").fetchall()

    before = passwords()
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        ended = shell("demonstration", "--port", port)
    kept = passwords()
    free = shell("demonstration", "--port", port)

    assert (ended.status, free.status) == (1, 0)
    assert "make run PORT=8100" in " ".join(ended.err.split())
    assert kept == before
    assert passwords() != before
