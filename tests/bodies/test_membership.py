"""Joining and leaving groups: who, when, and what stays on record."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from server.domain.bodies import policy
from server.domain.bodies.actions import joining
from server.domain.bodies.rules import BodyFacts
from server.kernel.actor import ANONYMOUS, Actor, Capacity
from server.kernel.acts import Act
from server.kernel.refusals import Refusal, RefusalCode
from server.models.bodies import Membership
from server.models.journal import JournalEntry
from server.vocabulary.bodies import BodyKind
from tests.factories.api import Api
from tests.factories.workplan import rows_of, sizes
from tests.factories.world import NOW, World

ACTS = (policy.join_body, policy.leave_body)
TODAY = date(2018, 9, 24)
GROUPS = {BodyKind.WORKING_GROUP, BodyKind.INTERSESSIONAL_GROUP}


@pytest.mark.parametrize("act", ACTS, ids=lambda act: act.name)
@pytest.mark.parametrize("kind", BodyKind)
@pytest.mark.parametrize("capacity", Capacity)
@pytest.mark.parametrize("is_focal_point", [True, False])
def test_groups_are_open_to_the_focal_points_of_every_party_but_the_secretariat(
    act: Act[BodyFacts], kind: BodyKind, capacity: Capacity, is_focal_point: bool
) -> None:
    bodies = frozenset({"BOD"} if act is policy.leave_body else ())
    actor = Actor("", "DEL", "PTY", capacity=capacity, is_focal_point=is_focal_point, bodies=bodies)

    verdict = act.verdict(actor, BodyFacts(kind, body_id="BOD"), NOW)

    if not is_focal_point or capacity == Capacity.SECRETARIAT:
        assert verdict.code == RefusalCode.FORBIDDEN
    else:
        assert verdict.code == (None if kind in GROUPS else RefusalCode.WRONG_STATE)


@pytest.mark.parametrize("act", ACTS, ids=lambda act: act.name)
def test_nobody_joins_without_signing_in(act: Act[BodyFacts]) -> None:
    verdict = act.verdict(ANONYMOUS, BodyFacts(BodyKind.WORKING_GROUP), datetime(2018, 9, 24, tzinfo=UTC))

    assert verdict.code == RefusalCode.UNAUTHENTICATED


@pytest.mark.parametrize("bodies", [frozenset[str](), frozenset({"BOD"}), frozenset({"BOD_other"})])
def test_a_party_can_either_join_a_group_or_leave_it(bodies: frozenset[str]) -> None:
    actor = Actor("", "DEL", "PTY", capacity=Capacity.MEMBER, is_focal_point=True, bodies=bodies)

    verdicts = [act.verdict(actor, BodyFacts(BodyKind.WORKING_GROUP, body_id="BOD"), NOW).code for act in ACTS]

    takes_part = "BOD" in bodies
    assert verdicts == ([RefusalCode.ALREADY_DONE, None] if takes_part else [None, RefusalCode.WRONG_STATE])


async def memberships(world: World, party: str) -> list[Any]:
    """(body, joined, left) of a party."""
    columns = (Membership.party_id, Membership.body_id, Membership.joined_on, Membership.left_on)
    return [row[1:] for row in await rows_of(world.database, *columns) if row[0] == world.parties[party]]


async def refused(world: World, key: str | None, action: Any, body: str) -> RefusalCode:
    """The code with which an act is refused; nothing is written by it."""
    before = await sizes(world.database), await rows_of(world.database, Membership.id, Membership.left_on)

    with pytest.raises(Refusal) as refusal:
        await world.do(key, action, body_id=world.bodies.get(body, body))

    after = await sizes(world.database), await rows_of(world.database, Membership.id, Membership.left_on)
    assert after == before
    return refusal.value.code


@pytest.mark.parametrize("key", ["japan", "upu", "gea"])
@pytest.mark.parametrize("body", ["wgec", "group"])
async def test_join_body_counts_from_today(world: World, key: str, body: str) -> None:
    membership = await world.do(key, joining.join_body, body_id=world.bodies[body])

    assert await memberships(world, key) == [(world.bodies[body], TODAY, None)]
    assert await rows_of(world.database, JournalEntry.act, JournalEntry.subject_id) == [("body.joined", membership)]


@pytest.mark.parametrize(
    ("key", "body", "code"),
    [
        ("canada", "group", RefusalCode.ALREADY_DONE),
        ("japan", "ptc", RefusalCode.WRONG_STATE),
        ("japan-assistant", "group", RefusalCode.FORBIDDEN),
        ("secretariat", "group", RefusalCode.FORBIDDEN),
        ("japan", "BOD_none", RefusalCode.NOT_FOUND),
        (None, "group", RefusalCode.NOT_FOUND),
    ],
)
async def test_join_body_refuses(world: World, key: str | None, body: str, code: RefusalCode) -> None:
    assert await refused(world, key, joining.join_body, body) == code


@pytest.mark.parametrize(
    ("key", "body", "code"),
    [
        ("japan", "group", RefusalCode.WRONG_STATE),
        ("canada", "council", RefusalCode.WRONG_STATE),
        ("japan-assistant", "group", RefusalCode.FORBIDDEN),
        ("secretariat", "group", RefusalCode.FORBIDDEN),
    ],
)
async def test_leave_body_refuses(world: World, key: str, body: str, code: RefusalCode) -> None:
    assert await refused(world, key, joining.leave_body, body) == code


async def test_leave_body_keeps_the_membership_on_record(world: World) -> None:
    group = world.bodies["group"]
    await world.do("upu", joining.join_body, body_id=group)
    world.clock.now = NOW + timedelta(days=30)

    await world.do("upu", joining.leave_body, body_id=group)
    again = await refused(world, "upu", joining.leave_body, "group")
    world.clock.now = NOW + timedelta(days=60)
    await world.do("upu", joining.join_body, body_id=group)

    assert again == RefusalCode.WRONG_STATE
    assert await memberships(world, "upu") == [
        (group, TODAY, TODAY + timedelta(days=30)),
        (group, TODAY + timedelta(days=60), None),
    ]


async def test_join_body_on_the_day_of_leaving_goes_on_with_the_membership(world: World) -> None:
    group = world.bodies["group"]
    first = await world.do("upu", joining.join_body, body_id=group)
    await world.do("upu", joining.leave_body, body_id=group)

    assert await world.do("upu", joining.join_body, body_id=group) == first
    assert await memberships(world, "upu") == [(group, TODAY, None)]
    acts = await rows_of(world.database, JournalEntry.sequence, JournalEntry.act)
    assert acts == [(1, "body.joined"), (2, "body.left"), (3, "body.joined")]


async def offers_of(api: Api, who: str, body_id: str) -> tuple[bool, ...]:
    """Return whether somebody can join a body, and leave it."""
    body = (await api.ask(who, "BodyDetail", id=body_id))["workingBody"]
    offers = {each["act"]: each["isAllowed"] for each in body["availableActs"]}
    return tuple(offers[name] for name in ("JOIN_BODY", "LEAVE_BODY"))


async def test_join_body_and_leave_body_over_http(api: Api) -> None:
    group = api.world.bodies["group"]

    offers = [await offers_of(api, "gea", group)]
    joined = await api.act("gea", "joinBody", bodyId=group)
    offers.append(await offers_of(api, "gea", group))
    left = await api.act("gea", "leaveBody", bodyId=group)
    offers.append(await offers_of(api, "gea", group))
    refusal = await api.act("gea", "leaveBody", bodyId=group)

    assert offers == [(True, False), (False, True), (True, False)]
    assert (joined["__typename"], left["__typename"]) == ("BodyJoined", "BodyLeft")
    assert joined["membership"] == {
        "id": joined["membership"]["id"],
        "joinedOn": "2018-09-24",
        "leftOn": None,
        "party": {"id": api.world.parties["gea"], "shortName": "GEA", "capacity": "PRIVATE_SECTOR"},
        "body": {"id": group, "shortName": "WGEC-2"},
    }
    assert left["membership"] == joined["membership"] | {"leftOn": "2018-09-24"}
    assert (refusal["kind"], refusal["code"]) == ("NOT_NOW", "WRONG_STATE")


async def test_memberships_are_filtered_by_party_capacity_and_end(api: Api) -> None:
    group = api.world.bodies["group"]
    for who in ("japan", "upu", "gea"):
        await api.act(who, "joinBody", bodyId=group)
    await api.act("japan", "leaveBody", bodyId=group)

    async def listed(**filter_: Any) -> list[str]:
        found = await api.ask("china", "MembersOfBody", id=group, filter=filter_)
        return [each["party"]["shortName"] for each in found["workingBody"]["memberships"]["nodes"]]

    assert await listed() == ["Canada", "GEA", "Japan", "UPU"]
    assert await listed(hasLeft=False) == ["Canada", "GEA", "UPU"]
    assert await listed(hasLeft=True, capacity=["MEMBER"]) == ["Japan"]
    assert await listed(partyId=[api.world.parties["upu"]]) == ["UPU"]


async def test_sittings_are_filtered_by_the_kind_of_their_body(api: Api) -> None:
    meeting = {"firstNumber": 1, "startsOn": "2018-10-08", "endsOn": "2018-10-09", "place": "Brussels"}
    for body in ("council", "wgec"):
        await api.act("secretariat", "recordSitting", bodyId=api.world.bodies[body], **meeting)

    found = await api.ask("china", "SittingList", filter={"bodyKind": "COUNCIL", "startsFrom": "2018-09-24"})

    assert [each["body"]["shortName"] for each in found["sittings"]["nodes"]] == ["Council"]
