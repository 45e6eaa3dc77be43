"""Who sees an object: the audience answers for everybody at once what the object's predicate answers for each."""

from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.sql.visitors import iterate

from server.domain.rights.queries.audience import EVERYONE, audience_of
from server.identity.everybody import OF_PARAMETERS, SAME_FOR_ALL
from server.kernel.actor import Actor
from server.kernel.predicates import EVERYBODY, sights_of
from server.schema.reads.kinds import NOUNS
from server.schema.root import schema
from server.storage.database import Database
from tests.factories.filled import statements
from tests.factories.world import World
from tests.rights.chequered import chequered, everybody

assert schema, "the nouns are declared when the schema is made"
OF_WHOEVER_IS_SIGNED_IN = {"actor_signed_in"}
"""The parameters of a predicate that is for every delegate."""


def parameters_of(predicate: Any) -> set[str]:
    """Return the parameters of a predicate that speak of the caller."""
    found = {element.key for element in iterate(predicate) if element.__visit_name__ == "bindparam"}
    return {key for key in found if key.startswith("actor_")} - SAME_FOR_ALL


OF_AN_OBJECT = {name: noun for name, noun in NOUNS.items() if not parameters_of(noun.model.__table__)}
"""Nouns of which each row is the same for everybody; the others say of an object what it is to the caller."""


async def seen_by(world: World, actor: Actor, noun: Any) -> set[str]:
    """Return the ids of a noun that an actor sees."""
    statement = select(noun.model.id).where(noun.visible(noun.model))
    async with world.database.reading() as connection:
        return set((await connection.scalars(statement, actor.parameters(world.clock.now))).all())


async def told(world: World, reader: Actor, noun: Any, identifier: str, person: str = "") -> dict[str, list[str]]:
    """Return the reasons of everybody who sees an object, or of one person, by what they speak as."""
    about = (noun.model, noun.visible, identifier)
    async with world.database.reading() as connection:
        onlookers = await audience_of(connection, reader, world.clock.now, *about, person_id=person)
    return {onlooker.id: onlooker.reasons for onlooker in onlookers}


@pytest.mark.rest
async def test_audience_of_every_noun_agrees_with_asking_as_each_delegate(database: Database) -> None:
    world = await chequered(database)
    actors = await everybody(world)
    sorts = ("is_secretariat", "is_administrator", "representation_id", "leads", "is_focal_point")
    assert {sort: any(getattr(actor, sort) for actor in actors.values()) for sort in sorts} == dict.fromkeys(
        sorts, True
    )

    found, asked = {}, {}
    words: set[str] = set()
    for name, noun in OF_AN_OBJECT.items():
        seen = {who: await seen_by(world, actor, noun) for who, actor in actors.items()}
        for identifier in sorted(set().union(*seen.values())):
            asked[name, identifier] = {who for who in seen if identifier in seen[who]}
            reader = actors[min(asked[name, identifier])]
            reasons = await told(world, reader, noun, identifier)
            found[name, identifier] = set(reasons)
            words |= {each for said in reasons.values() for each in said}

    assert found == asked
    assert len(asked) > 300
    assert words | {EVERYBODY} == {
        EVERYONE,
        *(way.words for noun in OF_AN_OBJECT.values() for way in sights_of(noun.visible(noun.model))),
    }


async def test_each_reason_holds_for_whom_it_names(database: Database) -> None:
    world = await chequered(database)
    actors = await everybody(world)

    for noun in (NOUNS["TextVersion"], NOUNS["Proposal"], NOUNS["JournalEntry"]):
        for who, actor in actors.items():
            for identifier in await seen_by(world, actor, noun):
                for words in (await told(world, actor, noun, identifier))[who]:
                    assert actor.is_secretariat or "Secretariat" not in words, words
                    assert actor.leads or "lead" not in words, words


async def test_audience_of_one_person_is_part_of_the_whole(database: Database) -> None:
    world = await chequered(database)
    actors, noun = await everybody(world), NOUNS["Round"]

    for reader in actors.values():
        for identifier in await seen_by(world, reader, noun):
            whole = await told(world, reader, noun, identifier)
            person = reader.person_id
            own = {who for who, actor in actors.items() if actor.person_id == person}
            assert await told(world, reader, noun, identifier, person) == {
                who: reasons for who, reasons in whole.items() if who in own
            }


@pytest.mark.rest
async def test_audience_of_what_the_reader_does_not_see_is_empty(database: Database) -> None:
    world = await chequered(database)

    for noun in OF_AN_OBJECT.values():
        async with world.database.reading() as connection:
            today = {
                "actor_today": world.clock.now.date(),
                "actor_now": world.clock.now,
            }  # some nouns are counted as of today
            ids = set((await connection.scalars(select(noun.model.id), today)).all())
        for reader in (await everybody(world)).values():
            for identifier in sorted(ids - await seen_by(world, reader, noun))[:2]:
                assert await told(world, reader, noun, identifier) == {}


async def test_audience_takes_one_statement(database: Database) -> None:
    world = await chequered(database)
    reader = next(actor for actor in (await everybody(world)).values() if actor.is_secretariat)
    (identifier, *_) = await seen_by(world, reader, NOUNS["Party"])

    with statements(database) as seen:
        assert len(await told(world, reader, NOUNS["Party"], identifier)) > 5

    assert [statement.split()[0] for statement in seen if statement != "BEGIN"] == ["SELECT"]


def test_what_an_object_is_to_the_caller_has_no_id_to_ask_about() -> None:
    assert {noun.prefix for name, noun in NOUNS.items() if name not in OF_AN_OBJECT} == {""}


@pytest.mark.parametrize("name", NOUNS)
def test_every_predicate_is_for_all_delegates_or_names_its_alternatives(name: str) -> None:
    predicate = NOUNS[name].visible(NOUNS[name].model)

    named = bool(sights_of(predicate))

    assert parameters_of(predicate) <= {*OF_PARAMETERS, "actor_leads", "actor_bodies"}
    assert named == (parameters_of(predicate) != OF_WHOEVER_IS_SIGNED_IN)
