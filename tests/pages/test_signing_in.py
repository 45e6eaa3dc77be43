"""Signing in by password and by code, and signing out."""

from datetime import timedelta

import pytest
from argon2 import PasswordHasher
from sqlalchemy import func, select, update
from starlette.requests import Request

from server.identity.cookie import SESSION_COOKIE
from server.identity.origin import address_of
from server.identity.passwords import HASHER
from server.models.identity import BrowserSession, Guesses, Password
from server.models.parties import Person
from tests.factories.world import World
from tests.pages.browser import (
    ORIGIN,
    PASSWORD,
    SAME_ORIGIN,
    Browser,
    give_authenticator,
    give_password,
    sessions_of,
    words_of,
)


async def count(world: World, table: type) -> int:
    """How many rows a table has."""
    async with world.database.reading() as connection:
        return (await connection.execute(select(func.count()).select_from(table))).scalar_one()


async def suspend(world: World, person: str) -> None:
    """Suspend a person by key."""
    async with world.database.writing() as session:
        one = update(Person).where(Person.id == world.persons[person])
        await session.execute(one.values(suspended_at=world.clock.now))


async def test_sign_in_gives_a_session_and_goes_to_the_account(world: World, browser: Browser) -> None:
    assert (await browser.get("/account")).headers["location"] == "/sign-in?continue=%2Faccount"

    answer = await browser.sign_in("japan")

    assert (answer.status_code, answer.headers["location"]) == (303, "/")
    assert await browser.is_signed_in()
    assert await sessions_of(world, "japan") == [(["pwd"], False, None)]


async def test_sign_in_takes_the_address_in_any_case_of_letters(browser: Browser) -> None:
    answer = await browser.post("/sign-in", email=" Japan@Example.ORG ", password=PASSWORD)

    assert answer.status_code == 303


async def test_cookie_is_bound_to_the_host_secure_and_hidden_from_scripts(browser: Browser) -> None:
    answer = await browser.sign_in("japan")

    name, *attributes = [part.strip() for part in answer.headers.get_list("set-cookie")[0].split(";")]
    assert name.startswith("__Host-intersession=")
    assert {attribute.casefold() for attribute in attributes} == {"path=/", "secure", "httponly", "samesite=lax"}


async def test_page_forbids_framing_foreign_content_and_keeping(browser: Browser) -> None:
    answer = await browser.get("/sign-in")

    policy = answer.headers["content-security-policy"].split("; ")
    assert {"default-src 'none'", "frame-ancestors 'none'", "base-uri 'none'", "form-action 'self'"} <= set(policy)
    assert (answer.headers["cache-control"], answer.headers["referrer-policy"]) == ("no-store", "same-origin")
    assert '<html lang="en" ' in answer.text


async def test_sign_in_refuses_in_the_same_words_whatever_was_wrong(world: World, browser: Browser) -> None:
    await give_password(world, "canada")
    await suspend(world, "canada")
    tried = {
        "wrong password": ("japan@example.org", "another good password"),
        "no such person": ("nobody@example.org", PASSWORD),
        "no password": ("upu@example.org", PASSWORD),
        "suspended": ("canada@example.org", PASSWORD),
        "too long": ("japan@example.org", "x" * 5000),
        "empty": ("japan@example.org", ""),
    }

    answers = {why: await browser.post("/sign-in", email=email, password=word) for why, (email, word) in tried.items()}

    shown = {answer.text.replace(tried[why][0], "EMAIL") for why, answer in answers.items()}
    assert {answer.status_code for answer in answers.values()} == {400}
    assert len(shown) == 1
    assert browser.cookie is None
    assert await count(world, BrowserSession) == 0
    page = answers["empty"].text
    assert 'role="alert"' in page
    assert 'href="#password"' in page
    assert 'aria-invalid="true"' in page
    assert "<title>Error: Sign in" in page


async def test_sign_in_checks_a_hash_even_if_there_is_none(
    world: World, browser: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    verified: list[str] = []
    verify = PasswordHasher.verify
    monkeypatch.setattr(
        PasswordHasher, "verify", lambda self, hashed, word: verified.append(hashed) or verify(self, hashed, word)
    )

    for email in ("japan@example.org", "nobody@example.org", "upu@example.org"):
        await browser.post("/sign-in", email=email, password=PASSWORD)

    assert [HASHER.check_needs_rehash(hashed) for hashed in verified] == [False] * 3


@pytest.mark.usefixtures("argon2_as_served")
async def test_sign_in_renews_a_hash_of_older_parameters(world: World, browser: Browser) -> None:
    weak = PasswordHasher(time_cost=1, memory_cost=8192, parallelism=1).hash(PASSWORD)
    await world.add(Password(person_id=world.persons["gea"], hash=weak, changed_at=world.clock.now))

    await browser.sign_in("gea")

    async with world.database.reading() as connection:
        mine = select(Password.hash).where(Password.person_id == world.persons["gea"])
        kept = (await connection.execute(mine)).scalar_one()
    assert kept.startswith("$argon2id$v=19$m=19456,t=2,p=1$")


async def test_sign_in_ends_the_session_that_was_there_before(world: World, browser: Browser) -> None:
    await browser.sign_in("japan")
    planted = browser.cookie

    await browser.sign_in("secretariat")

    assert browser.cookie not in (None, planted)
    assert await sessions_of(world, "japan") == [(["pwd"], False, world.clock.now)]
    assert await sessions_of(world, "secretariat") == [(["pwd"], False, None)]


async def test_cookie_that_was_planted_is_never_taken_over(browser: Browser) -> None:
    browser.client.cookies.set(SESSION_COOKIE, "planted", domain="intersession.example", path="/")

    answer = await browser.sign_in("japan")

    assert "planted" not in answer.headers["set-cookie"]


@pytest.mark.parametrize(
    ("place", "goes_to"),
    [
        ("/account/factor", "/account/factor"),
        ("/oauth/authorize?a=b&c=d", "/sign-in/onward?continue=%2Foauth%2Fauthorize%3Fa%3Db%26c%3Dd"),
        ("https://evil.example/", "/"),
        ("//evil.example/", "/"),
        ("/\\evil.example", "/"),
        ("/\t/evil.example", "/"),
        ("javascript:alert(1)", "/"),
        ("account", "/"),
        ("", "/"),
        ("/" + "a" * 5000, "/"),
    ],
)
async def test_sign_in_continues_on_this_site_only(browser: Browser, place: str, goes_to: str) -> None:
    answer = await browser.sign_in("japan", **{"continue": place})

    assert (answer.status_code, answer.headers["location"]) == (303, goes_to)


async def test_page_that_leads_onward_leads_to_this_site_only(browser: Browser) -> None:
    answer = await browser.get("/sign-in/onward?continue=https://evil.example/")

    assert "evil" not in answer.text


@pytest.mark.parametrize(
    "headers",
    [
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
        {"origin": "https://evil.example"},
        {"origin": "null"},
        {},
    ],
)
@pytest.mark.parametrize("path", ["/sign-in", "/sign-out", "/account/password", "/account/browsers/end-others"])
async def test_form_of_another_site_is_refused(
    world: World, browser: Browser, path: str, headers: dict[str, str]
) -> None:
    await browser.sign_in("japan")
    before = await sessions_of(world, "japan")

    answer = await browser.client.post(path, data={"email": "japan@example.org", "password": PASSWORD}, headers=headers)

    assert answer.status_code == 403
    assert "another site" in words_of(answer)
    assert await sessions_of(world, "japan") == before


async def test_form_with_the_origin_of_this_site_is_taken(browser: Browser) -> None:
    fields = {"email": "japan@example.org", "password": PASSWORD}

    answer = await browser.client.post("/sign-in", data=fields, headers={"origin": ORIGIN})

    assert answer.status_code == 303


@pytest.mark.parametrize(
    ("body", "media_type", "status"),
    [
        (b"x" * 20_001, "application/x-www-form-urlencoded", 413),
        (b"{}", "application/json", 400),
        (b"email=%ff&password=x", "application/x-www-form-urlencoded", 400),
        (b"email=%00&password=x", "application/x-www-form-urlencoded", 400),
        (b"email=\xff", "application/x-www-form-urlencoded", 400),
        (b"&".join([b"a=b"] * 100), "application/x-www-form-urlencoded", 400),
        (b"", "multipart/form-data; boundary=x", 400),
    ],
)
async def test_form_that_cannot_be_read_is_answered_in_words(
    world: World, browser: Browser, body: bytes, media_type: str, status: int
) -> None:
    headers = SAME_ORIGIN | {"content-type": media_type}

    answer = await browser.client.post("/sign-in", content=body, headers=headers)

    assert answer.status_code == status
    assert "</html>" in answer.text
    assert await count(world, Guesses) == 0


async def test_sixth_guess_is_not_looked_at_even_if_it_is_right(world: World, browser: Browser) -> None:
    for _ in range(5):
        assert (await browser.sign_in("japan", "another good password")).status_code == 400

    blocked = await browser.sign_in("japan")

    assert (blocked.status_code, blocked.headers["retry-after"]) == (429, "60")
    assert "Try again in a minute" in words_of(blocked)
    assert await count(world, BrowserSession) == 0
    world.clock.move(seconds=60)
    assert (await browser.sign_in("japan")).status_code == 303


async def test_block_is_the_same_for_an_address_that_is_not_known(browser: Browser) -> None:
    answers = [await browser.post("/sign-in", email="nobody@example.org", password="x") for _ in range(6)]

    assert [answer.status_code for answer in answers] == [400] * 5 + [429]


async def test_blocked_person_can_sign_in_from_elsewhere(world: World, browser: Browser) -> None:
    for _ in range(6):
        await browser.sign_in("japan", "another good password")

    answer = await Browser(world, address="192.0.2.9").sign_in("japan")

    assert answer.status_code == 303


async def test_addresses_of_one_network_are_counted_together(world: World, browser: Browser) -> None:
    tried = [
        await Browser(world, address=f"2001:db8::{number:x}").sign_in("japan", "another good password")
        for number in range(1, 7)
    ]

    assert [answer.status_code for answer in tried] == [400] * 5 + [429]
    assert (await Browser(world, address="2001:db8:0:1::1").sign_in("japan")).status_code == 303


async def test_right_sign_ins_never_block_the_address_they_share(world: World, browser: Browser) -> None:
    for _ in range(35):
        assert (await browser.sign_in("japan")).status_code == 303


async def test_second_factor_comes_between_password_and_session(world: World, browser: Browser) -> None:
    codes = await give_authenticator(world, "japan")

    first = await browser.sign_in("japan", **{"continue": "/account/factor"})
    awaiting = browser.cookie
    assert first.headers["location"] == "/sign-in/factor?continue=%2Faccount%2Ffactor"
    assert not await browser.is_signed_in()
    assert 'autocomplete="one-time-code"' in (await browser.get(first.headers["location"])).text
    wrong = await browser.post("/sign-in/factor", code="000000")
    assert (wrong.status_code, 'href="#code"' in wrong.text) == (400, True)
    second = await browser.post("/sign-in/factor", {"code": codes.at(world.clock.now), "continue": "/account/factor"})

    assert (second.status_code, second.headers["location"]) == (303, "/account/factor")
    assert browser.cookie != awaiting
    assert await browser.is_signed_in()
    assert await sessions_of(world, "japan") == [(["pwd"], True, world.clock.now), (["pwd", "otp"], False, None)]


async def test_code_is_not_taken_twice(world: World, browser: Browser) -> None:
    codes = await give_authenticator(world, "japan")
    code = codes.at(world.clock.now)
    await browser.sign_in("japan")
    assert (await browser.post("/sign-in/factor", code=code)).status_code == 303

    other = Browser(world)
    await other.sign_in("japan")
    answer = await other.post("/sign-in/factor", code=code)

    assert answer.status_code == 400
    assert not await other.is_signed_in()


async def test_codes_are_guessed_five_times_only_from_wherever(world: World, browser: Browser) -> None:
    codes = await give_authenticator(world, "japan")
    statuses = []
    for number in range(6):
        guesser = Browser(world, address=f"192.0.2.{number}")
        await guesser.sign_in("japan")
        statuses.append((await guesser.post("/sign-in/factor", code="000000")).status_code)

    assert statuses == [400] * 5 + [429]
    await browser.sign_in("japan")
    assert (await browser.post("/sign-in/factor", code=codes.at(world.clock.now))).status_code == 429


async def test_second_factor_is_awaited_for_ten_minutes(world: World, browser: Browser) -> None:
    codes = await give_authenticator(world, "japan")
    await browser.sign_in("japan")
    world.clock.move(minutes=10)

    answer = await browser.post("/sign-in/factor", code=codes.at(world.clock.now))

    assert answer.headers["location"] == "/sign-in?continue=%2F"
    assert not await browser.is_signed_in()


async def test_session_ends_when_unused_and_stays_while_used(world: World, browser: Browser) -> None:
    await browser.sign_in("japan")
    for _ in range(3):
        world.clock.move(minutes=50)
        assert await browser.is_signed_in()

    world.clock.move(minutes=60)

    assert not await browser.is_signed_in()


async def test_suspended_person_is_out_at_once(world: World, browser: Browser) -> None:
    await browser.sign_in("japan")
    await suspend(world, "japan")

    assert not await browser.is_signed_in()


async def test_sign_out_ends_the_session_and_takes_the_cookie_back(world: World, browser: Browser) -> None:
    await browser.sign_in("japan")
    secret = browser.cookie

    answer = await browser.post("/sign-out")

    assert (answer.status_code, answer.headers["location"]) == (303, "/sign-out")
    assert browser.cookie is None
    assert "You are signed out" in words_of(await browser.get("/sign-out"))
    assert [ended for _, _, ended in await sessions_of(world, "japan")] == [world.clock.now]
    browser.client.cookies.set(SESSION_COOKIE, secret or "", domain="intersession.example", path="/")
    assert not await browser.is_signed_in()


async def test_sign_out_is_never_done_by_a_link(world: World, browser: Browser) -> None:
    await browser.sign_in("japan")

    page = await browser.get("/sign-out")

    assert "You are signed in with this browser" in words_of(page)
    assert await browser.is_signed_in()


async def test_sign_in_leads_to_the_provider_where_there_is_one(world: World) -> None:
    settings = {"oidc_issuer": "https://idp.example", "oidc_client_id": "intersession"}
    browser = Browser(world, **settings)

    answer = await browser.get("/sign-in?continue=/account")

    assert (answer.status_code, answer.headers["location"]) == (303, "/sign-in/provider?continue=%2Faccount")
    assert (await browser.sign_in("japan")).headers["location"].startswith("/sign-in/provider")


async def test_session_lasts_no_longer_than_its_hours(world: World, browser: Browser) -> None:
    await browser.sign_in("japan")
    for _ in range(24):
        world.clock.now += timedelta(minutes=30)
        last = await browser.is_signed_in()

    assert last is False


@pytest.mark.parametrize(
    ("host", "counted"),
    [
        ("192.0.2.1", "192.0.2.1"),
        ("::ffff:192.0.2.1", "192.0.2.1"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("fe80::1%eth0", "fe80::/64"),
        ("testclient", "testclient"),
    ],
)
def test_address_of_a_request_is_a_household_and_an_older_address_is_itself(host: str, counted: str) -> None:
    assert address_of(Request({"type": "http", "headers": [], "client": (host, 1)})) == counted
