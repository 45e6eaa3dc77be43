"""Codes: the whole flow, and everything that is not a code that can be used."""

import asyncio
import logging
from typing import Any

import pytest
from joserfc import jwt
from joserfc.jwk import KeySet
from sqlalchemy import update

from server.models.oauth import Application, AuthorizationCode, Grant, RefreshToken
from server.models.parties import Party, Person
from tests.factories.api import document
from tests.oauth.desk import (
    AT_ONCE,
    CALLBACK,
    CHALLENGE,
    ISSUER,
    NOBODY,
    SECRET,
    VERIFIER,
    Desk,
    answer_of,
    error_of,
    place_of,
)

NOW_SECONDS = 1537779600
"""2018-09-24T09:00Z, at which the clock stands still."""


DIFFERS: dict[str, tuple[dict[str, Any], str]] = {
    "wrong verifier": ({"code_verifier": VERIFIER + "x"}, "invalid_grant"),
    "the challenge as verifier": ({"code_verifier": CHALLENGE}, "invalid_grant"),
    "short verifier": ({"code_verifier": "short"}, "invalid_request"),
    "no verifier": ({"code_verifier": None}, "invalid_request"),
    "another redirect URI": ({"redirect_uri": "https://app.example/callback"}, "invalid_grant"),
    "no redirect URI": ({"redirect_uri": None}, "invalid_grant"),
    "no code": ({"code": None}, "invalid_request"),
    "another code": ({"code": "another"}, "invalid_grant"),
    "another grant type": ({"grant_type": "password"}, "unsupported_grant_type"),
    "no grant type": ({"grant_type": None}, "unsupported_grant_type"),
    "another resource": ({"resource": "https://other.example/graphql"}, "invalid_target"),
}


@pytest.mark.parametrize("kind", ["WEB", "BROWSER", "NATIVE"])
async def test_flow_of_a_code_when_allowed_gives_tokens_that_the_api_takes(desk: Desk, kind: str) -> None:
    application, browser = await desk.application(kind), await desk.browser("japan")
    address = desk.request(application)

    asked = await desk.get(address, browser)
    led_back = await desk.decide(address, browser)
    tokens = await desk.exchange(application, answer_of(led_back)["code"])

    assert (asked.status_code, f"A {kind} application" in asked.text) == (200, True)
    assert place_of(led_back) == application.redirect_uri.partition("?")[0]
    answer = answer_of(led_back)
    assert (answer["state"], answer["iss"]) == ("the state", ISSUER)
    assert (tokens.status_code, tokens.headers["cache-control"]) == (200, "no-store")
    body = tokens.json()
    assert (body["token_type"], body["expires_in"]) == ("Bearer", 600)
    assert (body["scope"], await desk.is_welcome(body["access_token"])) == ("openid read offline_access", True)


async def test_redirect_keeps_the_query_of_the_registered_uri(desk: Desk) -> None:
    application, browser = await desk.application(), await desk.browser("japan")

    led_back = await desk.decide(desk.request(application), browser)

    assert answer_of(led_back)["tenant"] == "1"


async def test_id_token_says_who_when_and_for_whom(desk: Desk) -> None:
    application = await desk.application()
    await desk.browser("canada")

    tokens = await desk.tokens(application)

    keys = KeySet.import_key_set((await desk.get("/oauth/jwks")).json())
    decoded = jwt.decode(tokens["id_token"], keys, algorithms=["ES256"])
    claims = {name: value for name, value in decoded.claims.items() if name != "at_hash"}
    assert decoded.header["typ"] == "JWT"
    assert claims == {
        "iss": ISSUER,
        "sub": desk.world.persons["japan"],
        "aud": application.id,
        "iat": NOW_SECONDS,
        "exp": NOW_SECONDS + 600,
        "auth_time": NOW_SECONDS,
        "amr": ["pwd"],
        "nonce": "the nonce",
    }


async def test_id_token_is_no_access_token(desk: Desk) -> None:
    tokens = await desk.tokens(await desk.application())

    assert await desk.is_welcome(tokens["id_token"]) is False


async def test_scopes_without_openid_and_offline_access_give_an_access_token_only(desk: Desk) -> None:
    tokens = await desk.tokens(await desk.application(), scope="read comment")

    assert sorted(tokens) == ["access_token", "expires_in", "scope", "token_type"]
    assert tokens["scope"] == "read comment"


async def test_scopes_beyond_the_application_are_not_given(desk: Desk) -> None:
    application = await desk.application(scopes=["read", "openid"])

    tokens = await desk.tokens(application, scope="openid read write secretariat unheard-of offline_access")

    assert (tokens["scope"], "refresh_token" in tokens) == ("openid read", False)


async def test_scopes_bound_what_the_api_allows(desk: Desk) -> None:
    tokens = await desk.tokens(await desk.application(), "secretariat", scope="read")
    party = {"name": "Chile Customs", "shortName": "Chile", "kind": "MEMBER_ADMINISTRATION", "capacity": "MEMBER"}
    sent = {"input": {"idempotencyKey": "key-1", **party}}

    refused = await desk.graphql(tokens["access_token"], document("admitParty"), sent)

    assert refused.json()["data"]["admitParty"]["code"] == "SCOPE_MISSING"
    assert await desk.count(Party) == len(desk.world.parties)


async def test_scopes_of_openid_only_open_nothing_of_the_api(desk: Desk) -> None:
    tokens = await desk.tokens(await desk.application(), scope="openid profile email")

    refused = await desk.graphql(tokens["access_token"], "{ __typename }")

    assert (refused.status_code, refused.json()["errors"][0]["extensions"]["code"]) == (403, "SCOPE_MISSING")


async def test_exchange_when_anything_differs_is_refused_and_the_code_is_still_good(desk: Desk) -> None:
    application = await desk.application()
    code = await desk.code(application)

    told = {name: error_of(await desk.exchange(application, code, **changed)) for name, (changed, _) in DIFFERS.items()}

    assert told == {name: (400, error) for name, (_, error) in DIFFERS.items()}
    assert await desk.count(RefreshToken) == 0
    assert (await desk.exchange(application, code)).status_code == 200


@pytest.mark.parametrize("kind", ["WEB", "BROWSER"])
async def test_exchange_of_a_code_of_another_client_is_refused_and_the_code_is_still_good(
    desk: Desk, kind: str
) -> None:
    owner, thief = await desk.application(), await desk.application(kind)
    code = await desk.code(owner)

    refused = await desk.exchange(thief, code)
    used = await desk.exchange(owner, code)
    replayed = await desk.exchange(thief, code)

    assert [error_of(answer) for answer in (refused, replayed)] == [(400, "invalid_grant")] * 2
    assert (used.status_code, [grant.revoked_at for grant in await desk.grants()]) == (200, [None])


async def test_exchange_after_a_minute_is_refused(desk: Desk) -> None:
    application = await desk.application()
    code = await desk.code(application)
    desk.world.clock.move(seconds=60)

    refused = await desk.exchange(application, code)

    assert error_of(refused) == (400, "invalid_grant")
    assert await desk.count(RefreshToken) == 0


async def test_exchange_within_the_minute_is_good(desk: Desk) -> None:
    application = await desk.application()
    code = await desk.code(application)
    desk.world.clock.move(seconds=59)

    assert (await desk.exchange(application, code)).status_code == 200


async def test_exchange_of_a_used_code_is_refused_and_ends_everything_that_came_of_it(desk: Desk) -> None:
    application = await desk.application()
    code = await desk.code(application)
    tokens = (await desk.exchange(application, code)).json()
    before = await desk.is_welcome(tokens["access_token"])

    refused = await desk.exchange(application, code)

    assert error_of(refused) == (400, "invalid_grant")
    assert (before, await desk.is_welcome(tokens["access_token"])) == (True, False)
    assert error_of(await desk.refresh(application, tokens["refresh_token"])) == (400, "invalid_grant")
    assert [(grant.revoked_at, grant.revoked_because) for grant in await desk.grants()] == [
        (desk.world.clock.now, "a code was used twice")
    ]


async def test_exchange_twice_at_the_same_time_is_good_once_and_ends_the_grant(desk: Desk) -> None:
    application = await desk.application()
    code = await desk.code(application)
    await desk.hurry()

    answers = await asyncio.gather(*(desk.exchange(application, code) for _ in range(AT_ONCE)))

    assert sorted(answer.status_code for answer in answers) == [200, *[400] * (AT_ONCE - 1)]
    assert [grant.revoked_because for grant in await desk.grants()] == ["a code was used twice"]
    assert await desk.count(RefreshToken) == 1


async def test_exchange_for_a_suspended_person_is_refused(desk: Desk) -> None:
    application = await desk.application()
    code = await desk.code(application)
    async with desk.world.database.writing() as session:
        await session.execute(update(Person).values(suspended_at=desk.world.clock.now))

    refused = await desk.exchange(application, code)

    assert error_of(refused) == (400, "invalid_grant")
    assert await desk.count(RefreshToken) == 0


async def test_retired_application_gets_nothing_and_what_it_has_is_worth_nothing_at_the_token_endpoint(
    desk: Desk,
) -> None:
    application = await desk.application()
    tokens, code = await desk.tokens(application), await desk.code(application)
    async with desk.world.database.writing() as session:
        await session.execute(update(Application).values(retired_at=desk.world.clock.now))

    assert error_of(await desk.exchange(application, code)) == (401, "invalid_client")
    assert error_of(await desk.refresh(application, tokens["refresh_token"])) == (401, "invalid_client")
    assert (await desk.get(desk.request(application), NOBODY)).status_code == 400


async def test_code_and_refresh_token_are_kept_as_digests(desk: Desk) -> None:
    application = await desk.application()
    code = await desk.code(application)
    tokens = (await desk.exchange(application, code)).json()

    async with desk.world.database.studying() as session:
        codes = (await session.execute(AuthorizationCode.__table__.select())).all()
        refreshes = (await session.execute(RefreshToken.__table__.select())).all()
    assert (code in str(codes), tokens["refresh_token"] in str(refreshes)) == (False, False)


async def test_nothing_secret_is_logged(desk: Desk, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    application = await desk.application()

    code = await desk.code(application)
    tokens = (await desk.exchange(application, code)).json()
    refreshed = (await desk.refresh(application, tokens["refresh_token"])).json()

    secrets = [code, SECRET, *tokens.values(), *refreshed.values()]
    written = [secret for secret in secrets if isinstance(secret, str) and len(secret) > 20 and secret in caplog.text]
    assert [secret for secret in written if secret != tokens["scope"]] == []


async def test_grant_remembers_how_the_person_had_signed_in(desk: Desk) -> None:
    application, browser = await desk.application(), await desk.browser("japan", ["pwd", "otp"])

    await desk.decide(desk.request(application, scope="read"), browser)

    (grant,) = await desk.grants()
    assert (grant.methods, grant.scopes, grant.signed_in_at) == (["pwd", "otp"], ["read"], desk.world.clock.now)


@pytest.mark.parametrize(("scope", "ends"), [("openid read", True), ("openid read offline_access", False)])
async def test_grant_ends_with_the_browser_session_unless_it_may_go_on(desk: Desk, scope: str, ends: bool) -> None:
    application, browser = await desk.application(), await desk.browser("japan")

    await desk.decide(desk.request(application, scope=scope), browser)

    assert [grant.session_id is not None for grant in await desk.grants()] == [ends]


async def test_denied_request_leads_back_with_the_error_and_the_issuer(desk: Desk) -> None:
    application, browser = await desk.application(), await desk.browser("japan")

    led_back = await desk.decide(desk.request(application), browser, "deny")

    assert place_of(led_back) == CALLBACK.partition("?")[0]
    answer = answer_of(led_back)
    assert (answer["error"], answer["state"], answer["iss"]) == ("access_denied", "the state", ISSUER)
    assert (await desk.count(Grant), await desk.count(AuthorizationCode)) == (0, 0)


async def test_codes_and_tokens_that_expired_long_ago_are_forgotten(desk: Desk) -> None:
    application = await desk.application()
    await desk.tokens(application, scope="read offline_access")
    kept = [await desk.count(model) for model in (AuthorizationCode, RefreshToken)]

    desk.world.clock.move(days=desk.app.state.server.settings.refresh_days + 2)
    await desk.tokens(application, scope="read offline_access")

    assert kept == [1, 1]
    assert [await desk.count(model) for model in (AuthorizationCode, RefreshToken)] == [1, 1]
