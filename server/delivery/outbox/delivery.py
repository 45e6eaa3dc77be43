"""Delivering letters: each is claimed, sent outside any transaction, and then marked; several processes may do so at
the same time. A letter can go out twice when a process dies between sending and marking, and never not at all."""

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
"""After so many attempts a letter is given up."""
CLAIM = timedelta(minutes=5)
"""For so long nobody else touches a letter that is being sent."""
FIRST_DELAY = timedelta(seconds=30)
LONGEST_DELAY = timedelta(hours=6)
BATCH = 50
"""Letters that one call delivers at most."""


class Outgoing(NamedTuple):
    """A letter as it is sent."""

    id: str
    address: str
    subject: str
    text: str
    attempts: int


Send: TypeAlias = Callable[[Outgoing], Awaitable[None]]
"""Sends one letter, or raises whatever went wrong."""


class Waiting(NamedTuple):
    """How many letters wait to be sent, and how many were given up."""

    waiting: int
    given_up: int


async def deliver_letters(database: Database, clock: Clock, send: Send) -> int:
    """Send what is due, oldest first, and give the number of letters sent. What cannot be sent is tried again later,
    each time after twice the time, ten times in all; the text of what was sent is emptied."""
    sent = 0
    for _ in range(BATCH):
        letter = await _claim(database, clock())
        if letter is None:
            break
        # nobody gets a letter twice because the server stops
        sent += await finish(_deliver(database, clock, send, letter))
    return sent


async def count_waiting(connection: AsyncConnection) -> Waiting:
    """What is in the outbox."""
    unsent = select(func.count()).select_from(Letter).where(Letter.sent_at.is_(None))
    waiting = await connection.scalar(unsent.where(Letter.attempts < MOST_ATTEMPTS))
    return Waiting(waiting or 0, await connection.scalar(unsent.where(Letter.attempts >= MOST_ATTEMPTS)) or 0)


def delay_after(attempts: int) -> timedelta:
    """How long to wait after so many attempts: half a minute, twice as long each time, six hours at most."""
    return min(FIRST_DELAY * (1 << (attempts - 1)), LONGEST_DELAY)


def _is_due(now: datetime) -> ColumnElement[bool]:
    free = or_(Letter.claimed_until.is_(None), Letter.claimed_until <= now)
    return and_(Letter.sent_at.is_(None), Letter.attempts < MOST_ATTEMPTS, free)


async def _claim(database: Database, now: datetime) -> Outgoing | None:
    """Take the oldest letter that is due, so that nobody else does: by one statement that asks again whether it is."""
    async with database.reading() as connection:
        due = select(Letter.id).where(_is_due(now)).order_by(Letter.written_at, Letter.id).limit(BATCH)
        candidates = (await connection.scalars(due)).all()
    for candidate in candidates:
        claimed = (
            update(Letter)
            .where(Letter.id == candidate, _is_due(now))
            .values(claimed_until=now + CLAIM, attempts=Letter.attempts + 1)
            .returning(Letter.id, Letter.address, Letter.subject, Letter.text, Letter.attempts)
        )
        async with database.writing() as session:
            row = (await session.execute(claimed)).first()
        if row is not None:
            return Outgoing(*row)
    return None


async def _deliver(database: Database, clock: Clock, send: Send, letter: Outgoing) -> bool:
    """Send one letter and note what became of it. Whatever was sent or given up loses its text, which may hold a link
    that signs somebody in."""
    values: dict[str, Any] = {"sent_at": None, "claimed_until": None, "text": ""}
    try:
        await send(letter)
    except Exception as error:  # whatever a mail server does must not keep the other letters from going out
        told = {"letter": letter.id, "attempts": letter.attempts, "error": type(error).__name__}
        structlog.get_logger().warning("letter not sent", **told)
        if letter.attempts < MOST_ATTEMPTS:
            values = {"claimed_until": clock() + delay_after(letter.attempts)}
    else:
        values["sent_at"] = clock()
    async with database.writing() as session:
        await session.execute(update(Letter).where(Letter.id == letter.id).values(**values))
    return values.get("sent_at") is not None
