"""Groups, their people, promises and reports, written from what people were promised and not from how it is done."""

from datetime import timedelta
from typing import Any

import pytest

from tests.factories.api import Api
from tests.factories.workplan import make_plan
from tests.factories.world import NOW

DUE = (NOW + timedelta(days=14)).isoformat()


async def is_refused(api: Api, who: str, act: str, **sent: Any) -> bool:
    """Do an act as somebody, and return whether it was refused."""
    return bool((await api.act(who, act, **sent))["__typename"] == "Refusal")


async def asked_of_japan(api: Api) -> str:
    """Ask Japan for comments on behalf of the group, and return the id of the promise."""
    sent = {
        "bodyId": api.world.bodies["group"],
        "partyId": api.world.parties["japan"],
        "text": "Section 4",
        "dueAt": DUE,
    }
    return str((await api.act("canada", "askPromise", **sent))["promise"]["id"])


async def test_a_volunteer_joins_leaves_and_joins_again_and_each_time_once(api: Api) -> None:
    group = {"bodyId": api.world.bodies["group"]}
    acts = ("leaveBody", "joinBody", "joinBody", "leaveBody", "leaveBody", "joinBody")

    refused = [await is_refused(api, "gea", act, **group) for act in acts]

    assert refused == [True, False, True, False, True, False]


async def test_several_coordinators_of_any_capacity_are_appointed_each_once(api: Api) -> None:
    group = api.world.bodies["group"]
    for party in ("gea", "upu", "japan"):
        sent = {"bodyId": group, "partyId": api.world.parties[party], "kind": "COORDINATOR", "startsOn": "2018-09-24"}
        assert not await is_refused(api, "secretariat", "appointFunction", **sent)
        assert await is_refused(api, "secretariat", "appointFunction", **sent)
        assert await is_refused(api, "china", "appointFunction", **sent)


async def test_a_promise_is_accepted_by_the_party_that_was_asked_and_kept_once(api: Api) -> None:
    promise = {"promiseId": await asked_of_japan(api)}
    refused = [
        await is_refused(api, "china", "acceptPromise", **promise, expectedRevision=1),
        await is_refused(api, "japan", "keepPromise", **promise, expectedRevision=1),
        await is_refused(api, "japan", "acceptPromise", **promise, expectedRevision=1),
        await is_refused(api, "canada", "keepPromise", **promise, expectedRevision=2),
        await is_refused(api, "japan", "keepPromise", **promise, expectedRevision=2),
        await is_refused(api, "japan", "handBackPromise", **promise, reason="Too much.", expectedRevision=3),
    ]

    assert refused == [True, True, False, True, False, True]


async def test_a_party_is_nudged_once_and_not_after_it_kept_or_handed_back(api: Api) -> None:
    first, second = [{"promiseId": await asked_of_japan(api)} for _ in range(2)]
    for promise in (first, second):
        assert not await is_refused(api, "japan", "acceptPromise", **promise, expectedRevision=1)
    refused = [
        await is_refused(api, "gea", "nudgePromise", **first, expectedRevision=2),
        await is_refused(api, "canada", "nudgePromise", **first, expectedRevision=2),
        await is_refused(api, "canada", "nudgePromise", **first, expectedRevision=3),
        await is_refused(api, "japan", "handBackPromise", **second, reason="", expectedRevision=2),
        await is_refused(api, "japan", "handBackPromise", **second, reason="Too much.", expectedRevision=2),
        await is_refused(api, "canada", "nudgePromise", **second, expectedRevision=3),
        await is_refused(api, "japan", "keepPromise", **second, expectedRevision=3),
    ]

    assert refused == [True, False, True, True, False, True, True]


@pytest.mark.parametrize("fault", [{"dueAt": NOW.isoformat()}, {"text": " "}, {"text": "\u2063"}])
async def test_nobody_promises_nothing_or_for_the_past(api: Api, fault: dict[str, str]) -> None:
    sent = {"bodyId": api.world.bodies["group"], "text": "Section 4", "dueAt": DUE}

    assert not await is_refused(api, "canada", "makePromise", **sent)
    assert await is_refused(api, "canada", "makePromise", **sent | fault)


async def test_a_nomination_is_agreed_after_the_party_accepts_and_gives_the_function(api: Api) -> None:
    group = api.world.bodies["group"]
    sent = {"bodyId": group, "partyId": api.world.parties["gea"], "kind": "COORDINATOR", "startsOn": "2018-10-01"}
    answer = await api.act("canada", "nominate", **sent)
    nomination = {"nominationId": answer["nomination"]["id"]}
    refused = [
        await is_refused(api, "secretariat", "agreeNomination", **nomination, expectedRevision=1),
        await is_refused(api, "upu", "acceptNomination", **nomination, expectedRevision=1),
        await is_refused(api, "gea", "acceptNomination", **nomination, expectedRevision=1),
        await is_refused(api, "gea", "agreeNomination", **nomination, expectedRevision=2),
        await is_refused(api, "secretariat", "agreeNomination", **nomination, expectedRevision=2),
    ]

    assert refused == [True, True, False, True, False]
    listed = (await api.ask("japan", "FunctionList", first=50))["bodyFunctions"]["nodes"]
    assert "GEA" in {each["party"]["shortName"] for each in listed if each["body"]["id"] == group}


async def test_a_report_is_drafted_circulated_and_then_adopted(api: Api) -> None:
    sent = {"bodyId": api.world.bodies["group"], "title": "Flow charts", "text": "Done."}
    report = {"reportId": (await api.act("canada", "draftReport", **sent))["report"]["id"]}
    hidden = (await api.ask("gea", "GroupReportDetail", id=report["reportId"]))["groupReport"]
    refused = [
        await is_refused(api, "secretariat", "adoptReport", **report, expectedRevision=1),
        await is_refused(api, "canada", "circulateReport", **report, expectedRevision=1),
        await is_refused(api, "canada", "circulateReport", **report, expectedRevision=2),
        await is_refused(api, "secretariat", "adoptReport", **report, expectedRevision=2),
    ]

    assert hidden is None
    assert refused == [True, False, True, False]


async def test_what_is_open_goes_to_the_successor_of_a_concluded_group_with_trace(api: Api) -> None:
    world = api.world
    plan = await make_plan(world)
    group = world.bodies["group"]
    assigned = {"workItemId": plan.items[1], "to": {"bodyId": group}, "expectedRevision": 1}
    assert not await is_refused(api, "secretariat", "assignWorkItem", **assigned)
    made = {"kind": "INTERSESSIONAL_GROUP", "name": "Parcels", "shortName": "WGEC-9", "number": 9, "terms": "Parcels."}
    made |= {"startsOn": "2018-09-01", "endsOn": "2018-12-31"}
    heir = (await api.act("secretariat", "establishBody", **made, parentId=world.bodies["wgec"]))["body"]["id"]
    promise = {"promiseId": await asked_of_japan(api)}
    assert not await is_refused(api, "japan", "acceptPromise", **promise, expectedRevision=1)
    ended = {"bodyId": group, "concludedOn": "2018-09-24", "reason": "Done.", "successorId": heir}
    assert not await is_refused(api, "secretariat", "concludeBody", **ended, expectedRevision=1)
    moved = {"bodyId": group, "reason": "As agreed.", "expectedRevision": 2}

    world.clock.move(days=1)  # its last day is one of its days

    refused = [
        await is_refused(api, "gea", "joinBody", bodyId=group),
        await is_refused(api, "japan", "transferItems", **moved),
        await is_refused(api, "secretariat", "transferItems", **moved),
    ]

    assert refused == [True, True, False]
    item = (await api.ask("japan", "WorkItemDetail", id=plan.items[1]))["workItem"]
    kept = (await api.ask("japan", "PromiseDetail", id=promise["promiseId"]))["groupPromise"]
    assert (item["body"]["id"], kept["body"]["id"]) == (heir, heir)
    assert not await is_refused(api, "japan", "keepPromise", **promise, expectedRevision=3)


async def test_a_mandate_is_extended_forwards_with_its_history(api: Api) -> None:
    world = api.world
    made = {"kind": "INTERSESSIONAL_GROUP", "name": "Parcels", "shortName": "WGEC-9", "number": 9, "terms": "Parcels."}
    days = {"startsOn": "2018-09-01", "endsOn": "2018-12-31"}
    sent = {**made, **days, "parentId": world.bodies["wgec"]}
    group = (await api.act("secretariat", "establishBody", **sent))["body"]["id"]
    extended = {"bodyId": group, "reason": "Not done.", "terms": "Parcels.", "expectedRevision": 1}
    refused = [
        await is_refused(api, "secretariat", "extendMandate", **extended, startsOn="2019-01-01", endsOn="2018-12-31"),
        await is_refused(api, "gea", "extendMandate", **extended, startsOn="2019-01-01", endsOn="2019-06-30"),
        await is_refused(api, "secretariat", "extendMandate", **extended, startsOn="2019-01-01", endsOn="2019-06-30"),
    ]

    assert refused == [True, True, False]
    mandates = (await api.ask("japan", "BodyDetail", id=group))["workingBody"]["mandates"]
    assert len(mandates["nodes"] if isinstance(mandates, dict) else mandates) == 2
