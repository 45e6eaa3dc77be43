"""Under which names the server answers."""

import pytest

from server.app import create_app
from server.settings import Settings
from server.storage.database import Database
from server.web.browser.hosts import host_of
from tests.browser.visits import CLOCK_QUERY, app_with, sent

NAMED = "https://fos.example.org"
OURS = ("fos.example.org", "fos.example.org:443", "FOS.example.org", "fos.example.org:8443")
LOOPBACK = ("127.0.0.1", "127.0.0.1:8000", "localhost:8000", "[::1]:8000")
FOREIGN = (
    *("elsewhere.example", "fos.example.org.elsewhere.example", "elsewhere-fos.example.org", "www.fos.example.org"),
    *("example.org", "fos.example.org@elsewhere.example", "fos.example.org, elsewhere.example", "", "10.0.0.7", "[::1"),
)


@pytest.mark.parametrize("host", [*OURS, *LOOPBACK, *FOREIGN])
@pytest.mark.parametrize("production", [False, True])
async def test_request_is_answered_for_names_of_ours_only(host: str, production: bool) -> None:
    known = host in OURS or (host in LOOPBACK and not production)
    app = app_with(issuer=NAMED, production=production)

    response = await sent(app, "POST", "/graphql", json=CLOCK_QUERY, headers={"host": host})

    assert response.status_code == (200 if known else 400)
    assert ("data" in response.text) is known


@pytest.mark.parametrize("path", ["/healthz", "/readyz", "/metrics"])
async def test_request_of_a_probe_by_address_is_answered(database: Database, path: str) -> None:
    app = create_app(Settings(issuer=NAMED, production=True, metrics_secret="secret"), database)

    response = await sent(app, "GET", path, headers={"host": "10.0.0.7:8000", "authorization": "Bearer secret"})

    assert response.status_code == 200


@pytest.mark.parametrize("path", ["/healthz/", "/healthz/../graphql", "//healthz", "/graphql?/healthz"])
async def test_request_that_looks_like_a_probe_is_not_answered_by_address(path: str) -> None:
    app = app_with(issuer=NAMED, production=True)

    response = await sent(app, "POST", path, json=CLOCK_QUERY, headers={"host": "10.0.0.7:8000"})

    assert (response.status_code, response.text) == (400, "Invalid host header")


async def test_request_with_a_forwarded_host_is_judged_by_its_own() -> None:
    app = app_with(issuer=NAMED, production=True)
    headers = {"host": "elsewhere.example", "x-forwarded-host": "fos.example.org"}

    response = await sent(app, "POST", "/graphql", json=CLOCK_QUERY, headers=headers)

    assert response.status_code == 400


@pytest.mark.parametrize(
    ("address", "host"),
    [
        ("https://fos.example.org", "fos.example.org"),
        ("https://FOS.example.org:8443", "fos.example.org"),
        ("http://127.0.0.1:8000", "127.0.0.1"),
        ("http://[::1]:8000", "[::1]"),
    ],
)
def test_host_of_an_address_is_as_a_header_has_it(address: str, host: str) -> None:
    assert host_of(address) == host
