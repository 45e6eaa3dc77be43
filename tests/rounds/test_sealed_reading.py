"""Reading in a sealed round before it closes: it is in the journal, once for a person, a round and an hour."""

from datetime import date
from typing import Any

import pytest

from server.vocabulary.rounds import RoundVisibility
from tests.factories.api import Api
from tests.factories.evidence import sign
from tests.factories.rounds import CLOSES, everything, open_round, rows_of, submit
from tests.identity.test_viewer import accredit, add_person

TAG = "sealed_comments.read"
LIST = "query($round: ID!) { comments(first: 5, filter: {roundId: [$round]}) { nodes { text } } }"
COUNT = "query($round: ID!) { comments(first: 1, filter: {roundId: [$round]}) { totalCount } }"
OF_ROUND = "query($round: ID!) { round(id: $round) { commentCount } }"
NODE = "query($comment: ID!) { node(id: $comment) { ... on Comment { text } } }"
IN_FULL = (
    "query($round: ID!) { viewer { person { name } } "
    "comments(first: 2, filter: {roundId: [$round]}) { nodes { text } } }"
)
"""A query that is executed in full, because not all of it is a declared read."""

PATHS = {
    "comments of a round": ("query($round: ID!) { round(id: $round) { comments { nodes { text } } } }", True),
    "count of a round": ("query($round: ID!) { round(id: $round) { comments { totalCount } } }", True),
    "who has filed": ("query($round: ID!) { round(id: $round) { answered { nodes { name } } } }", True),
    "how many have filed": ("query($round: ID!) { round(id: $round) { answered { totalCount } } }", True),
    "who has not filed": ("query($round: ID!) { round(id: $round) { silent { nodes { name } } } }", True),
    "that one is not silent": (
        'query($round: ID!) { round(id: $round) { silent(filter: {shortName: ["Japan"]}) { nodes { name } } } }',
        True,
    ),
    "comments of a party": ("query($party: ID!) { party(id: $party) { comments { nodes { text } } } }", False),
    "comments on a provision": (
        "query($provision: ID!) { provision(id: $provision) { comments { nodes { text } } } }",
        False,
    ),
    "count on a provision": ("query($provision: ID!) { provision(id: $provision) { commentCount } }", False),
    "what became of it": ("query($comment: ID!) { comment(id: $comment) { outcome { share } } }", True),
    "several objects": ("query($comment: ID!) { nodes(ids: [$comment]) { ... on Comment { text } } }", True),
    "who asks for the same": (
        'query($provision: ID!) { previewWording(provisionId: $provision, wording: "shall exchange", '
        'quotation: {exact: "should exchange"}) { ... on WordingPreview { alike { text } } } }',
        True,
    ),
    "subject of an entry": ("{ journalEntries(first: 50) { nodes { subject { ... on Comment { text } } } } }", True),
    "receipt": ("query($comment: ID!) { filingReceipt(subjectId: $comment) { content } }", True),
}
"""Every other way to what others filed, and whether it names the round or the comment."""


async def sealed(api: Api, visibility: RoundVisibility = RoundVisibility.AFTER_CLOSE) -> dict[str, str]:
    """Return the ids of a sealed round and of a comment that Japan filed in it."""
    round_id = await open_round(api.world, visibility=visibility)
    return {"round": round_id, "comment": await submit(api.world, "japan", round_id)}


async def readers(api: Api) -> list[tuple[str, str, bool]]:
    """Return who was recorded for reading: the delegate, the round, and whether it was named."""
    entries = [entry for entry in await rows_of(api.world, "journal") if entry["act"] == TAG]
    return [(entry["delegate_id"], entry["subject_id"], entry["details"]["named"]) for entry in entries]


@pytest.mark.parametrize("query", [LIST, COUNT, OF_ROUND, NODE, IN_FULL], ids=["list", "count", "of", "node", "full"])
async def test_reading_what_others_filed_in_a_sealed_round_is_recorded_once_in_an_hour(api: Api, query: str) -> None:
    ids = await sealed(api)
    variables = {name: ids[name] for name in ("round", "comment") if f"${name}" in query}

    for _ in range(3):
        assert "errors" not in await api.send("secretariat", query, variables)

    officer = api.world.delegates["secretariat"]
    assert await readers(api) == [(officer, ids["round"], True)]
    api.world.clock.move(hours=1)
    await api.send("secretariat", query, variables)
    assert await readers(api) == [(officer, ids["round"], True)] * 2


@pytest.mark.parametrize("path", PATHS)
async def test_every_way_to_what_others_filed_in_a_sealed_round_is_recorded(api: Api, path: str) -> None:
    query, is_named = PATHS[path]
    await sign(api.world)
    ids = await sealed(api)
    ids |= {"party": api.world.parties["japan"], "provision": api.world.provisions[1]}
    variables = {name: ids[name] for name in ids if f"${name}:" in query}

    answers = [await api.send("secretariat", query, variables) for _ in range(2)]

    assert [answer for answer in answers if "errors" in answer] == []
    assert await readers(api) == [(api.world.delegates["secretariat"], ids["round"], is_named)]


async def test_several_fields_of_one_request_are_one_reading(api: Api) -> None:
    ids = await sealed(api)
    query = """query($comment: ID!, $round: ID!) {
        node(id: $comment) { id } comment(id: $comment) { text } round(id: $round) { commentCount }
        comments(filter: {roundId: [$round]}) { totalCount nodes { text } } }"""

    answer = await api.send("secretariat", query, ids)

    assert "errors" not in answer
    assert await readers(api) == [(api.world.delegates["secretariat"], ids["round"], True)]


async def test_reading_by_a_standing_that_nobody_chose_is_recorded_for_it(api: Api) -> None:
    ids = await sealed(api)
    await add_person(api.world, "guest")
    officer = await accredit(api.world, "guest", "secretariat")
    await accredit(api.world, "guest", "japan", starts_on=date(2018, 2, 1))

    answer = await api.send("guest", "{ viewer { standings { party { comments { nodes { id } } } } } }")

    shown = [standing["party"]["comments"]["nodes"] for standing in answer["data"]["viewer"]["standings"]]
    assert shown == [[], [{"id": ids["comment"]}]]
    assert await readers(api) == [(officer, ids["round"], False)]


async def test_receipt_as_a_file_is_recorded_as_reading(api: Api) -> None:
    await sign(api.world)
    ids = await sealed(api)
    headers = {"authorization": f"Bearer {await api.token('secretariat')}"}

    response = await api._client.get(f"/files/receipts/{ids['comment']}.json", headers=headers)

    assert response.json()["content"]
    assert await readers(api) == [(api.world.delegates["secretariat"], ids["round"], True)]


async def test_act_with_an_answer_that_shows_what_others_filed_is_recorded_as_reading(api: Api) -> None:
    ids = await sealed(api)
    query = (
        "mutation($input: ExtendRoundInput!) { extendRound(input: $input) { ... on RoundExtended { "
        "round { commentCount } } ... on Refusal { code } } }"
    )
    sent: dict[str, Any] = {
        "roundId": ids["round"],
        "closesAt": CLOSES.replace(hour=20).isoformat(),
        "reason": "Holidays",
    }
    sent |= {"expectedRevision": 1, "idempotencyKey": "once"}

    answers = [await api.send("secretariat", query, {"input": sent}) for _ in range(2)]

    assert answers == [{"data": {"extendRound": {"round": {"commentCount": 1}}}}] * 2
    assert await readers(api) == [(api.world.delegates["secretariat"], ids["round"], True)]


async def test_list_that_names_no_round_is_recorded_for_every_sealed_round_that_it_ranged_over(api: Api) -> None:
    ids = await sealed(api)

    await api.send("secretariat", "{ comments(first: 5) { nodes { text } } }")

    assert await readers(api) == [(api.world.delegates["secretariat"], ids["round"], False)]


async def test_coordinator_who_reads_what_only_coordinators_see_is_recorded(api: Api) -> None:
    ids = await sealed(api, RoundVisibility.SECRETARIAT_AND_COORDINATORS)

    await api.send("canada", LIST, {"round": ids["round"]})

    assert await readers(api) == [(api.world.delegates["canada"], ids["round"], True)]


@pytest.mark.parametrize(
    ("who", "visibility", "days"),
    [
        ("japan", RoundVisibility.AFTER_CLOSE, 0),
        ("china", RoundVisibility.AFTER_CLOSE, 0),
        ("canada", RoundVisibility.AFTER_CLOSE, 0),
        ("secretariat", RoundVisibility.IMMEDIATE, 0),
        ("secretariat", RoundVisibility.AFTER_CLOSE, 8),
    ],
    ids=["own", "hidden", "hidden from the coordinator", "not sealed", "closed"],
)
async def test_reading_that_reveals_nothing_sealed_writes_nothing(
    api: Api, who: str, visibility: RoundVisibility, days: int
) -> None:
    ids = await sealed(api, visibility)
    api.world.clock.move(days=days)
    before = await everything(api.world)

    answers: list[Any] = [await api.send(who, query, {"round": ids["round"]}) for query in (LIST, COUNT, OF_ROUND)]

    assert [answer for answer in answers if "errors" in answer] == []
    assert await everything(api.world) == before
