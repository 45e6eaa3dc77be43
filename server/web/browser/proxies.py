"""How a server is reached: from a browser directly, or through proxies that say on whose behalf they ask."""

from typing import Any

from server.settings import Settings

STOPS_WITHIN = 5
"""Seconds that open requests are given when the server is stopped."""


def serving_options(settings: Settings) -> dict[str, Any]:
    """What uvicorn is told: to believe the trusted proxies, and nobody else, about the address and the scheme of a
    request; to say nothing about itself; to take no longer message over a WebSocket than /graphql takes as a body; and
    not to wait for streams that have no end when the server is stopped."""
    return {
        "forwarded_allow_ips": settings.trusted_proxies,
        "proxy_headers": True,
        "server_header": False,
        "timeout_graceful_shutdown": STOPS_WITHIN,
        "ws_max_size": settings.body_bytes,
    }
