"""A client for thousands of WebSockets in one process: frames are counted as they arrive and not parsed further."""

import asyncio
import os
import struct
import time
from collections.abc import Iterable
from typing import Any

MARK = b'"id":"JRN_'


class Listener(asyncio.Protocol):
    """One socket that follows the journal. `told` holds (instant, id of the entry) in order of arrival."""

    def __init__(self, port: int, token: str) -> None:
        self._port = port
        self._token = token
        self._buffer = b""
        self._is_open = False
        self.begun: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self.told: list[tuple[float, bytes]] = []

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Ask for the handshake."""
        self.transport: Any = transport
        head = "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
        key = "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Protocol: graphql-transport-ws\r\n"
        self.transport.write(f"GET /graphql HTTP/1.1\r\nHost: 127.0.0.1:{self._port}\r\n{head}{key}\r\n".encode())

    def data_received(self, data: bytes) -> None:
        """Take frames out of what has arrived."""
        now = time.perf_counter()
        self._buffer += data
        if not self._is_open:
            if b"\r\n\r\n" not in self._buffer:
                return
            head, self._buffer = self._buffer.split(b"\r\n\r\n", 1)
            if b" 101 " not in head:
                self.begun.set_exception(ConnectionError(head.decode()))
                return
            self._is_open = True
            self.send(f'{{"type":"connection_init","payload":{{"authorization":"Bearer {self._token}"}}}}')
        while (frame := self._next_frame()) is not None:
            self._take(frame, now)

    def connection_lost(self, exc: Exception | None) -> None:
        """Fail whoever waits for the beginning."""
        if not self.begun.done():
            self.begun.set_exception(ConnectionError("closed"))

    def send(self, text: str) -> None:
        """Send a masked frame of text."""
        body, mask = text.encode(), os.urandom(4)
        size = bytes((0x80 | len(body),)) if len(body) < 126 else b"\xfe" + struct.pack("!H", len(body))
        pattern = (mask * (len(body) // 4 + 1))[: len(body)]
        masked = (int.from_bytes(body, "big") ^ int.from_bytes(pattern, "big")).to_bytes(len(body), "big")
        self.transport.write(b"\x81" + size + mask + masked)

    def _take(self, frame: bytes, now: float) -> None:
        if frame.startswith(b'{"type":"connection_ack"'):
            query = "subscription { journalEntryAdded { id act subjectId actedAt } }"
            self.send(f'{{"type":"subscribe","id":"1","payload":{{"query":"{query}"}}}}')
            self.send('{"type":"ping"}')  # the pong says that the subscription has been read
        elif frame.startswith(b'{"type":"pong"'):
            self.begun.set_result(None)
        elif (place := frame.find(MARK)) >= 0:
            self.told.append((now, frame[place + 6 : place + 36]))

    def _next_frame(self) -> bytes | None:
        """Return the text of the next whole frame, None if it has not arrived; pings are answered."""
        data = self._buffer
        if len(data) < 2:
            return None
        size, start = data[1] & 0x7F, 2
        if size == 126:
            size, start = struct.unpack_from("!H", data, 2)[0] if len(data) >= 4 else 1 << 16, 4
        if len(data) < start + size:
            return None
        self._buffer = data[start + size :]
        if data[0] & 0x0F == 9:
            self.transport.write(b"\x8a\x84" + b"\0\0\0\0" + data[start : start + size])
            return b""
        return data[start : start + size]


async def listen(port: int, tokens: Iterable[str], *, at_once: int = 2_000) -> list[Listener]:
    """Open a socket for each token, so many at once, and wait until all have begun to follow."""
    loop, turn = asyncio.get_running_loop(), asyncio.Semaphore(at_once)

    async def open_one(token: str) -> Listener:
        async with turn:
            listener = Listener(port, token)
            await loop.create_connection(lambda: listener, "127.0.0.1", port)
            await listener.begun
            return listener

    return list(await asyncio.gather(*map(open_one, tokens)))


def processor_seconds(process: int) -> float:
    """Return the processor time of a process."""
    with open(f"/proc/{process}/stat", encoding="ascii") as file:
        fields = file.read().rsplit(") ", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def resident_kilobytes(process: int) -> float:
    """Return the resident memory of a process, in KB."""
    with open(f"/proc/{process}/statm", encoding="ascii") as file:
        return int(file.read().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 1024
