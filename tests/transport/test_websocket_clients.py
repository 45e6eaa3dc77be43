"""The clients graphql-ws and graphql-sse against a real server of ours: both transports, whole."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from starlette.responses import Response
from starlette.types import ASGIApp

from server.app import create_app
from server.identity.keys import signing_keys
from server.identity.tokens import sign_token
from server.kernel.scopes import EVERY_SCOPE
from server.settings import Settings
from server.storage.database import Database
from server.web.browser.proxies import serving_options
from tests.factories.serving import NEEDS_NODE, free_port, installed, run_node, serving
from tests.factories.world import ManualClock, World

# starts a server in a thread and Node in a subprocess; the first run on a machine also installs four npm packages
pytestmark = NEEDS_NODE


def that_moves_on(app: Any, clock: ManualClock) -> ASGIApp:
    """The application, at which a client can let time go by."""

    async def served(scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] == "http" and scope["path"] == "/later":
            clock.move(minutes=11)
            app.state.server.hub.wake()
            await Response(status_code=204)(scope, receive, send)
        else:
            await app(scope, receive, send)

    return served


@pytest.fixture
def url(world: World, database_url: str) -> Iterator[str]:
    """The address of a real server on the database of a world."""
    with free_port() as (listener, port):
        settings, clock = Settings(issuer=f"http://127.0.0.1:{port}"), ManualClock(world.clock.now)
        app = that_moves_on(create_app(settings, Database(database_url, pool=5), clock), clock)
        with serving(app, listener, **serving_options(settings, message_bytes=settings.body_bytes)):
            yield f"{settings.issuer}/graphql"


@pytest.mark.rest
async def test_clients_query_act_follow_resume_and_are_sent_away(world: World, url: str) -> None:
    token = sign_token(
        (await signing_keys(world.database, world.clock.now))[0],
        issuer=url.removesuffix("/graphql"),
        audience=url,
        subject=world.persons["japan"],
        client_id="tests",
        scopes=EVERY_SCOPE,
        now=world.clock.now,
        minutes=10,
    )

    script = installed(Path(__file__).parent / "clients") / "clients.mjs"
    found = json.loads(run_node(script, url, token, world.bodies["group"]))

    acts = ["LEAVE_BODY", "JOIN_BODY", "LEAVE_BODY"]
    assert found == {
        "ws query": "Japan",
        "ws act": "BodyJoined",
        "ws acts": acts,
        "ws cut off": "1006",
        "ws bad token": "4401 The access token cannot be verified.",
        "ws bad document": "GRAPHQL_VALIDATION_FAILED",
        "ws expired": "4403 The credential has expired.",
        "sse query": "Japan",
        "sse act": "BodyJoined",
        "sse acts": acts,
        "sse bad token": "401",
        "sse bad document": "400",
        "sse expired": "The credential has expired.",
        "sse completed": True,
    }
