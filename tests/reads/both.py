"""Ask the same thing twice over HTTP: in the direct way, and in full."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from httpx2 import AsyncClient, Response
from starlette.types import Receive, Scope, Send

from server.app import GuardedApplication, create_app
from server.identity.keys import signing_keys
from server.identity.tokens import sign_token
from server.kernel.scopes import EVERY_SCOPE
from server.kernel.scopes import Scope as TokenScope
from server.models.parties import Delegate, Representation
from server.settings import Settings
from tests.factories.refusing import Watched
from tests.factories.world import World, add_delegate

SETTINGS = Settings(issuer="http://127.0.0.1:8000")
ADDRESS = "http://127.0.0.1:8000"
IN_FULL = {"cookie": "nothing=of-ours"}
"""A header that every request brings that is to be answered in full; it changes nothing else."""
PEOPLE = (
    *(None, "secretariat", "canada", "japan", "japan-assistant", "china", "upu", "gea"),
    *("administrator", "of-two-parties", "chose", "representing"),
)
"""Nobody, delegates of every capacity, one who leads, an administrator, and three who can speak for several parties."""


@dataclass
class Both:
    """An application over a world, which counts what it answers in full."""

    world: World
    settings: Settings = SETTINGS
    address: str = ADDRESS
    acting_as: dict[str, str] = field(default_factory=dict)
    in_full: int = 0

    async def __aenter__(self) -> "Both":
        self.app = create_app(self.settings, self.world.database, self.world.clock)
        assert isinstance(self.app, GuardedApplication)
        server = self.app.state.server
        await server.start()
        self.direct = server.direct(self._answer_in_full)
        self.client = AsyncClient(transport=Watched(app=self.direct), base_url=self.address)
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.client.aclose()

    async def _answer_in_full(self, scope: Scope, receive: Receive, send: Send) -> None:
        self.in_full += 1
        await self.app.answer_in_full(scope, receive, send)

    async def token(self, person: str, scopes: Iterable[TokenScope] = EVERY_SCOPE, *, grant_id: str = "") -> str:
        """Return an access token of a person by key."""
        now = self.world.clock.now
        return sign_token(
            (await signing_keys(self.world.database, now))[0],
            issuer=self.settings.issuer,
            audience=self.settings.token_audience,
            subject=self.world.persons[person],
            client_id="tests",
            scopes=scopes,
            now=now,
            minutes=3 * 24 * 60,
            grant_id=grant_id,
        )

    async def headers(self, person: str | None, **given: Any) -> dict[str, str]:
        """Return the headers with which a person asks."""
        if person is None:
            return {}
        acting = {"acting-as": self.acting_as[person]} if person in self.acting_as else {}
        return {"authorization": f"Bearer {await self.token(person, **given)}"} | acting

    async def post(self, headers: dict[str, str], text: str, variables: Any = None) -> Response:
        """Send a document."""
        return await self.client.post("/graphql", json={"query": text, "variables": variables}, headers=headers)

    async def ask(self, person: str | None, text: str, variables: Any = None, **given: Any) -> Any:
        """Ask as a person in the direct way, and return the whole answer. Fail if it was answered in full."""
        before = self.in_full
        response = await self.post(await self.headers(person, **given), text, variables)
        assert self.in_full == before, response.text
        return response.json()

    async def compare(self, headers: dict[str, str], text: str, variables: Any = None) -> bool:
        """Ask in both ways, and fail if the answers differ by a byte. Return whether the first was a direct one."""
        headers = headers | {"x-request-id": "the-same"}
        before = self.in_full
        direct = await self.post(headers, text, variables)
        was_direct = self.in_full == before
        before = self.in_full
        in_full = await self.post(headers | IN_FULL, text, variables)
        assert self.in_full == before + 1
        assert (direct.status_code, direct.content) == (in_full.status_code, in_full.content), (
            headers,
            text,
            variables,
        )
        assert sorted(direct.headers.items()) == sorted(in_full.headers.items())
        return was_direct


async def add_people(world: World) -> dict[str, str]:
    """Add the rest of `PEOPLE` to a world, and return what they send as `Acting-As`."""
    start = date(2018, 1, 1)
    async with world.database.writing() as session:
        for key in ("of-two-parties", "chose", "representing"):
            await add_delegate(session, world, key, "china", is_focal_point=False)
        await add_delegate(session, world, "administrator", "secretariat", is_focal_point=False)
        (await session.get_one(Delegate, world.delegates["administrator"])).is_administrator = True
        for key in ("of-two-parties", "chose"):
            second = Delegate(person_id=world.persons[key], party_id=world.parties["upu"], starts_on=start)
            session.add(second)
        await session.flush()
        mandate = Representation(
            party_id=world.parties["gea"],
            by_party_id=world.parties["china"],
            evidence="Letter of 1 June",
            starts_on=start,
            ends_on=world.clock.now.date() + timedelta(days=30),
            granted_by_id=world.delegates["gea"],
        )
        session.add(mandate)
        await session.flush()
        return {"chose": second.id, "representing": mandate.id}
