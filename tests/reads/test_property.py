"""The engine and the naive implementation give the same data for random operations, whoever asks."""

import json
from asyncio import Lock
from random import Random
from typing import Any

import pytest
from graphql import GraphQLSchema
from sqlalchemy import select

from server.models.base import Base, Identified
from server.schema.root import schema as application
from server.storage.database import Database
from tests.reads.naive import Naive
from tests.reads.operations import Operations
from tests.reads.reading import Reader
from tests.reads.sample import schema as sample
from tests.reads.seed import seeded

PERSONS = (None, "secretariat", "canada", "japan", "gea")
OPERATIONS = 20


async def ids_in(database: Database) -> list[str]:
    """Return every identifier in a database, in order, and two that are nowhere."""
    found = ["CMT_00000000000000000000000000", "nonsense"]
    async with database.reading() as connection:
        for mapper in sorted(Base.registry.mappers, key=lambda m: m.class_.__name__):
            if issubclass(mapper.class_, Identified):
                found += (await connection.execute(select(mapper.class_.id))).scalars()
    return found


def plain(data: Any) -> Any:
    """Return data as they are sent."""
    return json.loads(json.dumps(data, default=lambda value: value.isoformat().replace("+00:00", "Z")))


@pytest.mark.parametrize("schema", [application._schema, sample], ids=["application", "sample"])
async def test_random_operations_give_what_the_naive_implementation_gives(
    schema: GraphQLSchema, database: Database
) -> None:
    world = await seeded(database, 12, rounds=3)
    reader = Reader(schema, world)
    ids = await ids_in(database)
    texts = {
        "id": lambda random: f'"{random.choice(ids)}"',
        "ids": lambda random: f'"{random.choice(ids)}"',
        "roundId": lambda random: f'"{random.choice([i for i in ids if i.startswith("RND")])}"',
        "partyId": lambda random: f'"{random.choice([i for i in ids if i.startswith("PTY")])}"',
        "bodyId": lambda random: f'"{random.choice([i for i in ids if i.startswith("BOD")])}"',
        "parentId": lambda random: f'"{random.choice([i for i in ids if i.startswith("BOD")])}"',
        "speaker": lambda random: random.choice(['"Japan"', '"Canada"', '"nobody"']),
        "ending": lambda random: random.choice(['"ke."', '"or."', '"%"']),
        "text": lambda random: random.choice(['"COMMENT 1"', '"draft"', '"nothing of it"']),
        "number": lambda random: str(random.randint(1, 4)),
        "DateTime": lambda random: random.choice(['"2018-09-20T08:55:00Z"', '"2018-09-20T08:50:00.5Z"']),
        "Date": lambda random: random.choice(['"2018-09-20"', '"2019-01-01"']),
        "words": lambda random: random.choice(['"COMMENT 1"', '"ÄMTER"', '"ämter alike"', '"nothing of it"']),
        "numberFrom": lambda random: str(random.randint(0, 3)),
        "sentFrom": lambda random: '"2018-09-20T10:55:00+02:00"',
    }
    turn = Lock()
    async with database.studying() as session:
        naive = {person: Naive(schema, world, await world.actor(person), session, turn) for person in PERSONS}
        compared = 0
        for seed in range(OPERATIONS):
            text, variables = Operations(schema, Random(seed), ids, texts).operation()
            if reader.documents.prepare(text).document is None:
                continue
            for person in (PERSONS[seed % len(PERSONS)], PERSONS[(seed + 2) % len(PERSONS)]):
                expected = await naive[person].answer(text, variables)
                found = await reader.answer(person, text, variables)
                assert (found.errors, plain(found.data)) == (expected.errors, plain(expected.data)), (person, text)
                compared += 1
    assert compared > OPERATIONS
