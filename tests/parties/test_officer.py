"""The first officer: who comes in through the shell, and what is left in the journal."""

import asyncio
from datetime import date, timedelta

import pytest

from server.domain.parties import policy
from server.domain.parties.actions.officers import appoint_officer
from server.domain.parties.rules.accrediting import check_officer, not_accredited
from server.domain.parties.rules.facts import AppointmentFacts
from server.domain.rights.rules.areas import all_acts
from server.identity.standing import actor_of, find_only_officer
from server.kernel.actor import ANONYMOUS, Actor, Capacity
from server.kernel.acts import Obstacle
from server.kernel.issue_codes import IssueCode
from server.kernel.issues import Issue
from server.kernel.refusals import Refusal, RefusalCode, RefusalKind
from server.models.journal import JournalEntry
from server.models.parties import Delegate, Party, PartyName, Person
from server.storage.database import Database
from tests.factories.entries import said
from tests.factories.workplan import rows_of, sizes
from tests.factories.world import NOW, World

TODAY = date(2018, 9, 24)
ADDRESS = Issue("email", IssueCode.EMAIL_MALFORMED, limit=254)
EMPTY, TOO_LONG = Issue("name", IssueCode.EMPTY), Issue("name", IssueCode.TOO_LONG, limit=200)


async def appoint(database: Database, email: str = "officer@example.org", name: str = "Officer") -> str:
    """Appoint an officer at the instant at which the tests begin."""
    async with database.writing() as session:
        return await appoint_officer(session, NOW, email=email, name=name)


async def refused(database: Database, email: str = "officer@example.org", name: str = "Officer") -> Refusal:
    """The refusal of an appointment; nothing is written by it."""
    before = await sizes(database)

    with pytest.raises(Refusal) as refusal:
        await appoint(database, email, name)

    assert await sizes(database) == before
    return refusal.value


@pytest.mark.parametrize(
    ("email", "name", "issues"),
    [
        ("officer@example.org", "Officer", []),
        ("o" * 242 + "@example.org", "x" * 200, []),
        ("o" * 243 + "@example.org", "x" * 201, [ADDRESS, TOO_LONG]),
        ("", "", [ADDRESS, EMPTY]),
        ("officer", " ", [ADDRESS, EMPTY]),
        ("off icer@example.org", "Officer", [ADDRESS]),
        ("officer@example.org\n", "Officer", [ADDRESS]),
        ("a@b@c", "Officer", [ADDRESS]),
        (
            "officer@example.org",
            "Offi\u202ecer",
            [Issue("name", IssueCode.NAME_TURNS, character="U+202E")],
        ),
        (
            "officer@example.org",
            "Offi\ncer",
            [Issue("name", IssueCode.NAME_HAS_LINE_END, character="U+000A")],
        ),
    ],
)
def test_check_officer(email: str, name: str, issues: list[Issue]) -> None:
    assert check_officer(email, name) == issues


def test_not_accredited_names_the_party_for_which_a_person_is() -> None:
    assert not_accredited(AppointmentFacts("Japan", False), NOW) is None
    assert not_accredited(AppointmentFacts("Japan", True), NOW) == Obstacle(
        RefusalCode.ALREADY_DONE,
        "This person is accredited for Japan already.",
        "A person is accredited for one party once.",
    )


@pytest.mark.parametrize("capacity", [None, *Capacity])
def test_appoint_officer_holds_for_nobody_but_the_officer(capacity: Capacity | None) -> None:
    actor = Actor(capacity=capacity, is_focal_point=True) if capacity else ANONYMOUS

    verdict = policy.appoint_officer.verdict(actor, AppointmentFacts("Secretariat", False), NOW)

    refusals = {None: RefusalCode.UNAUTHENTICATED, Capacity.SECRETARIAT: None}
    assert verdict.code == refusals.get(capacity, RefusalCode.FORBIDDEN)


def test_appoint_officer_is_no_act_of_the_api() -> None:
    assert policy.appoint_officer in policy.INTERNAL
    assert policy.appoint_officer not in all_acts()


async def test_appoint_officer_in_an_empty_database_makes_the_secretariat_and_its_focal_point(
    database: Database,
) -> None:
    delegate = await appoint(database, "Officer@Example.org", " First officer ")

    ((party, *of_party),) = await rows_of(database, Party.id, Party.name, Party.short_name, Party.capacity)
    ((person, *of_person),) = await rows_of(database, Person.id, Person.name, Person.email)
    assert of_party == ["World Customs Organization Secretariat", "Secretariat", Capacity.SECRETARIAT]
    assert of_person == ["First officer", "officer@example.org"]
    assert await rows_of(database, PartyName.name, PartyName.party_id) == [
        ("secretariat", party),
        ("wco secretariat", party),
        ("world customs organization secretariat", party),
    ]
    columns = (Delegate.id, Delegate.person_id, Delegate.party_id, Delegate.focal_point_from, Delegate.starts_on)
    assert await rows_of(database, *columns, Delegate.ends_on) == [(delegate, person, party, TODAY, TODAY, None)]
    async with database.reading() as connection:
        assert await find_only_officer(connection, TODAY) == person
        officer = await actor_of(connection, person, NOW)
    assert (officer.delegate_id, officer.is_secretariat, officer.is_focal_point) == (delegate, True, True)


async def test_appoint_officer_stands_in_the_journal_in_the_officers_own_name(database: Database) -> None:
    delegate = await appoint(database)

    ((party,),) = await rows_of(database, Party.id)
    ((person,),) = await rows_of(database, Person.id)
    columns = (JournalEntry.act, JournalEntry.delegate_id, JournalEntry.party_id, JournalEntry.capacity)
    (entry,) = await rows_of(database, *columns, JournalEntry.subject_id, JournalEntry.at, JournalEntry.details)
    assert entry[:-1] == ("officer.appointed", delegate, party, "SECRETARIAT", delegate, NOW)
    assert said(entry[-1]) == {"person": person, "starts_on": NOW.date().isoformat()}


async def test_appoint_officer_joins_the_secretariat_that_is_there(world: World) -> None:
    delegate = await appoint(world.database)

    found = await rows_of(world.database, Delegate.id, Delegate.party_id)
    assert [party for id_, party in found if id_ == delegate] == [world.parties["secretariat"]]
    assert len(await rows_of(world.database, Party.id)) == len(world.parties)


async def test_appoint_officer_takes_a_person_who_is_known_but_not_accredited(world: World) -> None:
    await world.add(Person(id="PER_former", name="Former delegate", email="former@example.org"))
    past = {"starts_on": date(2018, 1, 1), "ends_on": TODAY - timedelta(days=1)}
    await world.add(Delegate(person_id="PER_former", party_id=world.parties["japan"], **past))

    delegate = await appoint(world.database, "former@example.org", "Other name")

    found = await rows_of(world.database, Delegate.id, Delegate.person_id)
    assert [person for id_, person in found if id_ == delegate] == ["PER_former"]
    persons = await rows_of(world.database, Person.id, Person.name)
    assert [name for id_, name in persons if id_ == "PER_former"] == ["Former delegate"]


async def test_appoint_officer_refuses_an_officer(world: World) -> None:
    refusal = await refused(world.database, "Secretariat@example.org")

    assert (refusal.kind, refusal.code) == (RefusalKind.NOT_NOW, RefusalCode.ALREADY_DONE)
    assert refusal.message == "This person is accredited for Secretariat already."


async def test_appoint_officer_takes_a_delegate_who_then_chooses_for_whom_to_speak(world: World) -> None:
    delegate = await appoint(world.database, "Japan@example.org")

    async with world.database.reading() as connection:
        unchosen = await actor_of(connection, world.persons["japan"], NOW)
        officer = await actor_of(connection, world.persons["japan"], NOW, acting_as=delegate)
    assert [standing.id for standing in unchosen.standings] == [world.delegates["japan"], delegate]
    assert (unchosen.party_id, officer.is_secretariat) == ("", True)


@pytest.mark.parametrize("days", [{"ends_on": TODAY}, {"starts_on": TODAY + timedelta(days=1)}])
async def test_appoint_officer_refuses_an_officer_whose_accreditation_lasts_or_is_to_come(
    world: World, days: dict[str, date]
) -> None:
    await world.add(Person(id="PER_other", name="Other", email="other@example.org"))
    dates = {"starts_on": date(2018, 1, 1)} | days
    await world.add(Delegate(person_id="PER_other", party_id=world.parties["secretariat"], **dates))

    assert (await refused(world.database, "other@example.org")).code == RefusalCode.ALREADY_DONE


async def test_appoint_officer_takes_an_officer_whose_accreditation_was_ended(world: World) -> None:
    await world.add(Person(id="PER_other", name="Other", email="other@example.org"))
    ended = {"starts_on": date(2018, 1, 1), "ended_at": NOW}
    await world.add(Delegate(person_id="PER_other", party_id=world.parties["secretariat"], **ended))

    delegate = await appoint(world.database, "other@example.org")

    found = await rows_of(world.database, Delegate.id, Delegate.person_id)
    assert [person for id_, person in found if id_ == delegate] == ["PER_other"]


async def test_appoint_officer_twice_is_refused_the_second_time(database: Database) -> None:
    await appoint(database)

    assert (await refused(database)).code == RefusalCode.ALREADY_DONE


async def test_appoint_officer_without_address_and_name_writes_nothing(database: Database) -> None:
    refusal = await refused(database, "officer", "")

    assert (refusal.code, refusal.issues) == (RefusalCode.INVALID, (ADDRESS, EMPTY))


async def test_appoint_officer_twice_at_once_appoints_one(database: Database) -> None:
    answers = await asyncio.gather(appoint(database), appoint(database), return_exceptions=True)

    (delegate,) = [answer for answer in answers if isinstance(answer, str)]
    (late,) = [answer for answer in answers if isinstance(answer, Refusal)]
    assert late.code == RefusalCode.ALREADY_DONE
    assert await rows_of(database, Delegate.id) == [(delegate,)]
    assert await rows_of(database, JournalEntry.subject_id) == [(delegate,)]
