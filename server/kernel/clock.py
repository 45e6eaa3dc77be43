"""The one place that asks what time it is. Everything else receives `now` as an argument."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import TypeAlias

Clock: TypeAlias = Callable[[], datetime]
"""Gives the present instant, aware and in UTC."""


def utc_now() -> datetime:
    """The present instant, aware and in UTC."""
    return datetime.now(UTC)
