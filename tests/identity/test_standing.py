"""From a credential to the actor: everything but the person comes from the database, at the day of the request."""

from dataclasses import asdict
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from httpx2 import Response
from sqlalchemy import select, update

from server.identity.keys import new_key, signing_keys
from server.identity.standing import Claim, actor_of, actors_of, find_only_officer, find_person
from server.identity.tokens import sign_token
from server.kernel.actor import ANONYMOUS, Actor, Capacity
from server.kernel.acts import unaccredited
from server.kernel.refusals import Refusal
from server.kernel.refusals import RefusalCode as Code
from server.kernel.scopes import Scope
from server.models.bodies import Function
from server.models.oauth import Application, Grant
from server.models.parties import Delegate, Person, Representation
from server.vocabulary.applications import ApplicationKind
from server.vocabulary.bodies import FunctionKind
from tests.factories.api import Api
from tests.factories.world import NOW, World, add_delegate

DAY = date(2018, 10, 12)


async def actor_on(world: World, person_id: str, day: date, **given: Any) -> Actor:
    """The actor for a person at noon of a day."""
    async with world.database.reading() as connection:
        return await actor_of(connection, person_id, datetime(day.year, day.month, day.day, 12, tzinfo=UTC), **given)


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
        bodies=frozenset({world.bodies["group"]}),
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
    assert [(actor.person_id, actor.is_signed_in, actor.standings) for actor in (actors[0], actors[3])] == [
        ("PER_1", False, ())
    ] * 2


async def test_actor_of_a_person_who_changes_party_speaks_for_the_one_in_force(
    world: World,
) -> None:
    await world.add(Person(id="PER_1", name="Guest", email="guest@example.org"))
    await accredit(world, "PER_1", "upu", DAY, DAY + timedelta(days=1))
    await accredit(world, "PER_1", "gea", DAY + timedelta(days=1), None)

    actors = [await actor_on(world, "PER_1", DAY + timedelta(days=offset)) for offset in (0, 1, 2)]

    capacities = [actor.capacity for actor in actors]
    assert capacities == [Capacity.OBSERVER, None, Capacity.PRIVATE_SECTOR]


async def test_actor_of_two_accreditations_speaks_and_leads_for_the_one_that_was_chosen(
    world: World,
) -> None:
    await world.add(Person(id="PER_1", name="Guest", email="guest@example.org"))
    await accredit(world, "PER_1", "japan", date(2018, 1, 1), None)
    await accredit(world, "PER_1", "canada", date(2018, 2, 1), None)

    unchosen = await actor_on(world, "PER_1", DAY)
    chosen = [await actor_on(world, "PER_1", DAY, acting_as=standing.id) for standing in unchosen.standings]

    assert (unchosen.is_signed_in, unchosen.party_id, unaccredited(unchosen)) == (False, "", Code.PARTY_NOT_CHOSEN)
    assert [(actor.party_id, actor.leads) for actor in chosen] == [
        (world.parties["japan"], frozenset()),
        (world.parties["canada"], frozenset({world.bodies["group"]})),
    ]


async def test_actor_of_a_choice_that_is_not_theirs_is_refused_like_one_that_does_not_exist(world: World) -> None:
    told = []
    for choice in (world.delegates["canada"], "DEL_nobody", "REP_nothing"):
        with pytest.raises(Refusal) as refused:
            await actor_on(world, world.persons["japan"], DAY, acting_as=choice)
        told.append((refused.value.code, refused.value.message))

    assert len(set(told)) == 1
    assert told[0][0] == Code.NOT_ACCREDITED


async def test_actor_of_a_representation_speaks_for_the_other_party_without_its_functions(world: World) -> None:
    granted = {"party_id": world.parties["canada"], "by_party_id": world.parties["japan"], "evidence": "Letter"}
    days = {"starts_on": DAY, "ends_on": DAY}
    await world.add(Representation(id="REP_1", **granted, **days, granted_by_id=world.delegates["canada"]))
    person = world.persons["japan"]

    without = await actor_on(world, person, DAY)
    actor = await actor_on(world, person, DAY, acting_as="REP_1")
    with pytest.raises(Refusal) as after:
        await actor_on(world, person, DAY + timedelta(days=1), acting_as="REP_1")

    assert (without.party_id, without.representation_id) == (world.parties["japan"], "")
    assert (actor.delegate_id, actor.party_id) == (world.delegates["japan"], world.parties["canada"])
    assert (actor.representation_id, actor.is_focal_point, actor.leads) == ("REP_1", True, frozenset())
    assert after.value.code == Code.NOT_ACCREDITED


async def test_actor_of_an_accreditation_that_was_ended_early_is_nobody_at_once(world: World) -> None:
    await world.add(Person(id="PER_1", name="Guest", email="guest@example.org"))
    await accredit(world, "PER_1", "upu", DAY, None, ended_at=datetime(2018, 10, 12, 11, tzinfo=UTC))

    actor = await actor_on(world, "PER_1", DAY)

    assert (actor.person_id, unaccredited(actor)) == ("PER_1", Code.NOT_ACCREDITED)


async def grants_of(world: World, person: str) -> tuple[str, str]:
    """Add a live grant of a person and one that was revoked; give their ids."""
    application = Application(
        name="Editor", kind=ApplicationKind.WEB, redirect_uris=[], sign_out_uris=[], scopes=[], registered_at=NOW
    )
    granted = {"person_id": person, "application_id": application.id, "scopes": [], "signed_in_at": NOW}
    await world.add(application)
    await world.add(Grant(id="GRT_live", granted_at=NOW, **granted))
    await world.add(Grant(id="GRT_over", granted_at=NOW, revoked_at=NOW, **granted))
    return "GRT_live", "GRT_over"


async def test_actor_of_a_suspended_person_or_a_revoked_grant_is_anonymous(world: World) -> None:
    person = world.persons["japan"]
    await grants_of(world, person)

    by_grant = [await actor_on(world, person, DAY, grant_id=grant) for grant in ("GRT_live", "GRT_over", "GRT_none")]
    async with world.database.writing() as session:
        (await session.get_one(Person, person)).suspended_at = NOW
    suspended = await actor_on(world, person, DAY)

    assert [actor.party_id for actor in by_grant] == [world.parties["japan"], "", ""]
    assert by_grant[1] is by_grant[2] is suspended is ANONYMOUS


async def test_actor_of_a_capped_person_is_only_what_the_provider_says(world: World) -> None:
    person = world.persons["japan"]

    within = await actor_on(world, person, DAY, capacities=frozenset({Capacity.MEMBER}))
    beyond = await actor_on(world, person, DAY, capacities=frozenset({Capacity.OBSERVER}))

    assert (within.capacity, beyond.capacity) == (Capacity.MEMBER, None)


async def test_actor_of_an_administrator_is_accredited_and_sees_nothing(world: World) -> None:
    await world.add(Person(id="PER_1", name="Technician", email="technician@example.org"))
    await accredit(world, "PER_1", "secretariat", DAY, None, is_administrator=True)

    actor = await actor_on(world, "PER_1", DAY)

    parameters = actor.parameters(NOW)
    assert (actor.is_administrator, actor.is_signed_in, actor.is_secretariat) == (True, False, False)
    assert {name: parameters[name] for name in ("actor_signed_in", "actor_secretariat", "actor_party")} == {
        "actor_signed_in": False,
        "actor_secretariat": False,
        "actor_party": "",
    }
    assert parameters["actor_administrator"] is True


async def test_find_only_officer_beside_an_administrator_is_the_officer_and_beside_another_officer_nobody(
    world: World,
) -> None:
    await world.add(Person(id="PER_1", name="Technician", email="technician@example.org"))
    await accredit(world, "PER_1", "secretariat", DAY, None, is_administrator=True)
    await accredit(world, world.persons["japan"], "secretariat", DAY + timedelta(1), None)

    async with world.database.reading() as connection:
        found = [await find_only_officer(connection, day) for day in (DAY, DAY + timedelta(1))]

    assert found == [world.persons["secretariat"], None]


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
    ("email", "person"),
    [
        ("japan@example.org", "japan"),
        ("Japan@Example.ORG", "japan"),
        (" japan@example.org\n", "japan"),
        ("nobody@example.org", None),
    ],
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


COUNTS = "{ rounds { totalCount } workingBodies { totalCount } parties { totalCount } }"


async def post(api: Api, authorization: str | None, text: str = COUNTS) -> Response:
    """Send a query with this Authorization header."""
    headers = {} if authorization is None else {"authorization": authorization}
    return await api._client.post("/graphql", json={"query": text}, headers=headers)


NOTHING = {"data": {"rounds": {"totalCount": 0}, "workingBodies": {"totalCount": 0}, "parties": {"totalCount": 0}}}


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
    refused = await api.act(None, "cancelRound", roundId="RND_1", reason="Why", expectedRevision=1)

    assert (answer.status_code, answer.json()) == (200, NOTHING)
    assert (refused["kind"], refused["code"]) == ("FORBIDDEN", "UNAUTHENTICATED")


async def test_request_with_a_token_sees_what_is_there(api: Api) -> None:
    await a_round(api)

    answer = await post(api, f"bearer {await api.token('upu')}")

    counts = {name: value["totalCount"] for name, value in answer.json()["data"].items()}
    assert counts == {"rounds": 1, "workingBodies": 5, "parties": 6}


async def test_request_with_a_bad_token_is_answered_401_with_a_challenge(api: Api) -> None:
    settings, now = api.settings, api.world.clock.now
    whom = {"issuer": settings.issuer, "audience": settings.token_audience, "subject": api.world.persons["upu"]}
    given: dict[str, Any] = {**whom, "client_id": "tests", "scopes": ["read"], "minutes": 5}
    (key,) = await signing_keys(api.world.database, now)
    expired = sign_token(key, **given, now=now - timedelta(minutes=20))
    strange = sign_token(new_key(), **given, now=now)

    answers = [await post(api, f"Bearer {bad}") for bad in ("garbage", "", strange, expired)]

    assert [answer.status_code for answer in answers] == [401] * 4
    metadata = f'resource_metadata="{settings.issuer}/.well-known/oauth-protected-resource/graphql"'
    challenges = [answer.headers["www-authenticate"] for answer in answers]
    assert all(challenge.startswith('Bearer error="invalid_token", error_description=') for challenge in challenges)
    assert all(challenge.endswith(metadata) for challenge in challenges)
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
    refused = await api.act("guest", "cancelRound", roundId="RND_1", reason="Why", expectedRevision=1)

    assert today.json()["data"]["rounds"]["totalCount"] == 1
    assert (tomorrow.status_code, tomorrow.json()) == (200, NOTHING)
    assert refused["code"] == "NOT_ACCREDITED"


async def test_request_with_scopes_that_do_not_suffice_is_told_so(api: Api) -> None:
    await a_round(api)
    reading, foreign = await api.token("secretariat", ["read"]), await api.token("secretariat", ["openid"])
    acts = "{ parties(first: 1) { nodes { availableActs { act isAllowed code } } } }"

    seen = await post(api, f"Bearer {reading}", acts)
    answer = await post(api, f"Bearer {foreign}")

    party = seen.json()["data"]["parties"]["nodes"][0]["availableActs"][0]
    assert party == {"act": "CORRECT_PARTY", "isAllowed": False, "code": "SCOPE_MISSING"}
    assert (answer.status_code, answer.json()["errors"][0]["extensions"]["code"]) == (403, "SCOPE_MISSING")
    assert answer.headers["www-authenticate"].startswith('Bearer error="insufficient_scope", scope="read"')


async def test_request_of_a_coordinator_whose_function_ended_may_no_longer_lead_with_the_same_token(api: Api) -> None:
    await a_round(api)
    acts = "{ rounds { nodes { availableActs { act isAllowed code } } } }"
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
        return next(act for act in round_["availableActs"] if act["act"] == "EXTEND_ROUND")

    assert extend(before) == {"act": "EXTEND_ROUND", "isAllowed": True, "code": None}
    assert extend(after) == {"act": "EXTEND_ROUND", "isAllowed": False, "code": "FORBIDDEN"}


def facts_of(actor: Actor | Refusal) -> Any:
    """Everything that is known of an actor, also what is not compared; of a refusal its code."""
    return actor.code if isinstance(actor, Refusal) else asdict(actor)


async def test_many_are_found_as_each_alone(world: World) -> None:
    """Every way to be somebody, and nobody: suspended, revoked, represented, leading, capped, with a wrong choice."""
    async with world.database.writing() as session:
        await session.execute(update(Person).where(Person.id == world.persons["upu"]).values(suspended_at=NOW))
    await accredit(world, world.persons["china"], "gea", date(2018, 2, 1), None)
    live, over = await grants_of(world, world.persons["japan"])
    claims = [
        *(Claim(person) for person in world.persons.values()),
        Claim("PER_nobody"),
        Claim(world.persons["japan"], grant_id=over),
        Claim(world.persons["japan"], grant_id=live, scopes=frozenset({Scope.READ})),
        Claim(world.persons["china"], acting_as=world.delegates["china"]),
        Claim(world.persons["china"], acting_as=world.delegates["japan"]),
        Claim(world.persons["canada"], capacities=["OBSERVER"]),
    ]

    async with world.database.reading() as connection:
        together = await actors_of(connection, claims, NOW)
        alone: list[Actor | Refusal] = []
        for claim in claims:
            try:
                alone.append(await actor_of(connection, now=NOW, **claim._asdict()))
            except Refusal as refusal:
                alone.append(refusal)

    assert [facts_of(actor) for actor in together] == [facts_of(actor) for actor in alone]
    assert together[list(world.persons).index("upu")] is ANONYMOUS
    assert together[len(world.persons) + 1] is ANONYMOUS
    assert sum(isinstance(actor, Refusal) for actor in together) == 1
