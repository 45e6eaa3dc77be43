"""A browser without a screen: it keeps cookies, says where its requests come from, and fills in forms."""

import asyncio
from datetime import datetime, timedelta
from functools import cache
from html.parser import HTMLParser
from typing import Any

import pyotp
from httpx2 import AsyncClient, Response
from sqlalchemy import select
from starlette.applications import Starlette

from server.identity import passwords
from server.identity.authenticators import begin_authenticator, confirm_authenticator, offered_secret
from server.identity.cookie import SESSION_COOKIE
from server.identity.site import Site
from server.models.identity import BrowserSession, Password
from server.settings import Settings
from server.web.pages.routes import page_routes
from tests.factories.refusing import Watched
from tests.factories.world import World

ORIGIN = "https://intersession.example"
PASSWORD = "seven quiet harbours"
SAME_ORIGIN = {"sec-fetch-site": "same-origin"}


@cache
def hash_of_password() -> str:
    """Return the hash of the one password of the tests, made once."""
    return passwords.HASHER.hash(PASSWORD)


class Browser:
    """One browser on the pages of a world. `address` is where its requests come from."""

    def __init__(self, world: World, *, address: str = "192.0.2.1", **settings: Any) -> None:
        self.world = world
        self.site = Site(Settings(issuer=ORIGIN, **settings), world.database, world.clock)
        transport = Watched(app=Starlette(routes=page_routes(self.site)), client=(address, 4000))
        self.client = AsyncClient(transport=transport, base_url=ORIGIN, headers={"user-agent": "Firefox/150 Linux"})

    async def get(self, path: str) -> Response:
        """Open an address."""
        return await self.client.get(path, headers=SAME_ORIGIN)

    async def post(self, path: str, fields: dict[str, str] | None = None, **more: str) -> Response:
        """Send a form."""
        headers = SAME_ORIGIN | {"content-type": "application/x-www-form-urlencoded"}
        return await self.client.post(path, data={**(fields or {}), **more}, headers=headers)

    async def sign_in(self, person: str, password: str = PASSWORD, **more: str) -> Response:
        """Fill in the form to sign in, as a person by key."""
        return await self.post("/sign-in", email=f"{person}@example.org", password=password, **more)

    @property
    def cookie(self) -> str | None:
        """What the session cookie holds."""
        return self.client.cookies.get(SESSION_COOKIE)

    async def is_signed_in(self) -> bool:
        """Return whether the account page opens."""
        return (await self.get("/account")).status_code == 200


async def give_password(world: World, *persons: str) -> None:
    """Give persons by key the password of the tests."""
    hashed = await asyncio.to_thread(hash_of_password)
    rows = [Password(person_id=world.persons[key], hash=hashed, changed_at=world.clock.now) for key in persons]
    await world.add(*rows)


async def give_authenticator(world: World, person: str) -> pyotp.TOTP:
    """Give a person by key an authenticator, confirmed by the code of a minute ago."""
    person_id, before = world.persons[person], world.clock.now - timedelta(minutes=1)
    async with world.database.writing() as session:
        await begin_authenticator(session, person_id)
        secret = await offered_secret(await session.connection(), person_id)
        assert secret
        assert await confirm_authenticator(session, person_id, pyotp.TOTP(secret).at(before), before)
    return pyotp.TOTP(secret)


async def sessions_of(world: World, person: str) -> list[tuple[list[str], bool, datetime | None]]:
    """Return (methods, awaits the second factor, ended at) of every session of a person by key, oldest first."""
    rows = select(BrowserSession.methods, BrowserSession.awaits_factor, BrowserSession.ended_at)
    own = rows.where(BrowserSession.person_id == world.persons[person]).order_by(BrowserSession.id)
    async with world.database.reading() as connection:
        return [tuple(row) for row in (await connection.execute(own)).all()]  # type: ignore[misc]


class _Text(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.parts: list[str] = []

    def handle_data(self, data: str) -> None:
        self.parts.append(data)


def words_of(response: Response) -> str:
    """Return the words of a page, without its markup, white space collapsed."""
    parser = _Text()
    parser.feed(response.text)
    return " ".join(" ".join(parser.parts).split())
