"""Our WebSocket and event streams beside those of Strawberry: `python -m tests.bench.sockets` measures this alone.

Both serve the sample schema of `tests/transport/sample.py` from a process of their own on the loopback address. The
figures of a server are its own memory and processor time, so that the load generator is not in them.
"""

import asyncio
import json
import resource
import socket
import sys
from collections.abc import Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, TypeAlias

import strawberry
import uvicorn
from httpx2 import AsyncClient
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route, WebSocketRoute
from strawberry.asgi import GraphQL
from strawberry.subscriptions import GRAPHQL_SSE_PROTOCOL, GRAPHQL_TRANSPORT_WS_PROTOCOL
from websockets.asyncio.client import ClientConnection, connect

from tests.transport import sample

IDLE, BUSY, MESSAGES = 300, 20, 1500
WAITING, TICKING = "subscription{slow}", f"subscription{{ticks(count:{MESSAGES})}}"
Opened: TypeAlias = Callable[[int, str], Awaitable[Any]]


class Library(GraphQL[sample.Context, None]):
    """The view of the library as it comes, with one context for everything."""

    async def get_context(self, request: Any, response: Any) -> sample.Context:
        """The context of a connection."""
        return SHARED


SHARED = sample.Context(None)  # type: ignore[arg-type]


async def _context_for(_: Any, __: Any) -> sample.Context:
    return SHARED


def _memory() -> float:
    """Return the resident memory of this process in KiB."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * resource.getpagesize() / 1024


async def _figures(_: Request) -> Response:
    """Answer with memory in KiB and processor time in seconds."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    return JSONResponse([_memory(), used.ru_utime + used.ru_stime])


async def serve(which: str) -> None:
    """Serve until killed; prints the port."""
    common: dict[str, Any] = {"context_for": _context_for, "visit_of": sample.visit_of, "subscriptions": 10_000}
    routes: list[BaseRoute] = [
        Route("/graphql", sample.endpoint(**common)),
        WebSocketRoute("/graphql", sample.websocket(**common)),
    ]
    if which == "library":
        schema = strawberry.Schema(sample.Query, sample.Mutation, sample.Subscription)
        protocols = (GRAPHQL_TRANSPORT_WS_PROTOCOL, GRAPHQL_SSE_PROTOCOL)
        view = Library(schema, graphql_ide=None, subscription_protocols=protocols)
        routes = [Route("/graphql", view), WebSocketRoute("/graphql", view)]
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen(512)
        print(listening.getsockname()[1], flush=True)
        app = Starlette(routes=[*routes, Route("/figures", _figures)])
        config = uvicorn.Config(app, log_level="error", access_log=False, ws_per_message_deflate=False)
        await uvicorn.Server(config).serve(sockets=[listening])


async def open_socket(port: int, query: str) -> ClientConnection:
    """Begin an operation over a WebSocket of its own."""
    address = f"ws://127.0.0.1:{port}/graphql"
    opened = await connect(address, subprotocols=["graphql-transport-ws"], compression=None, proxy=None)  # type: ignore[list-item]
    await opened.send('{"type":"connection_init"}')
    await opened.recv()
    await opened.send(json.dumps({"type": "subscribe", "id": "1", "payload": {"query": query}}))
    return opened


async def over_socket(port: int, query: str) -> None:
    """Read an operation to its end over a WebSocket."""
    opened = await open_socket(port, query)
    while '"complete"' not in str(await opened.recv()):
        pass
    await opened.close()


async def open_events(port: int, query: str) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
    """Begin an operation over a stream of events."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    body = json.dumps({"query": query})
    head = "host: 127.0.0.1\r\naccept: text/event-stream\r\ncontent-type: application/json\r\nconnection: close\r\n"
    writer.write(f"POST /graphql HTTP/1.1\r\n{head}content-length: {len(body)}\r\n\r\n{body}".encode())
    await writer.drain()
    return reader, writer


async def over_events(port: int, query: str) -> None:
    """Read an operation to its end over a stream of events."""
    reader, writer = await open_events(port, query)
    await reader.read()
    writer.close()


@asynccontextmanager
async def served(which: str) -> Any:
    """One server process until the block ends; gives its port."""
    command = (sys.executable, "-m", "tests.bench.sockets", which)
    process = await asyncio.create_subprocess_exec(*command, stdout=asyncio.subprocess.PIPE)
    assert process.stdout is not None
    try:
        yield int(await process.stdout.readline())
    finally:
        process.kill()
        await process.wait()


async def measured(which: str, what: str, begin: Opened, finish: Opened) -> None:
    """Print microseconds of a server for a message, and KiB for a subscription that waits."""
    async with served(which) as port, AsyncClient(base_url=f"http://127.0.0.1:{port}", trust_env=False) as client:

        async def figures() -> list[float]:
            return list((await client.get("/figures")).json())

        await finish(port, TICKING)
        _, began = await figures()
        await asyncio.gather(*(finish(port, TICKING) for _ in range(BUSY)))
        before, ended = await figures()
        held = [await begin(port, WAITING) for _ in range(IDLE)]
        await asyncio.sleep(2)
        after, _ = await figures()
        each = (ended - began) / (BUSY * MESSAGES) * 1e6
        print(
            f"{what}, {which}: {each:.1f} us a message, {(after - before) / len(held):.1f} KiB a waiting subscription"
        )


async def main() -> None:
    """Measure both over both."""
    for which in ("ours", "library"):
        await measured(which, "WebSocket", open_socket, over_socket)
        await measured(which, "events", open_events, over_events)


if __name__ == "__main__":
    asyncio.run(serve(sys.argv[1]) if sys.argv[1:] else main())
