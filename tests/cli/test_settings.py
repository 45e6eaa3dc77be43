"""Settings with wrong values: each stops the start with one line that names the setting and what it must be."""

import stat
import sys
from pathlib import Path

import pytest

from server.cli import main
from server.settings import Settings

SECRET = "hunter2"
FREE = {"audience", "oidc_audience", "oidc_client_id", "oidc_client_secret", "oidc_roles_claim"}
"""Settings of which any text may be right."""
WHOLE, NUMBER, BOOLEAN = "must be a whole number", "must be a number", "must be true or false"
ORIGIN = "is not an origin such as https://app.example.org"
MAIL = "must be smtp://HOST:PORT or smtps://HOST:PORT"
ADDRESS = "must be postgresql://USER:PASSWORD@HOST:PORT/NAME"
WRONG = {
    "database": {
        "": "must begin with sqlite:/// or postgresql://",
        "intersession.db": "must begin with sqlite:/// or postgresql://",
        f"mysql://u:{SECRET}@h/x": "must begin with sqlite:/// or postgresql://",
        "sqlite:///": "must name a file: sqlite:///FILE",
        f"postgresql://u:{SECRET}@h:port/x": ADDRESS,
        f"postgresql://u:{SECRET}@h": ADDRESS,
        f"postgresql://u:p@{SECRET}@h/name": "write @ in a password as %40",
    },
    "owner_database": {"sqlite:///x.db": "must begin with postgresql://", f"postgresql://u:{SECRET}@h:p/x": ADDRESS},
    "pool": {"0": "must be 1 or more", "many": WHOLE},
    "issuer": {
        "": ORIGIN,
        "example.org": ORIGIN,
        "ftp://example.org": ORIGIN,
        "https://example.org:port": ORIGIN,
        "https://example.org/path": "leave path and capitals out",
        f"https://u:{SECRET}@example.org": "without a user or a password",
    },
    "cors_origins": {"example.org": ORIGIN, "*": ORIGIN, "https://a.example https://b.example/x": "leave path"},
    "token_minutes": {"0": "must be 1 or more", "1441": "must be 1440 or less", "ten": WHOLE},
    "session_idle_minutes": {"0": "must be 1 or more", "99999999999999": "must be 10080 or less"},
    "session_hours": {"0": "must be 1 or more", "169": "must be 168 or less"},
    "refresh_days": {"0": "must be 1 or more", "366": "must be 365 or less"},
    "second_factor": {"ALWAYS": "must be 'OPTIONAL', 'SECRETARIAT' or 'EVERYONE'"},
    "oidc_issuer": {
        "http://provider.example": "must begin with https://",
        "provider": "must begin with https://",
        "http://127.0.0.1:8000/": "is this server itself",
        f"https://provider.example/{'x' * 200}": "must have 200 characters at most",
    },
    "oidc_role_map": {
        "{": "must be JSON, and is not",
        f'{{"role": "{SECRET}"': "must be JSON, and is not",
        "[]": "must be a JSON object",
        '{"role": 1}': "must be a JSON object of texts",
        '{"role": "CHIEF"}': "role: must be one of MEMBER, OBSERVER",
    },
    "oidc_any_token_type": {"perhaps": BOOLEAN},
    "smtp": {
        "mail.example.org": MAIL,
        f"http://u:{SECRET}@h": MAIL,
        f"smtp://u:{SECRET}@host:port": MAIL,
        f"smtp://u:{SECRET}@[::": MAIL,
        f"smtp://u:{SECRET}@": MAIL,
    },
    "smtp_tls": {"yes": "must be 'ELSEWHERE', 'ALWAYS' or 'OFFERED'"},
    "mail_from": {
        "nobody": "must be an e-mail address",
        "a@b.example, c@d.example": "must be an e-mail address",
        "a@b.example\nBcc: c@d.example": "must be an e-mail address",
    },
    "invitation_days": {"0": "must be 1 or more", "91": "must be 90 or less"},
    "trusted_proxies": {
        "*": "must name the proxies",
        "::/0": "must name the proxies",
        "proxy": "proxy is no address such as 127.0.0.1",
        "300.1.1.1": "300.1.1.1 is no address such as 127.0.0.1",
        "10.0.0.0/99": "10.0.0.0/99 is no address",
    },
    "log": {"json": "must be 'AUTO', 'JSON' or 'TEXT'"},
    "access_log": {"": BOOLEAN},
    "connections": {"9": "must be 10 or more", "1e3": WHOLE},
    "production": {"perhaps": BOOLEAN},
    "open_editions": {"perhaps": BOOLEAN},
    "committee_to_council_days": {"-1": "must be 0 or more", "100000": "must be 730 or less"},
    "papers_days": {"-1": "must be 0 or more", "soon": WHOLE},
    "consolidation_days": {"-1": "must be 0 or more"},
    "round_days": {"-1": "must be 0 or more"},
    "public_requests": {"0": "must be 1 or more"},
    "trusted_only": {"perhaps": BOOLEAN},
    "manifest": {
        ",": "must name the file of a manifest",
        "/nowhere/manifest.json": "The manifest /nowhere/manifest.json cannot be read: No such file or directory.",
    },
    "body_bytes": {"999": "must be 1000 or more"},
    "import_bytes": {"999": "must be 1000 or more"},
    "seconds": {"0": "must be more than 0", "inf": "must be 3600.0 or less", "nan": "must be", "soon": NUMBER},
    "patience": {"0": "must be more than 0", "inf": "must be 600.0 or less"},
    "requests": {"9": "must be 10 or more"},
    "metrics_secret": {f" {SECRET}": "must be of ASCII characters", f"é{SECRET}": "must be of ASCII characters"},
    "connections_per_person": {"0": "must be 1 or more"},
    "connections_per_address": {"0": "must be 1 or more"},
    "anonymous_connections": {"-1": "must be 0 or more"},
    "anonymous_seconds": {"0": "must be more than 0", "inf": "must be 86400.0 or less"},
}
"""Wrong values of each setting, and what is said of them."""


def start(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, *words: str) -> list[str]:
    """Run a command that must not succeed, and return the lines that it prints."""
    monkeypatch.setattr(sys, "argv", ["intersession", *words])
    with pytest.raises(SystemExit) as ended:
        main()
    out, err = capsys.readouterr()
    assert (ended.value.code, out) == (1, "")
    return err.splitlines()


@pytest.fixture(autouse=True)
def nothing_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Name a database that does not exist, so that a value that is taken ends the start all the same."""
    monkeypatch.setenv("INTERSESSION_DATABASE", f"sqlite:///{tmp_path}/none.db")


@pytest.mark.parametrize(
    ("name", "value", "remedy"), [(name, value, words) for name in WRONG for value, words in WRONG[name].items()]
)
def test_wrong_value_of_a_setting_stops_the_start_in_one_line_that_names_it(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], name: str, value: str, remedy: str
) -> None:
    monkeypatch.setenv(f"INTERSESSION_{name.upper()}", value)

    (line,) = start(capsys, monkeypatch, "serve")

    assert f"INTERSESSION_{name.upper()}" in line
    assert remedy in line
    assert SECRET not in line


def test_every_setting_that_can_be_wrong_was_tried() -> None:
    assert WRONG.keys() | FREE == set(Settings.model_fields)


def test_provider_without_what_it_needs_names_the_setting_that_is_missing(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("INTERSESSION_OIDC_ISSUER", "https://provider.example")
    without_client = start(capsys, monkeypatch, "serve")
    monkeypatch.setenv("INTERSESSION_OIDC_CLIENT_ID", "intersession")
    monkeypatch.setenv("INTERSESSION_OIDC_ROLE_MAP", '{"role": "MEMBER"}')
    without_claim = start(capsys, monkeypatch, "serve")

    assert without_client == ["INTERSESSION_OIDC_CLIENT_ID: the provider knows this server by it"]
    assert without_claim == ["INTERSESSION_OIDC_ROLES_CLAIM: says where the roles of oidc_role_map are"]


def test_two_wrong_settings_are_told_at_once(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("INTERSESSION_POOL", "0")
    monkeypatch.setenv("INTERSESSION_LOG", "xml")

    lines = start(capsys, monkeypatch, "serve")

    assert sorted(line.partition(":")[0] for line in lines) == ["INTERSESSION_LOG", "INTERSESSION_POOL"]


@pytest.mark.parametrize("command", ["serve", "migrate", "verify-journal"])
def test_database_that_does_not_answer_is_one_line_without_its_password(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], command: str
) -> None:
    monkeypatch.setenv("INTERSESSION_DATABASE", f"postgresql://somebody:{SECRET}@127.0.0.1:1/intersession")

    (line,) = start(capsys, monkeypatch, command)

    assert line.startswith("The database cannot be used: connection failed")
    assert "Look at INTERSESSION_DATABASE" in line
    assert SECRET not in line


@pytest.mark.parametrize("command", ["serve", "migrate", "verify-journal"])
def test_file_that_is_no_database_is_refused_and_stays_as_it_is(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path, command: str
) -> None:
    file = tmp_path / "table.txt"
    file.write_text("What others read, too.", encoding="utf-8")
    file.chmod(0o644)
    monkeypatch.setenv("INTERSESSION_DATABASE", f"sqlite:///{file}")

    (line,) = start(capsys, monkeypatch, command)

    assert f"{file} is " in line
    assert "INTERSESSION_DATABASE" in line
    assert stat.S_IMODE(file.stat().st_mode) == 0o644
    assert [each.name for each in tmp_path.iterdir()] == [file.name]
    assert file.read_text(encoding="utf-8") == "What others read, too."
