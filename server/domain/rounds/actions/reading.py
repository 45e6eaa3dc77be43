"""Recording who reads what others filed in a sealed round, before it closes."""

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import BindParameter, String, bindparam, not_, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncSession
from sqlalchemy.orm import aliased

from server.domain.rounds import policy
from server.domain.rounds.queries import is_closed, visible_comments
from server.journal.actions import hold_journal, record
from server.kernel.actor import Actor
from server.kernel.instants import Instant
from server.kernel.predicates import actor_party
from server.models.journal import JournalEntry
from server.models.rounds import Comment, Round
from server.vocabulary.rounds import RoundStatus, RoundVisibility

_FILED = aliased(Comment)
_OF_OTHERS = select(_FILED.id).where(
    _FILED.round_id == Round.id,
    _FILED.submitted_at.is_not(None),
    _FILED.party_id != actor_party,
    visible_comments(_FILED),
)
_RECORDED = select(JournalEntry.id).where(
    JournalEntry.subject_id == Round.id,
    JournalEntry.act == policy.read_sealed_comments.tag,
    JournalEntry.delegate_id == bindparam("reader", type_=String),
    JournalEntry.at >= bindparam("hour", type_=Instant),
)
_RECORDED_OF = select(JournalEntry.subject_id).where(
    JournalEntry.subject_id.in_(bindparam("named", expanding=True)),
    JournalEntry.act == policy.read_sealed_comments.tag,
    JournalEntry.delegate_id == bindparam("reader", type_=String),
    JournalEntry.at >= bindparam("hour", type_=Instant),
)
_SEALED = select(Round.id).where(
    Round.visibility != RoundVisibility.IMMEDIATE,
    # A sealed round that was cancelled is never opened.
    or_(not_(is_closed(Round.closes_at)), Round.status == RoundStatus.CANCELLED),
    _OF_OTHERS.exists(),
    ~_RECORDED.exists(),
)
_NAMED: BindParameter[Any] = bindparam("named", expanding=True)
_COMMENTED = select(_FILED.id).where(_FILED.round_id == Round.id, _FILED.id.in_(_NAMED))
_SEALED_NAMED = _SEALED.where(or_(Round.id.in_(_NAMED), _COMMENTED.exists()))


def hour_of(now: datetime) -> datetime:
    """Return the beginning of the hour: a person who reads in a round is recorded once in it."""
    return now - timedelta(minutes=now.minute, seconds=now.second, microseconds=now.microsecond)


async def find_sealed(connection: AsyncConnection, actor: Actor, now: datetime, named: Collection[str]) -> list[str]:
    """Return the sealed rounds in which the actor sees what others filed, and is not recorded for in this hour.

    `named` are ids of rounds and comments that were asked for; none means that anything was.
    """
    values = {**actor.parameters(now), "reader": actor.delegate_id, "hour": hour_of(now)}
    if named:
        return [*await connection.scalars(_SEALED_NAMED, {**values, "named": sorted(named)})]
    return [*await connection.scalars(_SEALED, values)]


async def read_sealed_comments(
    session: AsyncSession, actor: Actor, now: datetime, *, round_ids: Collection[str], named: bool
) -> None:
    """Record that the actor read what others filed in these rounds, in each at most once in an hour.

    Several fields of one request are read from one snapshot and recorded one after the other, so that it is looked up
    here whether it was just recorded.
    `named` says that these rounds, or comments in them, were asked for. Otherwise a list or a count ranged over them.
    """
    await hold_journal(session)
    values = {"reader": actor.delegate_id, "hour": hour_of(now), "named": sorted(round_ids)}
    recorded = {*await session.scalars(_RECORDED_OF, values)}
    for round_id in sorted({*round_ids} - recorded):
        await record(session, actor, policy.read_sealed_comments, round_id, now, since=hour_of(now), named=named)
