"""What can be done with tokens besides using them: revoking, introspecting, asking who it is, signing out."""

from typing import Any

import pytest
from sqlalchemy import update

from server.models.identity import BrowserSession
from server.models.oauth import Grant
from server.models.parties import Person
from tests.oauth.desk import HERE, ISSUER, NOBODY, Desk, error_of

INACTIVE = {"active": False}
SIGNED_OUT = "/sign-out"


@pytest.mark.parametrize("which", ["access_token", "refresh_token"])
@pytest.mark.parametrize("hint", [{}, {"token_type_hint": "refresh_token"}, {"token_type_hint": "unheard-of"}])
@pytest.mark.parametrize("kind", ["WEB", "NATIVE"])
async def test_revoke_either_token_ends_both(desk: Desk, which: str, hint: dict[str, str], kind: str) -> None:
    application = await desk.application(kind)
    tokens = await desk.tokens(application)
    before = await desk.is_welcome(tokens["access_token"])

    answer = await desk.call("/oauth/revoke", application, token=tokens[which], **hint)

    assert (answer.status_code, before, await desk.is_welcome(tokens["access_token"])) == (200, True, False)
    assert error_of(await desk.refresh(application, tokens["refresh_token"])) == (400, "invalid_grant")
    assert [grant.revoked_because for grant in await desk.grants()] == ["revoked by the application"]


async def test_revoke_what_is_unknown_or_of_another_application_does_nothing(desk: Desk) -> None:
    application, stranger = await desk.application(), await desk.application()
    tokens = await desk.tokens(application)

    answers = [
        await desk.call("/oauth/revoke", stranger, token=tokens["access_token"]),
        await desk.call("/oauth/revoke", stranger, token=tokens["refresh_token"]),
        await desk.call("/oauth/revoke", application, token="unknown"),
        await desk.call("/oauth/revoke", application, token=tokens["id_token"]),
    ]

    assert [(answer.status_code, answer.json()) for answer in answers] == [(200, {})] * 4
    assert [grant.revoked_at for grant in await desk.grants()] == [None]


async def test_revoke_when_asked_wrongly_is_refused(desk: Desk) -> None:
    application = await desk.application()
    tokens = await desk.tokens(application)

    without = await desk.call("/oauth/revoke", application)
    wrong = await desk.call("/oauth/revoke", application, token=tokens["refresh_token"], client_secret="wrong")

    assert (error_of(without), error_of(wrong)) == ((400, "invalid_request"), (401, "invalid_client"))
    assert [grant.revoked_at for grant in await desk.grants()] == [None]


async def test_introspect_own_tokens_says_everything_of_those_in_force(desk: Desk) -> None:
    application = await desk.application()
    tokens = await desk.tokens(application)
    now = int(desk.world.clock.now.timestamp())

    access = (await desk.call("/oauth/introspect", application, token=tokens["access_token"])).json()
    refresh = (await desk.call("/oauth/introspect", application, token=tokens["refresh_token"])).json()

    same = {
        "active": True,
        "iss": ISSUER,
        "sub": desk.world.persons["japan"],
        "client_id": application.id,
    }
    assert len(access.pop("jti")) > 20
    assert access == same | {
        "token_type": "Bearer",
        "aud": f"{ISSUER}/graphql",
        "scope": "offline_access openid read",
        "iat": now,
        "exp": now + 600,
    }
    assert refresh == same | {"scope": "openid read offline_access", "exp": now + 30 * 86400}


async def test_introspect_anything_else_says_nothing(desk: Desk) -> None:
    application, stranger = await desk.application(), await desk.application()
    tokens = await desk.tokens(application)
    used = (await desk.tokens(application))["refresh_token"]
    await desk.refresh(application, used)

    answers = [
        await desk.call("/oauth/introspect", stranger, token=tokens["access_token"]),
        await desk.call("/oauth/introspect", stranger, token=tokens["refresh_token"]),
        await desk.call("/oauth/introspect", application, token="unknown"),
        await desk.call("/oauth/introspect", application, token=tokens["id_token"]),
        await desk.call("/oauth/introspect", application, token=used),
    ]
    async with desk.world.database.writing() as session:
        await session.execute(update(Grant).values(revoked_at=desk.world.clock.now))
    answers.append(await desk.call("/oauth/introspect", application, token=tokens["access_token"]))
    answers.append(await desk.call("/oauth/introspect", application, token=tokens["refresh_token"]))

    assert [answer.json() for answer in answers] == [INACTIVE] * 7


@pytest.mark.parametrize("kind", ["BROWSER", "NATIVE", "DEVICE"])
async def test_introspect_by_an_application_that_proves_nothing_is_refused(desk: Desk, kind: str) -> None:
    application = await desk.application(kind)

    refused = await desk.call("/oauth/introspect", application, token="any")

    assert error_of(refused) == (401, "invalid_client")


@pytest.mark.parametrize(
    ("scope", "claims"),
    [
        ("openid", {}),
        ("openid profile", {"name": "Delegate japan", "locale": "en", "zoneinfo": "Europe/Brussels"}),
        ("openid email", {"email": "japan@example.org"}),
    ],
)
async def test_userinfo_says_what_the_scopes_allow(desk: Desk, scope: str, claims: dict[str, str]) -> None:
    tokens = await desk.tokens(await desk.application(), scope=scope)
    bearer = f"Bearer {tokens['access_token']}"

    answers = [
        await desk.get("/oauth/userinfo", authorization=bearer),
        await desk.post("/oauth/userinfo", {}, authorization=bearer),
    ]

    assert [answer.json() for answer in answers] == [{"sub": desk.world.persons["japan"]} | claims] * 2
    assert [answer.headers["cache-control"] for answer in answers] == ["no-store"] * 2


async def test_userinfo_without_a_good_token_is_refused(desk: Desk) -> None:
    application, browser = await desk.application(), await desk.browser("japan")
    reading = (await desk.tokens(application, scope="read profile"))["access_token"]
    token = (await desk.tokens(application))["access_token"]

    refused = [
        await desk.get("/oauth/userinfo", browser),
        await desk.get("/oauth/userinfo", authorization="Bearer x"),
        await desk.get("/oauth/userinfo", authorization=f"Bearer {reading}"),
    ]
    async with desk.world.database.writing() as session:
        await session.execute(update(Grant).values(revoked_at=desk.world.clock.now))
    refused.append(await desk.get("/oauth/userinfo", authorization=f"Bearer {token}"))

    assert [(answer.status_code, answer.headers["www-authenticate"]) for answer in refused] == [
        (401, "Bearer"),
        (401, 'Bearer error="invalid_token"'),
        (403, 'Bearer error="insufficient_scope", scope="openid"'),
        (401, 'Bearer error="invalid_token"'),
    ]


async def test_userinfo_of_a_suspended_person_is_refused(desk: Desk) -> None:
    token = (await desk.tokens(await desk.application()))["access_token"]
    async with desk.world.database.writing() as session:
        await session.execute(update(Person).values(suspended_at=desk.world.clock.now))

    assert (await desk.get("/oauth/userinfo", authorization=f"Bearer {token}")).status_code == 401


async def live_sessions(desk: Desk) -> int:
    """How many browsers are signed in."""
    async with desk.world.database.studying() as session:
        rows = (await session.execute(BrowserSession.__table__.select())).all()
    return sum(row.ended_at is None for row in rows)


def sign_out(**asked: str) -> str:
    """The address of a request to sign out."""
    return "/oauth/end_session?" + "&".join(f"{name}={value}" for name, value in asked.items())


@pytest.mark.parametrize(
    ("asked", "place"),
    [
        ({"post_logout_redirect_uri": "https://app.example/bye", "state": "s"}, "https://app.example/bye?state=s"),
        ({"post_logout_redirect_uri": "https://app.example/bye"}, "https://app.example/bye"),
        ({"post_logout_redirect_uri": "https://app.example/bye/evil"}, SIGNED_OUT),
        ({"post_logout_redirect_uri": "https://evil.example/"}, SIGNED_OUT),
        ({}, SIGNED_OUT),
    ],
)
async def test_sign_out_with_an_id_token_ends_the_session_and_leads_where_registered(
    desk: Desk, asked: dict[str, str], place: str
) -> None:
    application, browser = await desk.application(), await desk.browser("japan")
    tokens = await desk.tokens(application, scope="openid read")
    before = await live_sessions(desk)
    desk.world.clock.move(minutes=30)

    answer = await desk.get(sign_out(id_token_hint=tokens["id_token"], **asked), browser)

    assert (answer.status_code, answer.headers["location"]) == (303, place)
    assert "__Host-intersession=" in answer.headers["set-cookie"]
    assert await live_sessions(desk) == before - 1


async def test_sign_out_ends_what_was_granted_in_the_session(desk: Desk) -> None:
    application, browser = await desk.application(), await desk.browser("japan")
    code = await desk.decide(desk.request(application, scope="openid read"), browser)
    assert code.status_code == 302

    await desk.post("/oauth/end_session", {"decision": "sign-out"}, browser, **HERE)

    assert [grant.revoked_because for grant in await desk.grants()] == ["signed out"]


@pytest.mark.parametrize(
    "hint", ["none", "forged", "of somebody else", "an access token", "of another application", "garbage"]
)
async def test_sign_out_without_a_good_id_token_asks_first(desk: Desk, hint: str) -> None:
    application, browser = await desk.application(), await desk.browser("japan")
    own = await desk.tokens(application)
    asked: dict[str, Any] = {
        "none": {"client_id": application.id},
        "forged": {"id_token_hint": own["id_token"][:-4] + "AAAA"},
        "of somebody else": {"id_token_hint": (await desk.tokens(application, "canada"))["id_token"]},
        "an access token": {"id_token_hint": own["access_token"]},
        "of another application": {"id_token_hint": own["id_token"], "client_id": "APP_1"},
        "garbage": {"id_token_hint": "a.b.c"},
    }[hint]
    before = await live_sessions(desk)

    shown = await desk.get(sign_out(post_logout_redirect_uri="https://app.example/bye", **asked), browser)

    assert (shown.status_code, "Sign out?" in shown.text, "location" in shown.headers) == (200, True, False)
    assert await live_sessions(desk) == before


async def test_sign_out_that_is_confirmed_must_come_from_here(desk: Desk) -> None:
    browser = await desk.browser("japan")
    confirmed = {"decision": "sign-out"}

    forged = await desk.post("/oauth/end_session", confirmed, browser, sec_fetch_site="cross-site")
    still = await live_sessions(desk)
    done = await desk.post("/oauth/end_session", confirmed, browser, **HERE)

    assert (forged.status_code, still) == (403, 1)
    assert (done.status_code, done.headers["location"], await live_sessions(desk)) == (303, SIGNED_OUT, 0)


async def test_sign_out_by_post_of_an_application_becomes_get(desk: Desk) -> None:
    turned = await desk.post("/oauth/end_session", {"id_token_hint": "a.b.c"}, NOBODY, sec_fetch_site="cross-site")

    assert (turned.status_code, turned.headers["location"]) == (303, "/oauth/end_session?id_token_hint=a.b.c")
