"""How a server is reached: from a browser directly, or through proxies that say on whose behalf they ask."""

from typing import Any

from server.web.settings import WebSettings

STOPS_WITHIN = 5
"""Seconds that open requests are given when the server is stopped."""


def serving_options(settings: WebSettings, *, message_bytes: int) -> dict[str, Any]:
    """What uvicorn is told: to believe the trusted proxies, and nobody else, about the address and the scheme of a
    request; to say nothing about itself; to take no longer message over a WebSocket than `message_bytes`; and not to wait for streams that have no end when the server is stopped."""
    return {
        "forwarded_allow_ips": settings.trusted_proxies,
        "proxy_headers": True,
        "server_header": False,
        "timeout_graceful_shutdown": STOPS_WITHIN,
        "ws_max_size": message_bytes,
    }
