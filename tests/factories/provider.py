"""A second OpenID provider, made for tests: its own keys, real HTTP, and whatever it is told to answer."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from functools import cache
from secrets import token_urlsafe
from typing import Any
from urllib.parse import parse_qs, urlsplit

from joserfc import jwt
from joserfc.jwk import ECKey, Key, OKPKey, RSAKey
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from server.settings import Settings
from tests.factories.serving import free_port, serving
from tests.factories.world import NOW

OURS = "https://intersession.example"
"""Our own public address in the eyes of the provider."""
AUDIENCE = f"{OURS}/graphql"
CLIENT, CLIENT_SECRET = "intersession:1", "a secret, and more"


def key_for(algorithm: str, name: str = "1") -> Any:
    """Return a key for an algorithm, made once. `name` tells several keys of one algorithm apart."""
    return _key_for(algorithm, name)


@cache
def _key_for(algorithm: str, name: str) -> Any:
    named: Any = {"kid": f"{algorithm}-{name}", "use": "sig", "alg": algorithm}
    if algorithm.startswith("ES"):
        return ECKey.generate_key("P-256", named)
    return (
        OKPKey.generate_key("Ed25519", named) if algorithm in ("EdDSA", "Ed25519") else RSAKey.generate_key(2048, named)
    )


def claims(**changed: Any) -> dict[str, Any]:
    """Return claims that are valid now, with changes; None leaves one out."""
    good = {"iat": int(NOW.timestamp()), "exp": int((NOW + timedelta(minutes=10)).timestamp())}
    return {name: value for name, value in (good | changed).items() if value is not None}


def signed(key: Any, header: dict[str, Any] | None = None, **given: Any) -> str:
    """Return a token signed with a key; None for a member of the header leaves it out."""
    head = {"alg": key.get("alg"), "typ": "at+jwt", "kid": key.kid} | (header or {})
    head = {name: value for name, value in head.items() if value is not None}
    return jwt.encode(head, claims(**given), key, algorithms=[str(key.get("alg"))])


class SecondIssuer:
    """What the provider publishes and answers. Everything can be changed between two requests; `reset` puts it back."""

    def __init__(self, address: str) -> None:
        self.address = address
        self.reset()

    def reset(self) -> None:
        """Put the provider in its first state: in order, with one key and without requests."""
        self.keys: list[Key] = [key_for("ES256")]
        self.asked: list[str] = []
        self.sent: list[dict[str, str]] = []
        """The forms that came to the token endpoint, with the Authorization header."""
        self.described: dict[str, Any] = {}
        self.answers: dict[str, Response] = {}
        """What is answered at a path instead of the right thing."""
        self.codes: dict[str, dict[str, Any]] = {}
        self.person: dict[str, Any] = {}

    def settings(self, **changed: Any) -> Settings:
        """Return the settings of a server that trusts this provider."""
        given = {"oidc_issuer": self.address, "oidc_client_id": CLIENT, "oidc_client_secret": CLIENT_SECRET}
        return Settings(issuer=OURS, **(given | changed))

    def token(self, *, key: Any = None, header: dict[str, Any] | None = None, **given: Any) -> str:
        """Return an access token of this provider for our API."""
        good = {"iss": self.address, "aud": AUDIENCE, "sub": "subject-1", "client_id": "editor", "scope": "read write"}
        return signed(key or self.keys[0], header, **(good | given))

    def answer(self, location: str, *, key: Any = None, header: dict[str, Any] | None = None, **given: Any) -> str:
        """Return what the browser brings back (path and query) after signing in at `location`.

        The ID token carries the claims `given`.
        """
        asked = {name: values[0] for name, values in parse_qs(urlsplit(location).query).items()}
        good = {"iss": self.address, "aud": CLIENT, "sub": "subject-1", "nonce": asked["nonce"]}
        code = token_urlsafe(8)
        self.codes[code] = {
            "id_token": signed(key or self.keys[0], {"typ": "JWT"} | (header or {}), **(good | given)),
            "access_token": "opaque",
            "token_type": "Bearer",
        }
        return f"/sign-in/provider/answer?code={code}&state={asked['state']}"

    async def __call__(self, request: Request) -> Response:
        """Answer any request."""
        path = request.url.path
        self.asked.append(path)
        if path in self.answers:
            return self.answers[path]
        if path == "/.well-known/openid-configuration":
            return JSONResponse(self._description() | self.described)
        if path == "/jwks":
            return JSONResponse({"keys": [key.as_dict(private=False) for key in self.keys]})
        if path == "/userinfo":
            return JSONResponse(self.person)
        form = {name: str(value) for name, value in (await request.form()).items()}
        self.sent.append(form | {"authorization": request.headers.get("authorization", "")})
        found = self.codes.pop(form["code"], None)
        return JSONResponse(found) if found else JSONResponse({"error": "invalid_grant"}, status_code=400)

    def _description(self) -> dict[str, Any]:
        names = {"authorization_endpoint": "/authorize", "token_endpoint": "/token", "jwks_uri": "/jwks"}
        return {"issuer": self.address} | {name: self.address + path for name, path in names.items()}


def elsewhere(path: str = "/.well-known/openid-configuration") -> Response:
    """Return a redirect, which nobody follows."""
    return RedirectResponse(f"http://127.0.0.1:9{path}")


@contextmanager
def second_issuer() -> Iterator[SecondIssuer]:
    """Serve a provider on a port of its own until the block ends."""
    with free_port() as (listener, port):
        issuer = SecondIssuer(f"http://127.0.0.1:{port}")
        app = Starlette(routes=[Route("/{path:path}", issuer.__call__, methods=["GET", "POST"])])
        with serving(app, listener, lifespan="off"):
            yield issuer
