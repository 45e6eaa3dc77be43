"""Profiles, suspending and restoring persons, and mandates to speak for others, on both databases."""

from datetime import timedelta
from typing import Any

import pytest

from server.domain.parties.actions import persons, representing
from server.domain.parties.actions.persons import Profile
from server.identity.sessions import begin_session
from server.kernel.refusals import RefusalCode as Code
from server.models.oauth import Application, Grant
from server.vocabulary.applications import ApplicationKind
from server.vocabulary.parties import Notices
from tests.factories.accrediting import TODAY, accredit, at_once, entries, newcomer, refused, row, speaking
from tests.factories.entries import said
from tests.factories.rounds import code_of, rows_of
from tests.factories.world import NOW, World

DAY = timedelta(days=1)
SUSPEND = {"reason": "A stolen laptop.", "expected_revision": 1}


async def technician(world: World) -> None:
    """A technical administrator."""
    await newcomer(world, "technician")
    world.delegates["technician"] = await accredit(world, "technician", "secretariat", is_administrator=True)


async def test_correct_profile_changes_what_is_said_and_nothing_else(world: World) -> None:
    person = world.persons["japan-assistant"]
    profile = Profile("fr", "Asia/Tokyo")

    await world.do("japan-assistant", persons.correct_profile, person_id=person, profile=profile, expected_revision=1)

    found = await row(world, "persons", person)
    assert (found["language"], found["zone"], found["notices"]) == ("FRENCH", "Asia/Tokyo", "DAILY")
    assert (found["name"], found["version"]) == ("Delegate japan-assistant", 2)
    (entry,) = await rows_of(world, "journal")
    assert (entry["act"], said(entry["details"])) == ("profile.updated", {"changed": ["language", "zone"]})


@pytest.mark.parametrize(
    ("who", "profile", "version", "code"),
    [
        ("japan", Profile("fr"), 1, Code.FORBIDDEN),
        ("secretariat", Profile("fr"), 1, Code.FORBIDDEN),
        (None, Profile("fr"), 1, Code.NOT_FOUND),
        ("japan-assistant", Profile(zone="Mars/Base"), 1, Code.INVALID),
        ("japan-assistant", Profile(zone="../../etc/passwd"), 1, Code.INVALID),
        ("japan-assistant", Profile(), 1, Code.INVALID),
        ("japan-assistant", Profile("de"), 1, Code.INVALID),
        ("japan-assistant", Profile("en", "Europe/Brussels", Notices.DAILY), 1, Code.INVALID),
        ("japan-assistant", Profile("fr"), 2, Code.STALE_REVISION),
    ],
)
async def test_correct_profile_refuses(
    world: World, who: str | None, profile: Profile, version: int, code: Code
) -> None:
    sent = {"person_id": world.persons["japan-assistant"], "profile": profile, "expected_revision": version}

    assert await refused(world, who, persons.correct_profile, **sent) == code


@pytest.mark.parametrize("who", ["secretariat", "technician"])
async def test_suspend_person_locks_out_at_once_and_everywhere(world: World, who: str) -> None:
    await technician(world)
    person = world.persons["japan"]
    application = Application(
        name="Editor", kind=ApplicationKind.WEB, redirect_uris=[], sign_out_uris=[], scopes=[], registered_at=NOW
    )
    granted = {"application_id": application.id, "scopes": [], "signed_in_at": NOW, "granted_at": NOW}
    await world.add(application)
    await world.add(Grant(person_id=person, **granted), Grant(person_id=world.persons["canada"], **granted))
    async with world.database.writing() as session:
        for owner in (person, world.persons["canada"]):
            await begin_session(session, owner, NOW, lasts=DAY, methods=["pwd"])

    await world.do(who, persons.suspend_person, person_id=person, **SUSPEND)

    found = await row(world, "persons", person)
    assert (found["suspended_at"], found["version"]) == (NOW, 2)
    ended = {session["person_id"]: session["ended_at"] for session in await rows_of(world, "browser_sessions")}
    revoked = {grant["person_id"]: grant["revoked_at"] for grant in await rows_of(world, "grants")}
    assert ended == revoked == {person: NOW, world.persons["canada"]: None}
    assert (await world.actor("japan")).person_id == ""
    assert await entries(world) == [("person.suspended", world.delegates[who], world.parties["secretariat"], person)]


async def test_restore_person_lets_in_again_but_revives_no_session(world: World) -> None:
    person = world.persons["japan"]
    async with world.database.writing() as session:
        await begin_session(session, person, NOW, lasts=DAY, methods=["pwd"])
    await world.do("secretariat", persons.suspend_person, person_id=person, **SUSPEND)

    restore = {"person_id": person, "reason": "Found.", "expected_revision": 2}
    await world.do("secretariat", persons.restore_person, **restore)

    assert (await world.actor("japan")).is_focal_point
    assert [session["ended_at"] for session in await rows_of(world, "browser_sessions")] == [NOW]
    again = restore | {"expected_revision": 3}
    assert await refused(world, "secretariat", persons.restore_person, **again) == Code.WRONG_STATE


@pytest.mark.parametrize(
    ("who", "whom", "given", "code"),
    [
        ("japan", "japan-assistant", {}, Code.FORBIDDEN),
        ("secretariat", "secretariat", {}, Code.FORBIDDEN),
        ("technician", "technician", {}, Code.FORBIDDEN),
        (None, "japan", {}, Code.NOT_FOUND),
        ("secretariat", "japan", {"reason": " "}, Code.REASON_REQUIRED),
        ("secretariat", "japan", {"reason": "x" * 2001}, Code.REASON_REQUIRED),
        ("secretariat", "japan", {"expected_revision": 2}, Code.STALE_REVISION),
        ("secretariat", "japan", {"person_id": "PER_none"}, Code.NOT_FOUND),
        ("technician", "secretariat", {}, Code.WRONG_STATE),
    ],
)
async def test_suspend_person_refuses(
    world: World, who: str | None, whom: str, given: dict[str, Any], code: Code
) -> None:
    await technician(world)
    sent = SUSPEND | {"person_id": world.persons[whom]} | given

    assert await refused(world, who, persons.suspend_person, **sent) == code


async def test_suspend_person_twice_is_refused_and_restoring_is_for_the_secretariat(world: World) -> None:
    await technician(world)
    person = world.persons["japan"]
    await world.do("technician", persons.suspend_person, person_id=person, **SUSPEND)
    again = {"person_id": person, "reason": "So.", "expected_revision": 2}

    assert await refused(world, "secretariat", persons.suspend_person, **again) == Code.ALREADY_DONE
    assert await refused(world, "technician", persons.restore_person, **again) == Code.FORBIDDEN


async def test_suspend_person_by_two_officers_of_each_other_at_once_leaves_one(world: World) -> None:
    await newcomer(world, "second")
    await accredit(world, "second", "secretariat")

    codes = await at_once(
        world,
        ("secretariat", persons.suspend_person, SUSPEND | {"person_id": world.persons["second"]}),
        ("second", persons.suspend_person, SUSPEND | {"person_id": world.persons["secretariat"]}),
    )

    assert codes == ["None", "WRONG_STATE"]
    assert [person["suspended_at"] for person in await rows_of(world, "persons")].count(NOW) == 1


def mandate(world: World, **given: Any) -> dict[str, Any]:
    """Canada lets Japan speak for it from today on."""
    good = {"party_id": world.parties["canada"], "by_party_id": world.parties["japan"], "evidence": " Note 7 "}
    return good | {"starts_on": TODAY, "ends_on": None} | given


@pytest.mark.parametrize("who", ["canada", "secretariat"])
async def test_grant_representation_lets_every_delegate_of_the_other_party_speak(world: World, who: str) -> None:
    representation = await world.do(who, representing.grant_representation, **mandate(world))

    found = await row(world, "representations", representation)
    assert (found["evidence"], found["granted_by_id"], found["ended_at"]) == ("Note 7", world.delegates[who], None)
    assert (await entries(world))[-1] == (
        "representation.granted",
        world.delegates[who],
        world.parties["canada" if who == "canada" else "secretariat"],
        representation,
    )
    for key, focal in (("japan", True), ("japan-assistant", False)):
        actor = await speaking(world, key, representation)
        assert (actor.party_id, actor.delegate_id) == (world.parties["canada"], world.delegates[key])
        assert (actor.is_focal_point, actor.leads) == (focal, frozenset())


@pytest.mark.parametrize(
    ("who", "given", "code"),
    [
        ("japan", {}, Code.FORBIDDEN),
        ("gea", {}, Code.FORBIDDEN),
        (None, {}, Code.NOT_FOUND),
        ("canada", {"by": "canada"}, Code.INVALID),
        ("canada", {"by": "secretariat"}, Code.INVALID),
        ("secretariat", {"of": "secretariat"}, Code.WRONG_STATE),
        ("canada", {"by_party_id": "PTY_none"}, Code.NOT_FOUND),
        ("canada", {"evidence": " "}, Code.INVALID),
        ("canada", {"ends_on": TODAY - DAY}, Code.INVALID),
        ("canada", {"starts_on": TODAY + DAY, "ends_on": TODAY}, Code.INVALID),
    ],
)
async def test_grant_representation_refuses(world: World, who: str | None, given: dict[str, Any], code: Code) -> None:
    keys = {"by": "by_party_id", "of": "party_id"}
    named = {keys[name]: world.parties[value] for name, value in given.items() if name in keys}
    sent = mandate(world, **named, **{name: value for name, value in given.items() if name not in keys})

    assert await refused(world, who, representing.grant_representation, **sent) == code


async def test_grant_representation_twice_is_refused_and_the_other_way_round_is_another_matter(world: World) -> None:
    await world.do("canada", representing.grant_representation, **mandate(world))

    assert await refused(world, "canada", representing.grant_representation, **mandate(world)) == Code.ALREADY_DONE
    other = mandate(world, party_id=world.parties["japan"], by_party_id=world.parties["canada"])
    await world.do("japan", representing.grant_representation, **other)
    assert len(await rows_of(world, "representations")) == 2


@pytest.mark.parametrize("who", ["canada", "japan", "secretariat"])
async def test_end_representation_ends_it_at_once_for_either_party(world: World, who: str) -> None:
    representation = await world.do("canada", representing.grant_representation, **mandate(world))
    end = {"representation_id": representation, "ends_on": None, "reason": "Over.", "expected_revision": 1}

    await world.do(who, representing.end_representation, **end)

    assert (await row(world, "representations", representation))["ended_at"] == NOW
    assert await code_of(speaking(world, "japan", representation)) == Code.NOT_ACCREDITED
    again = end | {"expected_revision": 2}
    assert await refused(world, who, representing.end_representation, **again) == Code.WRONG_STATE


@pytest.mark.parametrize(
    ("who", "given", "code"),
    [
        ("gea", {}, Code.FORBIDDEN),
        ("japan-assistant", {}, Code.FORBIDDEN),
        (None, {}, Code.NOT_FOUND),
        ("canada", {"reason": ""}, Code.REASON_REQUIRED),
        ("canada", {"ends_on": TODAY - DAY}, Code.INVALID),
        ("canada", {"expected_revision": 2}, Code.STALE_REVISION),
    ],
)
async def test_end_representation_refuses(world: World, who: str | None, given: dict[str, Any], code: Code) -> None:
    representation = await world.do("canada", representing.grant_representation, **mandate(world))
    end = {"representation_id": representation, "ends_on": None, "reason": "Over.", "expected_revision": 1} | given

    assert await refused(world, who, representing.end_representation, **end) == code


async def test_end_representation_after_a_day_lasts_until_then(world: World) -> None:
    representation = await world.do("canada", representing.grant_representation, **mandate(world))
    last = {"representation_id": representation, "ends_on": TODAY + DAY, "reason": "Over.", "expected_revision": 1}
    await world.do("japan", representing.end_representation, **last)

    world.clock.now = NOW + DAY
    assert (await speaking(world, "japan", representation)).party_id == world.parties["canada"]
    world.clock.now = NOW + 2 * DAY
    assert await code_of(speaking(world, "japan", representation)) == Code.NOT_ACCREDITED
