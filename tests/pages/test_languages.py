"""The language of pages before and after sign-in: that of the person, and before they are known, of their browser."""

from datetime import timedelta

import pytest
from sqlalchemy import update

from server.identity.secrets import digest_of
from server.models.parties import Invitation, Person
from server.vocabulary.parties import Language
from tests.factories.world import World
from tests.pages.browser import Browser, give_password, words_of

FRENCH = {"accept-language": "fr-CH, fr;q=0.9, en;q=0.8"}


@pytest.fixture
async def reader(world: World) -> Browser:
    """Give the browser of Japan's delegate, who has chosen French and lives in Tokyo."""
    await give_password(world, "japan")
    async with world.database.writing() as session:
        chosen = {"language": Language.FRENCH, "zone": "Asia/Tokyo"}
        await session.execute(update(Person).where(Person.id == world.persons["japan"]).values(chosen))
    return Browser(world)


async def test_sign_in_speaks_the_language_of_the_browser(world: World) -> None:
    browser = Browser(world)

    english, french = await browser.get("/sign-in"), await browser.client.get("/sign-in", headers=FRENCH)

    assert ("Sign in" in words_of(english), english.headers["content-language"]) == (True, "en")
    assert ("Se connecter" in words_of(french), french.headers["content-language"]) == (True, "fr")
    assert '<html lang="fr" dir="ltr">' in french.text


async def test_account_speaks_the_language_of_the_person_whatever_the_browser_asks_for(reader: Browser) -> None:
    await reader.sign_in("japan")

    account = await reader.client.get("/account", headers={"accept-language": "en"})

    said = words_of(account)
    assert "Votre compte" in said
    assert "Japan Customs Membre, point de contact" in said
    assert "depuis le lun. 24 septembre 2018, 18:00" in said
    assert "Firefox sous Linux" in said


async def test_faults_are_said_in_the_language_of_the_page(reader: Browser) -> None:
    await reader.sign_in("japan")

    answer = await reader.post("/account/password", {"password": "not this one", "new-password": "short"})

    assert answer.status_code == 400
    said = words_of(answer)
    assert "Erreur : Changer votre mot de passe" in said
    assert "Ce n’est pas votre mot de passe actuel." in said
    assert "Utilisez au moins 12 caractères." in said


async def test_refused_sign_in_is_said_in_the_language_of_the_browser(reader: Browser) -> None:
    reader.client.headers.update(FRENCH)

    refused = [await reader.sign_in("japan", "not my password") for _ in range(7)]

    assert "L’adresse électronique et le mot de passe ne correspondent pas." in words_of(refused[0])
    assert "Trop de tentatives" in words_of(refused[-1])


async def test_invitation_is_read_in_french_with_its_days(world: World) -> None:
    secret, now = "a secret of an invitation", world.clock.now
    invitation = Invitation(
        party_id=world.parties["china"],
        name="Nouvelle <Invitée>",
        email="new@example.org",
        is_focal_point=True,
        starts_on=now.date(),
        secret_digest=digest_of(secret),
        invited_at=now,
        invited_by_id=world.delegates["china"],
        expires_at=now + timedelta(days=14),
    )
    await world.add(invitation)

    page = await Browser(world).client.get("/invitation", params={"secret": secret}, headers=FRENCH)

    assert "Invitation à représenter : China Customs" in words_of(page)
    assert "Nouvelle <Invitée> (new@example.org) à devenir point de contact" in " ".join(words_of(page).split())
    assert "à compter du 24 septembre 2018" in words_of(page)
    assert "Nouvelle &lt;Invitée&gt;" in page.text
