"""Whom the server believes about the address that a request comes from, and what it says of itself."""

import pytest
from httpx2 import AsyncClient
from pydantic import ValidationError
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

from server.settings import Settings
from server.web.browser.proxies import KnownProxies, serving_options
from tests.factories.refusing import Watched
from tests.factories.serving import free_port, serving

PROXY = "10.1.0.1"


async def address(request: Request) -> JSONResponse:
    """The address and the scheme that the application sees: what attempts are counted by."""
    assert request.client is not None
    return JSONResponse([request.client.host, request.url.scheme])


APP = Starlette(routes=[Route("/", address)])


@pytest.mark.parametrize(
    ("trusted", "peer", "forwarded", "seen"),
    [
        (PROXY, PROXY, ["203.0.113.5"], ["203.0.113.5", "https"]),
        (PROXY, PROXY, ["198.51.100.9, 203.0.113.5"], ["203.0.113.5", "https"]),
        (PROXY, PROXY, ["198.51.100.9", "203.0.113.5"], ["203.0.113.5", "https"]),
        (PROXY, PROXY, ["10.1.0.1, 203.0.113.5"], ["203.0.113.5", "https"]),
        (f"{PROXY}, 10.1.0.2", PROXY, ["198.51.100.9, 203.0.113.5, 10.1.0.2"], ["203.0.113.5", "https"]),
        ("10.1.0.0/24", PROXY, ["203.0.113.5, 10.1.0.77"], ["203.0.113.5", "https"]),
        (PROXY, PROXY, [], [PROXY, "https"]),
        (PROXY, "203.0.113.5", ["198.51.100.9"], ["203.0.113.5", "http"]),
        (PROXY, "203.0.113.5", [PROXY], ["203.0.113.5", "http"]),
        (PROXY, "10.1.0.2", ["198.51.100.9"], ["10.1.0.2", "http"]),
        ("127.0.0.1", PROXY, ["198.51.100.9"], [PROXY, "http"]),
        ("", "127.0.0.1", ["198.51.100.9"], ["127.0.0.1", "http"]),
    ],
)
async def test_request_through_a_proxy_is_seen_from_its_address_if_the_proxy_is_trusted(
    trusted: str, peer: str, forwarded: list[str], seen: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FORWARDED_ALLOW_IPS", "*")
    app = KnownProxies(APP, Settings(trusted_proxies=trusted).trusted_proxies)
    headers = [("x-forwarded-for", value) for value in forwarded] + [("x-forwarded-proto", "https")]

    transport = Watched(app=app, client=(peer, 4711))
    async with AsyncClient(transport=transport, base_url="http://127.0.0.1:8000") as client:
        response = await client.get("/", headers=headers)

    assert response.json() == seen


@pytest.mark.parametrize("trusted", ["*", "127.0.0.1, *", "0.0.0.0/0", "10.1.0.1, ::/0"])
def test_settings_that_believe_everybody_are_refused(trusted: str) -> None:
    with pytest.raises(ValidationError, match="must name the proxies"):
        Settings(trusted_proxies=trusted)


async def test_server_on_a_port_says_nothing_about_itself_and_believes_the_proxy_beside_it() -> None:
    options, app = serving_options(Settings(), message_bytes=100_000), KnownProxies(APP, Settings().trusted_proxies)
    with free_port() as (listener, port), serving(app, listener, **options):
        async with AsyncClient(trust_env=False) as client:
            response = await client.get(f"http://127.0.0.1:{port}/", headers={"x-forwarded-for": "203.0.113.5"})

    assert response.json() == ["203.0.113.5", "http"]
    assert "server" not in response.headers


def test_settings_with_a_network_that_is_none_are_refused() -> None:
    with pytest.raises(ValidationError, match=r"10\.0\.0\.0/33"):
        Settings(trusted_proxies="127.0.0.1, 10.0.0.0/33")


@pytest.mark.parametrize("secret", ["ä ö", " secret", "line\nbreak"])
def test_secret_that_no_header_can_hold_is_refused(secret: str) -> None:
    with pytest.raises(ValidationError, match="sent in a header"):
        Settings(metrics_secret=secret)
