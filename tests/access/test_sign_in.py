"""From a credential to the actor: everything but the person comes from the database, at the day of the request."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from httpx2 import Response
from sqlalchemy import select

from server.access.actor import ANONYMOUS, Actor, Capacity
from server.access.sign_in import actor_of, find_person, signing_keys
from server.access.tokens import new_key, sign_token
from server.bodies.rules import FunctionKind
from server.models.bodies import Function
from server.models.parties import Delegate, Person
from tests.factories.api import Api
from tests.factories.world import NOW, World, add_delegate

DAY = date(2018, 10, 12)


async def actor_on(world: World, person_id: str, day: date) -> Actor:
    """The actor for a person at noon of a day."""
    async with world.database.reading() as connection:
        return await actor_of(connection, person_id, datetime(day.year, day.month, day.day, 12, tzinfo=UTC))


async def accredit(world: World, person: str, party: str, starts_on: date, ends_on: date | None, **given: Any) -> None:
    """Accredit a person by id for a party."""
    await world.add(
        Delegate(person_id=person, party_id=world.parties[party], starts_on=starts_on, ends_on=ends_on, **given)
    )


async def function(world: World, party: str, kind: FunctionKind, **given: Any) -> None:
    """Give a party a function in the WGEC."""
    dated = {"starts_on": DAY, "ends_on": DAY} | given
    await world.add(Function(body_id=world.bodies["wgec"], party_id=world.parties[party], kind=kind, **dated))


async def test_actor_of_a_delegate_has_party_capacity_and_functions(world: World) -> None:
    actor = await actor_on(world, world.persons["canada"], DAY)

    assert actor == Actor(
        person_id=world.persons["canada"],
        delegate_id=world.delegates["canada"],
        name="Delegate canada",
        party_id=world.parties["canada"],
        party_name="Canada Border Services Agency",
        capacity=Capacity.MEMBER,
        is_focal_point=True,
        leads=frozenset({world.bodies["group"]}),
    )


@pytest.mark.parametrize(
    ("person", "capacity", "is_focal_point"),
    [
        ("secretariat", Capacity.SECRETARIAT, True),
        ("japan", Capacity.MEMBER, True),
        ("japan-assistant", Capacity.MEMBER, False),
        ("upu", Capacity.OBSERVER, True),
        ("gea", Capacity.PRIVATE_SECTOR, True),
    ],
)
async def test_actor_of_each_party_has_its_capacity(
    world: World, person: str, capacity: Capacity, is_focal_point: bool
) -> None:
    actor = await world.actor(person)

    assert (actor.capacity, actor.is_focal_point, actor.leads) == (capacity, is_focal_point, frozenset())


async def test_actor_of_an_accreditation_begins_and_ends_with_its_days(world: World) -> None:
    await world.add(Person(id="PER_1", name="Guest", email="guest@example.org"))
    await accredit(world, "PER_1", "upu", DAY, DAY + timedelta(days=2))

    days = [DAY + timedelta(days=offset) for offset in (-1, 0, 2, 3)]
    actors = [await actor_on(world, "PER_1", day) for day in days]

    observer = world.parties["upu"]
    assert [actor.party_id for actor in actors] == ["", observer, observer, ""]
    assert actors[0] is actors[3] is ANONYMOUS


async def test_actor_of_a_person_who_changed_party_speaks_for_the_one_in_force(world: World) -> None:
    await world.add(Person(id="PER_1", name="Guest", email="guest@example.org"))
    await accredit(world, "PER_1", "upu", DAY, DAY + timedelta(days=1))
    await accredit(world, "PER_1", "gea", DAY + timedelta(days=1), None)

    actors = [await actor_on(world, "PER_1", DAY + timedelta(days=offset)) for offset in (0, 1, 2)]

    capacities = [actor.capacity for actor in actors]
    assert capacities == [Capacity.OBSERVER, Capacity.OBSERVER, Capacity.PRIVATE_SECTOR]


async def test_actor_of_two_accreditations_leads_only_for_the_party_it_speaks_for(world: World) -> None:
    await world.add(Person(id="PER_1", name="Guest", email="guest@example.org"))
    await accredit(world, "PER_1", "japan", date(2018, 1, 1), None)
    await accredit(world, "PER_1", "canada", date(2018, 2, 1), None)

    actor = await actor_on(world, "PER_1", DAY)

    assert (actor.party_id, actor.leads) == (world.parties["japan"], frozenset())


async def test_actor_of_a_function_leads_from_its_first_to_its_last_day(world: World) -> None:
    await function(world, "upu", FunctionKind.CHAIR, ends_on=DAY + timedelta(days=2))

    leads = [(await actor_on(world, world.persons["upu"], DAY + timedelta(days=n))).leads for n in (-1, 0, 2, 3)]

    wgec = frozenset({world.bodies["wgec"]})
    assert leads == [frozenset(), wgec, wgec, frozenset()]


@pytest.mark.parametrize("kind", FunctionKind)
async def test_actor_of_each_kind_of_function_leads_unless_it_is_the_rapporteur(
    world: World, kind: FunctionKind
) -> None:
    await function(world, "gea", kind)

    actor = await actor_on(world, world.persons["gea"], DAY)

    leading = {FunctionKind.CHAIR, FunctionKind.CO_CHAIR, FunctionKind.COORDINATOR}
    assert actor.leads == (frozenset({world.bodies["wgec"]}) if kind in leading else frozenset())


async def test_actor_of_a_function_bound_to_a_delegate_leads_only_in_that_seat(world: World) -> None:
    await function(world, "japan", FunctionKind.CO_CHAIR, delegate_id=world.delegates["japan-assistant"])

    assistant = await actor_on(world, world.persons["japan-assistant"], DAY)
    colleague = await actor_on(world, world.persons["japan"], DAY)

    assert assistant.leads == frozenset({world.bodies["wgec"]})
    assert colleague.leads == frozenset()


async def test_actor_of_several_functions_leads_every_body_once(world: World) -> None:
    await function(world, "canada", FunctionKind.CHAIR)
    await function(world, "canada", FunctionKind.COORDINATOR)

    actor = await actor_on(world, world.persons["canada"], DAY)

    assert actor.leads == frozenset({world.bodies["wgec"], world.bodies["group"]})


@pytest.mark.parametrize("person_id", ["", "PER_none", "' OR 1=1 --"])
async def test_actor_of_nobody_is_anonymous(world: World, person_id: str) -> None:
    assert await actor_on(world, person_id, DAY) is ANONYMOUS


@pytest.mark.parametrize(
    ("email", "person"), [("japan@example.org", "japan"), ("Japan@Example.ORG", "japan"), ("nobody@example.org", None)]
)
async def test_find_person_by_email_in_any_case(world: World, email: str, person: str | None) -> None:
    async with world.database.reading() as connection:
        found = await find_person(connection, email)

    assert found == (world.persons[person] if person else None)


async def test_signing_keys_at_the_first_start_makes_one_and_keeps_it(world: World) -> None:
    first = await signing_keys(world.database, NOW)
    second = await signing_keys(world.database, NOW + timedelta(days=1))

    assert [key.as_dict(private=True) for key in first] == [key.as_dict(private=True) for key in second]
    assert len(first) == 1


COUNTS = "{ rounds { totalCount } bodies { totalCount } parties { totalCount } }"


async def post(api: Api, authorization: str | None, text: str = COUNTS) -> Response:
    """Send a query with this Authorization header."""
    headers = {} if authorization is None else {"authorization": authorization}
    return await api._client.post("/graphql", json={"query": text}, headers=headers)


NOTHING = {"data": {"rounds": {"totalCount": 0}, "bodies": {"totalCount": 0}, "parties": {"totalCount": 0}}}


async def a_round(api: Api) -> None:
    """Something that could be seen."""
    answer = await api.act(
        "canada",
        "openRound",
        textVersionId=api.world.version,
        bodyId=api.world.bodies["group"],
        title="Comments on Draft 1",
        closesAt=(NOW + timedelta(days=7)).isoformat(),
        audience=["MEMBER", "OBSERVER", "PRIVATE_SECTOR"],
    )
    assert answer["__typename"] == "RoundOpened"


async def test_request_without_a_token_sees_nothing_and_may_do_nothing(api: Api) -> None:
    await a_round(api)

    answer = await post(api, None)
    refused = await api.act(None, "cancelRound", roundId="RND_1", reason="Why", expectedVersion=1)

    assert (answer.status_code, answer.json()) == (200, NOTHING)
    assert (refused["kind"], refused["code"]) == ("FORBIDDEN", "UNAUTHENTICATED")


async def test_request_with_a_token_sees_what_is_there(api: Api) -> None:
    await a_round(api)

    answer = await post(api, f"bearer {await api.token('upu')}")

    counts = {name: value["totalCount"] for name, value in answer.json()["data"].items()}
    assert counts == {"rounds": 1, "bodies": 5, "parties": 6}


async def test_request_with_a_bad_token_is_answered_401_with_a_challenge(api: Api) -> None:
    settings, now = api.settings, api.world.clock.now
    given = {"issuer": settings.issuer, "audience": settings.token_audience, "subject": api.world.persons["upu"]}
    expired = sign_token(
        (await signing_keys(api.world.database, now))[0], **given, now=now - timedelta(minutes=20), minutes=5
    )
    strange = sign_token(new_key(), **given, now=now, minutes=5)

    answers = [await post(api, f"Bearer {bad}") for bad in ("garbage", "", strange, expired)]

    assert [answer.status_code for answer in answers] == [401] * 4
    assert {answer.headers["www-authenticate"] for answer in answers} == {'Bearer error="invalid_token"'}
    bodies = [answer.json() for answer in answers]
    assert all("data" not in body for body in bodies)
    assert {error["extensions"]["code"] for body in bodies for error in body["errors"]} == {"UNAUTHENTICATED"}
    assert bodies[3]["errors"][0]["message"] == "The access token has expired."


async def test_request_of_a_person_whose_accreditation_ended_sees_nothing(api: Api) -> None:
    await a_round(api)
    async with api.world.database.writing() as session:
        await add_delegate(session, api.world, "guest", "upu", is_focal_point=True)
        delegate = await session.get_one(Delegate, api.world.delegates["guest"])
        delegate.ends_on = NOW.date()

    today = await post(api, f"Bearer {await api.token('guest')}")
    api.world.clock.move(days=1)
    tomorrow = await post(api, f"Bearer {await api.token('guest')}")
    refused = await api.act("guest", "cancelRound", roundId="RND_1", reason="Why", expectedVersion=1)

    assert today.json()["data"]["rounds"]["totalCount"] == 1
    assert (tomorrow.status_code, tomorrow.json()) == (200, NOTHING)
    assert refused["code"] == "UNAUTHENTICATED"


async def test_request_of_a_coordinator_whose_function_ended_may_no_longer_lead_with_the_same_token(api: Api) -> None:
    await a_round(api)
    acts = "{ rounds { nodes { availableActs { act allowed code } } } }"
    async with api.world.database.writing() as session:
        held = (await session.scalars(select(Function))).one()
        held.ends_on = NOW.date()
    api.world.clock.now = NOW.replace(hour=23, minute=58)
    bearer = f"Bearer {await api.token('canada')}"

    before = await post(api, bearer, acts)
    api.world.clock.move(minutes=3)
    after = await post(api, bearer, acts)

    def extend(answer: Response) -> dict[str, Any]:
        (round_,) = answer.json()["data"]["rounds"]["nodes"]
        return next(act for act in round_["availableActs"] if act["act"] == "extendRound")

    assert extend(before) == {"act": "extendRound", "allowed": True, "code": None}
    assert extend(after) == {"act": "extendRound", "allowed": False, "code": "FORBIDDEN"}
