"""Guesses that failed, counted per account and per address, so that nobody finds a secret by trying.

Note a guess before it is judged and forget it when it was right: so guesses made at the same time cannot slip past the
limit together. What is blocked is blocked for minutes, never for good, and a person who is blocked can still choose a
new password by letter.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from sqlalchemy import delete, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from server.identity.secrets import digest_of
from server.models.identity import Guesses

WINDOW = timedelta(minutes=15)
"""The time in which failures are counted together."""
SHORTEST_BLOCK, LONGEST_BLOCK = timedelta(minutes=1), timedelta(minutes=15)
"""How long the first failure too many blocks; each further one blocks twice as long, up to the longest."""
PAIR_LIMIT, ADDRESS_LIMIT, ACCOUNT_LIMIT = 5, 30, 50


class TooManyGuesses(Exception):
    """Too many guesses failed; nothing is tried before `until`."""

    def __init__(self, until: datetime) -> None:
        super().__init__(f"Blocked until {until.isoformat()}.")
        self.until = until


class GuessKey(NamedTuple):
    """Whose guesses are counted together, as a digest, and how many may fail in the window. A shared key counts for
    everybody behind one address: the success of one does not clear it for the others."""

    digest: str
    limit: int
    is_shared: bool = False


def guess_keys(purpose: str, *, account: str = "", address: str = "") -> list[GuessKey]:
    """The keys under which a guess is counted: `purpose` says at what ("sign-in"), `account` at whose secret, `address`
    from where. Either may be left out. An account is counted whether it exists or not."""
    keys = []
    if account and address:
        keys.append(GuessKey(_digest(purpose, "pair", account, address), PAIR_LIMIT))
    if account:
        keys.append(GuessKey(_digest(purpose, "account", account), ACCOUNT_LIMIT))
    if address:
        keys.append(GuessKey(_digest(purpose, "address", address), ADDRESS_LIMIT, is_shared=True))
    return keys


def strict_key(purpose: str, account: str) -> GuessKey:
    """The key of a short code that only somebody who proved something before may try: few guesses from anywhere."""
    return GuessKey(_digest(purpose, "strict", account), PAIR_LIMIT)


def _digest(*parts: str) -> str:
    return digest_of("|".join(parts))


async def ensure_unblocked(session: AsyncSession, keys: Sequence[GuessKey], now: datetime) -> None:
    """Raise TooManyGuesses while any of the keys is blocked. Until the transaction ends nobody else is judged by them,
    so that noting the guess in the same transaction counts every one."""
    await _lock(session, keys)
    blocked = [row.blocked_until for row in await _rows(session, keys) if row.blocked_until and now < row.blocked_until]
    if blocked:
        raise TooManyGuesses(max(blocked))


async def note_failure(session: AsyncSession, keys: Sequence[GuessKey], now: datetime) -> None:
    """Count a guess under each key, and block those that reached their limit within the window."""
    await _lock(session, keys)
    known = {row.key: row for row in await _rows(session, keys)}
    for key in keys:
        row = known.get(key.digest)
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
    """After a right guess: forget what failed before, and under a shared key only the guess that was right."""
    keys = list(keys)
    await _lock(session, keys)
    own = [key.digest for key in keys if not key.is_shared]
    await session.execute(delete(Guesses).where(Guesses.key.in_(own)))
    for row in await _rows(session, [key for key in keys if key.is_shared]):
        row.failures, row.blocked_until = max(row.failures - 1, 0), None
    await session.flush()


async def forget_old_guesses(session: AsyncSession, now: datetime) -> None:
    """Drop what no longer counts."""
    is_over = or_(Guesses.blocked_until.is_(None), Guesses.blocked_until <= now)
    await session.execute(delete(Guesses).where(Guesses.first_at < now - 2 * WINDOW, is_over))


def block_after(excess: int) -> timedelta:
    """How long a key is blocked by the failure that reached its limit (0) or by a later one."""
    return min(SHORTEST_BLOCK * (1 << min(excess, 10)), LONGEST_BLOCK)


async def _lock(session: AsyncSession, keys: Iterable[GuessKey]) -> None:
    """Make others wait who are judged by the same keys; SQLite has one writer anyway. Always in the same order."""
    if session.get_bind().dialect.name == "postgresql":
        for digest in sorted(key.digest for key in keys):
            await session.execute(select(func.pg_advisory_xact_lock(func.hashtextextended(digest, 1))))


async def _rows(session: AsyncSession, keys: Iterable[GuessKey]) -> Sequence[Guesses]:
    counted = select(Guesses).where(Guesses.key.in_([key.digest for key in keys]))
    return (await session.scalars(counted.execution_options(populate_existing=True))).all()
