"""What every response tells a browser: to guess nothing, to leak nothing, and to be embedded nowhere."""

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
"""A year, for this host alone: what its sub-domains are is not ours to say."""
ANY_ORIGIN = (b"access-control-allow-origin", b"*")
ANY_SITE = (b"cross-origin-resource-policy", b"cross-origin")
"""What any page may read, any page may load."""
STARTS = frozenset({"http.response.start", "websocket.http.response.start"})


class SecurityHeaders:
    """An application whose every answer carries the headers, the answer to an unexpected error too."""

    def __init__(self, app: ASGIApp, issuer: str) -> None:
        self._app = app
        headers = HEADERS | (HTTPS_ONLY if issuer.startswith("https://") else {})
        self._headers = tuple((name.encode(), value.encode()) for name, value in headers.items())

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""

        async def sent(message: Message) -> None:
            if message["type"] in STARTS:
                given = list(message.get("headers", ()))
                if ANY_ORIGIN in given:
                    given.append(ANY_SITE)
                names = {name for name, _ in given}
                message["headers"] = given + [header for header in self._headers if header[0] not in names]
            await send(message)

        await self._app(scope, receive, sent)
