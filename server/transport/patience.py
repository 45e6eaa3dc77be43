"""End connections of clients that keep the server waiting."""

import asyncio
from collections.abc import Callable
from typing import Any

from server.transport.frames import SocketClosed

INIT_SECONDS = 10.0
"""Time for the client to send `connection_init`."""
IDLE_SECONDS = 60.0
"""Time for which a visitor who is not signed in may ask nothing."""


class Patience:
    """One timer of one connection: for its first message, then for a visitor who is not signed in.

    `interrupt` is called with the reason to close the connection.
    """

    __slots__ = ("_idle_seconds", "_interrupt", "_operation", "_timer")

    def __init__(self, interrupt: Callable[[SocketClosed], None], init_seconds: float, idle_seconds: float) -> None:
        self._interrupt = interrupt
        self._idle_seconds = idle_seconds
        self._operation: asyncio.Future[Any] | None = None
        self._timer = asyncio.get_running_loop().call_later(init_seconds, self._end_uninitialised)

    def cancel(self) -> None:
        """Wait for nothing any more: the caller is signed in, or the connection is over."""
        self._timer.cancel()

    def wait_for_questions(self) -> None:
        """Wait for the operations of a visitor who is not signed in."""
        self._timer.cancel()
        self._timer = asyncio.get_running_loop().call_later(self._idle_seconds, self._end_idle)

    def note(self, operation: asyncio.Future[Any]) -> None:
        """Note that an operation was begun."""
        self._operation = operation

    def _end_uninitialised(self) -> None:
        self._interrupt(SocketClosed(4408, "Connection initialisation timeout"))

    def _end_idle(self) -> None:
        """End the connection if no operation was begun since the last call and the last one is done."""
        if self._operation is None:
            self._interrupt(SocketClosed(1000, f"Nothing was asked for {self._idle_seconds:g} seconds."))
        elif self._operation.done():
            self._operation = None
        self.wait_for_questions()
