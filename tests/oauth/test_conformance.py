"""Two certified client libraries (openid-client and oauth4webapi from npm) against a real server of ours."""

import asyncio
import json
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from server.app import create_app
from server.identity.cookie import SESSION_COOKIE
from server.identity.oauth.scopes import MEANINGS
from server.identity.secrets import digest_of
from server.identity.sessions import begin_session
from server.kernel.clock import utc_now
from server.models.oauth import Application
from server.settings import Settings
from server.storage.database import Database
from server.vocabulary.applications import KEEPS_SECRET, ApplicationKind
from tests.factories.serving import NEEDS_NODE, free_port, installed, run_node, serving
from tests.factories.world import make_world

CONFORMANCE = Path(__file__).parent / "conformance"
CALLBACK, LOOPBACK, SECRET = "https://app.example/callback", "http://127.0.0.1/callback", "a secret: with +signs%"

# starts a server in a thread and Node in a subprocess; the first run on a machine also installs three npm packages
pytestmark = NEEDS_NODE


@pytest.fixture
def issuer(database_url: str) -> Iterator[str]:
    """Serve the whole application with uvicorn on a free port."""
    with free_port() as (listener, port):
        address = f"http://127.0.0.1:{port}"
        app = create_app(Settings(database=database_url, issuer=address, pool=5))
        with serving(app, listener, lifespan="on"):
            yield address


async def prepared(database: Database) -> dict[str, Any]:
    """One application of each kind, and a browser in which a delegate is signed in."""
    world, now = await make_world(database), utc_now()
    applications = {
        kind: Application(
            name=f"A {kind} application",
            kind=kind,
            redirect_uris=[LOOPBACK if kind == ApplicationKind.NATIVE else CALLBACK],
            sign_out_uris=[],
            scopes=list(MEANINGS),
            secret_digest=digest_of(SECRET) if kind in KEEPS_SECRET else None,
            person_id=world.persons["upu"] if kind == ApplicationKind.SERVICE else None,
            registered_at=now,
        )
        for kind in ApplicationKind
    }
    await world.add(*applications.values())
    async with database.writing() as session:
        cookie = await begin_session(session, world.persons["japan"], now, lasts=timedelta(hours=1), methods=["pwd"])
    return {
        "browser": {"person": world.persons["japan"], "cookie": f"{SESSION_COOKIE}={cookie}"},
        "applications": {kind.value: application.id for kind, application in applications.items()},
        "secret": SECRET,
        "callback": CALLBACK,
    }


@pytest.mark.rest
async def test_flows_are_walked_whole_by_two_certified_client_libraries(issuer: str, database: Database) -> None:
    given = json.dumps(await prepared(database) | {"issuer": issuer})

    results = json.loads(await asyncio.to_thread(run_node, installed(CONFORMANCE) / "conformance.mjs", given))

    assert [result for result in results if result["status"] != "ok"] == []
    assert len(results) == 17
