"""Functions in bodies: appointing and ending them, who may, and that a right ends with them at once."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest

from server.domain.bodies import policy
from server.domain.bodies.actions import functions
from server.domain.bodies.rules import BodyFacts, FunctionFacts, check_function
from server.domain.parties.rules.facts import AppointmentFacts
from server.kernel.actor import ANONYMOUS, Actor, Capacity
from server.kernel.refusals import RefusalCode as Code
from server.vocabulary.bodies import BodyKind, FunctionKind
from tests.factories.accrediting import TODAY, accredit, entries, newcomer, refused, row
from tests.factories.rounds import rows_of
from tests.factories.world import NOW, World

DAY = timedelta(days=1)
HELD = FunctionFacts("BOD", "PTY", date(2018, 1, 1), None, None)
GROUPS = {BodyKind.WORKING_GROUP, BodyKind.INTERSESSIONAL_GROUP}


@pytest.mark.parametrize("capacity", [None, *Capacity])
@pytest.mark.parametrize("is_focal_point", [True, False])
def test_functions_are_recorded_by_the_secretariat(capacity: Capacity | None, is_focal_point: bool) -> None:
    actor = Actor("PER", "DEL", capacity=capacity, is_focal_point=is_focal_point) if capacity else ANONYMOUS
    codes = {None: Code.UNAUTHENTICATED, Capacity.SECRETARIAT: None}

    found = [
        policy.appoint_function.verdict(actor, BodyFacts(BodyKind.COUNCIL), NOW).code,
        policy.end_function.verdict(actor, HELD, NOW).code,
    ]

    assert found == [codes.get(capacity, Code.FORBIDDEN)] * 2


@pytest.mark.parametrize(
    ("ends_on", "ended_at", "code"),
    [(None, None, None), (TODAY, None, None), (TODAY - DAY, None, Code.WRONG_STATE), (None, NOW, Code.WRONG_STATE)],
)
def test_end_function_of_what_has_ended_is_not_possible(
    ends_on: date | None, ended_at: datetime | None, code: Code | None
) -> None:
    officer = Actor("PER", "DEL", capacity=Capacity.SECRETARIAT)

    verdict = policy.end_function.verdict(officer, HELD._replace(ends_on=ends_on, ended_at=ended_at), NOW)

    assert verdict.code == code


def test_accept_invitation_is_for_whoever_holds_the_link_and_is_not_accredited() -> None:
    newcomers = [
        Actor("PER", "DEL", capacity=Capacity.MEMBER),
        Actor("PER", "DEL", capacity=Capacity.SECRETARIAT, is_administrator=True),
    ]
    facts = AppointmentFacts("Japan", False)

    codes = [policy.accept_invitation.verdict(actor, facts, NOW).code for actor in (*newcomers, ANONYMOUS)]

    assert codes == [None, None, Code.UNAUTHENTICATED]
    again = policy.accept_invitation.verdict(newcomers[0], AppointmentFacts("Japan", True), NOW)
    assert again.code == Code.ALREADY_DONE
    assert (policy.accept_invitation,) == policy.INTERNAL


@pytest.mark.parametrize("kind", FunctionKind)
@pytest.mark.parametrize("body", BodyKind)
def test_coordinators_lead_groups(kind: FunctionKind, body: BodyKind) -> None:
    issues = check_function(BodyFacts(body), kind)

    wrong = kind == FunctionKind.COORDINATOR and body not in GROUPS
    assert [issue.path for issue in issues] == (["kind"] if wrong else [])


def function(world: World, **given: Any) -> dict[str, Any]:
    """What `appoint_function` needs: GEA co-chairs the WGEC from today on."""
    good = {"body_id": world.bodies["wgec"], "party_id": world.parties["gea"], "delegate_id": None}
    return good | {"kind": FunctionKind.CO_CHAIR, "starts_on": TODAY, "ends_on": None} | given


@pytest.mark.parametrize("kind", FunctionKind)
@pytest.mark.parametrize("named", [True, False])
async def test_appoint_function_lets_the_party_lead_at_once(world: World, kind: FunctionKind, named: bool) -> None:
    seat = world.delegates["gea"] if named else None

    identifier = await world.do(
        "secretariat", functions.appoint_function, **function(world, kind=kind, delegate_id=seat)
    )

    held = await row(world, "functions", identifier)
    assert (held["kind"], held["delegate_id"], held["ended_at"], held["version"]) == (kind, seat, None, 1)
    leads = frozenset() if kind == FunctionKind.RAPPORTEUR else frozenset({world.bodies["wgec"]})
    assert (await world.actor("gea")).leads == leads
    assert (await entries(world))[-1][::3] == ("function.appointed", identifier)


@pytest.mark.parametrize(
    ("who", "given", "code"),
    [
        ("gea", {}, Code.FORBIDDEN),
        ("canada", {}, Code.FORBIDDEN),
        (None, {}, Code.NOT_FOUND),
        ("secretariat", {"body_id": "BOD_none"}, Code.NOT_FOUND),
        ("secretariat", {"party_id": "PTY_none"}, Code.NOT_FOUND),
        ("secretariat", {"delegate_id": "DEL_none"}, Code.NOT_FOUND),
        ("secretariat", {"delegate": "japan"}, Code.INVALID),
        ("secretariat", {"ends_on": TODAY - DAY}, Code.INVALID),
        ("secretariat", {"body": "ptc", "kind": FunctionKind.COORDINATOR}, Code.INVALID),
    ],
)
async def test_appoint_function_refuses(world: World, who: str | None, given: dict[str, Any], code: Code) -> None:
    named = {"delegate_id": world.delegates[given["delegate"]]} if "delegate" in given else {}
    named |= {"body_id": world.bodies[given["body"]]} if "body" in given else {}
    given = {name: value for name, value in given.items() if name not in ("delegate", "body")}

    assert await refused(world, who, functions.appoint_function, **function(world, **given, **named)) == code


async def test_appoint_function_to_a_seat_that_is_no_delegates_is_refused(world: World) -> None:
    for key, more in (("technician", {"is_administrator": True}), ("former", {"ended_at": NOW})):
        await newcomer(world, key)
        seat = await accredit(world, key, "secretariat", **more)
        sent = function(world, party_id=world.parties["secretariat"], delegate_id=seat)
        assert await refused(world, "secretariat", functions.appoint_function, **sent) == Code.INVALID


@pytest.mark.parametrize(
    ("starts_on", "ends_on", "code"),
    [
        (TODAY + 9 * DAY, None, Code.ALREADY_DONE),
        (TODAY, TODAY + 5 * DAY, Code.ALREADY_DONE),
        pytest.param(TODAY, TODAY + 4 * DAY, None, marks=pytest.mark.accepted),
        pytest.param(TODAY + 11 * DAY, None, None, marks=pytest.mark.accepted),
    ],
)
async def test_appoint_function_twice_for_the_same_days_is_refused(
    world: World, starts_on: date, ends_on: date | None, code: Code | None
) -> None:
    first = {"starts_on": TODAY + 5 * DAY, "ends_on": TODAY + 10 * DAY}
    await world.do("secretariat", functions.appoint_function, **function(world, **first))
    sent = function(world, starts_on=starts_on, ends_on=ends_on)

    if code:
        assert await refused(world, "secretariat", functions.appoint_function, **sent) == code
    else:
        await world.do("secretariat", functions.appoint_function, **sent)
        assert len(await rows_of(world, "functions")) == 3


async def test_end_function_ends_the_lead_at_once_or_after_a_day(world: World) -> None:
    (coordinator,) = await rows_of(world, "functions")
    end = {"function_id": coordinator["id"], "reason": "A new plan.", "expected_revision": 1}

    await world.do("secretariat", functions.end_function, **end, ends_on=TODAY + DAY)
    leads = []
    for days in (1, 2, 0):
        world.clock.now = NOW + days * DAY
        leads.append(bool((await world.actor("canada")).leads))
    await world.do("secretariat", functions.end_function, **(end | {"expected_revision": 2}), ends_on=None)

    assert leads == [True, False, True]
    assert (await world.actor("canada")).leads == frozenset()
    ended = await row(world, "functions", coordinator["id"])
    assert (ended["ended_at"], ended["ends_on"], ended["version"]) == (NOW, TODAY + DAY, 3)
    assert [entry[0] for entry in await entries(world)] == ["function.ended", "function.ended"]


@pytest.mark.parametrize(
    ("who", "given", "code"),
    [
        ("canada", {}, Code.FORBIDDEN),
        (None, {}, Code.NOT_FOUND),
        ("secretariat", {"function_id": "FUN_none"}, Code.NOT_FOUND),
        ("secretariat", {"reason": " "}, Code.REASON_REQUIRED),
        ("secretariat", {"ends_on": TODAY - DAY}, Code.INVALID),
        ("secretariat", {"expected_revision": 2}, Code.STALE_REVISION),
    ],
)
async def test_end_function_refuses(world: World, who: str | None, given: dict[str, Any], code: Code) -> None:
    (coordinator,) = await rows_of(world, "functions")
    end = {"function_id": coordinator["id"], "reason": "So.", "expected_revision": 1, "ends_on": None} | given

    assert await refused(world, who, functions.end_function, **end) == code
