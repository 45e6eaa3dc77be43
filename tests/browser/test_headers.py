"""The headers that every answer carries, whoever made it."""

from typing import Any

import pytest
from httpx2 import Response
from starlette.requests import Request
from starlette.responses import Response as Answer
from starlette.routing import Route

from server.app import create_app
from server.settings import Settings
from server.web.browser.headers import SecurityHeaders
from tests.browser.visits import CLOCK_QUERY, app_with, sent

PLAIN = {
    "content-security-policy": "default-src 'none'; frame-ancestors 'none'",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()",
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
}
WATCHED = {*PLAIN, "strict-transport-security", "server", "x-powered-by"}
HTTPS = "https://fos.example.org"


def watched(response: Response) -> dict[str, str]:
    """The headers of an answer that this is about; one that stands twice would show both values."""
    return {name: ", ".join(response.headers.get_list(name)) for name in WATCHED if name in response.headers}


@pytest.mark.parametrize(
    ("method", "path", "given", "status"),
    [
        ("POST", "/graphql", {"json": CLOCK_QUERY}, 200),
        ("POST", "/graphql", {"json": {"query": "{"}}, 200),
        ("POST", "/graphql", {"content": "x"}, 415),
        ("PUT", "/graphql", {}, 405),
        ("GET", "/healthz", {}, 200),
        ("GET", "/metrics", {}, 404),
        ("GET", "/nowhere", {}, 404),
        ("DELETE", "/healthz", {}, 405),
        ("GET", "/explorer/operations.xml", {}, 404),
        ("GET", "/healthz", {"headers": {"origin": "https://elsewhere.example"}}, 200),
        ("GET", "/nowhere", {"headers": {"host": "elsewhere.example"}}, 400),
    ],
)
async def test_answer_carries_the_headers_whatever_it_is(method: str, path: str, given: Any, status: int) -> None:
    response = await sent(app_with(), method, path, **given)

    assert response.status_code == status
    assert watched(response) == PLAIN


async def test_answer_to_an_unexpected_error_carries_the_headers() -> None:
    async def broken(_: Request) -> Answer:
        raise ValueError("never seen outside")

    app = create_app(Settings())
    app.router.routes.append(Route("/broken", broken))

    response = await sent(app, "GET", "/broken")

    assert (response.status_code, response.text) == (500, "Internal Server Error")
    assert watched(response) == PLAIN


async def test_answer_behind_https_keeps_browsers_on_https() -> None:
    response = await sent(app_with(issuer=HTTPS, production=True), "POST", "/graphql", base_url=HTTPS, json=CLOCK_QUERY)

    assert watched(response) == PLAIN | {"strict-transport-security": "max-age=31536000"}


async def test_answer_with_headers_of_its_own_keeps_them() -> None:
    own = {"content-security-policy": "default-src 'self'", "referrer-policy": "same-origin"}
    guarded = SecurityHeaders(Answer("page", headers=own), "http://127.0.0.1:8000")

    response = await sent(guarded, "GET", "/")

    assert watched(response) == PLAIN | own


async def test_answer_that_any_page_may_read_may_be_loaded_by_any_page() -> None:
    guarded = SecurityHeaders(Answer("keys", headers={"access-control-allow-origin": "*"}), "http://127.0.0.1:8000")

    response = await sent(guarded, "GET", "/")

    assert watched(response) == PLAIN | {"cross-origin-resource-policy": "cross-origin"}


async def test_page_at_graphql_loads_its_own_files_only_and_is_framed_by_nobody() -> None:
    response = await sent(app_with(), "GET", "/graphql", headers={"accept": "text/html"})

    policy = (
        "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; connect-src 'self'; "
        "base-uri 'none'; frame-ancestors 'none'; form-action 'self'"
    )
    assert watched(response) == PLAIN | {"content-security-policy": policy, "referrer-policy": "same-origin"}
