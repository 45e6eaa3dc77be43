"""What a large round costs: `python -m tests.bench.rounds`. 5,000 comments by 200 parties on 500 provisions; 10,000.

First pages by provision, party and state, and counts as facets, as a delegate asks for them over GraphQL; beside each
the same question at a hand-written endpoint, which checks the same token, finds out who asks, runs one statement with
the same visibility predicate and writes JSON. Both are asked in turns in one process; figures are medians. A ratio of 1
is as fast as by hand. The number of statements must be the same for both sizes.
"""

import asyncio
import statistics
import tempfile
import time
from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Any, NamedTuple

import orjson
from httpx2 import ASGITransport, AsyncClient
from sqlalchemy import func, select
from sqlalchemy.orm import aliased
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from server.domain.rounds.queries import visible_comments
from server.identity.standing import actor_of
from server.kernel.actor import Capacity
from server.models.parties import Party
from server.models.rounds import Comment, CommentWork, Round
from server.storage.database import Database
from server.storage.migrations import migrate
from server.vocabulary.parties import PartyKind
from server.vocabulary.rounds import CommentStatus, CommentType, RoundVisibility
from tests.bench.seed import add_text
from tests.factories.api import Api
from tests.factories.filled import statements
from tests.factories.world import NOW, World, add_delegate, make_world

PARTIES, PROVISIONS, SIZES, TIMES = 200, 500, (5_000, 10_000), 40
PAGE = "{ id number type text submittedAt status party { id shortName } provision { id printedNumber } }"


class Question(NamedTuple):
    """One question: its filter in GraphQL, what it compares by hand, and whether rows or their number are wanted."""

    name: str
    filters: str
    where: Callable[[Any, Any, dict[str, str]], tuple[Any, ...]]
    is_count: bool = False


QUESTIONS = (
    Question(
        "page by provision", "provisionId: [$provision]", lambda c, _, v: (c.provision_text_id == v["provision"],)
    ),
    Question("page by party", "partyId: [$party]", lambda c, _, v: (c.party_id == v["party"],)),
    Question("page by state", "status: [WITHDRAWN]", lambda _, w, __: (w.status == CommentStatus.WITHDRAWN,)),
    Question("count of all", "", lambda *_: (), is_count=True),
    Question("facet by type", "type: [EDITORIAL]", lambda c, *_: (c.type == CommentType.EDITORIAL,), is_count=True),
    Question("facet by state", "status: [WITHDRAWN]", lambda _, w, __: (w.status == CommentStatus.WITHDRAWN,), True),
)


async def fill(url: str, size: int) -> tuple[World, dict[str, str]]:
    """Fill a new database with a closed round of so many comments, and return the world and the ids to ask for."""
    await asyncio.to_thread(migrate, url)
    world = await make_world(Database(url, pool=5))
    version, places = await add_text(world, PROVISIONS)
    parties = await _add_parties(world)
    round_ = Round(
        text_version_id=version,
        body_id=world.bodies["group"],
        title="Comments",
        opens_at=NOW - timedelta(days=9),
        closes_at=NOW + timedelta(days=1),
        zone="Europe/Brussels",
        visibility=RoundVisibility.IMMEDIATE,
        open_to_members=True,
        open_to_observers=True,
        open_to_private_sector=True,
        called_by_id=world.delegates["canada"],
        called_at=NOW - timedelta(days=9),
    )
    await world.add(round_)
    kinds, states = list(CommentType), (CommentStatus.SUBMITTED, CommentStatus.SUBMITTED, CommentStatus.WITHDRAWN)
    comments = [
        Comment(
            round_id=round_.id,
            party_id=parties[place % PARTIES][0],
            author_id=parties[place % PARTIES][1],
            provision_text_id=places[place * 7 % PROVISIONS],
            position=place * 7 % PROVISIONS + 1,
            number=place // PARTIES + 1,
            type=kinds[place % len(kinds)],
            text="The duty must be clear to operators and administrations alike.",
            drafted_at=NOW - timedelta(days=5, seconds=place),
            submitted_at=NOW - timedelta(days=5, seconds=place),
            submitted_by_id=parties[place % PARTIES][1],
            content_digest="0" * 64,
        )
        for place in range(size)
    ]
    await world.add(*comments)
    await world.add(*(CommentWork(comment_id=each.id, status=states[place % 3]) for place, each in enumerate(comments)))
    return world, {"round": round_.id, "party": parties[7][0], "provision": places[7]}


async def _add_parties(world: World) -> list[tuple[str, str]]:
    """Add the parties that comment, and return (party, delegate) of each."""
    async with world.database.writing() as session:
        for number in range(PARTIES):
            key = f"member-{number}"
            name = f"Administration {number}"
            party = Party(name=name, short_name=name, kind=PartyKind.MEMBER_ADMINISTRATION, capacity=Capacity.MEMBER)
            session.add(party)
            await session.flush()
            world.parties[key] = party.id
            await add_delegate(session, world, key, key, is_focal_point=True)
    return [(world.parties[f"member-{each}"], world.delegates[f"member-{each}"]) for each in range(PARTIES)]


def by_hand(api: Api, values: dict[str, str]) -> Starlette:
    """Return an application with one route for each question."""
    server = api.app.state.server
    comment, work, party = aliased(Comment), aliased(CommentWork), aliased(Party)

    def route(question: Question) -> Route:
        where = (visible_comments(comment), comment.round_id == values["round"], *question.where(comment, work, values))
        columns = (comment.id, comment.number, comment.type, comment.text, comment.submitted_at, work.status)
        columns += (party.id, party.short_name, comment.provision_text_id)
        rows = select(*columns).join(party, party.id == comment.party_id)
        rows = rows.order_by(comment.position, party.short_name, comment.number, comment.id).limit(51)
        wanted = select(func.count()).select_from(comment) if question.is_count else rows
        statement = wanted.join(work, work.comment_id == comment.id).where(*where)

        async def answer(request: Request) -> Response:
            now = server.clock()
            claims = await server.validator.claims_of(request.headers["authorization"][7:], now)
            async with server.database.reading() as connection:
                actor = await actor_of(connection, claims["sub"], now)
                found = (await connection.execute(statement, actor.parameters(now))).all()
            return Response(orjson.dumps([tuple(row) for row in found]), media_type="application/json")

        return Route(f"/{question.name.replace(' ', '-')}", answer)

    return Starlette(routes=[route(question) for question in QUESTIONS])


async def timed(asking: Callable[[], Awaitable[Any]]) -> float:
    """Return the milliseconds that one request takes."""
    began = time.perf_counter()
    response = await asking()
    assert response.status_code == 200, response.text
    assert b"errors" not in response.content, response.text
    return (time.perf_counter() - began) * 1000


async def measure(world: World, values: dict[str, str]) -> dict[str, tuple[float, float, int]]:
    """Return for each question the medians of the server and of the endpoint by hand, and the statements."""
    figures = {}
    async with (
        Api(world) as api,
        AsyncClient(transport=ASGITransport(app=by_hand(api, values)), base_url="http://127.0.0.1:8000") as hand,
    ):
        headers = {"authorization": f"Bearer {await api.token('japan')}"}
        for question in QUESTIONS:
            filters = f"filter: {{roundId: [$round] {question.filters}}}"
            arguments, shown = (
                (filters, "totalCount") if question.is_count else (f"{filters} first: 50", f"nodes {PAGE}")
            )
            names = [name for name in values if f"${name}" in filters]
            declared = ", ".join(f"${name}: ID!" for name in names)
            text = f"query({declared}) {{ comments({arguments}) {{ {shown} }} }}"
            body = {"query": text, "variables": {name: values[name] for name in names}}
            address = f"/{question.name.replace(' ', '-')}"

            def ours(body: Any = body) -> Awaitable[Any]:
                return api._client.post("/graphql", json=body, headers=headers)

            def theirs(address: str = address) -> Awaitable[Any]:
                return hand.get(address, headers=headers)

            await timed(ours), await timed(theirs)
            with statements(world.database) as seen:
                await timed(ours)
            pairs = [(await timed(ours), await timed(theirs)) for _ in range(TIMES)]
            own, other = (statistics.median(each) for each in zip(*pairs, strict=True))
            figures[question.name] = own, other, len(seen)
    return figures


async def main() -> None:
    """Fill a database of each size, and print a line for each question."""
    with tempfile.TemporaryDirectory() as folder:
        results = []
        for size in SIZES:
            world, values = await fill(f"sqlite:///{folder}/{size}.db", size)
            results.append(await measure(world, values))
            await world.database.close()
    print(f"SQLite, {PARTIES} parties, {PROVISIONS} provisions; ms at {SIZES[0]} and {SIZES[1]} comments, medians")
    heads = f"{'server':>9}{'by hand':>9}{'ratio':>7}{'statements':>12}{'server':>9}{'ratio':>7}{'growth':>8}"
    print(f"  {'question':<20}{heads}")
    for name, (own, other, count) in results[0].items():
        later, later_other, later_count = results[1][name]
        assert count == later_count, f"{name} takes more statements for more comments"
        line = f"{own:9.2f}{other:9.2f}{other / own:7.2f}{count:12}"
        line += f"{later:9.2f}{later_other / later:7.2f}{later / own:8.2f}"
        print(f"  {name:<20}{line}")


if __name__ == "__main__":
    asyncio.run(main())
