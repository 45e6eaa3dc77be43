"""Passkeys over HTTP, with a device that signs as browsers do."""

import json

import cbor2
import pytest
from httpx2 import Response
from sqlalchemy import func, select
from webauthn.helpers import bytes_to_base64url

from server.identity.passkeys import relying_party
from server.identity.settings import SecondFactor
from server.models.identity import BrowserSession, Passkey, PasskeyChallenge
from server.models.parties import Person
from tests.factories.world import World
from tests.pages.browser import ORIGIN, PASSWORD, Browser, give_authenticator, sessions_of, words_of
from tests.pages.device import PRESENT, Device, flipped

RP = "intersession.example"


async def options(browser: Browser, path: str, **fields: str) -> dict[str, object]:
    """The options that a page's script asks for."""
    answer = await browser.post(f"{path}/options", **fields)
    assert answer.status_code == 200
    return dict(answer.json())


async def add(browser: Browser, device: Device, label: str = "Desk key") -> Response:
    """Add a passkey for whoever is signed in."""
    asked = await options(browser, "/account/passkeys", password=PASSWORD)
    return await browser.post("/account/passkeys", credential=device.made(asked), label=label)


async def use(browser: Browser, device: Device) -> Response:
    """Sign in by a passkey."""
    asked = await options(browser, "/sign-in/passkey")
    return await browser.post("/sign-in/passkey", credential=device.used(asked))


async def passkeys(world: World) -> list[tuple[str, str, int]]:
    """(person, label, uses) of every passkey."""
    rows = select(Passkey.person_id, Passkey.label, Passkey.sign_count).order_by(Passkey.label)
    async with world.database.reading() as connection:
        return [tuple(row) for row in (await connection.execute(rows)).all()]  # type: ignore[misc]


async def rows(world: World, table: type) -> int:
    """How many rows a table has."""
    async with world.database.reading() as connection:
        return (await connection.execute(select(func.count()).select_from(table))).scalar_one()


@pytest.fixture
async def device(browser: Browser) -> Device:
    """A device with a passkey of Japan, who is signed out again."""
    fresh = Device(ORIGIN, RP)
    await browser.sign_in("japan")
    assert (await add(browser, fresh)).headers["location"] == "/account?done=passkey"
    await browser.post("/sign-out")
    return fresh


async def test_passkey_signs_in_as_two_factors(world: World, browser: Browser, device: Device) -> None:
    answer = await use(browser, device)

    assert (answer.status_code, answer.headers["location"]) == (303, "/")
    assert "Passkey: Desk key" in words_of(await browser.get("/account"))
    assert (await sessions_of(world, "japan"))[-1] == (["hwk", "user"], False, None)
    assert await passkeys(world) == [(world.persons["japan"], "Desk key", 1)]
    assert await rows(world, PasskeyChallenge) == 0


async def test_options_ask_for_a_check_by_the_device_and_name_nobody(browser: Browser, device: Device) -> None:
    asked = await options(browser, "/sign-in/passkey")

    assert (asked["rpId"], asked["userVerification"], asked["allowCredentials"]) == (RP, "required", [])


async def test_options_to_add_need_the_present_password(world: World, browser: Browser) -> None:
    assert (await browser.post("/account/passkeys/options", password=PASSWORD)).status_code == 303
    await browser.sign_in("japan")

    answer = await browser.post("/account/passkeys/options", password="not my password")

    assert (answer.status_code, answer.json()) == (400, {"message": "This is not your current password."})
    assert await rows(world, PasskeyChallenge) == 0


async def test_passkey_without_a_check_by_the_device_is_refused(world: World, browser: Browser) -> None:
    await browser.sign_in("japan")

    answer = await add(browser, Device(ORIGIN, RP, flags=PRESENT))

    assert answer.status_code == 400
    assert await passkeys(world) == []


async def test_passkey_used_without_a_check_by_the_device_signs_nobody_in(browser: Browser, device: Device) -> None:
    device.flags = PRESENT

    answer = await use(browser, device)

    assert answer.status_code == 400
    assert not await browser.is_signed_in()


async def test_passkey_that_is_known_already_is_not_added_for_somebody_else(
    world: World, browser: Browser, device: Device
) -> None:
    await browser.sign_in("secretariat")
    twin = Device(ORIGIN, RP)
    twin.id = device.id

    answer = await add(browser, twin, "Theirs")

    assert answer.status_code == 400
    assert await passkeys(world) == [(world.persons["japan"], "Desk key", 0)]


async def test_passkeys_of_a_person_are_at_most_ten_with_labels_of_80_characters(
    world: World, browser: Browser
) -> None:
    person, now = world.persons["japan"], world.clock.now
    await browser.sign_in("japan")
    async with world.database.writing() as session:
        for number in range(9):
            known = {"credential_id": f"known{number}", "public_key": "e30", "sign_count": 0, "label": "known"}
            session.add(Passkey(person_id=person, added_at=now, **known))

    answers = [await add(browser, Device(ORIGIN, RP), "x" * 80) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [303, 400]
    assert (await passkeys(world))[9:] == [(person, "x" * 80, 0)]


@pytest.mark.parametrize(
    ("label", "fault"),
    [
        ("x" * 81, "The name: at most 80 characters."),
        ("Desk\u202ekey", "The name: leave out the character that turns the direction of writing (U+202E)."),
        ("Desk\nkey", "The name: on one line: leave the line end out (U+000A)."),
    ],
)
async def test_passkey_with_a_bad_name_is_refused_before_the_device_makes_it(
    world: World, browser: Browser, label: str, fault: str
) -> None:
    await browser.sign_in("japan")

    asked = await browser.post("/account/passkeys/options", password=PASSWORD, label=label)
    sent = await add(browser, Device(ORIGIN, RP), label)

    assert (asked.status_code, asked.json(), sent.status_code) == (400, {"message": fault}, 400)
    assert (await passkeys(world), fault in words_of(sent)) == ([], True)


@pytest.mark.parametrize(("origin", "rp"), [("https://evil.example", RP), (ORIGIN, "evil.example")])
async def test_passkey_of_another_site_is_refused(world: World, browser: Browser, origin: str, rp: str) -> None:
    await browser.sign_in("japan")

    answer = await add(browser, Device(origin, rp))

    assert answer.status_code == 400
    assert await passkeys(world) == []


async def test_answer_works_once_and_for_five_minutes(world: World, browser: Browser, device: Device) -> None:
    answer = device.used(await options(browser, "/sign-in/passkey"))
    late = device.used(await options(browser, "/sign-in/passkey"))
    assert (await browser.post("/sign-in/passkey", credential=answer)).status_code == 303
    before = await rows(world, BrowserSession)

    again = await browser.post("/sign-in/passkey", credential=answer)
    world.clock.move(minutes=5)
    too_late = await browser.post("/sign-in/passkey", credential=late)

    assert (again.status_code, too_late.status_code) == (400, 400)
    assert await rows(world, BrowserSession) == before


async def test_challenge_to_add_is_of_its_person_only(world: World, browser: Browser, device: Device) -> None:
    await browser.sign_in("secretariat")
    asked = await options(browser, "/account/passkeys", password=PASSWORD)
    other = Browser(world)
    await other.sign_in("japan")
    await use(other, device)

    stolen = await other.post("/account/passkeys", credential=Device(ORIGIN, RP).made(asked), label="Theirs")
    crossed = await browser.post("/sign-in/passkey", credential=device.used(asked))

    assert (stolen.status_code, crossed.status_code) == (400, 400)
    assert len(await passkeys(world)) == 1


async def test_wrong_signature_and_counter_that_goes_back_are_refused(browser: Browser, device: Device) -> None:
    await use(browser, device)
    await browser.post("/sign-out")
    asked = await options(browser, "/sign-in/passkey")
    good = json.loads(device.used(asked))
    forged = device.used(asked, signature=flipped(good["response"]["signature"]))
    assert (await browser.post("/sign-in/passkey", credential=forged)).status_code == 400

    device.uses = 0
    cloned = await use(browser, device)

    assert cloned.status_code == 400
    assert not await browser.is_signed_in()


@pytest.mark.parametrize(
    "answer",
    [
        "",
        "[]",
        "null",
        "{}",
        '{"id": 1}',
        '{"id": "\\ud800", "response": {"clientDataJSON": "\\u0000"}}',
        '{"response": {"clientDataJSON": "e30"}}',
        '{"response": {"clientDataJSON": "%%%"}}',
        '{"response": {"clientDataJSON": "eyJjaGFsbGVuZ2UiOjF9"}}',
        "[" * 6000,
    ],
)
async def test_answer_that_is_none_is_refused(browser: Browser, device: Device, answer: str) -> None:
    assert (await browser.post("/sign-in/passkey", credential=answer)).status_code == 400
    assert not await browser.is_signed_in()


@pytest.mark.parametrize("credential", ["\ud800", "\x00", "é", 7, None])
async def test_answer_of_a_passkey_with_an_impossible_name_is_refused(
    browser: Browser, device: Device, credential: object
) -> None:
    answer = json.loads(device.used(await options(browser, "/sign-in/passkey"))) | {"id": credential}

    assert (await browser.post("/sign-in/passkey", credential=json.dumps(answer))).status_code == 400


async def test_new_passkey_with_an_incomplete_key_is_refused(world: World, browser: Browser) -> None:
    await browser.sign_in("japan")
    device = Device(ORIGIN, RP)
    for statement in ({}, {"fmt": "none"}, {"fmt": "none", "attStmt": {}, "authData": b""}, [1]):
        answer = json.loads(device.made(await options(browser, "/account/passkeys", password=PASSWORD)))
        answer["response"]["attestationObject"] = bytes_to_base64url(cbor2.dumps(statement))
        sent = await browser.post("/account/passkeys", credential=json.dumps(answer), label="x")
        assert sent.status_code == 400

    assert await passkeys(world) == []


async def test_answer_with_hostile_parts_is_refused(browser: Browser, device: Device) -> None:
    for part in ("authenticatorData", "signature"):
        for hostile in ("", "AA", "%%%", "é"):
            asked = await options(browser, "/sign-in/passkey")
            answer = await browser.post("/sign-in/passkey", credential=device.used(asked, **{part: hostile}))
            assert answer.status_code == 400


async def test_passkey_is_asked_for_after_the_password_and_removed_by_its_person_only(
    world: World, browser: Browser, device: Device
) -> None:
    first = await browser.sign_in("japan")
    assert first.headers["location"].startswith("/sign-in/factor?")
    assert "Use your passkey" in words_of(await browser.get(first.headers["location"]))
    await use(browser, device)
    stranger = Browser(world)
    await stranger.sign_in("secretariat")
    credential = json.loads(device.used({"challenge": "x"}))["id"]

    strange = await stranger.post("/account/passkeys/remove", passkey=credential, password=PASSWORD)
    assert (strange.status_code, len(await passkeys(world))) == (404, 1)
    shown = await browser.get(f"/account/passkeys/remove?passkey={credential}")
    assert "the passkey Desk key signs nobody in" in words_of(shown)
    answer = await browser.post("/account/passkeys/remove", passkey=credential, password=PASSWORD)

    assert answer.headers["location"] == "/account?done=passkey-removed"
    assert await passkeys(world) == []
    assert (await browser.sign_in("japan")).headers["location"] == "/"


@pytest.mark.parametrize("password", ["not my password", "", None])
async def test_passkey_is_not_removed_without_the_present_password(
    world: World, browser: Browser, device: Device, password: str | None
) -> None:
    await use(browser, device)
    credential = json.loads(device.used({"challenge": "x"}))["id"]
    fields = {"passkey": credential} | ({} if password is None else {"password": password})

    answer = await browser.post("/account/passkeys/remove", fields)

    assert (answer.status_code, 'href="#password"' in answer.text) == (400, True)
    assert len(await passkeys(world)) == 1


async def test_recovery_codes_stay_while_another_factor_is_there(
    world: World, browser: Browser, device: Device
) -> None:
    codes = await give_authenticator(world, "japan")
    await use(browser, device)
    await browser.post("/account/recovery-codes", password=PASSWORD)
    credential = json.loads(device.used({"challenge": "x"}))["id"]

    await browser.post("/account/passkeys/remove", passkey=credential, password=PASSWORD)

    assert "You have 10 recovery codes left." in words_of(await browser.get("/account/factor"))
    await browser.sign_in("japan")
    assert (await browser.post("/sign-in/factor", code=codes.at(world.clock.now))).status_code == 303


async def test_demanded_passkey_that_is_the_last_factor_stays(world: World, browser: Browser, device: Device) -> None:
    strict = Browser(world, second_factor=SecondFactor.EVERYONE)
    await use(strict, device)
    credential = json.loads(device.used({"challenge": "x"}))["id"]

    answer = await strict.post("/account/passkeys/remove", passkey=credential, password=PASSWORD)

    assert answer.status_code == 409
    assert len(await passkeys(world)) == 1
    assert "/account/passkeys/remove" not in (await strict.get("/account")).text


async def test_suspended_person_is_not_let_in_by_a_passkey(world: World, browser: Browser, device: Device) -> None:
    async with world.database.writing() as session:
        (await session.get_one(Person, world.persons["japan"])).suspended_at = world.clock.now

    answer = await use(browser, device)

    assert answer.status_code == 400
    assert not await browser.is_signed_in()


@pytest.mark.parametrize(
    ("issuer", "host"),
    [
        ("https://intersession.example", "intersession.example"),
        ("http://localhost:8000", "localhost"),
        ("http://127.0.0.1:8000", None),
        ("http://[::1]:8000", None),
    ],
)
def test_passkeys_need_a_site_with_a_name(issuer: str, host: str | None) -> None:
    assert relying_party(issuer) == host
