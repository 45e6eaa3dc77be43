"""Correcting the name and the address of a person: what becomes of the account, of letters and of what was filed."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from server.domain.parties.actions import persons
from server.domain.parties.rules.correcting import PersonCorrection, add_former_name, name_at
from server.identity.passwords import find_known
from server.identity.resets import ADDRESS_SETTLES, begin_reset, find_reset
from server.identity.sessions import begin_session
from server.kernel.refusals import RefusalCode as Code
from tests.factories.accrediting import accredit, at_once, entries, letters, newcomer, refused, row
from tests.factories.entries import said
from tests.factories.rounds import rows_of
from tests.factories.world import NOW, World

SENT = {"reason": "Mistyped.", "expected_revision": 1}
NEW = "yuki@example.org"


def correction(person: str, world: World, **changed: str) -> dict[str, Any]:
    """Return what is sent to correct a person by key."""
    return SENT | {"person_id": world.persons[person], "correction": PersonCorrection(**changed)}


async def technician(world: World) -> None:
    """A technical administrator."""
    await newcomer(world, "technician")
    world.delegates["technician"] = await accredit(world, "technician", "secretariat", is_administrator=True)


def test_name_at_is_the_name_of_that_instant() -> None:
    first, second = NOW, NOW + timedelta(days=1)
    former = add_former_name(add_former_name(None, "A", first), "B", second)
    instants = [first - timedelta(1), first, second - timedelta(microseconds=1), second]

    assert [name_at("C", former, instant) for instant in instants] == ["A", "B", "B", "C"]
    assert name_at("C", None, NOW) == "C"


@pytest.mark.parametrize("who", ["secretariat", "technician", "japan"])
async def test_correct_person_gives_a_name_and_keeps_the_one_before(world: World, who: str) -> None:
    await technician(world)

    await world.do(who, persons.correct_person, **correction("japan", world, name=" Yuki Tanaka "))

    person = await row(world, "persons", world.persons["japan"])
    assert (person["name"], person["email"], person["version"]) == ("Yuki Tanaka", "japan@example.org", 2)
    assert person["former_names"] == {NOW.isoformat(): "Delegate japan"}
    assert [entry[0] for entry in await entries(world)] == ["person.corrected"]
    (entry,) = await rows_of(world, "journal")
    assert said(entry["details"]) == {"changed": ["name"], "reason": "Mistyped."}
    assert await letters(world) == []


@pytest.mark.parametrize("who", ["secretariat", "technician"])
async def test_correct_person_gives_an_address_and_hands_the_account_to_nobody(world: World, who: str) -> None:
    await technician(world)
    person = world.persons["japan"]
    async with world.database.writing() as session:
        await begin_session(session, person, NOW, lasts=timedelta(hours=1), methods=["pwd"])
        link = await begin_reset(session, person, NOW)

    await world.do(who, persons.correct_person, **correction("japan", world, email="Yuki@Example.org"))

    async def reset_at(instant: datetime) -> bool:
        async with world.database.writing() as session:
            return await begin_reset(session, person, instant) is not None

    async with world.database.reading() as connection:
        found = await find_reset(connection, link or "", NOW)
        known = [await find_known(connection, email) for email in ("japan@example.org", NEW)]
    early, late = [await reset_at(NOW + ADDRESS_SETTLES - short) for short in (timedelta(microseconds=1), timedelta(0))]
    (browser,) = await rows_of(world, "browser_sessions")
    (entry,) = await rows_of(world, "journal")
    assert ((await row(world, "persons", person))["email"], browser["ended_at"]) == (NEW, NOW)
    assert (found, known[0], known[1] and known[1].person_id) == (None, None, person)
    assert (early, late) == (False, True)
    assert sorted(address for address, _ in await letters(world)) == ["japan@example.org", NEW]
    assert said(entry["details"]) == {"changed": ["email"], "reason": "Mistyped."}
    assert all(
        NEW not in letter["text"] and "japan@" not in letter["text"] for letter in await rows_of(world, "letters")
    )


@pytest.mark.parametrize(
    ("who", "person", "changed", "code"),
    [
        ("canada", "japan", {"name": "Yuki"}, Code.FORBIDDEN),
        ("japan", "japan-assistant", {"name": "Yuki"}, Code.FORBIDDEN),
        (None, "japan", {"name": "Yuki"}, Code.NOT_FOUND),
        ("japan", "japan", {"email": NEW}, Code.INVALID),
        ("secretariat", "secretariat", {"email": NEW}, Code.INVALID),
        ("technician", "technician", {"email": NEW}, Code.INVALID),
        ("technician", "secretariat", {"email": NEW}, Code.FORBIDDEN),
        ("secretariat", "japan", {"email": "canada@example.org"}, Code.INVALID),
        ("secretariat", "japan", {"email": "Yuki"}, Code.INVALID),
        ("secretariat", "japan", {"email": ""}, Code.INVALID),
        ("secretariat", "japan", {"name": " "}, Code.INVALID),
        ("secretariat", "japan", {"name": "n" * 201}, Code.INVALID),
        ("secretariat", "japan", {"email": "JAPAN@example.org", "name": "Delegate japan"}, Code.INVALID),
        ("secretariat", "japan", {}, Code.INVALID),
    ],
)
async def test_correct_person_refuses(
    world: World, who: str | None, person: str, changed: dict[str, str], code: Code
) -> None:
    await technician(world)

    assert await refused(world, who, persons.correct_person, **correction(person, world, **changed)) == code


@pytest.mark.parametrize(
    ("changed", "code"), [({"reason": " "}, Code.REASON_REQUIRED), ({"expected_revision": 2}, Code.STALE_REVISION)]
)
async def test_correct_person_without_a_reason_or_upon_an_old_reading_is_refused(
    world: World, changed: dict[str, Any], code: Code
) -> None:
    sent = correction("japan", world, name="Yuki") | changed

    assert await refused(world, "secretariat", persons.correct_person, **sent) == code


async def test_correct_person_to_one_address_by_two_at_once_gives_it_to_one(world: World) -> None:
    acts = [("secretariat", persons.correct_person, correction(who, world, email=NEW)) for who in ("japan", "canada")]

    codes = await at_once(world, *acts)

    owners = [person for person in await rows_of(world, "persons") if person["email"] == NEW]
    assert (len(owners), codes.count("None")) == (1, 1)
