"""Taking up an invitation: as somebody new, as somebody who is signed in, and never by the address alone."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from server.identity.secrets import digest_of
from server.identity.settings import SecondFactor
from server.models.parties import Delegate, Invitation, Person
from tests.factories.world import NOW, World
from tests.pages.browser import PASSWORD, Browser, give_authenticator, give_password, sessions_of, words_of

SECRET = "a-secret-of-a-letter"
LINK = f"/invitation?secret={SECRET}"


async def invite(world: World, email: str = "new@example.org", **given: object) -> Invitation:
    """Let the focal point of Canada invite somebody for Canada."""
    values = {
        "party_id": world.parties["canada"],
        "name": "Newly Invited",
        "email": email,
        "starts_on": NOW.date(),
        "ends_on": None,
        "secret_digest": digest_of(SECRET),
        "invited_at": NOW,
        "invited_by_id": world.delegates["canada"],
        "expires_at": NOW + timedelta(days=14),
    }
    invitation = Invitation(**(values | given))
    await world.add(invitation)
    return invitation


async def delegates_of(world: World, email: str) -> list[str]:
    """Ids of the parties for which the person with an address is accredited."""
    accredited = select(Delegate.party_id).join(Person, Person.id == Delegate.person_id).where(Person.email == email)
    async with world.database.reading() as connection:
        return list((await connection.execute(accredited.order_by(Delegate.id))).scalars())


async def persons(world: World) -> int:
    """How many persons there are."""
    async with world.database.reading() as connection:
        return (await connection.execute(select(func.count()).select_from(Person))).scalar_one()


async def test_invitation_says_who_invites_for_whom_and_from_when(world: World, browser: Browser) -> None:
    await invite(world, is_focal_point=True, ends_on=NOW.date() + timedelta(days=30))

    said = words_of(await browser.get(LINK))

    assert "Delegate canada invites Newly Invited (new@example.org) to be a focal point of" in said
    assert "Canada Border Services Agency , from 24 September 2018 until 24 October 2018." in said


async def test_somebody_new_chooses_a_password_and_is_in(world: World, browser: Browser) -> None:
    await invite(world)

    answer = await browser.post("/invitation", {"secret": SECRET, "new-password": PASSWORD})

    assert (answer.status_code, answer.headers["location"]) == (303, "/account?done=invitation")
    said = words_of(await browser.get("/account?done=invitation"))
    assert "You have accepted the invitation." in said
    assert "Newly Invited new@example.org" in said
    assert "Canada Border Services Agency Member" in said
    assert (await Browser(world).post("/sign-in", email="new@example.org", password=PASSWORD)).status_code == 303


async def test_bad_password_of_somebody_new_changes_nothing(world: World, browser: Browser) -> None:
    await invite(world)
    before = await persons(world)

    answer = await browser.post("/invitation", {"secret": SECRET, "new-password": "short"})

    assert answer.status_code == 400
    assert await persons(world) == before
    assert (await browser.get(LINK)).status_code == 200


async def test_somebody_signed_in_accepts_with_one_button(world: World, browser: Browser) -> None:
    await invite(world, email="japan@example.org")
    await browser.sign_in("japan")
    assert "Accept as Delegate japan" in words_of(await browser.get(LINK))

    answer = await browser.post("/invitation", secret=SECRET)

    assert answer.headers["location"] == "/account?done=invitation"
    assert await delegates_of(world, "japan@example.org") == [world.parties["japan"], world.parties["canada"]]


async def test_known_address_signs_in_first_and_is_never_taken_over(world: World, browser: Browser) -> None:
    await invite(world, email="japan@example.org")
    page = await browser.get(LINK)
    assert 'name="new-password"' not in page.text

    answer = await browser.post("/invitation", {"secret": SECRET, "new-password": "a password of a thief"})

    assert answer.headers["location"] == "/sign-in?continue=%2Finvitation%3Fsecret%3Da-secret-of-a-letter"
    assert await delegates_of(world, "japan@example.org") == [world.parties["japan"]]
    back = await browser.sign_in("japan", **{"continue": LINK})
    assert back.headers["location"] == LINK


async def test_invitation_cannot_be_accepted_before_the_second_factor(world: World, browser: Browser) -> None:
    await give_authenticator(world, "japan")
    await invite(world, email="japan@example.org")
    await browser.sign_in("japan")

    answer = await browser.post("/invitation", secret=SECRET)

    assert answer.headers["location"].startswith("/sign-in?")
    assert await delegates_of(world, "japan@example.org") == [world.parties["japan"]]


@pytest.mark.parametrize("given", [{"expires_at": NOW}, {"withdrawn_at": NOW}, {"accepted_at": NOW}, None])
async def test_link_that_no_longer_works_says_so_in_the_same_words(
    world: World, browser: Browser, given: dict[str, object] | None
) -> None:
    if given:
        await invite(world, **given)
    before = await persons(world)

    shown = await browser.get(LINK)
    sent = await browser.post("/invitation", {"secret": SECRET, "new-password": PASSWORD})

    assert (shown.status_code, sent.status_code) == (404, 404)
    assert "was accepted, withdrawn or has expired, or the link is not complete." in words_of(shown)
    assert shown.text == sent.text
    assert await persons(world) == before


async def test_invitation_is_accepted_once(world: World, browser: Browser) -> None:
    await invite(world)
    await browser.post("/invitation", {"secret": SECRET, "new-password": PASSWORD})

    again = await browser.post("/invitation", secret=SECRET)

    assert again.status_code == 404


async def test_invitation_of_somebody_accredited_already_is_refused_in_words(world: World, browser: Browser) -> None:
    await invite(world, party_id=world.parties["japan"], email="japan@example.org")
    await browser.sign_in("japan")

    answer = await browser.post("/invitation", secret=SECRET)

    assert answer.status_code == 409
    assert await delegates_of(world, "japan@example.org") == [world.parties["japan"]]


async def test_new_officer_sets_a_second_factor_up_first_where_it_is_demanded(world: World, browser: Browser) -> None:
    strict = Browser(world, second_factor=SecondFactor.SECRETARIAT)
    secretariat = {"party_id": world.parties["secretariat"], "invited_by_id": world.delegates["secretariat"]}
    await invite(world, **secretariat)

    answer = await strict.post("/invitation", {"secret": SECRET, "new-password": PASSWORD})

    assert answer.headers["location"].startswith("/sign-in/factor/new?")
    assert not await strict.is_signed_in()
    assert await delegates_of(world, "new@example.org") == [world.parties["secretariat"]]


async def test_somebody_new_signs_in_at_the_provider_where_there_is_one(world: World) -> None:
    await invite(world)
    browser = Browser(world, oidc_issuer="https://idp.example", oidc_client_id="intersession")
    before = await persons(world)

    page = await browser.get(LINK)
    answer = await browser.post("/invitation", {"secret": SECRET, "new-password": PASSWORD})

    assert 'name="new-password"' not in page.text
    assert answer.headers["location"].startswith("/sign-in?continue=%2Finvitation")
    assert await persons(world) == before


async def test_whoever_becomes_an_officer_by_an_invitation_goes_on_by_way_of_the_factor(world: World) -> None:
    strict = Browser(world, second_factor=SecondFactor.SECRETARIAT)
    await give_password(world, "japan")
    await strict.sign_in("japan")
    await invite(world, party_id=world.parties["secretariat"], invited_by_id=world.delegates["secretariat"])

    accepted = await strict.post("/invitation", {"secret": SECRET})

    assert accepted.headers["location"].startswith("/sign-in/factor/new?")
    assert not await strict.is_signed_in()
    assert [awaits for _, awaits, ended in await sessions_of(world, "japan") if ended is None] == [True]
