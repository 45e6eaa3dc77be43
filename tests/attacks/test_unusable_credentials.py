"""A credential that cannot be used is refused: its sender is never served as nobody."""

import json
from typing import Any

import pytest

from tests.browser.visits import cookie_with, secret_of
from tests.factories.api import Api
from tests.live.connections import Socket

ASK = {"query": "{ viewer { person { id } } }"}
BASIC = "Basic amFwYW46c2VjcmV0"
UNUSABLE_HEADERS = [
    BASIC,
    "{token}",
    "",
    " ",
    "Bearer",
    "Bearer ",
    "bearer  ",
    "Token {token}",
    "JWT {token}",
    "Bearer:{token}",
    "Bearer undefined",
    "Bearer null",
    'Bearer "{token}"',
]


@pytest.mark.parametrize("by_cookie", [False, True], ids=["alone", "beside a cookie"])
async def test_authorization_that_cannot_be_used_is_refused_over_http(api: Api, by_cookie: bool) -> None:
    token, headers = await api.token("japan"), {}
    if by_cookie:
        headers = {"cookie": cookie_with(await secret_of(api, "japan")), "sec-fetch-site": "same-origin"}

    answers = {}
    for sent in UNUSABLE_HEADERS:
        authorization = {"authorization": sent.replace("{token}", token)}
        response = await api._client.post("/graphql", json=ASK, headers=headers | authorization)
        challenge = response.headers.get("www-authenticate", "").partition(",")[0]
        answers[sent] = response.status_code, response.json()["errors"][0]["extensions"]["code"], challenge

    expected = 401, "UNAUTHENTICATED", 'Bearer error="invalid_token"'
    assert answers == dict.fromkeys(UNUSABLE_HEADERS, expected)


async def test_two_authorizations_are_refused_over_http(api: Api) -> None:
    token = await api.token("japan")

    response = await api._client.post("/graphql", json=ASK, headers=[("authorization", f"Bearer {token}")] * 2)

    assert response.status_code == 401


@pytest.mark.parametrize("scheme", ["bearer", "BEARER"])
async def test_scheme_of_a_token_counts_in_any_case(api: Api, scheme: str) -> None:
    token = await api.token("japan")

    response = await api._client.post("/graphql", json=ASK, headers={"authorization": f"{scheme} {token}"})
    async with Socket(api.app) as socket:
        await socket.init(authorization=f"{scheme} {token}")
        socket.subscribe("1", ASK["query"])
        over_socket = await socket.next("1")

    expected = {"data": {"viewer": {"person": {"id": api.world.persons["japan"]}}}}
    assert (response.json(), over_socket) == (expected, expected)


@pytest.mark.parametrize("name", ["access_token", "Authorization", "authToken"])
async def test_token_in_the_address_is_refused_over_every_transport(api: Api, name: str) -> None:
    address = f"/graphql?{name}={await api.token('japan')}"
    stream = {"accept": "text/event-stream"}

    posted = await api._client.post(address, json=ASK)
    got = await api._client.get(f"{address}&query=%7B%20answeredAt%20%7D")
    streamed = await api._client.post(address, json=ASK, headers=stream)

    assert [each.status_code for each in (posted, got, streamed)] == [401] * 3
    assert "in the address" in posted.json()["errors"][0]["message"]


def spellings_of(bearer: str) -> list[dict[str, Any]]:
    """Return the payloads in which clients send a credential that can be used."""
    return [
        {"authorization": bearer},
        {"Authorization": bearer},
        {"AUTHORIZATION": bearer},
        {"headers": {"Authorization": bearer}},
        {"headers": {"authorization": bearer}},
        {"Headers": {"authorization": bearer}, "authToken": None},
        {"authorization": bearer, "headers": {"Authorization": bearer}},
    ]


async def test_connection_init_is_read_in_every_spelling_of_a_credential(api: Api) -> None:
    answers = []
    for payload in spellings_of(f"Bearer {await api.token('japan')}"):
        async with Socket(api.app) as socket:
            await socket.init(**payload)
            socket.subscribe("1", ASK["query"])
            answers.append(await socket.next("1"))

    assert answers == [{"data": {"viewer": {"person": {"id": api.world.persons["japan"]}}}}] * 7


async def test_connection_init_is_read_in_every_spelling_of_the_party(api: Api) -> None:
    codes = []
    for name in ("actingAs", "ActingAs", "Acting-As", "acting-as", "acting_as"):
        bearer = f"Bearer {await api.token('japan')}"
        async with Socket(api.app) as socket:
            socket.send(type="connection_init", payload={"authorization": bearer, "headers": {name: "DLG_nobody"}})
            codes.append((await socket.closed())[0])

    assert codes == [4403] * 5


UNUSABLE_FIELDS = [
    *({"authorization": sent} for sent in UNUSABLE_HEADERS),
    *({name: "{token}"} for name in ("authToken", "auth_token", "token", "accessToken", "access-token", "bearer")),
    *({"headers": {name: "{token}"}} for name in ("X-Auth-Token", "token", "apiKey")),
    {"headers": {"Authorization": BASIC}},
    {"authToken": "Bearer {token}"},
    {"authToken": {"value": "{token}"}},
    {"authToken": ""},
]


async def test_connection_init_with_a_credential_that_cannot_be_used_is_refused(api: Api) -> None:
    token, closings = await api.token("japan"), []
    for payload in UNUSABLE_FIELDS:
        async with Socket(api.app) as socket:
            socket.send_text(f'{{"type": "connection_init", "payload": {fill(payload, token)}}}')
            closings.append((payload, *(await socket.closed())))

    assert [payload for payload, code, reason in closings if code != 4401 or token in reason] == []


def fill(payload: Any, token: str) -> str:
    """Write a payload as JSON, with a token where it says so."""
    return json.dumps(payload).replace("{token}", token)


CONTRADICTING_FIELDS: list[dict[str, Any]] = [
    {"authorization": "Bearer a", "headers": {"Authorization": "Bearer b"}},
    {"authorization": "Bearer a", "Authorization": "Bearer b"},
    {"headers": [["Authorization", "Bearer a"]]},
    {"headers": "Authorization: Bearer a"},
    {"headers": {"Authorization": ["Bearer a"]}},
]


async def test_connection_init_that_says_two_things_or_is_malformed_is_refused(api: Api) -> None:
    codes = []
    for payload in CONTRADICTING_FIELDS:
        async with Socket(api.app) as socket:
            socket.send(type="connection_init", payload=payload)
            codes.append((await socket.closed())[0])

    assert codes == [4400] * 5


async def test_connection_init_without_a_credential_is_nobody(api: Api) -> None:
    answers = []
    for payload in ({}, {"authorization": None}, {"authToken": None, "headers": {}}, {"client": "x"}):
        async with Socket(api.app) as socket:
            await socket.init(**payload)
            socket.subscribe("1", ASK["query"])
            answers.append(await socket.next("1"))

    assert answers == [{"data": {"viewer": None}}] * 4
