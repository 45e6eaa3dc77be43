"""How a server is reached: from a browser directly, or through proxies that forward the requests of others."""

from collections.abc import Awaitable
from typing import Any

from starlette.types import ASGIApp, Receive, Scope, Send
from uvicorn.middleware.proxy_headers import ProxyHeadersMiddleware

from server.web.browser.requests import NAME
from server.web.browser.slowness import ImpatientProtocol
from server.web.settings import WebSettings

STOPS_WITHIN = 5
"""Seconds that open requests are given when the server is stopped."""


class KnownProxies:
    """An application that believes trusted proxies, and nobody else.

    They say from which address and under which scheme a request came, and by which id it is known in their log.
    """

    def __init__(self, app: ASGIApp, trusted: str) -> None:
        self._forwarding = ProxyHeadersMiddleware(app, trusted)  # type: ignore[arg-type]

    def __call__(self, scope: Scope, receive: Receive, send: Send) -> Awaitable[None]:
        """Answer one request."""
        client = scope.get("client")
        if scope["type"] != "lifespan" and (client[0] if client else "") not in self._forwarding.trusted_hosts:
            scope = {**scope, "headers": [header for header in scope["headers"] if header[0] != NAME]}
        return self._forwarding(scope, receive, send)  # type: ignore[arg-type]


def serving_options(settings: WebSettings, *, message_bytes: int) -> dict[str, Any]:
    """Return the options that uvicorn is started with.

    Proxies are believed by the application and not by uvicorn, which would hide from it who sent a request. A WebSocket
    message has at most `message_bytes`, the limit of a body of /graphql. WebSockets are not compressed: that would be
    done anew for each of those who are told the same, and each would hold its dictionary. Streams have no end, so
    stopping does not wait for them. Slow and too many connections are closed or refused. The log is written as
    `server.web.logs` says.
    """
    return {
        "http": ImpatientProtocol,
        "interface": "asgi3",  # or uvicorn takes an application that hands on the next one's answer for an older kind
        "limit_concurrency": settings.connections,
        "log_config": None,
        "proxy_headers": False,
        "server_header": False,
        "timeout_graceful_shutdown": STOPS_WITHIN,
        "ws_max_size": message_bytes,
        "ws_per_message_deflate": False,
    }
