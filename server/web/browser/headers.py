"""The headers of every response: they tell a browser to guess nothing, to leak nothing, and to embed nothing here."""

from starlette.types import ASGIApp, Message, Receive, Scope, Send

HEADERS = {
    "content-security-policy": "default-src 'none'; frame-ancestors 'none'",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()",
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
}
"""Set unless the response has its own."""
HTTPS_ONLY = {"strict-transport-security": "max-age=31536000"}
"""A year, for this host alone: its sub-domains may be somebody else's."""
ANY_ORIGIN = (b"access-control-allow-origin", b"*")
ANY_SITE = (b"cross-origin-resource-policy", b"cross-origin")
"""Added where `ANY_ORIGIN` is set: what any page may read, any page may load."""
STARTS = frozenset({"http.response.start", "websocket.http.response.start"})
"""The ASGI messages with headers: of an answer, and of an answer that refuses a WebSocket."""


def security_headers(issuer: str) -> dict[str, str]:
    """Return the headers of a server at this address."""
    return HEADERS | (HTTPS_ONLY if issuer.startswith("https://") else {})


class SecurityHeaders:
    """An application that adds the headers to every answer, also to the answer to an unexpected error."""

    def __init__(self, app: ASGIApp, issuer: str) -> None:
        self._app = app
        headers = security_headers(issuer)
        self._headers = tuple((name.encode(), value.encode()) for name, value in headers.items())

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request, with the headers."""

        async def send_with_headers(message: Message) -> None:
            if message["type"] in STARTS:
                fields = list(message.get("headers", ()))
                if ANY_ORIGIN in fields:
                    fields.append(ANY_SITE)
                names = {name for name, _ in fields}
                message["headers"] = fields + [header for header in self._headers if header[0] not in names]
            await send(message)

        await self._app(scope, receive, send_with_headers)
