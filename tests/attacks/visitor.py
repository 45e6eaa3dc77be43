"""A browser in front of the whole application.

It keeps cookies, follows redirects as far as they stay on the site, and says with each request which site caused it.
"""

import re
from html import unescape
from typing import Any
from urllib.parse import urljoin, urlsplit

from httpx2 import AsyncClient, Response

from tests.browser.visits import app_with
from tests.factories.refusing import Watched
from tests.factories.world import World

ORIGIN = "https://fos.example.org"
ELSEWHERE = "https://elsewhere.example"


def site_of(page: str | None) -> str:
    """Return what a browser says of a request that this page caused; None is a person who typed the address."""
    if page is None:
        return "none"
    return "same-origin" if origin_of(page) == ORIGIN else "cross-site"


def origin_of(address: str) -> str:
    """Return the origin of an address as browsers read it: a backslash is a slash, and white space is dropped."""
    parts = urlsplit(re.sub(r"[\t\r\n]", "", address).replace("\\", "/"))
    return f"{parts.scheme}://{parts.netloc}".lower()


def form_in(page: Response, action: str = "") -> dict[str, str]:
    """Return the hidden fields of the first form of a page, or of the one that is sent to `action`."""
    forms = re.findall(r"<form[^>]*>.*?</form>", page.text, re.DOTALL)
    form = next(each for each in forms if action in each.partition(">")[0])
    inputs = re.findall(r'<input type="hidden" name="([^"]*)" value="([^"]*)"', form)
    return {name: unescape(value) for name, value in inputs}


class Visitor:
    """One browser. `trail` is every address it was led to, those on other sites included."""

    def __init__(self, world: World) -> None:
        self.app: Any = app_with(issuer=ORIGIN)
        self.app.state.server.database, self.app.state.server.clock = world.database, world.clock
        self.client = AsyncClient(transport=Watched(app=self.app), base_url=ORIGIN)
        self.trail: list[str] = []

    async def __aenter__(self) -> "Visitor":
        await self.app.state.server.start()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.client.aclose()

    async def open(self, address: str, page: str | None = None) -> Response:
        """Open an address, by a link on a page or by typing it, and follow it as far as it stays here."""
        return await self._followed("GET", urljoin(ORIGIN, address), site_of(page), {})

    async def send(self, address: str, fields: dict[str, str], page: str = ORIGIN) -> Response:
        """Send a form that stands on a page."""
        sent = {"data": fields, "headers": {"origin": origin_of(page)}}
        return await self._followed("POST", urljoin(ORIGIN, address), site_of(page), sent)

    async def sign_in(self, person: str, password: str, page: Response) -> Response:
        """Fill in the form to sign in on the page that shows it."""
        fields = form_in(page, "/sign-in") | {"email": f"{person}@example.org", "password": password}
        return await self.send("/sign-in", fields)

    async def ask(self, query: str, page: str = ORIGIN) -> Response:
        """Ask the API from a page, with the cookies of this browser."""
        headers = {"sec-fetch-site": site_of(page), "origin": origin_of(page)}
        return await self.client.post("/graphql", json={"query": query}, headers=headers)

    async def _followed(self, method: str, address: str, site: str, given: dict[str, Any]) -> Response:
        headers = given.pop("headers", {})
        while True:
            response = await self.client.request(method, address, headers=headers | {"sec-fetch-site": site}, **given)
            if not response.has_redirect_location:
                return response
            address = urljoin(address, response.headers["location"])
            self.trail.append(address)
            if origin_of(address) != ORIGIN:
                return response
            method, headers, given = "GET", {}, {}
