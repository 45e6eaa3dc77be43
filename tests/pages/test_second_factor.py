"""Setting a second factor up, on the way in where it is demanded and on the account page."""

import re
from collections.abc import Callable

import pyotp
import pytest

from server.identity.authenticators import remove_authenticator
from server.identity.settings import SecondFactor
from tests.factories.world import World
from tests.pages.browser import PASSWORD, Browser, give_authenticator, sessions_of, words_of


def key_in(page: str) -> str:
    """The key that a page shows."""
    found = re.search(r'<code class="key">([A-Z2-7 ]+)</code>', page)
    assert found
    return found[1].replace(" ", "")


def codes_in(page: str) -> list[str]:
    """The recovery codes that a page shows."""
    return re.findall(r"<li><code>([0-9a-z-]+)</code></li>", page)


async def test_secretariat_sets_a_second_factor_up_before_anything_else(world: World, browser: Browser) -> None:
    strict = Browser(world, second_factor=SecondFactor.SECRETARIAT)

    first = await strict.sign_in("secretariat", **{"continue": "/account/factor"})
    assert first.headers["location"] == "/sign-in/factor/new?continue=%2Faccount%2Ffactor"
    assert not await strict.is_signed_in()
    shown = await strict.get(first.headers["location"])
    assert 'src="data:image/png;base64,' in shown.text
    again = await strict.get(first.headers["location"])
    assert key_in(again.text) == key_in(shown.text)
    code = pyotp.TOTP(key_in(shown.text)).at(world.clock.now)
    done = await strict.post("/sign-in/factor/new", {"code": code, "continue": "/account/factor"})

    assert done.status_code == 200
    assert len(codes_in(done.text)) == 10
    assert 'href="/account/factor"' in done.text
    assert await strict.is_signed_in()
    assert await sessions_of(world, "secretariat") == [
        (["pwd"], True, world.clock.now),
        (["pwd", "otp"], False, None),
    ]


async def test_secretariat_with_a_wrong_first_code_stays_out(world: World, browser: Browser) -> None:
    strict = Browser(world, second_factor=SecondFactor.SECRETARIAT)
    await strict.sign_in("secretariat")

    answer = await strict.post("/sign-in/factor/new", code="000000")

    assert (answer.status_code, 'href="#code"' in answer.text) == (400, True)
    assert not await strict.is_signed_in()


async def test_member_needs_no_second_factor_where_only_the_secretariat_does(world: World, browser: Browser) -> None:
    strict = Browser(world, second_factor=SecondFactor.SECRETARIAT)

    assert (await strict.sign_in("japan")).headers["location"] == "/"
    everyone = Browser(world, second_factor=SecondFactor.EVERYONE)
    assert (await everyone.sign_in("japan")).headers["location"].startswith("/sign-in/factor/new")


@pytest.mark.parametrize("send", [Browser.get, lambda browser, path: browser.post(path, code="000000")])
async def test_password_alone_never_replaces_a_second_factor(
    world: World, browser: Browser, send: Callable[[Browser, str], object]
) -> None:
    await give_authenticator(world, "japan")
    await browser.sign_in("japan")

    answer = await send(browser, "/sign-in/factor/new")  # type: ignore[misc]

    assert answer.headers["location"].startswith("/sign-in/factor?")


async def test_setting_up_on_the_account_page_needs_password_and_code(world: World, browser: Browser) -> None:
    await browser.sign_in("japan")
    assert (await browser.post("/account/factor")).headers["location"] == "/account/factor/new"
    key = key_in((await browser.get("/account/factor/new")).text)
    code = pyotp.TOTP(key).at(world.clock.now)

    wrong_word = await browser.post("/account/factor/new", password="not my password", code=code)
    wrong_code = await browser.post("/account/factor/new", password=PASSWORD, code="000000")
    done = await browser.post("/account/factor/new", password=PASSWORD, code=code)

    assert ('href="#password"' in wrong_word.text, 'href="#code"' in wrong_code.text) == (True, True)
    assert (wrong_word.status_code, wrong_code.status_code, done.status_code) == (400, 400, 200)
    assert len(codes_in(done.text)) == 10
    assert (await Browser(world).sign_in("japan")).headers["location"].startswith("/sign-in/factor?")


async def test_recovery_code_stands_in_once(world: World, browser: Browser) -> None:
    await browser.sign_in("japan")
    await browser.post("/account/factor")
    key = key_in((await browser.get("/account/factor/new")).text)
    code = pyotp.TOTP(key).at(world.clock.now)
    codes = codes_in((await browser.post("/account/factor/new", password=PASSWORD, code=code)).text)

    first, second = Browser(world), Browser(world)
    for other in (first, second):
        await other.sign_in("japan")
        await other.post("/sign-in/factor", code=codes[0])

    assert (await first.is_signed_in(), await second.is_signed_in()) == (True, False)
    assert "You have 9 recovery codes left." in words_of(await browser.get("/account/factor"))
    renewed = await browser.post("/account/recovery-codes", password=PASSWORD)
    assert "Your new codes; the old ones no longer work" in words_of(renewed)
    assert set(codes_in(renewed.text)) & set(codes) == set()
    assert (await second.post("/sign-in/factor", code=codes[1])).status_code == 400


async def test_removing_needs_the_password_and_takes_the_codes_along(world: World, browser: Browser) -> None:
    codes = await give_authenticator(world, "japan")
    await browser.sign_in("japan")
    await browser.post("/sign-in/factor", code=codes.at(world.clock.now))
    await browser.post("/account/recovery-codes", password=PASSWORD)

    assert (await browser.post("/account/factor/remove", password="not my password")).status_code == 400
    removed = await browser.post("/account/factor/remove", password=PASSWORD)

    assert removed.headers["location"] == "/account?done=factor-removed"
    assert (await browser.get("/account/recovery-codes")).status_code == 404
    assert (await Browser(world).sign_in("japan")).headers["location"] == "/"


async def test_demanded_factor_that_is_the_last_stays(world: World, browser: Browser) -> None:
    strict = Browser(world, second_factor=SecondFactor.EVERYONE)
    codes = await give_authenticator(world, "japan")
    await strict.sign_in("japan")
    await strict.post("/sign-in/factor", code=codes.at(world.clock.now))

    shown = await strict.get("/account/factor")
    refused = [
        await strict.get("/account/factor/remove"),
        await strict.post("/account/factor/remove", password=PASSWORD),
    ]

    assert "This server asks for more than a password." in words_of(shown)
    assert "/account/factor/remove" not in shown.text
    assert [answer.status_code for answer in refused] == [409, 409]
    assert (await Browser(world).sign_in("japan")).headers["location"].startswith("/sign-in/factor?")


async def test_sign_in_leads_on_where_only_the_factor_is_missing(world: World, browser: Browser) -> None:
    await give_authenticator(world, "japan")
    await browser.sign_in("japan")
    strict = Browser(world, second_factor=SecondFactor.SECRETARIAT)
    await strict.sign_in("secretariat")

    led = [await one.get("/sign-in?continue=%2Faccount%2Fpassword") for one in (browser, strict)]

    assert [answer.headers["location"] for answer in led] == [
        "/sign-in/factor?continue=%2Faccount%2Fpassword",
        "/sign-in/factor/new?continue=%2Faccount%2Fpassword",
    ]
    assert "ask the Secretariat" in words_of(await browser.get("/sign-in/factor"))


async def test_factor_removed_elsewhere_leaves_the_form_to_sign_in(world: World, browser: Browser) -> None:
    await give_authenticator(world, "japan")
    await browser.sign_in("japan")
    async with world.database.writing() as session:
        await remove_authenticator(session, world.persons["japan"])

    assert (await browser.get("/sign-in")).status_code == 200


async def test_present_password_is_guessed_five_times_only(world: World, browser: Browser) -> None:
    await give_authenticator(world, "secretariat")
    await browser.sign_in("japan")

    tried = [await browser.post("/account/factor/remove", password="not my password") for _ in range(6)]

    assert [answer.status_code for answer in tried] == [400] * 5 + [429]
    assert (await browser.post("/account/factor/remove", password=PASSWORD)).status_code == 429
