"""What a page of another site can make a signed-in browser do: nothing.

Every combination of method, media type, where a browser says the request comes from, and credential.
"""

from collections import Counter
from itertools import product
from urllib.parse import urlencode

import pytest
from httpx2 import Response
from sqlalchemy import func, select

from server.models.journal import JournalEntry
from tests.browser.visits import ISSUER, cookie_with, secret_of
from tests.factories.api import Api, document

WHO = "{ viewer { delegate { party { shortName } } } }"
ELSEWHERE = "https://elsewhere.example"
JSON = "application/json"
MEDIA_TYPES = (
    *(JSON, "application/json; charset=utf-8", "text/plain", "application/x-www-form-urlencoded"),
    *("multipart/form-data; boundary=x", "text/plain; application/json", "application/graphql", ""),
)
SITES = (None, "same-origin", "none", "same-site", "cross-site", "Same-Origin", "")
ORIGINS = (None, ISSUER, ELSEWHERE, "null", "http://localhost:8000", f"{ISSUER}.elsewhere.example")
CREDENTIALS = ("nothing", "cookie", "token", "both")
NOBODY, JAPAN, UPU = None, "Japan", "UPU"


def is_believed(site: str | None, origin: str | None) -> bool:
    """Whether a cookie counts: a browser of today says that a page of ours asks, one of yesterday names our origin."""
    return site in {"same-origin", "none"} or (site is None and origin == ISSUER)


def expected(media_type: str, site: str | None, origin: str | None, credential: str) -> tuple[int, str | None]:
    """Status and party: JSON or nothing; a token counts alone; a cookie only from here."""
    if not media_type.startswith(JSON):
        return 415, NOBODY
    if credential == "cookie":
        return (200, JAPAN) if is_believed(site, origin) else (403, NOBODY)
    return 200, NOBODY if credential == "nothing" else UPU


async def credentials_of(api: Api) -> dict[str, dict[str, str]]:
    """The headers of a browser in which Japan is signed in, of a program that has a token of the UPU, and of both."""
    cookie = {"cookie": cookie_with(await secret_of(api, "japan"))}
    token = {"authorization": f"Bearer {await api.token('upu')}"}
    return {"nothing": {}, "cookie": cookie, "token": token, "both": cookie | token}


def headers_of(**named: str | None) -> dict[str, str]:
    """Headers by name in snake case, without those that are None."""
    return {name.replace("_", "-"): value for name, value in named.items() if value is not None}


def told(response: Response) -> tuple[int, str | None]:
    """Status, and the short name of the party who asked."""
    viewer = (response.json().get("data") or {}).get("viewer")
    return response.status_code, viewer and viewer["delegate"]["party"]["shortName"]


async def entries(api: Api) -> int:
    """How many acts are in the journal."""
    async with api.world.database.reading() as connection:
        return int(await connection.scalar(select(func.count()).select_from(JournalEntry)) or 0)


async def test_post_is_answered_by_what_it_is_and_where_it_comes_from(api: Api) -> None:
    credentials = await credentials_of(api)
    wrong, seen = {}, Counter[int]()

    for media_type, site, origin, name in product(MEDIA_TYPES, SITES, ORIGINS, CREDENTIALS):
        headers = headers_of(content_type=media_type, sec_fetch_site=site, origin=origin) | credentials[name]
        response = await api._client.post("/graphql", json={"query": WHO}, headers=headers)
        seen[response.status_code] += 1
        if told(response) != expected(media_type, site, origin, name):
            wrong[media_type, site, origin, name] = told(response)

    assert wrong == {}
    assert set(seen) == {200, 403, 415}


async def test_get_is_answered_by_where_it_comes_from_and_needs_no_media_type(api: Api) -> None:
    credentials = await credentials_of(api)
    wrong = {}

    for site, origin, name in product(SITES, ORIGINS, CREDENTIALS):
        headers = headers_of(sec_fetch_site=site, origin=origin) | credentials[name]
        response = await api._client.get("/graphql", params={"query": WHO}, headers=headers)
        if told(response) != expected(JSON, site, origin, name):
            wrong[site, origin, name] = told(response)

    assert wrong == {}


async def test_mutation_by_cookie_from_elsewhere_is_refused_and_writes_nothing(api: Api) -> None:
    credentials = await credentials_of(api)
    sent = {"bodyId": api.world.bodies["group"], "idempotencyKey": "forged"}
    body = {"query": document("joinBody"), "variables": {"input": sent}}
    statuses = Counter[int]()

    for media_type, site, origin in product(MEDIA_TYPES, SITES, ORIGINS):
        if expected(media_type, site, origin, "cookie") == (200, JAPAN):
            continue
        headers = headers_of(content_type=media_type, sec_fetch_site=site, origin=origin) | credentials["cookie"]
        statuses[(await api._client.post("/graphql", json=body, headers=headers)).status_code] += 1

    assert set(statuses) == {403, 415}
    assert await entries(api) == 0


async def test_mutation_by_cookie_from_here_is_done_in_the_name_of_who_is_signed_in(api: Api) -> None:
    credentials = await credentials_of(api)
    sent = {"bodyId": api.world.bodies["group"], "idempotencyKey": "meant"}
    body = {"query": document("joinBody"), "variables": {"input": sent}}

    response = await api._client.post(
        "/graphql", json=body, headers={"sec-fetch-site": "same-origin"} | credentials["cookie"]
    )

    assert response.json()["data"]["joinBody"]["__typename"] == "BodyJoined"
    async with api.world.database.reading() as connection:
        acts = (await connection.execute(select(JournalEntry.act, JournalEntry.party_id))).all()
    assert [tuple(act) for act in acts] == [("body.joined", api.world.parties["japan"])]


@pytest.mark.parametrize("method", ["GET", "HEAD", "PUT", "PATCH", "DELETE", "OPTIONS", "QUERY"])
async def test_mutation_by_another_method_is_refused_and_writes_nothing(api: Api, method: str) -> None:
    credentials = await credentials_of(api)
    sent = {"bodyId": api.world.bodies["group"], "idempotencyKey": "by the way"}
    query = urlencode({"query": document("joinBody"), "variables": f'{{"input": {sent}}}'.replace("'", '"')})
    body = {"query": document("joinBody"), "variables": {"input": sent}}

    for headers in credentials.values():
        headers = headers | {"sec-fetch-site": "same-origin"}
        response = await api._client.request(method, f"/graphql?{query}", headers=headers, json=body)
        assert response.status_code == 405

    assert await entries(api) == 0


async def test_mutation_as_a_form_would_send_it_is_refused_and_writes_nothing(api: Api) -> None:
    cookie = (await credentials_of(api))["cookie"]
    sent = {"bodyId": api.world.bodies["group"], "idempotencyKey": "form"}
    fields = {"query": document("joinBody"), "variables": f'{{"input": {sent}}}'.replace("'", '"')}

    for site in ("same-origin", "cross-site"):
        headers = cookie | {"sec-fetch-site": site}
        form = await api._client.post("/graphql", data=fields, headers=headers)
        multipart = await api._client.post("/graphql", files={"query": fields["query"].encode()}, headers=headers)
        assert (form.status_code, multipart.status_code) == (415, 415)

    assert await entries(api) == 0
