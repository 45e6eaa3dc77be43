"""Log a trouble that many requests meet once, and not once for each of them."""

import time

import structlog

QUIET_SECONDS = 5.0
"""Seconds without the trouble after which it is over."""

_log = structlog.get_logger("server.transport")


class Episode:
    """A trouble that comes and goes, such as an overload. It lasts until QUIET_SECONDS after it was last noted."""

    def __init__(self, event: str) -> None:
        self._event = event
        self._until = 0.0

    @property
    def is_on(self) -> bool:
        """Whether the trouble lasts."""
        return time.monotonic() < self._until

    def note(self, **facts: object) -> None:
        """Note that a request met the trouble: it is logged with these facts if it begins with it."""
        if not self.is_on:
            _log.warning(self._event, **facts)
        self._until = time.monotonic() + QUIET_SECONDS
