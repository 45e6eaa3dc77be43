"""Persons of an external provider: found by (issuer, subject) and by nothing else."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from server.identity.identities import SIGN_IN_LASTS, begin_sign_in, find_linked, link, person_of, take_sign_in
from server.identity.tokens import Caller
from server.kernel.refusals import Refusal
from server.kernel.refusals import RefusalCode as Code
from server.kernel.scopes import EVERY_SCOPE
from server.models.identity import FederatedSignIn, Identity
from server.models.parties import Person
from tests.factories.world import NOW, World

ISSUER, OTHER_ISSUER, OURS = "https://login.example.org", "https://other.example.org", "https://api.example.org"


async def linked(world: World, subject: str, email: str = "", issuer: str = ISSUER) -> Person:
    """Link a subject that comes for the first time."""
    async with world.database.writing() as session:
        return await link(session, issuer=issuer, subject=subject, name="Kim", email=email, now=NOW)


async def count(world: World, table: type) -> int:
    """How many rows a table has."""
    async with world.database.reading() as connection:
        return (await connection.execute(select(func.count()).select_from(table))).scalar_one()


async def test_link_of_a_new_subject_enters_a_person_who_is_found_by_it_afterwards(world: World) -> None:
    person = await linked(world, "subject-1", "kim@example.org")
    other = await linked(world, "subject-1", issuer=OTHER_ISSUER)

    async with world.database.studying() as session:
        found = await find_linked(session, ISSUER, "subject-1")
        strangers = [await find_linked(session, *pair) for pair in ((ISSUER, "subject-2"), (ISSUER, person.id))]

    assert found is not None
    assert (found.id, found.name, found.email) == (person.id, "Kim", "kim@example.org")
    assert other.id != person.id
    assert strangers == [None, None]


async def test_link_of_an_address_that_somebody_has_leaves_it_to_them_and_finds_nobody(world: World) -> None:
    person = await linked(world, "subject-1", "japan@example.org")

    async with world.database.studying() as session:
        owner = await session.scalar(select(Person.id).where(Person.email == "japan@example.org"))
    assert (owner, person.email) == (world.persons["japan"], None)
    assert person.id != world.persons["japan"]


async def test_link_of_two_persons_without_an_address_enters_both(world: World) -> None:
    first, second = await linked(world, "subject-1"), await linked(world, "subject-2")

    assert (first.email, second.email) == (None, None)
    assert first.id != second.id


async def test_link_of_a_subject_that_is_linked_is_refused_and_enters_nobody(world: World) -> None:
    await linked(world, "subject-1")
    persons = await count(world, Person)

    with pytest.raises(Refusal) as refused:
        await linked(world, "subject-1", "kim@example.org")

    assert refused.value.code == Code.ALREADY_DONE
    assert (await count(world, Person), await count(world, Identity)) == (persons, 1)


async def test_person_of_a_subject_is_theirs_at_our_issuer_and_the_linked_one_elsewhere(world: World) -> None:
    person = await linked(world, "subject-1")
    japan = world.persons["japan"]

    found = []
    for issuer, subject in ((OURS, japan), (ISSUER, "subject-1"), (ISSUER, japan), (ISSUER, "japan@example.org")):
        async with world.database.reading() as connection:
            caller = Caller(issuer, subject, EVERY_SCOPE, NOW)
            found.append(await person_of(connection, caller, own_issuer=OURS))

    assert found == [japan, person.id, None, None]


async def begin(world: World, state: str, *, after: timedelta = timedelta()) -> None:
    """Begin a sign-in in the browser B."""
    sent = {"state": state, "browser": "B", "nonce": "N", "verifier": "V", "continue_to": "/account"}
    async with world.database.writing() as session:
        await begin_sign_in(session, NOW + after, **sent)


async def take(world: World, state: str, browser: str, *, after: timedelta = timedelta()) -> tuple[str, ...] | None:
    """Take a sign-in: what it holds."""
    async with world.database.writing() as session:
        found = await take_sign_in(session, NOW + after, state=state, browser=browser)
        return (found.nonce, found.verifier, found.continue_to) if found else None


async def test_take_sign_in_with_its_state_in_its_browser_gives_it_once(world: World) -> None:
    await begin(world, "S")

    taken = [await take(world, *pair) for pair in (("S", "C"), ("T", "B"), ("S", ""), ("S", "B"), ("S", "B"))]

    assert taken == [None, None, None, ("N", "V", "/account"), None]
    assert await count(world, FederatedSignIn) == 0


async def test_take_sign_in_after_ten_minutes_gives_nothing(world: World) -> None:
    await begin(world, "S")
    await begin(world, "T")

    last = await take(world, "S", "B", after=SIGN_IN_LASTS - timedelta(microseconds=1))
    late = await take(world, "T", "B", after=SIGN_IN_LASTS)

    assert (last, late) == (("N", "V", "/account"), None)


async def test_begin_sign_in_keeps_digests_only_and_forgets_what_has_expired(world: World) -> None:
    await begin(world, "S")
    await begin(world, "T", after=SIGN_IN_LASTS)

    async with world.database.studying() as session:
        (kept,) = (await session.scalars(select(FederatedSignIn))).all()
    assert {len(kept.state_digest), len(kept.browser_digest)} == {64}
    assert kept.expires_at == NOW + 2 * SIGN_IN_LASTS
