"""Text that cannot be read or stored, in every field, parameter, cookie, header and path: refused, never a fault."""

import re
from base64 import b64encode
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from httpx2 import URL, AsyncClient
from starlette.applications import Starlette
from starlette.routing import Route

import server
from server.identity.cookie import KNOWN_COOKIE, SESSION_COOKIE
from server.web.pages.federated import BROWSER_COOKIE
from tests.factories.refusing import Watched
from tests.factories.world import World
from tests.oauth.desk import HERE, ISSUER, Browser, Desk, Registered

TEXTS = {
    "nul": "%00",
    "nul, too long": "%C0%80",
    "lone surrogate": "%ED%A0%80",
    "no UTF-8": "%FF",
    "beyond Unicode": "%F4%90%80%80",
    "half an escape": "%",
    "no escape": "%zz",
    "line ends": "%0D%0A",
    "right-to-left override": "a%E2%80%AEb",
    "other digits": "%D9%A1%D9%A2%D9%A3%D9%A4%D9%A5%D9%A6",
    "long": "a" * 1000,
}
"""Percent-encoded, as forms and query strings carry them."""
READ = re.compile(r'(?:form|fields|parameters|query_params|payload\.data)(?:\.get\(|\[)"([\w-]+)"')
FIELDS = sorted(
    {name for path in Path(server.__path__[0]).rglob("*.py") for name in READ.findall(path.read_text())}
    | {"grant_type", "scope", "refresh_token", "code_verifier", "redirect_uri", "device_code", "resource"}
)
"""Every field and parameter that is read somewhere."""
HEADERS = (
    "accept",
    "acting-as",
    "content-type",
    "origin",
    "referer",
    "sec-fetch-site",
    "user-agent",
    "x-forwarded-for",
)
GRANTS = ("authorization_code", "refresh_token", "client_credentials", "urn:ietf:params:oauth:grant-type:device_code")
DATABASES_DIFFER = {"nul", "lone surrogate"}
"""Texts that SQLite stores and PostgreSQL does not."""
every_text = pytest.mark.parametrize(
    "text",
    [
        pytest.param(text, id=name, marks=pytest.mark.own_sql if name in DATABASES_DIFFER else pytest.mark.rest)
        for name, text in TEXTS.items()
    ],
)
FORM = {"content-type": "application/x-www-form-urlencoded"}


def raw(text: str) -> bytes:
    """Return the bytes that a percent-encoded text stands for; what is no escape stays as it is."""
    return re.sub(rb"%([0-9A-F]{2})", lambda escape: bytes([int(escape[1], 16)]), text.encode())


class Attacker:
    """A browser of a person, or of nobody, that sends anything and notes every answer that is a fault."""

    def __init__(self, desk: Desk, browser: Browser, application: Registered) -> None:
        self.app, self.browser, self.application = desk.app, browser, application
        transport = Watched(app=desk.app, raise_app_exceptions=False)
        self.client = AsyncClient(transport=transport, base_url=ISSUER)
        self.faults: list[str] = []
        self.statuses: set[int] = set()
        self.answers = 0

    async def __aenter__(self) -> "Attacker":
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.client.aclose()

    async def send(self, method: str, path: str, what: str, **given: Any) -> None:
        """Send one request, with what is already encoded left as it is."""
        headers = HERE | FORM | self.browser.headers | given.pop("headers", {})
        self.client.cookies.clear()
        url = URL(ISSUER).copy_with(raw_path=path.encode())
        answer = await self.client.request(method, url, headers=headers, **given)
        self.answers += 1
        self.statuses.add(answer.status_code)
        if answer.status_code >= 500:
            self.faults.append(f"{answer.status_code} {method} {path[:60]}: {what}")

    async def send_fields(self, path: str, texts: dict[str, str]) -> None:
        """Send a form, as it is encoded already."""
        form = "&".join(f"{name}={text}" for name, text in texts.items())
        await self.send("POST", path, form[:60], content=form.encode())


def routes_of(app: Starlette) -> Iterator[tuple[str, str]]:
    """Yield (method, path) of every route over HTTP but the API itself, which has tests of its own."""
    for route in app.routes:
        if isinstance(route, Route) and route.path != "/graphql":
            for method in sorted((route.methods or {"GET"}) - {"HEAD"}):
                yield method, route.path.replace("{name}", "name")


@pytest.fixture(params=["japan", pytest.param("", marks=pytest.mark.rest)])
async def attacker(world: World, request: pytest.FixtureRequest) -> AsyncIterator[Attacker]:
    """Give an attacker who is signed in as Japan, and one who is nobody."""
    async with Desk(world) as desk:
        browser = await desk.browser(request.param) if request.param else Browser("", {})
        async with Attacker(desk, browser, await desk.application()) as attacker:
            yield attacker


@every_text
async def test_unreadable_text_everywhere_at_once_is_no_fault(attacker: Attacker, text: str) -> None:
    everything = dict.fromkeys(FIELDS, text)
    query = "&".join(f"{name}={text}" for name in FIELDS)

    for method, path in routes_of(attacker.app):
        await attacker.send(method, f"{path}?{query}", "query")
        await attacker.send(method, f"{path}{text}/..{text}", "path")
        if method == "POST":
            await attacker.send_fields(path, everything)

    assert attacker.faults == []
    assert attacker.answers > 100


@every_text
async def test_unreadable_credentials_of_a_client_are_answered_401(attacker: Attacker, text: str) -> None:
    for pair in (f"{text}:x", f"{attacker.application.id}:{text}", f"{text}:{text}"):
        for encoded in (pair.encode(), raw(pair)):
            header = {"authorization": b"Basic " + b64encode(encoded)}
            for path in ("/oauth/token", "/oauth/revoke", "/oauth/introspect", "/oauth/device_authorization"):
                for grant in GRANTS if path == "/oauth/token" else [""]:
                    form = f"grant_type={quote(grant)}&token=x&device_code=x".encode()
                    await attacker.send("POST", path, f"Basic {pair[:40]}", content=form, headers=header)

    assert attacker.faults == []
    assert attacker.statuses == {401}


@pytest.mark.rest
@every_text
async def test_unreadable_text_in_cookies_and_headers_is_no_fault(attacker: Attacker, text: str) -> None:
    cookies = b"; ".join(f"{name}=".encode() + raw(text) for name in (SESSION_COOKIE, KNOWN_COOKIE, BROWSER_COOKIE))
    sent = [{name: raw(text)} for name in HEADERS] + [{"cookie": cookies}]
    sent += [{"authorization": scheme + raw(text)} for scheme in (b"Bearer ", b"Basic ", b"")]

    for path in ("/account", "/sign-in", "/device", "/oauth/userinfo", "/oauth/authorize", "/graphql", "/invitation"):
        for headers in sent:
            await attacker.send("GET", path, f"headers {headers}", headers=headers)
            await attacker.send("POST", path, f"headers {headers}", headers=headers, content=b"email=a&password=b")

    assert attacker.faults == []


@pytest.mark.rest
@pytest.mark.parametrize("text", [TEXTS[name] for name in ("nul", "right-to-left override", "other digits")])
async def test_unreadable_text_in_one_field_at_a_time_is_no_fault(attacker: Attacker, text: str) -> None:
    application = attacker.application
    good = {"client_id": application.id, "client_secret": application.secret or "", "password": "x", "token": "x"}
    paths = sorted(path for method, path in routes_of(attacker.app) if method == "POST")

    for path in paths:
        for name in FIELDS:
            for grant in GRANTS if path == "/oauth/token" else [""]:
                await attacker.send_fields(path, good | {"grant_type": quote(grant), name: text})

    assert attacker.faults == []
    assert attacker.answers > 500


def test_fields_are_those_that_the_server_reads() -> None:
    assert {"email", "password", "secret", "continue", "passkey", "user_code", "client_id", "token"} <= set(FIELDS)
