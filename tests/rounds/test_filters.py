"""The filters of the list of comments, besides those that name an object."""

from typing import Any

from tests.factories.api import Api
from tests.factories.rounds import open_round, submit
from tests.factories.world import World

PLAIN: dict[str, Any] = {"quotation": None, "proposed_wording": None}


async def test_comments_are_filtered_by_instant_words_and_alternatives(api: Api, world: World) -> None:
    round_id = await open_round(world)
    began = world.clock.now
    await submit(world, "japan", round_id, text="L'ÉTAT membre décide.", **PLAIN)
    middle = world.clock.move(minutes=1)
    await submit(world, "canada", round_id, text="The state decides.", **PLAIN)
    world.clock.move(minutes=1)

    async def texts(**filter_: Any) -> list[str]:
        listed = await api.ask("upu", "CommentList", filter={"roundId": round_id, **filter_})
        return sorted(comment["text"] for comment in listed["comments"]["nodes"])

    first, second = await texts()
    assert (first, second) == ("L'ÉTAT membre décide.", "The state decides.")
    assert await texts(text="l'état") == [first]
    assert await texts(text="STATE") == [second]
    assert await texts(submittedFrom=middle.isoformat()) == [second]
    assert await texts(submittedFrom=began.isoformat(), submittedBefore=middle.isoformat()) == [first]
    japan = {"partyId": world.parties["japan"]}
    assert await texts(**{"or": [japan, {"text": "state"}]}) == [first, second]
    assert await texts(submittedFrom=middle.isoformat(), **{"or": [japan, {"text": "État"}]}) == []
