"""The last minute of a round: a hundred delegates file at the same moment."""

import asyncio
from datetime import timedelta

import pytest

from tests.factories.api import Api, document
from tests.factories.world import NOW, add_delegate

PARTIES = ("japan", "canada", "china", "upu", "gea")


@pytest.mark.rest
async def test_a_hundred_delegates_at_once_lose_nothing_and_double_nothing(api: Api) -> None:
    world = api.world
    async with world.database.writing() as session:
        for number in range(100):
            await add_delegate(session, world, f"delegate-{number}", PARTIES[number % 5], is_focal_point=True)
    opened = await api.act(
        "canada",
        "openRound",
        textVersionId=world.version,
        bodyId=world.bodies["group"],
        title="The last minute",
        closesAt=(NOW + timedelta(minutes=1)).isoformat(),
        audience=["MEMBER", "OBSERVER", "PRIVATE_SECTOR"],
    )
    round_id = opened["round"]["id"]

    async def file(number: int) -> str | None:
        """File a comment and return its id; None if there is no room for it now, and it has to be sent again."""
        content = {"type": "SUBSTANTIVE", "provisionId": world.provisions[1], "text": f"Comment {number}"}
        sent = {"idempotencyKey": f"delegate {number}", "roundId": round_id, **content}
        answer = await api.send(f"delegate-{number}", document("submitComment"), {"input": sent})
        if "errors" in answer:
            assert answer["errors"][0]["extensions"]["code"] == "OVERLOADED", answer
            return None
        result = answer["data"]["submitComment"]
        return str(result["comment"]["id"] if "comment" in result else result)

    filed: dict[int, str | None] = dict.fromkeys(range(100))
    while refused := [number for number, id_ in filed.items() if id_ is None]:
        filed |= zip(refused, await asyncio.gather(*map(file, refused)), strict=True)
    listed = await api.ask("secretariat", "CommentList", filter={"roundId": round_id}, first=100)

    comments = listed["comments"]
    assert comments["totalCount"] == 100
    assert sorted(node["id"] for node in comments["nodes"]) == sorted(map(str, filed.values()))
    numbers = sorted((node["party"]["shortName"], node["number"]) for node in comments["nodes"])
    parties = ("Canada", "China", "GEA", "Japan", "UPU")
    assert numbers == [(party, number) for party in parties for number in range(1, 21)]
