"""The questions of the Secretariat over HTTP: who may do what, who sees what, and why."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from sqlalchemy import select, update

from server.domain.rights.queries.grounds import actors_of, grounds_of
from server.domain.rights.rules.areas import all_acts
from server.identity.standing import actor_of
from server.kernel.actor import Capacity
from server.kernel.refusals import graphql_name
from server.models.bodies import Function
from server.models.parties import Delegate, Person, Representation
from server.storage.database import Database
from server.vocabulary.bodies import FunctionKind
from server.vocabulary.rounds import RoundVisibility
from tests.factories.api import Api, document
from tests.factories.rounds import draft, open_round, submit
from tests.factories.world import START, World
from tests.rights.chequered import chequered

NOT_THERE = "CMT_" + "0" * 26
NOBODY = "PER_" + "0" * 26
VIEWERS = ("japan", "japan-assistant", "canada", "china", "upu", "gea", "secretariat")


async def audience(api: Api, object_id: str, who: str | None = "secretariat") -> dict[str, list[str]] | None:
    """Return the reasons of everybody who sees an object, by the key of the delegate."""
    keys = {identifier: key for key, identifier in api.world.delegates.items()}
    told = (await api.ask(who, "AudienceOfObject", objectId=object_id))["audience"]
    return told and {keys.get(each["id"], each["id"]): each["reasons"] for each in told["onlookers"]["nodes"]}


async def rights(api: Api, person: str, **more: Any) -> dict[str, Any]:
    """Return the rights of a person by key, asked as the Secretariat."""
    answer = await api.ask("secretariat", "RightsOfPerson", personId=api.world.persons[person], **more)
    return dict(answer["rights"])


def acts_of(standing: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """Return the acts of a standing by the name of their mutation."""
    return {graphql_name(act["act"].lower()): act for act in standing["acts"]}


async def test_audience_of_a_sealed_comment_is_its_party_and_the_secretariat(api: Api) -> None:
    world = api.world
    comment = await submit(world, "japan", await open_round(world, visibility=RoundVisibility.AFTER_CLOSE))

    sealed = await audience(api, comment)
    world.clock.move(days=8)
    unsealed = await audience(api, comment)

    own, addressed = ["its own party"], ["parties of a capacity that its round addresses"]
    secretariat = ["the Secretariat, once it is submitted"]
    assert sealed == {"japan": own, "japan-assistant": own, "secretariat": secretariat}
    assert unsealed == {
        "japan": own + addressed,
        "japan-assistant": own + addressed,
        "secretariat": secretariat,
        "canada": ["those who lead the body of its round", *addressed],
        **dict.fromkeys(("china", "upu", "gea"), addressed),
    }


async def test_audience_counts_all_and_shows_a_page(api: Api) -> None:
    sent: dict[str, Any] = {"objectId": api.world.version}
    whole = (await api.ask("secretariat", "AudienceOfObject", **sent))["audience"]["onlookers"]

    shown: list[Any] = []
    cursor = None
    for has_next in (True, True, False):
        page = (await api.ask("secretariat", "AudienceOfObject", **sent, first=3, after=cursor))["audience"][
            "onlookers"
        ]
        shown, cursor = shown + page["nodes"], page["pageInfo"]["endCursor"]
        assert (page["totalCount"], page["pageInfo"]["hasNextPage"]) == (7, has_next)

    assert whole["totalCount"] == 7
    assert shown == whole["nodes"]


@pytest.mark.parametrize("sent", [{"first": 0}, {"first": 101}, {"after": "x"}])
async def test_audience_of_a_page_that_is_none_is_refused(api: Api, sent: dict[str, Any]) -> None:
    variables = {"objectId": api.world.version, **sent}

    answer = await api.send("secretariat", document("AudienceOfObject"), variables)

    assert [error["extensions"]["code"] for error in answer["errors"]] == ["BAD_REQUEST"]


async def test_questions_about_what_the_secretariat_does_not_see_have_no_answer(api: Api) -> None:
    world = api.world
    hidden = await draft(world, "japan", await open_round(world))
    japan = {"personId": world.persons["japan"]}

    for identifier in (hidden, NOT_THERE, "nonsense", ""):
        assert await audience(api, identifier) is None
        assert (await api.ask("secretariat", "RightsOfPerson", objectId=identifier, **japan))["rights"] is None
    assert (await api.ask("secretariat", "RightsOfPerson", personId=NOBODY))["rights"] is None


@pytest.mark.parametrize("who", ["canada", "japan", "upu", "gea", None])
async def test_questions_of_others_than_the_secretariat_have_no_answer(api: Api, who: str | None) -> None:
    own = api.world.persons[who or "japan"]

    assert await audience(api, api.world.version, who) is None
    assert (await api.ask(who, "RightsOfPerson", personId=own))["rights"] is None


async def test_questions_through_a_program_of_an_administrator_have_no_answer(api: Api) -> None:
    async with api.world.database.writing() as session:
        officer = update(Delegate).where(Delegate.id == api.world.delegates["secretariat"])
        await session.execute(officer.values(is_administrator=True))

    assert await audience(api, api.world.version) is None
    person = api.world.persons["japan"]
    assert (await api.ask("secretariat", "RightsOfPerson", personId=person))["rights"] is None


async def test_rights_say_what_each_standing_rests_on(api: Api) -> None:
    (standing,) = (await rights(api, "canada"))["standings"]

    acts = acts_of(standing)
    assert standing["grounds"] == [
        "delegate of Canada Border Services Agency (MEMBER) since 2018-01-01",
        "focal point since 2018-01-01",
        "coordinator of Flow Charts and Data Elements since 2018-06-18",
    ]
    assert (standing["hindrance"], standing["canSeeObject"]) == (None, None)
    assert list(acts) == [graphql_name(act.name) for act in all_acts()]
    assert {act["onObject"] for act in acts.values()} == {None}
    assert {
        name: (acts[name]["scope"], acts[name]["reach"]) for name in ("submitComment", "openRound", "joinBody")
    } == {
        "submitComment": ("COMMENT", "ON_SOME"),
        "openRound": ("WRITE", "ON_SOME"),
        "joinBody": ("WRITE", "ALWAYS"),
    }
    assert (acts["recordDecision"]["scope"], acts["recordDecision"]["reach"]) == ("SECRETARIAT", "NEVER")


@pytest.mark.parametrize("who", VIEWERS)
async def test_rights_on_an_object_are_what_the_person_is_told_themself(api: Api, who: str) -> None:
    world = api.world
    round_id = await open_round(world, audience=frozenset({Capacity.MEMBER}))
    text = (
        "query($id: ID!) { node(id: $id) { ... on Round { availableActs { act isAllowed code reason reasonCode "
        "parameters rule unlocksAt whoCan } } } }"
    )

    (standing,) = (await rights(api, who, objectId=round_id))["standings"]
    themself = (await api.send(who, text, {"id": round_id}))["data"]["node"]

    found = [act["onObject"] for act in acts_of(standing).values() if act["onObject"]]
    assert standing["canSeeObject"] == (themself is not None) == (who not in ("upu", "gea"))
    if themself:
        assert sorted(found, key=str) == sorted(themself["availableActs"], key=str)
    else:
        assert {act["code"] for act in found} == {"NOT_FOUND"}
        assert [act["isAllowed"] for act in found] == [False] * 15


async def test_rights_of_a_suspended_person_say_since_when(api: Api) -> None:
    world = api.world
    async with world.database.writing() as session:
        canada = update(Person).where(Person.id == world.persons["canada"])
        await session.execute(canada.values(suspended_at=datetime(2018, 9, 1, tzinfo=UTC)))

    told = await rights(api, "canada", objectId=world.version)

    (standing,) = told["standings"]
    assert told["person"]["suspendedAt"] == "2018-09-01T00:00:00Z"
    assert (standing["hindrance"], standing["canSeeObject"]) == ("suspended since 2018-09-01", False)
    assert {act["reach"] for act in standing["acts"]} == {"NEVER"}
    assert {act["why"] for act in standing["acts"]} == {
        "delegate of Canada Border Services Agency (MEMBER) since 2018-01-01: suspended since 2018-09-01"
    }
    assert {act["onObject"]["code"] for act in standing["acts"] if act["onObject"]} == {"NOT_ACCREDITED"}


async def test_rights_name_what_ended_what_begins_and_what_is_on_behalf(api: Api) -> None:
    world = api.world
    person, china = world.persons["japan"], world.parties["china"]
    await world.add(
        Delegate(
            person_id=person, party_id=world.parties["upu"], starts_on=date(2017, 1, 1), ends_on=date(2017, 12, 31)
        ),
        Delegate(person_id=person, party_id=world.parties["gea"], starts_on=date(2018, 10, 1)),
        Representation(
            party_id=china,
            by_party_id=world.parties["japan"],
            evidence="Letter",
            starts_on=START,
            ends_on=date(2018, 12, 31),
            granted_by_id=world.delegates["china"],
        ),
    )

    standings = (await rights(api, "japan"))["standings"]

    assert [(each["party"]["name"], each["isOnBehalf"], each["hindrance"]) for each in standings] == [
        ("Universal Postal Union", False, "ended on 2017-12-31"),
        ("Japan Customs", False, None),
        ("Global Express Association", False, "begins on 2018-10-01"),
        ("China Customs", True, None),
    ]
    assert standings[3]["grounds"] == [
        "speaks on behalf of China Customs (MEMBER) since 2018-01-01 until 2018-12-31, as a delegate of Japan Customs",
        "focal point since 2018-01-01",
    ]
    acts = acts_of(standings[3])
    assert acts["submitComment"]["reach"] == "ON_SOME"
    assert acts["inviteDelegate"]["why"].endswith(
        "as a delegate of Japan Customs, this party is spoken for on its behalf"
    )


async def test_functions_of_another_seat_are_nobody_elses_ground(api: Api) -> None:
    world = api.world
    chair = {"body_id": world.bodies["wgec"], "kind": FunctionKind.CO_CHAIR, "starts_on": START}
    await world.add(Function(party_id=world.parties["japan"], delegate_id=world.delegates["japan-assistant"], **chair))

    found = {who: (await rights(api, who))["standings"][0]["grounds"][-1] for who in ("japan", "japan-assistant")}

    assert found == {
        "japan": "focal point since 2018-01-01",
        "japan-assistant": "co-chair of Working Group on E-Commerce since 2018-01-01",
    }


async def test_grounds_that_count_are_the_standings_of_each_person(database: Database) -> None:
    world: World = await chequered(database)
    found, expected = {}, {}
    async with database.reading() as connection:
        for person in (await connection.scalars(select(Person.id))).all():
            told = await grounds_of(connection, person, world.clock.now.date())
            assert told is not None
            found[person] = {
                ground.id: (ground.party_id, bool(ground.focal_point), bool(ground.functions))
                for ground in told.grounds
                if ground.hindrance is None
            }
            actor = await actor_of(connection, person, world.clock.now)
            assert await actors_of(connection, person, world.clock.now) == {
                standing.id: await actor_of(connection, person, world.clock.now, acting_as=standing.id)
                for standing in actor.standings
            }
            expected[person] = {s.id: (s.party_id, s.is_focal_point, bool(s.leads)) for s in actor.standings}

    assert found == expected
    assert sum(map(len, expected.values())) > 8
