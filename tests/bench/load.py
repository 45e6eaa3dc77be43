"""A small closed-loop load generator: so many connections, each sending the next request when the answer is there."""

import asyncio
import sys
import time
from typing import NamedTuple


class Load(NamedTuple):
    """What was measured: requests per second, median and 99th percentile in milliseconds."""

    per_second: float
    p50: float
    p99: float


async def served(url: str, application: str, request: bytes) -> Load:
    """Start one server process, load it and stop it."""
    command = (sys.executable, "-m", "tests.bench.serve", application, url)
    process = await asyncio.create_subprocess_exec(*command, stdout=asyncio.subprocess.PIPE)
    try:
        assert process.stdout is not None
        return await loaded(int(await process.stdout.readline()), request)
    finally:
        process.terminate()
        await process.wait()


async def loaded(port: int, request: bytes, *, connections: int = 16, seconds: float = 4.0) -> Load:
    """Send one HTTP/1.1 request over and over on kept-alive connections to 127.0.0.1, after a short warm-up."""
    await _run(port, request, connections, 1.0)
    started = time.perf_counter()
    taken = await _run(port, request, connections, seconds)
    took = time.perf_counter() - started
    taken.sort()
    p99 = taken[min(len(taken) - 1, int(len(taken) * 0.99))]
    return Load(len(taken) / took, taken[len(taken) // 2] * 1000, p99 * 1000)


async def _run(port: int, request: bytes, connections: int, seconds: float) -> list[float]:
    until = time.perf_counter() + seconds
    times = await asyncio.gather(*(_connection(port, request, until) for _ in range(connections)))
    return [taken for each in times for taken in each]


async def _connection(port: int, request: bytes, until: float) -> list[float]:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    taken = []
    while time.perf_counter() < until:
        started = time.perf_counter()
        writer.write(request)
        head = await reader.readuntil(b"\r\n\r\n")
        if not head.startswith(b"HTTP/1.1 200"):
            raise RuntimeError(head.decode())
        length = int(head.lower().split(b"content-length:")[1].split(b"\r\n")[0])
        await reader.readexactly(length)
        taken.append(time.perf_counter() - started)
    writer.close()
    return taken
