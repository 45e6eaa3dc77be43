"""The header that says for which party one speaks, sent by somebody who means harm."""

from typing import Any

import pytest
from httpx2 import Response

from tests.attacks.forging import WHO, party_of
from tests.factories.api import Api


async def acting_as(api: Api, *values: bytes, person: str | None = "upu") -> Response:
    """The answer to a person whose request has the header with these very bytes, once for each value."""
    headers = [(b"acting-as", value) for value in values]
    if person:
        headers.append((b"authorization", f"Bearer {await api.token(person)}".encode()))
    return await api._client.post("/graphql", json={"query": WHO}, headers=headers)


def refusal(response: Response) -> tuple[int, Any]:
    """Status and body."""
    return response.status_code, response.json()


async def test_own_standing_may_be_chosen(api: Api) -> None:
    response = await acting_as(api, api.world.delegates["upu"].encode())

    assert party_of(response) == "UPU"


async def test_standing_of_somebody_else_is_refused_in_the_words_for_one_that_does_not_exist(api: Api) -> None:
    world = api.world
    nothing = await acting_as(api, b"DEL_00000000000000000000000000")
    others = [world.delegates["japan"], world.delegates["secretariat"], world.parties["upu"], world.persons["upu"]]

    answers = [await acting_as(api, other.encode()) for other in others]

    assert (nothing.status_code, nothing.json()["errors"][0]["extensions"]["code"]) == (403, "NOT_ACCREDITED")
    assert [refusal(answer) for answer in answers] == [refusal(nothing)] * 4


@pytest.mark.parametrize(
    "value",
    [
        b"{own}\r\nset-cookie: a=b",
        b"{own}\nset-cookie: a=b",
        b"{own}\0",
        b"{own},{japan}",
        b"{japan},{own}",
        b"{own} {japan}",
        b"{own}; party={japan}",
        b"' OR '1'='1",
        b"%",
        b"*",
        b"null",
        b'["{own}"]',
        b"\xff\xfe\xfd",
        b"DEL_\xe2\x80\xae",
        b"D" * 100_000,
    ],
)
async def test_hostile_value_is_refused_and_leaves_no_trace_in_the_answer(api: Api, value: bytes) -> None:
    given = value.replace(b"{own}", api.world.delegates["upu"].encode())
    given = given.replace(b"{japan}", api.world.delegates["japan"].encode())

    response = await acting_as(api, given)

    assert response.status_code == 403
    assert response.json()["errors"][0]["extensions"]["code"] == "NOT_ACCREDITED"
    assert "set-cookie" not in response.headers
    assert len(response.content) < 500
    assert api.world.delegates["japan"] not in response.text


async def test_header_given_twice_never_mixes_two_people(api: Api) -> None:
    own, japan = api.world.delegates["upu"].encode(), api.world.delegates["japan"].encode()

    own_first, japan_first = await acting_as(api, own, japan), await acting_as(api, japan, own)

    assert party_of(own_first) == "UPU"
    assert japan_first.status_code == 403


async def test_empty_value_chooses_nothing(api: Api) -> None:
    assert party_of(await acting_as(api, b"")) == "UPU"


async def test_header_of_nobody_makes_nobody_somebody(api: Api) -> None:
    response = await acting_as(api, api.world.delegates["secretariat"].encode(), person=None)

    assert refusal(response) == (200, {"data": {"viewer": None}})
