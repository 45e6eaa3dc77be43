"""A chequered database: in every table rows that differ in everything that can differ.

The rows are made from the tables themselves and are the same in every run. Tests about all nouns and all persons use
them for cases that nobody thought of.
"""

from datetime import timedelta
from itertools import cycle
from random import Random
from typing import Any

from sqlalchemy import Boolean, Column, Enum, Table, UniqueConstraint, select

from server.identity.standing import actor_of
from server.journal.queries import ON_DRAFTS, TOLD
from server.kernel.actor import Actor
from server.kernel.instants import Instant
from server.models.base import Base
from server.models.parties import Person
from server.storage.database import Database
from server.vocabulary.groups import NominationStatus
from tests.factories.filled import START, _row, end_journal, identifier, lift_guards
from tests.factories.world import World

SIZE = 12
"""Rows of each table."""
OPEN = 0.5
"""How often a column is null that may be."""
SELDOM = {"suspended_at", "ended_at", "revoked_at", "retired_at"}
"""Columns that are set for one row in six: else nobody could speak."""
UNTOUCHED = ("journal_head", "signing_keys", "notice_progress")
SOURCES = [
    identifier(table, number) for table in ("comments", "amendments", "text_corrections") for number in range(SIZE)
]
CHOICES = {
    ("journal", "act"): (*ON_DRAFTS, *TOLD * 5, "comment.submitted", "body.joined"),
    ("journal", "subject_id"): [identifier("comments", number) for number in range(SIZE)],
    ("conflict_sides", "source_id"): SOURCES,
    ("applied_changes", "source_id"): SOURCES,
    ("bodies", "parent_id"): (None, *(identifier("bodies", number) for number in (5, 6))),  # those that somebody leads
    ("nominations", "status"): (NominationStatus.NOMINATED, NominationStatus.ACCEPTED, NominationStatus.AGREED),
}
"""Columns whose values matter, though their type does not say which there are."""


async def chequered(database: Database) -> World:
    """Fill an empty database, thirty days after the first row was written."""
    async with database.writing() as session:
        await lift_guards(session, is_sqlite=database.is_sqlite)
        for table in Base.metadata.sorted_tables:
            if table.name not in UNTOUCHED:
                await session.execute(table.insert(), _rows(table))
        await end_journal(session)
    world = World(database)
    world.clock.now = START + timedelta(days=30)
    return world


def _rows(table: Table) -> list[dict[str, Any]]:
    rows = [_row(table, number) for number in range(SIZE)]
    for column in table.columns:
        random = Random(f"{table.name}.{column.name}")
        values = list(_values(table, column, random))
        if values:
            for row, value in zip(rows, values, strict=True):
                row[column.name] = value
    if any(str(constraint.name).endswith("one_anchor") for constraint in table.constraints):
        for row, name in zip(rows, cycle(("sitting_id", "round_id")), strict=False):
            row[name] = None
    return rows


def _values(table: Table, column: Column[Any], random: Random) -> list[Any]:
    """Yield a value of the column for every row. Empty for a column of which the value in `filled` serves."""
    if (table.name, column.name) in CHOICES:
        return random.choices(CHOICES[table.name, column.name], k=SIZE)
    values: list[Any] = []
    for key in column.foreign_keys:
        of_table = [identifier(key.column.table.name, number) for number in range(SIZE)]
        must_differ = column.primary_key or column.unique or _is_in_a_unique_constraint(table, column)
        values = random.sample(of_table, SIZE) if must_differ else random.choices(of_table, k=SIZE)
    if isinstance(column.type, Enum):
        values = random.choices(column.type.enums, k=SIZE)
    elif isinstance(column.type, Boolean):
        values = random.choices((False, False, True), k=SIZE)
    elif isinstance(column.type, Instant) and (column.nullable or column.name == "closes_at"):
        values = [START + timedelta(days=random.choice((20, 40))) for _ in range(SIZE)]
    elif column.nullable and not column.foreign_keys:
        values = [_row(table, number)[column.name] for number in range(SIZE)]
    is_open = 5 / 6 if column.name in SELDOM else OPEN if column.nullable else 0
    return [None if random.random() < is_open else value for value in values]


def _is_in_a_unique_constraint(table: Table, column: Column[Any]) -> bool:
    indexed = any(index.unique and column.name in index.columns for index in table.indexes)
    return indexed or any(
        isinstance(constraint, UniqueConstraint) and column.name in constraint.columns
        for constraint in table.constraints
    )


async def everybody(world: World) -> dict[str, Actor]:
    """Return the actor of everything that anybody can speak as today, by its id, found as a request finds it."""
    found = {}
    async with world.database.reading() as connection:
        for person in (await connection.scalars(select(Person.id))).all():
            for standing in (await actor_of(connection, person, world.clock.now)).standings:
                found[standing.id] = await actor_of(connection, person, world.clock.now, acting_as=standing.id)
    return found
