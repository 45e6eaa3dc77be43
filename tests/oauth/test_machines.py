"""Service accounts, and how every application proves who it is."""

import asyncio
from base64 import b64encode

import pytest
from joserfc import jws
from sqlalchemy import update

from server.identity.guesses import allowance_key, note_failure
from server.identity.oauth.endpoints import TOKENS_PER_SERVICE
from server.models.oauth import Grant
from server.models.parties import Person
from tests.oauth.desk import DEVICE_CODE, SECRET, Desk, Registered, error_of

CREDENTIALS = {"grant_type": "client_credentials", "scope": "read"}
WHO_AM_I = "{ viewer { delegate { id } } }"


async def account(desk: Desk, **changed: object) -> Registered:
    """A service account that is accredited as the assistant of Japan."""
    given = {"person_id": desk.world.persons["japan-assistant"], "redirect_uris": [], "scopes": ["read", "comment"]}
    return await desk.application("SERVICE", **(given | changed))


async def test_service_account_acts_as_its_person_with_the_scopes_asked_for(desk: Desk) -> None:
    machine = await account(desk)

    answer = await desk.token(machine, **CREDENTIALS)

    body = answer.json()
    claims = jws.extract_compact(body["access_token"].encode()).payload
    assert (answer.headers["cache-control"], sorted(body)) == (
        "no-store",
        ["access_token", "expires_in", "scope", "token_type"],
    )
    assert (body["scope"], desk.world.persons["japan-assistant"] in claims.decode()) == ("read", True)
    assert (await desk.graphql(body["access_token"], WHO_AM_I)).json()["data"]["viewer"] == {
        "delegate": {"id": desk.world.delegates["japan-assistant"]}
    }


@pytest.mark.parametrize("nothing", [{}, {"scope": ""}])
async def test_service_account_that_names_no_scope_gets_those_it_was_opened_for(
    desk: Desk, nothing: dict[str, str]
) -> None:
    machine = await account(desk)

    answer = await desk.token(machine, grant_type="client_credentials", **nothing)

    assert (answer.status_code, answer.json()["scope"]) == (200, "read comment")


async def test_service_account_has_one_grant_however_often_it_asks(desk: Desk) -> None:
    machine = await account(desk)

    answers = await asyncio.gather(*(desk.token(machine, **CREDENTIALS) for _ in range(4)))

    assert [answer.status_code for answer in answers] == [200] * 4
    assert [grant.scopes for grant in await desk.grants()] == [["read", "comment"]]


async def test_service_account_whose_grant_was_revoked_begins_a_new_one_and_old_tokens_end(desk: Desk) -> None:
    machine = await account(desk)
    before = (await desk.token(machine, **CREDENTIALS)).json()["access_token"]
    async with desk.world.database.writing() as session:
        await session.execute(update(Grant).values(revoked_at=desk.world.clock.now))

    after = (await desk.token(machine, **CREDENTIALS)).json()["access_token"]

    assert (await desk.is_welcome(before), await desk.is_welcome(after)) == (False, True)


async def test_service_account_that_asks_wrongly_is_refused(desk: Desk) -> None:
    machine = await account(desk)
    wrong = [
        ({"scope": "write"}, (400, "invalid_scope")),
        ({"scope": " "}, (400, "invalid_scope")),
        ({"client_secret": SECRET + "x"}, (401, "invalid_client")),
        ({"client_secret": ""}, (401, "invalid_client")),
        ({"resource": "https://evil.example"}, (400, "invalid_target")),
        ({"grant_type": "authorization_code", "code": "a"}, (400, "unauthorized_client")),
        ({"grant_type": DEVICE_CODE, "device_code": "a"}, (400, "unauthorized_client")),
        ({"grant_type": "refresh_token", "refresh_token": "a"}, (400, "unauthorized_client")),
    ]

    told = [error_of(await desk.token(machine, **(CREDENTIALS | form))) for form, _ in wrong]

    assert told == [error for _, error in wrong]
    assert await desk.count(Grant) == 0


@pytest.mark.parametrize("kind", ["WEB", "BROWSER", "NATIVE", "DEVICE"])
async def test_client_credentials_of_another_kind_are_refused(desk: Desk, kind: str) -> None:
    application = await desk.application(kind)

    status, error = error_of(await desk.token(application, **CREDENTIALS))

    assert (status, error) == ((400, "unauthorized_client") if kind == "WEB" else (401, "invalid_client"))
    assert await desk.count(Grant) == 0


async def test_suspended_service_account_gets_nothing(desk: Desk) -> None:
    machine = await account(desk)
    async with desk.world.database.writing() as session:
        await session.execute(update(Person).values(suspended_at=desk.world.clock.now))

    assert error_of(await desk.token(machine, **CREDENTIALS)) == (400, "unauthorized_client")
    assert await desk.count(Grant) == 0


async def test_secret_in_the_header_is_as_good_as_in_the_form(desk: Desk) -> None:
    machine = await account(desk)
    header = "Basic " + b64encode(f"{machine.id}:{SECRET.replace(' ', '+')}".encode()).decode()

    answer = await desk.post("/oauth/token", CREDENTIALS, authorization=header)

    assert answer.status_code == 200


async def test_client_that_proves_nothing_is_challenged(desk: Desk) -> None:
    machine, public = await account(desk), await desk.application("BROWSER")
    code = await desk.code(public)
    with_secret = {"grant_type": "authorization_code", "code": code, "client_id": public.id, "client_secret": SECRET}

    answers = [
        await desk.post("/oauth/token", CREDENTIALS | {"client_id": machine.id}),
        await desk.post("/oauth/token", CREDENTIALS),
        await desk.post("/oauth/token", CREDENTIALS, authorization="Basic !"),
        await desk.post("/oauth/token", with_secret),
    ]

    assert [error_of(answer) for answer in answers] == [(401, "invalid_client")] * 4
    assert [answer.headers["www-authenticate"] for answer in answers] == ['Basic realm="oauth", charset="UTF-8"'] * 4


async def test_body_that_is_no_small_form_is_refused_by_every_endpoint(desk: Desk) -> None:
    bodies = [b"a=" + b"b" * 20_000, b"client_id=a&client_id=b", b"client_id=%00", b"client_id=\xff"]
    paths = [f"/oauth/{name}" for name in ("token", "device_authorization", "revoke", "introspect")]

    answers = [await desk.post(path, body) for path in paths for body in bodies]
    answers += [await desk.post(path, b"{}", content_type="application/json") for path in paths]

    assert [error_of(answer) for answer in answers] == [(400, "invalid_request")] * 20
    assert [(await desk.get(path)).status_code for path in paths] == [405] * 4


@pytest.mark.rest
async def test_tokens_of_a_service_account_are_limited_and_a_stranger_uses_none_up(desk: Desk) -> None:
    machine, other = await account(desk), await account(desk)
    key = allowance_key("tokens of a service", machine.id, TOKENS_PER_SERVICE)
    async with desk.world.database.writing() as session:
        for _ in range(TOKENS_PER_SERVICE - 1):
            await note_failure(session, [key], desk.world.clock.now)

    strange = [await desk.token(machine, **CREDENTIALS, client_secret="wrong") for _ in range(3)]
    own = [await desk.token(machine, **CREDENTIALS) for _ in range(2)]

    assert [answer.status_code for answer in (*strange, *own)] == [401, 401, 401, 200, 429]
    assert (own[1].json()["error"], own[1].headers["retry-after"]) == ("slow_down", "60")
    assert (await desk.token(other, **CREDENTIALS)).status_code == 200
