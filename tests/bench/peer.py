"""Our listing of 50 comments against PostGraphile 5 and against hand-written rows: `python -m tests.bench.peer`.

    --rounds N       so many rounds (5), each way once in each
    --seconds S      seconds of each measurement (3)
    --only NAME ...  some of the tables: postgresql, hundred, crowd, sqlite
    --server PATH    measure another checkout, with this virtual environment

Everything is measured in one run, in turns, so that both of a pair are measured one after the other. Ours is one
process of `intersession serve`, asked by a signed-in delegate, and judges every right. PostGraphile, in the version of
`postgraphile/package-lock.json`, reads the same tables of the same database without roles or row security, so it judges
none; neither do the rows. Before measuring, all of them must give the same comments in the same order. PostGraphile is
installed with npm beside its lock, where git ignores it; without npm the rest is measured.
"""

import argparse
import asyncio
import tempfile
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from tests.bench import checkout, turns
from tests.bench.load import Serving, Unanswered, answer_of, started
from tests.bench.postgraphile import install
from tests.bench.turns import Way

TABLES = ("postgresql", "hundred", "crowd", "sqlite")
OURS, ACTS, PEER, ROWS = "ours", "ours, with availableActs", "PostGraphile", "hand-written rows"
PEER_LISTING = """
query Bench($round: String!) {
  comments: allComments(
    condition: {roundId: $round}
    first: 50
    orderBy: [PLACE_ASC, PARTY_NAME_ASC, NUMBER_ASC, ROW_ID_ASC]
  ) {
    nodes {
      id: rowId number type text reason proposedWording submittedAt
      work: commentWorkByCommentId {
        status revision: version
        disposition: dispositionByDispositionId { id: rowId stage verdict reason }
      }
      author: delegateByAuthorId { id: rowId person: personByPersonId { name } }
      party: partyByPartyId { id: rowId shortName capacity }
      provision: provisionTextByProvisionTextId { id: rowId key: provisionId printedNumber text }
    }
  }
}
"""


@dataclass(frozen=True)
class Bench:
    """One prepared database with the servers on it."""

    sample: checkout.Sample
    ours: Serving
    rows: Serving
    peer: Serving | None = None
    database: int | None = None
    """The process of PostgreSQL."""

    def ways(self, *, page: int = 50) -> list[Way]:
        """Return the ways to list comments, in an order in which those that are compared are neighbours."""
        rows = f"GET /{self.sample.round}/{page} HTTP/1.1\r\nhost: 127.0.0.1\r\n\r\n".encode()
        ways = [
            Way(ROWS, self.rows, rows),
            Way(OURS, self.ours, checkout.listing(self.sample, page=page)),
        ]
        if self.peer is not None:
            document = PEER_LISTING.replace("first: 50", f"first: {page}")
            ways.append(Way(PEER, self.peer, checkout.post(document, {"round": self.sample.round})))
        return ways

    def with_acts(self) -> Way:
        """Return our listing with what the delegate may do with each comment, which has no like."""
        return Way(ACTS, self.ours, checkout.listing_with_acts(self.sample))


def comments_in(listing: Any) -> list[Any]:
    """Return the comments of an answer in one form: flat as ours, instants as instants."""
    comments = []
    for node in listing["data"]["comments"]["nodes"]:
        comment = {key: value for key, value in node.items() if key not in ("work", "availableActs")}
        comment |= node.get("work", {})
        if answer := comment["disposition"]:
            comment["disposition"] = answer | {"reason": answer["reason"] or None}
        if person := comment["author"].get("person"):
            comment["author"] = {"id": comment["author"]["id"], "name": person["name"]}
        instant = datetime.fromisoformat(comment["submittedAt"])
        comments.append(comment | {"submittedAt": instant.replace(tzinfo=instant.tzinfo or UTC)})
    return comments


async def check_same(ways: list[Way], *, page: int = 50) -> None:
    """Raise RuntimeError unless all ways list the same comments, value by value and in the same order."""
    answers = {way.name: comments_in(await answer_of(way.server, way.request)) for way in ways}
    for name, comments in answers.items():
        if len(comments) != page or comments != answers[OURS]:
            raise RuntimeError(f"{name} lists other comments than ours: {comments[:1]}, {answers[OURS][:1]}")
    print(f"the same {page} comments in the same order: {', '.join(answers)}")


async def measure(name: str, bench: Bench, arguments: argparse.Namespace) -> None:
    """Measure one table and print it."""
    page, connections = (100 if name == "hundred" else 50), (100 if name == "crowd" else 16)
    ways = bench.ways(page=page)
    if name == "postgresql":
        ways.append(bench.with_acts())
    await check_same(ways, page=page)
    loads = await turns.in_rounds(
        ways,
        rounds=arguments.rounds,
        seconds=arguments.seconds,
        connections=connections,
        database=bench.database,
    )
    database = "SQLite" if name == "sqlite" else "PostgreSQL"
    turns.print_loads(f"{page} comments, {connections} connections, {database}", loads)
    for one, other in ((OURS, PEER), (ACTS, PEER), (OURS, ROWS)):
        if one in loads and other in loads:
            turns.print_ratios(loads, one, other)


@asynccontextmanager
async def on_sqlite(folder: str, server: Path) -> AsyncIterator[Bench]:
    """Lend the servers on a SQLite file."""
    url = f"sqlite:///{folder}/peer.db"
    sample = await checkout.prepare(server, url)
    async with checkout.serve(server, url) as ours, started(*checkout.module("rows"), url) as rows:
        yield Bench(sample, ours, rows)


@asynccontextmanager
async def on_postgresql(folder: str, server: Path) -> AsyncIterator[Bench]:
    """Lend the servers on a PostgreSQL of its own."""
    with checkout.postgresql(Path(folder) / "postgresql", "bench") as (process, (url,)):
        sample = await checkout.prepare(server, url)
        async with AsyncExitStack() as stack:
            ours = await stack.enter_async_context(checkout.serve(server, url))
            rows = await stack.enter_async_context(started(*checkout.module("rows"), url))
            peer = None
            try:
                peer = await stack.enter_async_context(install.serve(await asyncio.to_thread(install.find_node), url))
            except install.NotInstalled as reason:
                print(f"PostGraphile is not measured: {reason}")
            yield Bench(sample, ours, rows, peer, process)


async def main(arguments: argparse.Namespace) -> None:
    """Measure the tables that are asked for."""
    with tempfile.TemporaryDirectory() as folder:
        if names := [name for name in arguments.only if name != "sqlite"]:
            async with on_postgresql(folder, arguments.server) as bench:
                for name in names:
                    try:
                        await measure(name, bench, arguments)
                    except Unanswered as reason:  # such as a server that refuses what is too much
                        print(f"{name} is not measured: {reason}")
        if "sqlite" in arguments.only:
            async with on_sqlite(folder, arguments.server) as bench:
                await measure("sqlite", bench, arguments)


if __name__ == "__main__":
    parser = turns.parser_of(__doc__)
    parser.add_argument("--only", nargs="+", choices=TABLES, default=TABLES)
    asyncio.run(main(parser.parse_args()))
