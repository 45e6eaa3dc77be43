"""Guesses that failed: limits in a window, delays that grow, and nobody locked out for good."""

import asyncio
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from server.identity.guesses import (
    ACCOUNT_LIMIT,
    ADDRESS_LIMIT,
    LONGEST_BLOCK,
    PAIR_LIMIT,
    WINDOW,
    GuessKey,
    TooManyGuesses,
    block_after,
    ensure_unblocked,
    forget_failures,
    forget_old_guesses,
    guess_keys,
    note_failure,
    strict_key,
)
from server.models.identity import Guesses
from server.storage.database import Database
from tests.factories.world import NOW, ManualClock

KEYS = guess_keys("sign-in", account="japan@example.org", address="192.0.2.1")


async def guess(database: Database, clock: ManualClock, keys: list[GuessKey]) -> None:
    """Guess once and be wrong, or be blocked."""
    async with database.writing() as session:
        await ensure_unblocked(session, keys, clock.now)
        await note_failure(session, keys, clock.now)


async def count(database: Database) -> int:
    """How many keys are counted."""
    async with database.reading() as connection:
        return (await connection.execute(select(func.count()).select_from(Guesses))).scalar_one()


def test_keys_are_digests_and_differ_by_purpose() -> None:
    others = guess_keys("factor", account="japan@example.org", address="192.0.2.1")

    assert {key.digest for key in KEYS} & {key.digest for key in others} == set()
    assert [(len(key.digest), key.limit, key.is_shared) for key in KEYS] == [
        (64, PAIR_LIMIT, False),
        (64, ACCOUNT_LIMIT, False),
        (64, ADDRESS_LIMIT, True),
    ]
    assert (PAIR_LIMIT, ADDRESS_LIMIT, ACCOUNT_LIMIT) == (5, 30, 50)


def test_block_grows_up_to_a_quarter_of_an_hour() -> None:
    assert [block_after(excess).total_seconds() / 60 for excess in (0, 1, 2, 3, 4, 100)] == [1, 2, 4, 8, 15, 15]


async def test_pair_is_blocked_by_its_fifth_failure_for_a_minute(database: Database) -> None:
    clock = ManualClock()
    for _ in range(PAIR_LIMIT):
        await guess(database, clock, KEYS)

    with pytest.raises(TooManyGuesses) as blocked:
        await guess(database, clock, KEYS)

    assert blocked.value.until == NOW + timedelta(minutes=1)
    clock.move(minutes=1)
    await guess(database, clock, KEYS)
    with pytest.raises(TooManyGuesses) as again:
        await guess(database, clock, KEYS)
    assert again.value.until == clock.now + timedelta(minutes=2)


async def test_blocked_pair_leaves_other_addresses_and_other_accounts_free(database: Database) -> None:
    clock = ManualClock()
    for _ in range(PAIR_LIMIT):
        await guess(database, clock, KEYS)

    await guess(database, clock, guess_keys("sign-in", account="japan@example.org", address="192.0.2.2"))
    await guess(database, clock, guess_keys("sign-in", account="upu@example.org", address="192.0.2.1"))


async def test_address_is_blocked_by_its_thirtieth_failure_whatever_the_account(database: Database) -> None:
    clock = ManualClock()
    for number in range(ADDRESS_LIMIT):
        await guess(database, clock, guess_keys("sign-in", account=f"{number}@example.org", address="192.0.2.1"))

    with pytest.raises(TooManyGuesses):
        await guess(database, clock, guess_keys("sign-in", account="new@example.org", address="192.0.2.1"))


async def test_account_is_blocked_by_its_fiftieth_failure_but_never_for_good(database: Database) -> None:
    clock = ManualClock()
    for number in range(ACCOUNT_LIMIT):
        await guess(database, clock, guess_keys("sign-in", account="japan@example.org", address=f"192.0.2.{number}"))

    with pytest.raises(TooManyGuesses) as blocked:
        await guess(database, clock, guess_keys("sign-in", account="japan@example.org", address="198.51.100.1"))

    assert blocked.value.until - clock.now <= LONGEST_BLOCK
    clock.move(minutes=15)
    await guess(database, clock, guess_keys("sign-in", account="japan@example.org", address="198.51.100.1"))


async def test_failures_of_an_earlier_window_do_not_count(database: Database) -> None:
    clock = ManualClock()
    for _ in range(PAIR_LIMIT - 1):
        await guess(database, clock, KEYS)

    clock.now += WINDOW
    for _ in range(PAIR_LIMIT):
        await guess(database, clock, KEYS)

    with pytest.raises(TooManyGuesses):
        await guess(database, clock, KEYS)


async def test_block_that_ends_with_its_window_begins_a_new_count(database: Database) -> None:
    clock = ManualClock()
    for _ in range(PAIR_LIMIT - 1):
        await guess(database, clock, KEYS)
    clock.move(minutes=14)
    await guess(database, clock, KEYS)
    with pytest.raises(TooManyGuesses):
        await guess(database, clock, KEYS)

    clock.move(minutes=1)
    for _ in range(PAIR_LIMIT):
        await guess(database, clock, KEYS)

    with pytest.raises(TooManyGuesses):
        await guess(database, clock, KEYS)


async def test_guess_under_two_blocked_keys_is_told_the_later_end(database: Database) -> None:
    clock, short, long = ManualClock(), strict_key("factor", "PER_x"), strict_key("factor", "PER_y")
    async with database.writing() as session:
        for key, failures in ((short, PAIR_LIMIT), (long, PAIR_LIMIT + 2)):
            for _ in range(failures):
                await note_failure(session, [key], clock.now)

    with pytest.raises(TooManyGuesses) as blocked:
        await guess(database, clock, [short, long])

    assert blocked.value.until == NOW + timedelta(minutes=4)


async def test_right_guess_that_was_the_thirtieth_leaves_the_address_free(database: Database) -> None:
    clock = ManualClock()
    for number in range(ADDRESS_LIMIT - 1):
        await guess(database, clock, guess_keys("sign-in", account=f"{number}@example.org", address="192.0.2.1"))

    await guess(database, clock, KEYS)
    async with database.writing() as session:
        await forget_failures(session, KEYS)

    await guess(database, clock, guess_keys("sign-in", account="new@example.org", address="192.0.2.1"))


async def test_right_guess_forgets_own_failures_and_of_the_address_only_itself(database: Database) -> None:
    clock = ManualClock()
    for _ in range(3):
        await guess(database, clock, KEYS)

    async with database.writing() as session:
        await forget_failures(session, KEYS)

    async with database.reading() as connection:
        left = (await connection.execute(select(Guesses.key, Guesses.failures))).all()
    assert [tuple(row) for row in left] == [(KEYS[2].digest, 2)]


async def test_guesses_made_at_the_same_time_are_all_counted(database: Database) -> None:
    clock, keys = ManualClock(), [strict_key("factor", "PER_x")]

    results = await asyncio.gather(*(guess(database, clock, keys) for _ in range(12)), return_exceptions=True)

    assert sum(isinstance(result, TooManyGuesses) for result in results) == 12 - PAIR_LIMIT
    assert [result for result in results if not isinstance(result, TooManyGuesses | None)] == []


async def test_old_guesses_are_dropped_and_live_ones_kept(database: Database) -> None:
    clock = ManualClock()
    await guess(database, clock, KEYS)
    clock.move(minutes=31)
    await guess(database, clock, [strict_key("factor", "PER_x")])

    async with database.writing() as session:
        await forget_old_guesses(session, clock.now)

    assert await count(database) == 1


async def test_old_guesses_that_still_block_are_kept(database: Database) -> None:
    clock, key = ManualClock(), strict_key("factor", "PER_x")
    for minutes in (0, 14, 14):
        clock.move(minutes=minutes)
        async with database.writing() as session:
            for _ in range(PAIR_LIMIT * 2):
                await note_failure(session, [key], clock.now)
    clock.move(minutes=3)

    async with database.writing() as session:
        await forget_old_guesses(session, clock.now)

    with pytest.raises(TooManyGuesses):
        await guess(database, clock, [key])
