"""Somebody who follows the journal, over either transport, with the published subscription."""

import asyncio
from collections.abc import Callable, Mapping
from typing import Any

from starlette.applications import Starlette

from server.delivery.live.newsroom import Newsroom
from server.schema.reads.cursors import encode_cursor
from tests.factories.api import document
from tests.live.connections import SECONDS, Events, Socket

FOLLOW = "JournalEntryAdded"


def cursor_of(entry_id: str) -> str:
    """Return the cursor of an entry of the journal, as the entry itself shows it."""
    return encode_cursor("journal", [entry_id])


class OverWebSocket:
    """A follower with a socket of its own."""

    def __init__(self, app: Starlette, headers: Mapping[str, str], variables: dict[str, Any], query: str = "") -> None:
        cookie = {name: value for name, value in headers.items() if name in ("cookie", "origin")}
        self._init = {"authorization": headers.get("authorization"), "actingAs": headers.get("acting-as")}
        self._app = app
        self._socket = Socket(app, cookie)
        self._query = query or document(FOLLOW)
        self._variables = variables

    async def __aenter__(self) -> "OverWebSocket":
        await self._socket.__aenter__()
        await self._socket.init(**self._init)
        self._socket.subscribe("1", self._query, variables=self._variables)
        expect(self._app, 1)
        return self

    async def __aexit__(self, *error: object) -> None:
        await self._socket.__aexit__(*error)
        expect(self._app, -1)

    async def entry(self) -> dict[str, Any]:
        """Return the next entry."""
        payload = await self._socket.next("1")
        assert "errors" not in payload, payload
        (entry,) = payload["data"].values()
        return dict(entry)

    async def refused(self) -> tuple[str, str]:
        """Return code and message of the error with which the subscription did not begin."""
        message = await self._socket.receive()
        assert message["type"] == "error", message
        (error,) = message["payload"]
        self._socket.check_refused()
        return error["extensions"]["code"], error["message"]

    async def ended(self) -> str:
        """Return the reason for which the follower may not stay."""
        code, reason = await self._socket.closed()
        assert code == 4403
        return reason

    async def cut_off(self) -> None:
        """Expect that the server closes and asks to come again."""
        assert await self._socket.closed() == (1012, "The server is closing.")


class OverEvents:
    """A follower with a stream of events."""

    def __init__(self, app: Starlette, headers: Mapping[str, str], variables: dict[str, Any], query: str = "") -> None:
        body = {"query": query or document(FOLLOW), "variables": variables}
        self._app = app
        self._stream = Events(app, body, dict(headers))

    async def __aenter__(self) -> "OverEvents":
        await self._stream.__aenter__()
        expect(self._app, 1)
        return self

    async def __aexit__(self, *error: object) -> None:
        await self._stream.__aexit__(*error)
        expect(self._app, -1)

    async def entry(self) -> dict[str, Any]:
        """Return the next entry."""
        name, payload = await self._stream.event()
        assert (name, "errors" in payload) == ("next", False), payload
        (entry,) = payload["data"].values()
        return dict(entry)

    async def refused(self) -> tuple[str, str]:
        """Return code and message of the error with which the subscription did not begin."""
        name, payload = await self._stream.event()
        (error,) = payload["errors"]
        self._stream.check_refused()
        assert (name, await self._stream.event()) == ("next", ("complete", None))
        return error["extensions"]["code"], error["message"]

    async def ended(self) -> str:
        """Return the reason for which the follower may not stay."""
        return (await self.refused())[1]

    async def cut_off(self) -> None:
        """Expect that the server closes and asks to come again."""
        assert await self._stream.event() == ("", None)


class WokenNewsroom(Newsroom):
    """A newsroom that looks only when it is woken, and then at everything: at what is new, and at who may stay."""

    def __init__(self, site: Any) -> None:
        super().__init__(site, site._context, poll_seconds=3600, recheck_seconds=3600)
        self.expected = 0
        """The followers whom the test has opened."""
        self._is_waiting = False

    def wake(self) -> None:
        """Look at once."""
        self._check_at = 0.0
        super().wake()

    def look(self) -> None:
        """Look at once at what is new, and at nobody who is not told of it."""
        super().wake()

    async def _wait(self) -> None:
        self._is_waiting = True
        await super()._wait()
        self._is_waiting = False

    def is_quiet(self, followers: int) -> bool:
        """Return whether so many followers have been told everything."""
        joined = sum(len(group.followers) for group in self.groups.all)
        is_idle = self._is_waiting and not self._woken.is_set() and not self.stragglers
        return is_idle and joined == followers


def expect(app: Starlette, more: int) -> None:
    """Note that the test has so many followers more."""
    newsroom = app.state.server.newsroom
    if isinstance(newsroom, WokenNewsroom):
        newsroom.expected += more


async def until(holds: Callable[[], bool]) -> None:
    """Let everything else run until a condition holds."""
    async with asyncio.timeout(SECONDS):
        while True:
            if holds():
                return
            await asyncio.sleep(0)


async def quiet(newsroom: WokenNewsroom, followers: int | None = None) -> None:
    """Wait until every follower, of so many or as many as are open, has been told what there is."""
    await until(lambda: newsroom.is_quiet(newsroom.expected if followers is None else followers))
