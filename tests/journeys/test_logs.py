"""What the log tells of a day: who signed in, failed, was held back and did what, and nothing that people wrote."""

import json
import logging
import re
from collections.abc import Iterator
from typing import Any

import pytest
from pydantic import SecretStr
from sqlalchemy import select
from starlette.responses import Response

from server.app import create_app
from server.delivery.outbox.delivery import Outgoing, deliver_letters
from server.identity.cookie import SESSION_COOKIE
from server.models.journal import JournalEntry
from server.models.outbox import Letter
from server.models.parties import Person
from server.settings import Settings
from server.storage.database import Database
from server.web.logs import configure_logs
from server.web.settings import LogFormat
from tests.browser.visits import sent
from tests.factories.api import Api
from tests.factories.rounds import open_round
from tests.pages.browser import PASSWORD, SAME_ORIGIN, give_password

WORDS = "The duty must be perfectly clear."
WRONG = "seven wrong harbours"
UTC = re.compile(r"20\d\d-\d\d-\d\dT\d\d:\d\d:\d\d\.\d+Z")


@pytest.fixture
def logged(capsys: pytest.CaptureFixture[str]) -> Iterator[list[dict[str, Any]]]:
    """Write the log as in production; the list holds its lines once they are read by `read`."""
    configure_logs(LogFormat.JSON)
    yield []
    configure_logs(LogFormat.TEXT, least=logging.WARNING)


def read(capsys: pytest.CaptureFixture[str]) -> tuple[list[dict[str, Any]], str]:
    """Return every line that was logged, and all that was written."""
    written = capsys.readouterr().err
    return [json.loads(line) for line in written.splitlines()], written


async def submit(api: Api, path: str, **fields: str) -> Response:
    """Send a form of our pages through the whole application."""
    return await api._client.post(path, data=fields, headers=SAME_ORIGIN)  # type: ignore[return-value]


async def fail(letter: Outgoing) -> None:
    """Fail as a mail server does, which quotes the address."""
    raise ConnectionError(f"550 <{letter.address}> {letter.text}")


async def test_the_log_of_a_day_tells_who_did_what_and_nothing_that_people_wrote(
    api: Api, logged: list[Any], capsys: pytest.CaptureFixture[str]
) -> None:
    world = api.world
    await give_password(world, "japan")
    round_id = await open_round(world)
    japan, secrets = world.persons["japan"], {PASSWORD, WRONG}
    capsys.readouterr()

    await submit(api, "/sign-in", email="japan@example.org", password=WRONG)
    await submit(api, "/sign-in", email="stranger@example.org", password=WRONG)
    await submit(api, "/sign-in", email="japan@example.org", password=PASSWORD)
    secrets.add(api._client.cookies[SESSION_COOKIE])
    api._client.headers["cookie"] = (
        f"{SESSION_COOKIE}={api._client.cookies[SESSION_COOKIE]}"  # secure, and this is http
    )
    await submit(api, "/sign-out", now="")
    del api._client.headers["cookie"]
    for _ in range(6):
        await submit(api, "/sign-in", email="japan@example.org", password=WRONG)
    await submit(api, "/sign-in/forgotten", email="canada@example.org")
    secrets.add(await api.token("japan"))
    content = {"type": "GENERAL", "text": WORDS, "reason": "Legal certainty is what we want."}
    for key in ("one", "one"):
        await api.act("japan", "submitComment", key, roundId=round_id, **content)
    await api.act("japan-assistant", "submitComment", roundId=round_id, **content)
    await api.act(None, "submitComment", roundId=round_id, **content)
    invited = {"name": "Nora Newcomer", "email": "nora@example.org", "startsOn": world.clock.now.date().isoformat()}
    await api.act("japan", "inviteDelegate", partyId=world.parties["japan"], **invited)
    tracker = {"partyId": world.parties["japan"], "name": "Tracker", "purpose": "Watches.", "scopes": ["READ"]}
    account = await api.act("japan", "openServiceAccount", **tracker, endsOn="2019-01-01")
    client = (account["application"]["id"], account["secret"])
    token = await api._client.post("/oauth/token", data={"grant_type": "client_credentials"}, auth=client)
    secrets |= {account["secret"], token.json()["access_token"]}
    revision = {"expectedRevision": 1, "reason": "A secret reason of ours."}
    await api.act("secretariat", "suspendPerson", personId=japan, **revision)
    async with world.database.studying() as session:
        secrets |= set(re.findall(r"secret=([\w-]{43})", " ".join(await session.scalars(select(Letter.text)))))
        names = [str(name) for name in await session.scalars(select(Person.name))]
        entries = [entry.act for entry in await session.scalars(select(JournalEntry).order_by(JournalEntry.sequence))]
    await deliver_letters(world.database, world.clock, fail)

    lines, written = read(capsys)
    events = [(line["event"], line.get("outcome") or line.get("reason"), line.get("person")) for line in lines]
    assert events[:4] == [
        ("sign-in failed", "password", japan),
        ("sign-in failed", "password", None),
        ("signed in", None, japan),
        ("signed out", None, japan),
    ]
    assert [event for event, *_ in events[4:10]] == ["sign-in failed"] * 5 + ["throttled"]
    acts = [(line["act"], line["outcome"], line["person"]) for line in lines if line["event"] == "act"]
    assistant = world.persons["japan-assistant"]
    assert acts == [
        ("submit_comment", "done", japan),
        ("submit_comment", "repeated", japan),
        ("submit_comment", "FORBIDDEN", assistant),
        ("submit_comment", "UNAUTHENTICATED", ""),
        ("invite_delegate", "done", japan),
        ("open_service_account", "done", japan),
        ("suspend_person", "done", world.persons["secretariat"]),
    ]
    assert len([act for act in acts if act[1] == "done"]) == len(entries) - 1
    assert [line["event"] for line in lines if line["event"].startswith("token")] == ["token issued"]
    assert ("signed out everywhere", None, japan) in events
    assert [line["error"] for line in lines if line["event"] == "letter not sent"] == ["ConnectionError"] * 2
    assert all(UTC.fullmatch(line["timestamp"]) for line in lines)
    requested = [line for line in lines if line["event"] not in ("letter not sent",)]
    assert {line["address"] for line in requested} == {"127.0.0.1"}
    assert all(re.fullmatch(r"[\w-]{1,64}", line["request_id"]) for line in requested)
    assert len({line["request_id"] for line in requested if line["event"] == "act"}) == len(acts)
    hidden = {*secrets, *names, "Nora", "@example", WORDS, "Legal certainty", "secret reason", "Tracker", "Bearer"}
    assert len(secrets) >= 6
    assert [each for each in hidden if each in written] == []


async def test_an_unexpected_error_is_logged_without_what_it_says(
    logged: list[Any], capsys: pytest.CaptureFixture[str]
) -> None:
    cause = ValueError("japan@example.org said: " + WORDS)
    try:
        raise RuntimeError(WORDS) from cause
    except RuntimeError:
        logging.getLogger("uvicorn.error").exception("Exception in ASGI application\n%s", WORDS)
        logging.getLogger("asyncio").error("Task exception was never retrieved\nfuture: <Task exception=%r>", cause)

    lines, written = read(capsys)
    assert [(line["event"], line["level"], line.get("error")) for line in lines] == [
        ("Exception in ASGI application", "error", "RuntimeError"),
        ("Task exception was never retrieved", "error", None),
    ]
    assert "test_logs.py" in lines[0]["traceback"]
    assert lines[0]["traceback"].splitlines()[0].endswith("RuntimeError") or "RuntimeError" in lines[0]["traceback"]
    assert [each for each in (WORDS, "japan@") if each in written] == []


@pytest.mark.parametrize(
    ("trusted", "given", "is_taken"),
    [
        ("127.0.0.1", "from-the-proxy_7", True),
        ("127.0.0.1", "not good", False),
        ("127.0.0.1", "a" * 65, False),
        ("10.0.0.1", "from-a-stranger", False),
    ],
)
async def test_access_log_has_the_path_and_the_id_and_never_the_query(
    logged: list[Any],
    capsys: pytest.CaptureFixture[str],
    trusted: str,
    given: str,
    is_taken: bool,
) -> None:
    settings = Settings(trusted_proxies=trusted, access_log=True, smtp=SecretStr("smtp://localhost"))
    app = create_app(settings, Database("sqlite:////dev/shm/never-opened.db"))

    answer = await sent(app, "GET", "/healthz?secret=hunter2", headers={"x-request-id": given})

    lines, written = read(capsys)
    (line,) = [line for line in lines if line["event"] == "request"]
    assert (line["method"], line["path"], line["status"], line["address"]) == ("GET", "/healthz", 200, "127.0.0.1")
    assert (line["request_id"] == given) is is_taken
    assert answer.headers.get_list("x-request-id") == [line["request_id"]]
    assert "hunter2" not in written


@pytest.mark.parametrize(
    ("production", "log", "format_"),
    [
        (True, "AUTO", LogFormat.JSON),
        (False, "AUTO", LogFormat.TEXT),
        (True, "TEXT", LogFormat.TEXT),
        (False, "JSON", LogFormat.JSON),
    ],
)
def test_the_log_is_json_in_production_unless_the_settings_say_otherwise(
    production: bool, log: LogFormat, format_: LogFormat
) -> None:
    assert Settings(production=production, log=log).log_format is format_


async def test_metrics_tell_of_sign_ins_letters_connections_and_what_runs(api: Api) -> None:
    await give_password(api.world, "japan")
    secret = "watching"
    settings = Settings(issuer="http://127.0.0.1:8000", metrics_secret=secret)
    app = create_app(settings, api.world.database, api.world.clock)
    await app.state.server.start()
    for password in (WRONG, PASSWORD):
        fields = {"email": "japan@example.org", "password": password}
        await sent(app, "POST", "/sign-in", data=fields, headers=SAME_ORIGIN)

    answer = await sent(app, "GET", "/metrics", headers={"authorization": f"Bearer {secret}"})

    values = dict(line.rsplit(" ", 1) for line in answer.text.splitlines() if not line.startswith("#"))
    assert values['sign_ins_total{outcome="failed"}'] == values['sign_ins_total{outcome="done"}'] == "1.0"
    assert values['letters_unsent{state="waiting"}'] == values['letters_unsent{state="given_up"}'] == "0.0"
    assert values["live_connections"] == "0.0"
    (build,) = [name for name in values if name.startswith("intersession_build_info")]
    assert re.search(r'revision="\d{4}".*version="\d+\.\d+\.\d+"', build)
    pools = {name for name in values if name.startswith("database_connections")}
    assert len(pools) == (0 if api.world.database.is_sqlite else 4)
