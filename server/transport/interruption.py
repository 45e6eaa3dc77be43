"""End a task that waits, from outside, and say why."""

import asyncio
from typing import Generic, TypeVar

T = TypeVar("T")


class Interruption(Generic[T]):
    """Interrupts the task in which it is made. The first reason counts."""

    __slots__ = ("_reasons", "_task")

    def __init__(self) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._task: asyncio.Task[object] | None = task
        self._reasons: tuple[T, ...] = ()

    def __call__(self, reason: T) -> None:
        """Stop the task, which then takes the reason."""
        if not self._reasons and self._task is not None:
            self._reasons = (reason,)
            self._task.cancel()

    def take(self, error: asyncio.CancelledError) -> T:
        """Return the reason for which the task was cancelled. Raise the error if somebody else cancelled it."""
        if not self._reasons or self._task is None or self._task.uncancel():
            raise error
        return self._reasons[0]

    def disarm(self) -> None:
        """Stop nothing from now on: the task ends by itself."""
        self._task = None
