"""The authorization endpoint: what is asked wrongly, who must sign in first, and when consent is asked for."""

from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from sqlalchemy import update

from server.identity.guesses import allowance_key, note_failure
from server.models.oauth import AuthorizationCode, Grant
from server.models.parties import Person
from server.web.pages.authorize import CODES_PER_PERSON
from tests.oauth.desk import CALLBACK, ISSUER, NOBODY, Desk, answer_of, place_of

BACK = CALLBACK.partition("?")[0]
NOWHERE = {
    "unknown application": {"client_id": "APP_00000000000000000000000000"},
    "no application": {"client_id": None},
    "nul as application": {"client_id": "\0"},
    "other redirect URI": {"redirect_uri": "https://evil.example/callback"},
    "longer redirect URI": {"redirect_uri": CALLBACK + "&evil=1"},
    "redirect URI that is no ASCII": {"redirect_uri": 'https://évil.example/"<script>'},
    "no redirect URI": {"redirect_uri": None},
    "too large": {"state": "a" * 20_000},
}
LED_BACK: dict[str, tuple[dict[str, Any], str]] = {
    "no challenge": ({"code_challenge": None}, "invalid_request"),
    "no challenge at all": ({"code_challenge": None, "code_challenge_method": None}, "invalid_request"),
    "plain": ({"code_challenge_method": "plain"}, "invalid_request"),
    "no method": ({"code_challenge_method": None}, "invalid_request"),
    "challenge too short": ({"code_challenge": "a" * 42}, "invalid_request"),
    "challenge too long": ({"code_challenge": "a" * 44}, "invalid_request"),
    "challenge of other letters": ({"code_challenge": "~" * 43}, "invalid_request"),
    "implicit": ({"response_type": "token"}, "unsupported_response_type"),
    "hybrid": ({"response_type": "code id_token"}, "unsupported_response_type"),
    "response type in quotes": ({"response_type": '"é"'}, "unsupported_response_type"),
    "no response type": ({"response_type": None}, "unsupported_response_type"),
    "fragment": ({"response_mode": "fragment"}, "invalid_request"),
    "form post": ({"response_mode": "form_post"}, "invalid_request"),
    "request object": ({"request": "a.b.c"}, "invalid_request"),
    "request by reference": ({"request_uri": "https://evil.example/request"}, "invalid_request"),
    "no scope": ({"scope": None}, "invalid_scope"),
    "unknown scope": ({"scope": "everything"}, "invalid_scope"),
    "other resource": ({"resource": "https://evil.example"}, "invalid_target"),
    "unknown prompt": ({"prompt": "select_account"}, "invalid_request"),
    "contradicting prompt": ({"prompt": "none login"}, "invalid_request"),
    "max_age in words": ({"max_age": "ten"}, "invalid_request"),
    "max_age below zero": ({"max_age": "-1"}, "invalid_request"),
    "max_age too high": ({"max_age": "9" * 10}, "invalid_request"),
    "nonce too long": ({"nonce": "a" * 256}, "invalid_request"),
}


async def nothing_was_given(desk: Desk) -> bool:
    """Whether no grant and no code was made."""
    return (await desk.count(Grant), await desk.count(AuthorizationCode)) == (0, 0)


async def test_authorize_for_nobody_known_leads_nowhere(desk: Desk) -> None:
    application, browser = await desk.application(), await desk.browser("japan")

    told = {}
    for name, changed in NOWHERE.items():
        address = desk.request(application, **changed)
        answers = [await desk.get(address, browser), await desk.decide(address, browser)]
        told[name] = [(answer.status_code, "location" in answer.headers) for answer in answers]
        assert "This did not work" in answers[0].text

    assert told == {name: [(400, False)] * 2 for name in NOWHERE}
    assert await nothing_was_given(desk)


async def test_authorize_with_a_parameter_twice_leads_nowhere(desk: Desk) -> None:
    application, browser = await desk.application(), await desk.browser("japan")

    answer = await desk.get(desk.request(application) + "&redirect_uri=https://evil.example", browser)

    assert (answer.status_code, "location" in answer.headers) == (400, False)


@pytest.mark.parametrize("kind", ["DEVICE", "SERVICE"])
async def test_authorize_for_a_kind_without_browser_leads_nowhere(desk: Desk, kind: str) -> None:
    application, browser = await desk.application(kind), await desk.browser("japan")

    answer = await desk.decide(desk.request(application), browser)

    assert (answer.status_code, "location" in answer.headers) == (400, False)
    assert await nothing_was_given(desk)


async def test_authorize_when_asked_wrongly_leads_back_with_error_state_and_issuer(desk: Desk) -> None:
    application, browser = await desk.application(), await desk.browser("japan")

    told: dict[str, list[dict[str, str | None]]] = {}
    for name, (changed, _) in LED_BACK.items():
        address = desk.request(application, **changed)
        answers = [await desk.get(address), await desk.get(address, browser), await desk.decide(address, browser)]
        told[name] = [
            {"place": place_of(answer)}
            | {part: answer_of(answer).get(part) for part in ("error", "state", "iss", "code")}
            for answer in answers
        ]

    same = {"place": BACK, "state": "the state", "iss": ISSUER, "code": None}
    assert told == {name: [same | {"error": error}] * 3 for name, (_, error) in LED_BACK.items()}
    assert await nothing_was_given(desk)


@pytest.mark.parametrize(
    ("registered", "asked"),
    [("http://127.0.0.1/callback", "http://127.0.0.1:51004/callback"), ("http://[::1]/cb", "http://[::1]:8/cb")],
)
async def test_authorize_of_a_native_application_leads_back_to_the_port_it_listens_on(
    desk: Desk, registered: str, asked: str
) -> None:
    application = await desk.application("NATIVE", redirect_uris=[registered])

    code = await desk.code(application, redirect_uri=asked)

    other = await desk.exchange(application, code, redirect_uri=registered)
    same = await desk.exchange(application, code, redirect_uri=asked)
    assert (other.status_code, same.status_code) == (400, 200)


async def test_authorize_without_a_session_leads_to_the_sign_in_and_comes_back(desk: Desk) -> None:
    application = await desk.application()
    address = desk.request(application, state="a\\b & c")

    sent = await desk.get(address, NOBODY)

    assert (sent.status_code, sent.headers["location"].startswith("/sign-in?continue=%2Foauth%2Fauthorize%3F")) == (
        303,
        True,
    )
    again = await desk.get(continue_of(sent), await desk.browser("japan"))
    assert (again.status_code, "asks to" in again.text) == (200, True)


def continue_of(answer: Any) -> str:
    """Where the sign-in goes on to."""
    return parse_qs(urlsplit(answer.headers["location"]).query)["continue"][0]


@pytest.mark.parametrize("wish", [{"prompt": "login"}, {"max_age": "0"}, {"max_age": "300"}])
async def test_authorize_that_wants_a_fresh_sign_in_gets_one_and_does_not_ask_for_ever(
    desk: Desk, wish: dict[str, str]
) -> None:
    application, stale = await desk.application(), await desk.browser("japan")
    desk.world.clock.move(minutes=10)

    first = await desk.get(desk.request(application, **wish), stale)
    without = await desk.get(continue_of(first), stale)
    desk.world.clock.move(minutes=9)
    fresh = await desk.browser("japan")
    asked = await desk.get(continue_of(first), fresh)
    desk.world.clock.move(minutes=9)
    led_back = await desk.decide(continue_of(first), fresh)

    assert first.headers["location"].startswith("/sign-in?")
    assert answer_of(without)["error"] == "login_required"
    assert (asked.status_code, answer_of(led_back)["iss"]) == (200, ISSUER)
    (grant,) = await desk.grants()
    assert (desk.world.clock.now - grant.signed_in_at).total_seconds() == 540


async def test_authorize_that_wants_a_fresh_sign_in_takes_no_proof_of_another_request(desk: Desk) -> None:
    application, browser = await desk.application(), await desk.browser("japan")
    desk.world.clock.move(minutes=1)
    proof = continue_of(await desk.get(desk.request(application, prompt="login", state="a"), NOBODY))
    proof = proof.partition("fresh_since=")[2]
    desk.world.clock.move(minutes=1)
    later = await desk.browser("japan")

    other = desk.request(application, prompt="login", state="b")
    answers = [await desk.get(f"{other}&fresh_since={given}", later) for given in (proof, "forged", "a.b.c")]

    assert [answer.headers["location"].startswith("/sign-in?") for answer in answers] == [True] * 3
    assert browser.person_id == later.person_id


async def test_authorize_within_max_age_asks_for_no_sign_in(desk: Desk) -> None:
    application, browser = await desk.application(), await desk.browser("japan")
    desk.world.clock.move(seconds=299)

    assert (await desk.get(desk.request(application, max_age="300"), browser)).status_code == 200


async def test_authorize_with_prompt_none_says_what_would_be_needed(desk: Desk) -> None:
    application, browser = await desk.application(), await desk.browser("japan")
    address = desk.request(application, prompt="none", scope="openid read")

    nobody = answer_of(await desk.get(address, NOBODY))["error"]
    unasked = answer_of(await desk.get(address, browser))["error"]
    await desk.decide(desk.request(application, scope="openid read comment"), browser)
    remembered = answer_of(await desk.get(address, browser))
    desk.world.clock.move(minutes=10)
    stale = answer_of(await desk.get(desk.request(application, prompt="none", max_age="60"), browser))["error"]

    assert (nobody, unasked, stale) == ("login_required", "consent_required", "login_required")
    assert (sorted(remembered), remembered["state"]) == (["code", "iss", "state", "tenant"], "the state")


@pytest.mark.parametrize(
    ("kind", "before", "asked", "remembered"),
    [
        ("WEB", "read comment", "read", True),
        ("WEB", "read comment", "comment read", True),
        ("WEB", "read", "read comment", False),
        ("WEB", "openid read", "openid read offline_access", False),
        ("BROWSER", "read", "read", False),
        ("NATIVE", "read", "read", False),
    ],
)
async def test_consent_is_remembered_for_what_can_prove_who_it_is(
    desk: Desk, kind: str, before: str, asked: str, remembered: bool
) -> None:
    application, browser = await desk.application(kind), await desk.browser("japan")
    await desk.decide(desk.request(application, scope=before), browser)

    answer = await desk.get(desk.request(application, scope=asked), browser)

    assert answer.status_code == (302 if remembered else 200)


@pytest.mark.parametrize(("minutes", "status"), [(12 * 60 - 1, 302), (12 * 60, 200)])
async def test_consent_is_remembered_until_the_browser_that_gave_it_expires(
    desk: Desk, minutes: int, status: int
) -> None:
    application = await desk.application()
    await desk.decide(desk.request(application, scope="read"), await desk.browser("japan"))
    desk.world.clock.move(minutes=minutes)

    answer = await desk.get(desk.request(application, scope="read"), await desk.browser("japan"))

    assert answer.status_code == status


async def test_consent_is_asked_for_again_by_prompt_after_revocation_and_of_others(desk: Desk) -> None:
    application, browser = await desk.application(), await desk.browser("japan")
    other = await desk.application()
    await desk.decide(desk.request(application, scope="read"), browser)

    answers = [
        await desk.get(desk.request(application, scope="read", prompt="consent"), browser),
        await desk.get(desk.request(application, scope="read"), await desk.browser("canada")),
        await desk.get(desk.request(other, scope="read"), browser),
    ]
    async with desk.world.database.writing() as session:
        await session.execute(update(Grant).values(revoked_at=desk.world.clock.now))
    answers.append(await desk.get(desk.request(application, scope="read"), browser))

    assert [answer.status_code for answer in answers] == [200] * 4


async def test_consent_page_says_who_asks_for_what_and_may_lead_to_the_application_only(desk: Desk) -> None:
    application = await desk.application(name='<script>"Reader"</script>', purpose="Reads & compares")

    shown = await desk.get(desk.request(application, scope="openid read"), await desk.browser("japan"))

    words = ["&lt;script&gt;", "Reads &amp; compares", "Delegate japan", "see what you may see here"]
    assert [word in shown.text for word in words] == [True] * 4
    assert ("<script>" in shown.text, "in your name" in shown.text) == (False, False)
    policy = shown.headers["content-security-policy"]
    assert "form-action 'self' https://app.example" in policy
    assert ("frame-ancestors 'none'" in policy, shown.headers["cache-control"]) == (True, "no-store")


async def test_consent_given_by_a_page_of_another_site_is_refused(desk: Desk) -> None:
    application, browser = await desk.application(), await desk.browser("japan")
    form = {"decision": "allow", "person": browser.person_id}
    origins: list[dict[str, str]] = [
        {"sec_fetch_site": "cross-site"},
        {"sec_fetch_site": "same-site"},
        {"origin": "https://evil.example"},
        {"origin": "null"},
        {},
    ]

    answers = [await desk.post(desk.request(application), form, browser, **headers) for headers in origins]

    assert [(answer.status_code, "location" in answer.headers) for answer in answers] == [(403, False)] * 5
    assert await nothing_was_given(desk)


async def test_consent_meant_by_another_person_is_asked_for_again(desk: Desk) -> None:
    application, before = await desk.application(), await desk.browser("canada")
    form, browser = {"decision": "allow", "person": before.person_id}, await desk.browser("japan")

    shown = await desk.post(desk.request(application), form, browser, sec_fetch_site="same-origin")

    assert (shown.status_code, "Delegate japan" in shown.text) == (200, True)
    assert await nothing_was_given(desk)


@pytest.mark.parametrize("decision", ["deny", "Allow", "yes"])
async def test_consent_other_than_allow_gives_nothing(desk: Desk, decision: str) -> None:
    application, browser = await desk.application(), await desk.browser("japan")

    led_back = await desk.decide(desk.request(application), browser, decision)

    assert answer_of(led_back)["error"] == "access_denied"
    assert await nothing_was_given(desk)


async def test_consent_of_a_suspended_person_gives_nothing(desk: Desk) -> None:
    application, browser = await desk.application(), await desk.browser("japan")
    async with desk.world.database.writing() as session:
        await session.execute(update(Person).values(suspended_at=desk.world.clock.now))

    answer = await desk.decide(desk.request(application), browser)

    assert answer.headers["location"].startswith("/sign-in?")
    assert await nothing_was_given(desk)


async def test_authorization_request_by_post_of_another_site_becomes_get(desk: Desk) -> None:
    application = await desk.application()
    query = urlsplit(desk.request(application)).query

    turned = await desk.post("/oauth/authorize", query.encode(), NOBODY, sec_fetch_site="cross-site")

    assert (turned.status_code, turned.headers["location"]) == (303, f"/oauth/authorize?{query}")


async def test_codes_in_the_name_of_a_person_are_limited(desk: Desk) -> None:
    application, browser, other = await desk.application(), await desk.browser("japan"), await desk.browser("canada")
    key = allowance_key("codes", browser.person_id, CODES_PER_PERSON)
    async with desk.world.database.writing() as session:
        for _ in range(CODES_PER_PERSON - 1):
            await note_failure(session, [key], desk.world.clock.now)

    shown = await desk.get(desk.request(application), browser)
    answers = [await desk.decide(desk.request(application), each) for each in (browser, browser, other)]

    assert (shown.status_code, [answer.status_code for answer in answers]) == (200, [302, 429, 302])
    assert answers[1].headers["retry-after"] == "60"
    assert "asked for access in your name too often" in answers[1].text
    assert await desk.count(AuthorizationCode) == 2
