"""A stranger who guesses keeps nobody out: known browsers, passkeys, letters and recovery codes get through."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from server.identity.authenticators import renew_recovery_codes
from server.identity.cookie import KNOWN_COOKIE
from server.identity.guesses import ACCOUNT_LIMIT, ADDRESS_LIMIT, guess_keys, note_failure
from server.identity.known_browsers import KNOWN_FOR
from server.identity.secrets import digest_of
from server.identity.sessions import end_sessions
from server.models.identity import KnownBrowser
from tests.factories.world import World
from tests.pages.browser import ORIGIN, PASSWORD, Browser, give_authenticator, words_of
from tests.pages.device import Device
from tests.pages.test_passkeys import add, use
from tests.pages.test_resets import NEW, letters, link_to, secret_in

WRONG = "another good password"


def secret_of(browser: Browser) -> str:
    """Return the secret by which a browser is known, "" without one."""
    return browser.client.cookies.get(KNOWN_COOKIE) or ""


def plant(browser: Browser, secret: str) -> None:
    """Put a secret by which browsers are known into a browser."""
    browser.client.cookies.set(KNOWN_COOKIE, secret, domain="intersession.example", path="/")


async def known(world: World) -> list[tuple[str, str]]:
    """Return (digest, person) of every known browser."""
    async with world.database.reading() as connection:
        rows = await connection.execute(select(KnownBrowser.secret_digest, KnownBrowser.person_id))
        return sorted((row.secret_digest, row.person_id) for row in rows)


async def guess_from_everywhere(world: World, person: str) -> list[int]:
    """Guess 52 passwords of a person from 12 addresses, and return the last two answers."""
    guessers = [Browser(world, address=f"198.51.100.{number}") for number in range(12)]
    return [(await guessers[number % 12].sign_in(person, WRONG)).status_code for number in range(52)][-2:]


async def block_account(world: World, person: str) -> None:
    """Count as many wrong passwords of a person as strangers need to block the account."""
    keys = guess_keys("sign-in", account=f"{person}@example.org")
    async with world.database.writing() as session:
        for _ in range(ACCOUNT_LIMIT):
            await note_failure(session, keys, world.clock.now)


async def block_address(world: World, address: str) -> None:
    """Count as many wrong passwords, of whichever accounts, as block an address."""
    keys = guess_keys("sign-in", address=address)
    async with world.database.writing() as session:
        for _ in range(ADDRESS_LIMIT):
            await note_failure(session, keys, world.clock.now)


@pytest.mark.own_sql
async def test_known_browser_gets_in_although_strangers_are_guessing(world: World, browser: Browser) -> None:
    await browser.sign_in("secretariat")
    await browser.post("/sign-out")

    assert await guess_from_everywhere(world, "secretariat") == [429, 429]

    assert (await Browser(world, address="203.0.113.1").sign_in("secretariat")).status_code == 429
    assert (await browser.sign_in("secretariat")).headers["location"] == "/"


async def test_sign_in_with_a_known_browser_leaves_strangers_blocked(world: World, browser: Browser) -> None:
    await browser.sign_in("secretariat")
    await block_account(world, "secretariat")

    await browser.sign_in("secretariat")

    assert (await Browser(world, address="203.0.113.1").sign_in("secretariat")).status_code == 429


async def test_known_browser_may_guess_five_times_and_blocks_only_itself(world: World, browser: Browser) -> None:
    await browser.sign_in("japan")

    tried = [await browser.sign_in("japan", WRONG) for _ in range(5)]
    blocked = await browser.sign_in("japan")

    assert ([answer.status_code for answer in tried], blocked.status_code) == ([400] * 5, 429)
    assert (await Browser(world).sign_in("japan")).status_code == 303
    world.clock.move(minutes=1)
    assert (await browser.sign_in("japan")).status_code == 303


async def test_browser_is_known_for_its_own_people_only(world: World, browser: Browser) -> None:
    await browser.sign_in("japan")
    await block_account(world, "secretariat")

    assert (await browser.sign_in("secretariat")).status_code == 429
    assert (await browser.sign_in("japan")).status_code == 303


async def test_browser_that_two_share_is_known_for_both(world: World, browser: Browser) -> None:
    await browser.sign_in("japan")
    await browser.sign_in("secretariat")

    digest = digest_of(secret_of(browser))
    assert await known(world) == sorted((digest, world.persons[person]) for person in ("japan", "secretariat"))


async def test_known_browser_gets_in_at_an_address_that_is_blocked(world: World, browser: Browser) -> None:
    await browser.sign_in("japan")
    await block_address(world, "192.0.2.1")

    assert (await Browser(world).sign_in("japan")).status_code == 429
    assert (await browser.sign_in("japan")).status_code == 303


async def test_passkey_gets_in_at_an_address_that_is_blocked(world: World, browser: Browser) -> None:
    device, elsewhere = Device(ORIGIN, "intersession.example"), Browser(world)
    await browser.sign_in("japan")
    await add(browser, device)
    await block_address(world, "192.0.2.1")
    for _ in range(31):
        assert (await elsewhere.post("/sign-in/passkey", credential="{}")).status_code == 400

    assert (await use(elsewhere, device)).status_code == 303


async def test_letter_gets_a_person_in_while_strangers_go_on_guessing(world: World, browser: Browser) -> None:
    await block_account(world, "japan")
    link = await link_to(world, browser, "japan")
    await browser.post("/sign-in/reset", {"secret": secret_in(link), "new-password": NEW})
    await block_account(world, "japan")

    assert (await browser.sign_in("japan", NEW)).status_code == 303


async def test_block_says_what_still_lets_a_person_in(world: World, browser: Browser) -> None:
    await block_address(world, "192.0.2.1")

    page = await browser.sign_in("japan")

    assert "A browser in which you have signed in before, or a passkey, lets you in all the same." in words_of(page)
    assert 'href="/sign-in/forgotten"' in page.text


async def test_letter_is_sent_to_a_known_browser_at_an_address_that_is_blocked(world: World, browser: Browser) -> None:
    await browser.sign_in("japan")
    for number in range(31):
        last = await Browser(world).post("/sign-in/forgotten", email=f"nobody{number}@example.org")

    answer = await browser.post("/sign-in/forgotten", email="japan@example.org")

    assert (last.status_code, answer.status_code) == (429, 303)
    assert [address for address, _ in await letters(world)] == ["japan@example.org"]


async def test_code_of_a_known_browser_is_taken_although_a_stranger_guesses_codes(
    world: World, browser: Browser
) -> None:
    await browser.sign_in("japan")
    codes = await give_authenticator(world, "japan")
    stranger = Browser(world, address="198.51.100.1")
    await stranger.sign_in("japan")
    tried = [(await stranger.post("/sign-in/factor", code="000000")).status_code for _ in range(6)]
    await browser.sign_in("japan")

    answer = await browser.post("/sign-in/factor", code=codes.at(world.clock.now))

    assert (tried, answer.headers["location"]) == ([400] * 5 + [429], "/")


async def test_codes_are_guessed_five_times_only_in_a_known_browser_too(world: World, browser: Browser) -> None:
    await browser.sign_in("japan")
    codes = await give_authenticator(world, "japan")
    await browser.sign_in("japan")

    tried = [(await browser.post("/sign-in/factor", code="000000")).status_code for _ in range(6)]

    assert tried == [400] * 5 + [429]
    assert (await browser.post("/sign-in/factor", code=codes.at(world.clock.now))).status_code == 429


async def test_recovery_code_is_taken_although_codes_are_blocked(world: World, browser: Browser) -> None:
    await give_authenticator(world, "japan")
    async with world.database.writing() as session:
        recovery, *_ = await renew_recovery_codes(session, world.persons["japan"])
    await browser.sign_in("japan")
    for _ in range(6):
        await browser.post("/sign-in/factor", code="000 000")

    assert (await browser.post("/sign-in/factor", code="not a code at all")).status_code == 400
    assert (await browser.post("/sign-in/factor", code=recovery)).status_code == 303


async def test_browser_that_awaits_the_factor_is_not_known_yet(world: World, browser: Browser) -> None:
    codes = await give_authenticator(world, "japan")

    await browser.sign_in("japan")
    before = await known(world)
    await browser.post("/sign-in/factor", code=codes.at(world.clock.now))

    assert (before, await known(world)) == ([], [(digest_of(secret_of(browser)), world.persons["japan"])])


async def test_cookie_of_a_known_browser_is_hidden_lasting_and_kept_as_a_digest(world: World, browser: Browser) -> None:
    answer = await browser.sign_in("japan")

    cookie = next(each for each in answer.headers.get_list("set-cookie") if each.startswith(f"{KNOWN_COOKIE}="))
    attributes = {part.strip().casefold() for part in cookie.split(";")[1:]}
    assert attributes == {"path=/", "secure", "httponly", "samesite=strict", "max-age=7776000"}
    assert await known(world) == [(digest_of(secret_of(browser)), world.persons["japan"])]
    assert len(secret_of(browser)) == 43


async def test_secret_of_a_known_browser_that_was_planted_is_worth_nothing_after(
    world: World, browser: Browser
) -> None:
    thief = Browser(world, address="198.51.100.1")
    await thief.sign_in("secretariat")
    planted = secret_of(thief)
    plant(browser, planted)
    await browser.sign_in("japan")
    await block_account(world, "japan")

    plant(thief, planted)

    assert secret_of(browser) != planted
    assert (await thief.sign_in("japan")).status_code == 429


@pytest.mark.parametrize(("days", "status"), [(-1, 303), (0, 429)])
async def test_browser_is_known_for_ninety_days_after_the_last_sign_in(
    world: World, browser: Browser, days: int, status: int
) -> None:
    await browser.sign_in("japan")
    world.clock.now += KNOWN_FOR + timedelta(days=days)
    await block_account(world, "japan")

    assert (await browser.sign_in("japan")).status_code == status


async def test_new_password_makes_every_other_browser_unknown(world: World, browser: Browser) -> None:
    other = Browser(world)
    await other.sign_in("japan")
    await browser.sign_in("japan")

    await browser.post("/account/password", {"password": PASSWORD, "new-password": NEW})

    assert await known(world) == [(digest_of(secret_of(browser)), world.persons["japan"])]


@pytest.mark.parametrize("path", ["/account/browsers/end", "/account/browsers/end-others"])
async def test_signing_others_out_makes_every_other_browser_unknown(world: World, browser: Browser, path: str) -> None:
    other = Browser(world)
    await other.sign_in("japan")
    await other.sign_in("secretariat")
    await browser.sign_in("japan")

    await browser.post(path)

    mine, theirs = digest_of(secret_of(browser)), digest_of(secret_of(other))
    assert await known(world) == sorted([(mine, world.persons["japan"]), (theirs, world.persons["secretariat"])])


async def test_signing_a_person_out_everywhere_makes_every_browser_unknown(world: World, browser: Browser) -> None:
    await browser.sign_in("japan")
    async with world.database.writing() as session:
        await end_sessions(session, world.persons["japan"], world.clock.now, because="signed out by an officer")

    assert await known(world) == []


async def test_browsers_that_are_known_no_longer_are_dropped(world: World, browser: Browser) -> None:
    await browser.sign_in("japan")
    world.clock.now += KNOWN_FOR

    await Browser(world).sign_in("secretariat")

    async with world.database.reading() as connection:
        assert await connection.scalar(select(func.count()).select_from(KnownBrowser)) == 1
