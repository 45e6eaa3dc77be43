"""What the tests of the browser's side begin with: an application that needs no database, and a signed-in browser."""

from datetime import timedelta
from functools import cache
from tempfile import gettempdir
from typing import Any

from httpx2 import AsyncClient, Response
from starlette.applications import Starlette

from server.app import create_app
from server.identity.cookie import SESSION_COOKIE
from server.identity.sessions import begin_session
from server.settings import Settings
from server.storage.database import Database
from tests.factories.api import Api
from tests.factories.refusing import Watched

ISSUER = "http://127.0.0.1:8000"
CLOCK_QUERY = {"query": "{ answeredAt }"}


@cache
def app_with(**given: Any) -> Starlette:
    """Build an application with other settings than the usual ones. Its database is never opened."""
    return create_app(Settings(**given), Database(f"sqlite:///{gettempdir()}/never-opened.db"))


async def sent(app: Any, method: str, path: str, *, base_url: str = ISSUER, **given: Any) -> Response:
    """Send one request, and return the answer."""
    transport = Watched(app=app, raise_app_exceptions=False)
    async with AsyncClient(transport=transport, base_url=base_url) as client:
        return await client.request(method, path, **given)


async def secret_of(api: Api, person: str, **given: Any) -> str:
    """Sign a browser in as a person by key, and return the secret of its cookie."""
    lasts = timedelta(hours=api.settings.session_hours)
    async with api.world.database.writing() as session:
        return await begin_session(
            session, api.world.persons[person], api.world.clock.now, **({"lasts": lasts, "methods": ["pwd"]} | given)
        )


def cookie_with(secret: str) -> str:
    """Return the Cookie header of a browser that holds a secret."""
    return f"{SESSION_COOKIE}={secret}"
