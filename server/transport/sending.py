"""Send through ASGI without waiting for who reads slowly."""

import asyncio
from collections.abc import Awaitable, Generator
from types import coroutine
from typing import Any

_UNFINISHED: set["asyncio.Task[None]"] = set()


def begin_sending(sending: Awaitable[None]) -> "asyncio.Task[None] | None":
    """Run a send as far as it goes, and return None if it is done.

    Return a task that completes it if it has to wait, as a server's send does while the buffer of the connection is
    full. An error of the send is dropped: the connection is gone then, and its own task hears of that.
    """
    # A task for each send would cost as much as the send, and nothing but a send can say that a buffer is full.
    steps = sending.__await__()
    try:
        waited_for = next(steps)
    except (StopIteration, OSError, RuntimeError):
        return None
    task = asyncio.ensure_future(_complete(steps, waited_for))
    _UNFINISHED.add(task)  # the loop alone holds a task weakly
    task.add_done_callback(_UNFINISHED.discard)
    return task


async def _complete(steps: Generator[Any, Any, None], waited_for: Any) -> None:
    try:
        await _go_on(steps, waited_for)
    except (OSError, RuntimeError):
        return


@coroutine
def _go_on(steps: Generator[Any, Any, None], waited_for: Any) -> Generator[Any, Any, None]:
    """Wait for what the send waits for, and go on with it to its end."""
    while True:
        try:
            try:
                value = yield waited_for
            except BaseException as error:
                waited_for = steps.throw(error)
            else:
                waited_for = steps.send(value)
        except StopIteration:
            return
