"""Sign the heads that are due, and hand the head of a close out by letters."""

from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from server.delivery.outbox.letters import write_letter
from server.domain.evidence.actions.letters import Close, close_letter
from server.domain.evidence.queries.heads import find_due_heads
from server.domain.rounds.rules.facts import RoundFacts, audience_of
from server.domain.rounds.rules.window import has_closed
from server.identity.accreditations import TODAY, in_force, is_focal_point
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
from server.kernel.facts import facts_of
from server.models.parties import Delegate, Party, Person
from server.models.rounds import Round
from server.storage.database import Database
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
    round_ = await session.get_one(Round, occasion.subject_id, with_for_update=True)
    now = clock()
    moved = round_.closes_at != occasion.occurred_at or not has_closed(round_.closes_at, now)
    if moved or round_.status == RoundStatus.CANCELLED:
        return None
    head = await sign_head(session, issuer, occasion, now)
    if head is not None and not has_closed(round_.closes_at + NEWS_FOR, now):
        await _write_letters(session, issuer, round_, head, now)
    return head


async def _write_letters(session: AsyncSession, issuer: str, round_: Round, head: Statement, now: datetime) -> None:
    """Write a letter to every focal point of the parties that the round addresses, except who wants no notices."""
    close = Close(round_.title, round_.closes_at, head.number, head.digest, head.kid, issuer)
    statement = (
        select(Person.email, Person.name, Person.language)
        .join(Delegate, Delegate.person_id == Person.id)
        .join(Party, Party.id == Delegate.party_id)
        .where(in_force(Delegate), is_focal_point(Delegate), ~Delegate.is_administrator, ~Delegate.is_service)
        .where(Party.capacity.in_(audience_of(facts_of(RoundFacts, round_))))
        .where(Person.email.is_not(None), Person.suspended_at.is_(None), Person.notices != Notices.NONE)
        .distinct()
        .order_by(Person.email)
    )
    for email, name, language in (await session.execute(statement, {TODAY.key: now.date()})).all():
        if email and is_email(email):
            words = close_letter(close, name, language)
            await write_letter(session, address=email, subject=words.subject, text=words.text, now=now)
