"""Which pages of other sites may call the API, and what they may read."""

import pytest
from httpx2 import Response
from starlette.responses import Response as Answer

from server.app import create_app
from server.kernel.addresses import origins_of
from server.settings import Settings
from server.web.browser.cross_origin import CrossOrigin
from tests.browser.visits import CLOCK_QUERY, app_with, sent

LISTED = "https://app.example.org"
SECOND = "http://localhost:5173"
STRANGE = (
    *("null", "https://elsewhere.example", "https://app.example.org.elsewhere.example", "https://xapp.example.org"),
    *("http://app.example.org", "https://app.example.org:8443", "https://sub.app.example.org", "https://example.org"),
    *("https://app.example.org/", "HTTPS://app.example.org", "http://localhost", "*", "", "https://app_example.org"),
)


def allowed(response: Response) -> dict[str, str]:
    """What an answer allows pages of other sites."""
    return {
        name.removeprefix("access-control-"): value
        for name, value in response.headers.items()
        if name.startswith("access-control-")
    }


async def asked(origin: str, path: str = "/graphql", origins: str = f"{LISTED} {SECOND}") -> Response:
    """The answer to a call by a page."""
    headers = {"origin": origin}
    return await sent(app_with(cors_origins=origins), "POST", path, json=CLOCK_QUERY, headers=headers)


async def preflight(origin: str, method: str, headers: str, path: str = "/graphql") -> Response:
    """The answer to a browser that asks whether it may send a call."""
    given = {"origin": origin, "access-control-request-method": method, "access-control-request-headers": headers}
    return await sent(app_with(cors_origins=f"{LISTED} {SECOND}"), "OPTIONS", path, headers=given)


@pytest.mark.parametrize("origin", [LISTED, SECOND])
async def test_call_by_a_listed_page_may_be_read_without_credentials(origin: str) -> None:
    response = await asked(origin)

    assert response.status_code == 200
    assert allowed(response) == {
        "allow-origin": origin,
        "expose-headers": "retry-after, www-authenticate, x-request-id",
    }
    assert "Origin" in response.headers["vary"]


@pytest.mark.parametrize("origin", STRANGE)
async def test_call_by_another_page_may_not_be_read(origin: str) -> None:
    response = await asked(origin)

    assert "allow-origin" not in allowed(response)
    assert "allow-credentials" not in allowed(response)
    assert "Origin" in response.headers["vary"]


@pytest.mark.parametrize("origin", [LISTED, *STRANGE])
async def test_call_where_no_page_is_listed_may_not_be_read(origin: str) -> None:
    response = await asked(origin, origins="")

    assert "allow-origin" not in allowed(response)


async def test_preflight_of_a_listed_page_allows_what_a_client_sends_and_no_credentials() -> None:
    response = await preflight(LISTED, "POST", "authorization, content-type, acting-as, x-request-id")

    assert response.status_code == 200
    assert allowed(response) == {
        "allow-origin": LISTED,
        "allow-methods": "GET, POST",
        "allow-headers": "Accept, Accept-Language, Content-Language, Content-Type, acting-as, authorization, "
        "content-type, x-request-id",
        "max-age": "600",
    }


@pytest.mark.parametrize(
    ("origin", "method", "headers", "refused"),
    [
        *((origin, "POST", "content-type", "origin") for origin in STRANGE),
        (LISTED, "DELETE", "content-type", "method"),
        (LISTED, "PUT", "content-type", "method"),
        (LISTED, "POST", "cookie", "headers"),
        (LISTED, "POST", "authorization, x-forwarded-for", "headers"),
    ],
)
async def test_preflight_for_anything_else_is_refused(origin: str, method: str, headers: str, refused: str) -> None:
    response = await preflight(origin, method, headers)

    assert (response.status_code, response.text) == (400, f"Disallowed CORS {refused}")
    assert "allow-credentials" not in allowed(response)
    assert ("allow-origin" in allowed(response)) is (origin == LISTED)


@pytest.mark.parametrize("path", ["/.well-known/openid-configuration", "/.well-known/any/graphql", "/oauth/jwks"])
@pytest.mark.parametrize("origin", ["https://elsewhere.example", "null", LISTED])
async def test_metadata_may_be_read_by_any_page_without_credentials(path: str, origin: str) -> None:
    published = CrossOrigin(Answer("metadata"), origins_of(LISTED))

    response = await sent(published, "GET", path, headers={"origin": origin})

    assert allowed(response) == {"allow-origin": "*"}


@pytest.mark.parametrize("document", ["openid-configuration", "oauth-protected-resource/graphql"])
async def test_published_document_may_be_read_and_loaded_by_any_page(document: str) -> None:
    headers = {"origin": "https://elsewhere.example"}

    response = await sent(app_with(), "GET", f"/.well-known/{document}", headers=headers)

    assert response.status_code == 200
    assert allowed(response) == {"allow-origin": "*"}
    assert response.headers["cross-origin-resource-policy"] == "cross-origin"


@pytest.mark.parametrize("path", ["/oauth/jwks/", "/oauth/token", "/.well-known", "/x/.well-known/y", "/sign-in"])
async def test_what_is_no_metadata_may_not_be_read_by_any_page(path: str) -> None:
    published = CrossOrigin(Answer("not metadata"), origins_of(LISTED))

    response = await sent(published, "GET", path, headers={"origin": "https://elsewhere.example"})

    assert "allow-origin" not in allowed(response)


async def test_metadata_answers_no_preflight_for_changes() -> None:
    response = await preflight("https://elsewhere.example", "POST", "content-type", "/oauth/jwks")

    assert (response.status_code, response.text) == (400, "Disallowed CORS method")


@pytest.mark.parametrize(
    "listed",
    [
        *("*", "null", "https://*.example.org", "app.example.org", "https://app.example.org/", "ftp://app.example.org"),
        *("https://app.example.org/path", "https://App.example.org", "https://app.example.org:443", "https://"),
        *("http://app.example.org:80", "https://user@app.example.org", "https://a.example,https://b.example/"),
        *("https://bücher.example", "https://a<b.example", "https://a>.example", 'https://a".example'),
    ],
)
def test_create_app_with_an_origin_that_is_none_is_refused(listed: str) -> None:
    with pytest.raises(ValueError, match="origin"):
        create_app(Settings(cors_origins=f"{LISTED} {listed}"))


def test_origins_of_a_list_are_its_words() -> None:
    assert origins_of(f" {LISTED}  {SECOND}\n") == {LISTED, SECOND}
    assert origins_of("") == frozenset()
