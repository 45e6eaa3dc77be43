"""A new password by letter: the same answer whoever asks, a link that works once, and every session ended."""

import asyncio
import re
from datetime import timedelta

import pytest
from sqlalchemy import select, update

from server.identity.resets import LETTER_EVERY
from server.models.identity import PasswordReset
from server.models.outbox import Letter
from server.models.parties import Person
from tests.factories.world import World
from tests.pages.browser import Browser, give_authenticator, sessions_of, words_of

NEW = "eight louder islands"


async def letters(world: World) -> list[tuple[str, str]]:
    """(address, text) of every letter."""
    async with world.database.reading() as connection:
        rows = await connection.execute(select(Letter.address, Letter.text).order_by(Letter.id))
        return [(row.address, row.text) for row in rows]


async def link_to(world: World, browser: Browser, person: str) -> str:
    """The path of the link in the letter that a person asks for."""
    await browser.post("/sign-in/forgotten", email=f"{person}@example.org")
    address, text = (await letters(world))[-1]
    assert address == f"{person}@example.org"
    found = re.search(r"https://intersession\.example(/sign-in/reset\?secret=[\w-]{43})", text)
    assert found
    return found[1]


def secret_in(link: str) -> str:
    """The secret that a link carries."""
    return link.partition("secret=")[2]


async def test_letter_goes_to_who_is_known_and_the_answer_is_the_same(world: World, browser: Browser) -> None:
    async with world.database.writing() as session:
        one = update(Person).where(Person.id == world.persons["canada"])
        await session.execute(one.values(suspended_at=world.clock.now))

    answers = [
        await browser.post("/sign-in/forgotten", email=email)
        for email in ("japan@example.org", "nobody@example.org", "canada@example.org", "", "not an address")
    ]

    said = {(answer.status_code, answer.headers["location"], answer.text) for answer in answers}
    assert said == {(303, "/sign-in/forgotten?sent=", "")}
    assert [address for address, _ in await letters(world)] == ["japan@example.org"]
    assert "If this address is known here" in words_of(await browser.get("/sign-in/forgotten?sent="))


async def test_letter_is_in_the_language_of_its_reader_not_of_the_browser(world: World, browser: Browser) -> None:
    async with world.database.writing() as session:
        await session.execute(update(Person).where(Person.id == world.persons["japan"]).values(language="FRENCH"))

    for person, language in (("japan", "en"), ("canada", "fr")):
        browser.client.headers["accept-language"] = language
        await browser.post("/sign-in/forgotten", email=f"{person}@example.org")

    async with world.database.reading() as connection:
        rows = await connection.execute(select(Letter.address, Letter.subject).order_by(Letter.id))
        subjects = {row.address: row.subject for row in rows}
    assert subjects == {
        "japan@example.org": "Un nouveau mot de passe pour Intersession",
        "canada@example.org": "A new password for Intersession",
    }


async def test_reset_sets_the_password_and_signs_out_everywhere(world: World, browser: Browser) -> None:
    await browser.sign_in("japan")
    other = Browser(world)
    link = await link_to(world, other, "japan")
    assert "japan@example.org" in words_of(await other.get(link))

    done = await other.post("/sign-in/reset", {"secret": secret_in(link), "new-password": NEW})

    assert (done.status_code, done.headers["location"]) == (303, "/sign-in?chosen=")
    assert [ended for _, _, ended in await sessions_of(world, "japan")] == [world.clock.now]
    assert not await browser.is_signed_in()
    assert not await other.is_signed_in()
    assert (await browser.sign_in("japan")).status_code == 400
    assert (await browser.sign_in("japan", NEW)).status_code == 303


async def test_reset_gives_a_first_password_too(world: World, browser: Browser) -> None:
    link = await link_to(world, browser, "upu")

    await browser.post("/sign-in/reset", {"secret": secret_in(link), "new-password": NEW})

    assert (await browser.sign_in("upu", NEW)).headers["location"] == "/"


async def test_reset_leaves_the_second_factor_in_force(world: World, browser: Browser) -> None:
    await give_authenticator(world, "japan")
    link = await link_to(world, browser, "japan")

    await browser.post("/sign-in/reset", {"secret": secret_in(link), "new-password": NEW})

    assert (await browser.sign_in("japan", NEW)).headers["location"].startswith("/sign-in/factor?")


async def test_bad_password_is_refused_in_words_and_leaves_the_link_good(world: World, browser: Browser) -> None:
    secret = secret_in(await link_to(world, browser, "japan"))

    answer = await browser.post("/sign-in/reset", {"secret": secret, "new-password": "short"})

    assert answer.status_code == 400
    assert "at least 12 characters" in words_of(answer)
    assert 'aria-describedby="new-password-hint new-password-fault"' in answer.text
    assert (await browser.post("/sign-in/reset", {"secret": secret, "new-password": NEW})).status_code == 303


async def test_link_works_once_for_half_an_hour(world: World, browser: Browser) -> None:
    late = await link_to(world, browser, "japan")
    used = await link_to(world, browser, "secretariat")
    await browser.post("/sign-in/reset", {"secret": secret_in(used), "new-password": NEW})

    again = await browser.post("/sign-in/reset", {"secret": secret_in(used), "new-password": NEW})
    world.clock.move(minutes=30)
    too_late = await browser.get(late)
    unknown = await browser.get("/sign-in/reset?secret=unknown")

    assert {answer.status_code for answer in (again, too_late, unknown)} == {404}
    assert 'href="/sign-in/forgotten"' in unknown.text
    assert len({answer.text for answer in (again, too_late, unknown)}) == 1


async def test_letter_that_comes_later_leaves_the_first_good_until_one_is_used(world: World, browser: Browser) -> None:
    first = await link_to(world, browser, "japan")
    world.clock.now += LETTER_EVERY
    second = await link_to(world, browser, "japan")
    both = [(await browser.get(link)).status_code for link in (first, second)]

    used = await browser.post("/sign-in/reset", {"secret": secret_in(first), "new-password": NEW})

    assert (first != second, both, used.status_code) == (True, [200, 200], 303)
    assert (await browser.get(second)).status_code == 404


async def test_secret_is_kept_as_a_digest(world: World, browser: Browser) -> None:
    secret = secret_in(await link_to(world, browser, "japan"))

    async with world.database.reading() as connection:
        row = (await connection.execute(select(PasswordReset.secret_digest, PasswordReset.expires_at))).one()
    assert secret != row.secret_digest
    assert (len(row.secret_digest), row.expires_at) == (64, world.clock.now + timedelta(minutes=30))


async def test_sixty_requests_from_everywhere_send_one_letter_that_stays_good(world: World, browser: Browser) -> None:
    askers = [Browser(world, address=f"198.51.100.{number}") for number in range(12)]
    link = await link_to(world, browser, "japan")

    answers = [await askers[number % 12].post("/sign-in/forgotten", email="japan@example.org") for number in range(60)]

    assert {answer.status_code for answer in answers} == {303}
    assert len(await letters(world)) == 1
    done = await browser.post("/sign-in/reset", {"secret": secret_in(link), "new-password": NEW})
    assert done.status_code == 303


@pytest.mark.own_sql
async def test_requests_at_the_same_time_send_one_letter(world: World, browser: Browser) -> None:
    await asyncio.gather(*(browser.post("/sign-in/forgotten", email="japan@example.org") for _ in range(10)))

    assert len(await letters(world)) == 1


async def test_letters_for_many_people_are_limited_for_one_address(browser: Browser) -> None:
    answers = [await browser.post("/sign-in/forgotten", email=f"{number}@example.org") for number in range(31)]

    assert [answer.status_code for answer in answers] == [303] * 30 + [429]


async def test_blocked_person_gets_in_by_letter(world: World, browser: Browser) -> None:
    for _ in range(6):
        await browser.sign_in("japan", "not my password")
    link = await link_to(world, browser, "japan")

    await browser.post("/sign-in/reset", {"secret": secret_in(link), "new-password": NEW})

    assert (await browser.sign_in("japan", NEW)).status_code == 303


@pytest.mark.parametrize("wrong", ["not my password", ""])
async def test_change_of_password_asks_the_present_one(world: World, browser: Browser, wrong: str) -> None:
    await browser.sign_in("japan")

    answer = await browser.post("/account/password", {"password": wrong, "new-password": NEW})

    assert (answer.status_code, 'href="#password"' in answer.text) == (400, True)
    assert (await Browser(world).sign_in("japan", NEW)).status_code == 400


async def test_change_of_password_signs_out_everywhere_else(world: World, browser: Browser) -> None:
    other = Browser(world)
    await other.sign_in("japan")
    await browser.sign_in("japan")
    before = browser.cookie

    answer = await browser.post("/account/password", {"password": "seven quiet harbours", "new-password": NEW})

    assert answer.headers["location"] == "/account?done=password"
    assert browser.cookie != before
    assert "Your password is changed" in words_of(await browser.get("/account?done=password"))
    assert not await other.is_signed_in()
    assert (await other.sign_in("japan", NEW)).status_code == 303
