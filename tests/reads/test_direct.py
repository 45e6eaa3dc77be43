"""The direct way gives what the full way gives, byte for byte, and forgets nothing of what the full way does."""

from collections.abc import AsyncIterator
from typing import Any

import pytest

from server.storage.database import Database
from tests.reads.both import PEOPLE, Both, add_people
from tests.reads.seed import seeded

ROWS = """query Rows($filter: CommentFilter, $first: Int, $after: String, $last: Int, $before: String) {
  comments(filter: $filter, first: $first, after: $after, last: $last, before: $before) {
    nodes { id number type text reason proposedWording submittedAt status version author { id name }
      party { id shortName capacity } provision { id key printedNumber text } disposition { id stage verdict reason } }
    pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } }"""
EVERYTHING = """query Everything($filter: CommentFilter, $first: Int, $after: String, $last: Int, $before: String) {
  __typename
  comments(filter: $filter, first: $first, after: $after, last: $last, before: $before) { totalCount
    edges { cursor node { id type status receipt { __typename } supportCount supports { nodes { party { id } } }
      disposition { verdict stage } availableActs { act allowed code reason rule unlocksAt whoCan } } }
    pageInfo { hasNextPage endCursor } } }"""
TWO_ROOTS = """query($filter: CommentFilter) { rounds(first: 2) { nodes { id title status } totalCount }
  all: comments(filter: $filter, first: 3) { nodes { id text } } none: __typename
  few: comments(filter: $filter, last: 2) { nodes { availableActs { act allowed reason } } } }"""
CONDITIONS = """query($filter: CommentFilter, $yes: Boolean!) { comments(filter: $filter, first: 2) @include(if: $yes) {
  totalCount @skip(if: $yes) nodes { id text @include(if: $yes) ...Some @skip(if: $yes) } } __typename }
  fragment Some on Comment { number type }"""
ONE = """query($id: ID!) { comment(id: $id) { id text party { shortName } availableActs { act allowed } } }"""


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
    pages: list[Any] = [{"filter": wanted, size: 5}]
    while True:
        answer = (await both.post(headers, ROWS, pages[-1])).json()
        end = answer.get("data") and answer["data"]["comments"]["pageInfo"][edge]
        if not end:
            return pages
        pages.append({"filter": wanted, size: 5, cursor: end})


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
