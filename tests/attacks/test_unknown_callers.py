"""Who is refused before anything is done for them is refused in the same way whether they read or act.

The caller of a mutation is looked up by its first act, in the transaction of the act, and the caller of a query before
it is executed. Nobody can tell the two apart, and nothing is done before.
"""

from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from httpx2 import Response
from sqlalchemy import update

from server.models.oauth import Grant
from server.models.parties import Person
from tests.attacks.test_ended_credentials import granted, suspend
from tests.browser.visits import cookie_with, secret_of
from tests.factories.api import Api, document
from tests.factories.filled import statements
from tests.factories.rounds import everything

JOIN = document("joinBody")
ACTS = " ".join(f"a{number}: joinBody(input: $input) {{ __typename }}" for number in range(5))
SEVERAL = f"mutation($input: JoinBodyInput!) {{ {ACTS} }}"
Headers = dict[str, str]


async def suspended(api: Api) -> Headers:
    """Return the headers of a token whose person was suspended."""
    token = await api.token("japan")
    await suspend(api, "japan")
    return {"authorization": f"Bearer {token}"}


async def suspended_with_cookie(api: Api) -> Headers:
    """Return the headers of a browser whose person was suspended."""
    cookie = cookie_with(await secret_of(api, "japan"))
    await suspend(api, "japan")
    return {"cookie": cookie, "sec-fetch-site": "same-origin"}


async def revoked(api: Api) -> Headers:
    """Return the headers of a token whose grant was revoked."""
    grant_id, token = await granted(api, "japan")
    async with api.world.database.writing() as session:
        await session.execute(update(Grant).where(Grant.id == grant_id).values(revoked_at=api.world.clock.now))
    return {"authorization": f"Bearer {token}"}


async def without_scope(api: Api) -> Headers:
    """Return the headers of a token without any scope."""
    return {"authorization": f"Bearer {await api.token('japan', [])}"}


async def as_another(api: Api) -> Headers:
    """Return the headers of a person who speaks for a party that is not theirs."""
    return {"authorization": f"Bearer {await api.token('upu')}", "acting-as": api.world.delegates["japan"]}


async def expired(api: Api) -> Headers:
    """Return the headers of a token that has expired."""
    token = await api.token("japan")
    api.world.clock.move(hours=1)
    return {"authorization": f"Bearer {token}"}


REFUSED = [suspended, suspended_with_cookie, revoked, without_scope, as_another, expired]
Spoil = Callable[[Api], Awaitable[Headers]]


def join(api: Api) -> dict[str, Any]:
    """Return the input of an act that anybody may do who speaks for a party."""
    return {"idempotencyKey": "once", "bodyId": api.world.bodies["wgec"]}


async def send(api: Api, headers: Headers, text: str, variables: dict[str, Any] | None = None) -> Response:
    """Send a document with these headers."""
    return await api._client.post("/graphql", json={"query": text, "variables": variables or {}}, headers=headers)


def told(response: Response) -> tuple[int, Any, bytes]:
    """Return everything in an answer that its sender may notice."""
    return response.status_code, response.headers.get("www-authenticate"), response.content


@pytest.mark.parametrize("spoil", REFUSED)
async def test_act_of_a_caller_who_is_refused_answers_as_a_query_does_and_writes_nothing(
    api: Api, spoil: Spoil
) -> None:
    headers = await spoil(api)
    before = await everything(api.world)

    asked = await send(api, headers, "{ workingBodies { totalCount } }")
    acted = await send(api, headers, JOIN, {"input": join(api)})
    several = await send(api, headers, SEVERAL, {"input": join(api)})
    spoilt = await send(api, headers, JOIN, {"input": join(api) | {"idempotencyKey": ""}})
    unread = await send(api, headers, JOIN, {"input": {"bodyId": 1.5}})
    nothing = await send(api, headers, "mutation { __typename }")

    assert asked.status_code in (401, 403)
    assert [told(each) for each in (acted, several, spoilt, unread, nothing)] == [told(asked)] * 5
    assert await everything(api.world) == before


async def test_several_acts_of_a_caller_who_is_refused_look_them_up_once(api: Api) -> None:
    headers = await suspended(api)

    with statements(api.world.database) as seen:
        response = await send(api, headers, SEVERAL, {"input": join(api)})

    assert response.status_code == 401
    assert len([each for each in seen if "FROM persons" in each]) == 1


async def test_person_without_a_standing_is_refused_as_data_before_their_input_is_looked_at(api: Api) -> None:
    async with api.world.database.writing() as session:
        stranger = Person(name="Stranger", email="stranger@example.org")
        session.add(stranger)
    api.world.persons["stranger"] = stranger.id

    answers = [await api.act("stranger", "joinBody", key=key, bodyId="") for key in ("once", "k" * 100)]

    assert [answer["code"] for answer in answers] == ["NOT_ACCREDITED"] * 2
