"""Setting bodies up, extending and ending groups, naming successors, on both databases."""

from datetime import date, timedelta
from typing import Any

import pytest

from server.domain.bodies.actions import establishing, functions, joining
from server.domain.bodies.rules import check_parent
from server.domain.proposals.actions import handling
from server.models.bodies import Body, Function, Mandate
from server.vocabulary.bodies import BodyKind, FunctionKind
from tests.factories import proposals as make
from tests.factories.answers import (
    FORBIDDEN,
    INVALID,
    NOT_FOUND,
    STALE,
    WRONG_STATE,
    kind_and_code,
    last_entry,
    refusal,
    rows,
)
from tests.factories.world import World

TODAY = date(2018, 9, 24)
GROUP = BodyKind.INTERSESSIONAL_GROUP
WHY = "The Policy Commission said so in June 2018."


def group(world: World, **changed: Any) -> dict[str, Any]:
    """Return what `establish_body` takes for an intersessional group below the WGEC."""
    wanted = {"kind": GROUP, "name": "Revenue Models", "short_name": "WGEC-4", "parent_id": world.bodies["wgec"]}
    task = {"number": 4, "terms": "Compare the models.", "starts_on": date(2018, 7, 1), "ends_on": date(2019, 6, 30)}
    return wanted | task | changed


async def body_of(world: World, body_id: str) -> Any:
    """Return the row of a body."""
    return next(row for row in await rows(world, Body) if row.id == body_id)


@pytest.mark.parametrize("kind", list(BodyKind))
def test_each_kind_of_body_has_its_place(kind: BodyKind) -> None:
    below = {parent for parent in (None, *BodyKind) if not check_parent(kind, parent)}

    groups = {BodyKind.WORKING_GROUP, BodyKind.INTERSESSIONAL_GROUP}
    standing = set(BodyKind) - groups
    assert (
        below
        == {
            BodyKind.COUNCIL: {None},
            BodyKind.POLICY_COMMISSION: {BodyKind.COUNCIL},
            BodyKind.TECHNICAL_COMMITTEE: {BodyKind.COUNCIL, BodyKind.POLICY_COMMISSION},
            BodyKind.WORKING_GROUP: standing,
            BodyKind.INTERSESSIONAL_GROUP: standing | {BodyKind.WORKING_GROUP},
        }[kind]
    )


async def test_establish_body_enters_a_group_with_its_mandate(world: World) -> None:
    body_id = await world.do("secretariat", establishing.establish_body, **group(world))

    body = await body_of(world, body_id)
    (mandate,) = [row for row in await rows(world, Mandate) if row.body_id == body_id]
    assert (body.name, body.short_name, body.number, body.version) == ("Revenue Models", "WGEC-4", 4, 1)
    assert (mandate.terms, mandate.starts_on, mandate.ends_on, mandate.reason) == (
        "Compare the models.",
        date(2018, 7, 1),
        date(2019, 6, 30),
        None,
    )
    entry = await last_entry(world)
    assert (entry.act, entry.details["mandate"], entry.details["parent"]) == (
        "body.established",
        mandate.id,
        world.bodies["wgec"],
    )


async def test_establish_body_enters_a_standing_body_without_a_mandate(world: World) -> None:
    sent = group(world, kind=BodyKind.TECHNICAL_COMMITTEE, name="Enforcement Committee", short_name="EC")
    sent |= {"parent_id": world.bodies["council"], "number": None, "terms": None, "starts_on": None, "ends_on": None}

    body_id = await world.do("secretariat", establishing.establish_body, **sent)

    assert [row for row in await rows(world, Mandate) if row.body_id == body_id] == []


@pytest.mark.parametrize(
    ("changed", "path"),
    [
        ({"name": " "}, "name"),
        ({"short_name": "W" * 41}, "shortName"),
        ({"short_name": "WGEC\u200b-4"}, "shortName"),
        ({"short_name": "wgec-2"}, "shortName"),
        ({"short_name": "\uff37GEC-2"}, "shortName"),
        ({"short_name": "WG\u0415\u0421-2"}, "shortName"),
        ({"name": "Fl\u00f3w Charts and Data Elements"}, "name"),
        ({"number": 2}, "number"),
        ({"number": 0}, "number"),
        ({"terms": None, "starts_on": None}, "terms"),
        ({"terms": ""}, "terms"),
        ({"ends_on": date(2018, 6, 30)}, "endsOn"),
        ({"parent_id": None}, "parentId"),
    ],
)
async def test_fault_of_a_body_is_refused(world: World, changed: dict[str, Any], path: str) -> None:
    refused = await refusal(world, "secretariat", establishing.establish_body, **group(world, **changed))

    assert (kind_and_code(refused), [issue.path for issue in refused.issues]) == (INVALID, [path])


async def test_acts_on_bodies_by_anyone_else_are_forbidden(world: World) -> None:
    on = {"body_id": world.bodies["group"], "reason": WHY, "expected_revision": 1}
    days = {"starts_on": TODAY, "ends_on": None}
    acts: list[tuple[Any, dict[str, Any]]] = [
        (establishing.establish_body, group(world)),
        (establishing.correct_body, on | {"name": "Charts"}),
        (establishing.extend_mandate, on | days | {"terms": "Go on."}),
        (establishing.conclude_body, on | {"concluded_on": TODAY}),
        (establishing.name_successor, on | {"successor_id": world.bodies["ptc"]}),
    ]

    for act, sent in acts:
        for who in ("japan", "canada", "upu", "gea"):
            assert kind_and_code(await refusal(world, who, act, **sent)) == FORBIDDEN


async def test_correct_body_gives_it_another_name_and_another_body_above(world: World) -> None:
    on = {"body_id": world.bodies["group"], "reason": WHY, "expected_revision": 1}

    await world.do("secretariat", establishing.correct_body, **on, name="Charts", parent_id=world.bodies["ptc"])

    body = await body_of(world, world.bodies["group"])
    assert (body.name, body.short_name, body.parent_id, body.version) == ("Charts", "WGEC-2", world.bodies["ptc"], 2)
    stale = await refusal(world, "secretariat", establishing.correct_body, **on, name="Flows")
    assert kind_and_code(stale) == STALE


async def test_body_below_itself_is_refused(world: World) -> None:
    on = {"body_id": world.bodies["wgec"], "reason": WHY, "expected_revision": 1}

    for above in ("wgec", "group"):
        refused = await refusal(world, "secretariat", establishing.correct_body, **on, parent_id=world.bodies[above])
        assert "parentId" in [issue.path for issue in refused.issues]


async def test_extend_mandate_keeps_those_before_and_leaves_no_day_to_two(world: World) -> None:
    body_id = await world.do("secretariat", establishing.establish_body, **group(world))
    further = {"body_id": body_id, "terms": "Go on virtually.", "reason": WHY}
    days = {"starts_on": date(2019, 6, 30), "ends_on": date(2020, 6, 30)}
    refused = await refusal(world, "secretariat", establishing.extend_mandate, **further, **days, expected_revision=1)
    assert [issue.path for issue in refused.issues] == ["startsOn"]

    days["starts_on"] = date(2019, 7, 1)
    await world.do("secretariat", establishing.extend_mandate, **further, **days, expected_revision=1)

    mandates = [row for row in await rows(world, Mandate, Mandate.starts_on) if row.body_id == body_id]
    assert [(row.ends_on, row.reason) for row in mandates] == [(date(2019, 6, 30), None), (date(2020, 6, 30), WHY)]
    unreasoned = further | {"reason": " "} | {"starts_on": date(2020, 7, 1), "ends_on": None}
    refused = await refusal(world, "secretariat", establishing.extend_mandate, **unreasoned, expected_revision=2)
    assert [issue.path for issue in refused.issues] == ["reason"]


async def test_conclude_body_ends_its_functions_and_what_it_takes(world: World) -> None:
    body_id = world.bodies["group"]
    on = {"body_id": body_id, "concluded_on": TODAY - timedelta(days=1), "reason": WHY, "expected_revision": 1}

    await world.do("secretariat", establishing.conclude_body, **on, successor_id=world.bodies["ptc"])

    body = await body_of(world, body_id)
    assert (body.concluded_on, body.conclusion, body.successor_id) == (on["concluded_on"], WHY, world.bodies["ptc"])
    (function,) = await rows(world, Function)
    assert function.ended_at == world.clock.now
    assert (await world.actor("canada")).leads == frozenset()
    assert kind_and_code(await refusal(world, "japan", joining.join_body, body_id=body_id)) == WRONG_STATE
    seat = {"body_id": body_id, "party_id": world.parties["japan"], "delegate_id": None, "ends_on": None}
    seat |= {"kind": FunctionKind.COORDINATOR, "starts_on": TODAY}
    late = await refusal(world, "secretariat", functions.appoint_function, **seat)
    assert [issue.path for issue in late.issues] == ["startsOn"]
    proposal_id = await make.registered(world)
    given = {"proposal_id": proposal_id, "body_id": body_id, "expected_revision": 1}
    assert kind_and_code(await refusal(world, "secretariat", handling.assign_proposal, **given)) == WRONG_STATE


async def test_conclusion_to_come_of_a_standing_body_or_twice_is_refused(world: World) -> None:
    on = {"body_id": world.bodies["group"], "concluded_on": TODAY, "reason": WHY, "expected_revision": 1}
    late = on | {"concluded_on": TODAY + timedelta(days=1)}

    assert kind_and_code(await refusal(world, "secretariat", establishing.conclude_body, **late)) == INVALID
    standing = on | {"body_id": world.bodies["ptc"]}
    assert kind_and_code(await refusal(world, "secretariat", establishing.conclude_body, **standing)) == WRONG_STATE
    await world.do("secretariat", establishing.conclude_body, **on)
    twice = await refusal(world, "secretariat", establishing.conclude_body, **on | {"expected_revision": 2})
    assert twice.code == "ALREADY_DONE"


async def test_successors_never_go_in_a_circle(world: World) -> None:
    on = {"reason": WHY, "expected_revision": 1}
    wgec, ptc = world.bodies["wgec"], world.bodies["ptc"]
    await world.do("secretariat", establishing.name_successor, body_id=wgec, successor_id=ptc, **on)

    for body_id, successor_id in ((ptc, wgec), (ptc, ptc)):
        sent = {"body_id": body_id, "successor_id": successor_id, **on}
        refused = await refusal(world, "secretariat", establishing.name_successor, **sent)
        assert [issue.path for issue in refused.issues] == ["successorId"]
    unknown = {"body_id": wgec, "successor_id": "BOD_00000000000000000000000000", "reason": WHY}
    refused = await refusal(world, "secretariat", establishing.name_successor, **unknown, expected_revision=2)
    assert kind_and_code(refused) == NOT_FOUND
