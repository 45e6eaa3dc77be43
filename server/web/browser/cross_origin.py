"""Tells browsers which pages of other sites may read an answer (CORS).

Cookies never count there: such a page brings a token.
"""

from collections.abc import Awaitable, Collection

from starlette.middleware.cors import CORSMiddleware
from starlette.types import ASGIApp, Receive, Scope, Send

METHODS = ("GET", "POST")
SENT = ("authorization", "content-type", "acting-as", "x-request-id")
SHOWN = ("retry-after", "www-authenticate", "x-request-id")
VARY = "Origin"
"""Named in the header Vary of every answer, also to a request that brings no Origin."""
PUBLIC = ("/.well-known/", "/journal/")
KEYS = "/oauth/jwks"


class CrossOrigin:
    """An application that pages of the listed origins may call with a token.

    What it publishes about itself, metadata, public keys and signed heads, any page may read.
    """

    def __init__(self, app: ASGIApp, origins: Collection[str]) -> None:
        self._listed = CORSMiddleware(app, origins, allow_methods=METHODS, allow_headers=SENT, expose_headers=SHOWN)
        self._public = CORSMiddleware(app, allow_origins=("*",), allow_methods=("GET",))

    def __call__(self, scope: Scope, receive: Receive, send: Send) -> Awaitable[None]:
        """Answer one request, or a browser's preflight request."""
        path = scope.get("path", "")
        app = self._public if path.startswith(PUBLIC) or path == KEYS else self._listed
        return app(scope, receive, send)
