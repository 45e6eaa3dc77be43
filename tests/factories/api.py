"""The application over HTTP: every operation sent is one of `frontend-contracts/operations/`."""

from collections.abc import Iterable
from datetime import datetime
from functools import cache
from pathlib import Path
from tempfile import gettempdir
from typing import Any

from graphql import GraphQLList, GraphQLNonNull
from httpx2 import AsyncClient
from joserfc.jwk import ECKey
from starlette.applications import Starlette

from server.app import create_app
from server.identity.keys import signing_keys
from server.identity.tokens import sign_token
from server.kernel.scopes import EVERY_SCOPE
from server.schema.root import schema
from server.settings import Settings
from server.storage.database import Database
from server.tools.contracts.documents import operations_of
from server.transport.documents import id_of
from server.transport.public import PublicLimits
from tests.factories.refusing import Watched
from tests.factories.world import World

CONTRACTS = Path(__file__).parents[2] / "frontend-contracts"
OPERATIONS = operations_of(CONTRACTS)
"""Every published operation, read once for all tests of this process."""


@cache
def documents() -> dict[str, str]:
    """Return every published operation with its fragments, by name."""
    return {operation.name: operation.source for operation in OPERATIONS}


def document(name: str) -> str:
    """Return the text of a published operation with its fragments, as it was written: without `__typename`."""
    return documents()[name]


def assert_path_of_input(mutation: str, path: list[str]) -> None:
    """Fail unless the path of an issue leads through fields of the input of a mutation and indexes of its lists."""
    place: Any = schema._schema.mutation_type.fields[mutation].args["input"].type  # type: ignore[union-attr]
    for name in path:
        place = place.of_type if isinstance(place, GraphQLNonNull) else place
        if isinstance(place, GraphQLList):
            assert name.isdigit(), (mutation, path)
            place = place.of_type
        else:
            assert name in place.fields, (mutation, path)
            place = place.fields[name].type


SETTINGS = Settings(issuer="http://127.0.0.1:8000")
OPEN = Settings(issuer="http://127.0.0.1:8000", open_editions=True, public_requests=1_000_000)
"""Those of a server that opens its editions to everybody, of whom nobody is kept waiting."""


@cache
def shared_app() -> Starlette:
    """Build one application for all tests.

    Documents are prepared once so; each test puts its own database behind it.
    """
    app = create_app(SETTINGS, Database(f"sqlite:///{gettempdir()}/never-opened.db"))
    documents = app.state.server.pipeline.documents
    # The tests send the documents as they are written. Like those of the manifest they take from nobody's share.
    documents._pinned_ids |= {id_of(operation.source) for operation in OPERATIONS}
    return app


class Api:
    """A client that signs in as the persons of a world."""

    def __init__(self, world: World, *, open_editions: bool = False) -> None:
        self.world = world
        self.settings = OPEN if open_editions else SETTINGS
        self.app = shared_app()
        server = self.app.state.server
        server.database, server.clock, server.settings = world.database, world.clock, self.settings
        server.public_limits = PublicLimits(self.settings.public_requests)
        self._client = AsyncClient(transport=Watched(app=self.app), base_url="http://127.0.0.1:8000")
        self._keys = 0
        self._signing: tuple[datetime, ECKey] | None = None
        self.sent: list[tuple[str, dict[str, Any], dict[str, Any]]] = []
        """(operation, variables, answer) of every published operation sent, in order."""

    async def __aenter__(self) -> "Api":
        await self.app.state.server.start()
        await self._read_key()  # before anybody counts the statements of a request
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._client.aclose()

    async def _read_key(self) -> ECKey:
        """Return the key that signs now, read once for each instant of the clock."""
        now = self.world.clock.now
        if self._signing is None or self._signing[0] != now:
            self._signing = now, (await signing_keys(self.world.database, now))[0]
        return self._signing[1]

    async def token(self, person: str, scopes: Iterable[str] = EVERY_SCOPE) -> str:
        """Return an access token for a person by key, with every scope by default."""
        return sign_token(
            await self._read_key(),
            issuer=self.settings.issuer,
            audience=self.settings.token_audience,
            subject=self.world.persons[person],
            client_id="tests",
            scopes=scopes,
            now=self.world.clock.now,
            minutes=10,
        )

    async def send(
        self, person: str | None, text: str, variables: dict[str, Any] | None = None, *, acting_as: str = ""
    ) -> dict[str, Any]:
        """Send a document as a person (None: nobody), and return the whole answer.

        The person speaks by the standing `acting_as` if one is given.
        """
        headers = {"authorization": f"Bearer {await self.token(person)}"} if person else {}
        headers |= {"acting-as": acting_as} if acting_as else {}
        body = {"query": text, "variables": variables or {}}
        response = await self._client.post("/graphql", json=body, headers=headers)
        return dict(response.json())

    async def ask(self, person: str | None, operation: str, *, acting_as: str = "", **variables: Any) -> Any:
        """Send a published query, and return `data`. Fail on any error."""
        answer = await self.send(person, document(operation), variables, acting_as=acting_as)
        self.sent.append((operation, variables, answer))
        assert "errors" not in answer, answer["errors"]
        return answer["data"]

    async def act(
        self, person: str | None, operation: str, key: str | None = None, *, acting_as: str = "", **sent: Any
    ) -> Any:
        """Send a published mutation, and return its fact or refusal.

        The idempotency key is new unless `key` is given.
        """
        self._keys += 1
        sent = {"idempotencyKey": key or f"key-{self._keys}", **sent}
        answer = await self.send(person, document(operation), {"input": sent}, acting_as=acting_as)
        self.sent.append((operation, {"input": sent}, answer))
        assert "errors" not in answer, answer["errors"]
        (result,) = answer["data"].values()
        for issue in result.get("issues", ()):
            assert_path_of_input(operation, issue["path"])
        return result
