"""Start a server process, load it from a client process, and say how fast it was and what it cost."""

import asyncio
import json
import math
import os
import re
import sys
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from typing import Any, NamedTuple


class Load(NamedTuple):
    """Requests per second, milliseconds of a request, and processor milliseconds a request of three parties.

    A part of the processor is NaN where it is not known: of a database in the process of the server, and without /proc.
    """

    per_second: float
    p50: float
    p99: float
    server: float = math.nan
    database: float = math.nan
    client: float = math.nan


class Unanswered(Exception):
    """A server gave another answer than the one that is measured. The client process has printed it."""


class Serving(NamedTuple):
    """A server process that answers on a port of 127.0.0.1."""

    port: int
    process: int


@asynccontextmanager
async def started(*command: str, environment: Mapping[str, str] | None = None) -> AsyncIterator[Serving]:
    """Lend a server process, which prints a line that ends with its port, and stop it at the end."""
    process = await asyncio.create_subprocess_exec(
        *command, stdout=asyncio.subprocess.PIPE, env={**os.environ, **(environment or {})}
    )
    try:
        assert process.stdout is not None
        line = (await process.stdout.readline()).decode()
        if not (numbers := re.findall(r"\d+", line)):
            raise RuntimeError(f"{' '.join(command)} does not serve: {line}")
        yield Serving(int(numbers[-1]), process.pid)
    finally:
        if process.returncode is None:
            process.terminate()
        await process.wait()


async def served(url: str, application: str, request: bytes) -> Load:
    """Start one server process of `tests.bench.serve`, load it and stop it."""
    async with started(sys.executable, "-m", "tests.bench.serve", application, url) as server:
        return await loaded(server, request)


async def loaded(
    server: Serving,
    request: bytes,
    *,
    expected: str = "",
    connections: int = 16,
    warm: float = 1.0,
    seconds: float = 4.0,
    database: int | None = None,
) -> Load:
    """Send one request over and over, first for `warm` seconds that do not count.

    `expected` must be in the body of every answer. `database` is the process whose children serve the database. In the
    request `tests.bench.client.MARK` stands for a number that is never the same.
    """
    job = {"port": server.port, "request": request.decode(), "expected": expected, "connections": connections}
    job |= {"warm": warm, "seconds": seconds, "server": server.process, "database": database}
    pipe = asyncio.subprocess.PIPE
    client = await asyncio.create_subprocess_exec(sys.executable, "-m", "tests.bench.client", stdin=pipe, stdout=pipe)
    output, _ = await client.communicate(json.dumps(job).encode())
    if client.returncode:
        raise Unanswered("the server gave another answer")
    return _load_of(json.loads(output))


def _load_of(result: dict[str, Any]) -> Load:
    answers = sorted(result["answers"])
    count = len(answers)
    used = [math.nan if seconds is None else seconds / count * 1000 for seconds in result["used"]]
    p99 = answers[min(count - 1, int(count * 0.99))]
    return Load(count / result["took"], answers[count // 2] * 1000, p99 * 1000, *used)


async def answer_of(server: Serving, request: bytes) -> Any:
    """Send one request, and return the JSON of the answer."""
    reader, writer = await asyncio.open_connection("127.0.0.1", server.port)
    writer.write(request)
    head = await reader.readuntil(b"\r\n\r\n")
    body = await reader.readexactly(int(head.lower().split(b"content-length:")[1].split(b"\r\n")[0]))
    writer.close()
    return json.loads(body)
