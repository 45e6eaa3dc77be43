"""The second factor by codes: each works once, within a step of the present one."""

import asyncio
from datetime import timedelta

import pyotp
import pytest
from sqlalchemy import select

from server.identity.authenticators import (
    address_of,
    begin_authenticator,
    confirm_authenticator,
    has_authenticator,
    is_demanded,
    offered_secret,
    recovery_codes_left,
    remove_authenticator,
    renew_recovery_codes,
    take_code,
)
from server.identity.settings import SecondFactor
from server.models.identity import Authenticator, RecoveryCode
from tests.factories.world import NOW, World


async def set_up(world: World, person: str) -> pyotp.TOTP:
    """Set an authenticator up, by the code of the present step."""
    async with world.database.writing() as session:
        await begin_authenticator(session, world.persons[person])
        secret = await offered_secret(await session.connection(), world.persons[person])
        assert secret
        assert await confirm_authenticator(session, world.persons[person], pyotp.TOTP(secret).at(NOW), NOW)
    return pyotp.TOTP(secret)


async def take(world: World, person: str, code: str, seconds: float = 60) -> bool:
    """Take a code so many seconds after the beginning of the tests."""
    async with world.database.writing() as session:
        return await take_code(session, world.persons[person], code, NOW + timedelta(seconds=seconds))


async def is_there(world: World, person: str) -> bool:
    """Whether a person has a confirmed authenticator."""
    async with world.database.reading() as connection:
        return await has_authenticator(connection, world.persons[person])


async def test_authenticator_counts_only_when_its_first_code_was_right(world: World) -> None:
    person = world.persons["japan"]
    async with world.database.writing() as session:
        await begin_authenticator(session, person)
        assert not await confirm_authenticator(session, person, "000000x", NOW)
    assert not await is_there(world, "japan")

    await set_up(world, "japan")

    assert await is_there(world, "japan")
    assert not await is_there(world, "upu")


@pytest.mark.parametrize(("steps", "taken"), [(-2, False), (-1, True), (0, True), (1, True), (2, False)])
async def test_code_is_taken_within_one_step_of_the_present(world: World, steps: int, taken: bool) -> None:
    codes = await set_up(world, "japan")

    assert await take(world, "japan", codes.at(NOW + timedelta(seconds=90 + 30 * steps)), 90) is taken


async def test_code_works_once_and_none_before_it_afterwards(world: World) -> None:
    codes = await set_up(world, "japan")
    present, before = codes.at(NOW + timedelta(seconds=60)), codes.at(NOW + timedelta(seconds=30))

    assert await take(world, "japan", present)
    assert not await take(world, "japan", present)
    assert not await take(world, "japan", before)


async def test_code_that_put_the_authenticator_in_force_does_not_work_again(world: World) -> None:
    codes = await set_up(world, "japan")

    assert not await take(world, "japan", codes.at(NOW), 0)


async def test_code_used_at_the_same_time_works_once(world: World) -> None:
    codes = await set_up(world, "japan")
    code = codes.at(NOW + timedelta(seconds=60))

    results = await asyncio.gather(*(take(world, "japan", code) for _ in range(6)))

    assert sorted(results) == [False] * 5 + [True]


async def test_code_of_another_person_is_not_taken(world: World) -> None:
    codes = await set_up(world, "japan")
    await set_up(world, "upu")

    assert not await take(world, "upu", codes.at(NOW + timedelta(seconds=60)))


async def test_code_may_be_typed_with_a_space_and_hostile_ones_are_wrong(world: World) -> None:
    codes = await set_up(world, "japan")
    code = codes.at(NOW + timedelta(seconds=60))

    for wrong in ("", "12345", "½½½½½½", "9" * 5000):
        assert not await take(world, "japan", wrong)
    assert await take(world, "japan", f" {code[:3]} {code[3:]} ")


async def test_replacing_keeps_the_old_one_in_force_until_the_new_one_is_confirmed(world: World) -> None:
    old, person = await set_up(world, "japan"), world.persons["japan"]
    async with world.database.writing() as session:
        await begin_authenticator(session, person)
        secret = await offered_secret(await session.connection(), person)
    assert secret
    assert await take(world, "japan", old.at(NOW + timedelta(seconds=60)))

    async with world.database.writing() as session:
        assert await confirm_authenticator(session, person, pyotp.TOTP(secret).at(NOW), NOW)

    assert not await take(world, "japan", old.at(NOW + timedelta(seconds=120)), 120)
    assert await take(world, "japan", pyotp.TOTP(secret).at(NOW + timedelta(seconds=120)), 120)


async def test_recovery_codes_work_once_and_are_kept_as_digests(world: World) -> None:
    await set_up(world, "japan")
    person = world.persons["japan"]
    async with world.database.writing() as session:
        codes = await renew_recovery_codes(session, person)

    assert len(set(codes)) == 10
    assert await take(world, "japan", codes[0].upper().replace("-", " "))
    assert not await take(world, "japan", codes[0])
    assert not await take(world, "upu", codes[1])
    async with world.database.reading() as connection:
        assert await recovery_codes_left(connection, person) == 9
        kept = (await connection.execute(select(RecoveryCode.digest))).scalars().all()
    assert [digest for digest in kept if len(digest) != 64 or digest in codes] == []


async def test_new_recovery_codes_make_the_old_ones_worthless(world: World) -> None:
    async with world.database.writing() as session:
        before = await renew_recovery_codes(session, world.persons["japan"])
        await renew_recovery_codes(session, world.persons["japan"])

    assert not await take(world, "japan", before[0])


async def test_remove_authenticator_takes_every_row_away(world: World) -> None:
    codes = await set_up(world, "japan")
    async with world.database.writing() as session:
        await remove_authenticator(session, world.persons["japan"])

    assert not await take(world, "japan", codes.at(NOW + timedelta(seconds=60)))
    async with world.database.reading() as connection:
        assert (await connection.execute(select(Authenticator.person_id))).all() == []


@pytest.mark.parametrize(
    ("of", "secretariat", "member"),
    [
        (SecondFactor.OPTIONAL, False, False),
        (SecondFactor.SECRETARIAT, True, False),
        (SecondFactor.EVERYONE, True, True),
    ],
)
async def test_second_factor_is_demanded_of_whom_the_settings_say(
    world: World, of: SecondFactor, secretariat: bool, member: bool
) -> None:
    async with world.database.reading() as connection:
        assert await is_demanded(connection, world.persons["secretariat"], NOW, of=of) is secretariat
        assert await is_demanded(connection, world.persons["japan"], NOW, of=of) is member


def test_address_names_the_account_for_the_telephone() -> None:
    address = address_of("JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP", account="japan@example.org")

    assert (
        address
        == "otpauth://totp/Intersession:japan%40example.org?secret=JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP&issuer=Intersession"
    )
