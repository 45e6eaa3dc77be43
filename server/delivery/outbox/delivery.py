"""Deliver letters: claim a letter, send it outside any transaction, and then mark it.

Several processes may do so at the same time. If a process dies between sending and marking, the letter goes out twice;
no letter is lost.
"""

from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from typing import Any, NamedTuple, TypeAlias

import structlog
from sqlalchemy import ColumnElement, and_, func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from server.kernel.clock import Clock
from server.models.outbox import Letter
from server.storage.database import Database, finish

MOST_ATTEMPTS = 10
"""Attempts after which a letter is given up."""
CLAIM = timedelta(minutes=5)
"""Time during which no other process touches a letter that is being sent."""
FIRST_DELAY = timedelta(seconds=30)
LONGEST_DELAY = timedelta(hours=6)
BATCH = 50
"""The most letters that one call delivers."""


class Outgoing(NamedTuple):
    """A claimed letter, with the values that are needed to send it."""

    id: str
    address: str
    subject: str
    text: str
    attempts: int


Send: TypeAlias = Callable[[Outgoing], Awaitable[None]]
"""A function that sends one letter, or raises any exception."""


class Waiting(NamedTuple):
    """The number of letters that wait to be sent, and of those that were given up."""

    waiting: int
    given_up: int


async def deliver_letters(database: Database, clock: Clock, send: Send) -> int:
    """Send the letters that are due, oldest first, and return how many were sent.

    A letter that cannot be sent is tried again later, each time after twice the delay, ten times in all. The text of a
    letter is emptied once it was sent.
    """
    count = 0
    for _ in range(BATCH):
        letter = await _claim(database, clock())
        if letter is None:
            break
        # finish: a letter that was sent is marked even if the server stops meanwhile, so that it does not go out twice
        count += await finish(_deliver(database, clock, send, letter))
    return count


async def count_waiting(connection: AsyncConnection) -> Waiting:
    """Return how many letters are in the outbox, waiting or given up."""
    unsent = select(func.count()).select_from(Letter).where(Letter.sent_at.is_(None))
    waiting = await connection.scalar(unsent.where(Letter.attempts < MOST_ATTEMPTS))
    return Waiting(waiting or 0, await connection.scalar(unsent.where(Letter.attempts >= MOST_ATTEMPTS)) or 0)


def delay_after(attempts: int) -> timedelta:
    """Return the delay after so many attempts: half a minute, twice as long each time, six hours at most."""
    return min(FIRST_DELAY * (1 << (attempts - 1)), LONGEST_DELAY)


def _is_due(now: datetime) -> ColumnElement[bool]:
    free = or_(Letter.claimed_until.is_(None), Letter.claimed_until <= now)
    return and_(Letter.sent_at.is_(None), Letter.attempts < MOST_ATTEMPTS, free)


async def _claim(database: Database, now: datetime) -> Outgoing | None:
    """Claim the oldest letter that is due, so that no other process sends it. None if no letter is due."""
    async with database.reading() as connection:
        # several candidates, because another process may claim the first of them
        due = select(Letter.id).where(_is_due(now)).order_by(Letter.written_at, Letter.id).limit(BATCH)
        candidates = (await connection.scalars(due)).all()
    for candidate in candidates:
        # The condition is checked again in the same statement: another process may have claimed the letter meanwhile.
        statement = (
            update(Letter)
            .where(Letter.id == candidate, _is_due(now))
            # counted before sending, so that an attempt in which the process dies counts too
            .values(claimed_until=now + CLAIM, attempts=Letter.attempts + 1)
            .returning(Letter.id, Letter.address, Letter.subject, Letter.text, Letter.attempts)
        )
        async with database.writing() as session:
            row = (await session.execute(statement)).first()
        if row is not None:
            return Outgoing(*row)
    return None


async def _deliver(database: Database, clock: Clock, send: Send, letter: Outgoing) -> bool:
    """Send one letter, store the outcome, and return whether it was sent.

    The text of a letter that was sent or given up is emptied, because it may hold a link that signs somebody in.
    """
    values: dict[str, Any] = {"sent_at": None, "claimed_until": None, "text": ""}
    try:
        await send(letter)
    except Exception as error:  # no fault of a mail server may keep the other letters from going out
        details = {"letter": letter.id, "attempts": letter.attempts, "error": type(error).__name__}
        structlog.get_logger().warning("letter not sent", **details)
        if letter.attempts < MOST_ATTEMPTS:
            values = {"claimed_until": clock() + delay_after(letter.attempts)}
    else:
        values["sent_at"] = clock()
    async with database.writing() as session:
        await session.execute(update(Letter).where(Letter.id == letter.id).values(**values))
    return values.get("sent_at") is not None
