"""Devices without a browser: a short code, a person on another device, and patience."""

import asyncio
import re
from typing import Any

import pytest
from httpx2 import Response
from sqlalchemy import update

from server.identity.guesses import allowance_key, note_failure
from server.identity.oauth.endpoints import DEVICES_PER_ADDRESS, DEVICES_PER_CLIENT
from server.models.oauth import DeviceRequest, Grant, RefreshToken
from tests.oauth.desk import AT_ONCE, DEVICE_CODE, HERE, ISSUER, NOBODY, Browser, Desk, Registered, error_of


async def begun(desk: Desk, device: Registered, scope: str = "openid read offline_access") -> dict[str, Any]:
    """What a device is told when it asks to be let in."""
    answer = await desk.call("/oauth/device_authorization", device, scope=scope)
    assert answer.status_code == 200, answer.text
    return dict(answer.json())


async def poll(desk: Desk, device: Registered, begin: dict[str, Any]) -> Response:
    """Ask whether the device was let in."""
    return await desk.token(device, grant_type=DEVICE_CODE, device_code=begin["device_code"])


async def type_code(desk: Desk, browser: Browser, code: str, **decision: str) -> Response:
    """Type a code on the page, with or without a decision."""
    return await desk.post("/device", {"user_code": code} | decision, browser, **HERE)


async def test_device_that_is_let_in_gets_its_tokens_once(desk: Desk) -> None:
    device, browser = await desk.application("DEVICE", redirect_uris=[]), await desk.browser("japan", ["pwd", "otp"])

    begin = await begun(desk, device)
    waiting = await poll(desk, device, begin)
    shown = await type_code(desk, browser, begin["user_code"])
    done = await type_code(desk, browser, begin["user_code"], decision="allow")
    tokens = await poll(desk, device, begin)

    assert re.fullmatch(r"[BCDFGHJKLMNPQRSTVWXZ]{4}-[BCDFGHJKLMNPQRSTVWXZ]{4}", begin["user_code"])
    assert (begin["verification_uri"], begin["expires_in"], begin["interval"]) == (f"{ISSUER}/device", 600, 5)
    assert begin["verification_uri_complete"] == f"{ISSUER}/device?user_code={begin['user_code']}"
    assert error_of(waiting) == (400, "authorization_pending")
    assert ("A DEVICE application" in shown.text, "see what you may see here" in shown.text) == (True, True)
    assert (done.status_code, "is let in" in done.text) == (200, True)
    assert sorted(tokens.json()) == ["access_token", "expires_in", "id_token", "refresh_token", "scope", "token_type"]
    assert await desk.is_welcome(tokens.json()["access_token"]) is True
    assert [(grant.person_id, grant.methods) for grant in await desk.grants()] == [(browser.person_id, ["pwd", "otp"])]


async def test_device_code_used_twice_ends_the_grant(desk: Desk) -> None:
    device = await desk.application("DEVICE")
    begin = await begun(desk, device)
    await type_code(desk, await desk.browser("japan"), begin["user_code"], decision="allow")
    tokens = (await poll(desk, device, begin)).json()

    again = await poll(desk, device, begin)

    assert error_of(again) == (400, "invalid_grant")
    assert await desk.is_welcome(tokens["access_token"]) is False


async def test_device_code_used_twice_at_the_same_time_is_good_once(desk: Desk) -> None:
    device = await desk.application("DEVICE")
    begin = await begun(desk, device)
    await type_code(desk, await desk.browser("japan"), begin["user_code"], decision="allow")

    await desk.hurry()

    answers = await asyncio.gather(*(poll(desk, device, begin) for _ in range(AT_ONCE)))

    assert sorted(answer.status_code for answer in answers) == [200, *[400] * (AT_ONCE - 1)]
    assert await desk.count(RefreshToken) == 1


async def test_device_that_is_denied_is_told_so(desk: Desk) -> None:
    device, browser = await desk.application("DEVICE"), await desk.browser("japan")
    begin = await begun(desk, device)

    done = await type_code(desk, browser, begin["user_code"], decision="deny")

    assert "not let in" in done.text
    assert error_of(await poll(desk, device, begin)) == (400, "access_denied")
    assert await desk.count(Grant) == 0
    assert (await type_code(desk, browser, begin["user_code"], decision="allow")).status_code == 400
    assert error_of(await poll(desk, device, begin)) == (400, "access_denied")


async def test_device_answered_by_two_persons_at_the_same_time_is_answered_once(desk: Desk) -> None:
    device = await desk.application("DEVICE")
    begin = await begun(desk, device)
    browsers = [await desk.browser(person) for person in ("japan", "canada", "china")]

    answers = await asyncio.gather(
        *(type_code(desk, browser, begin["user_code"], decision="allow") for browser in browsers)
    )

    assert sorted(answer.status_code for answer in answers) == [200, 400, 400]
    assert await desk.count(Grant) == 1
    assert (await poll(desk, device, begin)).status_code == 200


async def test_device_that_is_impatient_is_slowed_down(desk: Desk) -> None:
    device = await desk.application("DEVICE")
    begin = await begun(desk, device)

    errors = [error_of(await poll(desk, device, begin))]
    desk.world.clock.move(seconds=4.9)
    errors.append(error_of(await poll(desk, device, begin)))
    desk.world.clock.move(seconds=5)
    errors.append(error_of(await poll(desk, device, begin)))

    assert [error for _, error in errors] == ["authorization_pending", "slow_down", "authorization_pending"]


async def test_device_that_waits_for_ten_minutes_is_too_late(desk: Desk) -> None:
    device, browser = await desk.application("DEVICE"), await desk.browser("japan")
    begin = await begun(desk, device)
    desk.world.clock.move(minutes=10)

    typed = await type_code(desk, browser, begin["user_code"], decision="allow")

    assert (typed.status_code, await desk.count(Grant)) == (400, 0)
    assert error_of(await poll(desk, device, begin)) == (400, "expired_token")


@pytest.mark.parametrize("typed", ["{0}", "{0} ", " {1}", "{2}", "{1}{1}"])
async def test_user_code_may_be_typed_with_or_without_hyphen_and_in_any_case(desk: Desk, typed: str) -> None:
    device, browser = await desk.application("DEVICE"), await desk.browser("japan")
    code = (await begun(desk, device))["user_code"]
    forms = (code, code.replace("-", ""), code.lower().replace("-", " "))

    shown = await type_code(desk, browser, typed.format(*forms))

    assert shown.status_code == (400 if typed == "{1}{1}" else 200)


async def test_user_codes_cannot_be_guessed(desk: Desk) -> None:
    device, browser = await desk.application("DEVICE"), await desk.browser("japan")
    begin = await begun(desk, device)

    wrong = [(await type_code(desk, browser, f"BBBB-BBB{letter}")).status_code for letter in "BCDFG"]
    blocked = await type_code(desk, browser, begin["user_code"], decision="allow")
    other = await type_code(desk, await desk.browser("canada"), begin["user_code"])

    assert (wrong, blocked.status_code, other.status_code) == ([400] * 5, 429, 200)
    assert await desk.count(Grant) == 0


async def test_device_page_is_for_those_who_signed_in_and_from_here(desk: Desk) -> None:
    device, browser = await desk.application("DEVICE"), await desk.browser("japan")
    begin = await begun(desk, device)
    form = {"user_code": begin["user_code"], "decision": "allow"}

    nobody = await desk.get(f"/device?user_code={begin['user_code']}", NOBODY)
    prefilled = await desk.get(f"/device?user_code={begin['user_code']}", browser)
    forged = await desk.post("/device", form, browser, sec_fetch_site="cross-site")

    assert (nobody.status_code, nobody.headers["location"].startswith("/sign-in?")) == (303, True)
    assert (begin["user_code"] in prefilled.text, "A DEVICE application" in prefilled.text) == (True, False)
    assert (forged.status_code, await desk.count(Grant)) == (403, 0)


async def test_device_code_of_another_client_is_refused(desk: Desk) -> None:
    device, thief = await desk.application("DEVICE"), await desk.application("DEVICE")
    begin = await begun(desk, device)
    await type_code(desk, await desk.browser("japan"), begin["user_code"], decision="allow")

    assert error_of(await poll(desk, thief, begin)) == (400, "invalid_grant")
    assert error_of(await poll(desk, device, {"device_code": "another"})) == (400, "invalid_grant")
    assert (await poll(desk, device, begin)).status_code == 200


async def test_device_whose_grant_was_revoked_meanwhile_gets_nothing(desk: Desk) -> None:
    device = await desk.application("DEVICE")
    begin = await begun(desk, device)
    await type_code(desk, await desk.browser("japan"), begin["user_code"], decision="allow")
    async with desk.world.database.writing() as session:
        await session.execute(update(Grant).values(revoked_at=desk.world.clock.now))

    assert error_of(await poll(desk, device, begin)) == (400, "invalid_grant")


@pytest.mark.parametrize(
    ("kind", "form", "error"),
    [
        ("WEB", {}, (400, "unauthorized_client")),
        ("NATIVE", {}, (400, "unauthorized_client")),
        ("DEVICE", {"scope": ""}, (400, "invalid_scope")),
        ("DEVICE", {"scope": "unheard-of"}, (400, "invalid_scope")),
        ("DEVICE", {"resource": "https://evil.example"}, (400, "invalid_target")),
        ("DEVICE", {"client_id": "APP_00000000000000000000000000"}, (401, "invalid_client")),
    ],
)
async def test_device_authorization_when_asked_wrongly_is_refused(
    desk: Desk, kind: str, form: dict[str, str], error: tuple[int, str]
) -> None:
    application = await desk.application(kind)

    refused = await desk.call("/oauth/device_authorization", application, **({"scope": "read"} | form))

    assert error_of(refused) == error
    assert await desk.count(DeviceRequest) == 0


async def test_codes_of_a_device_are_kept_as_digests(desk: Desk) -> None:
    begin = await begun(desk, await desk.application("DEVICE"))

    async with desk.world.database.studying() as session:
        kept = str((await session.execute(DeviceRequest.__table__.select())).all())
    assert [begin[name] in kept for name in ("device_code", "user_code")] == [False, False]


async def test_device_codes_are_limited_behind_one_address(desk: Desk) -> None:
    device = await desk.application("DEVICE")

    answers = [await desk.call("/oauth/device_authorization", device, scope="read") for _ in range(60)]

    blocked = answers[DEVICES_PER_ADDRESS]
    assert [answer.status_code for answer in answers] == [200] * DEVICES_PER_ADDRESS + [429] * (
        60 - DEVICES_PER_ADDRESS
    )
    assert (error_of(blocked), blocked.headers["retry-after"]) == ((429, "slow_down"), "60")
    assert await desk.count(DeviceRequest) == DEVICES_PER_ADDRESS
    desk.world.clock.move(minutes=15)
    assert (await desk.call("/oauth/device_authorization", device, scope="read")).status_code == 200


@pytest.mark.own_sql
async def test_device_codes_that_are_sent_for_at_once_are_limited_too(desk: Desk) -> None:
    device = await desk.application("DEVICE")
    key = allowance_key("device codes", "127.0.0.1", DEVICES_PER_ADDRESS)
    async with desk.world.database.writing() as session:
        for _ in range(DEVICES_PER_ADDRESS - 2):
            await note_failure(session, [key], desk.world.clock.now)
    await desk.hurry()

    answers = await asyncio.gather(
        *(desk.call("/oauth/device_authorization", device, scope="read") for _ in range(AT_ONCE))
    )

    assert sorted(answer.status_code for answer in answers) == [200, 200, *[429] * (AT_ONCE - 2)]


@pytest.mark.rest
async def test_device_codes_of_one_application_are_limited_and_leave_others_free(desk: Desk) -> None:
    device, other = await desk.application("DEVICE"), await desk.application("DEVICE")
    key = allowance_key("device codes of a client", device.id, DEVICES_PER_CLIENT)
    async with desk.world.database.writing() as session:
        for _ in range(DEVICES_PER_CLIENT):
            await note_failure(session, [key], desk.world.clock.now)

    answers = [await desk.call("/oauth/device_authorization", each, scope="read") for each in (device, other)]

    assert [answer.status_code for answer in answers] == [429, 200]


async def test_device_code_that_is_refused_uses_no_allowance_up(desk: Desk) -> None:
    device = await desk.application("DEVICE")

    refused = [await desk.call("/oauth/device_authorization", device, scope="unheard-of") for _ in range(35)]

    assert {answer.status_code for answer in refused} == {400}
    assert (await desk.call("/oauth/device_authorization", device, scope="read")).status_code == 200
