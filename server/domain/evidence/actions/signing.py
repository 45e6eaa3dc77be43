"""Sign the heads that are due, and hand the head of a close out by letters."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from server.delivery.outbox.letters import write_letter
from server.domain.evidence.actions.letters import Close, LastSeal, close_letter
from server.domain.evidence.queries.heads import find_due_heads
from server.domain.notices.actions.making import announce
from server.domain.notices.queries.judging import NoticeCause, find_concerned
from server.domain.notices.queries.rounds import ROUND_CLOSED
from server.domain.rounds.rules.window import has_closed
from server.journal.heads import (
    BLOCKS_AT_ONCE,
    Occasion,
    Statement,
    count_missing_subtrees,
    lock_journal,
    rotate_key,
    sign_head,
    store_subtrees,
)
from server.journal.keys import find_signer
from server.kernel.addresses import is_email
from server.kernel.clock import Clock
from server.kernel.ids import prefix_of
from server.models.calling import RoundStep
from server.models.calls import Call
from server.models.parties import Person
from server.models.rounds import Round
from server.models.seals import Seal
from server.storage.database import Database
from server.vocabulary.calling import RoundStepKind
from server.vocabulary.journal import HeadOccasion
from server.vocabulary.parties import Notices
from server.vocabulary.rounds import RoundStatus

NEWS_FOR = timedelta(days=1)
"""Time after a close during which its letters are written; a server that was away longer writes none."""


async def catch_up(database: Database) -> None:
    """Append the subtrees of a long journal some at a time, so that signing a head finds little left to do."""
    while True:
        async with database.reading() as connection:
            if await count_missing_subtrees(connection) <= BLOCKS_AT_ONCE:
                return
        async with database.writing() as session:
            await store_subtrees(session)


async def sign_due_heads(database: Database, clock: Clock, issuer: str) -> int:
    """Sign a head for every occasion that has none, and return how many. Add the first key where there is none.

    Several processes may do so at the same time; each occasion is signed once.
    """
    await catch_up(database)
    now = clock()
    async with database.reading() as connection:
        has_key = await find_signer(connection) is not None
        due = await find_due_heads(connection, now)
    if not has_key:
        async with database.writing() as session:
            await _add_first_key(session, issuer, now)
    count = 0
    for occasion in due:
        async with database.writing() as session:
            count += await _sign(session, issuer, occasion, clock) is not None
    return count


async def _add_first_key(session: AsyncSession, issuer: str, now: datetime) -> None:
    """Add the first key and sign a head for it, unless another process did."""
    await lock_journal(session)
    if await find_signer(await session.connection()) is None:
        await rotate_key(session, issuer, now)


async def _sign(session: AsyncSession, issuer: str, occasion: Occasion, clock: Clock) -> Statement | None:
    """Sign the head of an occasion, None if it was signed meanwhile, or is no occasion any more."""
    if occasion.kind is not HeadOccasion.ROUND_CLOSED:
        return await sign_head(session, issuer, occasion, clock())
    # Locked, because a filing that came in time may still be on its way: it holds the round until its commit.
    kind: Any = Call if prefix_of(occasion.subject_id or "") == Call.prefix else Round
    round_ = await session.get_one(kind, occasion.subject_id, with_for_update=True)
    now = clock()
    moved = round_.closes_at != occasion.occurred_at or not has_closed(round_.closes_at, now)
    if moved or round_.status == RoundStatus.CANCELLED:
        return None
    head = await sign_head(session, issuer, occasion, now)
    if head is not None and isinstance(round_, Round) and not has_closed(round_.closes_at + NEWS_FOR, now):
        await _write_letters(session, issuer, round_, head, now)
    return head


async def _write_letters(session: AsyncSession, issuer: str, round_: Round, head: Statement, now: datetime) -> None:
    """Tell every focal point of the parties that the round addressed, each by a letter unless they want none.

    A close that was an act was told by its act; the letter is that of the notice in both cases.
    """
    by_act = (RoundStep.round_id == round_.id, RoundStep.kind == RoundStepKind.CLOSED_EARLY)
    if await session.scalar(select(RoundStep.id).where(*by_act).limit(1)) is None:
        occurrence = f"{ROUND_CLOSED.name}/{round_.id}/{round_.closes_at.isoformat()}"
        people = await announce(session, ROUND_CLOSED, round_.id, occurrence, now)
    else:
        connection = await session.connection()
        concerned = await find_concerned(connection, ROUND_CLOSED, round_.id, NoticeCause(now), now)
        people = [each.person_id for each in concerned]
    seal = await _find_seal(session, round_)
    close = Close(round_.title, round_.closes_at, head.number, head.digest, head.kid, issuer, seal)
    statement = (
        select(Person.email, Person.name, Person.language, Person.zone)
        .where(Person.id.in_(people), Person.email.is_not(None), Person.notices != Notices.NONE)
        .order_by(Person.email)
    )
    for email, name, language, zone in (await session.execute(statement)).all():
        if email and is_email(email):
            words = close_letter(close, name, language, zone)
            await write_letter(session, address=email, subject=words.subject, text=words.text, now=now)


async def _find_seal(session: AsyncSession, round_: Round) -> LastSeal | None:
    """Return the seal at the close of a round, None where it was not sealed."""
    at_close = (Seal.sealed_in == round_.id, Seal.until == round_.closes_at)
    row = (await session.execute(select(Seal.number, Seal.digest).where(*at_close))).first()
    return None if row is None else LastSeal(row.number, row.digest, round_.id)
