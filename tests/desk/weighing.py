"""What a page takes over the wire, counted in a real browser, and how long a slow line takes for that by arithmetic."""

from typing import Any, NamedTuple

from playwright.async_api import CDPSession, Page

LINE_BYTES, LINE_DELAY = 128_000 // 8, 0.6
"""The slow line: bytes a second (128 kbit/s), and seconds until the first byte of an answer comes."""
REQUEST_BYTES = 800
"""Bytes that are allowed for a request as Chromium sends it, with its headers and the cookie of a session."""
TCP, TLS = 1, 1
"""Round trips before the first request of a new connection, of TLS 1.3 one more."""


def seconds_of(round_trips: int, sent: int) -> float:
    """Return how long the slow line takes for round trips one after the other, and for bytes that come over it.

    Nothing overlaps, so that a browser is never slower. What the server and the certificate take is not counted.
    """
    return round_trips * (LINE_DELAY + REQUEST_BYTES / LINE_BYTES) + sent / LINE_BYTES


class Weight(NamedTuple):
    """What a page takes over the wire when nothing is kept from before.

    Bytes are those of answers, heads and compressed bodies; those of the document alone stand in `document`.
    `round_trips` is the longest chain of requests of which each is known by the answer to the one before.
    """

    requests: int
    round_trips: int
    bytes: int
    document: int

    @property
    def at_the_door(self) -> float:
        """The seconds until the first page of all is complete: on a new connection with TLS, with nothing kept."""
        return seconds_of(TCP + TLS + self.round_trips, self.bytes)

    @property
    def after_the_door(self) -> float:
        """The seconds until a page is complete after the door, whichever takes longer.

        The connection is there, and nothing but it is kept; or it is a new one, and files are kept, as on another day.
        """
        return max(seconds_of(self.round_trips, self.bytes), seconds_of(TCP + TLS + 1, self.document))


class Scales:
    """The requests of one page, as the browser tells them; it keeps no file."""

    def __init__(self, devices: CDPSession) -> None:
        self._devices = devices
        self._depths: dict[str, int] = {}
        self._addresses: dict[str, str] = {}
        self._sizes: dict[str, int] = {}
        devices.on("Network.requestWillBeSent", self._note_request)
        devices.on("Network.loadingFinished", self._note_end)

    @classmethod
    async def under(cls, page: Page) -> "Scales":
        """Put scales under a page."""
        devices = await page.context.new_cdp_session(page)
        scales = cls(devices)
        await devices.send("Network.enable")
        await devices.send("Network.setCacheDisabled", {"cacheDisabled": True})
        return scales

    async def slow_down(self, line: dict[str, float]) -> None:
        """Let every page come over a slow line from now on."""
        await self._devices.send("Network.emulateNetworkConditions", {"offline": False, **line})

    async def weigh(self, page: Page, path: str) -> Weight:
        """Open an address and return what it takes until everything of it is loaded."""
        for seen in (self._depths, self._addresses, self._sizes):
            seen.clear()
        await page.goto(path, wait_until="load")
        await self._devices.send("Runtime.enable")  # what comes after its answer was told after the load
        assert self._sizes.keys() == self._addresses.keys(), f"not loaded: {self._addresses}"
        document = self._sizes[next(iter(self._addresses))]
        return Weight(len(self._sizes), max(self._depths.values()), sum(self._sizes.values()), document)

    def _note_request(self, event: dict[str, Any]) -> None:
        """Note a request, one deeper than what asked for it; a redirect is one deeper than the request before."""
        request, address = event["requestId"], event["request"]["url"]
        if address.startswith("data:") or event["type"] in ("Fetch", "XHR", "Other"):  # when the page is there
            return
        before = self._addresses.get(request) or event["initiator"].get("url", "")
        self._addresses[request] = address
        self._depths[address] = self._depths.get(before, 0) + 1

    def _note_end(self, event: dict[str, Any]) -> None:
        if event["requestId"] in self._addresses:
            self._sizes[event["requestId"]] = event["encodedDataLength"]
