"""Passwords: what is good enough, and a check that tells nothing."""

import unicodedata

import pytest
from argon2 import PasswordHasher

from server.identity.passwords import (
    TOO_COMMON,
    faults_of_password,
    find_hash,
    find_known,
    hash_of,
    is_outdated,
    is_right,
    set_password,
)
from server.models.identity import Password
from server.vocabulary.parties import Language
from tests.factories.world import NOW, World

GOOD = "seven quiet harbours"


@pytest.mark.parametrize(
    "password", [GOOD, "            x y z", "пароль из многих слов", "関税関税手続きの改正案を読む", "a" * 126 + "bc"]
)
def test_password_of_any_characters_is_taken(password: str) -> None:
    assert faults_of_password(password, email="japan@example.org") == []


@pytest.mark.parametrize(
    ("password", "says"),
    [
        ("eleven char", "at least 12"),
        ("", "at least 12"),
        ("ab" + "c" * 127, "at most 128"),
        ("I speak for JAPAN here", "the name of your e-mail address"),
        ("Password1234", "first that are tried"),
        ("abababababababab", "first that are tried"),
    ],
)
def test_password_that_is_easily_guessed_is_refused_in_words(password: str, says: str) -> None:
    faults = faults_of_password(password, email="japan@example.org")

    assert [says in fault for fault in faults if says in fault] == [True]


def test_short_name_in_the_address_may_be_part_of_a_password() -> None:
    assert faults_of_password("neutral european words", email="eu@example.org") == []


def test_length_is_counted_in_composed_characters() -> None:
    decomposed = unicodedata.normalize("NFD", "éèêëàâäùûüôö")

    assert len(decomposed) == 24
    assert faults_of_password(decomposed[:22], email="x@example.org") != []


def test_every_common_password_has_a_length_that_would_be_taken() -> None:
    assert [password for password in TOO_COMMON if not 12 <= len(password) <= 128] == []
    assert {password.casefold() for password in TOO_COMMON} == TOO_COMMON


@pytest.mark.usefixtures("argon2_as_served")
async def test_hash_is_argon2id_and_takes_the_password_in_either_normal_form() -> None:
    hashed = await hash_of("café à la crème brûlée")

    assert hashed.startswith("$argon2id$v=19$m=19456,t=2,p=1$")
    assert await is_right(hashed, unicodedata.normalize("NFD", "café à la crème brûlée"))
    assert not await is_right(hashed, "cafe a la creme brulee")


async def test_check_without_a_hash_is_wrong_and_does_the_same_work(monkeypatch: pytest.MonkeyPatch) -> None:
    verified: list[str] = []
    verify = PasswordHasher.verify
    monkeypatch.setattr(
        PasswordHasher, "verify", lambda self, hashed, word: verified.append(hashed) or verify(self, hashed, word)
    )

    answer = await is_right(None, GOOD)

    assert answer is False
    assert [is_outdated(hashed) for hashed in verified] == [False]


@pytest.mark.usefixtures("argon2_as_served")
def test_hash_of_weaker_parameters_is_outdated() -> None:
    assert is_outdated(PasswordHasher(time_cost=1, memory_cost=8192, parallelism=1).hash(GOOD))


async def test_set_password_replaces_the_one_before(world: World) -> None:
    person = world.persons["japan"]
    for hashed in ("first", "second"):
        async with world.database.writing() as session:
            await set_password(session, person, hashed, NOW)

    async with world.database.reading() as connection:
        assert await find_hash(connection, person) == "second"
        assert await find_hash(connection, world.persons["upu"]) is None


async def test_find_known_takes_any_case_and_leaves_out_who_may_not_sign_in(world: World) -> None:
    await world.add(Password(person_id=world.persons["japan"], hash="hash", changed_at=NOW))

    async with world.database.reading() as connection:
        assert await find_known(connection, " Japan@Example.org ") == (world.persons["japan"], "hash", Language.ENGLISH)
        assert await find_known(connection, "upu@example.org") == (world.persons["upu"], None, Language.ENGLISH)
        assert await find_known(connection, "nobody@example.org") is None
