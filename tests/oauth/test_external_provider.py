"""A real sign-in through `oidc-provider`, a certified OpenID provider that others wrote, and a real server of ours."""

import json
import os
import re
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from html import unescape
from http.cookiejar import CookieJar, DefaultCookiePolicy
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlencode, urljoin, urlsplit

import pytest
from httpx2 import Client, Response

from server.app import create_app
from server.settings import Settings
from tests.factories.serving import NEEDS_NODE, free_port, installed, serving
from tests.factories.world import World

pytestmark = NEEDS_NODE

FOLDER = Path(__file__).parent / "external"
CALLBACK = "http://127.0.0.1/callback"
GROUPS = {"kim": ["customs-japan"], "lee": ["canteen"]}
WHO = "{ viewer { person { name } scopes delegate { party { shortName } } } }"
SECRET = "only for tests, and long enough"
VERIFIER = "v" * 43
CHALLENGE = "7w_YNF9DSfIdPf_pRjSq646_kPr-2-o9NAl16JGghdM"
"""The SHA-256 of the verifier in base64url (RFC 7636)."""


@contextmanager
def provider(port: int, ours: str) -> Iterator[None]:
    """Run the provider on a port for a server of ours until the block ends."""
    environment = {name: value for name, value in os.environ.items() if "proxy" not in name.lower()} | {
        "PORT": str(port),
        "AUDIENCE": f"{ours}/graphql",
        "REDIRECT_URI": f"{ours}/sign-in/provider/answer",
        "CALLBACK": CALLBACK,
        "CLIENT_SECRET": SECRET,
        "GROUPS_OF": json.dumps(GROUPS),
    }
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.DEVNULL}
    command = ["node", str(installed(FOLDER) / "provider.mjs")]
    with subprocess.Popen(command, env=environment, text=True, **pipes) as running:
        assert running.stdin
        assert running.stdout
        assert running.stdout.readline() == "listening\n"
        try:
            yield
        finally:
            running.stdin.close()


@pytest.fixture
def ours(world: World, database_url: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """The address of a real server that trusts the provider, configured as an operator would."""
    with free_port() as (reserved, provider_port), free_port() as (listener, port):
        address = f"http://127.0.0.1:{port}"
        reserved.close()
        environment = {
            "DATABASE": database_url,
            "ISSUER": address,
            "OIDC_ISSUER": f"http://127.0.0.1:{provider_port}",
            "OIDC_CLIENT_ID": "intersession",
            "OIDC_CLIENT_SECRET": SECRET,
            "OIDC_ROLES_CLAIM": "groups",
            "OIDC_ROLE_MAP": json.dumps({"customs-japan": "MEMBER:Japan"}),
        }
        for name, value in environment.items():
            monkeypatch.setenv(f"INTERSESSION_{name}", value)
        with provider(provider_port, address), serving(create_app(), listener):
            yield address


@pytest.fixture
def browser() -> Iterator[Client]:
    """A browser: it follows redirects, and on the loopback address it keeps secure cookies without https."""
    jar = CookieJar(DefaultCookiePolicy(secure_protocols=("http", "https")))
    with Client(cookies=jar, trust_env=False) as opened:
        yield opened


def walked(browser: Client, address: str, name: str) -> Response:
    """Go to an address and on from there, filling in the forms of the provider, until nothing leads on or the browser
    is sent to the callback of the editor."""
    response = browser.get(address)
    for _ in range(20):
        if response.is_redirect:
            following = urljoin(str(response.url), response.headers["location"])
            if following.startswith(CALLBACK):
                return response
            response = browser.get(following)
        elif 'name="prompt"' in response.text:
            action = unescape(re.findall(r'<form[^>]* action="([^"]+)"', response.text)[0])
            prompt = re.findall(r'name="prompt" value="(\w+)"', response.text)[0]
            form = {"prompt": prompt} | ({"login": name, "password": "any"} if prompt == "login" else {})
            response = browser.post(urljoin(str(response.url), action), data=form)
        else:
            return response
    raise AssertionError("the provider leads nowhere")


def bearer(browser: Client, settings: Settings, name: str) -> str:
    """An access token for our API, as an editor gets it from the provider for the same person."""
    asked = {
        "client_id": "editor",
        "response_type": "code",
        "redirect_uri": CALLBACK,
        "scope": "openid read",
        "resource": settings.token_audience,
        "code_challenge": CHALLENGE,
        "code_challenge_method": "S256",
    }
    back = walked(browser, f"{settings.oidc_issuer}/auth?{urlencode(asked)}", name)
    code = parse_qs(urlsplit(back.headers["location"]).query)["code"][0]
    form = {"grant_type": "authorization_code", "client_id": "editor", "code": code, "redirect_uri": CALLBACK}
    form |= {"code_verifier": VERIFIER, "resource": settings.token_audience}
    return str(browser.post(f"{settings.oidc_issuer}/token", data=form).json()["access_token"])


def who(client: Client, ours: str, headers: dict[str, str]) -> Any:
    """Who the API takes the caller for: name, scopes and party, or the code of the error."""
    answer = client.post(f"{ours}/graphql", json={"query": WHO}, headers=headers).json()
    if "errors" in answer:
        return answer["errors"][0]["extensions"]["code"]
    viewer = answer["data"]["viewer"]
    return viewer and (
        viewer["person"]["name"],
        len(viewer["scopes"]),
        viewer["delegate"] and viewer["delegate"]["party"],
    )


@pytest.mark.rest
def test_sign_in_through_a_certified_provider_ends_here_as_a_delegate(ours: str, browser: Client) -> None:
    arrived = walked(browser, f"{ours}/sign-in/provider?continue=/healthz", "kim")

    assert (str(arrived.url), arrived.text) == (f"{ours}/healthz", "ok")
    cookies = {cookie.name for cookie in browser.cookies.jar if cookie.name.startswith("__Host-")}
    assert cookies == {"__Host-intersession"}
    japan = {"shortName": "Japan"}
    assert who(browser, ours, {"sec-fetch-site": "same-origin"}) == ("kim of the provider", 5, japan)
    assert who(browser, ours, {"sec-fetch-site": "cross-site"}) == "CROSS_SITE"

    token = bearer(browser, Settings(), "kim")
    with Client(trust_env=False) as editor:
        assert who(editor, ours, {"authorization": f"Bearer {token}"}) == ("kim of the provider", 1, japan)
        assert who(editor, ours, {"authorization": f"Bearer {token[:-8]}AAAAAAAA"}) == "UNAUTHENTICATED"


def test_sign_in_of_somebody_in_no_known_group_ends_here_without_a_party(ours: str, browser: Client) -> None:
    arrived = walked(browser, f"{ours}/sign-in/provider?continue=/healthz", "lee")

    assert arrived.text == "ok"
    assert who(browser, ours, {"sec-fetch-site": "same-origin"}) == ("lee of the provider", 5, None)


def test_bearer_of_somebody_who_never_signed_in_here_is_told_so(ours: str, browser: Client) -> None:
    token = bearer(browser, Settings(), "kim")

    with Client(trust_env=False) as editor:
        assert who(editor, ours, {"authorization": f"Bearer {token}"}) == "NOT_ACCREDITED"


def test_sign_in_that_is_broken_off_at_the_provider_is_a_page(ours: str, browser: Client) -> None:
    form = browser.get(browser.get(f"{ours}/sign-in/provider").headers["location"])
    form = browser.get(urljoin(str(form.url), form.headers["location"]))
    abort = unescape(re.findall(r'href="([^"]+/abort)"', form.text)[0])

    told = walked(browser, urljoin(str(form.url), abort), "kim")

    assert (told.status_code, "Not signed in" in told.text, "access_denied" in told.text) == (403, True, False)
    assert who(browser, ours, {"sec-fetch-site": "same-origin"}) is None
