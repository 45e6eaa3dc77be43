"""Visibility predicates: how they are written, and that what is left of one beside its parent's is the same."""

import pytest
from sqlalchemy import select
from sqlalchemy.orm import aliased

from server.kernel.predicates import Within
from server.schema.reads.kinds import NOUNS
from server.schema.root import schema
from server.storage.database import Database
from tests.rights.chequered import chequered, everybody

assert schema, "the nouns are declared when the schema is made"


@pytest.mark.parametrize("name", sorted(NOUNS))
def test_no_predicate_lists_all_rows_that_are_visible(name: str) -> None:
    """SQLite makes that list anew for every statement, out of the whole table."""
    noun = NOUNS[name]
    row = aliased(noun.model)

    text = str(select(row.id if hasattr(row, "id") else row).where(noun.visible(row)))

    assert "IN (SELECT" not in text


@pytest.mark.parametrize("name", sorted(name for name, noun in NOUNS.items() if isinstance(noun.visible, Within)))
def test_a_predicate_is_that_of_the_parent_as_the_schema_has_it(name: str) -> None:
    """Else nothing can be left out where the parent's predicate is asked already."""
    visible = NOUNS[name].visible
    assert isinstance(visible, Within)

    assert visible.visible in {noun.visible for noun in NOUNS.values() if noun.model is visible.parent}


async def test_beside_its_parent_every_caller_sees_the_same_rows_of_every_noun(database: Database) -> None:
    world = await chequered(database)
    actors = await everybody(world)
    partly = set()

    for name, noun in NOUNS.items():
        if not isinstance(noun.visible, Within):
            continue
        row, parent = aliased(noun.model), aliased(noun.visible.parent)
        alone = select(row.id).where(noun.visible(row))
        beside = select(row.id).join(parent, noun.visible.beside(row, parent)).where(noun.visible.visible(parent))
        async with database.reading() as connection:
            rows = set((await connection.scalars(select(row.id))).all())
            for actor in actors.values():
                parameters = actor.parameters(world.clock.now)
                seen = set((await connection.scalars(alone, parameters)).all())
                assert set((await connection.scalars(beside, parameters)).all()) == seen, (name, actor)
                partly |= {name} if seen and seen != rows else set()

    assert {"CarriedComment", "Disposition", "Support", "CoSponsor", "Amendment"} <= partly
