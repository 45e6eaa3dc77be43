"""The load client, in a process of its own that imports nothing of the server: `tests.bench.load` starts it.

It reads a `Job` as JSON from its input, sends one HTTP/1.1 request over and over on kept-alive connections to
127.0.0.1, each as soon as the answer to the one before is there, and prints what it measured as JSON.
"""

import asyncio
import json
import os
import sys
import time
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import uvloop

MARK = b"##########"
"""Stands in a request for a number that is another one in every request, as idempotency keys are."""


@dataclass
class Job:
    """What to send, for how long, and which processes work for it. Every answer must have `expected` in its body."""

    port: int
    request: str
    expected: str
    connections: int
    warm: float
    seconds: float
    server: int | None
    database: int | None
    answers: list[float] = field(default_factory=list)
    """Seconds that each answer took, of those that came since the warm-up."""
    number: int = field(default_factory=time.time_ns)

    def next_request(self) -> bytes:
        """Return the bytes of the next request."""
        if self.encoded.find(MARK) < 0:
            return self.encoded
        self.number += 1
        return self.encoded.replace(MARK, b"%010d" % (self.number % 10**10))

    def __post_init__(self) -> None:
        self.encoded = self.request.encode()
        self.failure: asyncio.Future[None] = asyncio.get_running_loop().create_future()

    def fail(self, reason: str) -> None:
        """Give up, with the reason."""
        if not self.failure.done():
            self.failure.set_exception(RuntimeError(reason))


class Connection(asyncio.Protocol):
    """One connection: it knows of HTTP what is needed to see where an answer ends."""

    def __init__(self, job: Job) -> None:
        self.job = job
        self.buffer = bytearray()
        self.start = self.end = 0
        self.since = 0.0
        self.expected = job.expected.encode()

    def connection_made(self, transport: Any) -> None:
        """Send the first request."""
        self.transport = transport
        self.send()

    def send(self) -> None:
        """Send the next request."""
        self.buffer.clear()
        self.end = 0
        self.since = time.perf_counter()
        self.transport.write(self.job.next_request())

    def data_received(self, data: bytes) -> None:
        """Note how long the answer took when the last byte of it is there, and go on."""
        self.buffer += data
        if not self.end and b"\r\n\r\n" in self.buffer:
            self.start = self.buffer.index(b"\r\n\r\n") + 4
            self.end = self.start + self.length_in(bytes(self.buffer[: self.start]).lower())
        if not self.end or len(self.buffer) < self.end:
            return
        if self.buffer.find(self.expected, self.start) < 0:
            self.job.fail(bytes(self.buffer).decode())
        self.job.answers.append(time.perf_counter() - self.since)
        self.send()

    def length_in(self, head: bytes) -> int:
        """Return the bytes of the body that the head announces. Fail unless it is a good answer of a known length."""
        if not head.startswith(b"http/1.1 200") or b"content-length: " not in head:
            self.job.fail(bytes(self.buffer).decode())
            return 0
        return int(head.split(b"content-length: ")[1].split(b"\r\n")[0])

    def connection_lost(self, error: Exception | None) -> None:
        """Fail: servers keep their connections."""
        self.job.fail(f"the connection was closed: {error}")


def processor_seconds(process: int | None) -> float | None:
    """Return the processor seconds that a process and its children used, ended ones included.

    Return None without a process, and where the system has no /proc.
    """
    if process is None or not Path(f"/proc/{process}/task/{process}/children").exists():
        return None
    ticks = sum(_ticks(process))
    for child in Path(f"/proc/{process}/task/{process}/children").read_text(encoding="ascii").split():
        with suppress(OSError):  # ended meanwhile, and then counted by its parent
            ticks += sum(_ticks(int(child)))
    return ticks / os.sysconf("SC_CLK_TCK")


def _ticks(process: int) -> list[int]:
    """Return the ticks in user and system mode of a process, then those of children that ended."""
    fields = Path(f"/proc/{process}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return [int(each) for each in fields[11:15]]


async def wait(job: Job, seconds: float) -> None:
    """Let the connections work. Raise RuntimeError if one fails."""
    await asyncio.wait([job.failure], timeout=seconds)
    if job.failure.done():
        job.failure.result()


async def main() -> None:
    """Do the job that is described on the standard input, and print the result."""
    job = Job(**json.loads(sys.stdin.read()))
    loop = asyncio.get_running_loop()
    for _ in range(job.connections):
        await loop.create_connection(lambda: Connection(job), "127.0.0.1", job.port)
    await wait(job, job.warm)
    before = [processor_seconds(job.server), processor_seconds(job.database), time.process_time()]
    job.answers, started = [], time.perf_counter()
    await wait(job, job.seconds)
    while len(job.answers) < job.connections:  # a few answers on a very busy machine say nothing
        await wait(job, job.seconds)
    answers, took = job.answers, time.perf_counter() - started
    after = [processor_seconds(job.server), processor_seconds(job.database), time.process_time()]
    used = [None if start is None or end is None else end - start for start, end in zip(before, after, strict=True)]
    print(json.dumps({"answers": answers, "took": took, "used": used}))


if __name__ == "__main__":
    try:
        uvloop.run(main())
    except RuntimeError as error:
        sys.exit(f"the answer is not what was expected: {str(error)[:1000]}")
