"""The direct way gives what the full way gives, byte for byte, and forgets nothing of what the full way does."""

import json
from collections.abc import AsyncIterator
from random import Random
from typing import Any

import pytest

from server.kernel.scopes import Scope as TokenScope
from server.schema.root import schema
from server.settings import Settings
from server.storage.database import Database
from tests.factories.api import OPERATIONS
from tests.reads.both import ADDRESS, PEOPLE, Both, add_people
from tests.reads.operations import Operations
from tests.reads.seed import seeded
from tests.reads.test_property import ids_in

ROWS = """query Rows($filter: CommentFilter, $first: Int, $after: String, $last: Int, $before: String) {
  comments(filter: $filter, first: $first, after: $after, last: $last, before: $before) {
    nodes { id number type text reason proposedWording submittedAt status revision author { id name }
      party { id shortName capacity } provision { id key printedNumber text } disposition { id stage verdict reason } }
    pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } }"""
EVERYTHING = """query Everything($filter: CommentFilter, $first: Int, $after: String, $last: Int, $before: String) {
  __typename
  comments(filter: $filter, first: $first, after: $after, last: $last, before: $before) { totalCount
    edges { cursor node { id type status receipt { __typename } supportCount supports { nodes { party { id } } }
      disposition { verdict stage } availableActs { act isAllowed code reason rule unlocksAt whoCan } } }
    pageInfo { hasNextPage endCursor } } }"""
TWO_ROOTS = """query($filter: CommentFilter) { rounds(first: 2) { nodes { id title status } totalCount }
  all: comments(filter: $filter, first: 3) { nodes { id text } } none: __typename
  few: comments(filter: $filter, last: 2) { nodes { availableActs { act isAllowed reason } } } }"""
CONDITIONS = """query($filter: CommentFilter, $yes: Boolean!) { comments(filter: $filter, first: 2) @include(if: $yes) {
  totalCount @skip(if: $yes) nodes { id text @include(if: $yes) ...Some @skip(if: $yes) } } __typename }
  fragment Some on Comment { number type }"""
ONE = """query($id: ID!) { comment(id: $id) { id text party { shortName } availableActs { act isAllowed } } }"""


@pytest.fixture
async def both(database: Database) -> AsyncIterator[Both]:
    """Give an application over three rounds of twelve comments, and the people who ask."""
    world = await seeded(database, 12, rounds=3)
    async with Both(world, acting_as=await add_people(world)) as asking:
        yield asking


async def rounds_of(both: Both) -> list[str]:
    """Return the id of every round."""
    answer = await both.ask("secretariat", "{ rounds(first: 100) { nodes { id } } }")
    return [node["id"] for node in answer["data"]["rounds"]["nodes"]]


async def pages_of(both: Both, headers: dict[str, str], wanted: dict[str, Any], *, forwards: bool) -> list[Any]:
    """Return the variables of every page of a list of comments, from one end to the other."""
    size, edge, cursor = ("first", "endCursor", "after") if forwards else ("last", "startCursor", "before")
    pages: list[Any] = [{"filter": wanted, size: 6}]
    while True:
        answer = (await both.post(headers, ROWS, pages[-1])).json()
        end = answer.get("data") and answer["data"]["comments"]["pageInfo"][edge]
        if not end:
            return pages
        pages.append({"filter": wanted, size: 6, cursor: end})


async def test_every_page_is_the_same_in_both_ways_whoever_asks(both: Both) -> None:
    rounds = await rounds_of(both)
    asked = direct = 0
    for person in PEOPLE:
        headers = await both.headers(person)
        for number, round_id in enumerate(rounds):
            for variables in await pages_of(both, headers, {"roundId": round_id}, forwards=number % 2 == 0):
                direct += await both.compare(headers, ROWS, variables)
                direct += await both.compare(headers, EVERYTHING, variables)
                asked += 2

    assert direct == asked > 2 * len(PEOPLE) * len(rounds)


VARIANTS: tuple[tuple[str, dict[str, Any], bool], ...] = (
    (TWO_ROOTS, {}, True),
    (TWO_ROOTS, {"filter": {"type": "GENERAL"}}, True),
    (CONDITIONS, {"yes": True}, True),
    (CONDITIONS, {"yes": False}, True),
    (ROWS, {"filter": {"type": "SUBSTANTIVE", "status": "DISPOSED"}, "first": 3}, True),
    (ROWS, {"filter": None, "first": None, "after": None}, True),
    (ROWS, {"filter": {"partyId": "nobody"}}, True),
    (ROWS, {"first": 0}, False),
    (ROWS, {"first": 2, "last": 2}, False),
    (ROWS, {"after": "nonsense"}, False),
    (ROWS, {"after": "WyJhYmMiLDFd"}, False),
    (ROWS, {"first": "two"}, False),
    (ROWS, {"first": 2**40}, False),
    (ROWS, {"filter": {"type": "NONE"}}, False),
    (ROWS, {"filter": {"colour": "red"}}, False),
    (ROWS, {"filter": {"partyId": "\0"}}, False),
    (CONDITIONS, {}, False),
    (ONE, {"id": "nonsense"}, True),
    (ONE, {"id": "CMT_00000000000000000000000000"}, True),
    ("{ __typename }", {}, True),
    ("{ comments(first: 101) { totalCount } rounds { totalCount } }", {}, False),
    ("{ comments { nodes { id colour } } }", {}, False),
    ("{ comments { nodes { id }", {}, False),
    ("{ viewer { name } comments(first: 1) { nodes { id } } }", {}, False),
    ("{ __schema { queryType { name } } }", {}, False),
    ("query A { rounds { totalCount } } query B { __typename }", {}, False),
    ("query @include(if: true) { rounds { totalCount } }", {}, False),
    ("{ rounds { totalCount } ... @skip(if: true) { comments { totalCount } } ...F } fragment F on Query { a: rounds "
     "{ nodes { title extensions(first: 1) { nodes { reason } totalCount } } } }", {}, True),
    ("mutation { __typename }", {}, False),
)  # fmt: skip
"""Documents, their variables, and whether they are answered in the direct way."""


@pytest.mark.rest
async def test_other_operations_are_the_same_in_both_ways(both: Both) -> None:
    for person in (None, "secretariat", "japan", "representing"):
        headers = await both.headers(person)
        for text, variables, is_direct in VARIANTS:
            assert await both.compare(headers, text, variables) == is_direct, (person, text, variables)
    comments = (await both.ask("secretariat", "{ comments { nodes { id } } }"))["data"]["comments"]["nodes"]
    for person in (None, "gea"):
        for comment in comments[::5]:
            assert await both.compare(await both.headers(person), ONE, comment)


async def test_random_operations_are_the_same_in_both_ways(both: Both) -> None:
    ids = await ids_in(both.world.database)
    texts = {
        name: lambda random, of=prefix: f'"{random.choice([each for each in ids if each.startswith(of)])}"'  # type: ignore[misc]
        for name, prefix in (("id", ""), ("ids", ""), ("roundId", "RND"), ("partyId", "PTY"), ("bodyId", "BOD"))
    }
    direct = 0
    for seed in range(24):
        text, variables = Operations(schema._schema, Random(seed), ids, texts).operation()
        direct += await both.compare(await both.headers(PEOPLE[seed % len(PEOPLE)]), text, variables)

    assert direct > 5


BAD = {
    "a token of nobody": {"authorization": "Bearer nonsense"},
    "a standing of nobody": {"acting-as": "DEL_nobody"},
}


@pytest.mark.parametrize("bad", BAD)
async def test_a_credential_that_is_not_good_is_refused_as_in_full(both: Both, bad: str) -> None:
    headers = await both.headers("japan") | BAD[bad]

    assert not await both.compare(headers, ROWS)


async def test_another_scheme_than_bearer_is_for_the_full_way(both: Both) -> None:
    assert not await both.compare({"authorization": "Basic nonsense"}, ROWS)


async def test_a_token_without_a_scope_is_refused_as_in_full(both: Both) -> None:
    assert not await both.compare(await both.headers("japan", scopes=()), ROWS)
    assert await both.compare(await both.headers("japan", scopes=[TokenScope.ADMINISTER]), ROWS)


@pytest.mark.rest
@pytest.mark.parametrize(
    ("headers", "is_direct"),
    [
        ({"accept": "application/graphql-response+json"}, True),
        ({"accept": "text/event-stream"}, False),
        ({"accept": "image/png"}, False),
        ({"content-type": "text/plain"}, False),
        ({"content-type": "application/json; charset=utf-8"}, True),
        ({"content-encoding": "gzip"}, False),
        ({"origin": "https://elsewhere.example"}, False),
        ({"host": "elsewhere.example"}, False),
        ({"host": "localhost:8000"}, True),
        ({"content-length": "3"}, False),
    ],
)
async def test_headers_are_read_as_in_full(both: Both, headers: dict[str, str], is_direct: bool) -> None:
    assert await both.compare(await both.headers("japan") | headers, ROWS) == is_direct


async def test_a_request_id_is_taken_over_if_it_is_one_and_made_if_not(both: Both) -> None:
    sent = [await both.post({"x-request-id": id_}, "{ __typename }") for id_ in ("abc", "a b", "x" * 65)]

    assert [len(answer.headers["x-request-id"]) for answer in sent] == [3, 32, 32]
    assert both.in_full == 0


async def test_a_body_that_comes_in_pieces_is_answered(both: Both) -> None:
    body = json.dumps({"query": "{ __typename }"}).encode()

    async def pieces() -> AsyncIterator[bytes]:
        for start in range(0, len(body), 5):
            yield body[start : start + 5]

    headers = {"content-type": "application/json", "content-length": str(len(body))}
    answer = await both.client.post("/graphql", content=pieces(), headers=headers)

    assert (answer.json(), both.in_full) == ({"data": {"__typename": "Query"}}, 0)


async def test_direct_reads_are_counted_as_others(both: Both) -> None:
    await both.ask("japan", "{ __typename }")
    await both.post(await both.headers("japan"), ROWS, {"first": 0})

    registry = both.app.state.server.registry
    counts = {
        outcome: registry.get_sample_value(
            "graphql_requests_total", {"operation": "other", "type": "query", "outcome": outcome}
        )
        for outcome in ("ok", "partial")
    }
    assert counts == {"ok": 1, "partial": 1}


async def test_only_trusted_documents_are_answered_where_no_others_are(database: Database) -> None:
    world = await seeded(database, 12)
    settings = Settings(issuer=ADDRESS, trusted_only=True)
    async with Both(world, settings) as both:
        headers = await both.headers("japan")

        assert not await both.compare(headers, ROWS)
        (published,) = [operation.body for operation in OPERATIONS if operation.name == "CommentList"]
        assert await both.compare(headers, published, {"first": 3})
