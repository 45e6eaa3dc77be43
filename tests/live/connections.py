"""The client's end of a WebSocket and of a stream of events, in the loop of the test: no network, no waiting."""

import asyncio
import json
from collections.abc import Iterable
from typing import Any

from tests.factories.refusing import KEPT_ON_PURPOSE, check_nothing_written, watching

Headers = dict[str, str]
SECONDS = 60
"""Longest time that anything is waited for; reached only by a test that fails."""
HOST = {"host": "127.0.0.1:8000"}


def scope_of(kind: str, headers: Headers, **more: Any) -> dict[str, Any]:
    """Return the ASGI scope of a connection to /graphql."""
    encoded = [(name.lower().encode(), value.encode()) for name, value in (HOST | headers).items()]
    place = {"path": "/graphql", "raw_path": b"/graphql", "root_path": "", "query_string": b"", "headers": encoded}
    ends = {"client": ("127.0.0.1", 1), "server": ("127.0.0.1", 8000), "http_version": "1.1"}
    return {"type": kind, "asgi": {"version": "3.0", "spec_version": "2.3"}, **place, **ends, **more}


class Connection:
    """An application at work on one scope, with what goes in and what comes out.

    With `most` a send waits while so many messages have not been read.
    """

    def __init__(self, app: Any, scope: dict[str, Any], most: int = 0) -> None:
        self._app = app
        self._scope = scope
        self._in: asyncio.Queue[dict[str, Any]] = asyncio.Queue()
        self._out: asyncio.Queue[dict[str, Any]] = asyncio.Queue(most)
        self.task: asyncio.Task[None] | None = None

    async def __aenter__(self) -> Any:
        async def sent(message: Any) -> None:
            await self._out.put(dict(message))

        with watching() as self._committed:
            self.task = asyncio.create_task(self._app(self._scope, self._in.get, sent))
        return self

    async def __aexit__(self, *_: object) -> None:
        assert self.task is not None
        if not self.task.done():
            await self._in.put({"type": f"{self._scope['type']}.disconnect", "code": 1001})
        async with asyncio.timeout(SECONDS):
            await self.task

    def put(self, message: dict[str, Any]) -> None:
        """Put a message of ASGI in."""
        self._in.put_nowait(message)

    async def out(self) -> dict[str, Any]:
        """Return the next message of ASGI that comes out."""
        async with asyncio.timeout(SECONDS):
            return await self._out.get()

    def check_refused(self) -> None:
        """Fail if the application wrote anything, now that it has refused."""
        check_nothing_written(self._committed, repr(self._scope["type"]), kept=KEPT_ON_PURPOSE)

    def is_quiet(self) -> bool:
        """Return whether nothing waits to be read."""
        return self._out.empty()

    async def finished(self) -> None:
        """Wait until the application has nothing more to do."""
        assert self.task is not None
        async with asyncio.timeout(SECONDS):
            await self.task


class Socket(Connection):
    """A WebSocket, as a client of graphql-transport-ws uses it."""

    def __init__(
        self,
        app: Any,
        headers: Headers | None = None,
        subprotocols: Iterable[str] = ("graphql-transport-ws",),
        most: int = 0,
    ) -> None:
        scope = scope_of("websocket", headers or {}, scheme="ws", subprotocols=list(subprotocols))
        super().__init__(app, scope, most)
        self.put({"type": "websocket.connect"})

    async def __aenter__(self) -> "Socket":
        await super().__aenter__()
        self.accepted = await self.out()
        return self

    async def init(self, **payload: Any) -> None:
        """Begin, and be acknowledged."""
        self.send(type="connection_init", payload=payload)
        assert await self.receive() == {"type": "connection_ack"}

    def send(self, **message: Any) -> None:
        """Send a message."""
        self.send_text(json.dumps(message))

    def send_text(self, text: str) -> None:
        """Send a frame of text."""
        self.put({"type": "websocket.receive", "text": text})

    def subscribe(self, id_: str, query: str, **rest: Any) -> None:
        """Begin an operation."""
        self.send(type="subscribe", id=id_, payload={"query": query, **rest})

    async def receive(self) -> dict[str, Any]:
        """Return the next message."""
        message = await self.out()
        assert message["type"] == "websocket.send", message
        return dict(json.loads(message["text"]))

    async def next(self, id_: str) -> dict[str, Any]:
        """Return the payload of the next message, which is a `next` of an operation."""
        message = await self.receive()
        assert (message["type"], message["id"]) == ("next", id_), message
        return dict(message["payload"])

    async def closed(self) -> tuple[int, str]:
        """Return code and reason with which the socket is closed, which comes next."""
        message = await self.out()
        assert message["type"] == "websocket.close", message
        await self.finished()
        self.check_refused()
        return message["code"], message["reason"]


class Events(Connection):
    """A request that is answered with events. `start` is the beginning of the response."""

    def __init__(self, app: Any, body: dict[str, Any], headers: Headers | None = None) -> None:
        taken = {"accept": "text/event-stream", "content-type": "application/json"}
        super().__init__(app, scope_of("http", taken | (headers or {}), method="POST", scheme="http"))
        self.put({"type": "http.request", "body": json.dumps(body).encode(), "more_body": False})

    async def __aenter__(self) -> "Events":
        await super().__aenter__()
        self.start = await self.out()
        if self.start["status"] >= 400:
            self.check_refused()
        return self

    @property
    def headers(self) -> Headers:
        """The headers of the response."""
        return {name.decode(): value.decode() for name, value in self.start["headers"]}

    async def event(self) -> tuple[str, Any]:
        """Return the next event as (name, payload); ("", None) for the end of the response.

        Comments are passed over.
        """
        while True:
            message = await self.out()
            text = message.get("body", b"").decode().removeprefix(":\n\n")
            if not message.get("more_body") and not text:
                return "", None
            if text.startswith("event"):
                return self._read(text, is_last=not message.get("more_body"))

    def _read(self, text: str, *, is_last: bool) -> tuple[str, Any]:
        first, _, rest = text.partition("\n\n")
        lines = dict(line.split(": ", 1) if ": " in line else (line.rstrip(":"), "") for line in first.split("\n"))
        if rest or is_last:
            self._out.put_nowait({"body": rest.encode(), "more_body": not is_last})
        return lines["event"], json.loads(lines["data"]) if lines["data"] else None
