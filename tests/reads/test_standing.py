"""A direct read is judged by what its caller may do in the snapshot that it reads, however often they asked before."""

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import update

from server.identity.identities import recognise
from server.identity.remembered import REMEMBERED_ACTORS
from server.kernel.actor import Capacity
from server.models.oauth import Application, Grant
from server.models.parties import Delegate, Party, Person, Representation
from server.storage.database import Database
from server.vocabulary.applications import ApplicationKind
from tests.factories.provider import OURS, second_issuer
from tests.factories.world import NOW
from tests.reads.both import Both, add_people
from tests.reads.seed import seeded

CHANGES = 30
LIST = "{ comments(first: 50) { nodes { id availableActs { act isAllowed } } } }"


@pytest.fixture
async def both(database: Database) -> AsyncIterator[Both]:
    """Give an application over two rounds of twelve comments, and the people who ask."""
    world = await seeded(database, 12)
    async with Both(world, acting_as=await add_people(world)) as asking:
        yield asking


async def seen(both: Both, person: str | None, **given: Any) -> list[Any]:
    """Return the comments that a person sees in the direct way, asked three times: looked up, and remembered."""
    answers = [(await both.ask(person, LIST, **given))["data"]["comments"]["nodes"] for _ in range(3)]
    assert answers[0] == answers[1] == answers[2]
    return answers[0]  # type: ignore[no-any-return]


async def change(both: Both, statement: Any) -> None:
    """Change something about somebody."""
    async with both.world.database.writing() as session:
        await session.execute(statement)


async def test_a_suspended_person_is_turned_away_at_once(both: Both) -> None:
    headers = await both.headers("japan")
    before = await seen(both, "japan")

    await change(both, update(Person).where(Person.id == both.world.persons["japan"]).values(suspended_at=NOW))

    answer = await both.post(headers, LIST)
    assert (bool(before), answer.status_code) == (True, 401)
    assert not await both.compare(headers, LIST)


async def test_a_party_in_another_capacity_sees_something_else_at_once(both: Both) -> None:
    before = await seen(both, "gea")
    party = both.world.parties["gea"]

    await change(both, update(Party).where(Party.id == party).values(capacity=Capacity.SECRETARIAT))
    as_secretariat = await seen(both, "gea")
    await change(both, update(Party).where(Party.id == party).values(capacity=Capacity.PRIVATE_SECTOR))

    assert before != as_secretariat
    assert await seen(both, "gea") == before


async def test_a_revoked_grant_is_of_no_use_at_once(both: Both) -> None:
    world = both.world
    application = Application(
        name="Editor", kind=ApplicationKind.WEB, redirect_uris=[], sign_out_uris=[], scopes=[], registered_at=NOW
    )
    granted = {"person_id": world.persons["japan"], "application_id": application.id, "scopes": [], "signed_in_at": NOW}
    await world.add(application)
    await world.add(Grant(id="GRA_1", granted_at=NOW, **granted))
    before = await seen(both, "japan", grant_id="GRA_1")

    await change(both, update(Grant).values(revoked_at=NOW))

    headers = await both.headers("japan", grant_id="GRA_1")
    assert before == await seen(both, "japan") != []
    assert (await both.post(headers, LIST)).status_code == 401
    assert not await both.compare(headers, LIST)


async def test_a_representation_ends_with_its_last_day(both: Both) -> None:
    today = NOW.date()
    ends = update(Representation).values(ends_on=today)
    await change(both, ends)
    headers = await both.headers("representing")
    before = await seen(both, "representing")

    both.world.clock.now = NOW + timedelta(days=1)

    assert before != []
    assert (await both.post(headers, LIST)).json()["errors"][0]["extensions"]["code"] == "NOT_ACCREDITED"
    assert not await both.compare(headers, LIST)


async def test_an_accreditation_ends_at_midnight(both: Both) -> None:
    world = both.world
    await change(both, update(Delegate).where(Delegate.id == world.delegates["japan"]).values(ends_on=NOW.date()))
    world.clock.now = NOW.replace(hour=23, minute=59)
    headers = await both.headers("japan")
    before = await seen(both, "japan")

    world.clock.now += timedelta(minutes=2)

    assert (bool(before), (await both.post(headers, LIST)).json()["data"]["comments"]["nodes"]) == (True, [])
    assert await both.compare(headers, LIST)


async def test_a_person_of_an_external_provider_is_found_by_its_name_for_them(database: Database) -> None:
    world = await seeded(database, 12)
    with second_issuer() as issuer:
        async with Both(world, issuer.settings(), address=OURS) as both:
            now = int(world.clock.now.timestamp())
            token = issuer.token(sub="somebody", iat=now, exp=now + 900)
            headers = {"authorization": f"Bearer {token}"}
            as_stranger = await both.post(headers, LIST)
            async with database.writing() as session:
                await recognise(
                    session, world.persons["japan"], issuer=issuer.address, subject="somebody", now=world.clock.now
                )

            assert as_stranger.status_code == 403
            assert await both.compare(headers, LIST)
            assert (await both.post(headers, LIST)).json()["data"]["comments"]["nodes"]

            await change(both, update(Person).where(Person.id == world.persons["japan"]).values(suspended_at=NOW))
            assert (await both.post(headers, LIST)).status_code == 401


async def test_the_memory_of_actors_is_bounded(both: Both) -> None:
    reads = both.direct._reads
    for number in range(3):
        both.world.clock.now = NOW + timedelta(days=number)
        await both.ask("japan", LIST)

    assert len(reads.actors) == 3 < REMEMBERED_ACTORS


@pytest.mark.own_sql
async def test_no_answer_is_judged_by_rights_that_were_over_when_it_was_asked_for(both: Both) -> None:
    world = both.world
    party = world.parties["gea"]
    headers = await both.headers("gea")
    expected = {}
    for each in (Capacity.SECRETARIAT, Capacity.PRIVATE_SECTOR):
        await change(both, update(Party).where(Party.id == party).values(capacity=each))
        expected[each.value] = await seen(both, "gea")
    capacity, changes = "PRIVATE_SECTOR", 0
    """What the party is for certain, "" while that changes; and how often it has changed."""
    asked, wrong = 0, []

    async def ask() -> None:
        nonlocal asked
        while changes < CHANGES:
            known, at = capacity, changes
            answer = (await both.post(headers, LIST)).json()["data"]["comments"]["nodes"]
            asked += 1
            # whatever is sent after a change has ended, and before the next has begun, is judged by that change
            if known and at == changes and capacity == known and answer != expected[known]:
                wrong.append(known)

    async def alter() -> None:
        nonlocal capacity, changes
        for number in range(CHANGES):
            after = Capacity.SECRETARIAT if number % 2 == 0 else Capacity.PRIVATE_SECTOR
            capacity = ""
            await change(both, update(Party).where(Party.id == party).values(capacity=after))
            capacity = after.value
            for _ in range(3):
                assert (await both.post(headers, LIST)).json()["data"]["comments"]["nodes"] == expected[capacity]
            changes += 1

    await asyncio.gather(alter(), *(ask() for _ in range(4)))

    assert wrong == []
    assert asked > CHANGES
    assert expected["PRIVATE_SECTOR"] != expected["SECRETARIAT"]
