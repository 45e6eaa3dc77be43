"""Deliver letters: claim a letter, send it outside any transaction, and then mark it.

Several processes may do so at the same time. If a process dies between sending and marking, the letter goes out twice,
under the same Message-ID; no letter is lost.
"""

from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime, timedelta
from typing import Any, NamedTuple, TypeAlias

import structlog
from sqlalchemy import ColumnElement, and_, func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncSession

from server.kernel.clock import Clock
from server.models.outbox import Letter
from server.storage.database import Database, finish
from server.vocabulary.letters import MOST_ATTEMPTS

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
    occasion: str | None = None
    html: str = ""
    unsubscribe: str = ""
    """The address that ends such letters by one POST (RFC 8058); "" for a letter that nobody can do without."""


class Composed(NamedTuple):
    """The words of a letter that is written when it goes out, and the address that ends such letters."""

    subject: str
    text: str
    html: str
    unsubscribe: str


class LetterRefused(Exception):
    """Raised when a mail server refuses a letter for good, with its code of three digits (RFC 5321, section 4.2.1)."""

    def __init__(self, code: int) -> None:
        super().__init__(f"refused with {code}")
        self.code = code


Send: TypeAlias = Callable[[Outgoing], Awaitable[None]]
"""A function that sends one letter. It raises LetterRefused if no attempt can succeed, else any exception."""
SENT, DEFERRED, REFUSED, GIVEN_UP, WITHDRAWN = "sent", "deferred", "refused", "given_up", "withdrawn"
"""The outcomes of an attempt."""
Compose: TypeAlias = Callable[[AsyncConnection, str, datetime], Awaitable[Composed | None]]
"""A function that writes the letter with this id as its occasion wants it now. None if nothing is left to tell."""
Count: TypeAlias = Callable[[str], None]
"""A function that counts an attempt by its outcome."""
Tell: TypeAlias = Callable[[AsyncSession, str, datetime], Awaitable[None]]
"""A function that tells, in the transaction that gives up a letter, of the letter with this id."""


class Waiting(NamedTuple):
    """The number of letters that wait to be sent, and of those that were given up."""

    waiting: int
    given_up: int


async def tell_nobody(session: AsyncSession, letter_id: str, now: datetime) -> None:
    """Do nothing about a letter that is given up."""


def count_nowhere(outcome: str) -> None:
    """Do not count an attempt."""


async def compose_nothing(connection: AsyncConnection, letter_id: str, now: datetime) -> Composed | None:
    """Return None: of a server that knows no occasions, no letter with one goes out."""
    return None


async def deliver_letters(
    database: Database,
    clock: Clock,
    send: Send,
    tell: Tell = tell_nobody,
    count: Count = count_nowhere,
    compose: Compose = compose_nothing,
) -> int:
    """Send the letters that are due, oldest first, and return how many were sent.

    A letter that cannot be sent is tried again later, each time after twice the delay, ten times in all; one that is
    refused for good is given up at once. `tell` is called for a letter that is given up, `count` after each attempt.
    A letter with an occasion is written by `compose` right before it is sent; where nothing is left to tell it is
    withdrawn. The text of a letter is emptied once it was sent or given up.
    """
    sent, left = 0, BATCH
    # Looked up once for many of them: each claim asks again whether its letter is still due.
    while left and (due := await _find_due(database, clock(), left)):
        left -= len(due)
        for letter_id in due:
            letter = await _claim(database, letter_id, clock())
            if letter is None:
                continue  # another process has it
            # finish: a letter that was sent is marked even if the server stops, so that it does not go out twice
            outcome = await finish(_deliver(database, clock, send, tell, compose, letter))
            count(outcome)
            sent += outcome == SENT
    return sent


async def count_waiting(connection: AsyncConnection) -> Waiting:
    """Return how many letters are in the outbox, waiting or given up."""
    unsent = select(func.count()).select_from(Letter).where(Letter.sent_at.is_(None), Letter.withdrawn_at.is_(None))
    waiting = await connection.scalar(unsent.where(Letter.attempts < MOST_ATTEMPTS))
    return Waiting(waiting or 0, await connection.scalar(unsent.where(Letter.attempts >= MOST_ATTEMPTS)) or 0)


def delay_after(attempts: int) -> timedelta:
    """Return the delay after so many attempts: half a minute, twice as long each time, six hours at most."""
    return min(FIRST_DELAY * (1 << (attempts - 1)), LONGEST_DELAY)


def _is_due(now: datetime) -> ColumnElement[bool]:
    free = or_(Letter.claimed_until.is_(None), Letter.claimed_until <= now)
    return and_(Letter.sent_at.is_(None), Letter.withdrawn_at.is_(None), Letter.attempts < MOST_ATTEMPTS, free)


async def _find_due(database: Database, now: datetime, most: int) -> Sequence[str]:
    """Return the ids of the letters that are due, oldest first."""
    due = select(Letter.id).where(_is_due(now)).order_by(Letter.written_at, Letter.id).limit(most)
    async with database.reading() as connection:
        return (await connection.scalars(due)).all()


async def _claim(database: Database, letter_id: str, now: datetime) -> Outgoing | None:
    """Claim a letter, so that no other process sends it. None if another process has, or it is not due any more."""
    statement = (
        update(Letter)
        .where(Letter.id == letter_id, _is_due(now))
        # counted before sending, so that an attempt in which the process dies counts too
        .values(claimed_until=now + CLAIM, attempts=Letter.attempts + 1)
        .returning(Letter.id, Letter.address, Letter.subject, Letter.text, Letter.attempts, Letter.occasion)
    )
    async with database.writing() as session:
        row = (await session.execute(statement)).first()
    return None if row is None else Outgoing(*row)


async def _deliver(database: Database, clock: Clock, send: Send, tell: Tell, compose: Compose, letter: Outgoing) -> str:
    """Send one letter, store the outcome, and return it.

    The text of a letter that was sent or given up is emptied, because it may hold a link that signs somebody in.
    """
    outcome, code = await _attempt(database, clock, send, compose, letter)
    now = clock()
    values: dict[str, Any] = {"claimed_until": None, "text": ""}
    if outcome == SENT:
        values["sent_at"] = now
    elif outcome == WITHDRAWN:
        values["withdrawn_at"] = now
    elif outcome == DEFERRED:
        values = {"claimed_until": now + delay_after(letter.attempts)}
    elif outcome == REFUSED:
        # as if all attempts were made: a server of the release before looks at these alone
        values |= {"refused_with": code, "attempts": MOST_ATTEMPTS}
    async with database.writing() as session:
        await session.execute(update(Letter).where(Letter.id == letter.id).values(**values))
        if outcome in (REFUSED, GIVEN_UP):
            await tell(session, letter.id, now)
    return outcome


async def _attempt(
    database: Database, clock: Clock, send: Send, compose: Compose, letter: Outgoing
) -> tuple[str, int | None]:
    """Send one letter, and return the outcome, and the code of the mail server if it refused the letter for good."""
    log = structlog.get_logger().bind(letter=letter.id, attempts=letter.attempts)
    try:
        if letter.occasion is not None:
            async with database.reading() as connection:
                composed = await compose(connection, letter.id, clock())
            if composed is None:
                return WITHDRAWN, None
            letter = letter._replace(**composed._asdict())
        await send(letter)
    except LetterRefused as refused:
        log.warning("letter refused", code=refused.code)
        return REFUSED, refused.code
    except Exception as error:  # no fault of a mail server may keep the other letters from going out
        code = getattr(error, "smtp_code", None)
        is_last = letter.attempts >= MOST_ATTEMPTS
        # no message: a mail server quotes the address in it
        log.warning("letter given up" if is_last else "letter not sent", error=type(error).__name__, code=code)
        return (GIVEN_UP if is_last else DEFERRED), None
    return SENT, None
