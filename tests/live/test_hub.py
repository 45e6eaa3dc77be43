"""The hub: who is woken, when it asks, and that it is quiet when nobody listens."""

import asyncio

import pytest
from structlog.testing import capture_logs

from server.delivery.live.hub import Hub

SECONDS = 5


class Newest:
    """The number of the newest entry, as the test sets it; tells when it was asked."""

    def __init__(self) -> None:
        self.number = 0
        self.failing = False
        self.asked: asyncio.Queue[int] = asyncio.Queue()

    async def __call__(self) -> int:
        """The number."""
        self.asked.put_nowait(self.number)
        if self.failing:
            raise ConnectionError("no database")
        return self.number

    async def twice(self) -> None:
        """Wait until it was asked twice from now on: the second answer is known to be later than now."""
        while not self.asked.empty():
            self.asked.get_nowait()
        async with asyncio.timeout(SECONDS):
            await self.asked.get()
            await self.asked.get()


@pytest.fixture
def newest() -> Newest:
    """A journal without a database."""
    return Newest()


async def test_listener_is_woken_when_the_journal_moves(newest: Newest) -> None:
    hub = Hub(newest, interval=0)
    async with hub.listening() as listener:
        await listener.wait(SECONDS)
        newest.number = 7
        await listener.wait(SECONDS)
        await newest.twice()
        waiting = asyncio.create_task(listener.wait(None))
        await newest.twice()
        assert not waiting.done()
        newest.number = 8
        async with asyncio.timeout(SECONDS):
            await waiting


async def test_listener_that_comes_while_another_waits_is_woken_too(newest: Newest) -> None:
    hub = Hub(newest, interval=0)
    async with hub.listening() as first:
        await first.wait(SECONDS)
        async with hub.listening() as second:
            newest.number = 1
            async with asyncio.timeout(SECONDS):
                await asyncio.gather(first.wait(None), second.wait(None))


async def test_listener_waits_no_longer_than_it_was_told(newest: Newest) -> None:
    hub = Hub(newest, interval=60)
    async with hub.listening() as listener:
        await listener.wait(SECONDS)
        await listener.wait(0)


async def test_hub_asks_only_while_somebody_listens(newest: Newest) -> None:
    hub = Hub(newest, interval=0)
    async with hub.listening(), hub.listening():
        await newest.twice()
        assert len(hub) == 2
    asked = newest.asked.qsize()
    await asyncio.sleep(0)
    await asyncio.sleep(0)

    assert (len(hub), newest.asked.qsize()) == (0, asked)
    async with hub.listening() as listener:
        await listener.wait(SECONDS)
    assert newest.asked.qsize() > asked


async def test_hub_goes_on_asking_when_the_database_is_away_for_a_while(newest: Newest) -> None:
    hub = Hub(newest, interval=0)
    newest.failing = True
    with capture_logs() as logs:
        async with hub.listening() as listener:
            await newest.twice()
            newest.failing = False
            async with asyncio.timeout(SECONDS):
                await listener.wait(None)

    assert {(log["event"], log["error"]) for log in logs} == {("live.cannot_ask", "ConnectionError")}


async def test_hub_that_closes_wakes_everyone_and_asks_no_more(newest: Newest) -> None:
    hub = Hub(newest, interval=60)
    async with hub.listening() as listener:
        await listener.wait(SECONDS)
        await hub.close()
        async with asyncio.timeout(SECONDS):
            await listener.wait(None)
        asked = newest.asked.qsize()
        async with hub.listening():
            await asyncio.sleep(0)
        assert (hub.is_closed, newest.asked.qsize()) == (True, asked)
