"""Guesses that failed, counted per account and per address, so that nobody finds a secret by trying.

Requests that make something are counted in the same way, so that nobody makes thousands of them.

Note a guess before it is judged and forget it when it was right: then guesses made at the same time cannot pass the
limit together. A key is blocked for minutes, never for good. A person who is blocked gets in by a browser that is known
for them, by a passkey, or by a letter for a new password.
"""

import math
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

import structlog
from sqlalchemy import delete, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from server.identity.secrets import digest_of
from server.models.identity import Guesses
from server.storage.rows import lock_name

WINDOW = timedelta(minutes=15)
"""The time in which failures are counted together."""
SHORTEST_BLOCK, LONGEST_BLOCK = timedelta(minutes=1), timedelta(minutes=15)
"""How long a key is blocked when it reaches its limit; each further failure doubles it, up to the longest."""
_log = structlog.get_logger("server.identity")
PAIR_LIMIT, ADDRESS_LIMIT, ACCOUNT_LIMIT = 5, 30, 50


class TooManyGuesses(Exception):
    """Too many guesses failed; nothing is tried before `until`."""

    def __init__(self, until: datetime) -> None:
        super().__init__(f"Blocked until {until.isoformat()}.")
        self.until = until

    def seconds_from(self, now: datetime) -> int:
        """Return the whole seconds to wait, for the header `Retry-After`."""
        return math.ceil((self.until - now).total_seconds())


class GuessKey(NamedTuple):
    """The key under which guesses are counted together, as a digest, and how many may fail within the window.

    A shared key counts for everybody behind one address: a right guess of one does not clear it for the others.
    """

    digest: str
    limit: int
    is_shared: bool = False


def guess_keys(purpose: str, *, account: str = "", address: str = "") -> list[GuessKey]:
    """Return the keys under which a guess is counted.

    `purpose` says what is guessed ("sign-in"), `account` for which account and `address` from where. Either of the last
    two may be left out. An account is counted whether it exists or not.
    """
    keys = []
    if account and address:
        keys.append(GuessKey(_digest(purpose, "pair", account, address), PAIR_LIMIT))
    if account:
        keys.append(GuessKey(_digest(purpose, "account", account), ACCOUNT_LIMIT))
    if address:
        keys.append(GuessKey(_digest(purpose, "address", address), ADDRESS_LIMIT, is_shared=True))
    return keys


def strict_key(purpose: str, account: str) -> GuessKey:
    """Return the key of a short code that is asked after another proof: few guesses, from any address."""
    return GuessKey(_digest(purpose, "strict", account), PAIR_LIMIT)


def allowance_key(purpose: str, whose: str, limit: int) -> GuessKey:
    """Return the key under which requests that succeed are counted: `limit` within the window.

    `purpose` says what is asked for ("device codes"), `whose` the requests are.
    """
    return GuessKey(_digest(purpose, "allowance", whose), limit)


def _digest(*parts: str) -> str:
    return digest_of("|".join(parts))


async def ensure_unblocked(session: AsyncSession, keys: Sequence[GuessKey], now: datetime) -> None:
    """Raise TooManyGuesses while any of the keys is blocked.

    The keys stay locked until the transaction ends, so that a guess noted in the same transaction is always counted.
    """
    if not keys:
        return
    await _lock(session, keys)
    blocked = [
        row.blocked_until for row in await _read_rows(session, keys) if row.blocked_until and now < row.blocked_until
    ]
    if blocked:
        _log.warning("throttled", until=max(blocked).isoformat())
        raise TooManyGuesses(max(blocked))


async def note_failure(session: AsyncSession, keys: Sequence[GuessKey], now: datetime) -> None:
    """Count a guess under each key, and block the keys that reached their limit within the window."""
    await _lock(session, keys)
    rows = {row.key: row for row in await _read_rows(session, keys)}
    for key in keys:
        row = rows.get(key.digest)
        if row is None:
            row = Guesses(key=key.digest, failures=0, first_at=now)
            session.add(row)
        elif now - row.first_at >= WINDOW and not (row.blocked_until and now < row.blocked_until):
            row.failures, row.first_at, row.blocked_until = 0, now, None
        row.failures += 1
        if row.failures >= key.limit:
            row.blocked_until = now + block_after(row.failures - key.limit)
    await session.flush()


async def forget_failures(session: AsyncSession, keys: Iterable[GuessKey]) -> None:
    """Forget the failures under the keys after a right guess.

    Under a shared key only the right guess itself, which was noted before, is taken off the count.
    """
    keys = list(keys)
    await _lock(session, keys)
    own = [key.digest for key in keys if not key.is_shared]
    await session.execute(delete(Guesses).where(Guesses.key.in_(own)))
    for row in await _read_rows(session, [key for key in keys if key.is_shared]):
        row.failures, row.blocked_until = max(row.failures - 1, 0), None
    await session.flush()


async def forget_old_guesses(session: AsyncSession, now: datetime) -> None:
    """Delete the counts that no longer matter: older than two windows, and not blocked."""
    is_over = or_(Guesses.blocked_until.is_(None), Guesses.blocked_until <= now)
    await session.execute(delete(Guesses).where(Guesses.first_at < now - 2 * WINDOW, is_over))


def block_after(excess: int) -> timedelta:
    """Return how long a key is blocked `excess` failures after the one that reached its limit (0)."""
    return min(SHORTEST_BLOCK * (1 << min(excess, 10)), LONGEST_BLOCK)


async def _lock(session: AsyncSession, keys: Iterable[GuessKey]) -> None:
    """Hold the keys until the transaction ends: the row of a first guess does not exist yet."""
    for digest in sorted(key.digest for key in keys):  # sorted, so that no two transactions deadlock
        await lock_name(session, digest, space=1)


async def _read_rows(session: AsyncSession, keys: Iterable[GuessKey]) -> Sequence[Guesses]:
    statement = select(Guesses).where(Guesses.key.in_([key.digest for key in keys]))
    # populate_existing: a row that this session loaded before it got the lock may be out of date
    return (await session.scalars(statement.execution_options(populate_existing=True))).all()
