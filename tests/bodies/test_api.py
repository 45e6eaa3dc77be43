"""Sittings and decisions over HTTP, with the published operations."""

from typing import Any

from tests.factories.api import Api

CONTENT = {"verb": "endorsed", "outcome": "ENDORSED", "text": "The Committee endorsed it.", "agendaItem": "IX.a"}


async def record_sitting(api: Api, who: str = "secretariat", **sent: Any) -> Any:
    """A sitting of the PTC that goes on today."""
    said = {"bodyId": api.world.bodies["ptc"], "firstNumber": 221, "secondNumber": 222}
    return await api.act(who, "recordSitting", **(said | {"startsOn": "2018-09-20", "endsOn": "2018-09-28"} | sent))


async def test_record_sitting_and_decision_are_seen_by_every_delegate(api: Api) -> None:
    sitting = (await record_sitting(api))["sitting"]
    sent = {"sittingId": sitting["id"], "subjectId": api.world.version, **CONTENT}
    recorded = await api.act("secretariat", "recordDecision", **sent)

    seen = (await api.ask("gea", "SittingDetail", id=sitting["id"]))["sitting"]

    assert (recorded["__typename"], seen["decisionCount"]) == ("DecisionRecorded", 1)
    assert seen["decisions"]["nodes"] == [recorded["decision"]]
    assert seen["body"]["shortName"] == "PTC"
    offered = next(offer for offer in seen["availableActs"] if offer["act"] == "RECORD_DECISION")
    assert (offered["code"], offered["whoCan"]) == ("FORBIDDEN", "the Secretariat")


async def test_record_sitting_twice_with_one_key_records_it_once(api: Api) -> None:
    first = await record_sitting(api, key="once")
    second = await record_sitting(api, key="once")

    assert first == second
    assert first["sitting"]["place"] == "Brussels"


async def test_record_decision_that_takes_note_and_approves_is_refused(api: Api) -> None:
    sitting = (await record_sitting(api))["sitting"]
    sent = {"subjectId": api.world.version, **CONTENT | {"verb": "took note", "outcome": "APPROVED"}}

    result = await api.act("secretariat", "recordDecision", sittingId=sitting["id"], **sent)
    seen = (await api.ask("secretariat", "SittingDetail", id=sitting["id"]))["sitting"]

    assert (result["kind"], result["code"]) == ("INVALID", "INVALID")
    assert [issue["path"] for issue in result["issues"]] == [["outcome"]]
    assert seen["decisions"]["nodes"] == []


async def test_sittings_are_listed_with_or_without_those_called_off(api: Api) -> None:
    stands = (await record_sitting(api))["sitting"]
    off = (await record_sitting(api, firstNumber=301, secondNumber=302, startsOn="2018-10-01", endsOn="2018-10-02"))[
        "sitting"
    ]
    cancelled = {"sittingId": off["id"], "reason": "Moot.", "expectedRevision": 1}
    assert (await api.act("secretariat", "cancelSitting", **cancelled))["__typename"] == "SittingCancelled"

    async def listed(**conditions: bool) -> set[str]:
        found = await api.ask("upu", "SittingList", filter=conditions, first=10)
        return {each["id"] for each in found["sittings"]["nodes"]}

    assert await listed(isCancelled=True) == {off["id"]}
    assert await listed(isCancelled=False) == {stands["id"]}
    assert await listed() == {stands["id"], off["id"]}


async def test_record_sitting_by_nobody_is_refused(api: Api) -> None:
    assert (await record_sitting(api, None))["code"] == "UNAUTHENTICATED"  # type: ignore[arg-type]
