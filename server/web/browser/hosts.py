"""The names under which this server answers.

A request for another host comes from a page that made its own name lead here (DNS rebinding), or wants a link with a
foreign name in it.
"""

from collections.abc import Awaitable
from urllib.parse import urlsplit

from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.types import ASGIApp, Receive, Scope, Send

LOOPBACK = ("127.0.0.1", "localhost", "[::1]")
PROBES = frozenset({"/healthz", "/readyz", "/metrics"})
"""Called by machines that know an address and no name; the answers say nothing about any person."""


class KnownHosts:
    """An application that answers under the issuer's name only.

    Outside production it also answers under the names of the loopback.
    """

    def __init__(self, app: ASGIApp, issuer: str, *, production: bool) -> None:
        self._app = app
        self._guarded = TrustedHostMiddleware(app, known_names(issuer, production=production), www_redirect=False)

    def __call__(self, scope: Scope, receive: Receive, send: Send) -> Awaitable[None]:
        """Answer one request, with status 400 for an unknown host."""
        app = self._app if scope.get("path") in PROBES else self._guarded
        return app(scope, receive, send)


def known_names(issuer: str, *, production: bool) -> tuple[str, ...]:
    """Return the names, without port, under which this server answers."""
    return (host_of(issuer), *(() if production else LOOPBACK))


def host_of(address: str) -> str:
    """Return the host in an address as a Host header has it, without port.

    "https://[::1]:8443" has the host "[::1]".
    """
    host = urlsplit(address).hostname or ""
    return f"[{host}]" if ":" in host else host
