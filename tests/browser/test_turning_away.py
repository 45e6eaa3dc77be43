"""What every way in answers while the database is away or too much is asked: 503, and come again."""

import asyncio
from pathlib import Path
from shutil import rmtree
from typing import Any

import httpx2
import pytest
from starlette.applications import Starlette
from structlog.testing import capture_logs

from server.app import create_app
from server.settings import Settings
from server.storage.database import Database
from tests.browser.visits import app_with, sent
from tests.factories.api import Api
from tests.factories.refusing import Watched
from tests.transport.test_websocket import Socket

HTML = {"accept": "text/html"}
READ = {"json": {"query": "{ comments { nodes { id } } }"}}
SIGN_IN = {"data": {"email": "japan@wco.example", "password": "wrong"}, "headers": {"origin": "http://127.0.0.1:8000"}}
TOKEN = {"data": {"grant_type": "client_credentials"}, "headers": {"authorization": "Basic Yzpz"}}


@pytest.fixture(params=["sqlite", "postgresql"])
def away(request: pytest.FixtureRequest, tmp_path: Path) -> Starlette:
    """Give an application whose database is not there."""
    if request.param == "postgresql":
        return create_app(Settings(), Database("postgresql://nobody@127.0.0.1:1/nothing"))
    folder = tmp_path / "gone"
    app = create_app(Settings(), Database(f"sqlite:///{folder}/intersession.db"))
    rmtree(folder)
    return app


@pytest.mark.parametrize(
    ("path", "given"),
    [
        ("/graphql", READ),
        ("/graphql", READ | {"headers": {"cookie": "session=secret"}}),
        ("/graphql", READ | {"headers": {"accept": "text/event-stream"}}),
        ("/oauth/token", TOKEN),
    ],
)
async def test_request_while_the_database_is_away_is_told_to_come_again(
    away: Starlette, path: str, given: dict[str, Any]
) -> None:
    with capture_logs() as logs:
        answers = [await sent(away, "POST", path, **given) for _ in range(3)]

    for answer in answers:
        content = answer.json()
        code = content["errors"][0]["extensions"]["code"] if path == "/graphql" else content["code"]
        assert (answer.status_code, answer.headers["retry-after"], code) == (503, "5", "UNAVAILABLE")
    assert [log["event"] for log in logs] == ["unavailable"]


async def test_page_while_the_database_is_away_says_so(away: Starlette) -> None:
    answer = await sent(away, "POST", "/sign-in", **(SIGN_IN | {"headers": SIGN_IN["headers"] | HTML}))  # type: ignore[operator]

    assert (answer.status_code, answer.headers["retry-after"]) == (503, "5")
    assert "cannot answer at the moment" in answer.text


async def test_websocket_while_the_database_is_away_is_told_to_come_again(away: Starlette) -> None:
    async with Socket(away) as socket:
        socket.send(type="connection_init")
        code, _ = await socket.closed()

    assert code == 1013


async def test_operation_over_websocket_while_the_database_is_away_is_told_to_come_again(
    api: Api, away: Starlette, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with Socket(api.app) as socket:
        await socket.init()
        monkeypatch.setattr(api.app.state.server.database, "_readers", away.state.server.database._readers)
        socket.subscribe("1", READ["json"]["query"])
        message = await socket.receive()

    assert (message["type"], message["payload"][0]["extensions"]) == ("error", {"code": "UNAVAILABLE", "retryAfter": 5})


async def test_server_whose_database_is_away_is_alive_and_not_ready(away: Starlette) -> None:
    alive, ready = await sent(away, "GET", "/healthz"), await sent(away, "GET", "/readyz")

    assert (alive.status_code, alive.text) == (200, "ok")
    assert (ready.status_code, ready.json()) == (503, {"ready": False, "reason": "database"})


async def test_server_that_refuses_is_alive_and_not_ready(api: Api) -> None:
    overload = api.app.state.server.admission.overload
    before = await sent(api.app, "GET", "/readyz")
    overload.note()

    alive, ready = await sent(api.app, "GET", "/healthz"), await sent(api.app, "GET", "/readyz")
    overload._until = 0.0
    after = await sent(api.app, "GET", "/readyz")

    assert (before.status_code, before.json()) == (200, {"ready": True})
    assert (alive.status_code, alive.text) == (200, "ok")
    assert (ready.status_code, ready.json()) == (503, {"ready": False, "reason": "overloaded"})
    assert ready.headers["retry-after"]
    assert after.status_code == 200


async def test_requests_beyond_the_most_are_refused_and_probes_are_answered() -> None:
    app = app_with(requests=10)
    release = asyncio.Event()

    async def body() -> Any:
        yield b"{"
        await release.wait()
        yield b"}"

    headers = {"content-type": "application/json"}
    async with httpx2.AsyncClient(transport=Watched(app=app), base_url="http://127.0.0.1:8000") as client:
        open_requests = [
            asyncio.create_task(client.post("/graphql", content=body(), headers=headers)) for _ in range(10)
        ]
        for _ in range(50):
            await asyncio.sleep(0)  # until all ten wait for the rest of their bodies
        with capture_logs() as logs:
            refused = [await client.post("/graphql", json={"query": "{answeredAt}"}) for _ in range(3)]
            page = await client.get("/sign-in", headers=HTML)
            token = await client.post("/oauth/token")
        alive = await client.get("/healthz")
        release.set()
        await asyncio.gather(*open_requests)
        served = await client.post("/graphql", json={"query": "{answeredAt}"})

    for answer in refused:
        assert (answer.status_code, answer.headers["retry-after"]) == (503, "5")
        assert answer.json()["errors"][0]["extensions"] == {"code": "OVERLOADED", "retryAfter": 5}
    assert (page.status_code, token.status_code, token.json()["error"]) == (503, 503, "temporarily_unavailable")
    assert (alive.status_code, served.status_code) == (200, 200)
    assert [log["event"] for log in logs] == ["overloaded"]


async def test_metrics_are_shown_to_those_who_know_the_secret() -> None:
    closed, app = app_with(), app_with(metrics_secret="a long secret")
    bearer = {"headers": {"authorization": "Bearer a long secret"}}

    assert (await sent(closed, "GET", "/metrics")).status_code == 404
    assert (await sent(closed, "GET", "/metrics", headers={"authorization": "Bearer "})).status_code == 404
    assert (await sent(app, "GET", "/metrics")).status_code == 401
    assert (await sent(app, "GET", "/metrics", headers={"authorization": "Bearer a long secreT"})).status_code == 401
    assert "graphql_requests_total" in (await sent(app, "GET", "/metrics", **bearer)).text
