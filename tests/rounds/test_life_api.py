"""The life of a round over HTTP: each published act, what it gives, and what the round offers in between."""

from datetime import timedelta
from typing import Any

import pytest

from tests.factories.api import Api
from tests.factories.world import NOW

WHY = {"reason": "Because of the holidays."}


async def open_round(api: Api, **more: Any) -> dict[str, Any]:
    """Open a round for a week as the coordinator."""
    sent = {
        "textVersionId": api.world.version,
        "bodyId": api.world.bodies["group"],
        "title": "Comments",
        "closesAt": (NOW + timedelta(days=7)).isoformat(),
        "zone": "Europe/Brussels",
        "audience": ["MEMBER", "OBSERVER"],
    }
    return await api.act("canada", "openRound", **(sent | more))


async def test_a_round_lives_from_a_correction_to_its_report(api: Api) -> None:
    opened = (await open_round(api))["round"]
    on = {"roundId": opened["id"]}
    terms = {name: opened[name] for name in ("closesAt", "zone", "visibility", "audience")}
    settings = {"reminderDays": [3, 1], "types": []}
    steps: list[tuple[str, str, dict[str, Any]]] = [
        ("canada", "reviseRound", {**terms, **WHY, "title": "Views", "settings": settings}),
        ("secretariat", "pauseRound", WHY),
        ("secretariat", "resumeRound", WHY),
        ("secretariat", "closeRound", WHY),
        ("canada", "completeRound", {}),
        ("canada", "reportRound", {"textVersionId": api.world.version}),
    ]

    phases = []
    for revision, (who, act, sent) in enumerate(steps, start=1):
        api.world.clock.move(hours=1)
        phases.append((await api.act(who, act, **on, **sent, expectedRevision=revision))["round"]["phase"])
    life = (await api.ask("japan", "RoundLife", id=opened["id"]))["round"]

    assert opened["code"] == "R1"
    assert phases == ["OPEN", "PAUSED", "OPEN", "CLOSED", "COMPLETED", "REPORTED"]
    assert [each["kind"] for each in life["steps"]["nodes"]] == [
        *("REVISED", "PAUSED", "RESUMED", "CLOSED_EARLY", "REPORTED"),
    ]
    assert life["steps"]["nodes"][0]["changed"] == ["title", "reminderDays"]
    assert life["announcedClosesAt"] == "2018-10-01T09:00:00Z"
    assert life["reportedVersion"]["id"] == api.world.version


async def test_late_comment_is_asked_for_admitted_and_marked_in_its_receipt(api: Api) -> None:
    opened = (await open_round(api))["round"]
    on = {"roundId": opened["id"]}
    sent = {"type": "SUBSTANTIVE", "provisionId": api.world.provisions[1], "text": "Too vague."}
    in_time = (await api.act("japan", "submitComment", **on, **sent))["comment"]
    api.world.clock.move(days=8)
    for who in ("japan", "upu"):
        await api.act(who, "askLateAdmission", **on, **WHY)
    waiting = (await api.ask("canada", "RoundLife", id=opened["id"]))["round"]["lateAdmissions"]["nodes"]
    own = (await api.ask("china", "RoundLife", id=opened["id"]))["round"]["lateAdmissions"]["totalCount"]
    first, second = ({"admissionId": each["id"], "expectedRevision": 1, **WHY} for each in waiting)
    until = (api.world.clock.now + timedelta(days=1)).isoformat()

    admitted = await api.act("canada", "admitLateComments", **first, endsAt=until)
    refused = await api.act("canada", "refuseLateAdmission", **second)
    late = (await api.act("japan", "submitComment", **on, **sent))["comment"]
    shut = await api.act("upu", "submitComment", **on, **sent)

    assert [each["party"]["shortName"] for each in waiting] == ["Japan", "UPU"]
    assert own == 0
    assert (admitted["admission"]["status"], refused["admission"]["status"]) == ("ADMITTED", "REFUSED")
    assert [(each["citation"], each["isLate"]) for each in (in_time, late)] == [
        ("Japan R1-1", False),
        ("Japan R1-2", True),
    ]
    assert "marked late for ever" in late["receipt"]["rule"]
    assert shut["code"] == "ROUND_CLOSED"


@pytest.mark.parametrize(
    ("closes_at", "code"),
    [
        ("2018-10-12T17:00:00+01:00", "OFFSET_UNFIT"),
        ("2019-03-31T02:30:00+01:00", "TIME_SKIPPED"),
        ("2018-10-28T02:30:00+01:00", None),
        ("2018-10-28T02:30:00+02:00", None),
    ],
)
async def test_open_round_takes_the_offset_that_the_zone_has_then(api: Api, closes_at: str, code: str | None) -> None:
    answer = await open_round(api, closesAt=closes_at)

    assert [issue["code"] for issue in answer.get("issues", [])] == ([code] if code else [])
