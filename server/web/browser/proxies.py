"""How a server is reached: from a browser directly, or through proxies that forward the requests of others."""

from typing import Any

from server.web.browser.slowness import ImpatientProtocol
from server.web.settings import WebSettings

STOPS_WITHIN = 5
"""Seconds that open requests are given when the server is stopped."""


def serving_options(settings: WebSettings, *, message_bytes: int) -> dict[str, Any]:
    """Return the options that uvicorn is started with.

    Only the trusted proxies are believed about the address and the scheme of a request. A WebSocket message has at most
    `message_bytes`, the limit of a body of /graphql. WebSockets are not compressed: that would be done anew for each of
    those who are told the same, and each would hold its dictionary. Streams have no end, so stopping does not wait for
    them. Slow and too many connections are closed or refused.
    """
    return {
        "forwarded_allow_ips": settings.trusted_proxies,
        "http": ImpatientProtocol,
        "limit_concurrency": settings.connections,
        "proxy_headers": True,
        "server_header": False,
        "timeout_graceful_shutdown": STOPS_WITHIN,
        "ws_max_size": message_bytes,
        "ws_per_message_deflate": False,
    }
