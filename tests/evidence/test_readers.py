"""Readers of packs, slow ones and those who go away: how many there are at once, and what is given back."""

import asyncio
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any

import pytest
from httpx2 import AsyncClient

from server.web import packs
from tests.evidence.test_handing import Taker, closed_round
from tests.factories.api import Api
from tests.factories.evidence import sign
from tests.factories.refusing import Watched

PLACES = 4


class Reader:
    """Asks the application for a pack and takes one piece after the other only while it is let."""

    def __init__(self, api: Api, token: str, round_id: str) -> None:
        headers = [(b"host", b"127.0.0.1:8000"), (b"authorization", f"Bearer {token}".encode())]
        path = f"/files/packs/{round_id}.zip"
        scope = {"type": "http", "asgi": {"version": "3.0"}, "http_version": "1.1", "method": "GET", "path": path}
        scope |= {"raw_path": path.encode(), "query_string": b"", "root_path": "", "scheme": "http"}
        scope |= {"headers": headers, "server": ("127.0.0.1", 8000), "client": ("127.0.0.1", 1)}
        self.messages: list[dict[str, Any]] = []
        self.has_begun, self.may_go_on, self.is_gone = asyncio.Event(), asyncio.Event(), asyncio.Event()
        self.has_asked, self.round_id = False, round_id
        self.reading = asyncio.create_task(api.app(scope, self._receive, self._send))  # type: ignore[arg-type]

    async def _receive(self) -> dict[str, Any]:
        if not self.has_asked:
            self.has_asked = True
            return {"type": "http.request", "body": b"", "more_body": False}
        await self.is_gone.wait()
        return {"type": "http.disconnect"}

    async def _send(self, message: Any) -> None:
        self.messages.append(message)
        if message["type"] == "http.response.start":
            self.has_begun.set()
        elif message["body"]:
            await self.may_go_on.wait()

    @property
    def status(self) -> int:
        """The status of the answer, once it has begun."""
        return int(self.messages[0]["status"])

    @property
    def length(self) -> int:
        """Bytes that were sent so far."""
        return sum(len(message.get("body", b"")) for message in self.messages)

    def end(self, how: str) -> None:
        """Take the rest, go away, or let the server stop."""
        {"takes the rest": self.may_go_on.set, "goes away": self.is_gone.set, "is stopped": self.reading.cancel}[how]()


Asking = Callable[[], Reader]


@pytest.fixture
async def ask(api: Api, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Asking]:
    """Give a function by which the Secretariat asks for the pack of a round, whose file is not kept in memory."""
    monkeypatch.setattr(packs, "IN_MEMORY", 1)
    round_id = await closed_round(api.world)
    await sign(api.world)
    token = await api.token("secretariat")
    readers: list[Reader] = []

    def begin() -> Reader:
        readers.append(Reader(api, token, round_id))
        return readers[-1]

    yield begin
    for reader in readers:
        reader.reading.cancel()
    await asyncio.gather(*(reader.reading for reader in readers), return_exceptions=True)


def open_files() -> int:
    """Return how many files without a name this process holds."""
    links = (link for link in Path("/proc/self/fd").iterdir())
    return sum("deleted" in str(link.readlink()) for link in links if link.is_symlink())


async def begin_all(ask: Asking, count: int) -> list[Reader]:
    """Return readers whose answers have begun."""
    readers = [ask() for _ in range(count)]
    await asyncio.gather(*(reader.has_begun.wait() for reader in readers))
    return readers


async def test_pack_beyond_those_that_are_read_at_once_is_refused_in_words_until_a_reader_ends(
    api: Api, ask: Asking
) -> None:
    slow = await begin_all(ask, PLACES)
    async with AsyncClient(transport=Watched(app=api.app), base_url="http://127.0.0.1:8000") as client:
        refused = await Taker(api, client).take("secretariat", slow[0].round_id)
    slow[0].end("takes the rest")
    await slow[0].reading
    (later,) = await begin_all(ask, 1)

    assert [reader.status for reader in slow] == [200] * PLACES
    assert (refused.status_code, refused.headers["retry-after"]) == (503, "30")
    assert refused.json()["code"] == "OVERLOADED"
    assert "Too many evidence packs" in refused.json()["error"]
    assert slow[0].length == int(dict(slow[0].messages[0]["headers"])[b"content-length"])
    assert later.status == 200


@pytest.mark.parametrize("how", ["takes the rest", "goes away", "is stopped"])
@pytest.mark.skipif(not Path("/proc/self/fd").exists(), reason="the system does not show open files")
async def test_file_and_place_of_a_reader_are_given_back_however_it_ends(ask: Asking, how: str) -> None:
    before = open_files()
    readers = await begin_all(ask, PLACES)
    assert open_files() == before + PLACES

    for reader in readers:
        reader.end(how)
    await asyncio.gather(*(reader.reading for reader in readers), return_exceptions=True)

    assert open_files() == before
    assert [reader.status for reader in await begin_all(ask, PLACES)] == [200] * PLACES


async def test_reader_that_takes_no_piece_for_long_loses_its_place(
    ask: Asking, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(packs, "LONGEST_PAUSE", 0.01)
    readers = await begin_all(ask, PLACES)

    await asyncio.gather(*(reader.reading for reader in readers))

    assert all(reader.length < int(dict(reader.messages[0]["headers"])[b"content-length"]) for reader in readers)
    assert [reader.status for reader in await begin_all(ask, PLACES)] == [200] * PLACES
