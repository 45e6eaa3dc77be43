"""Refresh tokens: rotated at every use, narrowed but never widened, and worth nothing once used again later."""

import asyncio
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import update

from server.identity.keys import new_key, rotate_keys
from server.identity.oauth.refresh_grant import GRACE, derive_next_secret
from server.identity.secrets import new_secret
from server.models.oauth import Application, RefreshToken
from server.models.parties import Person
from tests.oauth.desk import Desk, error_of


@pytest.mark.parametrize("kind", ["WEB", "BROWSER", "NATIVE"])
async def test_refresh_gives_new_tokens_of_the_same_scopes(desk: Desk, kind: str) -> None:
    application = await desk.application(kind)
    first = await desk.tokens(application)

    second = (await desk.refresh(application, first["refresh_token"])).json()
    third = (await desk.refresh(application, second["refresh_token"])).json()

    assert [tokens["scope"] for tokens in (first, second, third)] == ["openid read offline_access"] * 3
    assert len({tokens["refresh_token"] for tokens in (first, second, third)}) == 3
    assert await desk.is_welcome(third["access_token"]) is True
    assert [grant.revoked_at for grant in await desk.grants()] == [None]


async def test_refresh_of_a_used_token_after_the_grace_is_refused_and_ends_everything(desk: Desk) -> None:
    application = await desk.application("NATIVE")
    first = await desk.tokens(application)
    second = (await desk.refresh(application, first["refresh_token"])).json()
    before = await desk.is_welcome(second["access_token"])
    desk.world.clock.now += GRACE

    reused = await desk.refresh(application, first["refresh_token"])

    assert error_of(reused) == (400, "invalid_grant")
    assert error_of(await desk.refresh(application, second["refresh_token"])) == (400, "invalid_grant")
    assert (before, await desk.is_welcome(second["access_token"])) == (True, False)
    assert [grant.revoked_because for grant in await desk.grants()] == ["a refresh token was used twice"]


@pytest.mark.parametrize("kind", ["WEB", "BROWSER", "NATIVE"])
async def test_refresh_sent_again_within_the_grace_gives_the_same_next_token(desk: Desk, kind: str) -> None:
    application = await desk.application(kind)
    first = await desk.tokens(application)
    second = (await desk.refresh(application, first["refresh_token"])).json()
    desk.world.clock.now += GRACE - timedelta(microseconds=1)

    again = (await desk.refresh(application, first["refresh_token"])).json()

    assert again["refresh_token"] == second["refresh_token"]
    assert await desk.is_welcome(again["access_token"]) is True
    assert (await desk.refresh(application, again["refresh_token"])).status_code == 200
    assert [grant.revoked_at for grant in await desk.grants()] == [None]


async def test_refresh_sent_again_never_forks_and_a_thief_is_noticed(desk: Desk) -> None:
    application = await desk.application("NATIVE")
    first = await desk.tokens(application)
    own = (await desk.refresh(application, first["refresh_token"])).json()
    stolen = (await desk.refresh(application, first["refresh_token"])).json()
    ahead = (await desk.refresh(application, stolen["refresh_token"])).json()
    desk.world.clock.move(minutes=9)

    noticed = await desk.refresh(application, own["refresh_token"])

    assert await desk.count(RefreshToken) == 3
    assert error_of(noticed) == (400, "invalid_grant")
    assert error_of(await desk.refresh(application, ahead["refresh_token"])) == (400, "invalid_grant")
    assert [grant.revoked_because for grant in await desk.grants()] == ["a refresh token was used twice"]


async def test_refresh_sent_again_within_the_grace_by_another_client_is_refused(desk: Desk) -> None:
    application, thief = await desk.application("NATIVE"), await desk.application("NATIVE")
    tokens = await desk.tokens(application)
    await desk.refresh(application, tokens["refresh_token"])

    refused = await desk.refresh(thief, tokens["refresh_token"])

    assert error_of(refused) == (400, "invalid_grant")
    assert [grant.revoked_at for grant in await desk.grants()] == [None]


async def test_refresh_within_the_grace_of_a_revoked_grant_is_refused(desk: Desk) -> None:
    application = await desk.application("NATIVE")
    tokens = await desk.tokens(application)
    await desk.refresh(application, tokens["refresh_token"])
    await desk.call("/oauth/revoke", application, token=tokens["refresh_token"])

    assert error_of(await desk.refresh(application, tokens["refresh_token"])) == (400, "invalid_grant")


async def test_refresh_sent_again_after_the_key_was_changed_gives_the_same_next_token(desk: Desk) -> None:
    application = await desk.application("NATIVE")
    first = await desk.tokens(application)
    second = (await desk.refresh(application, first["refresh_token"])).json()
    desk.world.clock.move(seconds=1)
    await rotate_keys(desk.world.database, desk.world.clock.now)

    again = (await desk.refresh(application, first["refresh_token"])).json()

    assert again["refresh_token"] == second["refresh_token"]


@pytest.mark.own_sql
async def test_refresh_by_twenty_tabs_at_once_keeps_the_grant_and_gives_one_next_token(desk: Desk) -> None:
    application = await desk.application("NATIVE")
    tokens = await desk.tokens(application)
    await desk.hurry()

    answers = await asyncio.gather(*(desk.refresh(application, tokens["refresh_token"]) for _ in range(20)))

    assert [answer.status_code for answer in answers] == [200] * 20
    (following,) = {answer.json()["refresh_token"] for answer in answers}
    assert [await desk.is_welcome(answer.json()["access_token"]) for answer in answers[::7]] == [True] * 3
    assert (await desk.refresh(application, following)).status_code == 200
    assert ([grant.revoked_at for grant in await desk.grants()], await desk.count(RefreshToken)) == ([None], 3)


def test_next_token_is_as_long_as_a_first_one_and_needs_the_key() -> None:
    key, other = new_key(), new_key()

    following = {derive_next_secret(secret, by) for secret in ("a", "b") for by in (key, other)}

    assert {len(secret) for secret in following} == {len(new_secret())}
    assert (len(following), derive_next_secret("a", key) in following) == (4, True)


@pytest.mark.parametrize("kind", ["WEB", "NATIVE"])
async def test_refresh_by_another_client_is_refused_and_uses_nothing_up(desk: Desk, kind: str) -> None:
    application, thief = await desk.application(), await desk.application(kind)
    tokens = await desk.tokens(application)

    refused = await desk.refresh(thief, tokens["refresh_token"])
    used = await desk.refresh(application, tokens["refresh_token"])
    replayed = await desk.refresh(thief, tokens["refresh_token"])

    assert [error_of(answer) for answer in (refused, replayed)] == [(400, "invalid_grant")] * 2
    assert (used.status_code, [grant.revoked_at for grant in await desk.grants()]) == (200, [None])


async def test_refresh_with_fewer_scopes_narrows_one_access_token_only(desk: Desk) -> None:
    application = await desk.application()
    first = await desk.tokens(application, scope="read comment offline_access")

    narrow = (await desk.refresh(application, first["refresh_token"], scope="read")).json()
    again = (await desk.refresh(application, narrow["refresh_token"])).json()

    assert (narrow["scope"], again["scope"]) == ("read", "read comment offline_access")


async def test_refresh_after_the_application_lost_a_scope_leaves_it_out(desk: Desk) -> None:
    application = await desk.application()
    tokens = await desk.tokens(application, scope="read write offline_access")
    async with desk.world.database.writing() as session:
        await session.execute(update(Application).values(scopes=["read", "offline_access"]))

    refreshed = (await desk.refresh(application, tokens["refresh_token"])).json()

    assert refreshed["scope"] == "read offline_access"


@pytest.mark.parametrize(("days", "status"), [(29.99, 200), (30, 400)])
async def test_refresh_token_ends_when_it_is_idle_for_thirty_days(desk: Desk, days: float, status: int) -> None:
    application = await desk.application()
    tokens = await desk.tokens(application)
    desk.world.clock.move(days=days)

    assert (await desk.refresh(application, tokens["refresh_token"])).status_code == status


async def test_refresh_token_that_is_used_lives_on(desk: Desk) -> None:
    application = await desk.application()
    token = (await desk.tokens(application))["refresh_token"]

    for _ in range(3):
        desk.world.clock.move(days=20)
        token = (await desk.refresh(application, token)).json()["refresh_token"]

    assert [grant.revoked_at for grant in await desk.grants()] == [None]


async def test_refresh_when_anything_is_wrong_is_refused_and_uses_nothing_up(desk: Desk) -> None:
    application = await desk.application()
    tokens = await desk.tokens(application)
    wrong: list[tuple[dict[str, Any], tuple[int, str]]] = [
        ({"refresh_token": "another"}, (400, "invalid_grant")),
        ({"refresh_token": ""}, (400, "invalid_request")),
        ({"resource": "https://evil.example"}, (400, "invalid_target")),
        ({"client_secret": "wrong"}, (401, "invalid_client")),
        ({"client_secret": ""}, (401, "invalid_client")),
        ({"client_id": "APP_00000000000000000000000000"}, (401, "invalid_client")),
        ({"scope": "read write"}, (400, "invalid_scope")),
        ({"scope": "write"}, (400, "invalid_scope")),
        ({"scope": "unheard-of"}, (400, "invalid_scope")),
    ]

    told = [error_of(await desk.refresh(application, tokens["refresh_token"], **form)) for form, _ in wrong]

    assert told == [error for _, error in wrong]
    assert (await desk.refresh(application, tokens["refresh_token"])).status_code == 200


async def test_refresh_for_a_suspended_person_is_refused(desk: Desk) -> None:
    application = await desk.application()
    tokens = await desk.tokens(application)
    async with desk.world.database.writing() as session:
        await session.execute(update(Person).values(suspended_at=desk.world.clock.now))

    assert error_of(await desk.refresh(application, tokens["refresh_token"])) == (400, "invalid_grant")
