"""Close connections on which a request comes too slowly. uvicorn 0.54 limits only the time between two requests."""

import asyncio
from asyncio.events import TimerHandle
from typing import Any

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

HEADER_SECONDS = 10.0
"""Seconds in which the head of a request must have come."""
BODY_SECONDS = 60.0
"""Seconds in which the body of a request must have come."""


class ImpatientProtocol(HttpToolsProtocol):
    """HTTP/1.1 as uvicorn speaks it, with a time for the head of a request and one for its body.

    A connection that sends a byte now and then would otherwise stay open for ever, and cost a file each.
    """

    header_seconds = HEADER_SECONDS
    body_seconds = BODY_SECONDS

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self._patience: TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Wait for the head of the first request."""
        super().connection_made(transport)
        self._wait(self.header_seconds)

    def on_message_begin(self) -> None:
        """Wait for the head of a request. The time of the first began with the connection."""
        super().on_message_begin()
        if self._patience is None:
            self._wait(self.header_seconds)

    def on_headers_complete(self) -> None:
        """Wait for the body of the request."""
        self._wait(self.body_seconds)
        super().on_headers_complete()

    def on_message_complete(self) -> None:
        """Stop waiting: the request has come."""
        self._stop_waiting()
        super().on_message_complete()

    def handle_websocket_upgrade(self) -> None:
        """Stop waiting: another protocol takes the connection over."""
        self._stop_waiting()
        super().handle_websocket_upgrade()

    def connection_lost(self, exc: Exception | None) -> None:
        """Stop waiting: nothing will come."""
        self._stop_waiting()
        super().connection_lost(exc)

    def _wait(self, seconds: float) -> None:
        self._stop_waiting()
        self._patience = self.loop.call_later(seconds, self.transport.close)

    def _stop_waiting(self) -> None:
        if self._patience is not None:
            self._patience.cancel()
            self._patience = None
