"""Which pages of other sites may read an answer (CORS). Cookies never count there: such a page brings a token."""

from collections.abc import Collection
from urllib.parse import urlsplit

from starlette.middleware.cors import CORSMiddleware
from starlette.types import ASGIApp, Receive, Scope, Send

from server.browser.origin import origin_of

METHODS = ("GET", "POST")
SENT = ("authorization", "content-type", "acting-as", "x-request-id")
SHOWN = ("www-authenticate", "x-request-id")
WELL_KNOWN = "/.well-known/"
KEYS = "/oauth/jwks"


class CrossOrigin:
    """An application that pages of the listed origins may call with a token. What it publishes about itself, metadata
    and public keys, any page may read."""

    def __init__(self, app: ASGIApp, origins: Collection[str]) -> None:
        self._listed = CORSMiddleware(app, origins, allow_methods=METHODS, allow_headers=SENT, expose_headers=SHOWN)
        self._public = CORSMiddleware(app, allow_origins=("*",), allow_methods=("GET",))

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request, or the question of a browser whether it may be sent."""
        path = scope.get("path", "")
        app = self._public if path.startswith(WELL_KNOWN) or path == KEYS else self._listed
        await app(scope, receive, send)


def origins_of(listed: str) -> frozenset[str]:
    """The origins in a list separated by spaces. Raises ValueError for what is not exactly one origin: "*", "null", an
    address with a path, capitals, or a port that goes without saying."""
    origins = frozenset(listed.split())
    for origin in sorted(origins):
        parts = urlsplit(origin)
        usual = {"http": ":80", "https": ":443"}.get(parts.scheme)
        if usual is None or not parts.hostname or "*" in origin or origin.endswith(usual):
            raise ValueError(f"{origin} is not an origin such as https://app.example.org")
        if origin != origin_of(origin).lower() or parts.username is not None:
            raise ValueError(f"{origin} is more than an origin: leave path and capitals out")
    return origins
