"""An application, a browser and a person in front of the authorization server, as three parties that send requests."""

import asyncio
import hashlib
from base64 import urlsafe_b64encode
from collections.abc import Sequence
from datetime import timedelta
from typing import Any, NamedTuple
from urllib.parse import parse_qsl, urlencode, urlsplit

from httpx2 import AsyncClient, Response
from sqlalchemy import func, select

from server.identity.cookie import SESSION_COOKIE
from server.identity.oauth.scopes import MEANINGS
from server.identity.secrets import digest_of
from server.identity.sessions import begin_session
from server.models.base import Base
from server.models.oauth import Application, Grant
from server.vocabulary.applications import ApplicationKind
from tests.factories.api import SETTINGS, shared_app
from tests.factories.refusing import Watched
from tests.factories.world import World

ISSUER = SETTINGS.issuer
HERE = {"sec-fetch-site": "same-origin"}
CALLBACK = "https://app.example/callback?tenant=1"
LOOPBACK = "http://127.0.0.1/callback"
VERIFIER = "a-verifier-of-more-than-forty-three-characters-0123456789"
CHALLENGE = urlsafe_b64encode(hashlib.sha256(VERIFIER.encode()).digest()).rstrip(b"=").decode()
SECRET = "the secret of an application"
AT_ONCE = 6
"""How many requests a race has."""
DEVICE_CODE = "urn:ietf:params:oauth:grant-type:device_code"


class Registered(NamedTuple):
    """A registered application."""

    id: str
    kind: ApplicationKind
    redirect_uri: str

    @property
    def secret(self) -> str | None:
        """Its secret, if its kind keeps one."""
        return SECRET if self.kind in (ApplicationKind.WEB, ApplicationKind.SERVICE) else None


class Browser(NamedTuple):
    """A browser in which a person is signed in, or nobody."""

    person_id: str
    headers: dict[str, str]


NOBODY = Browser("", {})


class Desk:
    """The authorization server, and the people of a world in front of it."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.app = shared_app()
        self.app.state.server.database, self.app.state.server.clock = world.database, world.clock
        self._client = AsyncClient(transport=Watched(app=self.app), base_url=ISSUER)

    async def __aenter__(self) -> "Desk":
        await self.app.state.server.start()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._client.aclose()

    async def application(self, kind: str = "WEB", **changed: Any) -> Registered:
        """Register an application that may have every scope, with one redirect URI unless said otherwise."""
        sort = ApplicationKind(kind)
        redirect_uri = LOOPBACK if sort == ApplicationKind.NATIVE else CALLBACK
        given = {
            "name": f"A {kind} application",
            "kind": sort,
            "redirect_uris": [redirect_uri],
            "sign_out_uris": ["https://app.example/bye"],
            "scopes": list(MEANINGS),
            "secret_digest": digest_of(SECRET) if sort in (ApplicationKind.WEB, ApplicationKind.SERVICE) else None,
            "registered_at": self.world.clock.now,
        } | changed
        application = Application(**given)
        await self.world.add(application)
        return Registered(application.id, sort, (application.redirect_uris or [""])[0])

    async def browser(self, person: str, methods: Sequence[str] = ("pwd",)) -> Browser:
        """Sign a browser in as a person by key."""
        person_id = self.world.persons[person]
        async with self.world.database.writing() as session:
            secret = await begin_session(
                session, person_id, self.world.clock.now, lasts=timedelta(hours=12), methods=methods
            )
        return Browser(person_id, {"cookie": f"{SESSION_COOKIE}={secret}"})

    def request(self, application: Registered, **changed: Any) -> str:
        """Return the address of an authorization request; a parameter changed to None is left out."""
        good = {
            "response_type": "code",
            "client_id": application.id,
            "redirect_uri": application.redirect_uri,
            "scope": "openid read offline_access",
            "state": "the state",
            "nonce": "the nonce",
            "code_challenge": CHALLENGE,
            "code_challenge_method": "S256",
        }
        return f"/oauth/authorize?{urlencode({k: v for k, v in (good | changed).items() if v is not None})}"

    async def get(self, address: str, browser: Browser = NOBODY, **headers: str) -> Response:
        """Open an address in a browser."""
        return await self._client.get(address, headers=browser.headers | headers)

    async def post(self, address: str, form: Any, browser: Browser = NOBODY, **headers: str) -> Response:
        """Send a form."""
        sent = browser.headers | {name.replace("_", "-"): value for name, value in headers.items()}
        body = form if isinstance(form, bytes) else urlencode(form).encode()
        kind = {"content-type": "application/x-www-form-urlencoded"}
        return await self._client.post(address, content=body, headers=kind | sent)

    async def decide(self, address: str, browser: Browser, decision: str = "allow") -> Response:
        """Press a button of the consent page."""
        form = {"decision": decision, "person": browser.person_id}
        return await self.post(address, form, browser, **HERE)

    async def code(self, application: Registered, person: str = "japan", **changed: Any) -> str:
        """Return a code that a person allowed the application to have, in a browser of its own."""
        browser = await self.browser(person)
        return answer_of(await self.decide(self.request(application, **changed), browser))["code"]

    async def token(self, application: Registered, **form: Any) -> Response:
        """Ask the token endpoint, proving who it is by whatever this kind of application has."""
        return await self.call("/oauth/token", application, **form)

    async def call(self, path: str, application: Registered, **form: Any) -> Response:
        """Ask an endpoint of the authorization server as an application."""
        if application.secret is None:
            return await self.post(path, {"client_id": application.id} | form)
        return await self.post(path, {"client_id": application.id, "client_secret": application.secret} | form)

    async def exchange(self, application: Registered, code: str, /, **changed: Any) -> Response:
        """Exchange a code; a parameter changed to None is left out."""
        good = {
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": application.redirect_uri,
            "code_verifier": VERIFIER,
        }
        return await self.token(application, **{k: v for k, v in (good | changed).items() if v is not None})

    async def tokens(self, application: Registered, person: str = "japan", **changed: Any) -> dict[str, Any]:
        """Go through the whole flow, and return the last answer of the token endpoint."""
        answer = await self.exchange(application, await self.code(application, person, **changed))
        assert answer.status_code == 200, answer.text
        return dict(answer.json())

    async def refresh(self, application: Registered, token: str, **changed: Any) -> Response:
        """Use a refresh token."""
        return await self.token(application, **{"grant_type": "refresh_token", "refresh_token": token} | changed)

    async def graphql(self, token: str, document: str, variables: Any = None) -> Response:
        """Ask the API with an access token."""
        body = {"query": document, "variables": variables or {}}
        return await self._client.post("/graphql", json=body, headers={"authorization": f"Bearer {token}"})

    async def is_welcome(self, token: str) -> bool:
        """Return whether the API takes an access token."""
        answer = await self.graphql(token, "{ __typename }")
        assert answer.status_code in (200, 401), answer.text
        return bool(answer.status_code == 200)

    async def hurry(self) -> None:
        """Open the connections that requests at the same time need, so that none of them waits for one."""
        await asyncio.gather(*(self._connect() for _ in range(AT_ONCE)))

    async def _connect(self) -> None:
        async with self.world.database.writing() as session:
            await session.execute(select(Grant.id))

    async def grants(self) -> list[Grant]:
        """Return every grant, oldest first."""
        async with self.world.database.studying() as session:
            return list((await session.scalars(select(Grant).order_by(Grant.id))).all())

    async def count(self, model: type[Base]) -> int:
        """Return the number of rows of a table."""
        async with self.world.database.studying() as session:
            return int(await session.scalar(select(func.count()).select_from(model)) or 0)


def answer_of(response: Response) -> dict[str, str]:
    """Return the parameters with which a browser is led back to the application."""
    assert response.status_code == 302, response.text
    return dict(parse_qsl(urlsplit(response.headers["location"]).query, strict_parsing=True))


def place_of(response: Response) -> str:
    """Return the address to which a browser is led, without parameters."""
    return str(response.headers["location"]).partition("?")[0]


def error_of(response: Response) -> tuple[int, str]:
    """Return status and error of an answer that refuses."""
    assert response.headers["cache-control"] == "no-store"
    return response.status_code, response.json()["error"]
