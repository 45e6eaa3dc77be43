"""Rounds over HTTP, with the published operations."""

from datetime import timedelta
from typing import Any

from tests.factories.api import Api
from tests.factories.world import NOW

CLOSES = NOW + timedelta(days=7)


async def open_round(api: Api, **sent: Any) -> Any:
    """A round of the group on the issued version, open now, closing in a week."""
    call = {
        "textVersionId": api.world.version,
        "bodyId": api.world.bodies["group"],
        "title": "Comments on Draft 1",
        "closesAt": CLOSES.isoformat(),
        "zone": "Europe/Brussels",
        "audience": ["MEMBER", "OBSERVER", "PRIVATE_SECTOR"],
    }
    return await api.act("canada", "openRound", **(call | sent))


def content(api: Api, **sent: Any) -> dict[str, Any]:
    """A comment on the first paragraph."""
    said = {
        "type": "SUBSTANTIVE",
        "provisionId": api.world.provisions[1],
        "quotation": {"exact": "should exchange"},
        "text": "The duty must be clear.",
        "reason": "Legal certainty.",
        "proposedWording": "shall exchange",
    }
    return said | sent


async def test_submit_comment_in_an_open_round_gives_a_receipt(api: Api) -> None:
    round_id = (await open_round(api))["round"]["id"]

    result = await api.act("upu", "submitComment", roundId=round_id, content=content(api))

    assert result["__typename"] == "CommentSubmitted"
    comment = result["comment"]
    assert comment["status"] == "SUBMITTED"
    assert comment["quotation"] == {"exact": "should exchange", "start": 24, "end": 39}
    assert comment["receipt"]["reference"] == "UPU-1"
    assert comment["receipt"]["submittedAt"] == "2018-09-24T09:00:00Z"


async def test_submit_comment_twice_with_one_key_files_it_once(api: Api) -> None:
    round_id = (await open_round(api))["round"]["id"]

    first = await api.act("upu", "submitComment", key="once", roundId=round_id, content=content(api))
    second = await api.act("upu", "submitComment", key="once", roundId=round_id, content=content(api))
    listed = await api.ask("upu", "CommentList", filter={"roundId": round_id})

    assert first == second
    assert listed["comments"]["totalCount"] == 1


async def test_submit_comment_at_the_closing_instant_is_refused_and_writes_nothing(api: Api) -> None:
    round_id = (await open_round(api))["round"]["id"]
    api.world.clock.now = CLOSES

    result = await api.act("gea", "submitComment", roundId=round_id, content=content(api))
    listed = await api.ask("secretariat", "CommentList", filter={"roundId": round_id})

    assert (result["kind"], result["code"]) == ("NOT_NOW", "ROUND_CLOSED")
    assert "2018-10-01 09:00 UTC" in result["message"]
    assert listed["comments"]["totalCount"] == 0
