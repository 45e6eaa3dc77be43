"""The id of each request, under which everything that it causes stands in the log, and the log of all requests."""

import re
import time
from secrets import token_hex

import structlog
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from structlog.contextvars import bound_contextvars

NAME = b"x-request-id"
GOOD = re.compile(rb"[A-Za-z0-9_-]{1,64}")
SECRET = ("/calendar/", "/unsubscribe/")
"""The beginnings of addresses of which the rest must not stand in a log."""
LONGEST_PATH = 200
_log = structlog.get_logger("server.access")


class NamedRequests:
    """An application whose requests have an id: the one a trusted proxy gave them, or a new one.

    Every answer carries it. With `access_log` each answer is a line of the log, with its path and without the query,
    which can be a secret.
    """

    def __init__(self, app: ASGIApp, *, access_log: bool) -> None:
        self._app = app
        self._access_log = access_log

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
            return
        ids = [value for name, value in scope["headers"] if name == NAME]
        own = ids[0] if len(ids) == 1 and GOOD.fullmatch(ids[0]) else token_hex(16).encode()
        if ids != [own]:
            others = [header for header in scope["headers"] if header[0] != NAME]
            scope = {**scope, "headers": [*others, (NAME, own)]}
        started, status = time.perf_counter(), 0

        async def send_named(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                if all(name != NAME for name, _ in message["headers"]):
                    message = {**message, "headers": [*message["headers"], (NAME, own)]}
            elif message["type"] == "websocket.accept":
                status = 101
            await send(message)

        client = scope.get("client")
        with bound_contextvars(request_id=own.decode(), address=client[0] if client else ""):
            try:
                await self._app(scope, receive, send_named)
            finally:
                if self._access_log:
                    _write(scope, status, time.perf_counter() - started)


def _write(scope: Scope, status: int, seconds: float) -> None:
    _log.info(
        "request",
        method=scope.get("method", "WEBSOCKET"),
        path=_hide_secret(scope.get("raw_path", b"").partition(b"?")[0].decode("latin-1"))[:LONGEST_PATH],
        status=status,
        milliseconds=round(seconds * 1000, 1),
    )


def _hide_secret(path: str) -> str:
    """Return a percent-encoded path without the secret or the signature that gives access to it."""
    beginning = next((each for each in SECRET if path.startswith(each)), None)
    return path if beginning is None else f"{beginning}..."
