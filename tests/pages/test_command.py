"""The password from a shell, and the one of the demonstration."""

import asyncio
import re

import pytest
from click.testing import Result
from typer.testing import CliRunner

from server.cli import app
from server.identity.identities import person_of
from server.identity.tokens import Caller
from server.models.parties import Person
from server.tools.demonstration.entrance import give_password, readable_password
from tests.factories.refusing import check_nothing_written, watching
from tests.factories.world import NOW, World
from tests.pages.browser import Browser, give_authenticator

NEW = "eight louder islands"
PROVIDER = "https://provider.example"


@pytest.fixture(autouse=True)
def settings(database_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The database of the world is the one of the command."""
    monkeypatch.setenv("INTERSESSION_DATABASE", database_url)


async def run(*words: str, typed: str = "") -> Result:
    """Run a command, in a thread of its own: it begins an event loop."""
    with watching() as committed:
        ended = await asyncio.to_thread(CliRunner().invoke, app, [*words], input=typed)
        if ended.exit_code:
            check_nothing_written(committed, ended.output)
    return ended


async def test_password_from_a_pipe_is_set_and_signs_out_everywhere(world: World, browser: Browser) -> None:
    await browser.sign_in("japan")

    ended = await run("password", "Japan@example.org", typed=f"{NEW}\n")

    assert (ended.exit_code, NEW in ended.output) == (0, False)
    assert not await browser.is_signed_in()
    assert (await browser.sign_in("japan", NEW)).headers["location"] == "/"


async def test_password_keeps_the_second_factor_unless_told_otherwise(world: World, browser: Browser) -> None:
    await give_authenticator(world, "japan")

    await run("password", "japan@example.org", typed=f"{NEW}\n")
    assert (await browser.sign_in("japan", NEW)).headers["location"].startswith("/sign-in/factor?")
    await run("password", "japan@example.org", "--without-factors", typed=f"{NEW}\n")

    assert (await browser.sign_in("japan", NEW)).headers["location"] == "/"


@pytest.mark.parametrize(("email", "typed"), [("japan@example.org", "short\n"), ("nobody@example.org", f"{NEW}\n")])
async def test_password_that_cannot_be_set_is_refused_in_words(
    world: World, browser: Browser, email: str, typed: str
) -> None:
    ended = await run("password", email, typed=typed)

    assert ended.exit_code == 2
    assert (await browser.sign_in("japan")).status_code == 303


async def test_password_of_nobody_is_refused_before_one_is_asked_for(world: World) -> None:
    ended = await run("password", "nobody@example.org", typed="short\n")

    assert ended.exit_code == 2
    assert "There is no person with the e-mail nobody@example.org." in ended.output
    assert "characters" not in ended.output


async def test_password_of_nothing_is_only_too_short(world: World) -> None:
    ended = await run("password", "japan@example.org", typed="\n")

    assert ended.exit_code == 2
    assert "Use at least 12 characters." in ended.output
    assert "first that are tried" not in " ".join(ended.output.split())


async def test_link_says_who_a_subject_is_and_does_not_change_its_mind(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("INTERSESSION_OIDC_ISSUER", PROVIDER)
    monkeypatch.setenv("INTERSESSION_OIDC_CLIENT_ID", "intersession")
    known = Caller(PROVIDER, "subject-7", frozenset(), NOW)

    nobody = await run("link", "nobody@example.org", "subject-7")
    linked = await run("link", "Japan@example.org", "subject-7")
    again = await run("link", "canada@example.org", "subject-7")
    async with world.database.reading() as connection:
        found = await person_of(connection, known, own_issuer="http://127.0.0.1:8000")

    assert (nobody.exit_code, linked.exit_code, again.exit_code) == (2, 0, 2)
    assert "does not become another person" in " ".join(again.output.split())
    assert found == world.persons["japan"]


async def test_link_without_an_external_provider_is_refused(world: World) -> None:
    assert (await run("link", "japan@example.org", "subject-7")).exit_code == 2


async def test_people_of_the_demonstration_share_a_password_that_is_new_each_time(world: World) -> None:
    await world.add(Person(name="Officer", email="officer@wco.example"))
    browser = Browser(world)

    first = await give_password(world.database, world.clock.now)
    second = await give_password(world.database, world.clock.now)

    assert first != second
    assert (await browser.post("/sign-in", email="officer@wco.example", password=first)).status_code == 400
    assert (await browser.post("/sign-in", email="officer@wco.example", password=second)).status_code == 303
    assert (await browser.sign_in("upu", second)).status_code == 400


@pytest.mark.parametrize(("production", "is_told"), [("false", True), ("true", False)])
async def test_demonstration_tells_its_password_except_in_production(
    world: World, monkeypatch: pytest.MonkeyPatch, production: str, is_told: bool
) -> None:
    await world.add(Person(name="Officer", email="officer@wco.example"))
    monkeypatch.setenv("INTERSESSION_PRODUCTION", production)

    ended = await run("demonstration")

    found = re.search(r"/sign-in   password: (\S+)", ended.output)
    assert (ended.exit_code, found is not None) == (0, is_told)


def test_readable_password_is_four_words_and_differs() -> None:
    made = {readable_password() for _ in range(50)}

    assert len(made) == 50
    assert [password for password in made if not re.fullmatch(r"([a-z]{4}-){3}[a-z]{4}", password)] == []
