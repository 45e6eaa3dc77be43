"""Somebody who follows the journal, over either transport, with the published subscription."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from starlette.applications import Starlette

from server.delivery.live.hub import Hub
from tests.factories.api import document
from tests.live.connections import SECONDS, Events, Socket

FOLLOW = "JournalEntryAdded"


class OverWebSocket:
    """A follower with a socket of its own."""

    def __init__(self, app: Starlette, headers: Mapping[str, str], variables: dict[str, Any], query: str = "") -> None:
        cookie = {name: value for name, value in headers.items() if name in ("cookie", "origin")}
        self._init = {"authorization": headers.get("authorization"), "actingAs": headers.get("acting-as")}
        self._socket = Socket(app, cookie)
        self._query = query or document(FOLLOW)
        self._variables = variables

    async def __aenter__(self) -> "OverWebSocket":
        await self._socket.__aenter__()
        await self._socket.init(**self._init)
        self._socket.subscribe("1", self._query, variables=self._variables)
        return self

    async def __aexit__(self, *error: object) -> None:
        await self._socket.__aexit__(*error)

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
        self._stream = Events(app, body, dict(headers))

    async def __aenter__(self) -> "OverEvents":
        await self._stream.__aenter__()
        return self

    async def __aexit__(self, *error: object) -> None:
        await self._stream.__aexit__(*error)

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


class WokenHub(Hub):
    """A hub that asks once when the first listener comes, and afterwards only when the test wakes it."""

    def __init__(self, newest: Callable[[], Awaitable[int]]) -> None:
        async def asked() -> int:
            self.has_asked = False
            number = await newest()
            self.has_asked = True
            return number

        super().__init__(asked, interval=3600)
        self.has_asked = False


async def quiet(hub: Hub) -> None:
    """Wait until every follower has seen what there is. Each has two listeners: its connection, and what it follows."""
    async with asyncio.timeout(SECONDS):
        while True:
            await asyncio.sleep(0)
            # On a loaded machine the first answer of the journal comes late, and would wake them once more.
            if len(hub) >= 2 and hub.is_quiet and getattr(hub, "has_asked", True):
                return
